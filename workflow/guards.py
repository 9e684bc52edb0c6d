"""What must be true before a participation may move.

A guard looks at a participation and answers with a Condition. It changes nothing.
The page shows the condition, the log keeps it, django-fsm asks whether it is true.
Only guards may read upwards through a related manager: the linter cannot see it.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.roles import Role
from web.script.dates import long_date, without_double_stops
from workflow.conditions import Condition, Outcome, met_if
from workflow.stages import Stage

if TYPE_CHECKING:
    from workflow.models import Member, Participation, Step

MANAGER = Role.PROGRAMME_MANAGER.value
Guard = Callable[["Participation"], Condition]


def of_the_manager(sentence: str, fact: bool, link: str) -> Condition:
    """A condition that the programme manager brings about, on the page that `link` names."""
    return Condition(sentence, met_if(fact), turn=MANAGER, link="" if fact else link)


def page_of(participation: "Participation", name: str) -> str:
    return reverse("workflow:transition", args=[participation.reference, name])


def target_is_next_on_route(target: str) -> Guard:
    """Each track has its own route; a transition off the route does not exist for it."""

    def guard(participation: "Participation") -> Condition:
        sentence = _("The procedure leads to “%s” next.") % Stage(target).label
        leads_there = participation.next_on_route == target
        return of_the_manager(sentence, leads_there, participation.get_absolute_url())

    return guard


def route_is_finished(participation: "Participation") -> Condition:
    sentence = _("The route of the procedure is finished.")
    is_finished = participation.next_on_route is None
    return of_the_manager(sentence, is_finished, participation.get_absolute_url())


def a_stage_lies_before(participation: "Participation") -> Condition:
    sentence = _("There is a stage to go back to on the route.")
    lies_before = participation.previous_on_route is not None
    return of_the_manager(sentence, lies_before, participation.get_absolute_url())


def clock_runs(participation: "Participation") -> Condition:
    sentence = _("The participation is not on hold.")
    runs = participation.on_hold_since is None
    return of_the_manager(sentence, runs, page_of(participation, "resume"))


def clock_stands(participation: "Participation") -> Condition:
    sentence = _("The participation is on hold.")
    stands = participation.on_hold_since is not None
    return of_the_manager(sentence, stands, page_of(participation, "hold"))


def every_step_is_settled(participation: "Participation") -> Condition:
    """Every required step of the present stage is accepted, waived or not applicable."""
    required = [step for step in participation.present_steps if step.is_required]
    return Condition(
        _("Every required step of this stage is settled."),
        parts=tuple(step_condition(step) for step in required),
    )


def step_condition(step: "Step") -> Condition:
    """A step as one line of the readiness tree."""
    return Condition(
        step.title,
        STEP_OUTCOMES.get(step.status, Outcome.UNMET),
        turn=step.turn,
        due=None if step.is_settled or step.participation.on_hold_since else step.due_at,
        hint=_with_reviews(step, STEP_HINTS.get(step.status, _step_is_open)(step)),
        link=step.get_absolute_url(),
    )


def _step_is_open(step: "Step") -> str:
    waits_for = step.waits_for
    if waits_for:
        return _("Cannot start yet. First: %s.") % ", ".join(first.title for first in waits_for)
    return _("Not handed in yet.")


def _with_reviews(step: "Step", hint: str) -> str:
    """Where reviews are still to come, how many of them are there."""
    if not step.reviews_missing or step.is_settled:
        return hint
    told = {"there": step.reviews_in, "wanted": step.reviews_wanted}
    said = ngettext(
        "%(there)d of %(wanted)d review handed in.",
        "%(there)d of %(wanted)d reviews handed in.",
        step.reviews_wanted,
    )
    return f"{hint} {said % told}"


def _on_the_day(sentence: str, step: "Step") -> str:
    if step.settled_on is None:
        return ""
    return without_double_stops(sentence % long_date(step.settled_on))


STEP_OUTCOMES = {
    "accepted": Outcome.MET,
    "waived": Outcome.WAIVED,
    "not_applicable": Outcome.WAIVED,
    "submitted": Outcome.WAITING,
}
STEP_HINTS: dict[str, Callable[["Step"], str]] = {
    "accepted": lambda step: _on_the_day(_("Accepted on %s."), step),
    "waived": lambda step: _on_the_day(_("Waived on %s."), step),
    "not_applicable": lambda step: _("Does not apply here."),
    "submitted": lambda step: _("Handed in; waits for review."),
    "returned": lambda step: _("Returned with remarks; to be handed in again."),
}


def every_member_consents(participation: "Participation") -> Condition:
    """A joint application binds nobody who has not said yes."""
    sentence = _("Every municipality of the application has given its consent.")
    if participation.stage != Stage.APPLICATION or participation.application is None:
        return Condition(sentence)
    application = participation.application
    members = application.members.select_related("municipality")
    link = application.get_absolute_url()
    return Condition(sentence, parts=tuple(_consent(member, link) for member in members))


def _consent(member: "Member", link: str) -> Condition:
    return Condition(
        _("Consent of %s.") % member.municipality.name,
        met_if(member.consent == "given"),
        turn=Role.SIGNATORY.value,
        hint=_("Refused.") if member.consent == "refused" else "",
        link=link,
    )


def a_place_is_left(participation: "Participation") -> Condition:
    """Tracks such as the 20 packages of IPA 2020 have a fixed number of places."""
    if participation.stage != Stage.APPLICATION:
        return Condition(_("It holds a place in this track."))
    sentence = _("A place is left in this track.")
    left = participation.track.places_left()
    needed = participation.places_needed()
    if left is None:
        return Condition(sentence, turn=MANAGER)
    return Condition(
        sentence,
        met_if(left >= needed),
        turn=MANAGER,
        hint=_("Places left: %(left)d. Needed: %(needed)d.") % {"left": left, "needed": needed},
        link="" if left >= needed else who_holds_the_places(participation),
    )


def who_holds_the_places(participation: "Participation") -> str:
    return reverse("workflow:participations") + f"?track={participation.track.key}"


def decided_in_bounds(participation: "Participation", decided_on: date) -> Condition:
    """A decision is never earlier than the previous one and never in the future."""
    earliest, today = participation.decided_on, timezone.localdate()
    return Condition(
        _("The date of the decision lies between %(earliest)s (the previous decision) and today.")
        % {"earliest": long_date(earliest)},
        met_if(earliest <= decided_on <= today),
        turn=MANAGER,
    )


def reason_is_given(reason: str) -> Condition:
    return Condition(_("A reason is given."), met_if(bool(reason.strip())), turn=MANAGER)
