"""The register: every municipality, city and city municipality, keyed by code."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from municipalities.roles import RIGHTS
from web.script.fold import fold, sort_key


class Country(models.TextChoices):
    SERBIA = "RS", _("Serbia")
    BOSNIA = "BA", _("Bosnia and Herzegovina")


class Entity(models.TextChoices):
    """The parts of Bosnia and Herzegovina. Its "RS" is Republika Srpska, never Serbia."""

    FEDERATION = "FBiH", _("Federation of Bosnia and Herzegovina")
    REPUBLIKA_SRPSKA = "RS", _("Republika Srpska")
    BRCKO = "BD", _("Brčko District")


class Kind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    CITY = "city", _("City")
    CITY_MUNICIPALITY = "city_municipality", _("City municipality")
    DISTRICT = "district", _("District")


def reads_cyrillic() -> bool:
    """Only `sr` is Serbian in Cyrillic; every other language here is read in Latin script."""
    return get_language() == "sr"


# "Kupres (FBiH)": what the source put behind a name to tell it from another.
_REMARK = re.compile(r"\s*\([^()]*\)$")

# SQLite refuses longer patterns, and no name is half as long.
_LONGEST_SEARCH = 450


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def matching(self, words: str) -> "MunicipalityQuerySet":
        """Those whose name holds `words`, blind to script and diacritics: čačak = чачак = cacak.

        Nothing to search for finds all; no text, however long or odd, raises.
        """
        wanted = fold(words)
        if len(wanted) > _LONGEST_SEARCH:
            return self.none()
        return self.filter(search_key__contains=wanted) if wanted else self.all()

    def sorted(self) -> "MunicipalityQuerySet":
        """By the Serbian alphabet, the same for readers of both scripts."""
        return self.order_by("sort_key", "code")


class Municipality(models.Model):
    """A unit of local self-government of the register, over decades. Never keyed by name."""

    code = models.SlugField(_("code"), unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)  # as it is today
    name_latin = models.CharField(_("name in Latin script"), max_length=200)
    name_cyrillic = models.CharField(_("name in Cyrillic script"), max_length=200)
    # Another unit is called the same, or nearly: `full_name` then says which one this is.
    shares_name = models.BooleanField(default=False, editable=False)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="city_municipalities",
        verbose_name=_("city"),
    )
    entity = models.CharField(_("entity"), max_length=10, blank=True, choices=Entity)
    area_latin = models.CharField(_("district or canton"), max_length=100, blank=True)
    area_cyrillic = models.CharField(max_length=100, blank=True)
    population = models.PositiveIntegerField(_("population in 2020"), null=True, blank=True)
    has_polygon = models.BooleanField(default=False)
    search_key = models.CharField(max_length=450, editable=False)
    sort_key = models.CharField(max_length=450, editable=False, db_index=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        permissions = RIGHTS
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="city_municipality") | Q(parent__isnull=False),
                name="city_municipality_has_its_city",
            ),
        ]

    def __str__(self) -> str:
        return self.name_latin

    def save(self, *args, **kwargs) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """Both keys follow the name, whichever way the row is written."""
        self.search_key = fold(self.name_latin)
        self.sort_key = sort_key(self.name_latin)

    @property
    def name(self) -> str:
        """The name in the reader's script, as the register holds it (never transliterated)."""
        return self.name_cyrillic if reads_cyrillic() else self.name_latin

    @property
    def area(self) -> str:
        """The district (Serbia) or canton (Federation) in the reader's script, or ""."""
        return self.area_cyrillic if reads_cyrillic() else self.area_latin

    @property
    def full_name(self) -> str:
        """The name, with words that tell it from another of that name: "Palilula (Niš)".

        Asks for the parent only then; lists of many say `select_related("parent")`.
        """
        if not self.shares_name:
            return self.name
        return f"{_REMARK.sub('', self.name)} ({self._told_apart_by()})"

    def _told_apart_by(self) -> str:
        if self.entity:
            return str(self.get_entity_display())
        if self.parent and self.parent.name_latin != self.name_latin:
            return self.parent.name
        return str(self.get_kind_display()).lower()

    def facts_on(self, what: str, day: date) -> list["Fact"]:
        """What was stated for that day, the latest first. Costs nothing where prefetched."""
        held = [fact for fact in self.facts.all() if fact.what == what and fact.holds_on(day)]
        return sorted(held, key=lambda fact: (fact.from_on or date.min, fact.pk), reverse=True)

    def fact_on(self, what: str, day: date) -> str:
        """What held on that day ("kind", "development_group"), or "" where nobody stated it.

        The kind is today's as long as no fact speaks of it. Once one does, the unit has not
        always been the same, and a day that no fact covers stays unknown.
        """
        held = self.facts_on(what, day)
        if held:
            return held[0].value
        never_stated = not any(fact.what == what for fact in self.facts.all())
        return self.kind if what == Fact.What.KIND and never_stated else ""

    def earlier_support(self, day: date) -> list[str]:
        """Every programme that had begun to support it by that day, in order of their names."""
        return sorted(
            {
                fact.value
                for fact in self.facts.all()
                if fact.what == Fact.What.EARLIER_SUPPORT and (fact.from_on or date.min) <= day
            }
        )


class Fact(models.Model):
    """Something that held for a municipality from–to: its kind, its development group.

    A fact with a key came from the file of the register and changes with it alone.
    """

    class What(models.TextChoices):
        KIND = "kind", _("kind")
        DEVELOPMENT_GROUP = "development_group", _("development group")
        EARLIER_SUPPORT = "earlier_support", _("earlier support")

    GROUPS = ["I", "II", "III", "IV"]

    key = models.SlugField(max_length=100, unique=True, null=True, blank=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="facts", verbose_name=_("municipality")
    )
    what = models.CharField(_("what"), max_length=30, choices=What)
    value = models.CharField(_("value"), max_length=100)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fact of the register")
        verbose_name_plural = _("facts of the register")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on=None) | Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="fact_ends_after_it_begins",
                violation_error_message=_("The last day is before the first. Check both dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.what} {self.value}"

    def holds_on(self, day: date) -> bool:
        """Both end days count; an open end has no bound on its side."""
        return (self.from_on or date.min) <= day <= (self.until_on or date.max)

    def clean(self) -> None:
        """Refuses a value that means nothing, and two answers for one day."""
        self.refuse_unknown_value()
        self._refuse_second_answer()

    def refuse_unknown_value(self) -> None:
        """A kind and a group are words of the register; the name of a programme is free."""
        known = {self.What.KIND: Kind.values, self.What.DEVELOPMENT_GROUP: self.GROUPS}
        allowed = known.get(self.What(self.what)) if self.what in self.What.values else None
        if allowed is not None and self.value not in allowed:
            message = _("This value is not known. Enter one of: %(allowed)s.")
            error = ValidationError(message, "unknown", {"allowed": ", ".join(allowed)})
            raise ValidationError({"value": error})

    def _refuse_second_answer(self) -> None:
        """A unit has one kind and one group a day; support may come from several sides."""
        if self.what == self.What.EARLIER_SUPPORT or self.municipality_id is None:
            return
        others = Fact.objects.filter(municipality_id=self.municipality_id, what=self.what)
        if self.from_on:
            others = others.filter(Q(until_on=None) | Q(until_on__gte=self.from_on))
        if self.until_on:
            others = others.filter(Q(from_on=None) | Q(from_on__lte=self.until_on))
        if others.exclude(pk=self.pk).exists():
            raise ValidationError(
                _("Another fact already says this for some of these days. End that one first."),
                "overlap",
            )
