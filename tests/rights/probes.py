"""One probe: an actor opens an address or sends its form, and what comes back is weighed."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4
from zipfile import ZipFile

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from tests.rights.actors import World
from tests.rights.messages import message_payload
from tests.rights.notices import notice_arguments, notice_payload
from tests.rights.papers import paper_arguments, paper_payload
from tests.stepping import the_step
from tests.world import procedure_text
from workflow.forms.programmes import PublishForm

NOWHERE = UUID(int=0)
NOTHING = "nothing"
TAKEN = {200, 302, 409, 410, 422}
OF_A_CASE = {
    "participation", "decisions", "readers", "people", "handover", "participation_log",
    "change_procedure",
}  # fmt: skip
OPEN_STEP = {"hand_in": "open", "waive": "open", "move_deadline": "open", "reopen": "settled"}

# What the view pg_stat_xact_user_tables tells, without its costly joins.
ROWS_WRITTEN = """
    SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid)
                        + pg_stat_get_xact_tuples_updated(oid)
                        + pg_stat_get_xact_tuples_deleted(oid)), 0)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"""


@contextmanager
def undone() -> Iterator[Callable[[], int]]:
    """Whatever happens inside is rolled back, so that every probe meets the same world.

    Yields a function that counts the rows written since. The doors ask for the outermost
    transaction; a test's own around them is not one of theirs.
    """
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield counting_rows()
        transaction.set_rollback(True)


def counting_rows() -> Callable[[], int]:
    before = rows_written()
    return lambda: rows_written() - before


def rows_written() -> int:
    """How many rows this connection has written so far, undone ones too."""
    if connection.vendor == "sqlite":
        return connection.connection.total_changes
    with connection.cursor() as cursor:
        cursor.execute(ROWS_WRITTEN)
        return int(cursor.fetchone()[0])


def fingerprint() -> dict[str, str]:
    """Number and hash of the rows of every table."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(map(repr, cursor.fetchall()))
            text = "\n".join(rows).encode()
            found[table] = f"{len(rows)} {hashlib.sha256(text).hexdigest()}"
    return found


def answer_of(response: HttpResponse) -> Any:
    """The answer in the words of the matrix."""
    if response.status_code == 302 and re.search(r"/(sign-in|login)/\?next=", response.url):
        return "sign-in"
    if response.status_code == 401:  # with what was typed, see accounts/kept_form.py
        return "sign-in"
    return "allow" if response.status_code in TAKEN else response.status_code


def body_of(response: Any) -> str:
    """The text of an answer, also of one that is streamed; of a workbook that of its cells."""
    if response.streaming and not hasattr(response, "read_whole"):
        response.read_whole = b"".join(response.streaming_content)  # it can be read once
    content = response.read_whole if response.streaming else response.content
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")  # a paper is no text


def comparable(response: HttpResponse, path: str) -> str:
    """The body without what differs from request to request: tokens and the address itself."""
    body = body_of(response).replace(path, "")
    return re.sub(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', "", body)


# Where


def address(world: World, url: str, thing: str, variant: str) -> str:
    """The address of this page about this thing; it is always the same."""
    asked = (url, thing, variant)
    if asked not in world.addresses:
        world.addresses[asked] = found_address(world, *asked)
    return world.addresses[asked]


def found_address(world: World, url: str, thing: str, variant: str) -> str:
    if url.startswith("admin"):
        return admin_address(world, url, thing)
    if url == "workflow:search":
        return f"{reverse(url)}?{urlencode({'q': variant})}"
    if url.startswith("public:"):
        return reverse(url, args=public_arguments(world, url.removeprefix("public:"), thing))
    if url.startswith("documents:"):
        page = url.removeprefix("documents:")
        return reverse(url, args=paper_arguments(world, page, thing, variant, NOWHERE))
    if url.startswith("notifications:"):
        page = url.removeprefix("notifications:")
        return reverse(url, args=notice_arguments(world, page, thing, NOWHERE))
    return reverse(url, args=arguments(world, url.removeprefix("workflow:"), thing, variant))


def admin_address(world: World, url: str, thing: str) -> str:
    """A page of the administration: a row of its table, or a row that is not there."""
    special = {"admin:app_list": ["municipalities"], "admin:view_on_site": ["999999", "1"]}
    if url.startswith("admin/"):
        return "/" + url.replace("(?P<url>.*)$", "nowhere/").replace("<path:object_id>", "1")
    if thing == "-":
        return reverse(url, args=special.get(url, []))
    model = url.removeprefix("admin:").rsplit("_", 1)[0].replace("_simple", "")
    if url == "admin:auth_user_password_change":
        model = "accounts_user"
    table = apps.get_model(*model.split("_", 1))
    pk: Any = table.objects.order_by("pk").values_list("pk", flat=True)[0]
    if thing == NOTHING:
        pk = NOWHERE if isinstance(pk, UUID) else 999_999
    old = [world.body_history] if url.endswith("simple_history") else []
    return reverse(url, args=[pk, *old])


def public_arguments(world: World, page: str, thing: str) -> list[str]:
    """A table of data by its name; a page by its language and what it is about."""
    if page in ("csv", "json"):
        return [thing]
    places: dict[str, Any] = {name: one.code for name, one in world.municipalities.items()}
    places |= {name: one.key for name, one in world.programmes.items()}
    return ["en"] if thing == "-" else ["en", places.get(thing, "99999")]


def arguments(world: World, page: str, thing: str, variant: str) -> list[Any]:
    if page in ("transition", "step", "step_act", "proposal"):
        return case_arguments(world, page, thing, variant)
    if page in OF_A_CASE:
        return [world.cases[thing].reference if thing in world.cases else "T0-000"]
    if page in ("municipality_people", "municipality_handover", "bodies", "found_body"):
        return [world.municipalities[thing].code if thing in world.municipalities else "99999"]
    if page in ("body", "confirm_act", "seat_member", "record_session", "end_body"):
        return [world.bodies[thing].pk if thing in world.bodies else 999_999]
    if page == "leave_seat":
        return [world.seats[thing].pk if thing in world.seats else 999_999]
    if page in ("track", "procedure_file", "import_municipalities", "import_template"):
        return track_arguments(world, page, thing)
    if page in ("programme_people", "programme", "programme_setup"):
        return [world.programmes[thing].key if thing in world.programmes else "no_such_key"]
    if page in ("mandate_end", "hand_over"):
        return [world.mandates[thing].pk if thing in world.mandates else 999_999]
    if page == "revoke_invitation":
        return [world.invitations[thing].pk if thing in world.invitations else 999_999]
    if page == "call_answer":
        call, question = world.calls["open call of P"], world.questions.get(thing)
        return [call.reference, question.number if question else 999]
    if page.startswith("call_") and page != "call_publish" or page in ("call", "begin_application"):
        return [world.calls[thing].reference if thing in world.calls else "T0-call-1"]
    if page.startswith(("application_", "member_")) or page == "application":
        return application_arguments(world, page, thing)
    if page == "entry":
        case = world.cases.get(thing)
        return [case.entries.get(seq=1).pk if case else NOWHERE]
    if page == "mfa_remove_webauthn":
        return [1]
    special = {"invitation": ["x" * 43], "accounts:password_reset_confirm": ["MQ", "set-password"]}
    return special.get(page, [])


def track_arguments(world: World, page: str, thing: str) -> list[Any]:
    """The track of a participation."""
    case = world.cases.get(thing)
    named = [case.programme.key, case.track.key] if case else ["programme_p", "no_such_key"]
    return [*named, 1] if page == "procedure_file" else named


def case_arguments(world: World, page: str, thing: str, variant: str) -> list[Any]:
    """A participation; with a step or a proposal, its own or that of another."""
    foreign = thing.startswith("a ")
    case = world.cases.get("A in P" if foreign else thing)
    reference = case.reference if case else "T0-000"
    if page == "transition":
        return [reference, variant]
    if page == "proposal":
        other = world.proposals["B in P"] if foreign else world.proposals.get(thing)
        return [reference, other.uuid if other else NOWHERE]
    owner = world.cases["B in P"] if foreign else case
    found = the_step(owner, OPEN_STEP.get(variant, "submitted")).uuid if owner else NOWHERE
    return [reference, found, *([variant] if page == "step_act" else [])]


def application_arguments(world: World, page: str, thing: str) -> list[Any]:
    foreign = thing.startswith("a ")
    found = world.applications.get("handed in by A in P" if foreign else thing)
    reference = found.reference if found else "T0-A000"
    if page == "member_remove":
        draft = thing.startswith("draft")
        return [reference, world.municipalities["D"].code if draft else code_of(found)]
    if page == "application_consent":
        return [reference, world.municipalities["B"].code if foreign else code_of(found)]
    return [reference]


def code_of(application: Any) -> str:
    return application.lead.code if application else "99999"


# What is sent: what the page would send if everything were filled in

HIDDEN = {"expected_version": "0"}
DATE = {"decided_on": "2.3.2026"}
LATER = {"on": "1.12.2027", "at": "15:00", "reason": "Asked for."}


def payload(world: World, url: str, thing: str, variant: str) -> dict[str, str]:
    page = url.split(":")[-1]
    key = {"idempotency_key": str(uuid4())}
    if url.startswith("documents:"):
        return key | paper_payload(world, page, thing, variant)
    if url.startswith("notifications:"):
        return key | notice_payload(page) | message_payload(world, page)
    if page in ("transition", "change_procedure"):
        version = world.cases[thing].version if thing in world.cases else 0
        return DATE | key | {"reason": "By decision.", "expected_version": str(version)}
    if page == "step_act":
        return step_payload(world, thing, variant) | key
    if page == "proposal":
        return key | {"answer": "approve"}
    if page == "open_participation":
        track = {"track": str(world.cases["A in P"].track_id)}
        return DATE | key | track | {"municipality": world.municipalities["E"].code}
    if page == "programme_setup":
        return looked_at(thing)
    if page == "import_municipalities":
        return DATE | key | {"codes": world.municipalities["E"].code}
    found = world.applications.get(thing)
    question = world.questions.get(thing)
    version = {"expected_version": str(found.version if found else 0)}
    return {
        "call_extend": LATER,
        "call_ask": {"text": "May two apply together?"},
        "call_answer": {
            "expected_version": str(question.version if question else 0),
            "published_as": "May two apply?",
            "answer": "Yes, both.",
        },
        "call_publish": {"track": str(track_of(world)), "opens_on": "1.3.2026"},
        "begin_application": {"municipality": world.municipalities["A"].code},
        "application_texts": version | {"summary": "More day care."},
        "application_withdraw": version,
        "application_check": version | {"on": "2.3.2026", "at": "10:00"},
        "member_add": {"municipality": world.municipalities["E"].code},
        "application_consent": version | DATE | {"agrees": "yes"},
        "application_return": {"remarks": "Mend the contact."},
        "people": {"email": "new@example.org", "role": "coordinator"},
        "municipality_people": {"email": "new@example.org", "role": "coordinator"},
        "programme_people": {"email": "new@example.org", "role": "evaluator"},
        "hand_over": {"email": "stranger@example.org", "confirmed": "on"},
        "found_body": {"name": "New board", "act_body": "President"},
        "confirm_act": {"act_number": "01-1/26"},
        "seat_member": {"institution": "School"},
        "record_session": {"held_on": "3.3.2026"},
        "leave_seat": {"until_on": "3.3.2026"},
        "end_body": {"until_on": "3.3.2026"},
        "choose_role": {"role": "programme_manager"},
        "language": {"language": "en", "next": "/"},
        "profile": {"name": "New name", "language": "en"},
        "verify_log": {"q": ""},
        "password_reset": {"email": "nobody@example.org"},
    }.get(page, {})


def looked_at(thing: str) -> dict[str, str]:
    """What the page of a rehearsal carries: the first procedure of a track that is new there."""
    text = procedure_text(number=99, programme=f"programme_{thing.lower()}")
    return PublishForm.carrying(text.encode(), 0).initial


def step_payload(world: World, thing: str, variant: str) -> dict[str, str]:
    case = world.cases.get("B in P" if thing.startswith("a ") else thing)
    version = the_step(case, OPEN_STEP.get(variant, "submitted")).version if case else 0
    told = {"expected_version": str(version), "reason": "Said why.", "remarks": "Mend it."}
    return told | {"dated_on": "2.3.2026", "note": "Done.", "on": "1.12.2027", "at": ""}


def track_of(world: World) -> int:
    return world.calls["open call of P"].track_id
