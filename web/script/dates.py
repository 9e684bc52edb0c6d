"""Dates as people write them in Serbian, in both scripts, and in English.

Django's own give "21. јануар 2026." for Serbian, where the month must stand in the genitive.
Moments are shown in the time of Belgrade, whatever zone they are stored in.
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext, ngettext

from web.script.transliterate import to_latin

Day = date | datetime | str | None

BELGRADE = ZoneInfo("Europe/Belgrade")
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
# The full stop of an ordinal year falls away before another sign: "21. јануара 2026, у Кикинди".
_STOP_BEFORE_SIGN = re.compile(r"(?<=\d\d\d\d)\.(?=[,;:.)])")


def long_date(day: Day, then: str = "") -> str:
    """21. јануара 2026. · 21. januara 2026. · 21 January 2026. `then` is the sign that follows.

    Takes a date, a moment or an ISO date; another string comes back as it is, None as "".
    """
    found = _local_day(day)
    if found is None:
        return f"{day or ''}{then}"
    if _language() == "en":
        return f"{found.day} {_month(found, 2)} {found.year}{then}"
    written = f"{found.day}. {_month(found, 1)} {found.year}."
    return without_double_stops(_in_reader_script(written) + then)


def short_date(day: Day, then: str = "") -> str:
    """21.1.2026. for tables; in English 21 Jan 2026, since 1/2 is read in two ways."""
    found = _local_day(day)
    if found is None:
        return f"{day or ''}{then}"
    if _language() == "en":
        return f"{found.day} {_month(found, 2)[:3]} {found.year}{then}"
    return without_double_stops(f"{found.day}.{found.month}.{found.year}.{then}")


def month_year(day: Day, then: str = "") -> str:
    """јануар 2026. · januar 2026. · January 2026. Also takes "2007-12", a month without a day."""
    found = _local_day(f"{day}-01" if _is_month(day) else day)
    if found is None:
        return f"{day or ''}{then}"
    if _language() == "en":
        return f"{_month(found, 2)} {found.year}{then}"
    return without_double_stops(_in_reader_script(f"{_month(found, 0)} {found.year}.") + then)


def date_and_time(moment: Day, then: str = "") -> str:
    """21. јануара 2026. у 9:30 · 21 January 2026 at 9:30, by the clock of Belgrade.

    A day without a time is written as a day.
    """
    found = _local_moment(moment)
    if found is None:
        return long_date(moment, then)
    joined = {"en": " at ", "sr": " у "}.get(_language(), " u ")
    return f"{long_date(found)}{joined}{found.hour}:{found.minute:02}{then}"


def due_in_words(due: Day, today: date | datetime | None = None) -> str:
    """ "in 9 days", "today", "3 days late"; "late since today" once the hour has passed.

    `today` may be a moment; without it the clock of Belgrade is asked. None as `due` gives "".
    """
    now = today or datetime.now(BELGRADE)
    day, current = _local_day(due), _local_day(now)
    if day is None or current is None:
        return str(due or "")
    days = (day - current).days
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    return gettext("late since today") if _has_passed(due, now) else gettext("today")


def without_double_stops(text: str) -> str:
    """A finished sentence without the year's stop before a comma or another stop.

    For sentences whose dates were filled in: "do %(date)s, pa" gives "do 3. avgusta 2018, pa".
    """
    return _STOP_BEFORE_SIGN.sub("", text)


def _month(day: date, column: int) -> str:
    return _MONTHS[day.month - 1][column]


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
