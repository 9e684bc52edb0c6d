"""The administration looks at the register and at mandates, and keeps bodies by their rules."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from municipalities import bodies
from municipalities.models import Body, Fact, Invitation, Mandate, Municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, administrator):
    """A browser in which a superuser has signed in to the administration."""
    client.force_login(administrator)
    return client


@pytest.fixture
def mandate(kikinda, coordinator):
    place_type = ContentType.objects.get_for_model(kikinda)
    return Mandate.objects.create(
        user=coordinator, role="coordinator", place_type=place_type, place_id=kikinda.pk
    )


@pytest.fixture
def invitation(kikinda, administrator):
    return Invitation.objects.create(
        email="somebody@example.org",
        role="coordinator",
        place_type=ContentType.objects.get_for_model(kikinda),
        place_id=kikinda.pk,
        digest="d" * 64,
        invited_by=administrator,
        expires_at=timezone.now() + timedelta(days=14),
    )


def page(model: str, name: str, *args) -> str:
    return reverse(f"admin:municipalities_{model}_{name}", args=args)


@pytest.mark.parametrize("model", ["municipality", "mandate", "invitation"])
def test_register_mandates_and_invitations_are_to_look_at_only(
    office, kikinda, mandate, invitation, model
):
    row = {"municipality": kikinda, "mandate": mandate, "invitation": invitation}[model]
    before = type(row).objects.filter(pk=row.pk).values().get()

    assert office.get(page(model, "changelist")).status_code == 200
    assert office.get(page(model, "change", row.pk)).status_code == 200
    assert office.get(page(model, "add")).status_code == 403
    assert office.post(page(model, "add"), {}).status_code == 403
    assert office.post(page(model, "change", row.pk), {"kind": "city"}).status_code == 403
    assert office.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    office.post(page(model, "changelist"), bulk)

    assert type(row).objects.filter(pk=row.pk).values().get() == before


def test_the_digest_of_an_invitation_is_shown_nowhere(office, invitation):
    for address in (
        page("invitation", "changelist"),
        page("invitation", "change", invitation.pk),
    ):
        assert invitation.digest not in office.get(address).content.decode()


@pytest.mark.parametrize("typed", ["Čačak", "чачак", "cacak", "71242"])
def test_the_search_of_the_administration_is_blind_to_script(office, register, typed):
    listed = office.get(page("municipality", "changelist"), {"q": typed}).context["cl"]

    assert [unit.code for unit in listed.result_list] == ["71242"]


def test_odd_searches_find_nothing_and_break_nothing(office, register):
    for typed in ("%", "č" * 3_000, "\u202e", "'; --"):
        assert office.get(page("municipality", "changelist"), {"q": typed}).status_code == 200


def test_the_list_tells_equal_names_apart(office, register):
    text = office.get(page("municipality", "changelist"), {"q": "palilula"}).content.decode()

    # The page may be in any language; both scripts name the city.
    assert any(f"({city})" in text for city in ("Niš", "Ниш"))
    assert any(f"({city})" in text for city in ("Beograd", "Београд"))


def test_facts_of_the_file_are_to_read_and_own_facts_to_keep(office, register):
    loaded = Fact.objects.get(key="kikinda-city")
    own = {"municipality": register("80209").pk, "what": "development_group", "value": "II"}

    assert office.post(page("fact", "change", loaded.pk), own).status_code == 403
    assert office.post(page("fact", "delete", loaded.pk), {"post": "yes"}).status_code == 403
    assert office.post(page("fact", "add"), own).status_code == 302
    bulk = {"action": "delete_selected", "_selected_action": loaded.pk, "post": "yes"}
    office.post(page("fact", "changelist"), bulk)
    assert Fact.objects.filter(key="kikinda-city", value="city").exists()

    added = Fact.objects.get(key=None)
    changed = own | {"value": "III"}
    assert office.post(page("fact", "change", added.pk), changed).status_code == 302
    assert register("80209").fact_on("development_group", date(2020, 1, 1)) == "III"
    assert office.post(page("fact", "delete", added.pk), {"post": "yes"}).status_code == 302
    assert not Fact.objects.filter(key=None).exists()


def form_of_a_body(body: Body | None, unit: Municipality, **fields) -> dict:
    """What a browser sends for a body, without its inlines unless `fields` has them."""
    kept = body.members.count() if body else 0
    return {
        "municipality": unit.pk,
        "name": "Koordinacioni odbor",
        "act_body": "Predsednik opštine",
        "act_on": "2007-06-01",
        "members-TOTAL_FORMS": kept + 1,
        "members-INITIAL_FORMS": kept,
        "sessions-TOTAL_FORMS": 1,
        "sessions-INITIAL_FORMS": 0,
    } | fields


def test_a_body_is_kept_with_its_seats_and_sessions_and_who_wrote_them(
    office, kikinda, administrator
):
    sent = form_of_a_body(
        None,
        kikinda,
        **{
            "members-0-institution": "Centar za socijalni rad",
            "members-0-from_on": "2007-06-01",
            "sessions-0-held_on": "2007-07-01",
        },
    )

    assert office.post(page("body", "add"), sent).status_code == 302

    body = Body.objects.get()
    written = [body, body.members.get(), body.sessions.get()]
    assert {row.history.get().history_user for row in written} == {administrator}


@pytest.mark.parametrize(
    "wrong",
    [
        {"act_on": "2999-01-01"},
        {"members-0-institution": "Škola", "members-0-from_on": "2007-05-31"},
        {"sessions-0-held_on": "2007-05-31"},
        {"sessions-0-held_on": "2999-01-01"},
        {"sessions-0-held_on": "2007-07-01", "sessions-0-minutes": "a" * 10_000},
    ],
)
def test_the_administration_refuses_what_the_services_refuse(office, kikinda, wrong):
    response = office.post(page("body", "add"), form_of_a_body(None, kikinda, **wrong))

    assert response.status_code == 200
    errors = [response.context["adminform"].errors]
    errors += [
        found
        for formset in response.context["inline_admin_formsets"]
        for found in formset.formset.errors
    ]
    assert any(errors)
    assert not Body.objects.exists()


def test_one_page_cannot_hold_the_same_seat_twice(office, kikinda):
    seats = {f"members-{place}-institution": "Škola" for place in (0, 1)}
    sent = form_of_a_body(None, kikinda, **seats) | {"members-TOTAL_FORMS": 2}

    response = office.post(page("body", "add"), sent)

    assert response.status_code == 200
    [seats_formset, _] = response.context["inline_admin_formsets"]
    assert seats_formset.formset.non_form_errors()
    assert not Body.objects.exists()


def test_ending_a_body_here_ends_its_seats_too(office, board, coordinator, administrator):
    member = bodies.seat_member(board, institution="Škola", by=coordinator)
    sent = form_of_a_body(
        board,
        board.municipality,
        until_on="2009-12-31",
        **{
            "members-0-id": member.pk,
            "members-0-body": board.pk,
            "members-0-institution": "Škola",
            "members-0-from_on": "2007-06-01",
        },
    )

    assert office.post(page("body", "change", board.pk), sent).status_code == 302

    member.refresh_from_db()
    assert member.until_on == date(2009, 12, 31)
    assert member.history.first().history_user == administrator


def test_nothing_of_a_body_can_be_deleted(office, board, coordinator):
    member = bodies.seat_member(board, institution="Škola", by=coordinator)
    sent = form_of_a_body(
        board,
        board.municipality,
        **{
            "members-0-id": member.pk,
            "members-0-institution": "Škola",
            "members-0-from_on": "2007-06-01",
            "members-0-DELETE": "on",
        },
    )

    assert office.post(page("body", "delete", board.pk), {"post": "yes"}).status_code == 403
    office.post(page("body", "change", board.pk), sent)

    assert board.members.get() == member


def test_the_history_of_a_body_is_to_read_not_to_revert(office, board):
    first = board.history.get()
    address = page("body", "simple_history", board.pk, first.history_id)

    assert office.get(page("body", "history", board.pk)).status_code == 200
    assert office.get(address).status_code == 200
    reverted = form_of_a_body(board, board.municipality, name="Drugi odbor")
    assert office.post(address, reverted).status_code == 403

    board.refresh_from_db()
    assert board.name == "Opštinski koordinacioni odbor za socijalnu politiku"


def test_the_administration_is_closed_to_people_without_it(client, coordinator, kikinda):
    client.force_login(get_user_model().objects.get(pk=coordinator.pk))

    assert client.get(page("municipality", "changelist")).status_code in (302, 403, 404)
