"""Loads the whole demo world, once: register, procedures, people, and every story."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _

import workflow
from config.demo import ipa_2020, irig_2021, kikinda_2007, mrkonjic_grad_2012, sample
from config.demo.people import People, holds_others, is_begun, is_whole
from municipalities.register import load_facts, load_register
from notifications.models import Occasion
from workflow import services
from workflow.audit.trace import traced
from workflow.audit.verifications import verify_and_keep
from workflow.models import Programme

PROCEDURES = Path(workflow.__file__).parent / "procedures"
TOLD_AT_FIRST = 40  # acts
STORIES = [kikinda_2007, irig_2021, mrkonjic_grad_2012, ipa_2020, sample]


class NotForThisDatabase(Exception):
    """The demo world cannot be loaded here; the text says why and what to do."""


def load_world(say: Callable[[str], object] = lambda line: None) -> bool:
    """Load the demo world. False when it is there already; then nothing changes.

    Raises NotForThisDatabase where other accounts are, or where an earlier loading broke off.
    """
    if is_whole():
        return False
    refuse_others()
    if is_begun():
        raise NotForThisDatabase(
            _("An earlier loading of the demo world broke off. Start anew with --reset.")
        )
    with translation.override("sr"), traced("command"):
        programmes = load_rules()
        say(_("The register and the procedures are loaded."))
        people = People()
        people.appoint_over(programmes)
        for story in STORIES:
            story.load(people)
        people.appoint_in_several_roles(next(one for one in programmes if one.is_sample))
        people.appoint_administrator(programmes)
        forget_what_is_long_told()
        verify_and_keep()  # so that the pages that say whether the log is whole have an answer
    say(_("The participations are loaded."))
    return True


def forget_what_is_long_told() -> None:
    """Nobody is mailed the history of a demo; of its last acts people are told."""
    untold = Occasion.objects.filter(told_at=None)
    last = list(untold.order_by("-pk").values_list("pk", flat=True)[:TOLD_AT_FIRST])
    untold.exclude(pk__in=last).update(told_at=timezone.now())


def refuse_others() -> None:
    """Raises NotForThisDatabase where accounts are that no demo made: nothing of theirs is lost."""
    if holds_others():
        raise NotForThisDatabase(
            _("This database holds other accounts. Give the demo world a database of its own.")
        )


def load_rules() -> list[Programme]:
    """The register with its facts, every programme and every procedure of the project."""
    load_register()
    load_facts()
    files = sorted(PROCEDURES.glob("*.programme.yaml"))
    programmes = [services.load_programme(file.read_bytes()) for file in files]
    for file in sorted(set(PROCEDURES.glob("*.yaml")) - set(files)):
        services.load_procedure(file.read_bytes())
    return programmes
