"""One mistake at a time around the steps: track, route, stages, eligibility, call."""

import pytest

from tests.workflow.rules.files import assert_one_mistake

# mistake: (what is replaced in the right file, by what, line and key of every problem)
BROKEN = {
    "an unknown key": (
        "places: 24",
        "placez: 24",
        [(8, "track.placez")],
    ),
    "an unknown key at the top": (
        "route:",
        "rout:",
        [(1, "route"), (10, "rout")],
    ),
    "a missing key": (
        "country: RS\n",
        "",
        [(1, "country")],
    ),
    "a missing title": (
        "        title: {sr: Меморандум, en: Memorandum}\n",
        "",
        [(37, "stages.memorandum.steps[0].title")],
    ),
    "an unknown country": (
        "country: RS",
        "country: HR",
        [(3, "country")],
    ),
    "a key with a capital": (
        "- key: applied",
        "- key: Applied",
        [(28, "stages.application.steps[0].key")],
    ),
    "a code in small letters": (
        "code: TRIAL-1",
        "code: trial",
        [(7, "track.code")],
    ),
    "no places": (
        "places: 24",
        "places: 0",
        [(8, "track.places")],
    ),
    "places in words": (
        "places: 24",
        "places: many",
        [(8, "track.places")],
    ),
    "places as true": (
        "places: 24",
        "places: true",
        [(8, "track.places")],
    ),
    "places meant otherwise": (
        "places: 24",
        "places: 24\n  places_are: about",
        [(9, "track.places_are")],
    ),
    "a text without English": (
        "name: {sr: Проба, en: Trial}",
        "name: {sr: Проба}",
        [(6, "track.name.en")],
    ),
    "a text without Serbian": (
        "name: {sr: Проба, en: Trial}",
        "name: {en: Trial}",
        [(6, "track.name.sr")],
    ),
    "a text in one language": (
        "name: {sr: Проба, en: Trial}",
        "name: Trial",
        [(6, "track.name")],
    ),
    "Serbian in Latin letters": (
        "sr: Проба",
        "sr: Proba",
        [(6, "track.name.sr")],
    ),
    "a word in two scripts": (
        "sr: Напомена",
        "sr: Ова напoмена",
        [(9, "track.note.sr")],
    ),
    "English in Cyrillic letters": (
        "en: Trial",
        "en: Проба",
        [(6, "track.name.en")],
    ),
    "a hidden direction mark": (
        "sr: Напомена",
        'sr: "Нап\\u202eомена"',
        [(9, "track.note.sr")],
    ),
    "a text too long": (
        "sr: Образац",
        f"sr: {'Образац' * 200}",
        [(32, "stages.application.steps[0].demands.paper.sr")],
    ),
    "an unknown stage on the route": (
        "memorandum, assessment]",
        "memorandum, asessment]",
        [(10, "route[2]")],
    ),
    "a route out of order": (
        "route: [application, memorandum, assessment]",
        "route: [memorandum, application, assessment]",
        [(10, "route")],
    ),
    "a stage twice on the route": (
        "memorandum, assessment]",
        "memorandum, assessment, assessment]",
        [(10, "route[3]")],
    ),
    "a stage off the route": (
        "route: [application, memorandum, assessment]",
        "route: [application, assessment]",
        [(35, "stages.memorandum")],
    ),
    "a stage without a block": (
        "route: [application, memorandum, assessment]",
        "route: [application, memorandum, assessment, cofinancing]",
        [(24, "stages.cofinancing")],
    ),
    "a stage that does not exist": (
        "  memorandum:\n    steps:",
        "  memorandums:\n    steps:",
        [(35, "stages.memorandums")],
    ),
    "an unknown transition": (
        "second_person: [start_assessment]",
        "second_person: [start_asessment]",
        [(11, "second_person[0]")],
    ),
    "step back listed": (
        "second_person: [start_assessment]",
        "second_person: [step_back]",
        [(11, "second_person[0]")],
    ),
    "yes instead of true": (
        "joint_applications: true",
        "joint_applications: yes",
        [(12, "joint_applications")],
    ),
    "an unknown rule of eligibility": (
        "rule: kind",
        "rule: kinds",
        [(14, "eligibility[0].rule")],
    ),
    "an unknown kind of unit": (
        "values: [municipality, city]",
        "values: [municipality, town]",
        [(15, "eligibility[0].values[1]")],
    ),
    "a rule without values": (
        "    values: [municipality, city]\n",
        "",
        [(14, "eligibility[0].values")],
    ),
    "a day that does not exist": (
        "published_on: 2024-01-15",
        "published_on: 2024-02-30",
        [(19, "call.published_on")],
    ),
    "a day of the wrong century": (
        "published_on: 2024-01-15",
        "published_on: 0204-01-15",
        [(19, "call.published_on")],
    ),
    "a call opened before its publication": (
        "opens_on: 2024-01-19",
        "opens_on: 2024-01-10",
        [(20, "call.opens_on")],
    ),
    "a call closed before it opens": (
        "on: 2024-03-04",
        "on: 2024-01-04",
        [(21, "call.deadline")],
    ),
    "25 o'clock": (
        "at: 24:00",
        "at: 25:00",
        [(21, "call.deadline.at")],
    ),
    "half past 24": (
        "at: 24:00",
        "at: 24:30",
        [(21, "call.deadline.at")],
    ),
    "answers before questions": (
        "answers_until: {days_before: 11}",
        "answers_until: {days_before: 30}",
        [(23, "call.answers_until.days_before")],
    ),
    "a relative deadline for a call": (
        "{rule: fixed, on: 2024-03-04, at: 24:00}",
        "{rule: relative, to: stage, days: 3}",
        [(21, "call.deadline.rule")],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_procedure_is_refused_with_line_and_key(name):
    assert_one_mistake(*BROKEN[name])
