"""Times in the zone of the reader; deadlines and days in that of Belgrade."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from accounts.models import SignIn
from web.script.dates import date_and_legal_time, date_and_time, long_date, time_of_reader
from workflow.pages.wording import told_due

LATE = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight in Belgrade


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_a_moment_is_said_in_the_zone_of_the_reader():
    with time_of_reader("Europe/London"):
        assert date_and_time(LATE) == "1 July 2026 at 23:30"
    assert date_and_time(LATE) == "2 July 2026 at 0:30"


def test_a_deadline_is_said_in_that_of_belgrade_and_says_so_to_who_lives_elsewhere():
    with time_of_reader("Europe/London"):
        assert date_and_legal_time(LATE) == "2 July 2026 at 0:30 (time of Belgrade)"
    with time_of_reader("Europe/Sarajevo"):
        assert date_and_legal_time(LATE) == "2 July 2026 at 0:30"


@pytest.mark.parametrize(
    ("zone", "hour", "note"),
    [
        ("Europe/London", "15:00", " (time of Belgrade)"),
        ("Europe/London", "24:00", " (time of Belgrade)"),
        ("Europe/Sarajevo", "15:00", ""),
        ("", "24:00", ""),
        ("Africa/Lagos", "15:00", " (time of Belgrade)"),  # as Belgrade in winter, not in July
    ],
)
def test_the_hour_of_a_deadline_as_it_was_set_says_whose_it_is(zone, hour, note):
    due = {"on": "2026-07-01", "at": hour, "precision": "minute"}

    with time_of_reader(zone):
        assert told_due(due) == f"1 July 2026 at {hour}{note}"
        assert told_due(due | {"at": "", "precision": "day"}) == "1 July 2026"
        assert told_due(due | {"at": "", "precision": "month"}) == "end of the month, July 2026"


def test_which_day_it_is_does_not_depend_on_the_reader():
    with time_of_reader("Pacific/Auckland"):
        assert long_date(LATE) == "2 July 2026"


@pytest.mark.parametrize("zone", ["", "Nowhere/City", "../etc/passwd", "x" * 300])
def test_a_zone_that_is_none_is_belgrade(zone):
    with time_of_reader(zone):
        assert date_and_time(LATE) == "2 July 2026 at 0:30"


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
def test_the_ends_of_the_calendar_break_nothing(moment):
    with time_of_reader("Pacific/Auckland"):
        assert date_and_time(moment.replace(tzinfo=UTC))


def test_the_profile_keeps_it_and_pages_speak_in_it(client, coordinator):
    SignIn.objects.create(user=coordinator, way="password", at=LATE)
    client.force_login(coordinator)
    told = {"name": "Coordinator", "language": "en", "time_zone": "America/New_York"}

    client.post("/profile/", told)

    assert "1 July 2026 at 18:30" in client.get("/profile/sign-ins/").content.decode()


def test_europe_stands_first_and_belgrade_is_chosen(client, coordinator):
    client.force_login(coordinator)

    page = client.get("/profile/").content.decode()

    assert page.index('label="Europe"') < page.index('label="Africa"')
    assert '<option value="Europe/Belgrade" selected>' in page


def test_only_a_zone_of_the_list_is_kept(client, coordinator):
    client.force_login(coordinator)
    told = {"name": "Coordinator", "language": "en", "time_zone": "Mars/Base"}

    assert client.post("/profile/", told).status_code == 422
