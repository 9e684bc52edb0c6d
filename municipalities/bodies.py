"""What can happen to a planning body: founded, its act confirmed, joined, left, met, ended.

Each function refuses with a ValidationError in plain sentences, keyed by the field at fault, and
writes nothing then. Whether `by` has the right is asked by the caller, in the rights table.
"""

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from municipalities.models import Body, BodyMember, Municipality, Session
from web.forms import TEXT_AT_MOST, clean_text


@transaction.atomic
def found_body(
    municipality: Municipality,
    *,
    name: str,
    act_body: str,
    act_number: str = "",
    act_on: date | None = None,
    gazette: str = "",
    by: AbstractBaseUser,
) -> Body:
    """Put a body on record with the act that appointed it.

    Old sources often name no number or date of the act; then they stay empty, to be confirmed.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    body = Body(
        municipality=municipality,
        name=name,
        act_body=act_body,
        act_number=act_number,
        act_on=act_on,
        gazette=gazette,
    )
    if not act_body.strip():
        raise ValidationError({"act_body": _("Say who appointed the body, such as the mayor.")})
    return _keep(body, by)


@transaction.atomic
def confirm_act(
    body: Body,
    *,
    act_number: str = "",
    act_on: date | None = None,
    gazette: str = "",
    by: AbstractBaseUser,
) -> Body:
    """Fill in what was not known of the appointment act; what is on record stays as it is."""
    body = _locked(body)
    told = {"act_number": act_number, "act_on": act_on, "gazette": gazette}
    new = {name: fact for name, fact in told.items() if fact and not getattr(body, name)}
    if not new:
        raise ValidationError(_("Enter something that is not on record yet."))
    for name, fact in new.items():
        setattr(body, name, fact)
    return _keep(body, by)


@transaction.atomic
def seat_member(
    body: Body,
    *,
    institution: str,
    seat: str = "",
    from_on: date | None = None,
    by: AbstractBaseUser,
) -> BodyMember:
    """Give an institution a seat, from the appointment of the body unless a day is given."""
    body = _locked(body)
    _refuse_ended(body)
    member = BodyMember(
        body=body, institution=institution, seat=seat, from_on=from_on or body.act_on
    )
    return _keep(member, by)


@transaction.atomic
def leave_seat(member: BodyMember, *, until_on: date, by: AbstractBaseUser) -> BodyMember:
    """End a seat; the record of it stays. `until_on` is the last day on which it was held."""
    member = _locked(member.body).members.get(pk=member.pk)
    if member.until_on:
        raise ValidationError({"until_on": _("This institution has already left the seat.")})
    member.until_on = until_on
    return _keep(member, by)


@transaction.atomic
def record_session(
    body: Body, *, held_on: date, number: str = "", minutes: str = "", by: AbstractBaseUser
) -> Session:
    """Record a meeting of the body with its minutes in short."""
    session = Session(body=_locked(body), held_on=held_on, number=number, minutes=minutes)
    return _keep(session, by)


@transaction.atomic
def end_body(body: Body, *, until_on: date, by: AbstractBaseUser) -> Body:
    """End a body and every seat still held in it, all on the same day."""
    body = _locked(body)
    _refuse_ended(body)
    body.until_on = until_on
    _keep(body, by)
    end_seats(body, by=by)
    return body


@transaction.atomic
def end_seats(body: Body, *, by: AbstractBaseUser) -> None:
    """End what is still held in an ended body, on the day of its end."""
    for member in body.members.filter(until_on=None):
        member.until_on = body.until_on
        _keep(member, by)


def _keep(row: Any, by: AbstractBaseUser) -> Any:
    """Check everything the model knows, then save, with the person in the history."""
    _clean_texts(row)
    row.full_clean()
    row._history_user = by
    row.save()
    return row


def _clean_texts(row: Any) -> None:
    """The same bounds as in every form: composed, no control characters, no longer than fits."""
    errors = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField):
            lines = isinstance(field, models.TextField)
            try:
                text, _removed = clean_text(
                    getattr(row, field.name), at_most=field.max_length or TEXT_AT_MOST, lines=lines
                )
                setattr(row, field.name, text)
            except ValidationError as error:
                errors[field.name] = error
    if errors:
        raise ValidationError(errors)


def _locked(body: Body) -> Body:
    """Judge only what cannot change meanwhile: two clicks at once end in one seat, one record."""
    return Body.objects.select_for_update().get(pk=body.pk)


def _refuse_ended(body: Body) -> None:
    if body.until_on:
        raise ValidationError(
            _("This body has ended. Found a new one with its own appointment act."), "ended"
        )
