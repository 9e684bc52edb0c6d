"""The one door to a new stage: what it records, what it refuses, what it costs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.conftest import FIRST_DAY, facts_for
from tests.world import ROUTE, step
from workflow import services
from workflow.errors import MovedMeanwhile, NotAllowed, NotReady
from workflow.models import KeyReused, Participation
from workflow.readiness import next_transition
from workflow.stages import Stage

OWED = {"assessment": [step("inspection")]}


def again(participation: Participation) -> Participation:
    return Participation.objects.get(pk=participation.pk)


class TestMoving:
    def test_records_who_when_and_why(self, make_participation, manager, perform):
        participation = make_participation(stage="assessment")

        entry = perform(participation, "adopt_strategy", by=manager, reason="Session 12.")

        moved = again(participation)
        assert (moved.stage, moved.version) == ("strategy_adopted", participation.version + 1)
        assert (entry.source, entry.target, entry.by) == ("assessment", "strategy_adopted", manager)
        assert (entry.role, entry.function) == (
            "programme_manager",
            "programme_manager of the office",
        )
        assert (entry.decided_on, entry.reason) == (FIRST_DAY, "Session 12.")
        assert entry.facts["readiness"]["outcome"] == "met"
        assert entry.facts["procedure"] == "test_1/1"

    def test_history_knows_who(self, make_participation, manager, perform):
        participation = make_participation(stage="assessment")

        perform(participation, "adopt_strategy", by=manager)

        newest = participation.history.first()
        assert (newest.stage, newest.history_user) == ("strategy_adopted", manager)

    def test_the_evidence_relied_on_stands_in_the_entry(
        self, make_participation, manager, coordinator, perform, settle
    ):
        participation = make_participation(stage="assessment", stages=OWED)
        settle(participation, "inspection", by=coordinator, accepted_by=manager)

        entry = perform(again(participation), "adopt_strategy", by=manager)

        [evidence] = participation.steps.get(key="inspection").evidence.all()
        assert entry.facts["evidence"] == {"inspection.1": evidence.digest}

    def test_the_steps_of_the_new_stage_open(self, make_participation, manager, perform):
        participation = make_participation(stage="memorandum", stages=OWED)

        perform(participation, "start_assessment", by=manager)

        [opened] = again(participation).present_steps
        assert (opened.key, opened.status, opened.role) == ("inspection", "open", "coordinator")
        assert opened.entries.get().verb == "open_step"


class TestRefusing:
    def test_says_what_is_missing_and_whose_turn_it_is(self, make_participation, manager, perform):
        participation = make_participation(stage="assessment", stages=OWED)

        with pytest.raises(NotReady) as blocked:
            perform(participation, "adopt_strategy", by=manager)

        [missing] = blocked.value.tree.unmet()
        assert (missing.sentence, missing.turn) == ("Inspection", "coordinator")
        assert missing.hint == "Not handed in yet."

    @pytest.mark.parametrize(
        "role", ["coordinator", "signatory", "evaluator", "auditor", "observer", "stranger"]
    )
    def test_only_the_manager_adopts(self, make_participation, perform, role, request):
        participation = make_participation(stage="assessment")

        with pytest.raises(NotAllowed):
            perform(participation, "adopt_strategy", by=request.getfixturevalue(role))

        assert again(participation).stage == "assessment"

    def test_the_manager_of_another_programme_does_not(
        self, make_participation, perform, person, system
    ):
        from tests.world import PROGRAMME

        other = services.load_programme(PROGRAMME.replace("test_programme", "other_programme"))
        participation = make_participation(stage="assessment")

        with pytest.raises(NotAllowed):
            perform(participation, "adopt_strategy", by=person("programme_manager", over=other))

    def test_a_superuser_without_a_mandate_does_not(self, make_participation, perform, system):
        with pytest.raises(NotAllowed):
            perform(make_participation(stage="assessment"), "adopt_strategy", by=system)

    @pytest.mark.parametrize("stage", ROUTE)
    def test_from_no_stage_but_the_right_one(self, make_participation, manager, perform, stage):
        participation = make_participation(stage=stage)
        allowed = (
            {next_transition(participation), "reject"}
            if stage == "application"
            else {next_transition(participation)}
        )
        forward = {"select", "reject", "start_assessment", "adopt_strategy", "award_cofinancing",
                   "move_to_sustainability", "complete"}  # fmt: skip

        for name in forward - allowed:
            with pytest.raises(NotReady):
                perform(participation, name, by=manager)
        assert again(participation).stage == stage

    @pytest.mark.parametrize("days", [-1, +1])
    def test_a_decision_before_the_previous_one_or_in_the_future(
        self, make_participation, manager, perform, days
    ):
        participation = make_participation()
        beyond = {-1: FIRST_DAY, +1: timezone.localdate()}[days] + timedelta(days=days)

        with pytest.raises(NotReady, match="date of the decision"):
            perform(participation, "select", by=manager, decided_on=beyond)

    @pytest.mark.parametrize("name", ["reject", "withdraw", "discontinue", "hold"])
    def test_a_missing_reason(self, make_participation, manager, perform, name):
        with pytest.raises(NotReady, match="reason"):
            perform(make_participation(), name, by=manager, reason="  ")

    def test_an_unknown_transition(self, make_participation, manager, perform):
        with pytest.raises(NotReady):
            perform(make_participation(), "fly", by=manager)

    def test_nothing_leaves_a_closed_participation(self, make_participation, manager, perform):
        participation = make_participation()
        perform(participation, "withdraw", by=manager)

        for name in ["select", "withdraw", "hold", "step_back", "complete"]:
            with pytest.raises(NotReady):
                perform(again(participation), name, by=manager)


class TestRoutes:
    def test_a_track_without_a_memorandum_starts_with_the_assessment(
        self, make_participation, manager, perform
    ):
        participation = make_participation(route=["application", "assessment", "strategy_adopted"])

        with pytest.raises(NotReady):
            perform(participation, "select", by=manager)
        assert perform(participation, "start_assessment", by=manager).target == "assessment"

    def test_a_track_without_a_call_starts_where_its_route_starts(self, make_participation):
        participation = make_participation(
            stage="assessment", route=["assessment", "strategy_adopted"]
        )
        assert participation.entries.get(version=0).target == "assessment"

    def test_completes_at_the_end_of_its_route(self, make_participation, manager, perform):
        participation = make_participation(
            stage="strategy_adopted", route=["assessment", "strategy_adopted"]
        )
        assert perform(participation, "complete", by=manager).target == "completed"

    def test_does_not_complete_before(self, make_participation, manager, perform):
        participation = make_participation(stage="strategy_adopted")
        with pytest.raises(NotReady, match="route"):
            perform(participation, "complete", by=manager)


class TestPlaces:
    def test_the_last_place_is_given_once(self, make_track, municipality, neighbour, manager):
        from tests.applying import apply_on_paper

        track = make_track(places=1)
        [first] = apply_on_paper(track, [municipality], by=manager)
        [second] = apply_on_paper(track, [neighbour], by=manager)
        services.perform_transition(first, "select", by=manager, **facts_for(first))

        with pytest.raises(NotReady, match="place"):
            services.perform_transition(second, "select", by=manager, **facts_for(second))

    def test_a_floor_is_no_ceiling(self, make_track, municipality, manager, perform):
        from tests.conftest import open_in

        track = make_track()
        track.places_number, track.places_are = 1, "at_least"
        track.save()
        assert track.places_left() is None
        assert perform(open_in(track, municipality, by=manager), "select", by=manager)

    def test_who_withdraws_gives_the_place_back(self, make_participation, manager, perform):
        participation = make_participation(stage="memorandum", places=1)
        assert participation.track.places_left() == 0

        perform(participation, "withdraw", by=manager)

        assert participation.track.places_left() == 1


class TestTwice:
    def test_a_stale_page_changes_nothing(self, make_participation, manager, perform):
        participation = make_participation()
        perform(participation, "select", by=manager)

        with pytest.raises(MovedMeanwhile) as lost:
            perform(participation, "reject", by=manager)

        assert lost.value.participation.stage == "memorandum"

    def test_the_same_key_gives_the_same_answer(self, make_participation, manager, perform):
        participation, key = make_participation(), uuid4()

        first = perform(participation, "select", by=manager, idempotency_key=key)
        second = perform(participation, "select", by=manager, idempotency_key=key)

        assert first == second
        assert participation.entries.filter(verb="select").count() == 1

    def test_the_same_key_for_another_request_is_refused(
        self, make_participation, manager, perform
    ):
        participation, key = make_participation(), uuid4()
        perform(participation, "select", by=manager, idempotency_key=key)

        with pytest.raises(KeyReused):
            perform(participation, "reject", by=manager, idempotency_key=key)

    def test_a_refused_request_may_come_again_with_its_key(
        self, make_participation, manager, perform
    ):
        participation, key = make_participation(), uuid4()
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(NotReady):
            perform(participation, "select", by=manager, decided_on=tomorrow, idempotency_key=key)

        assert perform(participation, "select", by=manager, idempotency_key=key)


class TestTheDatabase:
    def test_refuses_a_stage_without_its_entry(self, make_participation):
        row = Participation.objects.filter(pk=make_participation().pk)
        with pytest.raises(DatabaseError, match="entry"), transaction.atomic():
            row.update(stage=Stage.COMPLETED, version=1)

    def test_refuses_a_version_that_nobody_recorded(self, make_participation):
        row = Participation.objects.filter(pk=make_participation().pk)
        with pytest.raises(DatabaseError, match="entry"), transaction.atomic():
            row.update(version=1)

    def test_refuses_another_identity(self, make_participation, neighbour):
        row = Participation.objects.filter(pk=make_participation().pk)
        with pytest.raises(DatabaseError, match="identity"), transaction.atomic():
            row.update(municipality=neighbour)
