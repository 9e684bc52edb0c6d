"""The messages of one's programmes: counted, listed, and one of them in full.

A message may tell of several programmes. Of each, a person reads what concerns their own; that
there is more is said, not what.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Delivery, Notice
from notifications.outcomes import COLOURS, Outcome, outcome_of_message
from notifications.pages.programmes import programmes_of
from notifications.wording import said
from web.script.numbers import number
from workflow.models import Programme
from workflow.pages.board import Tile
from workflow.pages.filters import plain
from workflow.pages.paging import Paged
from workflow.pages.reached import reached
from workflow.pages.wording import role_name, told_once

ON_A_PAGE = 50
LATE = timedelta(minutes=15)  # so long a waiting message may be overdue before somebody is called
LATELY = timedelta(days=7)
Status = Delivery.Status
COUNTED = [
    Status.NEW, Status.SENDING, Status.SENT, Status.FAILED, Status.DEAD, Status.PAUSED,
]  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What the reader asked for in the address; whatever makes no sense is left out."""

    status: str = ""
    programme: str = ""

    @classmethod
    def of(cls, asked: QueryDict, programme: str = "") -> Self:
        status = asked.get("status", "")
        chosen = programme or plain(asked.get("programme", ""))
        return cls(status if status in Status.values else "", chosen)

    def address(self, **changed: Any) -> str:
        told = vars(self) | changed
        return "?" + urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True)
class Line:
    """One message: to whom, what it says first, how it stands."""

    delivery: Delivery
    first: Notice
    count: int

    @property
    def subject(self) -> str:
        return said(self.first).headline

    @property
    def more(self) -> int:
        return self.count - 1

    @property
    def person(self) -> str:
        return told_once(str(self.delivery.user), role_name(self.first.role))

    @property
    def outcome(self) -> Outcome:
        return outcome_of_message(self.delivery)


@dataclass(frozen=True)
class Desk(Paged):
    """One page of messages, with what its filters offer and how many there are of each kind."""

    filters: Filters
    page: Page
    lines: list[Line]
    counts: dict[str, int]
    programmes: list[Programme]
    late_since: datetime | None

    @property
    def statuses(self) -> list[tuple[str, Any]]:
        return list(Status.choices)

    @property
    def programmes_offered(self) -> list[tuple[str, str]]:
        return [(one.key, str(one)) for one in self.programmes]

    @property
    def tiles(self) -> list[Tile]:
        """Each status with what it counts; of those that were sent, lately."""
        labels = {status: str(status.label) for status in COUNTED}
        labels[Status.SENT] = _("sent in 7 days")
        return [
            Tile(
                number(self.counts[status]),
                labels[status],
                self.filters.address(status=status),
                COLOURS.get(status, "") if self.counts[status] else "",
            )
            for status in COUNTED
        ]


def deliveries_desk(user: Any, asked: QueryDict, programme: str = "") -> Desk:
    """The newest messages first. The same few queries for one and for fifty.

    NotAllowed where the person's mandates reach no message at all.
    """
    filters = Filters.of(asked, programme)
    seen = notices_seen(user)
    if filters.programme:
        seen = seen.filter(participation__programme__key=filters.programme)
    rows = messages_with(seen)
    listed = rows.filter(status=filters.status) if filters.status else rows
    page = Paginator(listed.order_by("-made_at", "-pk"), ON_A_PAGE).get_page(asked.get("page"))
    return Desk(
        filters=filters,
        page=page,
        lines=lines_of(list(page), seen),
        counts=counts_of(rows),
        programmes=programmes_of(user, "view_deliveries"),
        late_since=late_since(),
    )


def notices_seen(user: Any) -> Any:
    """What messages tell of participations of this person; NotAllowed where there can be none."""
    seen = reached(user, "view_deliveries")
    return Notice.objects.filter(seen.over("participation__"), participation__isnull=False)


def messages_with(seen: Any) -> Any:
    return Delivery.objects.filter(Exists(seen.filter(delivery=OuterRef("pk"))))


def counts_of(rows: Any) -> dict[str, int]:
    """How many stand in each status; of those that were sent, lately. One query."""
    lately = Q(status=Status.SENT, sent_at__gte=timezone.now() - LATELY)
    told = {str(status): Count("pk", filter=Q(status=status)) for status in COUNTED}
    return rows.filter(~Q(status=Status.SENT) | lately, status__in=COUNTED).aggregate(**told)


def lines_of(deliveries: list[Delivery], seen: Any) -> list[Line]:
    """Each with the first of its notices that the person may read. Two queries."""
    own = seen.filter(delivery=OuterRef("pk")).order_by()
    counted = own.values("delivery").annotate(n=Count("pk")).values("n")
    rows = Delivery.objects.filter(pk__in=[one.pk for one in deliveries]).annotate(
        first=Subquery(own.order_by("pk").values("pk")[:1]),
        count=Subquery(counted, output_field=IntegerField()),
    )
    found = {one.pk: one for one in rows.select_related("user")}
    notices = Notice.objects.with_places().in_bulk([one.first for one in found.values()])
    return [
        Line(found[one.pk], notices[found[one.pk].first], found[one.pk].count) for one in deliveries
    ]


def late_since() -> datetime | None:
    """Since when the oldest waiting message should be sent, where that is far too long."""
    oldest = Delivery.objects.due(timezone.now() - LATE).first()
    return oldest.due_at if oldest else None
