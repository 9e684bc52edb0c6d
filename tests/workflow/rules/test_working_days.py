"""Working days in Serbia and in the two entities and the district of Bosnia and Herzegovina."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules import add_working_days, due_of, is_working_day

FIRST, LAST = date(2007, 1, 1), date(2032, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
CALENDARS = [("RS", ""), ("BA", ""), ("BA", "FBiH"), ("BA", "RS"), ("BA", "BD")]
days = st.dates(FIRST, LAST)
calendars = st.sampled_from(CALENDARS)

# from, working days, country, entity: the day that follows
TABLE = [
    ("over a weekend", "2024-03-08", 1, "RS", "", "2024-03-11"),
    ("backwards over a weekend", "2024-03-11", -1, "RS", "", "2024-03-08"),
    ("over New Year", "2023-12-29", 1, "RS", "", "2024-01-03"),
    ("over New Year on a weekend", "2022-12-30", 1, "RS", "", "2023-01-04"),
    ("over Statehood Day", "2024-02-14", 1, "RS", "", "2024-02-19"),
    ("over 1 May and Easter together", "2024-04-30", 1, "RS", "", "2024-05-07"),
    ("over Easter", "2023-04-13", 1, "RS", "", "2023-04-18"),
    ("over 1 May", "2023-04-28", 1, "RS", "", "2023-05-03"),
    ("backwards over 1 May and Easter", "2024-05-07", -1, "RS", "", "2024-04-30"),
    ("over Armistice Day", "2022-11-10", 1, "RS", "", "2022-11-14"),
    ("zero on a working day", "2024-03-06", 0, "RS", "", "2024-03-06"),
    ("zero on a holiday", "2024-05-01", 0, "RS", "", "2024-05-07"),
    ("an entity means nothing in Serbia", "2024-01-08", 1, "RS", "FBiH", "2024-01-09"),
    ("Independence Day in FBiH", "2024-02-29", 1, "BA", "FBiH", "2024-03-04"),
    ("none of it in Republika Srpska", "2024-02-29", 1, "BA", "RS", "2024-03-01"),
    ("Dayton Agreement Day in Republika Srpska", "2024-11-20", 1, "BA", "RS", "2024-11-22"),
    ("none of it in FBiH", "2024-11-20", 1, "BA", "FBiH", "2024-11-21"),
    ("Statehood Day in FBiH", "2024-11-22", 1, "BA", "FBiH", "2024-11-26"),
    ("the day of Brčko District", "2024-03-07", 1, "BA", "BD", "2024-03-11"),
    ("none of it beside Brčko", "2024-03-07", 1, "BA", "RS", "2024-03-08"),
    ("New Year in every part of it", "2023-12-29", 1, "BA", "BD", "2024-01-03"),
]


@pytest.mark.parametrize(("name", "start", "n", "country", "entity", "day"), TABLE)
def test_working_days(name, start, n, country, entity, day):
    found = add_working_days(date.fromisoformat(start), n, country, entity)

    assert found == date.fromisoformat(day)


def test_a_deadline_in_working_days_asks_the_calendar_of_the_entity():
    rule = {"rule": "relative", "to": "stage", "working_days": 1}
    entered_on = date(2024, 11, 20)

    by_entity = {
        entity: due_of(rule, entered_on=entered_on, dates={}, country="BA", entity=entity).on.day
        for entity in ("RS", "FBiH")
    }
    assert by_entity == {"RS": 22, "FBiH": 21}


@pytest.mark.parametrize(("country", "entity"), [("HR", ""), ("BA", "Posavina"), ("", "")])
def test_a_calendar_that_is_not_known_is_refused(country, entity):
    with pytest.raises(ValueError, match="No calendar"):
        add_working_days(date(2024, 1, 1), 1, country, entity)


@pytest.mark.parametrize(("country", "entity"), CALENDARS)
def test_the_next_working_day_of_every_day_of_26_years(country, entity):
    for day in EVERY_DAY:
        after = add_working_days(day, 1, country, entity)
        between = [day + timedelta(days=n) for n in range(1, (after - day).days)]

        assert is_working_day(after, country, entity)
        assert not any(is_working_day(each, country, entity) for each in between)
        assert after - day <= timedelta(days=8)


@given(days, st.integers(1, 60), calendars)
def test_there_and_back_again(day, n, calendar):
    start = add_working_days(day, 0, *calendar)

    assert add_working_days(add_working_days(start, n, *calendar), -n, *calendar) == start


@given(days, st.integers(1, 40), st.integers(1, 40), calendars)
def test_two_parts_make_the_whole(day, one, other, calendar):
    in_parts = add_working_days(add_working_days(day, one, *calendar), other, *calendar)

    assert in_parts == add_working_days(day, one + other, *calendar)


@given(days, st.integers(-40, 40), calendars)
def test_the_result_is_a_working_day_on_the_right_side(day, n, calendar):
    found = add_working_days(day, n, *calendar)

    assert is_working_day(found, *calendar)
    assert (found > day) if n > 0 else (found < day) if n < 0 else (found >= day)
