"""The doors knocked at without a page, by somebody who may and by many who may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from documents import services as papers
from documents.services import Target
from municipalities.models import Invitation
from notifications.services.asking import ask
from notifications.services.deliveries import change_message, change_some
from tests.conftest import FIRST_DAY, LONG_AGO
from tests.documents.arriving import arrived, published, receive
from tests.documents.reviewing import answers, hand_in_review
from tests.documents.writing import shelf, wanted
from tests.rights.actors import World
from tests.rights.probes import undone
from tests.stepping import RECORD, act_on, the_step
from tests.world import procedure_text
from workflow import services
from workflow.errors import NotAllowed
from workflow.models import Proposal
from workflow.rules import Due

KNOCKING = ["manager of P", "signatory of A", "coordinator of A", "administrator of P"]
KNOCKING += ["stranger", "coordinator of B", "manager of Q", "auditor of P", "evaluator of P"]
Door = Callable[[World, Any], Any]


def later() -> Due:
    return Due(timezone.localdate() + timedelta(days=9), "", "day")


def on_step(door: Callable[..., Any], key: str, **facts: Any) -> Door:
    return lambda world, by: act_on(door, the_step(world.cases["A in P"], key), by=by, **facts)


def on_case(name: str, reason: str = "So.") -> Door:
    return lambda world, by: services.perform_transition(
        world.cases["A in P"], name, by=by, decided_on=FIRST_DAY, reason=reason,
        expected_version=0, idempotency_key=uuid4(),
    )  # fmt: skip


def hand_in(world: World, by: Any) -> Any:
    step = the_step(world.cases["A in P"], "open")
    key = {"expected_version": step.version, "idempotency_key": uuid4()}
    return services.hand_in(step, RECORD, by=by, **key)


def answered(world: World, by: Any, *, accepts: bool, approves: bool) -> Any:
    """A proposal of the deputy: to waive a step, or to accept one that was handed in."""
    proposal = world.proposals["A in P"]
    if accepts:
        step = the_step(world.cases["A in P"], "submitted")
        Proposal.objects.filter(pk=proposal.pk).update(
            step=step, act="accept", version=step.version
        )
        proposal = Proposal.objects.get(pk=proposal.pk)
    if approves:
        return services.approve_proposal(proposal, by=by, idempotency_key=uuid4())
    return services.decline_proposal(proposal, by=by, reason="No.", idempotency_key=uuid4())


def change_procedure(world: World, by: Any) -> Any:
    case = world.cases["A in P"]
    return services.change_procedure(
        case, case.procedure, by=by, reason="So.", expected_version=0, idempotency_key=uuid4()
    )


def take_up(world: World, by: Any) -> Any:
    """The invitation of somebody who must still be able to appoint when it is taken up."""
    user = world.users["staff"]
    place = world.municipalities["A"]
    sent, token = services.invite(user.email, "coordinator", over=place, by=world.system)
    Invitation.objects.filter(pk=sent.pk).update(invited_by=by)
    return services.accept_invitation(token, user=user)


def about_board(door: Callable[..., Any], **told: Any) -> Door:
    return lambda world, by: door(world.bodies["body of A"], by=by, **told)


def paper(world: World) -> Any:
    return world.papers["A in P", "participants"]


def keep_written(world: World, by: Any) -> Any:
    """What was read is out of date by now: who may keep papers is told that."""
    case = world.cases["A in P"]
    return papers.keep_written(
        wanted(case, "appointment_decision"), by=by, expected="another", idempotency_key=uuid4()
    )


MANAGER = {"manager of P"}
WORK_ON_A = {"manager of P", "signatory of A", "coordinator of A", "evaluator of P"}
OF_A = {"signatory of A", "coordinator of A"}
APPOINTS_TO_A = {"signatory of A"}
KEEPS_BODIES_OF_A = OF_A | {"manager of P", "manager of Q"}

# What is done, and who of those who knock may do it.
DOORS: dict[str, tuple[Door, set[str]]] = {
    "move": (on_case("hold"), MANAGER),
    "withdraw": (on_case("withdraw"), {"manager of P", "signatory of A"}),
    "hand in": (hand_in, {"coordinator of A"}),
    "accept": (on_step(services.accept_step, "submitted"), MANAGER),
    "return": (on_step(services.return_step, "submitted", remarks=["Mend."]), MANAGER),
    "waive": (on_step(services.waive_step, "open", reason="So."), MANAGER),
    "reopen": (on_step(services.reopen_step, "settled", reason="So."), MANAGER),
    "move deadline": (
        lambda world, by: act_on(
            services.move_deadline, the_step(world.cases["A in P"], "open"), by=by, due=later(),
            reason="So.",
        ),
        MANAGER,
    ),
    "approve": (lambda w, by: answered(w, by, accepts=False, approves=True), MANAGER),
    "decline": (lambda w, by: answered(w, by, accepts=False, approves=False), MANAGER),
    "approve an acceptance": (lambda w, by: answered(w, by, accepts=True, approves=True), MANAGER),
    "publish": (
        lambda w, by: services.publish_call(
            w.calls["open call of P"].track, by=by, due=None, opens_on=None
        ),
        MANAGER,
    ),
    "extend": (
        lambda w, by: services.extend_call(w.calls["open call of P"], later(), by=by, reason="So."),
        MANAGER,
    ),
    "ask": (
        lambda w, by: services.ask_question(
            w.calls["open call of P"], w.municipalities["A"], by=by, text="May three apply?"
        ),
        OF_A,
    ),
    "answer": (
        lambda w, by: services.answer_question(
            w.questions["open question in P"], by=by, answer="Yes.", published_as="May two?",
            expected_version=0,
        ),
        MANAGER,
    ),
    "begin": (
        lambda w, by: services.open_application(
            w.calls["open call of P"], w.municipalities["A"], by=by
        ),
        MANAGER | OF_A,
    ),
    "write": (
        lambda w, by: services.save_application(
            w.applications["draft of A in P"], by=by, expected_version=1, summary="New."
        ),
        MANAGER | OF_A,
    ),
    "withdraw a draft": (
        lambda w, by: services.withdraw_draft(
            w.applications["draft of A in P"], by=by, expected_version=1
        ),
        MANAGER | OF_A,
    ),
    "consent": (
        lambda w, by: services.answer_consent(
            w.applications["handed in by A in P"].members.get(), by=by, agrees=True,
            decided_on=FIRST_DAY,
        ),
        {"manager of P", "signatory of A"},
    ),
    "return application": (
        lambda w, by: services.return_application(
            w.applications["handed in by A in P"], by=by, remarks="Mend."
        ),
        MANAGER,
    ),
    "take in": (
        lambda w, by: services.open_participation(
            w.cases["A in P"].track, w.municipalities["E"], by=by, decided_on=FIRST_DAY,
            reason="", idempotency_key=uuid4(),
        ),
        MANAGER,
    ),
    "load a procedure": (
        lambda w, by: services.load_procedure(
            procedure_text(number=88, programme="programme_p"), by=by
        ),
        {"manager of P", "administrator of P"},
    ),
    "change the procedure": (change_procedure, MANAGER),
    "appoint": (
        lambda w, by: services.give_mandate(
            w.users["stranger"], "coordinator", over=w.municipalities["A"], by=by,
            starts_on=LONG_AGO,
        ),
        APPOINTS_TO_A,
    ),
    "end a mandate": (
        lambda w, by: services.end_mandate(w.mandates["coordinator of A"], by=by),
        APPOINTS_TO_A,
    ),
    "hand over": (
        lambda w, by: services.hand_over(w.mandates["the own role of A"], w.users["staff"], by=by),
        APPOINTS_TO_A | {"coordinator of A"},
    ),
    "invite": (
        lambda w, by: services.invite(
            "x@example.org", "coordinator", over=w.municipalities["A"], by=by
        ),
        APPOINTS_TO_A,
    ),
    "take up an invitation": (take_up, APPOINTS_TO_A),
    "found a body": (
        lambda w, by: services.found_body(
            w.municipalities["A"], name="New", act_body="President", by=by
        ),
        KEEPS_BODIES_OF_A,
    ),
    "confirm an act": (about_board(services.confirm_act, act_number="1"), KEEPS_BODIES_OF_A),
    "give a seat": (about_board(services.seat_member, institution="School"), KEEPS_BODIES_OF_A),
    "leave a seat": (
        lambda w, by: services.leave_seat(w.seats["body of A"], until_on=FIRST_DAY, by=by),
        KEEPS_BODIES_OF_A,
    ),
    "record a session": (
        about_board(services.record_session, held_on=LONG_AGO), KEEPS_BODIES_OF_A,
    ),
    "end a body": (about_board(services.end_body, until_on=FIRST_DAY), KEEPS_BODIES_OF_A),
    "upload": (lambda w, by: receive(Target(w.cases["A in P"]), by=by), WORK_ON_A),
    "upload for a step": (
        lambda w, by: receive(
            Target(w.cases["A in P"], the_step(w.cases["A in P"], "paper")), by=by
        ),
        {"coordinator of A"},
    ),
    "upload something internal": (
        lambda w, by: receive(Target(w.cases["A in P"]), by=by, visibility="internal"),
        {"manager of P", "evaluator of P"},
    ),
    "withdraw a version": (
        lambda w, by: papers.withdraw_version(
            paper(w), by=by, reason="So.", idempotency_key=uuid4()
        ),
        MANAGER,
    ),
    "publish a paper": (lambda w, by: published(paper(w), by=by), MANAGER),
    "download": (
        lambda w, by: papers.record_download(paper(w), by=by), WORK_ON_A | {"auditor of P"},
    ),
    "download something internal": (
        lambda w, by: papers.record_download(w.papers["A in P", "internal"], by=by),
        {"manager of P", "evaluator of P", "auditor of P"},
    ),
    "save the draft of a review": (
        lambda w, by: papers.save_review_draft(
            the_step(w.cases["A in P"], "blind"), answers(), by=by, expected_version=0
        ),
        {"evaluator of P"},
    ),
    "hand in a review": (
        lambda w, by: hand_in_review(the_step(w.cases["A in P"], "blind"), by=by),
        {"evaluator of P"},
    ),
    "keep a paper that Koraci wrote": (keep_written, OF_A | MANAGER),
    "replace a template": (
        lambda w, by: papers.replace_template(
            shelf(w.programmes["P"]), arrived("a.docx", b"x"), by=by, expected_version=1,
            idempotency_key=uuid4(),
        ),
        {"manager of P", "administrator of P"},
    ),
    "return to the shipped template": (
        lambda w, by: papers.return_to_shipped(
            shelf(w.programmes["P"]), by=by, expected_version=1, idempotency_key=uuid4()
        ),
        {"manager of P", "administrator of P"},
    ),
    "remind by hand": (
        lambda w, by: ask(
            [the_step(w.cases["A in P"], "open")], by=by, expected="", idempotency_key=uuid4()
        ),
        MANAGER,
    ),
    "pause a message": (
        lambda w, by: change_message(
            w.messages["A in P"], "pause", by=by, idempotency_key=uuid4()
        ),
        MANAGER,
    ),
    "pause all messages": (
        lambda w, by: change_some(w.programmes["P"], "pause", by=by), MANAGER,
    ),
    "revoke": (
        lambda w, by: services.revoke_invitation(w.invitations["to A"], by=by), APPOINTS_TO_A,
    ),
}  # fmt: skip


def knock(world: World, name: str, actor: str) -> str:
    """What is wrong, in words: let in without the right, or turned away with it."""
    door, may = DOORS[name]
    with undone():
        try:
            door(world, world.users[actor])
            let_in = True
        except NotAllowed:
            let_in = False
        except Exception:  # it said no for another reason, so it had let the person in
            let_in = True
    return "" if let_in == (actor in may) else f"{name} by {actor}: let in: {let_in}"
