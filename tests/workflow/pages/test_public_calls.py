"""The calls of a programme on its public page, as a stranger reads them."""

from datetime import date

from django.test import Client

from tests.applying import open_call
from tests.workflow.pages.reading import text

PROGRAMME_PAGE = "/en/public/programmes/test_programme/"


def page(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return text(answer)


def test_an_open_call_stands_there_with_its_deadline_and_a_past_one_does_not(make_track, manager):
    call = open_call(make_track(), by=manager)
    assert call.reference in page(PROGRAMME_PAGE)
    assert "in 1 day" in page(PROGRAMME_PAGE)

    type(call).objects.filter(pk=call.pk).update(due_at="2026-01-01T00:00:00Z")

    assert call.reference not in page(PROGRAMME_PAGE)


def test_a_call_whose_deadline_is_not_known_says_so_and_invites_nobody(make_track, manager):
    call = open_call(make_track(), by=manager)
    type(call).objects.filter(pk=call.pk).update(due_at=None)

    told = page(PROGRAMME_PAGE)

    assert f"{call.reference} deadline to be confirmed The deadline of this call is" in told
    assert "It opened on 1 January 2026." in told
    assert "Open calls" not in told
    assert "Sign in to apply" not in told


def test_a_call_that_is_not_announced_yet_does_not_stand_there(make_track, manager):
    call = open_call(make_track(), by=manager)
    type(call).objects.filter(pk=call.pk).update(due_at=None, opens_on=date(2099, 1, 1))

    assert call.reference not in page(PROGRAMME_PAGE)


def test_an_open_call_whose_first_day_is_not_known_says_so(make_track, manager):
    call = open_call(make_track(), by=manager)
    opened = {"opens_on": None, "published_on": date(2026, 1, 1)}
    type(call).objects.filter(pk=call.pk).update(**opened)

    assert "opens: to be confirmed" in page(PROGRAMME_PAGE)
