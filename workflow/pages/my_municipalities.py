"""A mentor's municipalities by risk: overdue, due soon, then whoever was silent the longest.

A few queries, however many there are: deadlines are kept with each participation, the last day
comes from the log.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.roles import Role
from workflow.audit.models import ByKind, Entry
from workflow.glance import next_owed, urgency
from workflow.models import Evidence, Participation, Step
from workflow.models.participation import ParticipationQuerySet
from workflow.models.step import with_present_steps
from workflow.pages.first import First, button_of_mentor, first_step
from workflow.pages.turns import Desk
from workflow.pages.whose_turn import turn_label
from workflow.pages.wording import SOON

SOME = 3  # what the mentor can do there now; the page of the participation lists the others
A_LONG_SILENCE = 30  # days
LATE, DUE_SOON, CALM, HELD = "late", "soon", "calm", "held"  # from the gravest on


@dataclass(frozen=True)
class Line:
    """One municipality: where it stands, what is next, what the mentor can do there now."""

    participation: Participation
    risk: str
    days: int  # in the stage
    silent_days: int | None  # since somebody last did anything, after the log
    met_on: date | None  # the last meeting of which minutes were handed in
    step: Step | None  # owed next
    own: list[Step]  # whose next move is the mentor's, and can be made

    @property
    def turn(self) -> str:
        return turn_label(self.participation, self.participation.turn)

    @property
    def is_silent(self) -> bool:
        return (self.silent_days or 0) >= A_LONG_SILENCE

    @property
    def silence(self) -> str:
        """ "Last entry in the log: today." """
        if self.silent_days is None:
            return _("The log has no entry yet.")
        if self.silent_days == 0:
            return _("Last entry in the log: today.")
        told = {"days": self.silent_days}
        return (
            ngettext(
                "Last entry in the log: %(days)d day ago.",
                "Last entry in the log: %(days)d days ago.",
                self.silent_days,
            )
            % told
        )

    @property
    def at_risk(self) -> tuple[int, float, int, date]:
        """Sort key: what is due first, else who was silent the longest, then not met with."""
        due = self.participation.next_due_at
        is_due = due is not None and self.risk in (LATE, DUE_SOON)
        rank = [LATE, DUE_SOON, CALM, HELD].index(self.risk)
        silence = (-(self.silent_days or 0), self.met_on or date.min)
        return (rank, due.timestamp() if due and is_due else 0, *silence)


@dataclass(frozen=True)
class Group:
    """The lines of one risk; `colour` is a class of the kit, the words say the same."""

    key: str
    label: str
    lines: list[Line]
    colour: str
    tile: str  # the words beside its number; "" for what needs no tile


@dataclass(frozen=True)
class MyMunicipalities:
    groups: list[Group]
    ended: list[Participation]

    @property
    def count(self) -> int:
        return sum(len(group.lines) for group in self.groups)

    @property
    def waiting(self) -> int:
        """In how many of them something waits for the mentor."""
        return sum(bool(line.own) for group in self.groups for line in group.lines)

    @property
    def first(self) -> First | None:
        """What waits for the mentor in the municipality at the highest risk."""
        own = (step for group in self.groups for line in group.lines for step in line.own)
        step = next(own, None)
        return first_step(step, button_of_mentor(step)) if step else None


def my_municipalities(user: Any) -> MyMunicipalities:
    """Where `user` is a mentor now."""
    desk = Desk.of(user).only(Role.MENTOR)
    rows = list(with_last_days(desk.participations()))
    present = with_present_steps([one for one in rows if one.is_open])
    by_risk = defaultdict(list)
    for found in sorted((line(one) for one in present), key=lambda one: one.at_risk):
        by_risk[found.risk].append(found)
    groups = [Group(key, label, by_risk[key], *look) for key, label, *look in risks()]
    return MyMunicipalities(groups, [one for one in rows if not one.is_open])


def risks() -> list[tuple[str, str, str, str]]:
    return [
        (LATE, _("Overdue"), "bad", _("overdue")),
        (DUE_SOON, _("Due in 7 days"), "warn", _("due in 7 days")),
        (CALM, _("Nothing due soon, the longest silence first"), "", ""),
        (HELD, _("On hold"), "", ""),
    ]


def with_last_days(rows: ParticipationQuerySet) -> ParticipationQuerySet:
    """With their names, when a person last did anything there, after the log, and last met."""
    entries = Entry.objects.filter(participation=OuterRef("pk")).exclude(by_kind=ByKind.SYSTEM)
    meetings = Evidence.objects.filter(step__participation=OuterRef("pk"), kind="meeting")
    meetings = meetings.exclude(dated_on=None).exclude(status=Evidence.Status.RETURNED)
    named = rows.select_related("municipality__parent", "track", "programme")
    return named.annotate(
        last_us=Subquery(entries.order_by("-seq").values("recorded_us")[:1]),
        met_on=Subquery(meetings.order_by("-dated_on").values("dated_on")[:1]),
    ).order_by("municipality__sort_key", "pk")


def line(participation: Participation) -> Line:
    steps = [] if participation.on_hold_since else participation.present_steps
    own = [step for step in steps if step.turn == Role.MENTOR and not step.waits_for]
    return Line(
        participation,
        risk=risk_of(participation),
        days=(timezone.localdate() - participation.entered_on).days,
        silent_days=days_since(participation.last_us),  # type: ignore[attr-defined]
        met_on=participation.met_on,  # type: ignore[attr-defined]
        step=next_owed(participation) if steps else None,
        own=sorted(own, key=urgency)[:SOME],
    )


def risk_of(participation: Participation) -> str:
    due, now = participation.next_due_at, timezone.now()
    if participation.on_hold_since:
        return HELD
    if due is None or due >= now + SOON:
        return CALM
    return LATE if due < now else DUE_SOON


def days_since(moment_us: int | None) -> int | None:
    """Days of the calendar since a moment in microseconds; None where there was none."""
    if moment_us is None:
        return None
    day = timezone.localdate(datetime.fromtimestamp(moment_us / 1_000_000, UTC))
    return (timezone.localdate() - day).days
