"""Whose turn it is: what waits for a person anywhere, and what a participation owes next."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThan, IsNull

from municipalities.roles import Role
from workflow.glance import BITS
from workflow.models import Application, Member, Participation, Proposal, Step
from workflow.models.participation import ParticipationQuerySet
from workflow.models.step import OWED, StepStatus
from workflow.permissions import MAY, shown_to

MANAGER = Role.PROGRAMME_MANAGER.value
ACTING = set(MAY["hand_in"])
MUNICIPAL = {Role.COORDINATOR.value, Role.SIGNATORY.value}


Held = dict[str, dict[str, set[int]]]  # role → model of the place → primary keys

# How each kind of place reaches a participation, seen from a row that has one.
REACHES = {
    "programme": "participation__programme__in",
    "municipality": "participation__municipality__in",
    "participation": "participation__in",
}


@dataclass
class Desk:
    """What a person's mandates bring to their desk. The mandates are read once."""

    user: Any
    held: Held = field(default_factory=dict)

    @classmethod
    def of(cls, user: Any) -> "Desk":
        held: Held = defaultdict(lambda: defaultdict(set))
        for mandate in shown_to(user):
            model = ContentType.objects.get_for_id(mandate.place_type_id).model
            held[mandate.role][model].add(mandate.place_id)
        return cls(user, {role: dict(places) for role, places in held.items()})

    def only(self, role: str) -> "Desk":
        """The desk of one role, whatever else the person holds."""
        return Desk(self.user, {role: self.held[role]} if role in self.held else {})

    @property
    def acting(self) -> list[str]:
        return [role for role in self.held if role in ACTING]

    @property
    def own_municipalities(self) -> set[int]:
        """Those whose coordinator or signatory the person is, not of one participation alone."""
        held = [self.held.get(role, {}).get("municipality", set()) for role in MUNICIPAL]
        return set().union(*held)

    def at(self, role: str) -> Q:
        """Rows with a participation that this role of the person reaches."""
        here = Q(pk__in=[])
        for model, pks in self.held[role].items():
            here |= Q(**{REACHES[model]: pks})
        return here

    def reached_by(self, role: str) -> Q:
        """Participations that this role of the person reaches."""
        reached = Q(pk__in=[])
        for model, pks in self.held[role].items():
            reached |= Q(**{"pk__in" if model == "participation" else f"{model}__in": pks})
        return reached

    def participations(self) -> ParticipationQuerySet:
        """Where this person acts; where they only read, nothing waits for them."""
        anywhere = Q(pk__in=[])
        for role in self.acting:
            anywhere |= self.reached_by(role)
        return Participation.objects.filter(anywhere)

    def due_first(self, most: int) -> list[Participation]:
        """Participations whose turn is a role of this person there, due first, then without a date.

        By what is kept for the board, so that it costs the same among a hundred thousand.
        """
        found = {one.pk: one for role in self.acting for one in self.due_first_as(role, most)}
        return sorted(found.values(), key=urgency_of)[:most]

    def due_first_as(self, role: str, most: int) -> list[Participation]:
        mine = Participation.objects.filter(self.reached_by(role), turn=role)
        mine = mine.order_by(IsNull(F("next_due_at"), True), "next_due_at")
        rows = Participation.objects.filter(pk__in=mine.values("pk")[:most])
        return list(rows.select_related("track"))

    def roles_at(self, participation: Participation) -> set[str]:
        """The roles the person holds there, without another query."""
        keys = {
            "programme": participation.programme_id,
            "municipality": participation.municipality_id,
            "participation": participation.pk,
        }
        return {
            role
            for role, places in self.held.items()
            if any(keys[model] in pks for model, pks in places.items())
        }

    def my_turn(self) -> Q:
        """Steps whose next move is a role of this person, at that very place."""
        mine = Q(pk__in=[])
        for role in self.acting:
            turn = Q(status__in=OWED, role=role)
            turn |= Q(status=StepStatus.SUBMITTED, rule__accepted_by=role)
            mine |= self.at(role) & turn
        return mine

    def steps(self) -> QuerySet[Step]:
        """Every running step that waits for this person."""
        proposed = Proposal.objects.filter(
            step=OuterRef("pk"), act="accept", status=Proposal.Status.WAITING
        )
        return Step.objects.running().filter(self.my_turn()).exclude(Exists(proposed))

    def proposals(self) -> QuerySet[Proposal]:
        """Proposals of others that this person may approve."""
        waiting = Proposal.objects.filter(status=Proposal.Status.WAITING).exclude(by=self.user)
        mine = Q(pk__in=[])
        for role in self.acting:
            mine |= self.at(role) & may_approve(role)
        rows = waiting.filter(mine).order_by("proposed_at")
        return rows.select_related("participation__municipality__parent", "step", "by")

    def consents(self) -> QuerySet[Member]:
        """Applications that wait for the consent of a municipality this person signs for."""
        own: set[int] = set()
        for role in MAY["consent"]:
            own |= self.held.get(role, {}).get("municipality", set())
        status = Application.Status
        rows = Member.objects.filter(
            municipality__in=own,
            consent=Member.Consent.AWAITED,
            application__status__in=[status.DRAFT, status.RETURNED, status.SUBMITTED],
        )
        rows = rows.order_by("municipality__sort_key", "pk")
        return rows.select_related(
            "municipality__parent", "application__lead__parent", "application__call"
        )

    def unfinished(self) -> QuerySet[Application]:
        """Applications that a municipality of this person writes and has yet to hand in."""
        own: set[int] = set()
        for role in MAY["apply"]:
            own |= self.held.get(role, {}).get("municipality", set())
        status = Application.Status
        rows = Application.objects.filter(lead__in=own, status__in=[status.DRAFT, status.RETURNED])
        rows = rows.order_by(F("call__due_at").asc(nulls_last=True), "pk")
        return rows.select_related("lead__parent", "call__track")

    def ready_among(self, participations: list[Participation]) -> list[Participation]:
        """Those of them whose required steps are all settled and that this person decides on."""
        own = self.held.get(MANAGER, {}).get("programme", set())
        ready = [one for one in participations if one.is_ready and one.programme_id in own]
        return sorted(ready, key=lambda one: (one.municipality.sort_key, one.pk))

    def waiting_participations(self) -> Q:
        """Participations where something waits for this person: by what is kept with them."""
        mine = Q(pk__in=self.proposals().order_by().values("participation"))
        for role in self.acting:
            mine |= self.reached_by(role) & has_turn(role)
        return mine


def has_turn(role: str) -> Q:
    """Participations where something waits for this role."""
    return Q(GreaterThan(F("turns").bitand(BITS[role]), 0))


def urgency_of(participation: Participation) -> tuple[bool, Any, int]:
    """Sort key: what is due first stands first, what has no date last."""
    due = participation.next_due_at
    return (due is None, due or 0, participation.pk)


def may_approve(role: str) -> Q:
    """Which proposals a role may approve, as the doors judge it."""
    mine = Q(act__in=[act for act in MAY if role in MAY[act] and act != "accept"])
    if role == MANAGER:
        return mine | Q(act="accept")
    if role in MAY["review"]:
        return mine | Q(act="accept", step__rule__accepted_by=role)
    return mine
