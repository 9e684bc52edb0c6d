"""Planning bodies: who sits in them by institution, by which act, and when they met.

What may be written stands here, in validators, constraints and `clean`, so that the services
and the administration refuse the same things in the same words. No personal names anywhere.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from municipalities.models.register import Municipality

# The programmes met begin in 2007 and no body behind them is older: an earlier year is a slip.
EARLIEST = date(1990, 1, 1)
LONGEST_MINUTES = 5_000


def has_happened(day: date) -> None:
    """Refuses a day that has not come by the calendar of Belgrade, and a slip in the year."""
    if day > timezone.localdate():
        raise ValidationError(
            _("This day has not come yet. Enter today or an earlier day."), "future"
        )
    if day < EARLIEST:
        raise ValidationError(_("This day is before 1990. Check the year."), "too_early")


def ends_after(start: str, message: Any, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until_on=None) | Q(**{start: None}) | Q(until_on__gte=F(start)),
        name=name,
        violation_error_message=message,
    )


class Body(models.Model):
    """A planning body (coordination board, management board …). Its name is programme data."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="bodies", verbose_name=_("municipality")
    )
    name = models.CharField(_("name"), max_length=300)
    act_body = models.CharField(_("appointed by"), max_length=300, blank=True)
    act_number = models.CharField(_("number of the appointment act"), max_length=100, blank=True)
    act_on = models.DateField(
        _("date of the appointment act"), null=True, blank=True, validators=[has_happened]
    )
    gazette = models.CharField(_("official gazette"), max_length=200, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True, validators=[has_happened])

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        constraints = [
            ends_after(
                "act_on",
                _("The body cannot end before it was appointed. Check both dates."),
                "body_ends_after_its_appointment",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def existed_on(self, day: date) -> bool:
        """Both end days count; what is unknown excludes nothing."""
        return (self.act_on or date.min) <= day <= (self.until_on or date.max)

    def refuse_days_outside(self, day: date | None, field: str) -> None:
        """Nothing happens in a body before its appointment or after its end."""
        if day and self.act_on and day < self.act_on:
            message = _("The body was appointed later. Enter a day from its appointment act on.")
            raise ValidationError({field: ValidationError(message, "before_appointment")})
        if day and self.until_on and day > self.until_on:
            message = _("The body had ended by then. Enter a day up to its end.")
            raise ValidationError({field: ValidationError(message, "after_end")})

    def clean(self) -> None:
        """One running body of a name; a corrected date must hold everything that is on record."""
        self._refuse_second_of_the_name()
        if self.pk is None:
            return
        days = list(self.sessions.values_list("held_on", flat=True))
        for seat in self.members.all():
            days += [day for day in (seat.from_on, seat.until_on) if day]
        if not all(self.existed_on(day) for day in days):
            raise ValidationError(
                _("Sessions or seats are on record outside these days. Check the dates."),
                "leaves_records_out",
            )

    def _refuse_second_of_the_name(self) -> None:
        here = Body.objects.filter(municipality=self.municipality_id, until_on=None)
        if self.until_on is None and here.filter(name=self.name).exclude(pk=self.pk).exists():
            message = _("A body of this name is on record already. Name this one differently.")
            raise ValidationError({"name": ValidationError(message, "on_record")})


class BodyMember(models.Model):
    """A seat in a body, held by an institution. No personal names."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="members", verbose_name=_("body"))
    institution = models.CharField(_("institution"), max_length=300)
    seat = models.CharField(_("function in the body"), max_length=200, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True, validators=[has_happened])
    until_on = models.DateField(_("until"), null=True, blank=True, validators=[has_happened])

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("member of a body")
        verbose_name_plural = _("members of bodies")
        constraints = [
            ends_after(
                "from_on",
                _("The seat cannot end before it began. Check both dates."),
                "seat_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["body", "institution", "seat"],
                condition=Q(until_on=None),
                name="one_running_seat",
                violation_error_message=_(
                    "This institution already sits in the body in this function. "
                    "Name another function or end that seat first."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.institution

    def clean(self) -> None:
        if hasattr(self, "body"):
            self.body.refuse_days_outside(self.from_on, "from_on")
            self.body.refuse_days_outside(self.until_on, "until_on")


class Session(models.Model):
    """One meeting of a body, with its minutes in short."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="sessions", verbose_name=_("body"))
    held_on = models.DateField(_("held on"), validators=[has_happened])
    number = models.CharField(_("number"), max_length=50, blank=True)
    minutes = models.TextField(
        _("minutes in short"),
        blank=True,
        max_length=LONGEST_MINUTES,
        validators=[MaxLengthValidator(LONGEST_MINUTES)],
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on", "number"],
                name="one_record_of_a_session",
                violation_error_message=_(
                    "This session is already on record. "
                    "If the body met twice on that day, give the sessions numbers."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on}"

    def clean(self) -> None:
        if hasattr(self, "body"):
            self.body.refuse_days_outside(self.held_on, "held_on")
