# ruff: noqa: F811  (fixtures are asked for by the name under which they are imported)
"""The administration shows the workflow and changes nothing; mandates are given by their door."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.urls import reverse

from municipalities.models import Mandate
from tests.lived_world import (  # noqa: F401
    db,
    lived,
    lived_copy,
    municipality,
    neighbour,
    system,
)
from tests.workflow.log.bypasses import rows
from tests.workflow.pages.reading import text
from workflow.audit.models import Entry, Verification
from workflow.audit.verifications import verify_and_keep
from workflow.audit.verify import verify
from workflow.gaps import find_gaps
from workflow.models import (
    Application,
    Call,
    Deadline,
    Evidence,
    Participation,
    Procedure,
    Programme,
    Proposal,
    Question,
    Receipt,
    Step,
    Track,
)

SHOWN = [
    Participation, Entry, Verification, Step, Deadline, Evidence, Proposal, Receipt, Application,
    Call, Question, Track, Procedure, Programme,
]  # fmt: skip
GIVE = reverse("admin:workflow_give_mandate")
# What somebody may try to slip in.
EXTRA = {
    "stage": "completed", "version": "9", "head_seq": "0", "head_hash": "", "verb": "select",
    "status": "accepted", "is_staff": "1", "municipality": "1", "programme": "1", "opened": "0",
    "rules": "{}", "history_user": "1", "_save": "Save", "post": "yes",
}  # fmt: skip


@pytest.fixture
def office(client, lived, system):
    """A browser in which a superuser has signed in to the administration."""
    system.language = "en"
    system.save()
    verify_and_keep()
    client.force_login(system)
    return client


def page(model, name: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.mark.parametrize("model", SHOWN)
def test_everything_is_shown(office, model):
    row = model.objects.first()

    assert office.get(page(model, "changelist")).status_code == 200
    assert office.get(page(model, "change", row.pk)).status_code == 200
    assert office.get(page(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", SHOWN)
def test_nothing_is_added_changed_or_deleted(office, model):
    row = model.objects.first()
    before = rows(), model.objects.count(), model.objects.filter(pk=row.pk).values().get()

    answers = [
        office.post(page(model, "add"), EXTRA),
        office.post(page(model, "change", row.pk), EXTRA),
        office.post(page(model, "delete", row.pk), EXTRA),
    ]
    office.post(
        page(model, "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    after = rows(), model.objects.count(), model.objects.filter(pk=row.pk).values().get()
    assert after == before
    assert not LogEntry.objects.exists()


def test_afterwards_log_and_rows_still_agree(office):
    for model in SHOWN:
        office.post(page(model, "change", model.objects.first().pk), EXTRA)

    assert verify().is_whole
    assert find_gaps().is_whole


@pytest.mark.parametrize("model", SHOWN)
def test_without_delete_there_is_no_such_action(office, model):
    listed = office.get(page(model, "changelist")).content.decode()

    assert "delete_selected" not in listed
    assert "addlink" not in listed.split('id="content"')[-1]


def test_a_participation_leads_to_the_pages_where_it_moves(office, lived):
    participation = Participation.objects.get(stage="memorandum", number=1)

    shown = office.get(page(Participation, "change", participation.pk)).content.decode()

    assert participation.get_absolute_url() in shown
    assert f"/participations/{participation.reference}/transitions/start_assessment/" in shown
    assert f"/participations/{participation.reference}/transitions/select/" not in shown
    assert 'name="stage"' not in shown


def test_every_model_of_the_log_and_the_workflow_in_the_administration_is_read_only():
    registered = [
        site_admin
        for model, site_admin in admin.site._registry.items()
        if model._meta.app_label in ("workflow", "audit")
    ]

    assert len(registered) == len(SHOWN)
    for one in registered:
        assert not one.has_add_permission(None)
        assert not one.has_change_permission(None)
        assert not one.has_delete_permission(None)


class TestGivingAMandate:
    def fields(self, **other) -> dict:
        person = get_user_model().objects.create_user("new@example.org", name="manager")
        programme = Programme.objects.get()
        usual = {"person": person.pk, "role": "programme_manager", "programme": programme.pk}
        return usual | {"function": "Head of unit"} | other

    def test_the_first_manager_is_appointed_with_the_right(self, office, system):
        told = self.fields()

        answer = office.post(GIVE, told | {"is_superuser": "1", "ended_at": "2020-01-01"})

        mandate = Mandate.objects.get(user=told["person"])
        assert answer.status_code == 302
        assert (mandate.role, mandate.function) == ("programme_manager", "Head of unit")
        assert mandate.given_by == system
        assert find_gaps().is_whole
        assert not mandate.user.is_superuser

    def test_by_the_reference_of_a_participation(self, office, lived):
        told = self.fields(programme="", participation="T1-004", role="mentor")

        office.post(GIVE, told)

        assert Mandate.objects.get(user=told["person"]).place == lived.participations[3]
        assert lived.participations[3].entries.latest("seq").verb == "give_mandate"

    @pytest.mark.parametrize(
        ("other", "sentence"),
        [
            ({"programme": ""}, "Choose one place"),
            ({"participation": "T1-004"}, "Choose one place"),
            ({"programme": "", "participation": "NO-1"}, "valid choice"),
            ({"role": "king"}, "valid choice"),
            ({"role": "mentor"}, "This role cannot be held here"),
            ({"person": ""}, "required"),
            ({"function": "x" * 201}, "at most"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_given(self, office, other, sentence):
        before = Mandate.objects.count()

        answer = office.post(GIVE, self.fields(**other))

        assert answer.status_code == 200
        assert sentence in text(answer)
        assert Mandate.objects.count() == before

    def test_twice_is_refused(self, office):
        told = self.fields()
        office.post(GIVE, told)

        assert "holds this role here already" in text(office.post(GIVE, told))

    def test_a_page_leads_to_it(self, office):
        assert GIVE in office.get(page(Programme, "changelist")).content.decode()
        assert office.get(GIVE).status_code == 200

    def test_only_a_superuser_may(self, client, lived):
        staff = get_user_model().objects.create_user("staff@example.org", is_staff=True)
        client.force_login(staff)

        assert client.get(GIVE).status_code == 403
        assert client.post(GIVE, self.fields()).status_code == 403
        for model in SHOWN:
            assert client.get(page(model, "changelist")).status_code == 403

    def test_a_manager_of_the_site_is_sent_to_sign_in(self, client, lived):
        client.force_login(lived.manager)

        assert client.post(GIVE, self.fields()).status_code == 302
        assert client.get(page(Participation, "changelist")).status_code == 302
