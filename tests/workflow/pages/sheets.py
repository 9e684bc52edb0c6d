"""Every form of the product with something to type: where it is, who sends it, what it asks."""

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts import forms as of_accounts
from tests.conftest import FIRST_DAY
from tests.rights.actors import World, make_track
from tests.rights.probes import undone
from tests.stepping import the_step
from tests.workflow.pages.reading import hidden
from tests.world import ROUTE, step
from workflow import services
from workflow.forms import (
    acts,
    applying,
    bodies,
    calls,
    kinds,
    opening,
    people,
    procedures,
    programmes,
    questions,
)
from workflow.models import Step

SHEETS = [
    "transition", "withdrawal", "take in", "take several in", "another version", "decline",
    "accept", "return", "waive", "reopen", "move_deadline",
    "evidence: record", "evidence: act", "evidence: meeting", "evidence: rating", "application",
    "consent", "withdraw draft", "return application", "extend", "publish", "ask", "answer",
    "invite", "hand over",
    "profile",
    "found body", "confirm act", "seat", "leave seat", "session", "end body",
    "sign in", "reset", "password",
]  # fmt: skip


@dataclass
class Sheet:
    """One form: whose page it is on, where it is sent, what is filled in, what may be typed."""

    form: Any
    who: str
    page: str
    told: dict[str, str] = field(default_factory=dict)
    to: str = ""
    texts: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    carried: dict[str, str] | None = None  # hidden in the form, once it was opened


def all_sheets(world: World) -> dict[str, Sheet]:
    evidence = steps_of_every_kind(world)
    of_cases_and_steps = of_cases(world) | of_evidence(evidence)
    return of_cases_and_steps | of_applying(world) | of_people(world) | of_bodies(world)


def steps_of_every_kind(world: World) -> dict[str, Step]:
    """A participation whose steps ask for every kind of evidence."""
    steps = [step(kind, evidence=kind, required=False) for kind in ("meeting", "record")]
    body = {"body": {"sr": "Скупштина", "en": "Assembly"}}
    steps.append(step("act", evidence="act", demands=body, required=False))
    steps.append(step("rating", evidence="rating", accepted_by="", required=False))
    track = make_track(world, "P", route=ROUTE[2:], stages={"assessment": steps})
    case = services.open_participation(
        track, world.municipalities["A"], by=world.users["manager of P"], decided_on=FIRST_DAY,
        reason="", idempotency_key="00000000-0000-4000-8000-000000000001",
    )  # fmt: skip
    return {name: the_step(case, name) for name in ("act", "meeting", "record", "rating")}


def of_cases(world: World) -> dict[str, Sheet]:
    case, manager = world.cases["A in P"], "manager of P"
    url, new = case.get_absolute_url(), reverse("workflow:open_participation")
    day, place = {"decided_on": "2.3.2026"}, world.municipalities["E"].code
    found = {
        "transition": Sheet(
            acts.TransitionForm, manager, f"{url}transitions/adopt_strategy/", day,
            texts=("reason",), days=("decided_on",),
        ),
        "withdrawal": Sheet(
            acts.TransitionForm, "signatory of A", f"{url}transitions/withdraw/",
            day | {"reason": "Asked for."}, texts=("reason",), days=("decided_on",),
        ),
        "take in": Sheet(
            opening.OpenForm, manager, f"{new}?municipality={place}",
            day | {"track": str(case.track_id), "municipality": place}, to=new,
            texts=("reason",), days=("decided_on",),
        ),
        "take several in": Sheet(
            programmes.TakeInForm, manager,
            reverse("workflow:import_municipalities", args=[case.programme.key, case.track.key]),
            day | {"codes": place, "idempotency_key": "00000000-0000-4000-8000-000000000002"},
            texts=("reason",), days=("decided_on",),
        ),
        "another version": Sheet(
            procedures.ChangeProcedureForm, manager, f"{url}procedure/2/", {"reason": "Asked for."},
            texts=("reason",),
        ),
        "decline": Sheet(
            acts.ProposalForm, manager, f"{url}proposals/{world.proposals['A in P'].uuid}/",
            {"answer": "decline"}, texts=("reason",),
        ),
    }  # fmt: skip
    for act, form, key, texts in [
        ("accept", acts.AcceptForm, "submitted", ("reason",)),
        ("return", acts.ReturnForm, "submitted", ("remarks",)),
        ("waive", acts.WaiveForm, "open", ("reason",)),
        ("reopen", acts.ReopenForm, "settled", ("reason",)),
        ("move_deadline", acts.DeadlineForm, "open", ("reason", "at")),
    ]:
        where = f"{the_step(case, key).get_absolute_url()}{act}/"
        told = {"on": "1.12.2027", "reason": "So."} if act == "move_deadline" else {}
        days = ("on",) if act == "move_deadline" else ()
        found[act] = Sheet(form, manager, where, told, texts=texts, days=days)
    return found


def of_evidence(evidence: dict[str, Step]) -> dict[str, Sheet]:
    forms_of = {
        "record": (kinds.RecordForm, ("note",)),
        "act": (kinds.ActForm, ("body", "number", "gazette")),
        "meeting": (kinds.MeetingForm, ("present", "minutes")),
        "rating": (kinds.RatingForm, ("mark", "note")),
    }
    return {
        f"evidence: {kind}": Sheet(
            form, "coordinator of A", evidence[kind].get_absolute_url(),
            {"dated_on": "2.3.2026"} | dict.fromkeys(texts, "Told."),
            to=f"{evidence[kind].get_absolute_url()}hand_in/", texts=texts, days=("dated_on",),
        )
        for kind, (form, texts) in forms_of.items()
    }  # fmt: skip


def of_applying(world: World) -> dict[str, Sheet]:
    draft = world.applications["draft of A in P"].get_absolute_url()
    sent = world.applications["handed in by A in P"].get_absolute_url()
    call = world.calls["open call of P"]
    code, manager = world.municipalities["A"].code, "manager of P"
    return {
        "application": Sheet(
            applying.TextsForm, "coordinator of A", f"{draft}texts/",
            texts=("summary", "situation", "contact"),
        ),
        "consent": Sheet(
            applying.ConsentForm, "signatory of A", f"{draft}members/{code}/consent/",
            {"agrees": "yes", "decided_on": "2.3.2026"}, days=("decided_on",),
        ),
        "withdraw draft": Sheet(applying.WithdrawForm, "coordinator of A", f"{draft}withdraw/"),
        "return application": Sheet(
            applying.ReturnForm, manager, f"{sent}return/", texts=("remarks",)
        ),
        "extend": Sheet(
            calls.ExtendCallForm, manager, f"{call.get_absolute_url()}extend/",
            {"on": "1.12.2027", "reason": "So."}, texts=("reason", "at"), days=("on",),
        ),
        "ask": Sheet(
            questions.AskForm, "coordinator of A", f"{call.get_absolute_url()}ask/",
            texts=("text",),
        ),
        "answer": Sheet(
            questions.AnswerForm, manager,
            reverse(
                "workflow:call_answer",
                args=[call.reference, world.questions["open question in P"].number],
            ),
            {"published_as": "May two apply?", "answer": "Yes."},
            texts=("published_as", "answer"),
        ),
        "publish": Sheet(
            calls.PublishCallForm, manager, reverse("workflow:call_publish"),
            {"track": str(call.track_id), "opens_on": "1.3.2026"},
            texts=("stated_reference", "at"), days=("opens_on", "published_on", "on"),
        ),
    }  # fmt: skip


def of_people(world: World) -> dict[str, Sheet]:
    own = world.mandates["the own role of A"].pk
    home = reverse("workflow:people", args=[world.cases["A in P"].reference])
    reset = reverse("accounts:password_reset")
    return {
        "invite": Sheet(
            people.InviteForm, "manager of P", home,
            {"email": "new@example.org", "role": "coordinator"}, texts=("function", "email"),
        ),
        "hand over": Sheet(
            people.HandOverForm, "coordinator of A", reverse("workflow:hand_over", args=[own]),
            {"email": "stranger@example.org"}, texts=("function", "email"),
        ),
        "profile": Sheet(
            of_accounts.ProfileForm, "stranger", reverse("accounts:profile"),
            {"name": "Name", "language": "en"}, texts=("name", "phone"),
        ),
        "sign in": Sheet(
            of_accounts.SignInForm, "anonymous", reverse("accounts:sign_in"),
            {"username": "a@example.org", "password": "x"}, texts=("username", "password"),
        ),
        "reset": Sheet(of_accounts.ResetRequestForm, "anonymous", reset, texts=("email",)),
        "password": Sheet(
            of_accounts.PasswordChangeForm, "stranger", reverse("accounts:password_change"),
            {"old_password": "x", "new_password1": "y", "new_password2": "z"},
            texts=("old_password", "new_password1"),
        ),
    }  # fmt: skip


def of_bodies(world: World) -> dict[str, Sheet]:
    body, seat = world.bodies["body of A"].pk, world.seats["body of A"].pk
    place, who, day = world.municipalities["A"].code, "coordinator of A", "3.3.2026"
    return {
        "found body": Sheet(
            bodies.FoundForm, who, reverse("workflow:found_body", args=[place]),
            {"name": "Board", "act_body": "President"},
            texts=("name", "act_body", "act_number", "gazette"), days=("act_on",),
        ),
        "confirm act": Sheet(
            bodies.ConfirmForm, who, reverse("workflow:confirm_act", args=[body]),
            {"act_number": "1"}, texts=("act_number", "gazette"), days=("act_on",),
        ),
        "seat": Sheet(
            bodies.SeatForm, who, reverse("workflow:seat_member", args=[body]),
            {"institution": "School"}, texts=("institution", "seat"), days=("from_on",),
        ),
        "leave seat": Sheet(
            bodies.LeaveForm, who, reverse("workflow:leave_seat", args=[seat]),
            {"until_on": day}, days=("until_on",),
        ),
        "session": Sheet(
            bodies.SessionForm, who, reverse("workflow:record_session", args=[body]),
            {"held_on": day}, texts=("number", "minutes"), days=("held_on",),
        ),
        "end body": Sheet(
            bodies.EndForm, who, reverse("workflow:end_body", args=[body]),
            {"until_on": day}, days=("until_on",),
        ),
    }  # fmt: skip


def fill_in(world: World, sheet: Sheet, **typed: str) -> tuple[Any, Any]:
    """Open the page, fill it in, send it: the answer, and the page where that leads. Undone."""
    client = world.clients[sheet.who]
    cookies = client.cookies.copy()
    with undone():
        response = sent(client, sheet, typed)
        landed = client.get(response.url) if response.status_code == 302 else response
    client.cookies = cookies
    return response, landed


def sent(client: Client, sheet: Sheet, typed: dict[str, str]) -> Any:
    """The page is opened once: all that is sent is undone, so its version and key stay good."""
    if sheet.carried is None:
        sheet.carried = hidden(client.get(sheet.page))
    return client.post(sheet.to or sheet.page, sheet.carried | sheet.told | typed)
