"""Samples of participations, their transitions, versions and steps."""

from collections.abc import Iterator
from uuid import uuid4

from django.db.models import F

from accounts.models import User
from municipalities.models import Municipality, Session
from municipalities.roles import Role
from tests.browser.sample import (
    AUDITOR,
    DEPUTY,
    EVALUATOR,
    KIKINDA,
    MANAGER,
    MENTOR,
    MRKONJIC,
    OBSERVER,
    SIGNATORY,
    Sample,
    clerk,
    kikinda,
    page,
    sample_cases,
    states_of,
)
from workflow import services
from workflow.models import (
    Application,
    Participation,
    Procedure,
    Proposal,
    Step,
    Track,
)
from workflow.stages import Stage


def of_cases() -> Iterator[Sample]:
    case, cases = kikinda(), sample_cases()
    for who in (MANAGER, MENTOR, EVALUATOR, KIKINDA, OBSERVER):
        yield page("my_steps", who)
    returned = Step.objects.filter(status="returned", stage=F("participation__stage")).first()
    yield page("my_steps", clerk(returned.participation.municipality, returned.role))
    draft = Application.objects.filter(status=Application.Status.DRAFT).first()
    for role in (Role.COORDINATOR, Role.SIGNATORY):
        yield page("my_steps", clerk(draft.lead, role))
    yield page("board", MANAGER, query="?programme=sample")
    yield page("board", MANAGER, query="?programme=sample&q=nema+takve&area=Južnobanatski&mine=1")
    yield page("board", MANAGER, query="?programme=sample&stage=assessment&due=late")
    yield page("participations", MANAGER, query="?due=late&ready=1")
    for words in ("", "a", "nema+takve", "novi", "koordinator+kikinda", "06", "javni+uvid"):
        yield page("search", MANAGER, query=f"?q={words}")
    yield page("search", MANAGER, query="?q=novi&in=participations")
    yield page("search", OBSERVER, query="?q=kikinda")
    yield page("board", KIKINDA)
    yield page("figures", MANAGER, query="?programme=sample")
    yield page("figures", KIKINDA)
    yield page("participations", MANAGER)
    yield page("participations", MANAGER, query="?q=nema+takve&stage=assessment&mine=1")
    for who in (MANAGER, KIKINDA, AUDITOR, OBSERVER):
        yield page("participation", who, case.reference)
    yield page("participation", KIKINDA, case.reference, query="?show=all&all=1")
    board_first = Participation.objects.get(track__key="spis_model")
    yield page("participation", MRKONJIC, board_first.reference)
    for one in states_of(cases):
        yield page("participation", MANAGER, one.reference)
        yield page("decisions", MANAGER, one.reference)
    yield page("decisions", KIKINDA, case.reference)
    for who in (MANAGER, OBSERVER):
        yield page("readers", who, case.reference)
    yield page("participation", KIKINDA, "SWS-2007-999", status=404)
    irig = Municipality.objects.get(code="80187")
    for query in (f"?municipality={irig.code}", "", "?q=grad", "?q=nema+takve"):
        yield page("open_participation", MANAGER, query=query)
    yield page("open_participation", KIKINDA)


def of_transitions() -> Iterator[Sample]:
    case, cases = kikinda(), sample_cases()
    ready = cases.filter(stage=Stage.MEMORANDUM, steps__status="accepted").first()
    yield page("transition", MANAGER, ready.reference, "start_assessment")
    blocked = cases.filter(stage=Stage.ASSESSMENT).first()
    yield page("transition", MANAGER, blocked.reference, "adopt_strategy")
    for name in ("complete", "discontinue", "hold", "step_back"):
        yield page("transition", MANAGER, case.reference, name)
    yield page("transition", SIGNATORY, case.reference, "withdraw")
    yield page("transition", AUDITOR, case.reference, "complete")
    yield page("transition", MANAGER, states_of(cases)[2].reference, "select")
    proposals = Proposal.objects.select_related("participation")
    for one in proposals.filter(status=Proposal.Status.WAITING):
        for who in (MANAGER, DEPUTY):
            yield page("proposal", who, one.participation.reference, one.uuid)
    closed = proposals.exclude(status=Proposal.Status.WAITING).first()
    yield page("proposal", MANAGER, closed.participation.reference, closed.uuid)


def of_versions() -> Iterator[Sample]:
    """A case that another version would change, one that it would not, and one that has ended."""
    cases = sample_cases()
    newest = load_newer_version(cases[0].track)
    for stage in (Stage.ASSESSMENT, Stage.MEMORANDUM, Stage.WITHDRAWN):
        yield page("change_procedure", MANAGER, cases.filter(stage=stage).first().reference)
    assessed = cases.filter(stage=Stage.ASSESSMENT).first()
    yield page("change_procedure", AUDITOR, assessed.reference)
    yield page("change_procedure", MANAGER, kikinda().reference)
    followed = changed_case(newest)
    for who in (MANAGER, OBSERVER):
        yield page("participation", who, followed.reference)


VISIT = """- key: visit
        title: {sr: Обилазак, en: Visit}
        role: mentor
        evidence: record

      - key: body_founded"""


def load_newer_version(track: Track) -> Procedure:
    """In assessment one step more, one for joint applications alone, one of another role."""
    text = track.procedures.first().text.replace("- key: body_founded", VISIT)
    text = text.replace("role: mentor", "role: evaluator", 1)
    plan = 'deadline: {rule: relative, to: "step:first_session", days: 14}'
    return services.load_procedure(text.replace(plan, f"{plan}\n        when: {{joint: true}}"))


def changed_case(procedure: Procedure) -> Participation:
    """One that follows the newer version, so that its timeline says so."""
    case = sample_cases().filter(stage=Stage.ASSESSMENT).last()
    services.change_procedure(
        case, procedure, by=User.objects.get(email=MANAGER), reason="Измењен образац упитника.",
        expected_version=case.version, idempotency_key=uuid4(),
    )  # fmt: skip
    return case


def present_step(status: str, kind: str) -> Step | None:
    """A step of the stage in which its participation stands, that can be worked on now."""
    rows = Step.objects.with_names().filter(
        status=status, rule__evidence=kind, stage=F("participation__stage"),
        participation__on_hold_since=None, participation__programme__is_sample=True,
    )  # fmt: skip
    return next((step for step in rows.order_by("pk") if not step.waits_for), None)


def of_steps() -> Iterator[Sample]:
    for kind in ("record", "act", "rating", "meeting"):
        if step := present_step("open", kind):
            yield step_page(step, owner_of(step))
    yield met_before()
    for status in ("submitted", "returned", "accepted", "waived"):
        kind = "rating" if status == "waived" else "record"
        step = present_step(status, kind) or present_step(status, "record")
        yield step_page(step, owner_of(step))
        yield step_page(step, MANAGER)
    waiting, looked_at = present_step("open", "record"), present_step("submitted", "record")
    for act in ("hand_in", "waive", "move_deadline", "accept"):
        yield step_page(waiting, MANAGER, act)
    for act in ("accept", "return"):
        yield step_page(looked_at, MENTOR if looked_at.accepted_by == "mentor" else MANAGER, act)
    yield step_page(present_step("accepted", "record"), MANAGER, "reopen")


def met_before() -> Sample:
    """A step that asks for a meeting, filled in with a session on record."""
    rows = Step.objects.running().with_names().filter(rule__evidence="meeting", status="open")
    met = rows.exclude(participation__municipality__bodies__sessions=None).order_by("pk")
    step = next(one for one in met if not one.waits_for)
    session = Session.objects.filter(body__municipality=step.participation.municipality).first()
    asked = f"?from={session.pk}"
    return page("step", owner_of(step), step.participation.reference, step.uuid, query=asked)


def owner_of(step: Step) -> str:
    by_role = {Role.MENTOR: MENTOR, Role.EVALUATOR: EVALUATOR, Role.PROGRAMME_MANAGER: MANAGER}
    return by_role.get(step.role) or clerk(step.participation.municipality, step.role)


def step_page(step: Step, who: str, *act: str) -> Sample:
    return page("step_act" if act else "step", who, step.participation.reference, step.uuid, *act)
