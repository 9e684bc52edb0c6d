"""The search: one field over everything that a person may see, in any script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.applying import apply_on_paper, open_call
from tests.conftest import make_municipality, open_in
from tests.stepping import hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.world import PROGRAMME, procedure_text, step
from workflow import services
from workflow.models import Application, Call, Participation

SEARCH = "/search/"
ACT = {"body": {"sr": "Скупштина", "en": "Assembly"}}
STAGES = {
    "assessment": [
        step("inspection", title={"sr": "Јавни увид", "en": "Public inspection"}),
        step("decision", title={"sr": "Одлука Скупштине", "en": "Decision"},
             evidence="act", demands=ACT),
    ]
}  # fmt: skip
NUMBER = "06-1/2008-Д"


@pytest.fixture
def track(make_track):
    return make_track(route=["assessment", "strategy_adopted"], stages=STAGES, places=None)


@pytest.fixture
def kikinda(track, municipality, manager) -> Participation:
    return open_in(track, municipality, by=manager)


@pytest.fixture
def kanjiza(track, neighbour, manager) -> Participation:
    return open_in(track, neighbour, by=manager)


@pytest.fixture
def with_act(kikinda, coordinator) -> Participation:
    told = {"body": "Скупштина општине", "number": NUMBER, "dated_on": "2.3.2026"}
    hand_in(the_step(kikinda, "decision"), by=coordinator, **told)
    return kikinda


@pytest.fixture
def call(manager) -> Call:
    fifth = services.load_procedure(procedure_text(number=5)).track
    found = open_call(fifth, by=manager)
    Call.objects.filter(pk=found.pk).update(stated_reference="Јавни позив 17/1")
    return Call.objects.get(pk=found.pk)


@pytest.fixture
def draft(call, municipality, coordinator) -> Application:
    return services.open_application(call, municipality, by=coordinator)


def found(client, who, words: str, **more) -> dict[str, list[str]]:
    """The lines of each group, by its name."""
    client.force_login(who)
    page = client.get(SEARCH, {"q": words} | more)
    return {
        group.name: [f"{hit.words} · {hit.hint}" for hit in group.hits]
        for group in page.context["search"].groups
    }


@pytest.mark.parametrize("words", ["kanjiza", "Кањижа", "KANJ", "kanjiža"])
def test_a_municipality_is_found_in_any_script(client, manager, kikinda, kanjiza, words):
    groups = found(client, manager, words)

    assert groups["municipalities"] == ["Kanjiža · 1 participation"]
    [line] = groups["participations"]
    assert line.startswith(f"Kanjiža · {kanjiza.reference}")


@pytest.mark.parametrize("words", ["T1-00", "t1-002", "т1-002"])
def test_a_participation_by_the_beginning_of_its_reference(
    client, manager, kikinda, kanjiza, words
):
    lines = found(client, manager, words)["participations"]

    assert any(kanjiza.reference in line for line in lines)
    assert any(kikinda.reference in line for line in lines) == (words == "T1-00")


@pytest.mark.parametrize("words", [NUMBER, "06-1", "06-1/2008-d", "Kikinda 06-1", "06 - 1 / 2008"])
def test_an_act_by_its_number(client, manager, with_act, kanjiza, words):
    [line] = found(client, manager, words)["acts"]

    assert line.startswith(f"{NUMBER} · Skupština opštine · Decision · Kikinda")


def test_an_act_of_another_municipality_is_not_found_beside_a_name(
    client, manager, with_act, kanjiza
):
    assert "acts" not in found(client, manager, "Kanjiža 06-1")


def test_the_act_that_appointed_a_planning_body(client, manager, coordinator, kikinda):
    services.found_body(
        kikinda.municipality, by=coordinator, name="Board", act_body="President",
        act_number="020-15/2026",
    )  # fmt: skip

    assert found(client, manager, "020-15")["acts"] == ["020-15/2026 · Board · Kikinda"]


@pytest.mark.parametrize("words", ["T5-A001", "t5-a", "т5-а001", "Kikinda T5-A001"])
def test_an_application_by_its_reference(client, coordinator, draft, words):
    [line] = found(client, coordinator, words)["applications"]

    assert line.startswith(f"{draft.reference} · Kikinda · ")
    assert line.endswith(" · draft")


def test_an_application_is_not_found_beside_the_name_of_another(client, coordinator, draft):
    make_municipality("80195", "Kanjiža", "Кањижа")

    assert "applications" not in found(client, coordinator, "Kanjiža T5-A001")


def test_an_application_by_a_municipality_that_joins_it(client, coordinator, draft, neighbour):
    services.add_member(draft, neighbour, by=coordinator)

    assert found(client, coordinator, "Kanjiža T5-A001")["applications"]


def test_a_draft_is_found_by_its_municipality_alone(client, manager, person, draft, neighbour):
    other = person("coordinator", over=neighbour)

    for who in (manager, other):
        assert "applications" not in found(client, who, "T5-A001")


@pytest.mark.parametrize("words", ["T5-call-1", "т5-call", "17/1", "javni poziv 17", "ЈАВНИ"])
def test_a_call_by_its_reference_given_or_printed(client, manager, call, words):
    [line] = found(client, manager, words)["calls"]

    assert line.startswith("Javni poziv 17/1 · T5-call-1 · Track · ")


def test_a_call_is_not_found_in_the_middle_of_a_word(client, manager, call):
    assert "calls" not in found(client, manager, "7/1")


def test_a_call_that_is_over_is_found_by_its_programme_alone(client, manager, coordinator, call):
    assert "calls" in found(client, coordinator, "T5-call")

    Call.objects.update(due_at=call.opens_on.strftime("%Y-%m-%dT12:00:00Z"))

    assert "calls" not in found(client, coordinator, "T5-call")
    assert "calls" in found(client, manager, "T5-call")


@pytest.mark.parametrize("words", ["inspection", "увид", "javni uvid", "public insp"])
def test_a_step_by_its_title_in_any_language(client, manager, kikinda, kanjiza, words):
    lines = found(client, manager, words)["steps"]

    assert [line.split(" · ")[:2] for line in lines] == [
        ["Public inspection", "Kikinda"],
        ["Public inspection", "Kanjiža"],
    ]


def test_a_step_of_one_municipality(client, manager, kikinda, kanjiza):
    [line] = found(client, manager, "uvid kanjiža")["steps"]

    assert line.startswith("Public inspection · Kanjiža")


@pytest.mark.parametrize("words", ["trial", "T1", "проба"])
def test_a_track_by_its_name_its_code_or_its_programme(client, manager, kikinda, words):
    assert found(client, manager, words)["tracks"]


@pytest.mark.parametrize("words", ["coordinator Kikinda", "koordinatorka kikinda", "Кикинда коорд"])
def test_people_by_role_and_municipality(client, manager, coordinator, kikinda, kanjiza, words):
    assert found(client, manager, words)["people"] == ["coordinator · Coordinator · Kikinda"]


def test_people_by_name_as_it_is_now(client, manager, signatory, kikinda):
    signatory.name = "Потписник Први"
    signatory.save(update_fields=["name"])

    [line] = found(client, manager, "prvi")["people"]

    assert line == "Потписник Први · Signatory · Kikinda"


def test_a_mandate_that_ended_is_not_found(client, manager, person, signatory, kikinda):
    administrator = person("administrator", over=kikinda.municipality)
    services.end_mandate(signatory.mandates.get(), by=administrator)

    assert "people" not in found(client, manager, "signatory kikinda")


def test_an_observer_finds_no_people(client, observer, coordinator, kikinda):
    groups = found(client, observer, "kikinda")

    assert "participations" in groups
    assert "people" not in groups


def test_a_municipality_finds_its_own_and_those_who_work_with_it(
    client, coordinator, manager, person, kikinda, kanjiza
):
    person("coordinator", over=kanjiza.municipality)

    assert found(client, coordinator, "kanjiža") == {}
    assert found(client, coordinator, "manager")["people"] == [
        "programme_manager · Programme manager · Trial"
    ]
    assert len(found(client, coordinator, "inspection")["steps"]) == 1


def test_another_programme_stays_unknown(client, person, with_act, coordinator, draft):
    other = services.load_programme(PROGRAMME.replace("test_programme", "other"))
    services.load_procedure(procedure_text(number=9, programme="other"))
    stranger = person("programme_manager", over=other)

    for words in ("kikinda", "T1-001", "06-1", "inspection", "coordinator", "T5-"):
        assert found(client, stranger, words) == {}, words


def test_five_of_a_group_and_a_page_of_its_own_for_the_others(client, manager, track):
    for number in range(7):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=manager)

    page = read(client, manager, f"{SEARCH}?q=place")

    assert "Show all (7)" in text(page)
    assert len(found(client, manager, "place")["municipalities"]) == 5
    alone = found(client, manager, "place", **{"in": "municipalities"})
    assert {name: len(lines) for name, lines in alone.items()} == {"municipalities": 7}


def test_more_than_fifty_are_not_counted(client, manager, track, monkeypatch):
    monkeypatch.setattr("workflow.pages.search.groups.AT_MOST", 3)
    monkeypatch.setattr("workflow.pages.search.page.AT_MOST", 3)
    for number in range(5):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=manager)

    page = read(client, manager, f"{SEARCH}?q=inspection")

    assert "More than 3 results." in text(page)
    assert "3+" in text(page)


@pytest.mark.parametrize(
    "words", ["", " ", "a", "\x00", "k" * 900, "%", "_", "\\", "' OR 1=1", "🙂"]
)
def test_odd_words_find_nothing_and_break_nothing(client, manager, kikinda, words):
    client.force_login(manager)

    assert client.get(SEARCH, {"q": words}).status_code == 200
    assert found(client, manager, words) == {}


def test_nothing_found_says_what_to_do(client, manager, kikinda):
    assert "write only the beginning of a word" in text(read(client, manager, f"{SEARCH}?q=xyz"))


def test_a_stranger_finds_nothing(client, stranger, with_act, draft):
    for words in ("kikinda", "T1-001", "06-1", "inspection", "coordinator", "trial", "T5-"):
        assert found(client, stranger, words) == {}


def test_while_one_types_only_the_results_are_sent(client, manager, kikinda):
    client.force_login(manager)

    response = client.get(SEARCH, {"q": "kikinda"}, headers={"HX-Request": "true"})

    assert "<html" not in response.content.decode()
    assert kikinda.get_absolute_url() in response.content.decode()
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("who", ["manager", "coordinator", "auditor"])
def test_the_queries_do_not_grow_and_are_fifteen_at_most(
    client, request, who, track, with_act, signatory, manager, draft
):
    def queries() -> int:
        client.get(SEARCH, {"q": "kikinda"})
        asked = []
        for words in ("kikinda", "place", "inspection", "06", "coordinator kikinda", "T1", "t5"):
            with CaptureQueriesContext(connection) as told:
                client.get(SEARCH, {"q": words})
            asked.append(len(told))
        return max(asked)

    client.force_login(request.getfixturevalue(who))
    few = queries()
    for number in range(20):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=manager)

    assert queries() <= max(few, 15) == 15


def test_one_word_that_leads_to_everything_asks_fifteen_queries_at_most(
    client, programme, municipality, coordinator, manager
):
    title = {"sr": "Кикинда", "en": "Kikinda"}
    steps = [step("talk", title=title), step("decision", evidence="act", demands=ACT)]
    rules = procedure_text(stages={"application": steps})
    text = rules.replace("Компонента", "Кикинда").replace("code: T1", "code: KIKINDA")
    manager.name = "Kikinda"
    manager.save(update_fields=["name"])
    apply_on_paper(services.load_procedure(text).track, [municipality], by=manager)
    told = {"body": "Скупштина", "number": "Kikinda-1", "dated_on": "2.3.2026"}
    hand_in(the_step(Participation.objects.get(), "decision"), by=coordinator, **told)
    groups = found(client, manager, "kikinda")

    with CaptureQueriesContext(connection) as told:
        client.get(SEARCH, {"q": "kikinda"})

    assert {*groups} == {
        "municipalities", "participations", "steps", "applications", "calls", "acts", "people",
        "tracks",
    }  # fmt: skip
    assert len(told) <= 15
