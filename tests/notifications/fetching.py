"""An address of a calendar, and what a calendar program reads there."""

from typing import Any

from django.test import Client
from icalendar import Calendar

from tests.workflow.pages.visiting import signed_in

PAGE = "/inbox/calendar/"


def made(user: Any, case: Any = None) -> str:
    """The path of a new address, as the page shows it once."""
    answer = signed_in(user).post(f"{PAGE}make/", {"participation": case.reference if case else ""})
    assert answer.status_code == 200
    return answer.context["address"].partition("8000")[2]


def fetched(path: str) -> Any:
    return Client().get(path)  # without a session, as a calendar program does


def read(path: str) -> Calendar:
    answer = fetched(path)
    assert answer.status_code == 200, path
    return Calendar.from_ical(answer.content)


def events(path: str) -> list:
    return read(path).walk("VEVENT")
