"""Programmes and tracks: who sees which, their facts as stated, route, steps and conditions."""

import pytest
from django.urls import reverse

from tests.applying import open_call
from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import read, text, title
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import PROGRAMME, ROUTE, procedure_text, step
from workflow import services

LIST = "/programmes/"
PAGE = "/programmes/test_programme/"
DIRECT = ROUTE[2:]
STATED = (
    PROGRAMME
    + """
amount_stated: {sr: Око 5 милиона, en: About 5 million}
objective: {sr: План, en: "A plan in every place."}
partners:
- {name: {sr: Влада, en: Government of Norway}, role: donor, amount: "3500000", currency: NOK,
   about: true}
- {name: {sr: Министарство, en: The ministry}, role: implementer}
to_be_confirmed:
- {sr: Крај., en: The end date.}
"""
)
ASSESSMENT = {
    "assessment": [
        step("body_founded", evidence="act", demands={"body": {"sr": "Председник", "en": "Mayor"}}),
        step(
            "draft", after=["body_founded"],
            deadline={"rule": "relative", "to": "stage", "days": 9},
            legal_basis={"sr": "Закон", "en": "The law."}, second_person=True, required=False,
            when={"kind": ["city"]}, to_be_confirmed={"sr": "Рок.", "en": "The deadline."},
        ),
    ]
}  # fmt: skip


@pytest.fixture
def track(make_track):
    """A track without a call, with twenty places."""
    return make_track(route=DIRECT, places=20, stages=ASSESSMENT, second_person=["adopt_strategy"])


def url_of(track) -> str:
    return reverse("workflow:track", args=[track.programme.key, track.key])


def test_the_facts_stand_as_they_were_stated(client, track, manager):
    services.load_programme(STATED)

    page = text(read(client, manager, PAGE))

    assert title(read(client, manager, PAGE)) == "Trial – Koraci"
    assert "Government of Norway: about NOK 3,500,000" in page
    assert "Implemented by The ministry" in page
    assert "Amount, as stated About 5 million" in page
    assert "Period, as stated 2026-2028" in page
    assert "A plan in every place." in page
    assert "To be confirmed No document that is known states this yet. The end date." in page


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"places": 20}, "1 of 20 places taken"),
        ({"places": None}, "1 place taken; their number is not limited"),
    ],
)
def test_a_track_says_how_many_places_are_taken(
    client, make_track, municipality, manager, rules, words
):
    track = make_track(route=DIRECT, **rules)
    open_in(track, municipality, by=manager)

    page = read(client, manager, PAGE)

    assert words in text(page)
    assert f'href="{url_of(track)}"' in page.content.decode()
    assert words in text(read(client, manager, url_of(track)))


def test_the_figures_are_those_of_the_log(client, track, municipality, manager):
    open_in(track, municipality, by=manager)

    for where in (PAGE, url_of(track)):
        page = read(client, manager, where)

        assert "Counted from the log of 1 participation" in text(page)
        assert "How far they came" in text(page)


def test_the_route_is_drawn_and_told_as_a_list(client, track, municipality, manager):
    open_in(track, municipality, by=manager)

    page = read(client, manager, url_of(track)).content.decode()

    drawn = page.split("<svg", 1)[1].split("</svg>", 1)[0]
    assert drawn.count("<circle") == len(DIRECT)
    assert drawn.count("<polygon") == len(DIRECT) - 1
    assert (
        f'<a href="{url_of(track)}?show=steps#assessment">Assessment</a>: 2 steps, 1 there' in page
    )


def test_each_step_says_in_plain_words_what_is_asked(client, track, manager):
    page = text(read(client, manager, f"{url_of(track)}?show=steps"))

    assert "1.1 Body founded" in page
    assert "Who owes it Coordinator" in page
    assert "(Mayor)" in page
    assert "1.2 Draft not required to be confirmed" in page
    assert "By when 9 days, counted from the day the stage is entered" in page
    assert "What must come first Body founded" in page
    assert "Only for City" in page
    assert "Legal basis The law." in page
    assert "Second person has to agree" in page
    assert "To be confirmed The deadline." in page


def test_the_conditions_of_the_way_on_are_those_of_the_lifecycle(client, track, manager):
    page = text(read(client, manager, f"{url_of(track)}?show=steps"))

    assert "The way on: Record the adopted strategy" in page
    assert "This is decided by: Programme manager. A second person agrees." in page
    assert "Every required step of this stage is settled." in page
    assert "The participation is not on hold." in page
    assert "The route of the procedure is finished." in page  # out of the last stage


def test_a_way_that_the_lifecycle_does_not_know_is_said_and_breaks_nothing(
    client, make_track, manager
):
    track = make_track(route=["memorandum", "strategy_adopted"])

    page = text(read(client, manager, f"{url_of(track)}?show=steps"))

    assert "From here no transition leads to the next stage of this route." in page


def test_an_older_version_can_be_read_too(client, track, manager):
    services.load_procedure(procedure_text(number=1, route=DIRECT, places=20))

    newest = text(read(client, manager, f"{url_of(track)}?show=steps"))
    first = text(read(client, manager, f"{url_of(track)}?show=steps&version=1"))

    assert "Talk in assessment" in newest
    assert "Body founded" in first


@pytest.mark.parametrize("version", ["7", "x", "-1", "9" * 40])
def test_a_version_that_is_none_is_not_there(client, track, manager, version):
    assert read(client, manager, f"{url_of(track)}?version={version}").status_code == 404


def test_the_municipalities_stand_with_their_stage(client, track, municipality, manager):
    case = open_in(track, municipality, by=manager)

    for where in (PAGE, url_of(track)):
        page = read(client, manager, f"{where}?show=municipalities")

        assert f'href="{case.get_absolute_url()}"' in page.content.decode()
        assert "Assessment 2 March 2026" in text(page)


def test_an_empty_programme_says_what_to_do_next(client, track, manager):
    page = read(client, manager, PAGE)

    assert "No municipalities yet Import a list, or take in the first one." in text(page)
    assert f'href="{url_of(track)}import/"' in page.content.decode()
    assert f'href="{reverse("workflow:open_participation")}"' in page.content.decode()


def test_where_every_track_has_a_call_it_says_that(client, make_track, manager):
    make_track()

    page = read(client, manager, PAGE)

    assert "Municipalities come in by an application to a call." in text(page)
    assert f'href="{reverse("workflow:call_publish")}"' in page.content.decode()


def test_a_programme_without_a_track_opens_too(client, programme, manager):
    assert "This programme has no track yet." in text(read(client, manager, PAGE))


@pytest.mark.parametrize(
    "role", ["manager", "evaluator", "auditor", "observer", "coordinator", "signatory"]
)
def test_everybody_who_belongs_there_finds_it(client, track, municipality, manager, request, role):
    open_in(track, municipality, by=manager)
    reader = request.getfixturevalue(role)

    assert f'href="{PAGE}"' in read(client, reader, LIST).content.decode()
    assert read(client, reader, PAGE).status_code == 200
    assert read(client, reader, url_of(track)).status_code == 200


def test_a_mentor_finds_the_programme_of_the_own_municipality(
    client, track, municipality, manager, person
):
    mentor = person("mentor", over=open_in(track, municipality, by=manager))

    assert read(client, mentor, url_of(track)).status_code == 200


def test_a_municipality_sees_its_own_track_and_its_own_line(
    client, track, make_track, municipality, neighbour, manager, coordinator
):
    open_in(track, municipality, by=manager)
    others = make_track(route=DIRECT)
    open_in(others, neighbour, by=manager)

    page = read(client, coordinator, f"{PAGE}?show=municipalities")

    assert "Kikinda" in text(page)
    assert "Kanjiža" not in text(page)
    assert url_of(others) not in read(client, coordinator, PAGE).content.decode()
    assert read(client, coordinator, url_of(others)).status_code == 404


def test_who_may_apply_reads_what_awaits_it(client, make_track, manager, coordinator):
    call = open_call(make_track(), by=manager)

    page = read(client, coordinator, url_of(call.track))

    assert "By an application to a call." in text(page)
    assert f'href="{call.get_absolute_url()}"' in page.content.decode()


def test_a_stranger_finds_nothing(client, track, stranger):
    stranger.language = "en"
    stranger.save()

    assert "No programme to show" in text(read(client, stranger, LIST))
    for where in (PAGE, url_of(track), f"{url_of(track)}procedure/1/"):
        assert client.get(where).status_code == 404


def test_an_observer_reads_no_names_of_people(client, track, municipality, manager, observer):
    open_in(track, municipality, by=manager)

    for where in (PAGE, f"{PAGE}?show=municipalities", f"{url_of(track)}?show=steps"):
        page = text(read(client, observer, where))
        assert manager.name not in page.replace("Programme manager", "")
        assert "Set-up" not in page


def test_the_main_navigation_leads_there(client, track, request):
    for role in ("observer", "coordinator"):
        reader = request.getfixturevalue(role)
        assert f'<a href="{LIST}"' in read(client, reader, LIST).content.decode()


def test_the_manager_finds_the_way_from_the_board(client, manager, track):
    assert f'href="{PAGE}"' in read(client, manager, "/board/").content.decode()


@pytest.mark.parametrize("show", ["", "?show=municipalities"])
def test_the_pages_cost_the_same_for_one_and_for_many(track, manager, municipality, show):
    client = signed_in(manager)
    open_in(track, municipality, by=manager)
    few = [queries_of(client, where + show) for where in (LIST, PAGE, url_of(track))]
    for number in range(20):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        if number < 19:
            open_in(track, unit, by=manager)

    many = [queries_of(client, where + show) for where in (LIST, PAGE, url_of(track))]

    assert many == few
    assert max(many) <= 15
