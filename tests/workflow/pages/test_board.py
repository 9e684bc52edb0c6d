"""The board: one programme at a glance, read from what the doors keep with each participation."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.applying import apply_on_paper
from tests.conftest import LONG_AGO, make_municipality, open_in
from tests.stepping import hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.world import PROGRAMME, ROUTE, procedure_text, step
from web.script.dates import long_date
from workflow import services
from workflow.models import Participation, Track

BOARD = "/board/"
IN_A_DAY = {"rule": "fixed", "on": str(timezone.localdate() + timedelta(days=1))}
LONG_PAST = {"rule": "relative", "to": "stage", "days": 5}
STAGES = {
    "assessment": [step("sign", deadline=LONG_PAST, accepted_by="")],
    "strategy_adopted": [step("publish", deadline=IN_A_DAY)],
}


@pytest.fixture
def track(make_track):
    return make_track(route=ROUTE[2:], stages=STAGES, places=None)


@pytest.fixture
def kikinda(track, municipality, manager) -> Participation:
    return open_in(track, municipality, by=manager)


@pytest.fixture
def kanjiza(track, neighbour, manager) -> Participation:
    return open_in(track, neighbour, by=manager)


def tiles(page) -> dict[str, int]:
    return {tile.label: int(tile.number) for tile in page.context["board"].tiles}


def column(page, stage: str):
    return next(one for one in page.context["board"].columns if one.stage == stage)


def names(page, stage: str) -> list[str]:
    return [card.participation.municipality.name_latin for card in column(page, stage).cards]


def test_the_manager_begins_here(client, manager, kikinda):
    client.force_login(manager)

    assert client.get("/").headers["Location"] == BOARD


def test_each_participation_stands_in_the_column_of_its_stage(client, manager, kikinda, kanjiza):
    page = read(client, manager, BOARD)

    assert names(page, "assessment") == ["Kikinda", "Kanjiža"]
    assert column(page, "memorandum").cards == []
    assert kikinda.get_absolute_url() in page.content.decode()


def test_the_tiles_count_and_lead_to_the_same_participations(
    client, manager, coordinator, kikinda, kanjiza
):
    hand_in(the_step(kikinda, "sign"), by=coordinator)

    page = read(client, manager, BOARD)

    assert tiles(page) == {
        "taking part": 2, "due in 7 days": 0, "overdue": 1, "ready to advance": 1,
    }  # fmt: skip
    for tile in page.context["board"].tiles:
        listed = read(client, manager, f"/participations/{tile.address}")
        assert listed.context["list"].page.paginator.count == int(tile.number), tile.label


def test_what_is_ready_stands_first_and_says_so(client, manager, coordinator, kikinda, kanjiza):
    hand_in(the_step(kikinda, "sign"), by=coordinator)

    page = read(client, manager, BOARD)

    assert names(page, "assessment") == ["Kikinda", "Kanjiža"]
    first, second = column(page, "assessment").cards
    assert (first.colour, second.colour) == ("", "late")
    assert "ready to advance" in text(page)


def test_what_is_due_within_a_week_is_listed_with_its_day(
    client, manager, coordinator, kikinda, perform
):
    hand_in(the_step(kikinda, "sign"), by=coordinator)
    perform(Participation.objects.get(pk=kikinda.pk), "adopt_strategy", by=manager)

    page = read(client, manager, BOARD)

    assert [card.participation.pk for card in page.context["board"].soon] == [kikinda.pk]
    assert long_date(the_step(kikinda, "publish").due_at - timedelta(hours=1)) in text(page)


def test_on_hold_nothing_is_late(client, manager, kikinda, perform):
    perform(kikinda, "hold", by=manager)

    page = read(client, manager, BOARD)

    assert tiles(page)["overdue"] == 0
    assert "on hold" in text(page)


def test_members_of_a_joint_application_name_their_lead(
    client, manager, make_track, municipality, neighbour
):
    apply_on_paper(make_track(joint=True), [municipality, neighbour], by=manager)

    page = read(client, manager, BOARD)

    assert text(page).count("joint application, lead: Kikinda") == 2


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("?q=kikinda", ["Kikinda"]),
        ("?q=КИКИНДА", ["Kikinda"]),
        ("?area=Severnobanatski", ["Kanjiža"]),
        ("?due=late", ["Kikinda", "Kanjiža"]),
        ("?ready=1", []),
        ("?mentor=999999999999999999999", []),
        ("?stage=nonsense&due=nonsense&mentor=x", ["Kikinda", "Kanjiža"]),
    ],
)
def test_filters_stand_in_the_address(client, manager, kikinda, kanjiza, asked, left):
    kanjiza.municipality.area_latin = "Severnobanatski"
    kanjiza.municipality.save()

    assert names(read(client, manager, BOARD + asked), "assessment") == left


def test_the_mentors_municipalities_alone(client, manager, person, kikinda, kanjiza):
    mentor = person("mentor", over=kanjiza)

    page = read(client, manager, f"{BOARD}?mentor={mentor.pk}")

    assert names(page, "assessment") == ["Kanjiža"]
    assert [chip["name"] for chip in page.context["board"].chips] == ["mentor"]


def test_an_observer_reads_no_names_and_cannot_ask_for_them(
    client, observer, person, kikinda, kanjiza
):
    mentor = person("mentor", over=kanjiza)

    page = read(client, observer, f"{BOARD}?mentor={mentor.pk}")

    assert "mentor" not in page.context["board"].choices
    assert names(page, "assessment") == ["Kikinda", "Kanjiža"]


def test_a_chip_takes_its_filter_away_and_keeps_the_others(client, manager, kikinda):
    page = read(client, manager, f"{BOARD}?q=kik&due=late")

    without = {chip["name"]: chip["without"] for chip in page.context["board"].chips}
    assert "due=late" in without["q"]
    assert "q=" not in without["q"]
    assert "q=kik" in without["due"]


def test_a_column_shows_the_first_dozen_and_where_the_others_are(client, manager, track):
    for number in range(15):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=manager)

    page = read(client, manager, BOARD)

    here = column(page, "assessment")
    assert (here.count, len(here.cards), here.is_cut) == (15, 12, True)
    assert "All in this stage (15)" in text(page)


def test_nobody_counts_beyond_a_thousand(client, manager, kikinda, kanjiza, monkeypatch):
    monkeypatch.setattr("workflow.pages.board.COUNTED", 1)

    page = read(client, manager, BOARD)

    assert column(page, "assessment").told == "1+"
    assert [tile.number for tile in page.context["board"].tiles] == ["1+", "0", "1+", "0"]


def test_what_can_move_today_is_listed_below(client, manager, coordinator, kikinda, kanjiza):
    hand_in(the_step(kikinda, "sign"), by=coordinator)

    board = read(client, manager, BOARD).context["board"]

    assert [card.participation.pk for card in board.ready] == [kikinda.pk]


def test_due_soon_says_today_this_week_and_later(client, manager, make_track):
    today = timezone.localdate()
    sunday = today + timedelta(days=6 - today.weekday())
    days = {"today": today, "sunday": sunday, "monday": sunday + timedelta(days=1)}
    for name, day in days.items():
        rule = {"rule": "fixed", "on": str(day)}
        track = make_track(route=ROUTE[2:], stages={"assessment": [step(name, deadline=rule)]})
        open_in(track, make_municipality(f"9{name}", name, name), by=manager)

    parts = dict(read(client, manager, BOARD).context["board"].soon_by_week)

    told = {
        label: sorted(card.participation.municipality.name_latin for card in cards)
        for label, cards in parts.items()
    }
    later = {"After this week": ["monday"]}
    if sunday == today:
        assert told == {"Today": ["sunday", "today"]} | later
    else:
        assert told == {"Today": ["today"], "This week": ["sunday"]} | later


def test_one_stage_alone_shows_more_of_its_cards(client, manager, track):
    for number in range(15):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=manager)

    [alone] = read(client, manager, f"{BOARD}?stage=assessment").context["board"].columns

    assert len(alone.cards) == 15
    assert not alone.is_cut


def test_a_card_names_the_mentor_for_those_who_may_read_names(
    client, manager, observer, person, kikinda
):
    person("mentor", over=kikinda)

    assert "mentor: mentor" in text(read(client, manager, BOARD))
    assert "mentor: mentor" not in text(read(client, observer, BOARD))


def test_the_address_after_a_change_has_no_empty_filters(client, manager, kikinda):
    client.force_login(manager)

    asked = f"{BOARD}?programme=test_programme&track=&q=kik&mine="
    response = client.get(asked, headers={"HX-Request": "true"})

    assert response.headers["HX-Push-Url"] == f"{BOARD}?q=kik&programme=test_programme"


def test_whoever_reads_a_programme_sees_it_others_are_told_where_to_look(
    client, auditor, coordinator, kikinda
):
    assert "Kikinda" in text(read(client, auditor, BOARD))
    page = text(read(client, coordinator, BOARD))
    assert "Kikinda" not in page
    assert "Your participations are in the list." in page


def test_another_programme_is_not_shown_by_its_key(client, person, kikinda):
    other = services.load_programme(PROGRAMME.replace("test_programme", "other"))
    services.load_procedure(procedure_text(number=9, programme="other"))
    stranger = person("programme_manager", over=other)

    page = read(client, stranger, f"{BOARD}?programme={kikinda.programme.key}")

    assert "Kikinda" not in text(page)


def test_the_board_begins_with_a_programme_in_which_somebody_takes_part(
    client, system, programme, manager, make_track, municipality
):
    for key, number in [("later", 8), ("empty", 9)]:
        other = services.load_programme(PROGRAMME.replace("test_programme", key))
        services.load_procedure(procedure_text(number=number, programme=key, route=ROUTE[2:]))
        services.give_mandate(
            manager, "programme_manager", over=other, by=system, function="", starts_on=LONG_AGO
        )
    make_track()
    open_in(Track.objects.get(programme__key="later"), municipality, by=manager)

    board = read(client, manager, BOARD).context["board"]

    assert board.programme.key == "later"
    assert [key for key, _name in board.choices["programme"]].count("empty") == 1


def test_the_queries_do_not_grow_and_are_fifteen_at_most(client, manager, track):
    def queries(count: int) -> int:
        for _ in range(count):
            number = Participation.objects.count()
            unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
            open_in(track, unit, by=manager)
        client.force_login(manager)
        client.get(BOARD)
        with CaptureQueriesContext(connection) as asked:
            client.get(BOARD)
        return len(asked)

    few = queries(1)

    assert queries(30) == few <= 15


def test_of_many_tracks_the_first_are_offered_and_the_chosen_one(
    client, manager, make_track, kikinda, monkeypatch
):
    monkeypatch.setattr("workflow.pages.board.TRACKS_AT_MOST", 2)
    others = [make_track(route=ROUTE[2:]) for _ in range(3)]
    first = kikinda.track

    page = read(client, manager, BOARD)
    narrowed = read(client, manager, f"{BOARD}?track={others[-1].key}")

    assert offered(page) == [first.key, others[0].key]
    assert "The first 2 tracks are offered; the search finds the others." in text(page)
    assert offered(narrowed) == [others[-1].key, first.key]
    assert narrowed.context["board"].track == others[-1]


def test_of_few_tracks_every_one_is_offered(client, manager, make_track, kikinda):
    other = make_track(route=ROUTE[2:])

    page = read(client, manager, BOARD)

    assert offered(page) == [kikinda.track.key, other.key]
    assert "are offered" not in text(page)


def offered(page) -> list[str]:
    return [key for key, _words in page.context["board"].choices["track"]]
