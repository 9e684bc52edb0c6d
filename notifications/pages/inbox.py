"""The inbox: notices by day, each leading to its place; and their number in the masthead."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import CharField, F, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.models import Notice
from notifications.services.standing import OWED_WHILE, REMINDS
from notifications.wording import said, why
from web.context import NavEntry, register_ones_own
from web.script.dates import long_date, readers_day
from web.script.numbers import number
from workflow.models.step import OWED, SETTLED, StepStatus

UNCOUNTED = {"workflow:search"}  # of the fifteen queries it may ask none is left
ON_A_PAGE = 50
FILTERS = {
    "": gettext_lazy("All"),
    "action": gettext_lazy("Needs action"),
    "information": gettext_lazy("For information"),
}


def inbox_page(request: HttpRequest) -> dict[str, Any]:
    """All that the inbox shows: one page of it under the filter of the address, by day."""
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in FILTERS else ""
    mine = Notice.objects.of(request.user)
    page = Paginator(filtered(mine, chosen).with_places(), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return {
        "filters": [
            {"value": value, "label": label, "is_chosen": value == chosen}
            for value, label in FILTERS.items()
        ],
        "chosen": chosen,
        "asked": f"show={chosen}" if chosen else "",
        "page": page,
        "days": by_day(page),
        "unread": mine.unread().count(),
        "shown_at": timezone.now().isoformat(),
    }


def filtered(notices: Any, chosen: str) -> Any:
    looks = Cast(KeyTextTransform("accepted_by", "step__rule"), CharField())
    mover = Coalesce(Cast(KeyTextTransform("turn", "facts"), CharField()), F("role"))
    notices = notices.alias(looks=looks, mover=mover).annotate(waits=waits())
    return notices.filter(waits=chosen == "action") if chosen else notices


def waits() -> Q:
    """Asks for an act that is still owed, as the step stands now."""
    done = Q(step__status__in=SETTLED) | has_passed_on()
    for kind, statuses in OWED_WHILE.items():
        done |= Q(kind=kind) & ~Q(step__status__in=statuses)
    return Q(needs_action=True) & ~done


def has_passed_on() -> Q:
    """As `standing.has_passed_on`, asked of the database: reminds of a move that was made."""
    of_the_step = Q(kind__in=REMINDS, step__isnull=False)
    handed_in = Q(step__status=StepStatus.SUBMITTED) & ~Q(looks=F("mover"))
    sent_back = Q(step__status__in=OWED) & ~Q(step__role=F("mover"))
    return of_the_step & (handed_in | sent_back)


def by_day(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """The lines under their days, by the clock of the reader."""
    days = groupby(notices, key=lambda one: readers_day(one.made_at))
    return [{"label": day_in_words(day), "lines": [line_of(one) for one in ones]}
            for day, ones in days]  # fmt: skip


def day_in_words(day: date) -> str:
    today = readers_day(timezone.now())
    if day == today:
        return _("Today")
    return _("Yesterday") if day == today - timedelta(days=1) else long_date(day)


def line_of(notice: Notice) -> dict[str, Any]:
    return {"notice": notice, "said": said(notice), "why": why(notice)}


def entry(request: HttpRequest) -> NavEntry:
    """In the masthead, with how many are unread. One query, where the page has room for it."""
    match = request.resolver_match
    counts = match is None or match.view_name not in UNCOUNTED
    unread = Notice.objects.of(request.user).unread().count() if counts else 0
    if not unread:
        return NavEntry(_("Notices"), "notifications:inbox")
    label = _("Notices (%(unread)s)") % {"unread": number(unread)}
    return NavEntry(label, "notifications:inbox")


def register_entry() -> None:
    """Called once, from `apps.py`."""
    register_ones_own(entry)
