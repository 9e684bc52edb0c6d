"""The files in `workflow/procedures` are right, agree with one another and hold the known facts."""

import json

import pytest

from tests.workflow.rules.files import (
    PROCEDURES,
    PROGRAMMES,
    check_programme,
    procedure,
    programme_of,
    rules_of,
    steps_of,
)
from workflow.rules.words import ACTING_ROLES, STAGES

KEYS = [path.stem for path in PROCEDURES]


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: path.name)
def test_every_procedure_file_is_right(path):
    normal, problems = procedure(path.read_bytes())

    assert problems == []
    assert f"{normal['key']}.yaml" == path.name
    assert json.loads(json.dumps(normal)) == normal


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.name)
def test_every_programme_file_is_right(path):
    normal, problems = check_programme(path.read_bytes())

    assert problems == []
    assert f"{normal['key']}.programme.yaml" == path.name
    assert json.loads(json.dumps(normal)) == normal


def test_every_track_of_the_handbook_has_its_procedure():
    assert set(KEYS) == {
        "sws_2007_planning", "spis_model", "irig_2021_strategy", "earmarked_transfers_yearly",
        "ipa_2020_package", "ipa_2020_extended_package", "ipa_2020_technical_package",
        "ipa_2020_mobile_team", "ipa_2020_roma_plan", "ipa_2020_grant_lot_1",
        "ipa_2020_grant_lot_2", "sample_planning",
    }  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_a_procedure_belongs_to_a_programme_of_its_country(key):
    rules = rules_of(key)

    assert programme_of(rules["programme"])["country"] == rules["country"]


def test_tracks_have_codes_and_keys_of_their_own():
    tracks = [rules_of(key)["track"] for key in KEYS]

    assert len({track["code"] for track in tracks}) == len(tracks)
    assert len({track["key"] for track in tracks}) == len(tracks)


@pytest.mark.parametrize("key", KEYS)
def test_eligibility_rules_name_tracks_that_exist(key):
    tracks = {rules_of(each)["track"]["key"] for each in KEYS}
    rules = rules_of(key)["eligibility"]
    named = [
        rule["values"] for rule in rules if rule["rule"] in ("not_in_track", "took_part_to_end")
    ]

    assert {value for values in named for value in values} <= tracks


# track: route as read in the handbook, places, how the places are meant
ROUTES = {
    "sws_2007_planning": (STAGES, 24, "exactly"),
    "spis_model": (("assessment", "strategy_adopted", "sustainability"), 11, "exactly"),
    "ipa_2020_package": (STAGES, 15, "at_least"),
    "ipa_2020_extended_package": (STAGES, 5, "exactly"),
    "ipa_2020_technical_package": (tuple(s for s in STAGES if s != "cofinancing"), 8, "exactly"),
    "ipa_2020_mobile_team": (STAGES, 10, "exactly"),
    "ipa_2020_grant_lot_1": (("application", "cofinancing"), None, "exactly"),
    "ipa_2020_grant_lot_2": (("application", "cofinancing"), None, "exactly"),
    "earmarked_transfers_yearly": (("application", "cofinancing"), None, "exactly"),
    "irig_2021_strategy": (("assessment", "strategy_adopted"), 1, "exactly"),
    "sample_planning": (STAGES, 80, "exactly"),
}


@pytest.mark.parametrize(("key", "known"), ROUTES.items())
def test_routes_and_places_are_those_of_the_handbook(key, known):
    rules = rules_of(key)

    found = (tuple(rules["route"]), rules["track"]["places"], rules["track"]["places_are"])
    assert found == known


def test_twenty_new_local_action_plans_are_wanted():
    assert rules_of("ipa_2020_roma_plan")["track"]["places"] == 20


def test_parts_and_stated_total_of_the_first_programme_stay_apart():
    programme = programme_of("sws_2007")

    parts = [one for one in programme["partners"] if one["role"] == "donor"]
    assert [(one["amount"], one["about"]) for one in parts] == [
        ("3500000", True),
        ("1600000", True),
    ]
    assert programme["amount_stated"]["en"] == "about 5 million euros"
    assert programme["period"] == {"stated": "2007-2009. godina", "from": "2007", "until": "2009"}


NINE_PAPERS = [
    "Меморандум о сарадњи",
    "Менторски упитник",
    "Одлука о социјалним приоритетима",
    "Стратегија развоја социјалне заштите 2008–12. године",
    "Акциони план за 2008. годину",
    "Рекламни материјал",
    "Пословник о раду Општинског координационог одбора за социјалну политику",
    "Позив за подношење предлога пројекта за центар за дневни боравак деце и одраслих"
    " са сметњама у развоју",
    "Образац за пријаву на јавни конкурс за пружаоца услуга у Центру за дневни боравак деце"
    " и одраслих са сметњама у развоју",
]


def test_the_nine_public_papers_of_kikinda_are_wanted():
    steps = steps_of(rules_of("sws_2007_planning")).values()

    papers = {
        step["demands"]["paper"]["sr"]
        for step in steps
        if step["evidence"] == "document" and step["demands"]["visibility"] == "public"
    }
    assert papers == set(NINE_PAPERS)


def test_what_is_uploaded_for_a_step_has_a_word_of_its_own_there():
    for key in KEYS:
        papers = [step["demands"].get("paper", {}) for step in steps_of(rules_of(key)).values()]
        words = [paper["key"] for paper in papers if "key" in paper]

        assert len(words) == len(set(words)), key


def test_kikinda_adopts_twice_and_is_rated_afterwards():
    steps = steps_of(rules_of("sws_2007_planning"))

    assert steps["body_adopts"]["evidence"] == "meeting"
    assert {"strategy_drafted", "action_plan_drafted"} <= set(steps["body_adopts"]["after"])
    assert steps["assembly_adopts"]["after"] == ["body_adopts"]
    assert steps["assembly_adopts"]["demands"]["gazette"] is True
    assert steps["ministry_rating"]["role"] == "evaluator"
    assert steps["ministry_rating"]["after"] == ["assembly_adopts"]
    assert steps["ministry_rating"]["demands"] == {"scale": {}}  # the scale is to be confirmed
    assert steps["yearly_report"]["deadline"]["rule"] == "recurring"


def test_kikinda_applied_in_a_month_and_no_day_is_invented():
    steps = steps_of(rules_of("sws_2007_planning"))

    assert steps["application_submitted"]["deadline"] == {"rule": "month", "month": "2007-04"}


def test_the_board_comes_first_in_spis():
    rules = rules_of("spis_model")
    first, *__ = rules["stages"]["assessment"]["steps"]

    assert (first["key"], first["after"]) == ("board_appointed", [])
    assert first["evidence"] == "signed_act"
    assert first["demands"]["body"]["sr"] == "Начелник општине"


@pytest.mark.parametrize("lot", [1, 2])
def test_the_grant_call_has_its_dates_and_its_language(lot):
    call = rules_of(f"ipa_2020_grant_lot_{lot}")["call"]

    assert call["reference"] == "17/1"
    assert call["opens_on"] == "2024-01-19"
    assert call["deadline"] == {"rule": "fixed", "on": "2024-03-04", "at": ""}
    assert call["questions_until"] == {"days_before": 21}
    assert call["answers_until"] == {"days_before": 11}
    assert call["languages"] == ["en"]


def test_lot_one_excludes_whoever_has_a_package():
    rules = {rule["rule"]: rule for rule in rules_of("ipa_2020_grant_lot_1")["eligibility"]}

    assert rules["kind"]["values"] == ["municipality", "city"]
    assert "ipa_2020_package" in rules["not_in_track"]["values"]


def test_city_municipalities_may_have_a_mobile_team_unless_supported_before():
    rules = {rule["rule"]: rule for rule in rules_of("ipa_2020_mobile_team")["eligibility"]}

    assert "city_municipality" in rules["kind"]["values"]
    assert rules["not_supported_before"]["values"] == ["IPA 2012", "IPA 2014", "IPA 2016"]


def test_transfers_are_for_development_groups_two_to_four():
    rules = {rule["rule"]: rule for rule in rules_of("earmarked_transfers_yearly")["eligibility"]}

    assert rules["development_group"]["values"] == ["II", "III", "IV"]


# figure as the handbook has it: the procedure whose note, hint or rule must say it
FIGURES = [
    ("ipa_2020_package", "60,000"),
    ("ipa_2020_package", "12 technical and 12 financial"),
    ("ipa_2020_extended_package", "100,000"),
    ("ipa_2020_mobile_team", "10,000"),
    ("ipa_2020_mobile_team", "70 %"),
    ("ipa_2020_mobile_team", "30 %"),
    ("ipa_2020_grant_lot_1", "2,365,750"),
    ("ipa_2020_grant_lot_1", "1,800,000"),
    ("ipa_2020_grant_lot_1", "40,000–100,000"),
    ("ipa_2020_grant_lot_2", "565,750"),
    ("ipa_2020_grant_lot_2", "40,000–60,000"),
    ("earmarked_transfers_yearly", "39 of 122"),
    ("irig_2021_strategy", "10 to 22 days"),
    ("sws_2007_planning", "12 single ones and 3 joint ones"),
    ("spis_model", "10 signatories"),
]


@pytest.mark.parametrize(("key", "figure"), FIGURES)
def test_figures_are_told_as_stated(key, figure):
    assert figure in json.dumps(rules_of(key), ensure_ascii=False)


@pytest.mark.parametrize("key", KEYS)
def test_nothing_that_is_owed_waits_for_something_optional(key):
    steps = steps_of(rules_of(key))
    owed = [step for step in steps.values() if step["required"]]

    assert all(steps[name]["required"] for step in owed for name in step["after"])


@pytest.mark.parametrize("key", [key for key in KEYS if key != "sample_planning"])
def test_what_is_not_known_is_said(key):
    rules = rules_of(key)

    assert rules["to_be_confirmed"] or any(s["to_be_confirmed"] for s in steps_of(rules).values())


def test_the_sample_shows_everything_and_says_that_it_is_one():
    programme, rules = programme_of("sample"), rules_of("sample_planning")
    steps = steps_of(rules).values()

    assert programme["sample"] is True
    assert programme["name"]["sr"].startswith("Пример")
    assert rules["track"]["name"]["en"].startswith("Sample")
    assert {step["role"] for step in steps} == set(ACTING_ROLES)
    assert {step["deadline"].get("rule") for step in steps} >= {
        "fixed", "relative", "recurring", "month", "manual",
    }  # fmt: skip
    assert rules["second_person"] == ["adopt_strategy"]
    assert any(step["second_person"] for step in steps)
    units = [set(step["deadline"]) for step in steps if step["deadline"].get("rule") == "relative"]
    assert {"days", "working_days", "months"} <= set().union(*units)


def test_only_the_sample_is_a_sample():
    keys = [path.name.removesuffix(".programme.yaml") for path in PROGRAMMES]

    assert [key for key in keys if programme_of(key)["sample"]] == ["sample"]
