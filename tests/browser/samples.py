"""At least one sample of every page, out of the demo world, each with the person it is for.

Kikinda's participation is true and long; the sample programme has every state a page can show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.tokens import default_token_generator
from django.db.models import F
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from config.demo.people import address
from municipalities.models import Body, BodyMember, Mandate, Municipality, Session
from municipalities.roles import Role
from workflow import services
from workflow.audit.models import Entry
from workflow.models import (
    Application,
    Call,
    Participation,
    Procedure,
    Proposal,
    Question,
    Step,
    Track,
)
from workflow.stages import Stage

NOBODY = ""
MANAGER, DEPUTY, MENTOR = address("rukovodilac"), address("zamenik"), address("mentor")
SEVERAL, SYSTEM = address("saradnik"), address("sistem")
EVALUATOR, AUDITOR, OBSERVER = address("evaluator"), address("revizor"), address("donator")
KIKINDA, SIGNATORY = address("koordinator.kikinda"), address("potpisnik.kikinda")
MRKONJIC = address("koordinator.mrkonjic")
INVITED = "nova.koordinatorka@example.org"


@dataclass(frozen=True)
class Sample:
    """A page: its URL name, who opens it, where."""

    name: str
    who: str
    path: str
    status: int = 200

    def path_in(self, language: str) -> str:
        """A public address names the language itself."""
        return self.path.replace("/en/public/", f"/{language}/public/", 1)


def samples() -> list[Sample]:
    """All of them; those of one person follow one another, nobody comes first."""
<<<<<<< HEAD
    makers = [for_anybody, for_everybody, of_people, first_pages, of_cases, of_transitions]
    makers += [of_versions, of_steps, of_calls, of_bodies, of_applications, of_the_log]
    makers += [of_programmes, invitations]
||||||| d4dedf6
    makers = [for_anybody, of_people, of_cases, of_transitions, of_versions, of_steps, of_calls]
    makers += [of_bodies, of_applications, of_the_log, invitations]
=======
    makers = [
        for_anybody,
        of_signing_in,
        of_people,
        of_cases,
        of_transitions,
        of_versions,
        of_steps,
        of_calls,
    ]
    makers += [of_bodies, of_applications, of_the_log, invitations]
>>>>>>> h_access
    found = [sample for maker in makers for sample in maker()]
    return sorted(found, key=lambda sample: sample.who)


def page(name: str, who: str, *arguments: Any, query: str = "", status: int = 200) -> Sample:
    name = name if ":" in name else f"workflow:{name}"
    return Sample(name, who, reverse(name, args=arguments) + query, status)


def kikinda() -> Participation:
    return Participation.objects.with_names().get(track__key="sws_2007_planning")


def sample_cases() -> Any:
    return Participation.objects.filter(programme__is_sample=True).with_names().order_by("pk")


def clerk(municipality: Municipality, role: str = Role.COORDINATOR) -> str:
    """The e-mail address of who acts for a municipality."""
    return Mandate.objects.over(municipality).filter(role=role).first().user.email


def for_anybody() -> Iterator[Sample]:
    yield page("accounts:sign_in", NOBODY)
    yield page("accounts:sign_in", NOBODY, query="?next=/participations/")
    for name in ("password_reset", "password_reset_sent", "password_reset_done"):
        yield page(f"accounts:{name}", NOBODY)
    yield page("accounts:password_reset_confirm", NOBODY, "MQ", "used-before")
    person = User.objects.get(email=KIKINDA)
    uid, token = urlsafe_base64_encode(force_bytes(person.pk)), default_token_generator
    yield page("accounts:password_reset_confirm", NOBODY, uid, token.make_token(person))
    for who in (NOBODY, KIKINDA):
        yield page("web:accessibility", who)
        yield page("web:privacy", who)
        yield page("web:glossary", who)
        yield page("web:whats_new", who)
    yield page("accounts:password_change", KIKINDA)
    yield page("accounts:profile", KIKINDA)
    yield page("accounts:sign_ins", KIKINDA)


def of_signing_in() -> Iterator[Sample]:
    """As far as a link leads; what only forms lead to is looked at in test_account_pages.py."""
    for name in ("account_login", "account_request_login_code", "mfa_login_webauthn"):
        yield ours(name, NOBODY)
    for name in ("account_confirm_login_code", "mfa_authenticate", "mfa_trust"):
        yield ours(name, NOBODY)  # leads back to where it begins
    yield ours("openid_connect_callback", NOBODY, status=404)  # no provider is configured
    yield ours("mfa_index", KIKINDA)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        yield ours(name, KIKINDA)  # leads to where the password is asked for
    for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"):
        yield ours(name, KIKINDA)
    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes"):
        yield ours(name, KIKINDA, status=404)
    yield ours("mfa_remove_webauthn", KIKINDA, 1)


def ours(name: str, who: str, *arguments: Any, status: int = 200) -> Sample:
    """A page of allauth, whose names stand in no space."""
    return Sample(name, who, reverse(name, args=arguments), status)


def for_everybody() -> Iterator[Sample]:
    """Public pages; the language of their address is that in which they are looked at."""
    case, code = kikinda(), "en"
    yield page("public:home", NOBODY, code)
    yield page("public:home", NOBODY, code, query="?q=grad")
    yield page("public:home", NOBODY, code, query="?q=nema+takve")
    for key in ("sample", case.programme.key, "earmarked_transfers"):
        yield page("public:programme", NOBODY, code, key)
    units = [
        case.municipality,
        sample_cases().public().filter(stage=Stage.WITHDRAWN)[0].municipality,
    ]
    for unit in [*units, Municipality.objects.get(name_latin="Mrkonjić Grad")]:
        yield page("public:municipality", NOBODY, code, unit.code)
    yield page("public:municipality", NOBODY, code, "99999", status=404)
    yield page("public:log", NOBODY, code)
    yield page("public:data", NOBODY, code)


def of_people() -> Iterator[Sample]:
    case, place = kikinda(), kikinda().municipality
    yield page("people", MANAGER, case.reference)
    yield page("people", KIKINDA, case.reference)
    yield page("municipality_people", SIGNATORY, place.code)
    yield page("programme_people", MANAGER, case.programme.key)
    yield page("handover", KIKINDA, case.reference)
    yield page("municipality_handover", SIGNATORY, place.code)
    own = Mandate.objects.over(place).get(role=Role.COORDINATOR)
    yield page("mandate_end", SIGNATORY, own.pk)
    yield page("hand_over", KIKINDA, own.pk)
    yield page("hand_over", SIGNATORY, Mandate.objects.over(place).get(role=Role.SIGNATORY).pk)


def first_pages() -> Iterator[Sample]:
    """Where each role begins; somebody with six mandates in four roles; somebody without one."""
    for who in (AUDITOR, MANAGER, OBSERVER, address("administrator"), SYSTEM):
        yield page("home", who)
    yield page("my_municipalities", MENTOR)
    yield page("reviews", EVALUATOR)
    for who in (KIKINDA, SEVERAL):
        yield page("my_municipalities", who)
        yield page("reviews", who)


def of_cases() -> Iterator[Sample]:
    case, cases = kikinda(), sample_cases()
    for who in (MANAGER, MENTOR, EVALUATOR, KIKINDA, OBSERVER):
        yield page("my_steps", who)
    returned = Step.objects.filter(status="returned", stage=F("participation__stage")).first()
    yield page("my_steps", clerk(returned.participation.municipality, returned.role))
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


def states_of(cases: Any) -> list[Participation]:
    """One on hold, one with a proposal, one of a joint application, one that has ended."""
    joint = [one for one in cases if one.moves_with_others]
    return [
        cases.exclude(on_hold_since=None).first(),
        cases.filter(proposals__status=Proposal.Status.WAITING).first(),
        joint[0],
        cases.filter(stage=Stage.WITHDRAWN).first(),
    ]


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


def of_calls() -> Iterator[Sample]:
    sample = Call.objects.filter(track__programme__is_sample=True).order_by("pk")
    over, present = sample.first().reference, sample.last().reference
    yield page("calls", MANAGER)
    yield page("calls", KIKINDA)
    yield page("calls", OBSERVER)
    for who in (MANAGER, KIKINDA):
        yield page("call", who, present)
    yield page("call", MANAGER, over)
    yield page("call", MANAGER, Call.objects.get(track__key="sws_2007_planning").reference)
    yield page("call_publish", MANAGER)
    yield page("call_publish", KIKINDA)
    for who in (MANAGER, KIKINDA, OBSERVER):
        yield page("call_questions", who, present)
    yield page("call_questions", MANAGER, over)
    for who in (KIKINDA, AUDITOR):
        yield page("call_ask", who, present)
    for question in Question.objects.filter(call=sample.last()).order_by("-number")[:2]:
        yield page("call_answer", MANAGER, present, question.number)
    yield page("call_answer", AUDITOR, present, 1)
    for reference in (over, present):
        yield page("call_selection", MANAGER, reference)
    yield page("call_selection", OBSERVER, over)
    yield page("call_selection", KIKINDA, present, status=403)
    yield page("call_extend", MANAGER, present)
    yield page("call_register", MANAGER, present)
    yield page("call_register", MANAGER, present, query="?q=grad")


def of_applications() -> Iterator[Sample]:
    rows = Application.objects.with_names()
    yield page("applications", MANAGER)
    yield page("applications", MANAGER, query="?q=nema+takve")
    draft = rows.get(status="draft")
    writer = clerk(draft.lead)
    for name in ("", "_texts", "_members", "_check", "_withdraw", "_submitted"):
        yield page(f"application{name}", writer, draft.reference)
    yield page("application_members", writer, draft.reference, query="?q=novi")
    signatory = clerk(draft.lead, Role.SIGNATORY)
    yield page("application_consent", signatory, draft.reference, draft.lead.code)
    joint = states_of(sample_cases())[2].application
    for name in ("", "_members", "_return", "_check", "_withdraw", "_submitted"):
        yield page(f"application{name}", MANAGER, joint.reference)
    for status in ("selected", "rejected"):
        one = rows.filter(status=status).first()
        yield page("application", clerk(one.lead), one.reference)
        yield page("application_submitted", clerk(one.lead), one.reference)
        yield page("application_consent", MANAGER, one.reference, one.lead.code)


def of_bodies() -> Iterator[Sample]:
    """Those of Kikinda, whose act is to be confirmed, and of the sample, where one has ended."""
    board = Body.objects.get(municipality=kikinda().municipality)
    ended = Body.objects.exclude(until_on=None).get()
    seats = BodyMember.objects.filter(body__municipality=ended.municipality)
    for who in (KIKINDA, OBSERVER):
        yield page("bodies", who, board.municipality.code)
        yield page("body", who, board.pk)
    yield page("bodies", MANAGER, ended.municipality.code)
    none = sample_cases().exclude(municipality__bodies__isnull=False).first()
    yield page("bodies", MANAGER, none.municipality.code)
    yield page("found_body", MANAGER, none.municipality.code)
    for name in ("confirm_act", "seat_member", "record_session", "end_body"):
        yield page(name, KIKINDA, board.pk)
    yield page("seat_member", AUDITOR, board.pk)
    for body in (ended, seats.get(until_on=None, seat="председавајући").body):
        yield page("body", MANAGER, body.pk)
    yield page("seat_member", MANAGER, ended.pk)
    yield page("leave_seat", MANAGER, seats.filter(until_on=None).first().pk)


def of_the_log() -> Iterator[Sample]:
    case = kikinda()
    yield page("log", AUDITOR)
    yield page("log", MANAGER, query="?kind=adopt_strategy&waivers=1&since=1.1.2007.")
    yield page("participation_log", AUDITOR, case.reference)
    yield page("participation_log", KIKINDA, case.reference, status=403)
    entries = Entry.objects.filter(participation=case)
    for verb in ("adopt_strategy", "hand_in", "accept", "set_deadline", "give_mandate"):
        if one := entries.filter(verb=verb).first() or Entry.objects.filter(verb=verb).first():
            yield page("entry", AUDITOR, one.pk)


def of_programmes() -> Iterator[Sample]:
    """With participations and without, all tabs, each kind of reader; the set-up and the import."""
    sample, package = sample_cases()[0].track, Track.objects.get(key="ipa_2020_package")
    empty = Track.objects.get(key="earmarked_transfers_yearly")
    for who in (MANAGER, OBSERVER, KIKINDA):
        yield page("programmes", who)
    yield page("programme", MANAGER, sample.programme.key)
    yield page("programme", OBSERVER, package.programme.key)
    yield page("programme", MANAGER, empty.programme.key)
    yield page("programme", MANAGER, sample.programme.key, query="?show=municipalities")
    yield page("programme", KIKINDA, "no_such_programme", status=404)
    for track in (sample, package, empty, kikinda().track):
        for query in ("", "?show=steps", "?show=municipalities"):
            yield page("track", MANAGER, track.programme.key, track.key, query=query)
    yield page("track", KIKINDA, kikinda().programme.key, kikinda().track.key)
    yield page("programme_setup", MANAGER, sample.programme.key)
    yield page("programme_setup", AUDITOR, sample.programme.key, status=403)
    for track in (Track.objects.get(key="spis_model"), package):
        yield page("import_municipalities", MANAGER, track.programme.key, track.key)


def invitations() -> Iterator[Sample]:
    """The link of the mail as a newcomer, a known person and somebody else finds it."""
    place, manager = kikinda(), User.objects.get(email=MANAGER)
    _row, newcomers = services.invite(INVITED, Role.MENTOR, over=place, by=manager)
    _row, known = services.invite(EVALUATOR, Role.MENTOR, over=place, by=manager)
    for token, who in [(newcomers, NOBODY), (known, NOBODY), (known, EVALUATOR), (known, KIKINDA)]:
        yield page("invitation", who, token)
        yield page("accept_invitation", who)
    yield page("invitation", NOBODY, "x" * 43, status=404)
