"""Deadlines of all municipalities that a person looks after: late, then by day and week.

A few queries, however many steps there are: of each group the first hundred are read, the others
counted as far as a bound.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Max, Q, QuerySet, Value
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Notice
from notifications.pages.programmes import programmes_of
from notifications.pages.vacant import vacant
from notifications.services.asking import waiting_for_a_second_person
from web.script.dates import short_date
from workflow.models import Participation, Programme, Step
from workflow.models.step import StepStatus
from workflow.pages.board import COUNTED, number_in_words
from workflow.pages.counting import counted
from workflow.pages.filters import plain
from workflow.pages.reached import reached
from workflow.pages.whose_turn import turn_label
from workflow.pages.wording import role_name
from workflow.permissions import Reach, reach
from workflow.rules.due import utc

AT_MOST = 100  # lines of a group
AHEAD = 30  # days
# Kinds of notices that remind of a step.
REMINDING = ["reminder", "reminder_above", "silence", "asked"]


@dataclass(frozen=True)
class Line:
    """One step: whose turn it is, by when, and when somebody was last reminded of it."""

    step: Step
    turn: str
    last_on: date | None
    last_roles: str
    may_remind: bool

    @property
    def last(self) -> str:
        """ "1.12.2026, Coordinator"; "" where nobody was reminded yet."""
        return f"{short_date(self.last_on)} {self.last_roles}" if self.last_on else ""


@dataclass(frozen=True)
class Group:
    """The steps that are due in one span of time; `colour` is a class of the kit."""

    key: str
    label: str
    colour: str
    count: int
    lines: list[Line]

    @property
    def told(self) -> str:
        return number_in_words(self.count)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.lines)


@dataclass(frozen=True)
class Due:
    groups: list[Group]
    nobody: list[Step]
    programmes: list[Programme]
    programme: str
    may_remind: bool  # somewhere on this page

    @property
    def programmes_offered(self) -> list[tuple[str, str]]:
        return [(one.key, str(one)) for one in self.programmes]

    @property
    def is_empty(self) -> bool:
        return not any(group.count for group in self.groups)


def due_page(user: Any, asked: QueryDict) -> Due:
    """NotAllowed for whoever looks after no municipality."""
    seen = reached(user, "view_due")
    key = plain(asked.get("programme", ""))
    rows = running(seen, key)
    parts = {name: rows.filter(span) for name, span in spans().items()}
    steps = first_of_each(parts)
    lines = lines_of(user, [step for found in steps.values() for step in found])
    counts = counts_of(user, parts)
    groups = [
        Group(name, label, colour, counts[name], [lines[step.pk] for step in steps[name]])
        for name, label, colour in labels()
    ]
    may_remind = any(line.may_remind for line in lines.values())
    nobody = list(vacant(to_be_told(rows))[:AT_MOST])
    return Due(groups, nobody, programmes_of(user, "view_due"), key, may_remind)


def labels() -> list[tuple[str, str, str]]:
    return [
        ("late", _("Overdue"), "bad"),
        ("today", _("Today"), "warn"),
        ("week", _("This week"), "warn"),
        ("next", _("Next week"), ""),
        ("later", _("Later, within 30 days"), ""),
    ]


def running(seen: Reach, programme: str) -> QuerySet[Step]:
    """Running steps of the participations that the person looks after."""
    rows = Step.objects.running().filter(seen.over("participation__"))
    return rows.filter(participation__programme__key=programme) if programme else rows


def spans() -> dict[str, Q]:
    """The groups as spans of time. What is due at midnight is due on the day that ends then."""
    now, today = timezone.now(), timezone.localdate()
    monday = today + timedelta(days=7 - today.weekday())
    ends = [end_of(today), end_of(monday, -1), end_of(monday, 6), end_of(today, AHEAD)]
    names = ["today", "week", "next", "later"]
    begins = [now, *ends[:-1]]
    told = {"late": Q(due_at__lt=now), "today": Q(due_at__gte=now, due_at__lte=ends[0])}
    for name, begin, end in list(zip(names, begins, ends, strict=True))[1:]:
        told[name] = Q(due_at__gt=begin, due_at__lte=end)
    return told


def end_of(day: date, days: int = 0) -> datetime:
    """Midnight at the end of a day by the clock of Belgrade, so many days later."""
    return utc(day + timedelta(days=days + 1), time())


def first_of_each(parts: dict[str, QuerySet[Step]]) -> dict[str, list[Step]]:
    """The first hundred of each group. Two statements for all groups."""
    firsts = [
        Step.objects.filter(pk__in=part.order_by("due_at", "pk").values("pk")[:AT_MOST])
        .order_by()
        .values_list("pk", Value(name, CharField()))
        for name, part in parts.items()
    ]
    named_by = dict(firsts[0].union(*firsts[1:], all=True))
    rows = Step.objects.filter(pk__in=named_by).order_by("due_at", "pk")
    found: dict[str, list[Step]] = {name: [] for name in parts}
    for step in with_places(rows):
        found[named_by[step.pk]].append(step)
    return found


def with_places(rows: QuerySet[Step]) -> QuerySet[Step]:
    return rows.select_related(
        "participation__municipality__parent", "participation__programme", "participation__track"
    )


def counts_of(user: Any, parts: dict[str, QuerySet[Step]]) -> dict[str, int]:
    """How many there are in each group, as far as a bound. One query, hung on the person's row."""
    told = {f"{name}_": counted(part.order_by(), COUNTED + 1) for name, part in parts.items()}
    row: Any = get_user_model().objects.filter(pk=user.pk).values(**told).get()
    return {name: row[f"{name}_"] for name in parts}


def lines_of(user: Any, steps: list[Step]) -> dict[int, Line]:
    """Each step in words. Two queries: the last reminders, and what waits for a second person."""
    last, proposed = last_reminders(steps), waiting_for_a_second_person([one.pk for one in steps])
    programmes = reach(user, "remind").programmes
    lines = {}
    for step in steps:
        turn = "" if step.pk in proposed else step.turn
        case: Participation = step.participation
        on, roles = last.get(step.pk, (None, []))
        lines[step.pk] = Line(
            step,
            turn_label(case, turn),
            on,
            ", ".join(role_name(role) for role in roles),
            may_remind=bool(turn) and case.programme_id in programmes,
        )
    return lines


def last_reminders(steps: list[Step]) -> dict[int, tuple[date, list[str]]]:
    """By step: the last day on which somebody was reminded of it, and in which roles."""
    rows = Notice.objects.filter(step__in=steps, kind__in=REMINDING, is_stale=False)
    by_step: dict[int, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    told = rows.order_by().values_list("step", "role").annotate(last=Max("made_at"))
    for step, role, moment in told:
        by_step[step or 0][timezone.localdate(moment)].add(role)
    return {step: (max(days), sorted(days[max(days)])) for step, days in by_step.items()}


def to_be_told(rows: QuerySet[Step]) -> QuerySet[Step]:
    """Steps of which somebody is reminded soon: late, due within the month, or handed in."""
    soon = Q(due_at__lte=end_of(timezone.localdate(), AHEAD)) | Q(status=StepStatus.SUBMITTED)
    return with_places(rows.filter(soon)).order_by("due_at", "pk")
