"""`can`, `visible_to` and the lists of the pages against the second opinion of oracle.py."""

import random
import re

import pytest
from django.contrib.auth import get_user_model

from municipalities.models import Mandate
from tests.rights.cast import ACTORS, APPLICATIONS, BODIES, CASES, MANDATES, canary, things
from tests.rights.oracle import (
    ACTIONS,
    ENDED,
    OUT,
    may,
    may_with_bodies,
    sees,
    sees_call,
)
from workflow.audit.models import Entry
from workflow.models import Application, Participation, Step
from workflow.permissions import MAY, can, readers_of
from workflow.services.bodies import Bodies

SEED = 20_261_121
TRIPLES = 5_000


@pytest.fixture(scope="module")
def people(world):
    """As they stand in the database now: a switched-off account is switched off."""
    fresh = get_user_model().objects.in_bulk([user.pk for user in world.users.values()])
    return {actor: fresh[user.pk] for actor, user in world.users.items()}


@pytest.fixture(scope="module")
def of_applications(world):
    """The participation that each handed-in application opened, by its name."""
    return {
        name: row.participations.get()
        for name, row in world.applications.items()
        if row.participations.exists()
    }


def test_the_oracle_knows_every_action_of_the_product_and_no_other():
    assert sorted(MAY) == ACTIONS


def test_the_product_and_the_oracle_agree_on_random_questions(world, people, of_applications):
    chance = random.Random(SEED)
    rows = world.cases | of_applications
    names = [name for name in things() if name in rows]
    apart, allowed = [], 0

    for _ in range(TRIPLES):
        actor, action = chance.choice(sorted(people)), chance.choice(ACTIONS)
        name = chance.choice(names)
        told = bool(can(people[actor], action, rows[name]))
        expected = may(actor, action, things()[name])
        allowed += expected
        if told != expected:
            apart.append((actor, action, name, told))

    assert apart == []
    assert TRIPLES / 20 < allowed < TRIPLES * 19 / 20  # neither "no" nor "yes" would do


@pytest.mark.parametrize("action", ["view", "keep_body"])
@pytest.mark.parametrize("name", BODIES)
def test_the_product_and_the_oracle_agree_on_bodies(world, people, name, action):
    municipality = world.bodies[name].municipality
    subject = Bodies(municipality, to_keep=action == "keep_body")

    told = {actor: bool(can(user, action, subject)) for actor, user in people.items()}

    assert told == {actor: may_with_bodies(actor, action, BODIES[name]) for actor in people}


def test_a_refusal_names_a_role_and_a_permission_the_mandate(world, people):
    allowed = can(people["manager of P"], "select", world.cases["A in P"])
    refused = can(people["auditor of P"], "select", world.cases["A in P"])

    assert allowed.mandate.role == "programme_manager"
    assert "Programme manager" in refused.sentence
    assert refused.mandate is None


# Lists: exactly what the oracle lets this person see, in the database and on the page


@pytest.mark.parametrize("actor", ACTORS)
def test_lists_hold_exactly_what_the_actor_may_see(world, people, of_applications, actor):
    user = people.get(actor)
    if user is None:
        return
    rows = world.cases | of_applications
    expected = {rows[name].pk for name in rows if may(actor, "view", things()[name])}
    of_them = {world.applications[name].pk for name in APPLICATIONS if sees(actor, name)}

    assert set(Participation.objects.visible_to(user).values_list("pk", flat=True)) == expected
    assert set(Application.objects.visible_to(user).values_list("pk", flat=True)) == of_them


@pytest.mark.parametrize("name", CASES)
def test_the_readers_of_a_participation_are_exactly_those_who_see_it(world, people, name):
    case = world.cases[name]
    told = {mandate.user_id for mandate in readers_of(case)}

    everybody = get_user_model().objects.all()
    seeing = {
        user.pk for user in everybody if Participation.objects.visible_to(user).contains(case)
    }
    by_the_oracle = {people[actor].pk for actor in people if may(actor, "view", things()[name])}

    assert told == seeing
    assert by_the_oracle <= told
    assert people["stranger"].pk not in told


@pytest.mark.parametrize("actor", ACTORS)
def test_pages_list_exactly_what_the_actor_may_see(world, of_applications, actor):
    client, rows = world.clients[actor], world.cases | of_applications
    seen = {rows[name].reference for name in rows if may(actor, "view", things()[name])}
    applied = {world.applications[name].reference for name in APPLICATIONS if sees(actor, name)}

    assert listed(client, "/participations/", r"T\d-\d{3}\b") == seen
    assert listed(client, "/applications/", r"T\d-A\d{3}\b") == applied


def listed(client, address: str, shape: str) -> set[str]:
    response = client.get(address)
    return (
        set(re.findall(shape, response.content.decode())) if response.status_code == 200 else set()
    )


@pytest.mark.parametrize(
    "asked", ["?q=T", "?q=canary", "?stage=assessment", "?programme=programme_q"]
)
@pytest.mark.parametrize("actor", ["coordinator of A", "manager of P", "auditor of Q", "stranger"])
def test_no_filter_widens_a_list(world, of_applications, actor, asked):
    rows = world.cases | of_applications
    seen = {rows[name].reference for name in rows if may(actor, "view", things()[name])}

    assert listed(world.clients[actor], f"/participations/{asked}", r"T\d-\d{3}\b") <= seen


@pytest.mark.parametrize("actor", ACTORS)
def test_calls_are_listed_for_their_programme_and_for_whoever_may_apply(world, actor):
    found = listed(world.clients[actor], "/calls/", r"T\d-call-\d")

    for name, call in world.calls.items():
        assert (call.reference in found) == sees_call(actor, name)


@pytest.mark.parametrize("actor", ACTORS)
def test_next_steps_show_the_work_of_the_own_role_at_the_own_place(world, actor):
    page = world.clients[actor].get("/my-steps/")
    shown = set(re.findall(r"canary\w+ (?:open|submitted|settled|proposed)", page.content.decode()))
    role = MANDATES[actor][0] if actor in MANDATES else ""
    acting = role not in ("", "auditor", "observer", "administrator")

    reached = {canary(name) for name in CASES if acting and may(actor, "view", things()[name])}
    assert {word.split()[0] for word in shown} <= reached
    if role == "coordinator" and actor not in OUT | ENDED:
        assert {f"{word} open" for word in reached} <= shown  # theirs to hand in


@pytest.mark.parametrize("actor", ACTORS)
def test_the_log_shows_the_entries_of_audited_participations_alone(world, of_applications, actor):
    rows = world.cases | of_applications
    audited = {rows[name].reference for name in rows if may(actor, "view_log", things()[name])}

    assert listed(world.clients[actor], "/log/", r"T\d-\d{3}\b") == audited


def test_an_ended_mandate_and_a_closed_account_count_from_the_very_next_request(world):
    """Signed in and reading a moment before: see `end_what_ends` of the world."""
    path = world.cases["A in P"].get_absolute_url()

    assert world.clients["former coordinator of A"].get(path).status_code == 404
    assert world.clients["disabled coordinator of A"].get(path).status_code == 302
    assert Mandate.objects.get(user=world.users["former coordinator of A"]).ended_at


def test_the_world_has_something_to_hide(world):
    """An empty list would agree with everything."""
    assert Step.objects.count() >= 16
    assert Entry.objects.count() >= 20
