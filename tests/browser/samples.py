"""At least one sample of every page, out of the demo world, each with the person it is for.

Kikinda's participation is true and long; the sample programme has every state a page can show.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.models import User
from config.demo.people import address
from municipalities.models import Body, BodyMember, Mandate, Municipality
from municipalities.roles import Role
from tests.browser.sample import (
    AUDITOR,
    EVALUATOR,
    INVITED,
    KIKINDA,
    MANAGER,
    MENTOR,
    NOBODY,
    OBSERVER,
    SEVERAL,
    SIGNATORY,
    SYSTEM,
    Sample,
    clerk,
    kikinda,
    page,
    sample_cases,
    states_of,
)
from tests.browser.samples_of_cases import of_cases, of_steps, of_transitions, of_versions
from tests.browser.samples_of_messages import of_messages, of_the_demos_mail
from tests.browser.samples_of_notices import of_notices
from tests.browser.samples_of_papers import of_papers
from tests.browser.samples_of_reviews import of_reviews
from tests.browser.samples_of_writing import of_writing
from workflow import services
from workflow.audit.models import Entry
from workflow.models import (
    Application,
    Call,
    Question,
    Track,
)
from workflow.stages import Stage


def samples() -> list[Sample]:
    """All of them; those of one person follow one another, nobody comes first."""
    makers = [for_anybody, for_everybody, of_signing_in, of_people, first_pages, of_cases]
    makers += [of_transitions, of_versions, of_steps, of_calls, of_bodies, of_applications]
    makers += [of_the_log, of_programmes, invitations, of_papers, of_reviews, of_writing]
    makers += [of_notices, of_messages, of_the_demos_mail]
    found = [sample for maker in makers for sample in maker()]
    return sorted(found, key=lambda sample: sample.who)


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
    of_codes = ("mfa_generate_recovery_codes", "mfa_view_recovery_codes")
    for name in ("mfa_activate_totp", "mfa_add_webauthn", *of_codes):
        yield ours(name, KIKINDA)  # leads to where the password is asked for
    for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"):
        yield ours(name, KIKINDA)
    yield ours("mfa_deactivate_totp", KIKINDA, status=404)
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
