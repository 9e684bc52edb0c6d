"""The banner of a participation: how it stands, whose turn it is, and by when."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.script.dates import long_date, without_double_stops
from workflow.conditions import Condition
from workflow.glance import next_owed
from workflow.models import Participation, Proposal
from workflow.pages.turns import MUNICIPAL
from workflow.pages.wording import due_date, due_words, role_name
from workflow.readiness import find_transition
from workflow.stages import CLOSED, Stage
from workflow.verbs import act_name


@dataclass(frozen=True)
class Banner:
    """`colour` is a class of the kit; the words say the same without it."""

    colour: str
    title: str
    sentences: list[str] = field(default_factory=list)
    first: Condition | None = None  # what has to be done next, with its page


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
    if ends(participation, name):
        title = _("Ready to be completed")
    return Banner("ok", title, [_("Every condition is met.")])


def not_ready(participation: Participation, name: str, tree: Condition) -> Banner:
    title = _("The move to “%s” is not possible yet") % target_label(participation, name)
    if ends(participation, name):
        title = _("The participation cannot be completed yet")
    first = first_to_do(participation, tree)
    colour = "bad" if first.due and due_is_past(first) else "warn"
    return Banner(colour, title, [what_remains(tree), turn_in_words(participation, first)], first)


def ends(participation: Participation, name: str) -> bool:
    """An end is no stage: nobody moves into it."""
    move = find_transition(participation, name)
    return bool(move and move.target in CLOSED)


def first_to_do(participation: Participation, tree: Condition) -> Condition:
    """What is due first of what can start, as boards and lists say it."""
    unmet = tree.unmet()
    step = next_owed(participation)
    url = step.get_absolute_url() if step else ""
    by_date = min(unmet, key=lambda line: (line.due is None, line.due or 0))
    return next((line for line in unmet if url and line.link == url), by_date)


def what_remains(tree: Condition) -> str:
    """ "2 of 4 conditions remain." """
    left = {"left": len(tree.unmet()), "all": len(list(tree.leaves()))}
    return (
        ngettext(
            "%(left)d of %(all)d conditions remains.",
            "%(left)d of %(all)d conditions remain.",
            left["left"],
        )
        % left
    )


def due_is_past(line: Condition) -> bool:
    return line.due is not None and line.due < timezone.now()


def turn_in_words(participation: Participation, line: Condition) -> str:
    """ "It is the turn of Kikinda (coordinator): Inspection, by 30 November (in 9 days)." """
    said = {"who": on_turn(participation, line.turn), "what": str(line.sentence).rstrip(".")}
    if line.due is None:
        return _("It is the turn of %(who)s: %(what)s.") % said
    said |= {"day": due_date(line.due), "left": due_words(line.due)}
    if due_is_past(line):
        sentence = _("It is the turn of %(who)s: %(what)s. It was due by %(day)s (%(left)s).")
    else:
        sentence = _("It is the turn of %(who)s: %(what)s, by %(day)s (%(left)s).")
    return without_double_stops(sentence % said)


def on_turn(participation: Participation, role: str) -> str:
    """Who has to move, in the middle of a sentence: a municipality by its name."""
    if not role:
        return _("a second person of the programme")
    label = role_name(role).lower()
    if role in MUNICIPAL:
        return f"{participation.municipality.full_name} ({label})"
    return _("the %(role)s") % {"role": label}


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
