"""What people are told of: the kinds of notices, and which verb of the log tells whom of what.

The one table of it. `needs_action` kinds are mailed at once and cannot be switched off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from municipalities.roles import Role
from workflow.audit.models import Entry

COORDINATOR, SIGNATORY = Role.COORDINATOR.value, Role.SIGNATORY.value
MENTOR, MANAGER = Role.MENTOR.value, Role.PROGRAMME_MANAGER.value
MUNICIPALITY = [COORDINATOR, SIGNATORY]


@dataclass(frozen=True)
class Kind:
    """One kind of notice: the group by which people choose how to be told, and its words there."""

    name: str
    label: Any
    group: str
    needs_action: bool = False


# Groups in which people choose; "action" is locked.
GROUPS: dict[str, Any] = {
    "action": _("What waits for you"),
    "progress": _("What happened to your municipalities"),
    "deadlines": _("Deadlines that were moved"),
    "people": _("Roles and people"),
}
OPTIONAL_GROUPS = {name: label for name, label in GROUPS.items() if name != "action"}

KINDS = {
    kind.name: kind
    for kind in [
        Kind("reminder", _("Reminder of a deadline"), "action", needs_action=True),
        Kind("reminder_above", _("Reminder of what others are late with"), "action", True),
        Kind("silence", _("Handed in, and nobody has looked at it"), "action", True),
        Kind("waiting", _("How long a step usually takes"), "progress"),
        Kind("asked", _("Reminder by a programme manager"), "action", True),
        Kind("step_opened", _("Step opened"), "action", True),
        Kind("to_review", _("Handed in, to be looked at"), "action", True),
        Kind("returned", _("Step returned with remarks"), "action", True),
        Kind("second_person", _("A second person is asked"), "action", True),
        Kind("accepted", _("Step accepted"), "progress"),
        Kind("waived", _("Step waived"), "progress"),
        Kind("moved", _("Stage changed"), "progress"),
        Kind("selected", _("Application selected"), "progress"),
        Kind("rejected", _("Application rejected"), "progress"),
        Kind("held", _("Put on hold"), "deadlines"),
        Kind("resumed", _("Resumed"), "deadlines"),
        Kind("deadline_moved", _("Deadline moved"), "deadlines"),
        Kind("call_extended", _("Call extended"), "deadlines"),
        Kind("mandate_begun", _("Your mandate begins"), "people"),
        Kind("mandate_ended", _("Your mandate ended"), "people"),
        Kind("nobody", _("Nobody to tell"), "action", True),
        Kind("mail_failed", _("A mail did not arrive"), "action", True),
        Kind("alarm", _("A nightly check found damage"), "action", True),
        Kind("test", _("Test message"), "action"),
    ]
}


@dataclass(frozen=True)
class Telling:
    """Which kind of notice an entry makes, for holders of which roles there.

    `roles` asks the entry, since who has the next move depends on the step.
    """

    kind: str
    roles: Callable[[Entry], list[str]]
    followers: bool = False  # and whoever follows the participation


def always(*roles: str) -> Callable[[Entry], list[str]]:
    return lambda _entry: list(roles)


def whose_step(entry: Entry) -> list[str]:
    """The role that owes the step."""
    return [entry.step.role] if entry.step else []


def who_looks(entry: Entry) -> list[str]:
    """The role that looks at what was handed in; nobody where handing in settles it."""
    if entry.step is None or entry.facts.get("status") != "submitted":
        return []
    return [entry.step.accepted_by] if entry.step.accepted_by else []


def whose_open_step(entry: Entry) -> list[str]:
    """As `whose_step`, of a step that can be begun at once: others are told when they open."""
    step = entry.step
    if step is None or entry.facts.get("status") != "open" or step.rule["after"]:
        return []
    return [step.role]


MOVED = Telling("moved", always(*MUNICIPALITY, MENTOR), followers=True)
TOLD: dict[str, list[Telling]] = {
    "open_step": [Telling("step_opened", whose_open_step)],
    "reopen": [Telling("step_opened", whose_step)],
    "hand_in": [Telling("to_review", who_looks)],
    "return": [Telling("returned", whose_step)],
    "accept": [Telling("accepted", whose_step)],
    "waive": [Telling("waived", whose_step)],
    "propose": [Telling("second_person", always(MANAGER))],
    "select": [Telling("selected", always(*MUNICIPALITY), followers=True)],
    "reject": [Telling("rejected", always(*MUNICIPALITY), followers=True)],
    **dict.fromkeys(
        [
            "start_assessment", "adopt_strategy", "award_cofinancing", "move_to_sustainability",
            "complete", "withdraw", "discontinue", "step_back",
        ],
        [MOVED],
    ),
    "hold": [Telling("held", always(*MUNICIPALITY, MENTOR), followers=True)],
    "resume": [Telling("resumed", always(*MUNICIPALITY, MENTOR), followers=True)],
    "move_deadline": [Telling("deadline_moved", whose_step, followers=True)],
    "extend_call": [Telling("call_extended", always(*MUNICIPALITY), followers=True)],
    "give_mandate": [Telling("mandate_begun", always())],
    "end_mandate": [Telling("mandate_ended", always())],
}  # fmt: skip
ABOUT_ONESELF = ["mandate_begun", "mandate_ended"]  # kinds that need no right to be read
ABOUT_A_PERSON = {"give_mandate", "end_mandate"}  # told to the person in its facts alone
