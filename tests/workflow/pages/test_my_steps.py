from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.applying import apply_on_paper, open_call
from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import read, text
from tests.world import step
from web.script.dates import short_date
from workflow import services
from workflow.models import Step
from workflow.pages import my_steps

MINE = "/my-steps/"
TOMORROW_LONG = {"rule": "fixed", "on": "2099-01-01"}
LONG_AGO = {"rule": "fixed", "on": "2026-03-05"}


def hand_in(participation, key, *, by):
    owed = participation.steps.get(key=key)
    services.hand_in(
        owed,
        {"dated_on": "2.3.2026", "note": "Done."},
        by=by,
        expected_version=owed.version,
        idempotency_key=uuid4(),
    )
    return Step.objects.get(pk=owed.pk)


def give_back(owed, *, by, remarks):
    services.return_step(
        owed, by=by, remarks=remarks, expected_version=owed.version, idempotency_key=uuid4()
    )


def test_the_most_urgent_comes_first(client, make_participation, coordinator):
    make_participation(
        "assessment",
        stages={
            "assessment": [step("draft", deadline=TOMORROW_LONG), step("talk", deadline=LONG_AGO)]
        },
    )

    page = text(read(client, coordinator, MINE))

    assert "Most urgent Talk , Kikinda" in page
    assert page.index("This stage ○ Talk") < page.index("Draft")


def test_what_cannot_start_yet_says_why_and_is_no_link(client, make_participation, coordinator):
    participation = make_participation(
        "assessment", stages={"assessment": [step("draft"), step("inspection", after=["draft"])]}
    )
    later = participation.steps.get(key="inspection")

    response = read(client, coordinator, MINE)

    assert "Cannot start yet – Inspection" in text(response)
    assert "First: Draft." in text(response)
    assert later.get_absolute_url() not in response.content.decode()


def test_returned_steps_show_the_remarks(client, make_participation, coordinator, manager):
    participation = make_participation("assessment", stages={"assessment": [step("draft")]})
    give_back(
        hand_in(participation, "draft", by=coordinator),
        by=manager,
        remarks=["Page 4 is gone.", "No date."],
    )

    page = text(read(client, coordinator, MINE))

    assert "Draft returned" in page
    assert "Remarks: Page 4 is gone. No date." in page


def test_whom_we_wait_for_and_what_is_done(client, make_participation, coordinator, manager):
    participation = make_participation(
        "assessment",
        stages={"assessment": [step("draft"), step("talk", accepted_by="")]},
    )
    hand_in(participation, "draft", by=coordinator)
    hand_in(participation, "talk", by=coordinator)

    page = text(read(client, coordinator, MINE))

    assert "Whom we wait for … Draft handed in" in page
    assert "Whose turn: Programme manager." in page
    assert "Done (1)" in page
    assert "Nothing waits for you" in page


def test_where_the_rest_cannot_start_yet_nothing_waits(client, make_participation, coordinator):
    participation = make_participation(
        "assessment", stages={"assessment": [step("draft"), step("inspection", after=["draft"])]}
    )
    hand_in(participation, "draft", by=coordinator)

    page = text(read(client, coordinator, MINE))

    assert "Cannot start yet – Inspection" in page
    assert "Nothing waits for you" in page


@pytest.mark.parametrize(
    ("role", "owed"), [("signatory", "signatory"), ("manager", "programme_manager")]
)
def test_every_role_has_its_own(client, make_participation, request, role, owed):
    person = request.getfixturevalue(role)
    make_participation(
        "assessment", stages={"assessment": [step("draft", role=owed, accepted_by="")]}
    )

    page = text(read(client, person, MINE))

    assert "This stage ○ Draft open" in page


def test_what_waits_to_be_looked_at_waits_for_the_reviewer(
    client, make_participation, coordinator, manager
):
    participation = make_participation("assessment", stages={"assessment": [step("draft")]})
    hand_in(participation, "draft", by=coordinator)

    page = text(read(client, manager, MINE))

    assert "This stage ○ Draft handed in" in page


def test_an_evaluator_sees_the_queue(client, make_participation, evaluator):
    make_participation(
        "assessment", stages={"assessment": [step("rate", role="evaluator", accepted_by="")]}
    )

    page = text(read(client, evaluator, MINE))

    assert "Most urgent Rate , Kikinda" in page


def test_on_hold_nothing_is_due(client, make_participation, coordinator, manager, perform):
    participation = make_participation("assessment", stages={"assessment": [step("draft")]})
    perform(participation, "hold", by=manager)

    page = text(read(client, coordinator, MINE))

    assert "Nothing is due before the clock runs again." in page
    assert "Draft" not in page


def test_proposals_wait_for_another_than_who_proposed(
    client, make_participation, manager, deputy, perform
):
    participation = make_participation("assessment", second_person=["adopt_strategy"])
    perform(participation, "adopt_strategy", by=manager)

    for_deputy, for_manager = (text(read(client, one, MINE)) for one in (deputy, manager))

    assert "Wait for your agreement … Record the adopted strategy" in for_deputy
    assert "Wait for your agreement" not in for_manager


def test_what_the_manager_can_decide_is_listed(client, make_participation, manager, coordinator):
    make_participation("assessment")

    for_manager, for_coordinator = (text(read(client, one, MINE)) for one in (manager, coordinator))

    assert "the next move can be decided ✓ Kikinda" in for_manager
    assert "the next move can be decided" not in for_coordinator


def test_a_consent_waits_for_the_signatory(
    client, make_track, municipality, neighbour, manager, person
):
    signs_next_door = person("signatory", over=neighbour)
    call = open_call(make_track(), by=manager)
    application = services.open_application(call, municipality, by=manager)
    services.add_member(application, neighbour, by=manager)

    response = read(client, signs_next_door, MINE)

    assert "Wait for the consent of your municipality" in text(response)
    assert application.get_absolute_url() in response.content.decode()


def test_with_several_participations_one_can_be_chosen(
    client, make_track, municipality, coordinator, manager
):
    stages = {"application": [step("draft")]}
    [first] = apply_on_paper(make_track(stages=stages), [municipality], by=manager)
    [second] = apply_on_paper(make_track(stages=stages), [municipality], by=manager)
    client.force_login(coordinator)

    both = client.get(MINE)
    one = client.get(MINE, {"participation": second.reference})
    strange = client.get(MINE, {"participation": "<b>"})

    assert len(both.context["desk"].now) == len(strange.context["desk"].now) == 2
    assert [owed.participation for owed in one.context["desk"].now] == [second]
    assert first.reference in text(one)


def test_the_mentor_can_be_asked(client, make_participation, coordinator, person, manager):
    participation = make_participation("assessment")
    mentor = person("mentor", over=participation)

    for_coordinator, for_manager = (text(read(client, one, MINE)) for one in (coordinator, manager))

    assert f"Ask your mentor mentor, {mentor.email}" in for_coordinator
    assert "Ask your mentor" not in for_manager


def test_somebody_without_a_mandate_owes_nothing(client, make_participation, stranger, auditor):
    make_participation("assessment", stages={"assessment": [step("draft")]})

    for_stranger, for_auditor = (read(client, one, MINE) for one in (stranger, auditor))

    assert for_stranger.context["desk"].is_empty
    assert for_auditor.context["desk"].is_empty
    assert for_auditor.context["desk"].participations == []


def test_a_signatory_reads_first_what_waits_in_their_own_name(
    client, make_participation, signatory
):
    make_participation(
        "assessment",
        stages={"assessment": [step("sign", role="signatory"), step("draft", deadline=LONG_AGO)]},
    )

    page = text(read(client, signatory, MINE))

    assert "Most urgent Sign , Kikinda" in page
    assert "The rest (1) Whom we wait for … Draft" in page


def test_what_a_signatory_does_in_another_role_is_folded(
    client, make_participation, signatory, municipality, system
):
    make_participation(
        "assessment",
        stages={"assessment": [step("sign", role="signatory"), step("draft", deadline=LONG_AGO)]},
    )
    services.give_mandate(signatory, "coordinator", over=municipality, by=system)
    as_coordinator = read(client, signatory, MINE)
    client.post("/role/", {"role": "signatory"})

    as_signatory = client.get(MINE)

    assert [one.key for one in as_coordinator.context["desk"].now] == ["draft", "sign"]
    assert [one.key for one in as_signatory.context["desk"].now] == ["sign"]
    assert "The rest (1) In your other roles ○ Draft" in text(as_signatory)


def test_the_same_queries_for_one_and_for_twenty(client, make_track, municipality, manager):
    track = make_track(
        route=["assessment", "strategy_adopted"],
        places=100,
        stages={"assessment": [step("draft", role="programme_manager"), step("talk")]},
    )
    open_in(track, municipality, by=manager)
    client.force_login(manager)
    client.get(MINE)

    with CaptureQueriesContext(connection) as for_one:
        client.get(MINE)
    for number in range(19):
        place = make_municipality(f"9{number:04}", f"Mesto {number}", f"Место {number}")
        open_in(track, place, by=manager)
    with CaptureQueriesContext(connection) as for_twenty:
        page = client.get(MINE)

    assert len(page.context["desk"].now) == 20
    assert len(for_one) == len(for_twenty)


def test_of_more_than_a_page_holds_those_due_first_are_shown(
    client, make_track, municipality, manager, monkeypatch
):
    monkeypatch.setattr(my_steps, "MOST", 3)
    cases = [
        open_in(track_due_on(make_track, f"2099-03-0{day}"), municipality, by=manager)
        for day in (5, 1, 4, 2, 3)
    ]

    page = read(client, manager, MINE)

    assert [one.participation for one in page.context["desk"].now] == [cases[1], cases[3], cases[4]]
    assert "Shown are the 3 participations that are due first." in text(page)
    everything = client.get("/participations/?mine=1")
    assert all(case.reference in text(everything) for case in cases)


def track_due_on(make_track, day: str):
    draft = step("draft", role="programme_manager", deadline={"rule": "fixed", "on": day})
    return make_track(route=["assessment", "strategy_adopted"], stages={"assessment": [draft]})


# Vacancies


def test_the_coordinator_reads_that_nobody_signs_and_since_when(
    client, make_participation, coordinator, signatory, system
):
    make_participation()
    assert "Vacant in your municipality" not in text(read(client, coordinator, MINE))

    services.end_mandate(signatory.mandates.get(), by=system)

    page = text(read(client, coordinator, MINE))
    today = short_date(timezone.localdate())
    assert f"Vacant in your municipality ✗ Nobody is Signatory. vacant since {today}" in page
    assert "People: Kikinda" in page


def test_the_signatory_reads_that_nobody_coordinates_and_whether_somebody_is_invited(
    client, make_participation, signatory, municipality
):
    make_participation()
    assert "Nobody is Coordinator. vacant Appointed by" in text(read(client, signatory, MINE))

    services.invite("next@example.org", "coordinator", over=municipality, by=signatory)

    page = text(read(client, signatory, MINE))
    assert "Nobody is Coordinator. vacant An invitation to this role is open." in page


@pytest.mark.parametrize("role", ["programme_manager", "mentor", "coordinator"])
def test_the_vacancies_are_told_to_nobody_whose_mandate_is_not_over_the_municipality(
    client, make_participation, person, role
):
    participation = make_participation()
    over = participation.programme if role == "programme_manager" else participation
    actor = person(role, over=over)

    assert "Vacant in your municipality" not in text(read(client, actor, MINE))


def test_with_one_participation_chosen_only_its_municipality_is_told(
    client, make_participation, coordinator, neighbour, system
):
    participation = make_participation()
    services.give_mandate(coordinator, "coordinator", over=neighbour, by=system)

    everywhere = text(read(client, coordinator, MINE))
    chosen = text(read(client, coordinator, f"{MINE}?participation={participation.reference}"))

    assert [everywhere.count("Nobody is Signatory."), chosen.count("Nobody is Signatory.")] == [
        2,
        1,
    ]
    assert ("People: Kanjiža" in everywhere, "People: Kanjiža" in chosen) == (True, False)
