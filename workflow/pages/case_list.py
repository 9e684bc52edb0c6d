"""The list of participations: its filters from the address, and what a line says."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import ngettext

from web.script.fold import in_alphabet
from web.script.numbers import number
from workflow.glance import MANAGER, next_owed
from workflow.models import Participation, Programme, Step
from workflow.models.named import in_order_of, named
from workflow.models.step import with_present_steps
from workflow.pages.filters import Filters, chips, deadlines_offered, filtered, names_of
from workflow.pages.paging import Paged
from workflow.pages.whose_turn import turn_label
from workflow.stages import Stage

A_PAGE = 50
AT_MOST = 1_000  # lines; whoever has more narrows the list by its filters


@dataclass(frozen=True)
class Line:
    """One participation of the list, with whose turn it is."""

    participation: Participation
    days: int | None
    step: Step | None
    turn: str
    joint_with: str = ""


@dataclass
class CaseList(Paged):
    filters: Filters
    page: Page
    lines: list[Line]
    programmes: list[Programme]
    stages: list[tuple[str, Any]] = field(default_factory=lambda: list(Stage.choices))

    @property
    def programmes_offered(self) -> list[tuple[str, str]]:
        return [(one.key, str(one)) for one in self.programmes]

    @property
    def deadlines(self) -> list[tuple[str, str]]:
        return deadlines_offered()

    @property
    def chips(self) -> list[dict[str, str]]:
        names = {one.key: str(one) for one in self.programmes}
        programme = {"programme": names.get(self.filters.programme, "")}
        return chips(self.filters, names_of(self.filters) | programme)

    @property
    def told(self) -> str:
        """How many were found; said when a filter has changed the list."""
        found = self.page.paginator.count
        told = ngettext("%(n)s participation", "%(n)s participations", found)
        return told % {"n": f"{number(AT_MOST)}+" if found > AT_MOST else number(found)}

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Filters that came from elsewhere, such as the board; the form keeps them."""
        return self.filters.beside("q", "programme", "stage", "due", "ready", "mine")


def case_list(user: Any, asked: QueryDict) -> CaseList:
    """One page of what the person may see. The same few queries for one line and for fifty."""
    filters = Filters.of(asked)
    visible = Participation.objects.visible_to(user)
    rows = filtered(visible, filters, user)
    found = list(rows.order_by("sort_key", "pk").values_list("pk", flat=True)[: AT_MOST + 1])
    page = Paginator(found, A_PAGE).get_page(asked.get("page"))
    there = Exists(visible.filter(programme=OuterRef("pk")))
    programmes = Programme.objects.filter(there).in_bulk()
    shown = with_present_steps(named(in_order_of(list(page))))
    for participation in shown:
        participation.programme = programmes[participation.programme_id]
    lines = [line(participation) for participation in shown]
    return CaseList(filters, page, lines, in_alphabet(programmes.values()))


def line(participation: Participation) -> Line:
    step = next_owed(participation) if participation.is_open else None
    return Line(
        participation,
        days=days_in_stage(participation, timezone.localdate()),
        step=step,
        turn=turn_of(participation, step),
        joint_with=participation.joint_lead,
    )


def days_in_stage(participation: Participation, today: date) -> int | None:
    """None once it is closed."""
    return (today - participation.entered_on).days if participation.is_open else None


def turn_of(participation: Participation, step: Step | None) -> str:
    if not participation.is_open:
        return ""
    if participation.on_hold_since or step is None:
        return turn_label(participation, MANAGER)
    return turn_label(participation, step.turn)
