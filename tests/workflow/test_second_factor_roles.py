"""Whose role needs a second factor: who decides over others, and nobody else."""

import pytest
from django.test import Client

from workflow import services

HOME = "/profile/second-factor/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def is_held_up(person) -> bool:
    client = Client()
    client.force_login(person)
    answer = client.get("/participations/")
    return answer.status_code == 302 and answer.url == HOME


def test_a_programme_manager_and_an_administrator_must_have_one(manager, person, programme):
    assert is_held_up(manager)
    assert is_held_up(person("administrator", over=programme))


def test_others_need_none(coordinator, signatory, auditor, evaluator, stranger):
    assert not any(map(is_held_up, (coordinator, signatory, auditor, evaluator, stranger)))


def test_who_runs_the_system_must_have_one(system):
    assert is_held_up(system)


def test_with_the_mandate_the_demand_ends(manager, system):
    services.end_mandate(manager.mandates.get(), by=system)

    assert not is_held_up(manager)


def test_nobody_must_where_it_is_not_required(manager, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    assert not is_held_up(manager)
