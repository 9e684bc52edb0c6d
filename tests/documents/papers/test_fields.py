"""What papers may say of a participation: exactly what the list beside the form says, as text."""

import pytest
from django.utils import translation

from documents.papers.fields.filled import fields_of
from documents.papers.fields.listed import FIELDS
from tests.clock import set_to
from tests.conftest import make_municipality
from tests.stepping import ACT, settle
from tests.world import step

LANGUAGES = ["sr", "sr-latn", "bs", "en"]


def names_in(value, prefix=""):
    """Every dotted name in the fields of a paper; a list counts for what its rows have."""
    if isinstance(value, list):
        return {name for row in value for name in names_in(row, prefix)}
    if isinstance(value, dict):
        own = {f"{prefix}{key}" for key in value}
        return own.union(*(names_in(inner, f"{prefix}{key}.") for key, inner in value.items()))
    return set()


def leaves(value):
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [leaf for one in inner for leaf in leaves(one)]
    return [value]


def test_the_fields_are_those_that_the_list_names(case):
    listed = [field.name for field in FIELDS]

    assert names_in(fields_of(case, language="sr")) == set(listed)
    assert len(listed) == len(set(listed))


def test_every_list_is_marked_as_one(case):
    fields = fields_of(case, language="sr")
    lists = {name for name, value in fields.items() if isinstance(value, list)}
    lists |= {"body.members", "transition.conditions"}

    assert {field.name for field in FIELDS if field.repeats} == lists


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_field_is_plain_text(case, language):
    assert {type(leaf) for leaf in leaves(fields_of(case, language=language))} == {str}


def test_a_paper_is_in_its_own_language_and_script_whoever_asks(case):
    with translation.override("en"):
        told = {language: fields_of(case, language=language) for language in LANGUAGES}

    assert [told[one]["municipality"] for one in LANGUAGES] == ["Чачак", "Čačak", "Čačak", "Čačak"]
    assert told["sr"]["next_steps"][0]["title"].startswith("Јавни увид у нацрт")
    assert told["sr-latn"]["next_steps"][0]["title"].startswith("Javni uvid u nacrt: ljubav")
    assert told["en"]["next_steps"][0]["title"] == "Inspection"
    assert told["sr"]["body"]["act_body"] == "Градоначелник града Чачка"
    assert told["sr-latn"]["body"]["name"] == "Koordinacioni odbor za socijalnu politiku"


def test_dates_are_in_the_genitive(case):
    told = {language: fields_of(case, language=language) for language in LANGUAGES}

    assert [told[language]["next_steps"][0]["due"] for language in LANGUAGES] == [
        "21. јануара 2027.",
        "21. januara 2027.",
        "21. januara 2027.",
        "21 January 2027",
    ]


def test_moments_are_by_the_clock_of_belgrade(make_participation, signatory):
    with set_to(2026, 7, 1, hour=22):
        case = make_participation("memorandum")
        told = fields_of(case, language="sr-latn")

    assert told["today"] == "2. jula 2026."
    assert told["transition"]["recorded_at"] == "2. jula 2026. u 0:00"


def test_people_come_from_mandates_with_the_functions_held(case, coordinator, person, municipality):
    told = fields_of(case, language="en")

    assert (told["signatory"], told["signatory_function"]) == (
        "signatory",
        "signatory of the office",
    )
    assert told["coordinator_function"] == "coordinator of the office"
    assert told["mentor"] == ""

    person("coordinator", over=municipality)
    assert fields_of(case, language="en")["coordinator"] == "coordinator"


def test_municipalities_of_one_name_are_told_apart(make_participation):
    nis = make_municipality("71331", "Niš", "Ниш", kind="city")
    palilula = make_municipality(
        "71324", "Palilula", "Палилула", kind="city_municipality", parent=nis, shares_name=True
    )

    told = fields_of(make_participation(of=palilula), language="sr")

    assert told["municipality"] == "Палилула (Ниш)"


def test_what_cannot_start_yet_and_what_others_owe_stand_apart(case):
    told = fields_of(case, language="en")

    assert [row["title"] for row in told["next_steps"]] == ["Inspection"]
    assert [row["waits_for"] for row in told["awaited_steps"]] == ["Inspection"]
    assert [row["title"] for row in told["later_steps"]] == ["Report"]
    assert told["turn"] == "Coordinator"


def test_the_duties_of_both_sides_come_from_the_whole_procedure(case):
    told = fields_of(case, language="en")
    stages = {row["stage"] for row in told["duties_of_municipality"]}

    assert {"Application", "Assessment", "Sustainability"} <= stages
    assert [row["role"] for row in told["duties_of_programme"]] == ["Evaluator"]


def test_acts_on_record_are_told_once_they_are_accepted(make_participation, coordinator, manager):
    act = step(
        "adopts",
        evidence="act",
        demands={"body": {"sr": "Скупштина", "en": "Assembly"}, "gazette": True},
    )
    case = make_participation("assessment", stages={"assessment": [act]})
    assert fields_of(case, language="en")["acts"] == []

    settle(case, "adopts", by=coordinator, accepted_by=manager)

    [told] = fields_of(case, language="en")["acts"]
    assert (told["number"], told["gazette"]) == (ACT["number"], ACT["gazette"])
    assert told["on"] == "2 March 2026"


def test_the_record_tells_the_conditions_as_they_were_judged_then(case):
    told = fields_of(case, language="sr-latn")["transition"]

    assert (told["from_stage"], told["to_stage"]) == ("Memorandum", "Procena")
    assert len(told["fingerprint"]) == 64
    assert "Svaki obavezan korak ove faze je rešen." in [
        row["sentence"] for row in told["conditions"]
    ]


def test_a_record_can_be_about_an_earlier_decision(case):
    selected = case.entries.get(verb="select")

    told = fields_of(case, language="en", entry=selected)["transition"]

    assert (told["from_stage"], told["to_stage"]) == ("Application", "Memorandum")


def test_a_participation_that_has_ended_owes_nothing(case, perform, manager):
    perform(case, "discontinue", by=manager)
    case.refresh_from_db()

    told = fields_of(type(case).objects.get(pk=case.pk), language="en")

    assert told["steps"] == told["conditions"] == told["next_steps"] == []
    assert told["stage"] == "Discontinued"
    assert [row["place"] for row in told["stages"]][-1] == "not reached"


def test_the_number_of_queries_does_not_grow(
    make_participation, coordinator, manager, django_assert_max_num_queries
):
    many = [step(f"step_{number}", required=False) for number in range(40)]
    few = make_participation("assessment")
    case = make_participation("assessment", stages={"assessment": many}, of=few.municipality)
    fresh = type(case).objects.with_names()

    with django_assert_max_num_queries(15) as for_few:
        fields_of(fresh.get(pk=few.pk), language="sr")
    with django_assert_max_num_queries(len(for_few)):
        fields_of(fresh.get(pk=case.pk), language="sr")
