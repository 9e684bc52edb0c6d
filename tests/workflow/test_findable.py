"""Keys of the search: kept by the doors, compared with the rows, filled in for what was there."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.conftest import open_in
from tests.stepping import act_on, hand_in, the_step
from tests.world import PROGRAMME, step
from workflow import services
from workflow.gaps import find_gaps
from workflow.models import Findable, Participation, Track

ACT = {"body": {"sr": "Скупштина", "en": "Assembly"}}
STAGES = {
    "assessment": [
        step("decision", evidence="act", demands=ACT),
        step("visit", required=False),
    ]
}


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="assessment", stages=STAGES)


def keys(participation: Participation) -> list[str]:
    return sorted(participation.findables.values_list("key", flat=True))


def decide(participation: Participation, coordinator, number: str) -> None:
    told = {"body": "Скупштина", "number": number, "dated_on": "2.3.2026"}
    hand_in(the_step(participation, "decision"), by=coordinator, **told)


def test_a_participation_is_found_by_its_reference_from_its_first_day(participation):
    assert keys(participation) == ["t1-001"]


def test_each_act_that_is_handed_in_is_found_by_its_number(participation, coordinator, manager):
    decide(participation, coordinator, "06 – 1 / 2008")
    act_on(services.return_step, the_step(participation, "decision"), by=manager, remarks=["Mend."])
    decide(participation, coordinator, "Број 7")

    assert keys(participation) == ["06-1/2008", "broj7", "t1-001"]


def test_evidence_without_a_number_has_no_key(participation, coordinator):
    hand_in(the_step(participation, "visit"), by=coordinator)

    assert keys(participation) == ["t1-001"]


@pytest.mark.parametrize("begins", ["06", "06-1/2008"])
def test_the_beginning_finds_it_and_nothing_beside_it(participation, coordinator, begins):
    decide(participation, coordinator, "06-1/2008")

    found = Findable.objects.filter(key__startswith=begins)

    assert [row.key for row in found] == ["06-1/2008"]
    assert not Findable.objects.filter(key__startswith="6-1").exists()
    assert not Findable.objects.filter(key__startswith="%").exists()


def test_a_key_that_is_wrong_missing_or_too_many_is_found(participation, coordinator):
    decide(participation, coordinator, "06-1/2008")
    acts = Findable.objects.exclude(evidence=None)

    acts.update(key="other")
    assert {damage.why for damage in find_gaps().damages} == {
        "The search finds it by “other”, which nothing here bears.",
        "The search does not find it by “06-1/2008”.",
    }
    acts.delete()
    assert [damage.why for damage in find_gaps().damages] == [
        "The search does not find it by “06-1/2008”."
    ]


def test_rows_from_before_are_filled_in_by_the_migration(participation, coordinator):
    decide(participation, coordinator, "06-1/2008")
    Findable.objects.all().delete()
    tracks = dict(Track.objects.values_list("pk", "search_key"))
    Track.objects.update(search_key="")

    import_module("workflow.migrations.0005_findable").fill(apps, None)

    assert find_gaps().damages == []
    assert dict(Track.objects.values_list("pk", "search_key")) == tracks


def test_a_track_follows_the_name_of_its_programme(participation):
    services.load_programme(PROGRAMME.replace("Проба", "Други назив"))

    assert "drugi naziv" in Track.objects.get(pk=participation.track_id).search_key


def test_another_municipality_has_its_own_keys(participation, make_track, neighbour, manager):
    other = open_in(make_track(route=["assessment"]), neighbour, by=manager)

    assert keys(other) == ["t2-001"]
