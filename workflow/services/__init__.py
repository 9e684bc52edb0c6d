"""The doors. Whatever changes a participation or what belongs to it goes through one of these."""

from workflow.services.applications import (
    add_member,
    answer_consent,
    open_application,
    remove_member,
    return_application,
    save_application,
    submit_application,
    withdraw_draft,
)
from workflow.services.bodies import (
    confirm_act,
    end_body,
    found_body,
    leave_seat,
    record_session,
    seat_member,
)
from workflow.services.calls import extend_call, publish_call
from workflow.services.deadlines import move_deadline
from workflow.services.opening import open_participation, open_participations
from workflow.services.people import (
    accept_invitation,
    end_expired_mandates,
    end_mandate,
    give_mandate,
    hand_over,
    invite,
    revoke_invitation,
)
from workflow.services.procedures import change_procedure, load_procedure, load_programme
from workflow.services.proposals import approve_proposal, decline_proposal
from workflow.services.questions import answer_question, ask_question
from workflow.services.steps import accept_step, hand_in, reopen_step, return_step, waive_step
from workflow.services.transitions import perform_transition

__all__ = [
    "accept_invitation",
    "accept_step",
    "add_member",
    "answer_consent",
    "answer_question",
    "approve_proposal",
    "ask_question",
    "change_procedure",
    "confirm_act",
    "decline_proposal",
    "end_body",
    "end_expired_mandates",
    "end_mandate",
    "extend_call",
    "found_body",
    "give_mandate",
    "hand_in",
    "hand_over",
    "invite",
    "leave_seat",
    "load_procedure",
    "load_programme",
    "move_deadline",
    "open_application",
    "open_participation",
    "open_participations",
    "perform_transition",
    "publish_call",
    "record_session",
    "remove_member",
    "reopen_step",
    "return_application",
    "return_step",
    "revoke_invitation",
    "save_application",
    "seat_member",
    "submit_application",
    "waive_step",
    "withdraw_draft",
]
