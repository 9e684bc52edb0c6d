"""Who may read what of the reviews of a step: the one function that pages and tests ask.

Reviews are internal: the municipality reads remarks of a return, never a review. Where they are
blind, nobody reads what others wrote before their own is handed in, or all that are wanted are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import Review
from workflow.models import Step
from workflow.pages.standing import Standing


@dataclass(frozen=True)
class Sight:
    """How many there are anybody knows who sees the step; beyond that, who wrote and what."""

    who: bool = False
    contents: bool = False


def sight(step: Step, handed_in: Sequence[Review], here: Standing) -> Sight:
    """What this person may know of the reviews of one round, all of which are `handed_in`."""
    if not here.may("view_internal"):
        return Sight()
    is_own = any(review.by_id == here.user.pk for review in handed_in)
    if not step.review["blind"] or is_own or len(handed_in) >= step.reviews_wanted:
        return Sight(who=True, contents=True)
    return Sight(who=here.may("view_log"))  # the log names who handed one in


def sentence(step: Step) -> str:
    """The rule in words, for the page."""
    if not step.review["blind"]:
        return _("Reviews are open: the programme's people read each one once it is handed in.")
    return _(
        "Reviews are blind: what others wrote, a reviewer reads once their own review is handed "
        "in, everybody else of the programme once all are there. Until then only the programme "
        "manager and the auditor see who has handed in."
    )
