import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.applying import apply_on_paper
from tests.conftest import open_in
from tests.stepping import settle
from tests.workflow.pages.reading import buttons, read, text, title
from tests.world import ROUTE, step
from workflow.models import Participation
from workflow.panels import PANELS, Panel, register


def test_says_where_it_stands(client, make_participation, manager):
    participation = make_participation("assessment", route=ROUTE)

    response = read(client, manager, participation.get_absolute_url())

    assert title(response) == "Kikinda: stage 3 of 6, Assessment – Koraci"
    assert "T1-001 · Trial · Track" in text(response)


def test_the_rail_knows_done_present_and_ahead(client, make_participation, manager):
    participation = make_participation("memorandum", route=ROUTE)

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "Application 2 Mar 2026 done" in page
    assert "Memorandum 2 Mar 2026 present stage" in page
    assert "Assessment ahead" in page


def test_the_municipality_is_written_in_the_script_of_the_reader(
    client, make_participation, manager
):
    participation = make_participation()
    manager.language = "sr"
    manager.save()

    response = read(client, manager, participation.get_absolute_url())

    assert title(response).startswith("Кикинда")


def test_not_ready_says_what_is_missing_and_whose_turn_it_is(client, make_participation, manager):
    rule = {"rule": "fixed", "on": "2099-11-30"}
    participation = make_participation(
        "assessment", stages={"assessment": [step("inspection", deadline=rule)]}
    )

    response = read(client, manager, participation.get_absolute_url())

    page = text(response)
    assert "The move to “Strategy adopted” is not possible yet" in page
    assert "1 of 3 conditions remains." in page
    assert "It is the turn of Kikinda (coordinator): Inspection, by 30 November 2099 (in " in page
    assert "Every required step of this stage is settled. (0 of 1) missing" in page
    assert "Record the adopted strategy" not in buttons(response)


def test_every_missing_line_leads_to_where_it_is_mended(
    client, make_track, municipality, neighbour, manager, perform
):
    full = make_track(route=ROUTE, places=1)
    first, _second = apply_on_paper(full, [municipality, neighbour], by=manager, consent=False)
    perform(first, "hold", by=manager)

    tree = read(client, manager, first.get_absolute_url()).context["tree"]

    assert len(tree.unmet()) >= 4  # on hold, two consents, no place
    assert [line.sentence for line in tree.unmet() if not line.link] == []


def test_what_cannot_start_yet_is_not_called_missing(client, make_participation, manager):
    steps = [step("visit"), step("draft", after=["visit"])]
    participation = make_participation("assessment", stages={"assessment": steps})

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "Visit missing Not handed in yet." in page
    assert "Draft cannot start yet Cannot start yet. First: Visit." in page
    assert "It is the turn of Kikinda (coordinator): Visit." in page


def test_of_what_is_late_it_says_since_when(client, make_participation, manager):
    rule = {"rule": "fixed", "on": "2026-03-05"}
    participation = make_participation(
        "assessment", stages={"assessment": [step("visit", role="mentor", deadline=rule)]}
    )

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "It is the turn of the mentor: Visit. It was due by 5 March 2026 (" in page


def test_an_end_is_no_stage(client, make_track, municipality, manager, coordinator):
    track = make_track(route=["sustainability"], stages={"sustainability": [step("report")]})
    participation = open_in(track, municipality, by=manager)

    before = text(read(client, manager, participation.get_absolute_url()))
    settle(participation, "report", by=coordinator, accepted_by=manager)
    after = text(read(client, coordinator, participation.get_absolute_url()))
    act = text(read(client, manager, f"{participation.get_absolute_url()}transitions/complete/"))

    assert "The participation cannot be completed yet" in before
    assert "Conditions for the end" in before
    assert "Ready to be completed" in after
    assert "This is decided by: programme_manager, Programme manager." in after
    assert "Stage Sustainability It ends as Completed" in act


def test_the_conditions_can_be_checked_again_without_script(client, make_participation, manager):
    participation = make_participation("assessment")

    page = read(client, manager, participation.get_absolute_url()).content.decode()

    assert f'href="{participation.get_absolute_url()}#readiness"' in page
    assert re.search(r"As of \d+ \w+ \d{4} at \d+:\d{2}\.", page)


def test_people_come_before_what_happened(client, make_participation, manager):
    participation = make_participation("assessment")

    page = read(client, manager, participation.get_absolute_url()).content.decode()

    places = [page.index(f'id="{part}"') for part in ("conditions", "people", "bodies", "events")]
    assert places == sorted(places)


def test_the_heading_names_mentor_and_coordinator_to_who_may_read_names(
    client, make_participation, manager, coordinator, observer, person
):
    participation = make_participation("assessment")
    person("mentor", over=participation)
    url = participation.get_absolute_url()

    assert "· Track · mentor · coordinator Kikinda:" in text(read(client, manager, url))
    assert "· Track Kikinda:" in text(read(client, observer, url))


def test_on_paper_it_says_where_the_log_ended(client, make_participation, manager):
    participation = make_participation("assessment")
    participation.refresh_from_db()

    page = text(read(client, manager, participation.get_absolute_url()))

    assert (
        f"The log then ended with entry {participation.head_seq},"
        f" fingerprint {participation.head_hash[:16]}." in page
    )


def test_only_who_may_sees_the_button(client, make_participation, manager, coordinator):
    participation = make_participation("assessment")
    url = participation.get_absolute_url()

    for_manager, for_coordinator = read(client, manager, url), read(client, coordinator, url)

    assert "Record the adopted strategy" in buttons(for_manager)
    assert "Record the adopted strategy" not in buttons(for_coordinator)
    assert "Ready for “Strategy adopted”" in text(for_coordinator)
    assert "The move is decided by: programme_manager, Programme manager." in text(for_coordinator)


def test_no_button_is_ever_disabled(client, make_participation, observer):
    participation = make_participation("assessment")

    response = read(client, observer, participation.get_absolute_url())

    assert "disabled" not in response.content.decode()


def test_on_hold_the_clock_stands(client, make_participation, manager, perform):
    participation = make_participation("assessment")
    perform(participation, "hold", by=manager)

    response = read(client, manager, participation.get_absolute_url())

    assert "On hold since 2 March 2026" in text(response)
    assert "/transitions/resume/" in response.content.decode()
    assert "/transitions/hold/" not in response.content.decode()


def test_an_ended_participation_owes_nothing(client, make_participation, manager, perform):
    participation = make_participation("assessment")
    perform(participation, "withdraw", by=manager)

    response = read(client, manager, participation.get_absolute_url())

    page = text(response)
    assert title(response) == "Kikinda: Withdrawn – Koraci"
    assert "This participation has ended: Withdrawn, 2 March 2026." in page
    assert "Assessment 2 Mar 2026 not reached or not finished" in page
    assert "/transitions/" not in response.content.decode()


def test_the_timeline_tells_who_what_when_and_why(client, make_participation, manager):
    participation = make_participation("memorandum", route=ROUTE)

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "Application → Memorandum Decided 2 March 2026, recorded" in page
    assert "Programme manager, programme_manager of the office" in page
    assert "Reason: For the test." in page
    assert "1 step was opened." in page
    assert page.index("Application → Memorandum") < page.index("Participation opened")


def test_ten_events_at_first_and_all_on_request(client, make_participation, manager, perform):
    participation = make_participation("assessment", route=ROUTE)
    for name in ["hold", "resume"] * 4:
        participation = Participation.objects.get(pk=participation.pk)
        perform(participation, name, by=manager)

    first = read(client, manager, participation.get_absolute_url())
    everything = client.get(participation.get_absolute_url(), {"all": "1"})

    assert "Participation opened" not in text(first)
    assert "Show 1 older" in text(first)
    assert "Participation opened" in text(everything)
    assert len(first.context["items"]) == 10
    assert len(everything.context["items"]) == 11


@pytest.mark.parametrize(("show", "seen"), [("people", False), ("transitions", True), ("x", True)])
def test_the_timeline_can_be_narrowed(client, make_participation, manager, show, seen):
    participation = make_participation("memorandum", route=ROUTE)

    client.force_login(manager)
    page = text(client.get(participation.get_absolute_url(), {"show": show}))

    assert ("Application → Memorandum" in page) == seen


def test_people_with_their_contact_and_vacancies_in_words(
    client, make_participation, manager, coordinator
):
    participation = make_participation("assessment")

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "Coordinator coordinator, coordinator of the office" in page
    assert coordinator.email in page
    assert "Evaluator Nobody holds" not in page


def test_nobody_is_coordinator_is_said(client, make_participation, manager):
    participation = make_participation("assessment")

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "Coordinator Nobody holds this role now." in page


def test_a_donor_sees_roles_and_no_names(client, make_participation, observer, coordinator):
    participation = make_participation("assessment")

    page = text(read(client, observer, participation.get_absolute_url()))

    assert coordinator.email not in page
    assert "of the office" not in page
    assert "Coordinator 1 person" in page


def test_a_joint_application_names_its_members(
    client, make_track, municipality, neighbour, manager
):
    [first, _second] = apply_on_paper(make_track(), [municipality, neighbour], by=manager)

    page = text(read(client, manager, first.get_absolute_url()))

    assert "joint application, lead Kikinda" in page
    assert "Kikinda (lead) Application" in page
    assert "Kanjiža Application" in page


def test_other_apps_bring_panels(client, make_participation, manager, monkeypatch):
    monkeypatch.setattr("workflow.panels.PANELS", dict(PANELS))
    participation = make_participation()
    told = {"sentence": "Brought from elsewhere."}
    register(Panel("sample", "workflow/refused.html", lambda request, participation: told))
    register(Panel("silent", "workflow/no_such.html", lambda request, participation: None))

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "Brought from elsewhere." in page


def test_one_banner_at_most(client, make_participation, manager):
    participation = make_participation("assessment")
    url = participation.get_absolute_url()

    first = read(client, manager, url).content.decode()

    assert first.count('class="banner') == 1


def test_for_a_stranger_nothing_is_there(client, make_participation, stranger, neighbour, person):
    participation = make_participation()
    from_next_door = person("coordinator", over=neighbour)

    there = read(client, stranger, participation.get_absolute_url())
    nowhere = client.get("/participations/no-such-thing/")
    next_door = read(client, from_next_door, participation.get_absolute_url())

    assert there.status_code == nowhere.status_code == next_door.status_code == 404


def test_a_long_history_costs_no_more_queries(client, make_participation, manager, perform):
    participation = make_participation("assessment")
    client.force_login(manager)
    url = participation.get_absolute_url() + "?all=1"
    client.get(url)

    with CaptureQueriesContext(connection) as at_first:
        client.get(url)
    for name in ["hold", "resume"] * 5:
        perform(Participation.objects.get(pk=participation.pk), name, by=manager)
    with CaptureQueriesContext(connection) as later:
        client.get(url)

    assert len(later) == len(at_first) < 30


def test_a_route_that_begins_later_counts_from_its_own_first_stage(
    client, make_track, municipality, manager
):
    track = make_track(route=["assessment", "strategy_adopted"])
    participation = open_in(track, municipality, by=manager)

    response = read(client, manager, participation.get_absolute_url())

    assert title(response) == "Kikinda: stage 1 of 2, Assessment – Koraci"
