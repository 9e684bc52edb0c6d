"""The small world in which rights are tried: who there is, what there is, and who is signed in.

Two programmes P and Q, municipalities A, B, C. Of everything there are several, so that "somebody
else's" exists for everyone: another municipality in the same programme, the same municipality in
another programme, and nothing at all. Each thing carries a word of its own, its canary, in step
titles, evidence, remarks and application texts; it may stand on no page of somebody who must
not see that thing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from documents.models import Version
from municipalities.models import Body, BodyMember, Fact, Invitation, Mandate, Municipality
from notifications.models import Delivery, Notice
from tests.applying import ARRIVED, agree, open_call
from tests.conftest import FIRST_DAY, LONG_AGO, make_municipality
from tests.rights.cast import ACTORS, BODIES, CASES, MANDATES, QUESTIONS, canary, person_name
from tests.rights.messages import make_messages
from tests.rights.notices import make_notices
from tests.rights.papers import make_papers, make_reviews, make_templates, paper_step, review_steps
from tests.stepping import act_on, hand_in, the_step
from tests.world import PROGRAMME, ROUTE, procedure_text, step
from workflow import services
from workflow.audit.verifications import verify_and_keep
from workflow.figures import renew
from workflow.models import (
    Application,
    Call,
    Participation,
    Procedure,
    Programme,
    Proposal,
    Question,
    Track,
)
from workflow.rules import Due


@dataclass
class World:
    """Everything by the name that the matrix gives it."""

    system: Any
    users: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    municipalities: dict[str, Municipality] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    cases: dict[str, Participation] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)
    applications: dict[str, Application] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    seats: dict[str, BodyMember] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    papers: dict[tuple[str, str], Version] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    messages: dict[str, Delivery] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)  # of papers as they were read
    addresses: dict[tuple[str, str, str], str] = field(default_factory=dict)
    tracks: int = 0
    body_history: int = 0  # an old version of a body

    def place(self, name: str) -> Any:
        return (self.municipalities | self.programmes | self.cases)[name]


def build() -> World:
    """The whole world, through the doors, with everybody signed in."""
    world = World(get_user_model().objects.create_superuser("system@example.org", name="System"))
    make_places(world)
    helpers = make_helpers(world)
    for name in CASES:
        make_case(world, name, helpers)
    make_templates(world, helpers)
    make_messages(world, helpers)
    make_calls(world, helpers)
    make_questions(world, helpers)
    make_bodies(world, helpers)
    for actor in ACTORS:
        make_actor(world, actor)
    make_mandates_and_invitations(world, helpers)
    make_rows_of_the_administration(world)
    make_notices(world)
    end_what_ends(world)
    for programme in world.programmes.values():
        renew(programme)  # else the first page that shows its figures counts and keeps them
    return world


def make_places(world: World) -> None:
    units = [("A", "80209", "Kikinda", "Кикинда"), ("B", "80195", "Kanjiža", "Кањижа")]
    units += [("C", "80306", "Senta", "Сента"), ("D", "80276", "Ada", "Ада")]
    units += [("E", "80250", "Irig", "Ириг")]
    for letter, *names in units:
        world.municipalities[letter] = make_municipality(*names)
    for letter in "PQ":
        text = PROGRAMME.replace("test_programme", f"programme_{letter.lower()}")
        world.programmes[letter] = services.load_programme(text)


def make_helpers(world: World) -> dict[str, Any]:
    """Who did what is there already: nobody of these is an actor of the matrix."""
    helpers = {}
    for letter in "PQ":
        over = world.programmes[letter]
        helpers[letter] = appoint(world, f"deputy.{letter}", "programme_manager", over)
        helpers[f"judge of {letter}"] = appoint(world, f"judge.{letter}", "evaluator", over)
    for letter in "ABC":
        over = world.municipalities[letter]
        helpers[letter] = appoint(world, f"clerk.{letter}", "coordinator", over)
    return helpers


def appoint(world: World, name: str, role: str, over: Any) -> Any:
    local = name.replace(" ", ".").lower()
    user = get_user_model().objects.create_user(
        f"{local}@example.org", name=person_name(name), language="en"
    )
    services.give_mandate(user, role, over=over, by=world.system, starts_on=LONG_AGO)
    return user


def make_track(world: World, programme: str, **rules: Any) -> Track:
    world.tracks += 1
    return load_version(world, programme, **rules).track


def load_version(world: World, programme: str, **rules: Any) -> Procedure:
    """Of the procedure of the track that was made last."""
    named = {"programme": f"programme_{programme.lower()}"}
    return services.load_procedure(procedure_text(number=world.tracks, **rules, **named))


def make_case(world: World, name: str, helpers: dict[str, Any]) -> None:
    """A participation in assessment with a step of every status, one of them proposed.

    Its procedure has a second version, which it does not follow.
    """
    letter, programme = name[0], name[-1]
    word, clerk, manager = canary(name), helpers[letter], helpers[programme]
    steps = [
        step(key, title={"sr": "Јавни увид", "en": f"{word} {key}"}, required=False)
        for key in ("open", "submitted", "settled", "proposed")
    ]
    steps += [paper_step(word), *review_steps(word)]
    track = make_track(world, programme, route=ROUTE[2:], stages={"assessment": steps})
    case = services.open_participation(
        track, world.municipalities[letter], by=manager, decided_on=FIRST_DAY,
        reason=f"{word} reason", idempotency_key=uuid4(),
    )  # fmt: skip
    world.cases[name] = case
    for key in ("submitted", "settled"):
        hand_in(the_step(case, key), by=clerk, note=f"{word} note")
    act_on(services.accept_step, the_step(case, "settled"), by=manager)
    waived = the_step(case, "proposed")
    act_on(services.waive_step, waived, by=manager, reason=f"{word} waived")
    world.proposals[name] = case.proposals.get()
    load_version(world, programme, route=ROUTE[2:], stages={"assessment": steps[1:]})
    world.papers |= make_papers(case, name, clerk=clerk, manager=manager)
    make_reviews(case, by=helpers[f"judge of {programme}"])
    world.cases[name] = Participation.objects.get(pk=case.pk)


def make_calls(world: World, helpers: dict[str, Any]) -> None:
    """Open calls of P, a past one of Q, and the applications to them."""
    world.calls["open call of P"] = open_call(make_track(world, "P"), by=helpers["P"])
    second = open_call(make_track(world, "P"), by=helpers["P"])
    for letter in "AB":
        name = f"handed in by {letter} in P"
        world.applications[name] = apply(world, second, letter, name, helpers[letter])
        submit(world, name, helpers[letter])
    third = open_call(make_track(world, "P"), by=helpers["P"])
    draft = apply(world, third, "A", "draft of A in P", helpers["A"])
    services.add_member(draft, world.municipalities["D"], by=helpers["A"])
    world.applications["draft of A in P"] = draft
    past = services.publish_call(
        make_track(world, "Q"), by=helpers["Q"], due=Due(date(2026, 3, 4), "24:00", "minute"),
        opens_on=date(2026, 1, 1),
    )  # fmt: skip
    world.calls["past call of Q"] = past
    name = "handed in by C in Q"
    world.applications[name] = apply(world, past, "C", name, helpers["Q"])
    submit(world, name, helpers["Q"], arrived_at=ARRIVED)


def make_questions(world: World, helpers: dict[str, Any]) -> None:
    """About the open call of P; one of them is answered."""
    call = world.calls["open call of P"]
    for name, is_answered in QUESTIONS.items():
        text = f"{canary(name)} may two apply?"
        asked = services.ask_question(call, world.municipalities["A"], by=helpers["A"], text=text)
        if is_answered:
            services.answer_question(
                asked, by=helpers["P"], answer="Yes.", published_as=text, expected_version=0
            )
        world.questions[name] = Question.objects.get(pk=asked.pk)


def apply(world: World, call: Call, letter: str, name: str, by: Any) -> Application:
    application = services.open_application(call, world.municipalities[letter], by=by)
    return services.save_application(
        application, by=by, expected_version=0, summary=f"{canary(name)} day care."
    )


def submit(world: World, name: str, by: Any, **when: Any) -> None:
    application = world.applications[name]
    if when:
        agree(application.members.get(), by=by)
    services.submit_application(application, by=by, expected_version=1, **when)
    world.applications[name] = Application.objects.with_names().get(pk=application.pk)


def make_bodies(world: World, helpers: dict[str, Any]) -> None:
    """A body of each municipality; of its act only who appointed it is known."""
    for name, letter in BODIES.items():
        by, word = helpers[letter], canary(name)
        body = services.found_body(
            world.municipalities[letter], name=f"{word} board", act_body="President", by=by
        )
        world.seats[name] = services.seat_member(body, institution=f"{word} centre", by=by)
        services.record_session(body, held_on=FIRST_DAY, minutes=f"{word} minutes", by=by)
        world.bodies[name] = body


def make_actor(world: World, actor: str) -> None:
    client = world.clients[actor] = Client()
    if actor == "anonymous":
        return
    if actor in MANDATES:
        role, over = MANDATES[actor]
        user = appoint(world, actor, role, world.place(over))
    else:
        flags = {"is_staff": actor != "stranger", "is_superuser": actor == "superuser"}
        user = get_user_model().objects.create_user(
            f"{actor}@example.org", name=person_name(actor), language="en", **flags
        )
    client.force_login(user)
    world.users[actor] = user


def make_mandates_and_invitations(world: World, helpers: dict[str, Any]) -> None:
    held = {"coordinator of A": ("A", "clerk.A"), "coordinator of B": ("B", "clerk.B")}
    held |= {"manager of P": ("P", "deputy.P"), "manager of Q": ("Q", "deputy.Q")}
    for name, (place, _who) in held.items():
        rows = Mandate.objects.over(world.place(place)).filter(user=helpers[place])
        world.mandates[name] = rows.get()
    world.mandates["the own role of A"] = world.users["coordinator of A"].mandates.get()
    mentors = Mandate.objects.over(world.cases["A in P"])
    world.mandates["mentor of A in P"] = mentors.get(role="mentor")
    for place, role in [("A", "coordinator"), ("P", "evaluator"), ("Q", "evaluator")]:
        world.invitations[f"to {place}"], _token = services.invite(
            f"invited.{place}@example.org", role, over=world.place(place), by=world.system
        )


def make_rows_of_the_administration(world: World) -> None:
    """One row at least in every table that the administration shows."""
    kikinda = world.municipalities["A"]
    Fact.objects.create(municipality=kikinda, what="development_group", value="II", source="Test")
    Group.objects.create(name="Not used")
    world.body_history = world.bodies["body of A"].history.get().pk
    verify_and_keep()


def end_what_ends(world: World) -> None:
    """In mid-session: one account is switched off, one mandate ends."""
    for actor in ("disabled coordinator of A", "former coordinator of A"):
        path = world.cases["A in P"].get_absolute_url()
        assert world.clients[actor].get(path).status_code == 200
    disabled = world.users["disabled coordinator of A"]
    disabled.is_active = False
    disabled.save()
    former = Mandate.objects.get(user=world.users["former coordinator of A"])
    services.end_mandate(former, by=world.system)
