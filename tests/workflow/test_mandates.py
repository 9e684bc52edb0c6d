"""Mandates and rights: given, enforced, ended, handed over; the next request knows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from guardian.models import UserObjectPermission

from tests.world import step
from workflow import services
from workflow.errors import NotAllowed, Refused
from workflow.models import Participation
from workflow.permissions import MAY, can

YESTERDAY, TOMORROW = timedelta(days=-1), timedelta(days=1)


def today():
    return timezone.localdate()


def visible(user) -> list[Participation]:
    return list(Participation.objects.visible_to(user))


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages={"memorandum": [step("sign")]})


@pytest.fixture
def successor(db):
    return get_user_model().objects.create_user("successor@example.org", name="successor")


class TestReach:
    @pytest.mark.parametrize(
        "role", ["manager", "deputy", "evaluator", "auditor", "observer", "coordinator"]
    )
    def test_a_mandate_reaches_the_participations_of_its_place(self, participation, role, request):
        assert visible(request.getfixturevalue(role)) == [participation]

    def test_a_mentor_sees_the_one_participation(
        self, participation, make_track, neighbour, manager, person
    ):
        from tests.conftest import open_in

        other = open_in(participation.track, neighbour, by=manager)
        mentor = person("mentor", over=participation)
        assert visible(mentor) == [participation]
        assert other not in visible(mentor)

    def test_a_coordinator_sees_nothing_of_the_neighbour(self, participation, neighbour, person):
        assert visible(person("coordinator", over=neighbour)) == []

    def test_a_stranger_and_a_superuser_see_nothing(self, participation, stranger, system):
        assert visible(stranger) == visible(system) == []

    def test_a_list_costs_two_queries(self, participation, coordinator, django_assert_num_queries):
        with django_assert_num_queries(2):
            visible(coordinator)


class TestEnding:
    def test_an_ended_mandate_counts_no_more(self, participation, coordinator, system):
        mandate = coordinator.mandates.get()
        services.end_mandate(mandate, by=system)

        assert visible(coordinator) == []
        assert not can(coordinator, "view", participation)
        assert not UserObjectPermission.objects.filter(user=coordinator).exists()

    def test_nor_one_whose_last_day_is_past(self, participation, coordinator):
        coordinator.mandates.update(ends_on=today() + YESTERDAY)
        assert visible(coordinator) == []
        assert not can(coordinator, "hand_in", participation)

    def test_nor_one_that_has_not_begun(self, participation, coordinator):
        coordinator.mandates.update(starts_on=today() + TOMORROW)
        assert visible(coordinator) == []

    def test_a_mandate_without_its_guardian_right_counts_nothing(self, participation, coordinator):
        UserObjectPermission.objects.filter(user=coordinator).delete()
        assert visible(coordinator) == []
        assert not can(coordinator, "view", participation)

    def test_a_guardian_right_without_a_mandate_counts_nothing(self, participation, coordinator):
        coordinator.mandates.update(ended_at=timezone.now())
        assert visible(coordinator) == []

    def test_a_closed_account_may_nothing(self, participation, coordinator):
        coordinator.is_active = False
        assert not can(coordinator, "view", participation)
        assert visible(coordinator) == []

    def test_the_other_role_of_the_same_person_stays(
        self, participation, programme, auditor, person, system
    ):
        services.give_mandate(auditor, "observer", over=programme, by=system)
        services.end_mandate(auditor.mandates.get(role="auditor"), by=system)

        assert visible(auditor) == [participation]
        assert not can(auditor, "view_log", participation)


class TestGiving:
    def test_writes_the_right_with_the_mandate(self, participation, coordinator, municipality):
        assert coordinator.has_perm("municipalities.act_as_coordinator", municipality)

    def test_is_told_in_the_log_of_the_participations_it_reaches(
        self, participation, signatory, coordinator, successor, municipality
    ):
        services.give_mandate(successor, "coordinator", over=municipality, by=signatory)

        entry = participation.entries.order_by("seq").last()
        assert (entry.verb, entry.facts["role"]) == ("give_mandate", "coordinator")
        assert (entry.facts["user"], entry.by) == (successor.pk, signatory)

    @pytest.mark.parametrize("role", ["coordinator", "auditor", "observer", "stranger"])
    def test_who_may_not_appoint_does_not(
        self, participation, role, municipality, successor, request
    ):
        with pytest.raises(NotAllowed):
            services.give_mandate(
                successor, "signatory", over=municipality, by=request.getfixturevalue(role)
            )

    def test_a_manager_does_not_appoint_over_a_municipality(
        self, participation, manager, municipality, successor
    ):
        """Its people would see the programmes of others, too."""
        with pytest.raises(NotAllowed):
            services.give_mandate(successor, "coordinator", over=municipality, by=manager)
        assert services.give_mandate(successor, "coordinator", over=participation, by=manager)

    def test_a_manager_appoints_neither_managers_nor_auditors(self, programme, manager, successor):
        for role in ("programme_manager", "auditor"):
            with pytest.raises(NotAllowed):
                services.give_mandate(successor, role, over=programme, by=manager)

    def test_nobody_appoints_themselves(self, participation, manager):
        with pytest.raises(Refused, match="themselves"):
            services.give_mandate(manager, "coordinator", over=participation, by=manager)

    def test_a_role_only_where_it_can_be_held(self, programme, system, successor):
        with pytest.raises(Refused, match="cannot be held"):
            services.give_mandate(successor, "signatory", over=programme, by=system)

    def test_not_twice(self, coordinator, municipality, system):
        with pytest.raises(Refused, match="already"):
            services.give_mandate(coordinator, "coordinator", over=municipality, by=system)

    def test_again_after_it_expired(self, coordinator, municipality, system):
        coordinator.mandates.update(ends_on=today() + YESTERDAY)
        again = services.give_mandate(coordinator, "coordinator", over=municipality, by=system)
        assert can(coordinator, "apply", municipality).mandate == again


class TestHandover:
    def test_is_one_act_with_everything_in_the_log(
        self, participation, coordinator, signatory, successor
    ):
        old = coordinator.mandates.get()

        new = services.hand_over(old, successor, by=signatory, function="Head of office")

        ended, began = participation.entries.order_by("seq")[participation.entries.count() - 2 :]
        assert (ended.verb, ended.facts["handed_over_to"]) == ("end_mandate", successor.pk)
        assert (began.verb, began.facts["taken_over_from"]) == ("give_mandate", coordinator.pk)
        assert [row["key"] for row in began.facts["open_steps"]] == ["sign"]
        assert visible(coordinator) == []
        assert visible(successor) == [participation]
        assert new.function == "Head of office"

    def test_by_the_coordinator_too(self, participation, coordinator, successor):
        assert services.hand_over(coordinator.mandates.get(), successor, by=coordinator)

    def test_a_coordinator_does_not_hand_over_anothers_role(
        self, coordinator, person, municipality, successor
    ):
        colleague = person("coordinator", over=municipality)
        with pytest.raises(NotAllowed, match="own role"):
            services.hand_over(coordinator.mandates.get(), successor, by=colleague)

    def test_not_to_the_same_person(self, coordinator, signatory):
        with pytest.raises(Refused, match="another person"):
            services.hand_over(coordinator.mandates.get(), coordinator, by=signatory)

    def test_nothing_of_it_remains_when_the_second_half_fails(
        self, coordinator, signatory, person, municipality
    ):
        holder = person("coordinator", over=municipality)
        with pytest.raises(Refused, match="already"):
            services.hand_over(coordinator.mandates.get(), holder, by=signatory)
        assert coordinator.mandates.get().ended_at is None


class TestInvitations:
    def invite(self, by, participation, email="successor@example.org", **more):
        return services.invite(email, "mentor", over=participation, by=by, **more)

    def test_the_link_gives_the_mandate_once(self, participation, manager, successor):
        _invitation, token = self.invite(manager, participation)

        mandate = services.accept_invitation(token, user=successor)

        assert (mandate.role, mandate.place) == ("mentor", participation)
        with pytest.raises(Refused, match="no longer valid"):
            services.accept_invitation(token, user=successor)

    def test_only_for_the_address_it_went_to(self, participation, manager, stranger):
        _invitation, token = self.invite(manager, participation)
        with pytest.raises(Refused, match="another e-mail"):
            services.accept_invitation(token, user=stranger)

    def test_not_when_revoked_or_expired(self, participation, manager, successor):
        first, token = self.invite(manager, participation)
        services.revoke_invitation(first, by=manager)
        with pytest.raises(Refused):
            services.accept_invitation(token, user=successor)

        second, token = self.invite(manager, participation)
        type(second).objects.filter(pk=second.pk).update(expires_at=timezone.now())
        with pytest.raises(Refused):
            services.accept_invitation(token, user=successor)

    def test_not_when_the_inviter_has_no_right_any_more(
        self, participation, manager, successor, system
    ):
        _invitation, token = self.invite(manager, participation)
        services.end_mandate(manager.mandates.get(), by=system)
        with pytest.raises(NotAllowed):
            services.accept_invitation(token, user=successor)

    def test_a_made_up_token_opens_nothing(self, successor):
        with pytest.raises(Refused):
            services.accept_invitation(uuid4().hex, user=successor)

    def test_can_be_a_handover(
        self, participation, coordinator, signatory, successor, municipality
    ):
        _invitation, token = services.invite(
            successor.email, "coordinator", over=municipality, by=signatory,
            takes_over_from=coordinator.mandates.get(),
        )  # fmt: skip
        assert visible(coordinator) == [participation]

        services.accept_invitation(token, user=successor)

        assert visible(coordinator) == []
        assert visible(successor) == [participation]


class TestExplaining:
    def test_says_by_which_mandate(self, participation, coordinator):
        verdict = can(coordinator, "hand_in", participation)
        assert verdict
        assert "Coordinator" in verdict.sentence

    def test_says_which_role_it_needs(self, participation, coordinator):
        assert "Programme manager" in can(coordinator, "select", participation).sentence

    def test_the_auditor_writes_nothing(self, participation, auditor):
        reading = {"view", "view_people", "view_log", "view_selection"}
        reading |= {"view_documents", "view_internal", "view_written_papers"}
        reading |= {"view_told", "view_deliveries"}
        allowed = {action for action in MAY if can(auditor, action, participation)}
        assert allowed == reading

    def test_costs_one_query(self, participation, coordinator, django_assert_num_queries):
        with django_assert_num_queries(1):
            can(coordinator, "view", participation)
