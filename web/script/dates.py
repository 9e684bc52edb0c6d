"""Dates as people write them in Serbian, in both scripts, in Bosnian and in English.

Django's own give "21. јануар 2026." for Serbian, where the month must stand in the genitive.
Moments are shown in the time of Belgrade, whatever zone they are stored in; those that tell when
something was done, in the zone of the reader. Which day it is, is asked in Belgrade alone.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop, ngettext

from web.script.transliterate import to_latin

Day = date | datetime | str | None

BELGRADE = ZoneInfo("Europe/Belgrade")
_READERS: ContextVar[ZoneInfo] = ContextVar("zone of the reader", default=BELGRADE)
# The forms that Bosnian has otherwise: juni, august, augusta.
_BOSNIAN = {"јун": "јуни", "јул": "јули", "август": "аугуст", "августа": "аугуста"}
# Nominative, genitive, English.
_MONTHS = [
    ("јануар", "јануара", "January"),
    ("фебруар", "фебруара", "February"),
    ("март", "марта", "March"),
    ("април", "априла", "April"),
    ("мај", "маја", "May"),
    ("јун", "јуна", "June"),
    ("јул", "јула", "July"),
    ("август", "августа", "August"),
    ("септембар", "септембра", "September"),
    ("октобар", "октобра", "October"),
    ("новембар", "новембра", "November"),
    ("децембар", "децембра", "December"),
]
_PARTS_OF_A_YEAR = {
    "H1": gettext_noop("first half of %(year)s"),
    "H2": gettext_noop("second half of %(year)s"),
    "Q1": gettext_noop("first quarter of %(year)s"),
    "Q2": gettext_noop("second quarter of %(year)s"),
    "Q3": gettext_noop("third quarter of %(year)s"),
    "Q4": gettext_noop("fourth quarter of %(year)s"),
}
# The full stop of an ordinal year falls away before another sign: "21. јануара 2026, у Кикинди".
_STOP_BEFORE_SIGN = re.compile(r"(?<=\d\d\d\d)\.(?=[,;:.)])")


def long_date(day: Day) -> str:
    """21. јануара 2026. · 21. januara 2026. · 21 January 2026

    Takes a date, a moment or an ISO date; another string comes back as it is, None as "".
    """
    found = _local_day(day)
    if found is None:
        return str(day or "")
    if _language() == "en":
        return f"{found.day} {_month(found, 2)} {found.year}"
    return _in_reader_script(f"{found.day}. {_month(found, 1)} {found.year}.")


def short_date(day: Day) -> str:
    """21.1.2026. for tables; in English 21 Jan 2026, since 1/2 is read in two ways."""
    found = _local_day(day)
    if found is None:
        return str(day or "")
    if _language() == "en":
        return f"{found.day} {_month(found, 2)[:3]} {found.year}"
    return f"{found.day}.{found.month}.{found.year}."


def month_year(day: Day) -> str:
    """јануар 2026. · januar 2026. · January 2026. Also takes "2007-12", a month without a day."""
    found = _local_day(f"{day}-01" if _is_month(day) else day)
    if found is None:
        return str(day or "")
    if _language() == "en":
        return f"{_month(found, 2)} {found.year}"
    return _in_reader_script(f"{_month(found, 0)} {found.year}.")


@contextmanager
def time_of_reader(zone: str) -> Iterator[None]:
    """Within, `date_and_time` speaks in this zone of the IANA database; "" is that of Belgrade."""
    token = _READERS.set(_zone(zone))
    try:
        yield
    finally:
        _READERS.reset(token)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else BELGRADE
    except (ZoneInfoNotFoundError, ValueError, OSError):  # dropped since, or no name at all
        return BELGRADE


def date_and_time(moment: Day) -> str:
    """21. јануара 2026. у 9:30 · 21 January 2026 at 9:30, by the clock of the reader.

    For when something was done. A day without a time is written as a day.
    """
    found = _local_moment(moment)
    return long_date(moment) if found is None else _with_time(_in_zone(found, _READERS.get()))


def readers_day(moment: datetime) -> date:
    """The day on which something was done, by the clock of the reader."""
    return _in_zone(moment, _READERS.get()).date()


def readers_hour(moment: datetime) -> str:
    """9:30, by the clock of the reader: when on that day something was done."""
    local = _in_zone(moment, _READERS.get())
    return f"{local.hour}:{local.minute:02}"


def date_and_legal_time(moment: Day) -> str:
    """As `date_and_time` by the clock of Belgrade, which it says to readers who live by another.

    For deadlines: their hour is the same for everybody.
    """
    found = _local_moment(moment)
    if found is None:
        return long_date(moment)
    return by_the_legal_clock(_with_time(found), found)


def by_the_legal_clock(said: str, moment: datetime) -> str:
    """An hour in words, with whose it is for readers who live by another clock at that moment."""
    local = _in_zone(moment, BELGRADE)
    if _in_zone(moment, _READERS.get()).utcoffset() == local.utcoffset():
        return said
    return gettext("%(when)s (time of Belgrade)") % {"when": said}


def _with_time(local: datetime) -> str:
    joined = {"en": " at ", "sr": " у "}.get(_language(), " u ")
    return f"{long_date(local.date())}{joined}{local.hour}:{local.minute:02}"


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    try:
        return moment.astimezone(zone)
    except OverflowError:  # the first and last hours of the calendar
        return moment


def period_in_words(period: str) -> str:
    """A period of a recurring report as its label names it: 2009 · first half of 2009 (2009-H1) ·
    first quarter of 2009 (2009-Q1) · January 2009 (2009-01) · 1 Dec 2012 – 28 Feb 2013.
    """
    if _is_month(period):
        return month_year(period)
    first, _slash, last = period.partition("/")
    if last:
        return f"{short_date(first)} – {short_date(last)}"
    year, _dash, part = period.partition("-")
    return gettext(_PARTS_OF_A_YEAR[part]) % {"year": year} if part in _PARTS_OF_A_YEAR else period


def due_in_words(due: Day, today: date | datetime | None = None) -> str:
    """ "in 9 days", "today", "3 days late", "16 years late"; "late since today" by the hour.

    `today` may be a moment; without it the clock of Belgrade is asked. None as `due` gives "".
    """
    now = today or timezone.now().astimezone(BELGRADE)
    day, current = _local_day(due), _local_day(now)
    if day is None or current is None:
        return str(due or "")
    days = (day - current).days
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    if days < 0:
        return _late_in_words(day, current)
    return gettext("late since today") if _has_passed(due, now) else gettext("today")


def _late_in_words(due: date, today: date) -> str:
    """Days up to a year, then whole years: nobody counts in thousands of days."""
    years = today.year - due.year - ((today.month, today.day) < (due.month, due.day))
    if years:
        return ngettext("%(years)d year late", "%(years)d years late", years) % {"years": years}
    days = (today - due).days
    return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}


def without_double_stops(text: str) -> str:
    """A sentence whose dates are filled in, without the year's stop before another sign.

    "do %(date)s, pa" gives "do 3. avgusta 2018, pa". In templates `blocktranslate` calls it.
    """
    return _STOP_BEFORE_SIGN.sub("", text)


def _month(day: date, column: int) -> str:
    name = _MONTHS[day.month - 1][column]
    return _BOSNIAN.get(name, name) if _language() == "bs" else name


def _language() -> str:
    return (get_language() or "en").lower()


def _in_reader_script(text: str) -> str:
    return text if _language() == "sr" else to_latin(text)


def _is_month(day: Day) -> bool:
    return isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}", day) is not None


def _local_day(day: Day) -> date | None:
    moment = _local_moment(day)
    if moment is not None:
        return moment.date()
    try:
        return date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        return None


def _local_moment(moment: Day) -> datetime | None:
    """The moment by the clock of Belgrade; None for a day. A naive one is taken as local."""
    if isinstance(moment, str):
        try:
            moment = datetime.fromisoformat(moment) if len(moment) > len("2026-01-21") else None
        except ValueError:
            return None
    if not isinstance(moment, datetime):
        return None
    try:
        return moment.astimezone(BELGRADE) if moment.tzinfo else moment.replace(tzinfo=BELGRADE)
    except OverflowError:  # the last hours of the year 9999
        return moment


def _has_passed(due: Day, now: date | datetime) -> bool:
    due_at, now_at = _local_moment(due), _local_moment(now)
    return due_at is not None and now_at is not None and due_at < now_at
