"""Every verb of the log in words: what happened, and what an act is called before it happens."""

from typing import Any

from django.utils.translation import gettext_lazy as _

# What happened: the title of a timeline item, a line of the log, a choice of its filter.
VERBS: dict[str, Any] = {
    "open": _("Participation opened"),
    # transitions
    "select": _("Selected"),
    "reject": _("Rejected"),
    "start_assessment": _("Assessment started"),
    "adopt_strategy": _("Adopted strategy recorded"),
    "award_cofinancing": _("Co-financing awarded"),
    "move_to_sustainability": _("Moved to sustainability"),
    "complete": _("Completed"),
    "withdraw": _("Withdrawn"),
    "discontinue": _("Discontinued"),
    "hold": _("Put on hold"),
    "resume": _("Resumed"),
    "step_back": _("Moved back to the previous stage"),
    # the second person
    "propose": _("Proposed; waits for a second person"),
    "decline": _("Proposal declined"),
    # steps
    "open_step": _("Step opened"),
    "hand_in": _("Handed in"),
    "accept": _("Accepted"),
    "return": _("Returned with remarks"),
    "waive": _("Waived"),
    "reopen": _("Opened again"),
    "drop_step": _("Step no longer in the procedure"),
    # deadlines
    "set_deadline": _("Deadline set"),
    "move_deadline": _("Deadline moved"),
    "extend_call": _("Call extended"),
    # applications
    "answer_consent": _("Consent answered"),
    "submit_application": _("Application handed in"),
    "return_application": _("Application returned for correction"),
    # people and procedures
    "give_mandate": _("Mandate given"),
    "end_mandate": _("Mandate ended"),
    "change_procedure": _("Procedure changed"),
}

TRANSITIONS = [
    "select", "reject", "start_assessment", "adopt_strategy", "award_cofinancing",
    "move_to_sustainability", "complete", "withdraw", "discontinue", "hold", "resume", "step_back",
]  # fmt: skip

# What an act is called while somebody only thinks of it: links, headings, proposals.
ACTS: dict[str, Any] = {
    "select": _("Select"),
    "reject": _("Reject the application"),
    "start_assessment": _("Start the assessment"),
    "adopt_strategy": _("Record the adopted strategy"),
    "award_cofinancing": _("Award co-financing"),
    "move_to_sustainability": _("Move to sustainability"),
    "complete": _("Complete"),
    "withdraw": _("Withdraw"),
    "discontinue": _("Discontinue"),
    "hold": _("Put on hold"),
    "resume": _("Resume"),
    "step_back": _("Move back to the previous stage"),
    "hand_in": _("Hand in"),
    "accept": _("Accept"),
    "return": _("Return with remarks"),
    "waive": _("Waive"),
    "reopen": _("Open again"),
    "move_deadline": _("Move the deadline"),
    "change_procedure": _("Follow another version of the procedure"),
}


def register_verbs(happened: dict[str, Any], acts: dict[str, Any] | None = None) -> None:
    """Called from `apps.py`: the words for what an app above writes into the log."""
    VERBS.update(happened)
    ACTS.update(acts or {})


def happened(verb: str) -> str:
    """What happened, in words; a verb that nobody named reads as it is kept."""
    return str(VERBS.get(verb, verb.replace("_", " ").capitalize()))


def act_name(act: str) -> str:
    """The name of an act that may happen."""
    return str(ACTS.get(act, act.replace("_", " ").capitalize()))


def choices() -> list[tuple[str, Any]]:
    """Every verb with its words, for filters."""
    return list(VERBS.items())
