"""The banner of a participation: how it stands, whose turn it is, and by when."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from web.script.dates import long_date, without_double_stops
from workflow.conditions import Condition
from workflow.models import Participation, Proposal
from workflow.pages.turns import MUNICIPAL
from workflow.pages.wording import due_date, due_words, met_count, role_name
from workflow.readiness import find_transition
from workflow.stages import Stage
from workflow.verbs import act_name


@dataclass(frozen=True)
class Banner:
    """`colour` is a class of the kit; the words say the same without it."""

    colour: str
    title: str
    sentences: list[str] = field(default_factory=list)


def banner(
    participation: Participation,
    name: str | None,
    tree: Condition | None,
    proposal: Proposal | None,
) -> Banner:
    """How things stand, the gravest first: ended, on hold, proposed, ready, not ready."""
    if not participation.is_open or name is None or tree is None:
        return closed(participation)
    if participation.on_hold_since:
        return on_hold(participation)
    if proposal:
        return proposed(proposal)
    return ready(participation, name) if tree else not_ready(participation, name, tree)


def closed(participation: Participation) -> Banner:
    ended = {"how": participation.get_stage_display(), "day": long_date(participation.decided_on)}
    title = without_double_stops(_("This participation has ended: %(how)s, %(day)s.") % ended)
    return Banner("", title, [_("Nothing is owed any more. The record below stays.")])


def on_hold(participation: Participation) -> Banner:
    since = long_date(participation.on_hold_since)
    return Banner(
        "warn",
        _("On hold since %s") % since,
        [
            _("The clock stands: nothing is due now, deadlines move by the days held."),
            _("The programme manager lets the clock run again."),
        ],
    )


def proposed(proposal: Proposal) -> Banner:
    return Banner(
        "warn",
        _("“%s” waits for a second person") % act_name(proposal.act),
        [_("Another programme manager approves or declines it.")],
    )


def ready(participation: Participation, name: str) -> Banner:
    title = _("Ready for “%s”") % target_label(participation, name)
    roles = _("Every condition is met. The programme manager decides.")
    return Banner("ok", title, [roles])


def not_ready(participation: Participation, name: str, tree: Condition) -> Banner:
    title = _("The move to “%s” is not possible yet") % target_label(participation, name)
    first = min(tree.unmet(), key=lambda line: (line.due is None, line.due or 0))
    counted = _("Conditions met: %s.") % met_count(tree)
    colour = "bad" if first.due and due_is_past(first) else "warn"
    return Banner(colour, title, [counted, turn_in_words(participation, first)])


def due_is_past(line: Condition) -> bool:
    return line.due is not None and line.due < timezone.now()


def turn_in_words(participation: Participation, line: Condition) -> str:
    """ "Whose turn: Coordinator, Kikinda: Public inspection, by 30 November (in 9 days)." """
    said = {"who": turn_label(participation, line.turn), "what": str(line.sentence).rstrip(".")}
    if line.due is None:
        return _("Whose turn it is: %(who)s. What is missing: %(what)s.") % said
    said |= {"day": due_date(line.due), "left": due_words(line.due)}
    return without_double_stops(
        _("Whose turn it is: %(who)s. What is missing: %(what)s, due %(day)s (%(left)s).") % said
    )


def turn_label(participation: Participation, role: str) -> str:
    """The role; of municipal roles also which municipality."""
    if not role:
        return _("a second person of the programme")
    label = role_name(role)
    return f"{label}, {participation.municipality.name}" if role in MUNICIPAL else label


def target_label(participation: Participation, name: str) -> str:
    """Where a transition leads, in words; for those that stay, the name of the act."""
    if name == "step_back":
        previous = participation.previous_on_route
        return str(Stage(previous).label) if previous else act_name(name)
    move = find_transition(participation, name)
    return str(Stage(move.target).label) if move and move.target else act_name(name)
