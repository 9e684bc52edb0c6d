"""Who was told what and when of a participation, how it went, and what is planned.

A handful of queries, however many notices and reminders there are.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from notifications.audience import roles_for
from notifications.models import Notice, Reminder
from notifications.offset_words import offset_in_words
from notifications.outcomes import Outcome, outcome_of
from notifications.wording import address_of, said
from workflow.models import Participation, Step
from workflow.models.step import StepStatus
from workflow.pages.standing import Standing
from workflow.pages.wording import role_name, told_once
from workflow.permissions import MAY, holders

ON_A_PAGE = 50
IN_THE_PANEL = 5
PLANNED_AT_MOST = 100  # lines of the plan, the next first
About = Reminder.About


@dataclass(frozen=True)
class Line:
    """One notice as somebody else reads of it: what, to whom, how it went."""

    notice: Notice

    @property
    def subject(self) -> str:
        return said(self.notice).subject

    @property
    def url(self) -> str:
        return address_of(self.notice)

    @property
    def person(self) -> str:
        """The name, with the role where the name does not say it."""
        return told_once(str(self.notice.user), role_name(self.notice.role))

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.notice)


@dataclass(frozen=True)
class Seat:
    """A role that is to be told, and who holds it at this moment; "" for nobody."""

    role: str
    people: str


@dataclass(frozen=True)
class Planned:
    """What of the plan is due on one day for one step."""

    on: date
    step: Step
    when: str  # "3 days before the deadline"
    seats: list[Seat]


def told_page(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    here = Standing(request.user, participation)
    page = Paginator(notices_of(participation), ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "participation": participation,
        "page": page,
        "lines": lines_of(page, participation),
        "newer": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "older": f"?page={page.next_page_number()}" if page.has_next() else "",
        "planned": planned_for(participation),
        "may_read_log": here.may("view_log"),
        "may_invite": here.may("invite"),
        "may_view_deliveries": here.may("view_deliveries"),
    }


def panel(request: HttpRequest, participation: Participation) -> dict[str, Any] | None:
    """The last five on the page of the participation, for whoever may read of them."""
    if not Standing(request.user, participation).may("view_told"):
        return None
    last = notices_of(participation)[:IN_THE_PANEL]
    return {"participation": participation, "lines": lines_of(last, participation)}


def notices_of(participation: Participation) -> Any:
    rows = Notice.objects.filter(participation=participation).order_by("-made_at", "-pk")
    return rows.select_related("user", "delivery", "step", "entry", "reminder", "told_in")


def lines_of(notices: Any, participation: Participation) -> list[Line]:
    found = list(notices)
    for notice in found:
        notice.participation = participation
    return [Line(notice) for notice in found]


def planned_for(participation: Participation) -> list[Planned]:
    """What is still to come, the next first; while the clock stands nobody is reminded."""
    if participation.on_hold_since or not participation.is_open:
        return []
    reminders = standing_reminders(participation)
    held = holders([participation], MAY["hand_in"])[participation.pk] if reminders else []
    names: dict[str, dict[int, str]] = {}
    for mandate in held:
        names.setdefault(mandate.role, {})[mandate.user_id] = str(mandate.user)
    days = groupby(reminders, lambda one: (one.due_at, one.step_id, one.about, one.offset))
    planned = (planned_on(list(lines), names) for _key, lines in days)
    return [one for one in planned if one.seats]


def standing_reminders(participation: Participation) -> list[Reminder]:
    """As `still_stands`, asked of all at once. Two queries."""
    steps = {step.pk: step for step in participation.present_steps if not step.is_settled}
    later = Reminder.objects.filter(
        step=OuterRef("step"), about=About.SILENCE, version__gt=OuterRef("version")
    )
    of_deadline = Q(about=About.DEADLINE, version=F("step__deadline_version"))
    of_silence = Q(~Exists(later), about=About.SILENCE, step__status=StepStatus.SUBMITTED)
    rows = Reminder.objects.filter(
        of_deadline | of_silence, step__in=steps, status=Reminder.Status.PLANNED
    )
    found = list(rows.order_by("due_at", "step__position", "step", "about", "offset", "pk")[
        :PLANNED_AT_MOST
    ])  # fmt: skip
    for one in found:
        if one.step_id:
            one.step = steps[one.step_id]
    return found


def planned_on(reminders: list[Reminder], names: dict[str, dict[int, str]]) -> Planned:
    """The lines of one step on one day, which differ in whom they are for alone."""
    first = reminders[0]
    step: Any = first.step
    roles = [role for one in reminders for role in roles_for(one.recipient, step)]
    seats = [
        Seat(role_name(role), ", ".join(names.get(role, {}).values()))
        for role in dict.fromkeys(roles)
    ]
    return Planned(timezone.localdate(first.due_at), step, offset_in_words(first), seats)
