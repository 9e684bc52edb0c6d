"""Versions of a procedure: pinned to each participation, rehearsed, changed by a logged act."""

from uuid import uuid4

import pytest

from tests.stepping import act_on, hand_in, settle, the_step
from tests.world import procedure_text, step
from workflow import services
from workflow.audit.verify import verify
from workflow.errors import MovedMeanwhile, NotAllowed, Refused
from workflow.gaps import find_gaps
from workflow.models import Participation, Procedure, Proposal
from workflow.services.procedures import BrokenFile, rehearse

OLD = {"memorandum": [step("sign"), step("publish"), step("train", required=False)]}
NEW = {"memorandum": [step("sign", role="signatory"), step("archive"), step("publish")]}


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages=OLD)


def newer(**rules) -> str:
    return procedure_text(number=1, stages=NEW, **rules)


def change(participation: Participation, procedure: Procedure, *, by, **facts):
    usual = {
        "reason": "The ministry changed the papers.",
        "expected_version": participation.version,
        "idempotency_key": uuid4(),
    }
    return services.change_procedure(participation, procedure, by=by, **usual | facts)


class TestLoading:
    def test_the_same_file_twice_is_one_version(self, participation):
        again = services.load_procedure(participation.procedure.text)
        assert again == participation.procedure

    def test_another_file_is_a_new_version_and_touches_nobody(self, participation):
        loaded = services.load_procedure(newer())

        assert loaded.version == 2
        participation.refresh_from_db()
        assert participation.procedure.version == 1
        assert the_step(participation, "sign").role == "coordinator"

    def test_a_broken_file_is_refused_whole(self, participation):
        with pytest.raises(BrokenFile) as broken:
            services.load_procedure(newer(route=["memorandum", "dancing"], languages=["sr"]))

        assert len(broken.value.problems) > 1
        assert Procedure.objects.count() == 1

    def test_not_before_its_programme(self, db):
        with pytest.raises(Refused, match="programme"):
            services.load_procedure(procedure_text())

    @pytest.mark.parametrize("role", ["coordinator", "auditor", "evaluator", "stranger"])
    def test_only_by_who_may(self, participation, role, request):
        with pytest.raises(NotAllowed):
            services.load_procedure(newer(), by=request.getfixturevalue(role))


class TestRehearsal:
    def test_says_what_would_change_and_changes_nothing(self, participation):
        before = participation.entries.count()

        [told] = rehearse(newer())

        assert (told.new, told.gone, told.changed) == (["archive"], ["train"], ["sign"])
        assert participation.entries.count() == before
        assert Procedure.objects.count() == 1

    def test_a_stage_off_the_new_route_strands(self, make_participation):
        make_participation(stage="memorandum", stages=OLD)
        route = ["application", "assessment", "strategy_adopted"]

        [told] = rehearse(procedure_text(number=1, route=route))

        assert told.stranded


class TestChanging:
    def test_is_one_logged_act_with_its_reason(self, participation, manager):
        procedure = services.load_procedure(newer())

        entry = change(participation, procedure, by=manager)

        assert (entry.verb, entry.reason) == (
            "change_procedure",
            "The ministry changed the papers.",
        )
        assert (entry.facts["from"], entry.facts["to"]) == ("test_1/1", "test_1/2")
        assert Participation.objects.get(pk=participation.pk).procedure == procedure

    def test_open_steps_follow_the_new_rule(self, participation, manager):
        change(participation, services.load_procedure(newer()), by=manager)

        assert the_step(participation, "sign").role == "signatory"
        assert the_step(participation, "train").status == "not_applicable"
        assert the_step(participation, "archive").status == "open"

    def test_settled_steps_stay_as_they_are(self, participation, coordinator, manager):
        settle(participation, "sign", by=coordinator, accepted_by=manager)

        change(participation, services.load_procedure(newer()), by=manager)

        signed = the_step(participation, "sign")
        assert (signed.status, signed.role) == ("accepted", "coordinator")

    def test_a_version_that_asks_again_opens_what_another_had_dropped(self, participation, manager):
        first, second = participation.procedure, services.load_procedure(newer())
        change(participation, second, by=manager)

        change(Participation.objects.get(pk=participation.pk), first, by=manager)

        assert the_step(participation, "train").status == "open"
        assert the_step(participation, "archive").status == "not_applicable"
        assert not find_gaps().damages

    def test_a_step_whose_condition_no_longer_holds_does_not_apply(self, participation, manager):
        only_cities = [step("sign", when={"kind": ["city"]}), step("publish")]
        second = services.load_procedure(
            procedure_text(number=1, stages={"memorandum": only_cities})
        )

        entry = change(participation, second, by=manager)

        assert entry.facts["gone"] == ["sign", "train"]
        assert the_step(participation, "sign").status == "not_applicable"
        assert not find_gaps().damages

    def test_a_recurring_step_is_dropped_whole_also_where_a_later_one_is_settled(
        self, make_participation, coordinator, manager
    ):
        yearly = {"rule": "recurring", "every": "year", "times": 2, "days": 30}
        stages = {"memorandum": [step("sign"), step("report", deadline=yearly)]}
        participation = make_participation(stage="memorandum", stages=stages)
        early, late = participation.steps.filter(key="report").order_by("occurrence")
        hand_in(late, by=coordinator)
        late.refresh_from_db()
        act_on(services.accept_step, late, by=manager)
        only_sign = {"memorandum": [step("sign")]}

        change(
            participation,
            services.load_procedure(procedure_text(number=1, stages=only_sign)),
            by=manager,
        )

        early.refresh_from_db()
        assert early.status == "not_applicable"
        assert not find_gaps().damages

    def test_what_waits_for_a_second_person_at_a_changed_step_is_overtaken(
        self, participation, manager, deputy
    ):
        act_on(services.waive_step, the_step(participation, "train"), by=manager, reason="So.")
        proposal = participation.proposals.get()

        change(participation, services.load_procedure(newer()), by=manager)

        proposal.refresh_from_db()
        assert proposal.status == "overtaken"
        with pytest.raises(Refused, match="closed"):
            services.decline_proposal(proposal, by=deputy, reason="No.", idempotency_key=uuid4())
        assert not find_gaps().damages

    def test_leaves_log_and_steps_in_agreement(self, participation, manager):
        change(participation, services.load_procedure(newer()), by=manager)

        assert not verify().damages
        assert not find_gaps().damages

    def test_not_without_a_reason(self, participation, manager):
        with pytest.raises(Refused, match="why"):
            change(participation, services.load_procedure(newer()), by=manager, reason=" ")

    def test_not_to_the_same_version_nor_to_another_track(self, participation, make_track, manager):
        for procedure in (participation.procedure, make_track().procedures.get()):
            with pytest.raises(Refused, match="another version"):
                change(participation, procedure, by=manager)

    def test_not_to_a_route_without_the_present_stage(self, participation, manager):
        route = ["application", "assessment", "strategy_adopted"]
        elsewhere = services.load_procedure(procedure_text(number=1, route=route))
        with pytest.raises(Refused, match="route"):
            change(participation, elsewhere, by=manager)

    def test_two_who_chose_at_once_the_second_is_told(self, participation, manager, deputy):
        second, third = (
            services.load_procedure(text) for text in (newer(), newer(second_person=["select"]))
        )
        change(participation, second, by=manager)

        with pytest.raises(MovedMeanwhile):
            change(participation, third, by=deputy)

        assert Participation.objects.get(pk=participation.pk).procedure == second

    def test_a_transition_that_was_proposed_before_is_overtaken(self, participation, manager):
        proposal = Proposal.objects.create(
            participation=participation, act="start_assessment", by=manager,
            decided_on=participation.decided_on, version=participation.version,
        )  # fmt: skip

        change(participation, services.load_procedure(newer()), by=manager)

        proposal.refresh_from_db()
        assert proposal.status == "overtaken"

    def test_not_from_an_older_page(self, participation, manager, perform):
        procedure = services.load_procedure(newer())
        perform(participation, "hold", by=manager)
        with pytest.raises(MovedMeanwhile):
            change(participation, procedure, by=manager)

    @pytest.mark.parametrize("role", ["coordinator", "signatory", "auditor", "evaluator"])
    def test_by_the_manager_alone(self, participation, role, request):
        with pytest.raises(NotAllowed):
            change(
                participation,
                services.load_procedure(newer()),
                by=request.getfixturevalue(role),
            )
