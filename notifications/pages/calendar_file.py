"""The file that a calendar program fetches: one event for each deadline, in the reader's language.

It names no person: whoever has the address reads it without signing in.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, Timezone

from notifications.models import CalendarFeed
from notifications.offsets import MORNING
from web.script.dates import without_double_stops
from workflow.models import Deadline, Participation, Step
from workflow.pages.turns import Desk
from workflow.pages.wording import role_name, told
from workflow.permissions import reach
from workflow.rules.due import BELGRADE, END_OF_DAY

ZONE = "Europe/Belgrade"
AGAIN = timedelta(hours=1)  # calendar programs look again after this time
WARNED = [3, 1]  # days before


def calendar_file(feed: CalendarFeed) -> bytes:
    """In the active language. What the person may no longer see is not in it.

    Three queries, however many deadlines there are.
    """
    deadlines = list(deadlines_of(feed))
    calendar = empty_calendar(feed)
    hours = [one.on for one in deadlines if has_hour(one)]
    if hours:
        calendar.add_component(zone_for(min(hours), max(hours)))
    for deadline in deadlines:
        calendar.add_component(event_of(deadline))
    return calendar.to_ical()


def deadlines_of(feed: CalendarFeed) -> Iterable[Deadline]:
    """The present versions of those that run, the nearest first, each with its step."""
    steps = Step.objects.running().filter(due_of(feed), due_at__isnull=False)
    rows = Deadline.objects.filter(step__in=steps, version=F("step__deadline_version"))
    return rows.select_related("step__participation__municipality__parent").order_by("moment", "pk")


def due_of(feed: CalendarFeed) -> Q:
    """Which steps the calendar holds, by the mandates of this very moment."""
    user = feed.user
    if feed.participation_id:
        seen = Participation.objects.visible_to(user).filter(pk=feed.participation_id)
        return Q(participation__in=seen.values("pk"))
    near = reach(user, "hand_in")
    here = Q(participation__municipality__in=near.municipalities)
    return here | Q(participation__in=near.participations) | Desk.of(user).my_turn()


def empty_calendar(feed: CalendarFeed) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Koraci//{(get_language() or '').upper()}")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name_of(feed))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return calendar


def name_of(feed: CalendarFeed) -> str:
    """What the calendar is called; a participation that may no longer be seen is not named."""
    participation = feed.participation
    if participation is None:
        return _("Koraci: deadlines")
    return _("Koraci: deadlines of %(reference)s") % {"reference": participation.reference}


def zone_for(first: date, last: date) -> Timezone:
    """The rules of summer time for the years that the deadlines lie in."""
    year = timedelta(days=366)
    return Timezone.from_tzid(ZONE, first_date=first - year, last_date=last + year)


def event_of(deadline: Deadline) -> Event:
    """A moved deadline is the same event with the next number, so that programs move it too."""
    step: Any = deadline.step
    event = Event()
    event.add("uid", f"step-{step.uuid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", deadline.version)
    for name in ("dtstamp", "last-modified"):
        event.add(name, deadline.set_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", starts(deadline))
    event.add("summary", summary_of(step))
    event.add("description", description_of(deadline, step))
    event.add("url", settings.SITE_URL + step.get_absolute_url())
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # it takes no time out of anybody's day
    for days in WARNED:
        event.add_component(alarm_of(deadline, days, summary_of(step)))
    return event


def has_hour(deadline: Deadline) -> bool:
    """Of a day, a month, and at 24:00 it is the whole day."""
    return deadline.precision == "minute" and deadline.at not in ("", END_OF_DAY)


def starts(deadline: Deadline) -> date | datetime:
    return deadline.moment.astimezone(BELGRADE) if has_hour(deadline) else deadline.on


def summary_of(step: Step) -> str:
    return f"[{step.participation.municipality.full_name}] {step.title}"


def description_of(deadline: Deadline, step: Step) -> str:
    lines = [
        _("Due by %(date)s.") % {"date": told(deadline)},
        _("Whose turn: %(who)s.") % {"who": role_name(step.turn)},
        step.participation.reference,
    ]
    return without_double_stops("\n".join(lines))


def alarm_of(deadline: Deadline, days: int, words: str) -> Alarm:
    """At that hour days before; before a whole day, in the morning and not at midnight."""
    morning = timedelta() if has_hour(deadline) else hours_of(MORNING)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", morning - timedelta(days=days))
    alarm.add("description", words)
    return alarm


def hours_of(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)
