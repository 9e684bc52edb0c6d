"""What is next for one person: a few queries, however many steps and participations."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType

from municipalities.models import Mandate
from municipalities.roles import Role
from web.script.fold import in_alphabet
from workflow.glance import urgency
from workflow.models import Application, Evidence, Member, Participation, Proposal, Step
from workflow.models.named import named
from workflow.models.step import StepStatus, with_present_steps
from workflow.pages.filters import plain
from workflow.pages.first import (
    First,
    first_application,
    first_consent,
    first_proposal,
    first_ready,
    first_step,
)
from workflow.pages.own_vacancies import Vacant, vacant_in
from workflow.pages.turns import MUNICIPAL, Desk

SOME = 3  # more mentors than that are no help box but a list
MOST = 50  # participations on one page; the list has the others


@dataclass
class MyDesk:
    """The groups of the page, each sorted by urgency."""

    chosen: Participation | None = None
    participations: list[Participation] = field(default_factory=list)
    urgent: Step | None = None
    now: list[Step] = field(default_factory=list)
    later: list[Step] = field(default_factory=list)
    others: list[Step] = field(default_factory=list)
    done: list[Step] = field(default_factory=list)
    on_hold: list[Participation] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    consents: list[Member] = field(default_factory=list)
    unfinished: list[Application] = field(default_factory=list)
    ready: list[Participation] = field(default_factory=list)
    mentors: list[Mandate] = field(default_factory=list)
    remarks: dict[int, list[str]] = field(default_factory=dict)
    vacant: list[Vacant] = field(default_factory=list)
    signs: bool = False  # a signatory: what waits in their own name, the rest folded
    beside: list[Step] = field(default_factory=list)  # then: what waits for their other roles
    is_cut: bool = False  # only the most urgent are shown

    @property
    def is_empty(self) -> bool:
        """Nothing to do now; what cannot start yet may stand below."""
        waiting = self.now or self.beside or self.proposals or self.unfinished
        return not (waiting or self.consents or self.ready)

    @property
    def first(self) -> First | None:
        """The most urgent step; without one, what else waits for this person."""
        if self.urgent:
            return first_step(self.urgent)
        makers: list[tuple[Callable[..., First], list[Any]]] = [
            (first_proposal, self.proposals), (first_consent, self.consents),
            (first_application, self.unfinished), (first_ready, self.ready),
        ]  # fmt: skip
        return next((make(rows[0]) for make, rows in makers if rows), None)

    @property
    def rest(self) -> int:
        """How many lines a signatory finds folded."""
        steps = [*self.beside, *self.later, *self.others]
        return len(steps) + len(self.on_hold) + len(self.unfinished)


def my_desk(user: Any, reference: str = "", *, role: str = "") -> MyDesk:
    """Everything that waits for `user`, of one participation when `reference` names one.

    `role` is the one whose work stands first.
    """
    desk = Desk.of(user)
    every = desk.participations().open()
    is_cut = every[MOST : MOST + 1].exists()
    by_name = every.select_related("track").order_by("municipality__sort_key", "pk")
    mine = named(desk.due_first(MOST) if is_cut else by_name)
    chosen = every.with_names().filter(reference=plain(reference)).first() if reference else None
    shown = [chosen] if chosen else mine
    page = MyDesk(chosen=chosen, participations=mine, signs=role == Role.SIGNATORY)
    page.is_cut = is_cut and not chosen
    page.proposals = [one for one in desk.proposals() if one.participation in shown]
    page.ready = desk.ready_among(shown)
    page.consents = [] if chosen else list(desk.consents())
    page.unfinished = [] if chosen else list(desk.unfinished())
    sort_steps(page, desk, with_present_steps(shown))
    page.remarks = remarks_on(page.now + page.beside)
    own = desk.own_municipalities
    page.vacant = vacant_in(own & {chosen.municipality_id} if chosen else own)
    page.mentors = mentors_of(shown) if MUNICIPAL & set(desk.held) else []
    return page


def mentors_of(participations: list[Participation]) -> list[Mandate]:
    """Whom to ask: the mentors of these participations. One query."""
    place = ContentType.objects.get_for_model(Participation)
    rows = (
        Mandate.objects.current()
        .enforced()
        .filter(role=Role.MENTOR, place_type=place, place_id__in=[one.pk for one in participations])
    )
    named = in_alphabet(rows.select_related("user").order_by("pk"), lambda one: one.user)
    return named[:SOME]


def sort_steps(page: MyDesk, desk: Desk, participations: list[Participation]) -> None:
    proposed = waiting_for_a_second_person(participations)
    approvable = {proposal.step_id for proposal in page.proposals}
    for participation in participations:
        if participation.on_hold_since:
            page.on_hold.append(participation)
            continue
        roles = desk.roles_at(participation)
        for step in participation.present_steps:
            if step.pk not in proposed:
                group_of(page, step, roles).append(step)
            elif step.pk not in approvable:
                page.others.append(step)
    for group in (page.now, page.beside, page.later, page.others):
        group.sort(key=urgency)
    page.urgent = page.now[0] if page.now else None


def waiting_for_a_second_person(participations: list[Participation]) -> set[int | None]:
    rows = Proposal.objects.filter(
        participation__in=participations, act="accept", status=Proposal.Status.WAITING
    )
    return set(rows.values_list("step", flat=True))


def group_of(page: MyDesk, step: Step, roles: set[str]) -> list[Step]:
    """The group of the page that a step of the present stage belongs to."""
    if step.is_settled:
        was_mine = step.role in roles and step.status != StepStatus.NOT_APPLICABLE
        return page.done if was_mine else []
    if step.turn not in roles:
        # A municipality waits for others; the programme's people do not wait for all of theirs.
        owes_here = roles & MUNICIPAL or step.role in roles
        return page.others if owes_here and step.is_required else []
    if step.waits_for:
        return page.later
    return page.beside if page.signs and step.turn != Role.SIGNATORY else page.now


def remarks_on(steps: list[Step]) -> dict[int, list[str]]:
    """The remarks on what was returned last, by step. One query."""
    returned = [step.pk for step in steps if step.status == StepStatus.RETURNED]
    rows = Evidence.objects.filter(step__in=returned, status=Evidence.Status.RETURNED)
    return dict(rows.order_by("pk").values_list("step", "remarks"))
