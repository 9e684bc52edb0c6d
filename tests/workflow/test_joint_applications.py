"""Joint applications: one lead, several members, each agrees; all move together or none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.applying import ARRIVED, agree, hand_in_on_paper, open_call
from tests.conftest import facts_for, make_municipality
from tests.world import step
from workflow import services
from workflow.errors import ChangedMeanwhile, NotAllowed, NotReady, Refused
from workflow.models import Application, Participation
from workflow.rules import Due


@pytest.fixture
def third(db):
    return make_municipality("80373", "Sečanj", "Сечањ")


@pytest.fixture
def call(make_track, manager):
    return open_call(make_track(), by=manager)


@pytest.fixture
def joint(call, municipality, neighbour, third, coordinator) -> Application:
    application = services.open_application(call, municipality, by=coordinator)
    for other in (neighbour, third):
        services.add_member(application, other, by=coordinator)
    return written(application, by=coordinator)


def written(application: Application, *, by) -> Application:
    return services.save_application(
        application, by=by, expected_version=application.version, summary="A regional service."
    )


def hand_in(application: Application, *, by) -> list[Participation]:
    application = written(Application.objects.get(pk=application.pk), by=by)
    services.submit_application(application, by=by, expected_version=application.version)
    return list(application.participations.order_by("pk"))


def select(participation: Participation, *, by):
    facts = facts_for(participation)
    return services.perform_transition(participation, "select", by=by, **facts)


class TestSelection:
    def test_moves_all_members_in_one_act(self, joint, coordinator, manager):
        for member in joint.members.all():
            agree(member, by=manager)
        participations = hand_in(joint, by=coordinator)

        entry = select(participations[1], by=manager)

        assert [one.stage for one in joint.participations.all()] == ["memorandum"] * 3
        assert entry.facts["together_with"] == [p.reference for p in joined(participations, 1)]
        joint.refresh_from_db()
        assert joint.status == "selected"

    def test_one_missing_consent_blocks_all(self, joint, coordinator, manager):
        first, second, _third = joint.members.all()
        agree(first, by=manager)
        agree(second, by=manager)
        participations = hand_in(joint, by=coordinator)

        with pytest.raises(NotReady, match="Consent of Sečanj"):
            select(participations[0], by=manager)

        assert {one.stage for one in joint.participations.all()} == {"application"}

    def test_a_step_owed_by_one_blocks_all(
        self, make_track, municipality, neighbour, coordinator, manager
    ):
        from tests.applying import apply_on_paper

        track = make_track(stages={"application": [step("form")]})
        mine, theirs = apply_on_paper(track, [municipality, neighbour], by=manager)
        from tests.stepping import settle

        settle(mine, "form", by=coordinator, accepted_by=manager)

        with pytest.raises(NotReady, match="Form"):
            select(Participation.objects.get(pk=mine.pk), by=manager)

    def test_needs_a_place_for_each(self, make_track, municipality, neighbour, manager):
        from tests.applying import apply_on_paper

        participations = apply_on_paper(make_track(places=1), [municipality, neighbour], by=manager)
        with pytest.raises(NotReady, match="place"):
            select(participations[0], by=manager)

    def test_a_rejection_is_for_all(self, joint, coordinator, manager, perform):
        participations = hand_in(joint, by=coordinator)

        perform(participations[2], "reject", by=manager)

        assert {one.stage for one in joint.participations.all()} == {"rejected"}
        joint.refresh_from_db()
        assert joint.status == "rejected"

    def test_who_withdraws_leaves_the_others(self, joint, coordinator, manager, perform):
        for member in joint.members.all():
            agree(member, by=manager)
        participations = hand_in(joint, by=coordinator)
        perform(participations[2], "withdraw", by=manager)

        select(participations[0], by=manager)

        stages = [one.stage for one in joint.participations.order_by("pk")]
        assert stages == ["memorandum", "memorandum", "withdrawn"]

    def test_afterwards_each_moves_alone(self, joint, coordinator, manager, perform):
        for member in joint.members.all():
            agree(member, by=manager)
        participations = hand_in(joint, by=coordinator)
        select(participations[0], by=manager)

        perform(Participation.objects.get(pk=participations[1].pk), "start_assessment", by=manager)

        stages = [one.stage for one in joint.participations.order_by("pk")]
        assert stages == ["memorandum", "assessment", "memorandum"]


def joined(participations: list[Participation], first: int) -> list[Participation]:
    others = [one for place, one in enumerate(participations) if place != first]
    return [participations[first], *others]


class TestConsent:
    def test_is_the_signatorys_own(self, joint, person, neighbour, coordinator, signatory):
        member = joint.members.get(municipality=neighbour)
        for other in (coordinator, signatory):
            with pytest.raises(NotAllowed):
                agree(member, by=other)

        agree(member, by=person("signatory", over=neighbour))

        member.refresh_from_db()
        assert member.consent == "given"

    def test_is_asked_for_again_when_the_text_changes(self, joint, coordinator, manager):
        lead, other, _third = joint.members.all()
        agree(lead, by=manager)
        agree(other, by=manager)

        services.save_application(
            joint, by=coordinator, expected_version=joint.version, summary="Another service."
        )

        kept, asked, _third = joint.members.all()
        assert (kept.consent, asked.consent) == ("given", "awaited")

    def test_is_told_in_the_log_once_handed_in(self, joint, coordinator, manager):
        participations = hand_in(joint, by=coordinator)
        agree(joint.members.first(), by=manager)
        assert all(one.entries.filter(verb="answer_consent").exists() for one in participations)

    def test_not_dated_in_the_future(self, joint, manager):
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(Refused, match="future"):
            services.answer_consent(
                joint.members.first(), by=manager, agrees=True, decided_on=tomorrow
            )


class TestHandingIn:
    def test_begins_a_participation_for_each_member(self, joint, coordinator):
        participations = hand_in(joint, by=coordinator)

        assert len(participations) == 3
        assert {one.stage for one in participations} == {"application"}
        first = participations[0].entries.get(version=0)
        assert first.facts["application"] == joint.reference
        assert set(first.facts["members"]) == {"80209", "80195", "80373"}

    def test_not_after_the_deadline(self, joint, coordinator, call):
        over = timezone.now() - timedelta(minutes=1)
        type(call).objects.filter(pk=call.pk).update(due_at=over)
        with pytest.raises(NotReady, match="deadline"):
            hand_in(joint, by=coordinator)

    def test_not_without_saying_what_is_planned(self, joint, coordinator):
        joint = services.save_application(
            joint, by=coordinator, expected_version=joint.version, summary=""
        )
        with pytest.raises(NotReady, match="described"):
            services.submit_application(joint, by=coordinator, expected_version=joint.version)

    def test_not_by_a_member_for_the_lead(self, joint, person, neighbour):
        with pytest.raises(NotAllowed):
            hand_in(joint, by=person("coordinator", over=neighbour))

    def test_not_from_an_older_page(self, joint, coordinator):
        version = joint.version
        services.save_application(joint, by=coordinator, expected_version=version, summary="x")
        with pytest.raises(ChangedMeanwhile):
            services.save_application(joint, by=coordinator, expected_version=version, summary="y")

    def test_paper_is_registered_by_the_manager_alone(self, joint, coordinator, manager):
        with pytest.raises(Refused, match="programme manager"):
            services.submit_application(
                joint, by=coordinator, expected_version=joint.version, arrived_at=ARRIVED
            )
        assert hand_in_on_paper(joint, by=manager)

    def test_returned_mended_and_handed_in_again(self, joint, coordinator, manager):
        participations = hand_in(joint, by=coordinator)
        services.return_application(joint, by=manager, remarks="Which service?")
        joint.refresh_from_db()
        assert (joint.status, joint.remarks) == ("returned", "Which service?")

        again = hand_in(joint, by=coordinator)

        assert [one.pk for one in again] == [one.pk for one in participations]
        verbs = list(participations[0].entries.order_by("seq").values_list("verb", flat=True))
        assert verbs[-2:] == ["return_application", "submit_application"]

    def test_handed_in_it_cannot_be_changed(self, joint, coordinator):
        hand_in(joint, by=coordinator)
        with pytest.raises(Refused, match="cannot be changed"):
            services.save_application(joint, by=coordinator, expected_version=2, summary="z")


class TestMembers:
    def test_one_municipality_once_in_a_call(self, joint, call, neighbour, person):
        with pytest.raises(Refused, match="already"):
            services.open_application(call, neighbour, by=person("coordinator", over=neighbour))

    def test_who_refused_is_free_to_apply_elsewhere(
        self, joint, call, neighbour, coordinator, person
    ):
        member = joint.members.get(municipality=neighbour)
        services.answer_consent(
            member, by=person("signatory", over=neighbour), agrees=False, decided_on=ARRIVED.date()
        )
        own = services.open_application(call, neighbour, by=person("coordinator", over=neighbour))
        assert own.lead == neighbour

    def test_a_call_for_single_municipalities_takes_no_joint_one(
        self, make_track, municipality, neighbour, coordinator, manager
    ):
        call = open_call(make_track(joint=False), by=manager)
        application = services.open_application(call, municipality, by=coordinator)
        with pytest.raises(Refused, match="single"):
            services.add_member(application, neighbour, by=coordinator)

    def test_the_lead_stays(self, joint, coordinator):
        with pytest.raises(Refused, match="lead"):
            services.remove_member(joint.members.first(), by=coordinator)


class TestEligibility:
    def test_answers_in_words_and_keeps_out(self, make_track, municipality, coordinator, manager):
        rule = {
            "rule": "kind",
            "values": ["city"],
            "sentence": {"sr": "Само градови.", "en": "Cities only."},
        }
        call = open_call(make_track(eligibility=[rule]), by=manager)
        application = services.open_application(call, municipality, by=coordinator)

        with pytest.raises(NotReady, match="Cities only"):
            hand_in(application, by=coordinator)


class TestExtension:
    def test_keeps_the_old_date_and_the_reason(self, joint, call, coordinator, manager):
        participations = hand_in(joint, by=coordinator)
        old = call.deadlines.get()
        later = Due(timezone.localdate() + timedelta(days=30), "15:00", "minute")

        services.extend_call(call, later, by=manager, reason="Few applications.")

        call.refresh_from_db()
        assert call.due_at == later.moment
        assert [row.on for row in call.deadlines.all()] == [old.on, later.on]
        entry = participations[0].entries.order_by("seq").last()
        assert (entry.verb, entry.reason) == ("extend_call", "Few applications.")

    def test_to_a_later_date_only(self, call, manager):
        sooner = Due(timezone.localdate())
        with pytest.raises(Refused, match="later date"):
            services.extend_call(call, sooner, by=manager, reason="A mistake.")

    def test_not_without_a_reason(self, call, manager):
        with pytest.raises(Refused, match="why"):
            services.extend_call(call, Due(timezone.localdate()), by=manager, reason="")

    @pytest.mark.parametrize("role", ["coordinator", "signatory", "auditor", "evaluator"])
    def test_by_the_manager_alone(self, call, role, request):
        with pytest.raises(NotAllowed):
            services.extend_call(
                call, Due(timezone.localdate()), by=request.getfixturevalue(role), reason="x"
            )
