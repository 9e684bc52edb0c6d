"""Programmes, their tracks, and the versioned procedures that say how a track runs."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.roles import RIGHTS
from web.script.content import localized
from web.script.fold import fold
from workflow.audit.canonical import seal
from workflow.permissions import Place, reach
from workflow.stages import HOLDING_NO_PLACE, Stage


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(pk__in=reach(user).programmes)


class Programme(models.Model):
    """Donors × amounts, partners, period, languages. Amounts stand as they were stated."""

    key = models.SlugField(unique=True)
    name = models.JSONField()  # {"sr": …, "en": …}, as all texts of procedure files
    country = models.CharField(max_length=2)
    languages = models.JSONField(default=list, blank=True)
    period = models.JSONField(default=dict, blank=True)  # {"stated", "from", "until"}
    amount_stated = models.JSONField(default=dict, blank=True)
    objective = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=300, blank=True)
    to_be_confirmed = models.JSONField(default=list, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        permissions = RIGHTS

    def __str__(self) -> str:
        return localized(self.name)

    def places(self) -> list[Place]:
        return [(Programme, self.pk)]


class Partner(models.Model):
    """A donor, an implementer, a consultant … with its amount as stated."""

    class Role(models.TextChoices):
        DONOR = "donor", _("donor")
        IMPLEMENTER = "implementer", _("implementer")
        CONSULTANT = "consultant", _("consultant")
        PARTNER = "partner", _("partner")
        CONTRACTING_AUTHORITY = "contracting_authority", _("contracting authority")
        GRANT_HOLDER = "grant_holder", _("grant holder")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partners")
    name = models.JSONField()
    role = models.CharField(max_length=30, choices=Role)
    amount = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    about = models.BooleanField(default=False)  # "about 3.5 million"
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return localized(self.name)


class TrackQuerySet(models.QuerySet["Track"]):
    def with_places_taken(self) -> Self:
        """Each with how many of its places are taken, in the same query."""
        holds_none = Q(participations__stage__in=HOLDING_NO_PLACE)
        return self.annotate(places_taken=Count("participations", filter=~holds_none))


class Track(models.Model):
    """A component of a programme with its own procedure and places."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="tracks")
    key = models.SlugField(unique=True)
    code = models.SlugField(unique=True)  # the beginning of every reference
    name = models.JSONField()
    note = models.JSONField(default=dict, blank=True)
    search_key = models.TextField(default="", editable=False)
    places_number = models.PositiveIntegerField(null=True)
    places_are = models.CharField(max_length=10, default="exactly")
    # How many participations were ever opened, sealed: one erased with its whole chain shows.
    opened = models.PositiveIntegerField(default=0)
    opened_key_id = models.CharField(max_length=20, blank=True)
    opened_mac = models.CharField(max_length=64, blank=True)

    objects = TrackQuerySet.as_manager()

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")

    def __str__(self) -> str:
        return localized(self.name)

    def places(self) -> list[Place]:
        return [(Programme, self.programme_id)]

    def places_left(self) -> int | None:
        """None where there is no fixed number: unlimited, or a floor such as "at least 20"."""
        if self.places_number is None or self.places_are != "exactly":
            return None
        taken = getattr(self, "places_taken", None)  # annotated for lists by `with_places_taken`
        if taken is None:
            taken = self.participations.holding_a_place().count()
        return self.places_number - taken

    def set_search_key(self) -> None:
        """The folded words of its names and those of its programme, in every language."""
        named = [*sorted(self.name.items()), *sorted(self.programme.name.items())]
        words = [self.code, *(text for _language, text in named)]
        self.search_key = " " + " ".join(map(fold, words))

    def seal_opened(self) -> None:
        self.opened_key_id = settings.LOG_HMAC_KEY_ID
        self.opened_mac = seal(*self.opened_facts(), key_id=self.opened_key_id)

    def opened_facts(self) -> tuple[str, ...]:
        return ("opened", self.key, str(self.opened))


class Procedure(models.Model):
    """One version of a track's rule file, kept exactly as it was loaded."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="procedures")
    version = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    rules = models.JSONField()
    loaded_at = models.DateTimeField(default=timezone.now, editable=False)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["track", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["track", "version"], name="procedure_version")
        ]

    def __str__(self) -> str:
        return f"{self.rules['key']}/{self.version}"

    @property
    def route(self) -> list[str]:
        return self.rules["route"]

    @property
    def begins_with_a_call(self) -> bool:
        """Whether municipalities apply; otherwise the programme takes them in directly."""
        return self.route[0] == Stage.APPLICATION

    def asks_second_person(self, transition: str) -> bool:
        return transition == "step_back" or transition in self.rules["second_person"]

    def steps_of(self, stage: str) -> list[dict[str, Any]]:
        return self.rules["stages"].get(stage, {}).get("steps", [])

    def limit_of(self, stage: str) -> int | None:
        """How many days the stage should last at most, where the procedure says so."""
        return self.rules["stages"].get(stage, {}).get("limit_days")
