"""The demo world, loaded once through the doors and then looked at from every side."""

from collections import Counter
from datetime import date

import pytest
from django.contrib.auth import get_user_model

from config.demo import ipa_2020, irig_2021, kikinda_2007, mrkonjic_grad_2012
from config.demo.people import MENTOR, OVER_PROGRAMMES, address, shown_accounts
from config.demo.walk_table import lines_of, table
from config.demo.world import load_world
from municipalities.models import Body, Mandate
from tests.demo.loaded import db  # noqa: F401
from workflow.audit.models import Entry
from workflow.audit.verify import verify
from workflow.gaps import find_gaps
from workflow.glance import next_owed
from workflow.models import Application, Call, Evidence, Participation, Proposal, Step
from workflow.pages.turns import Desk
from workflow.readiness import readiness
from workflow.stages import Stage

KIKINDAS_WALK = [
    (date(2007, 4, 16), "open", "", "application"),
    (date(2007, 6, 15), "select", "application", "memorandum"),
    (date(2007, 7, 10), "start_assessment", "memorandum", "assessment"),
    (date(2007, 12, 20), "adopt_strategy", "assessment", "strategy_adopted"),
    (date(2008, 5, 15), "award_cofinancing", "strategy_adopted", "cofinancing"),
    (date(2009, 1, 15), "move_to_sustainability", "cofinancing", "sustainability"),
]
ACTING = ["rukovodilac", "mentor", "evaluator"]


def the_one(track: str, code: str) -> Participation:
    return Participation.objects.with_names().get(track__key=track, municipality__code=code)


def step_of(participation: Participation, key: str) -> Step:
    return participation.steps.get(key=key, occurrence=1)


def desk_of(local: str) -> Desk:
    return Desk.of(get_user_model().objects.get(email=address(local)))


def sample() -> list[Participation]:
    return list(Participation.objects.filter(programme__is_sample=True).with_names())


@pytest.mark.usefixtures("db")
class TestTheDemoWorld:
    """Loaded once for all of these, which only read."""

    # Kikinda 2007

    def test_kikinda_walked_to_sustainability(self):
        kikinda = the_one(kikinda_2007.TRACK, kikinda_2007.KIKINDA)

        walked = [
            (line.decided_on, line.name, line.source, line.target) for line in lines_of(kikinda)
        ]

        assert kikinda.stage == Stage.SUSTAINABILITY
        assert walked == KIKINDAS_WALK

    def test_every_decision_of_kikinda_has_a_person_and_every_move_a_reason(self):
        lines = lines_of(the_one(kikinda_2007.TRACK, kikinda_2007.KIKINDA))

        assert {line.who for line in lines} == {"Руководилац програма"}
        assert all(line.reason for line in lines[1:])

    def test_the_printed_table_tells_all_of_it(self):
        printed = table(the_one(kikinda_2007.TRACK, kikinda_2007.KIKINDA))

        assert all(day.isoformat() in printed for day, *_rest in KIKINDAS_WALK)
        assert "Скупштине општине Кикинда" in " ".join(printed.split())

    def test_every_day_of_kikinda_that_no_source_states_says_so(self):
        told = Evidence.objects.filter(
            step__participation=the_one(kikinda_2007.TRACK, kikinda_2007.KIKINDA)
        )

        assert told.count() == 29
        assert all("потврдити" in " ".join(map(str, row.told.values())).lower() for row in told)
        assert all(date(2007, 4, 1) <= row.dated_on <= date(2009, 12, 31) for row in told)

    def test_each_step_of_kikinda_was_handed_in_by_the_role_that_owes_it(self):
        entries = Entry.objects.filter(
            verb="hand_in",
            participation=the_one(kikinda_2007.TRACK, kikinda_2007.KIKINDA),
        )

        assert {(entry.role == entry.step.role) for entry in entries} == {True}
        assert {entry.role for entry in entries} == {
            "signatory", "coordinator", "mentor", "evaluator", "programme_manager",
        }  # fmt: skip

    def test_the_strategy_of_kikinda_is_adopted_twice_then_rated(self):
        kikinda = the_one(kikinda_2007.TRACK, kikinda_2007.KIKINDA)

        board, assembly = step_of(kikinda, "body_adopts"), step_of(kikinda, "assembly_adopts")
        rating = step_of(kikinda, "ministry_rating")

        assert board.settled_on < assembly.settled_on < rating.settled_on
        assert rating.evidence.get().told["mark"] == "одличан"

    def test_the_board_of_kikinda_is_on_record_without_an_invented_number(self):
        board = Body.objects.get(municipality__code=kikinda_2007.KIKINDA)

        assert board.name == kikinda_2007.BOARD
        assert (board.act_number, board.act_on) == ("", None)
        assert board.sessions.count() == 1

    def test_of_the_twenty_four_only_kikinda_is_named(self):
        assert Participation.objects.filter(track__key=kikinda_2007.TRACK).count() == 1

    # Irig and Mrkonjić Grad

    def test_irig_stays_in_assessment_with_the_inspection_open(self):
        irig = the_one(irig_2021.TRACK, irig_2021.IRIG)

        assert irig.stage == Stage.ASSESSMENT
        assert step_of(irig, "draft_handed_over").settled_on == date(2021, 9, 30)
        assert next_owed(irig).key == "public_inspection"
        assert step_of(irig, "public_inspection").status == "open"

    def test_in_mrkonjic_grad_the_board_comes_first(self):
        place = the_one(mrkonjic_grad_2012.TRACK, mrkonjic_grad_2012.MRKONJIC_GRAD)

        done = [step.key for step in place.present_steps if step.is_settled]

        assert place.present_steps[0].key == "board_appointed"
        assert done == ["board_appointed", "first_session"]
        assert step_of(place, "first_session").settled_on == date(2012, 1, 31)
        assert place.municipality.bodies.get().sessions.get().held_on == date(2012, 1, 31)

    # IPA 2020

    def test_twenty_and_ten_and_eight_are_selected(self):
        chosen = Participation.objects.filter(programme__key="ipa_2020").holding_a_place()

        assert Counter(chosen.values_list("track__key", flat=True)) == {
            "ipa_2020_package": 15,
            "ipa_2020_extended_package": 5,
            "ipa_2020_mobile_team": 10,
            "ipa_2020_technical_package": 8,
        }

    def test_kikinda_and_vrnjacka_banja_take_part_twice(self):
        def tracks(code):
            rows = Participation.objects.filter(municipality__code=code)
            return set(rows.values_list("track__key", flat=True))

        assert tracks(ipa_2020.KIKINDA) == {"sws_2007_planning", "ipa_2020_mobile_team"}
        assert tracks(ipa_2020.VRNJACKA_BANJA) == {"ipa_2020_package", "ipa_2020_mobile_team"}

    def test_only_the_agreement_that_is_known_is_on_record(self):
        further = Participation.objects.filter(programme__key="ipa_2020").exclude(
            stage=Stage.MEMORANDUM
        )

        assert further.get() == the_one("ipa_2020_mobile_team", ipa_2020.NOVI_BEOGRAD)
        assert further.get().decided_on == date(2023, 8, 17)

    # The sample

    def test_sixty_samples_stand_at_every_stage(self):
        stages = Counter(Stage(participation.stage) for participation in sample())

        assert stages.total() == 60
        assert set(stages) == set(Stage)

    def test_some_samples_are_late_and_some_on_hold(self):
        late = Step.objects.overdue().filter(participation__programme__is_sample=True)

        assert late.values("participation").distinct().count() >= 8
        assert sum(one.on_hold_since is not None for one in sample()) == 3

    def test_something_waits_for_everybody_who_acts(self):
        waiting = Step.objects.running().filter(participation__programme__is_sample=True)
        roles = {step.turn for step in waiting.with_names()}

        assert roles >= {
            "programme_manager", "mentor", "evaluator", "coordinator", "signatory",
        }  # fmt: skip
        assert all(desk_of(local).steps().exists() for local in ACTING)
        desk = desk_of("rukovodilac")
        assert len(desk.ready_among(list(desk.participations().with_names()))) >= 4

    def test_a_transition_and_a_step_wait_for_the_second_person(self):
        waiting = desk_of("zamenik").proposals()

        assert sorted(waiting.values_list("act", flat=True)) == ["accept", "adopt_strategy"]
        assert not desk_of("rukovodilac").proposals().exists()

    def test_one_step_is_waived_by_two_people(self):
        waiver = Proposal.objects.get(act="waive")

        assert waiver.status == "approved"
        assert waiver.by != waiver.closed_by
        assert waiver.step.status == "waived"

    def test_some_steps_are_returned_with_remarks(self):
        returned = Evidence.objects.filter(status="returned", step__status="returned")

        assert returned.count() >= 3
        assert all(row.remarks for row in returned)

    def test_one_missing_consent_blocks_the_three(self):
        of_three = Application.objects.get(members__consent="awaited", status="submitted")
        first = of_three.participations.order_by("pk")[0]

        unmet = readiness(first, "select").unmet()

        assert of_three.participations.count() == 3
        assert any(line.turn == "signatory" and "Consent of" in line.sentence for line in unmet)

    def test_the_two_were_selected_in_one_act(self):
        together = [
            entry.facts["together_with"]
            for entry in Entry.objects.filter(verb="select")
            if "together_with" in entry.facts
        ]

        assert len(together) == 2
        assert together[0] == together[1]

    def test_a_call_is_open_and_a_draft_waits_for_it(self):
        draft = Application.objects.get(status="draft")

        assert draft.call.is_open
        assert sum(call.is_open for call in Call.objects.all()) == 1

    # The world

    def test_the_log_is_whole_and_everything_agrees_with_it(self):
        assert verify().damages == []
        assert find_gaps().damages == []

    def test_no_participation_is_without_its_opening_entry(self):
        opened = Entry.objects.filter(seq=1, verb="open", version=0).values("participation")

        assert Participation.objects.count() == 101
        assert not Participation.objects.exclude(pk__in=opened).exists()

    def test_only_role_accounts_exist(self):
        everybody = set(get_user_model().objects.values_list("email", flat=True))
        known = {email for _name, email in shown_accounts()}

        others = everybody - known

        assert known <= everybody
        assert all(one.startswith(("koordinator.", "potpisnik.")) for one in others)
        assert all(one.endswith("@example.org") for one in everybody)

    def test_every_account_can_act_or_read_somewhere(self):
        appointed = Mandate.objects.current().enforced().values("user")

        without = get_user_model().objects.exclude(pk__in=appointed)

        assert [user.email for user in without] == [address("sistem")]

    def test_the_people_of_the_programmes_reach_all_of_them(self):
        for local in [row[0] for row in OVER_PROGRAMMES]:
            user = get_user_model().objects.get(email=address(local))
            assert Participation.objects.visible_to(user).count() == 101, local

        mentor = get_user_model().objects.get(email=address(MENTOR[0]))
        assert 30 < Participation.objects.visible_to(mentor).count() < 101

    def test_loading_again_changes_nothing(self, django_assert_num_queries):
        before = Entry.objects.count()

        with django_assert_num_queries(1):
            assert load_world() is False

        assert Entry.objects.count() == before
