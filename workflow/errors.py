"""Why a door stayed shut. Each carries what a page needs to say so clearly."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from workflow.conditions import Condition

if TYPE_CHECKING:
    from workflow.models import Participation


class MovedMeanwhile(Exception):
    """Somebody else was faster (409). Carries the participation as it is now."""

    def __init__(self, participation: "Participation") -> None:
        super().__init__(f"{participation} is at version {participation.version} now")
        self.participation = participation


class ChangedMeanwhile(Exception):
    """Somebody else saved it since the page was opened (409). Carries it as it is now."""

    def __init__(self, found: Any) -> None:
        super().__init__(f"{found} is at version {found.version} now")
        self.found = found


class NotReady(Exception):
    """Something is missing (422). Carries the readiness tree that says what."""

    def __init__(self, tree: Condition) -> None:
        super().__init__("; ".join(str(line.sentence) for line in tree.unmet()))
        self.tree = tree


class Refused(Exception):
    """The act makes no sense as things stand (422). Carries one sentence for the person."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotAllowed(PermissionDenied):
    """The person has no mandate for it (403). Carries the sentence that says which role may."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
