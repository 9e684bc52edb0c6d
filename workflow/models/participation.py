"""The case: one municipality in one track."""

import uuid
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, When
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from municipalities.models import Municipality
from municipalities.roles import RIGHTS, Role
from workflow.audit.models import Entry
from workflow.lifecycle import Lifecycle
from workflow.models.application import Application
from workflow.models.programme import Procedure, Programme, Track
from workflow.permissions import Place, Reach, reach
from workflow.stages import CLOSED, HOLDING_NO_PLACE, OPEN, Stage

if TYPE_CHECKING:
    from workflow.models.step import Step


LEFT_EARLY = [Stage.WITHDRAWN, Stage.DISCONTINUED]
PUBLIC = [*OPEN[1:], Stage.COMPLETED]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: Any, action: str = "view") -> Self:
        """What the person's mandates reach, for reading or another act. The source of lists."""
        return self.within(reach(user, action))

    def within(self, seen: Reach) -> Self:
        return self.filter(seen.over())

    def near(self, seen: Reach) -> Self:
        """Reached otherwise than over their whole programme: never many."""
        return self.filter(Q(municipality__in=seen.municipalities) | Q(pk__in=seen.participations))

    def public(self) -> Self:
        """What anybody may know of: whoever was selected, or taken in without a call (ADR 0018).

        Each has `reached`: its stage, or of one that left early the stage that it left. An
        application that waits, was rejected or was taken back is nobody else's business.
        """
        last = Entry.objects.filter(participation=OuterRef("pk"), version=OuterRef("version"))
        left = When(stage__in=LEFT_EARLY, then=Subquery(last.values("source")[:1]))
        told = self.annotate(reached=Case(left, default=F("stage"), output_field=CharField()))
        return told.filter(reached__in=PUBLIC)

    def open(self) -> Self:
        return self.filter(stage__in=OPEN)

    def holding_a_place(self) -> Self:
        return self.exclude(stage__in=HOLDING_NO_PLACE)

    def with_names(self) -> Self:
        """All that the head of its page says, in one query."""
        return self.in_short().select_related("procedure")

    def in_short(self) -> Self:
        """What its line in a list says, without the procedure, which is long."""
        return self.select_related("municipality__parent", "track", "programme")


class Participation(Lifecycle):
    """The case. Its stage, version and head change only behind the doors."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.SlugField(_("reference"), unique=True, editable=False)
    number = models.PositiveIntegerField(editable=False)  # contiguous within the track
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="participations")
    # The indexes below begin with track and programme; these need none of their own.
    track = models.ForeignKey(Track, models.PROTECT, related_name="participations", db_index=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="participations", db_index=False
    )
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="participations")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, related_name="participations"
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    head_seq = models.PositiveIntegerField(default=0, editable=False)
    head_hash = models.CharField(max_length=64, blank=True, editable=False)
    head_key_id = models.CharField(max_length=20, blank=True, editable=False)
    head_mac = models.CharField(max_length=64, blank=True, editable=False)
    # What boards and lists say of it, so that they need not read its steps; see workflow/glance.py.
    next_due_at = models.DateTimeField(null=True, editable=False)
    turn = models.CharField(max_length=30, choices=Role, blank=True, editable=False)
    is_ready = models.BooleanField(default=False, editable=False)
    turns = models.PositiveSmallIntegerField(default=0, editable=False)
    # The place of its municipality in the alphabet when it was opened, for the order of lists.
    sort_key = models.CharField(max_length=450, default="", editable=False)

    objects = ParticipationQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=[
            "head_seq",
            "head_hash",
            "head_key_id",
            "head_mac",
            "next_due_at",
            "turn",
            "is_ready",
            "turns",
            "sort_key",
        ]
    )

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        permissions = RIGHTS
        indexes = [
            # How many stand in a stage, and how many of them are late; see pages/board.py.
            models.Index(
                fields=["programme", "stage", "next_due_at"], name="participation_by_stage"
            ),
            models.Index(fields=["track", "stage"], name="participation_by_track"),
            # What stands in a stage in the order of the board; see pages/board.py.
            models.Index(
                F("programme"),
                F("stage"),
                F("is_ready").desc(),
                IsNull(F("next_due_at"), True),
                F("next_due_at"),
                name="participation_by_urgency",
            ),
            # The list in its order, with all that its filters ask: read alone, without the rows.
            models.Index(
                fields=[
                    "programme",
                    "sort_key",
                    "id",
                    "stage",
                    "is_ready",
                    "next_due_at",
                    "turns",
                ],
                name="participation_by_name",
            ),
            # What waits for a role, due first; see Desk.due_first.
            models.Index(
                F("programme"),
                F("turn"),
                IsNull(F("next_due_at"), True),
                F("next_due_at"),
                name="participation_by_turn",
            ),
            models.Index(
                fields=["programme", "municipality", "sort_key", "id", "stage"],
                name="participation_by_place",
            ),
            models.Index(fields=["programme", "next_due_at"], name="participation_by_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="known_stage"),
            models.UniqueConstraint(fields=["track", "number"], name="one_number_in_a_track"),
            models.UniqueConstraint(
                fields=["track", "municipality"],
                condition=~Q(stage__in=CLOSED),
                name="once_at_a_time_in_a_track",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("workflow:participation", args=[self.reference])

    def places(self) -> list[Place]:
        """The places whose mandates reach this participation."""
        return [
            (Programme, self.programme_id),
            (Municipality, self.municipality_id),
            (Participation, self.pk),
        ]

    def identity(self) -> dict[str, Any]:
        """What the first link of the chain commits to, so that chains cannot be swapped."""
        return {
            "uuid": str(self.uuid),
            "reference": self.reference,
            "number": self.number,
            "track": self.track_id,
            "programme": self.programme_id,
            "municipality": self.municipality_id,
        }

    def head(self) -> tuple[str, ...]:
        """What the seal of the head covers."""
        return (
            "head", str(self.uuid), str(self.head_seq), self.head_hash, self.stage,
            str(self.version),
        )  # fmt: skip

    @cached_property
    def present_steps(self) -> "list[Step]":
        """The steps of the stage where it stands, in order; read once per object."""
        steps = list(self.steps.filter(stage=self.stage).in_order())
        for step in steps:
            step.participation = self
        return steps

    @cached_property
    def proposed_steps(self) -> set[int | None]:
        """Those that were looked at and wait for a second person; read once per object."""
        if not any(step.status == "submitted" for step in self.present_steps):
            return set()
        waiting = self.proposals.filter(status="waiting", act="accept")
        return set(waiting.values_list("step", flat=True))

    @property
    def moves_with_others(self) -> bool:
        """A joint application is decided for all its members at once; afterwards each is alone."""
        if self.stage != Stage.APPLICATION or self.application is None:
            return False
        return self.application.is_joint

    def places_needed(self) -> int:
        """How many places its selection takes: one, or one for each of the joint application."""
        if self.application is None or not self.moves_with_others:
            return 1
        return self.application.participations.filter(stage=Stage.APPLICATION).count()

    @property
    def joint_lead(self) -> str:
        """Who leads its joint application, of rows `named`; "" where it stands alone."""
        application: Any = self.application
        return application.lead.full_name if application and application.taking_part > 1 else ""

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def route(self) -> list[str]:
        return self.procedure.route

    @property
    def next_on_route(self) -> str | None:
        return self._on_route(+1)

    @property
    def previous_on_route(self) -> str | None:
        return self._on_route(-1)

    def _on_route(self, by: int) -> str | None:
        place = self.route.index(self.stage) + by if self.stage in self.route else -1
        return self.route[place] if 0 <= place < len(self.route) else None
