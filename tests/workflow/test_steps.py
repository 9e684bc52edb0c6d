"""Steps: handed in by those who owe them, reviewed by another, settled by evidence."""

import pytest
from django.utils import translation

from tests.stepping import act_on, hand_in, settle, the_step
from tests.world import step
from workflow import services
from workflow.errors import MovedMeanwhile, NotAllowed, Refused
from workflow.models import Participation, Proposal, Step
from workflow.services.steps import InvalidEvidence

ASSEMBLY = {"body": {"sr": "Скупштина", "en": "Assembly"}, "gazette": True}
STAGES = {
    "memorandum": [
        step("draft"),
        step("decision", evidence="act", after=["draft"], demands=ASSEMBLY),
        step("rating", role="evaluator", evidence="rating", accepted_by="", required=False),
        step("session", role="mentor", evidence="meeting", required=False),
    ]
}


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages=STAGES)


@pytest.fixture
def mentor(person, participation):
    return person("mentor", over=participation)


class TestHandingIn:
    def test_waits_to_be_looked_at(self, participation, coordinator):
        entry = hand_in(the_step(participation, "draft"), by=coordinator, note="First draft.")

        now = the_step(participation, "draft")
        assert (now.status, now.turn) == ("submitted", "programme_manager")
        [evidence] = now.evidence.all()
        assert evidence.told["note"] == "First draft."
        assert entry.facts["evidence"] == {"kind": "record", "digest": evidence.digest}
        assert "First draft" not in entry.canonical

    def test_settles_at_once_where_nobody_has_to_look(self, participation, evaluator):
        hand_in(the_step(participation, "rating"), by=evaluator)
        assert the_step(participation, "rating").status == "accepted"

    @pytest.mark.parametrize("role", ["signatory", "manager", "auditor", "stranger"])
    def test_only_the_role_that_owes_it(self, participation, role, request):
        with pytest.raises(NotAllowed):
            hand_in(the_step(participation, "draft"), by=request.getfixturevalue(role))

    def test_not_before_what_comes_first(self, participation, coordinator):
        with pytest.raises(Refused, match="cannot start yet. First: Draft"):
            hand_in(the_step(participation, "decision"), by=coordinator)

    def test_not_twice(self, participation, coordinator):
        hand_in(the_step(participation, "draft"), by=coordinator)
        with pytest.raises(Refused, match="handed in"):
            hand_in(the_step(participation, "draft"), by=coordinator)

    def test_a_page_from_before_changes_nothing(self, participation, coordinator, manager):
        page = the_step(participation, "draft")
        hand_in(page, by=coordinator)
        with pytest.raises(MovedMeanwhile):
            hand_in(page, by=coordinator)

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"dated_on": "2999-01-01"}, "dated_on"),
            ({"dated_on": "the other day"}, "dated_on"),
            ({"note": ""}, "note"),
            ({"note": "x" * 10_000}, "note"),
            ({"note": "a\x00b"}, "note"),
        ],
    )
    def test_what_has_not_its_shape_is_refused_by_field(
        self, participation, coordinator, told, field
    ):
        with pytest.raises(InvalidEvidence) as refused:
            hand_in(the_step(participation, "draft"), by=coordinator, **told)
        assert field in refused.value.form.errors

    def test_an_act_owes_its_gazette_where_the_procedure_says_so(
        self, participation, coordinator, manager
    ):
        settle(participation, "draft", by=coordinator, accepted_by=manager)
        with pytest.raises(InvalidEvidence) as refused:
            hand_in(the_step(participation, "decision"), by=coordinator, gazette="")
        assert "gazette" in refused.value.form.errors


class TestLookingAtIt:
    def test_accepted_on_the_day_of_the_evidence(self, participation, coordinator, manager):
        settled = settle(participation, "draft", by=coordinator, accepted_by=manager)

        assert (settled.status, str(settled.settled_on)) == ("accepted", "2026-03-02")
        assert settled.entries.order_by("seq").last().verb == "accept"

    def test_returned_with_remarks_and_handed_in_again(self, participation, coordinator, manager):
        hand_in(the_step(participation, "draft"), by=coordinator)
        act_on(
            services.return_step, the_step(participation, "draft"), by=manager, remarks=["Date?"]
        )

        returned = the_step(participation, "draft")
        assert (returned.status, returned.turn) == ("returned", "coordinator")
        assert returned.evidence.get().remarks == ["Date?"]
        hand_in(returned, by=coordinator)
        assert the_step(participation, "draft").evidence.count() == 2

    def test_not_returned_without_remarks(self, participation, coordinator, manager):
        hand_in(the_step(participation, "draft"), by=coordinator)
        with pytest.raises(Refused, match="corrected"):
            act_on(
                services.return_step, the_step(participation, "draft"), by=manager, remarks=[" "]
            )

    @pytest.mark.parametrize("role", ["coordinator", "signatory", "evaluator", "auditor"])
    def test_not_by_a_role_that_the_procedure_does_not_name(
        self, participation, coordinator, role, request
    ):
        hand_in(the_step(participation, "draft"), by=coordinator)
        with pytest.raises(NotAllowed):
            act_on(
                services.accept_step,
                the_step(participation, "draft"),
                by=request.getfixturevalue(role),
            )

    def test_not_by_who_handed_it_in(self, participation, person, programme, mentor, system):
        services.give_mandate(mentor, "programme_manager", over=programme, by=system)
        hand_in(the_step(participation, "session"), by=mentor)
        with pytest.raises(Refused, match="yourself"):
            act_on(services.accept_step, the_step(participation, "session"), by=mentor)

    def test_not_before_it_is_handed_in(self, participation, manager):
        with pytest.raises(Refused, match="Nothing is handed in"):
            act_on(services.accept_step, the_step(participation, "draft"), by=manager)


class TestWaivingAndReopening:
    def test_waived_by_two_people_with_a_reason(self, participation, manager, deputy):
        act_on(services.waive_step, the_step(participation, "draft"), by=manager, reason="Merged.")
        assert the_step(participation, "draft").status == "open"

        services.approve_proposal(Proposal.objects.get(), by=deputy, **one_key())

        waived = the_step(participation, "draft")
        assert (waived.status, waived.is_settled) == ("waived", True)
        assert waived.entries.order_by("seq").last().reason == "Merged."

    def test_not_by_one_person_alone(self, participation, manager):
        act_on(services.waive_step, the_step(participation, "draft"), by=manager, reason="Merged.")
        with pytest.raises(Refused, match="another person"):
            services.approve_proposal(Proposal.objects.get(), by=manager, **one_key())

    def test_not_without_a_reason(self, participation, manager):
        with pytest.raises(Refused, match="why"):
            act_on(services.waive_step, the_step(participation, "draft"), by=manager, reason="")

    def test_a_settled_step_opens_again_with_a_reason(self, participation, coordinator, manager):
        settle(participation, "draft", by=coordinator, accepted_by=manager)

        act_on(
            services.reopen_step, the_step(participation, "draft"), by=manager, reason="Wrong act."
        )

        reopened = the_step(participation, "draft")
        assert (reopened.status, reopened.settled_on) == ("open", None)
        assert reopened.evidence.count() == 1

    def test_steps_of_another_stage_are_closed(
        self, make_participation, municipality, coordinator, manager, perform
    ):
        optional = {"memorandum": [step("draft", required=False)]}
        participation = make_participation(stage="memorandum", stages=optional)
        perform(participation, "start_assessment", by=manager)

        with pytest.raises(Refused, match="Assessment"):
            hand_in(the_step(participation, "draft"), by=coordinator)


class TestSecondPersonOnAStep:
    @pytest.fixture
    def submitted(self, make_participation, coordinator, manager) -> Participation:
        stages = {"memorandum": [step("draft", second_person=True)]}
        participation = make_participation(stage="memorandum", stages=stages)
        hand_in(the_step(participation, "draft"), by=coordinator)
        act_on(services.accept_step, the_step(participation, "draft"), by=manager)
        return participation

    def test_accepted_when_the_second_agrees(self, submitted, deputy):
        assert the_step(submitted, "draft").status == "submitted"

        services.approve_proposal(Proposal.objects.get(), by=deputy, **one_key())

        assert the_step(submitted, "draft").status == "accepted"

    def test_returned_when_the_second_declines(self, submitted, deputy, coordinator):
        services.decline_proposal(
            Proposal.objects.get(), by=deputy, reason="The date is missing.", **one_key()
        )

        declined = the_step(submitted, "draft")
        assert (declined.status, declined.turn) == ("returned", "coordinator")
        assert declined.evidence.get().remarks == ["The date is missing."]

    def test_a_closed_proposal_is_closed(self, submitted, deputy):
        proposal = Proposal.objects.get()
        services.approve_proposal(proposal, by=deputy, **one_key())
        with pytest.raises(Refused, match="closed"):
            services.approve_proposal(proposal, by=deputy, **one_key())


class TestConditions:
    def test_a_step_that_does_not_apply_blocks_nothing(self, make_participation, manager, perform):
        stages = {"memorandum": [step("agreement", when={"joint": True})]}
        participation = make_participation(stage="memorandum", stages=stages)

        assert the_step(participation, "agreement").status == "not_applicable"
        assert perform(participation, "start_assessment", by=manager)


def one_key() -> dict:
    from uuid import uuid4

    return {"idempotency_key": uuid4()}


@pytest.mark.parametrize(
    ("period", "latin", "english"),
    [
        ("2009", "Izveštaj (2009)", "Report (2009)"),
        ("2009-H2", "Izveštaj (drugo polugodište 2009)", "Report (second half of 2009)"),
        (
            "2026-04-01/2026-06-30",
            "Izveštaj (1.4.2026. – 30.6.2026)",
            "Report (1 Apr 2026 – 30 Jun 2026)",
        ),
    ],
)
def test_a_step_that_comes_back_names_its_period_in_the_readers_way(period, latin, english):
    owed = Step(rule={"title": {"sr": "Извештај", "en": "Report"}}, period=period)

    with translation.override("sr-latn"):
        assert owed.title == latin
    with translation.override("en"):
        assert owed.title == english
