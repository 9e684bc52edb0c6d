"""The selection list of a call: what was handed in, who takes part, what was decided and why.

No name of a person stands in it, only roles; every reader of the programme gets the same list.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.script.content import in_script
from web.spreadsheets import Cell
from workflow.audit.models import Entry
from workflow.conditions import Outcome
from workflow.eligibility import eligibility, excluded
from workflow.models import Application, Call, Member, Participation, Track
from workflow.pages.wording import role_name
from workflow.stages import OPEN, Stage

A_PAGE = 50
WHOLE = "all"  # in place of the number of a page: every line on one page, for paper
Status = Application.Status


@dataclass(frozen=True)
class MemberFact:
    """A municipality of an application: may it apply, and does it still take part?"""

    name: str
    is_lead: bool
    reasons: list[str]  # why it may not apply
    to_be_checked: int  # conditions that no register answers
    has_left: bool


@dataclass(frozen=True)
class Decision:
    """The act by which an application left its stage."""

    decided_on: date | None
    role: str
    reason: str


@dataclass(frozen=True)
class SelectionRow:
    """One application of the list."""

    number: int
    application: Application
    members: list[MemberFact]
    decision: Decision | None

    @property
    def lead(self) -> MemberFact:
        return next(one for one in self.members if one.is_lead)

    @property
    def others(self) -> list[MemberFact]:
        return [one for one in self.members if not one.is_lead]

    @property
    def places(self) -> int:
        """How many places it takes or asks for: one for each municipality that is in it still."""
        return sum(not one.has_left for one in self.members)

    @property
    def is_waiting(self) -> bool:
        return self.application.status == Status.SUBMITTED

    @property
    def outcome(self) -> str:
        """Where it stands, in a word."""
        waits = self.is_waiting
        return _("waits for the decision") if waits else self.application.get_status_display()

    @property
    def reasons(self) -> list[str]:
        """Why it may not apply, with the name where several take part."""
        alone = len(self.members) == 1
        return [
            reason if alone else f"{one.name}: {reason}"
            for one in self.members
            for reason in one.reasons
        ]

    @property
    def conditions(self) -> str:
        """Whether it meets the conditions of the call, in words."""
        if self.reasons:
            return _("not met")
        number = sum(one.to_be_checked for one in self.members)
        if not number:
            return _("met")
        said = ngettext("met, %(number)d to be checked", "met, %(number)d to be checked", number)
        return said % {"number": number}


@dataclass(frozen=True)
class SelectionList:
    """A page of the applications to a call in the order of their arrival; counted are all."""

    call: Call
    rows: list[SelectionRow]
    page: Page[Application]
    numbers: dict[str, int]  # of all applications, by status
    places: int | None  # None where the track has no fixed number
    taken: int

    def count(self, *statuses: str) -> int:
        return sum(self.numbers.get(status, 0) for status in statuses)

    @property
    def all(self) -> int:
        return sum(self.numbers.values())

    @property
    def selected(self) -> int:
        return self.count(Status.SELECTED)

    @property
    def rejected(self) -> int:
        return self.count(Status.REJECTED)

    @property
    def waiting(self) -> int:
        """Handed in, or returned and still to come again."""
        return self.count(Status.SUBMITTED, Status.RETURNED)


def selection_list(call: Call, number: str | None) -> SelectionList:
    """The page of this number, or all. The same few queries, however many applications."""
    rows = handed_in(call)
    per_page = max(rows.count(), 1) if number == WHOLE else A_PAGE
    page = Paginator(rows, per_page).get_page(number)
    counted = handed_in(call).order_by().values_list("status").annotate(Count("pk"))
    track = Track.objects.with_places_taken().get(pk=call.track_id)
    left, taken = track.places_left(), track.places_taken  # type: ignore[attr-defined]
    return SelectionList(
        call=call,
        rows=rows_of(call, list(page), first=page.start_index()),
        page=page,
        numbers=dict(counted),
        places=None if left is None else left + taken,
        taken=taken,
    )


def handed_in(call: Call) -> QuerySet[Application]:
    """By arrival, with all that a line of the list tells of their members."""
    units = "members__municipality"
    members = Member.objects.select_related("municipality__parent")
    rows = call.applications.filter(submitted_at__isnull=False).prefetch_related(
        Prefetch("members", members.order_by("municipality__sort_key")),
        f"{units}__facts",
        Prefetch(f"{units}__participations", Participation.objects.select_related("track")),
    )
    return rows.order_by("submitted_at", "pk")


def rows_of(call: Call, applications: list[Application], *, first: int) -> list[SelectionRow]:
    """Their lines, numbered from `first` on."""
    decided = decisions_of(applications)
    return [
        row_of(number, application, call, decided.get(application.pk))
        for number, application in enumerate(applications, first)
    ]


# Which ends of the stage of application decide it so.
DECIDE = {
    Status.SELECTED: {*OPEN} - {Stage.APPLICATION},
    Status.REJECTED: {Stage.REJECTED, Stage.DISCONTINUED},
    Status.WITHDRAWN: {Stage.WITHDRAWN},
}


def decisions_of(applications: list[Application]) -> dict[int, Decision]:
    """The last act that decided each of these, by its primary key; one for all members."""
    moves = Entry.objects.transitions().filter(
        participation__application__in=applications, source=Stage.APPLICATION
    )
    rows = moves.defer("canonical").select_related("reason_kept", "participation__application")
    decided = {}
    for entry in rows.order_by("recorded_us"):
        application: Any = entry.participation.application
        if entry.target in DECIDE.get(application.status, ()):
            decided[application.pk] = Decision(
                entry.decided_on, role_name(entry.role), entry.reason
            )
    return decided


def row_of(
    number: int, application: Application, call: Call, decision: Decision | None
) -> SelectionRow:
    day = timezone.localdate(application.submitted_at)
    facts = [member_fact(application, member, call, day) for member in application.members.all()]
    lead_first = sorted(facts, key=lambda one: not one.is_lead)
    return SelectionRow(number, application, lead_first, decision)


def member_fact(application: Application, member: Member, call: Call, day: date) -> MemberFact:
    tree = eligibility(call.procedure, member.municipality, day)
    own = [
        one
        for one in member.municipality.participations.all()
        if one.application_id == application.pk
    ]
    return MemberFact(
        member.municipality.full_name,
        is_lead=member.municipality_id == application.lead_id,
        reasons=[" ".join(filter(None, (one.sentence, one.hint))) for one in excluded(tree)],
        to_be_checked=sum(part.outcome == Outcome.WAITING for part in tree.parts),
        has_left=any(one.stage == Stage.WITHDRAWN for one in own),
    )


def head_of_file() -> list[str]:
    """The titles of the columns of the exported list."""
    return [
        _("No."), _("Application"), _("Arrived"), _("Lead"), _("Other municipalities"),
        _("Conditions of the call"), _("Why not met"), _("Places"), _("Decision"),
        _("Decided on"), _("Decided by"), _("Reason"),
    ]  # fmt: skip


def rows_of_file(call: Call) -> list[list[Cell]]:
    """Every application: a file has no pages."""
    return [cells_of(row) for row in rows_of(call, list(handed_in(call)), first=1)]


def cells_of(row: SelectionRow) -> list[Cell]:
    told: Any = row.decision
    return [
        row.number, row.application.reference, timezone.localdate(row.application.submitted_at),
        row.lead.name, ", ".join(one.name for one in row.others), row.conditions,
        "\n".join(row.reasons), row.places, row.outcome,
        told.decided_on if told else None, told.role if told else "",
        in_script(told.reason) if told else "",
    ]  # fmt: skip
