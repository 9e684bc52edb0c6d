"""Notices saved, each in the message that mails it: what comes together is told together."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from notifications.kinds import KINDS
from notifications.models import Delivery, Notice, Preferences, Rhythm
from notifications.models.delivery import message_id_of
from notifications.offsets import MORNING
from workflow.rules.due import BELGRADE, utc

INBOX_ONLY = "inbox"
USUAL = {"progress": Rhythm.NOW.value, "deadlines": Rhythm.NOW.value, "people": Rhythm.NOW.value}


def post(notices: list[Notice]) -> None:
    """Save new notices and put each into a message to its person. At most five statements.

    In the transaction of whoever made them. A notice that is there already is left as it is.
    """
    if not notices:
        return
    users = {notice.user_id: notice.user for notice in notices}
    preferences = {one.user_id: one for one in Preferences.objects.filter(user__in=users)}
    wanted = [(one, rhythm_of(one, preferences.get(one.user_id))) for one in notices]
    mailed = {(one.user_id, rhythm) for one, rhythm in wanted if rhythm != INBOX_ONLY}
    messages = messages_for(mailed, preferences)
    now = timezone.now()
    for notice, rhythm in wanted:
        notice.made_at = now
        notice.delivery = messages.get((notice.user_id, rhythm))
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def rhythm_of(notice: Notice, preferences: Preferences | None) -> str:
    """How the person wants to be told; what needs their action always at once."""
    kind = KINDS[notice.kind]
    if kind.group == "action":
        return Rhythm.NOW.value
    chosen = preferences.rhythms if preferences else {}
    return chosen.get(kind.group, USUAL[kind.group])


def messages_for(
    wanted: set[tuple[int, str]], preferences: dict[int, Preferences]
) -> dict[tuple[int, str], Delivery]:
    """By person and rhythm: the message that still gathers, or a new one."""
    now = timezone.now()
    gathering = Delivery.objects.gathering(now).select_for_update(of=("self",))
    gathering = gathering.filter(user__in={user for user, _rhythm in wanted}).order_by(
        "-due_at",
        "pk",  # one order for all, so that no two wait for each other
    )
    found = {(one.user_id, one.rhythm): one for one in gathering}
    new = {
        (user, rhythm): new_message(user, rhythm, preferences.get(user), now)
        for user, rhythm in sorted(wanted - set(found))
    }
    Delivery.objects.bulk_create(new.values())
    return found | new


def new_message(user: int, rhythm: str, preferences: Preferences | None, now: datetime) -> Delivery:
    message = Delivery(user_id=user, rhythm=rhythm, made_at=now)
    message.due_at = due_at(rhythm, preferences, now)
    message.message_id = message_id_of(message.uuid)
    return message


def due_at(rhythm: str, preferences: Preferences | None, now: datetime) -> datetime:
    """When a message of this rhythm goes out: soon, tomorrow morning, on Monday morning."""
    today = timezone.localdate(now, BELGRADE)
    if rhythm == Rhythm.NOW:
        due = now + timedelta(seconds=settings.MAIL_GATHERED_SECONDS)
    else:
        days = 1 if rhythm == Rhythm.DAILY else 7 - today.weekday()
        due = utc(today + timedelta(days=days), MORNING)
    return after_quiet(due, preferences) if preferences else due


def after_quiet(due: datetime, preferences: Preferences) -> datetime:
    """The same moment, or the end of the quiet hours and days that it falls into."""
    for _ in range(4):  # a quiet night, a quiet weekend, the night after it
        local = due.astimezone(BELGRADE)
        if preferences.quiet_weekends and local.weekday() >= 5:
            days = 7 - local.weekday()
            due = utc(local.date() + timedelta(days=days), preferences.quiet_until or MORNING)
        elif is_quiet(local.time(), preferences):
            until: Any = preferences.quiet_until
            over = local.time() >= until  # the quiet hours end tomorrow
            due = utc(local.date() + timedelta(days=int(over)), until)
        else:
            break
    return due


def is_quiet(clock: time, preferences: Preferences) -> bool:
    """Whether a local time lies in the quiet hours, which may go past midnight."""
    begins, ends = preferences.quiet_from, preferences.quiet_until
    if begins is None or ends is None or begins == ends:
        return False
    if begins < ends:
        return begins <= clock < ends
    return clock >= begins or clock < ends


def drop_overtaken(notices: Iterable[Notice]) -> None:
    """These are not sent, nor shown in the inbox: what they say is no longer so."""
    pks = [notice.pk for notice in notices]
    if pks:
        Notice.objects.filter(pk__in=pks).update(is_stale=True)
