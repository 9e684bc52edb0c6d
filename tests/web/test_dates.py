"""Dates as people write them: genitive in Serbian, both scripts, English (pages 9.3)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from web.script.dates import (
    BELGRADE,
    date_and_time,
    due_in_words,
    long_date,
    month_year,
    period_in_words,
    short_date,
    without_double_stops,
)

DAY = date(2026, 1, 21)
MOMENT = datetime(2026, 1, 21, 8, 30, tzinfo=UTC)  # 9:30 in Belgrade
DATES = [long_date, short_date, month_year, date_and_time]


pytestmark = pytest.mark.usefixtures("catalogues_as_written_now")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sr", ["21. јануара 2026.", "21.1.2026.", "јануар 2026.", "21. јануара 2026. у 9:30"]),
        (
            "sr-latn",
            ["21. januara 2026.", "21.1.2026.", "januar 2026.", "21. januara 2026. u 9:30"],
        ),
        ("bs", ["21. januara 2026.", "21.1.2026.", "januar 2026.", "21. januara 2026. u 9:30"]),
        ("en", ["21 January 2026", "21 Jan 2026", "January 2026", "21 January 2026 at 9:30"]),
    ],
)
def test_a_moment_in_each_language(language, expected):
    with translation.override(language):
        assert [write(MOMENT) for write in DATES] == expected


def test_every_month_in_the_genitive():
    with translation.override("sr-latn"):
        months = [long_date(date(2026, month, 1)).split()[1] for month in range(1, 13)]

    assert months == [
        *["januara", "februara", "marta", "aprila", "maja", "juna"],
        *["jula", "avgusta", "septembra", "oktobra", "novembra", "decembra"],
    ]


def test_the_months_of_bosnian_are_its_own():
    with translation.override("bs"):
        named = [month_year(f"2026-{month:02}").split()[0] for month in range(1, 13)]
        summer = [long_date(date(2026, month, 3)) for month in (6, 7, 8)]

    assert named == [
        *["januar", "februar", "mart", "april", "maj", "juni"],
        *["juli", "august", "septembar", "oktobar", "novembar", "decembar"],
    ]
    assert summer == ["3. juna 2026.", "3. jula 2026.", "3. augusta 2026."]


def test_the_stop_of_the_year_falls_away_before_another_sign():
    with translation.override("sr-latn"):
        dates = f"Do {long_date(DAY)}, najkasnije {short_date(DAY)} ({month_year(DAY)})."
        told = without_double_stops(dates + f" Rok: {date_and_time(MOMENT)}.")

    assert told == "Do 21. januara 2026, najkasnije 21.1.2026. (januar 2026). Rok: " + (
        "21. januara 2026. u 9:30."
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sr-latn", "Od 21. januara 2026."),
        ("sr", "Од 21. јануара 2026."),
        ("en", "Since 21 January 2026."),
    ],
)
def test_a_sentence_of_a_template_ends_with_one_stop(language, expected):
    source = "{% blocktranslate with day=day|long_date %}Since {{ day }}.{% endblocktranslate %}"

    with translation.override(language):
        assert Template(source).render(Context({"day": DAY})) == expected


@pytest.mark.parametrize(
    ("period", "english", "cyrillic"),
    [
        ("2009", "2009", "2009"),
        ("2009-H1", "first half of 2009", "прво полугодиште 2009."),
        ("2009-Q4", "fourth quarter of 2009", "четврто тромесечје 2009."),
        ("2009-01", "January 2009", "јануар 2009."),
        ("2012-12-01/2013-02-28", "1 Dec 2012 – 28 Feb 2013", "1.12.2012. – 28.2.2013."),
        ("Q9-", "Q9-", "Q9-"),
    ],
)
def test_a_period_of_a_recurring_report(period, english, cyrillic):
    with translation.override("en"):
        assert period_in_words(period) == english
    with translation.override("sr"):
        assert period_in_words(period) == cyrillic


def test_midnight_belongs_to_the_day_of_belgrade():
    late_evening_in_london = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)

    with translation.override("en"):
        assert long_date(late_evening_in_london) == "1 August 2026"
        assert date_and_time(late_evening_in_london) == "1 August 2026 at 0:30"


def test_a_day_without_a_time_is_written_as_a_day():
    with translation.override("sr"):
        assert date_and_time(DAY) == "21. јануара 2026."


def test_dates_of_procedure_files_are_iso_texts():
    with translation.override("sr-latn"):
        assert long_date("2018-08-03") == "3. avgusta 2018."
        assert month_year("2007-12") == "decembar 2007."
        assert date_and_time("2018-08-03T15:00") == "3. avgusta 2018. u 15:00"


@pytest.mark.parametrize("write", DATES)
def test_what_is_no_date_is_shown_as_it_is(write):
    assert write(None) == ""
    assert write("") == ""
    assert write("u toku 2007.") == "u toku 2007."
    assert write("2026-02-30") == "2026-02-30"


@given(st.datetimes(timezones=st.sampled_from([UTC, BELGRADE, None])) | st.dates() | st.text())
def test_every_moment_there_is_can_be_written(moment):
    with translation.override("sr"):
        assert all(isinstance(write(moment), str) for write in DATES)
        assert isinstance(due_in_words(moment, DAY), str)


@pytest.mark.parametrize(
    ("days", "english", "cyrillic", "latin"),
    [
        (0, "today", "данас", "danas"),
        (1, "in 1 day", "за 1 дан", "za 1 dan"),
        (3, "in 3 days", "за 3 дана", "za 3 dana"),
        (9, "in 9 days", "за 9 дана", "za 9 dana"),
        (21, "in 21 days", "за 21 дан", "za 21 dan"),
        (-1, "1 day late", "касни 1 дан", "kasni 1 dan"),
        (-3, "3 days late", "касни 3 дана", "kasni 3 dana"),
        (-101, "101 days late", "касни 101 дан", "kasni 101 dan"),
        (-364, "364 days late", "касни 364 дана", "kasni 364 dana"),
        (-365, "1 year late", "касни 1 годину", "kasni 1 godinu"),
        (-1095, "2 years late", "касни 2 године", "kasni 2 godine"),
        (-6117, "16 years late", "касни 16 година", "kasni 16 godina"),
    ],
)
def test_due_in_words_with_the_three_plurals_of_serbian(days, english, cyrillic, latin):
    due = DAY + timedelta(days=days)

    told = {"en": english, "sr": cyrillic, "sr-latn": latin, "bs": latin}
    for language, expected in told.items():
        with translation.override(language):
            assert due_in_words(due, DAY) == expected
            assert due_in_words(due.isoformat(), DAY) == expected


def test_days_are_counted_by_the_calendar_not_in_hours():
    due = datetime(2026, 1, 22, 0, 30, tzinfo=BELGRADE)

    with translation.override("en"):
        assert due_in_words(due, MOMENT) == "in 1 day"


def test_a_deadline_with_an_hour_is_late_once_the_hour_has_passed():
    with translation.override("en"):
        assert due_in_words(MOMENT, MOMENT - timedelta(hours=1)) == "today"
        assert due_in_words(MOMENT, MOMENT + timedelta(hours=1)) == "late since today"
        assert due_in_words(None, DAY) == ""


def test_the_filters_of_templates():
    source = (
        "{{ day|long_date }} {{ day|short_date }} {{ day|month_year }} "
        "{{ moment|date_and_time }} {{ due|due_in_words:day }}"
    )
    context = Context({"day": DAY, "moment": MOMENT, "due": DAY + timedelta(days=9)})

    with translation.override("sr"):
        written = Template(source).render(context)

    assert written == (
        "21. јануара 2026. 21.1.2026. јануар 2026. 21. јануара 2026. у 9:30 за 9 дана"
    )
