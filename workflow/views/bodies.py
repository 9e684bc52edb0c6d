"""Planning bodies of a municipality: the page of all, the page of one, and what happens to one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_form import keeps_what_was_typed
from municipalities.models import Body, BodyMember, Municipality
from web.forms import sentences_on_removed
from web.script.content import in_script
from workflow import services
from workflow.errors import NotAllowed
from workflow.forms.bodies import (
    ConfirmForm,
    EndForm,
    FoundForm,
    LeaveForm,
    SeatForm,
    SessionForm,
)
from workflow.pages.bodies import with_records
from workflow.permissions import MAY, can, named
from workflow.services.bodies import Bodies
from workflow.views.doors import explains_refusals, shown, tried

Writing = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Shelf:
    """The bodies of a municipality as one person finds them: to read, or to keep."""

    municipality: Municipality
    may_keep: bool

    @property
    def kept_by(self) -> str:
        """Who writes here, for those who only read."""
        said = _(
            "The planning bodies of %(place)s are kept by: %(roles)s; once its participation has "
            "ended, by the municipality alone."
        )
        return said % {"place": self.municipality.full_name, "roles": named(MAY["keep_body"])}


def shelf_of(request: HttpRequest, municipality: Municipality) -> Shelf:
    """404 for whom neither the municipality nor a participation of it is visible."""
    if not can(request.user, "view", Bodies(municipality)):
        raise Http404
    verdict = can(request.user, "keep_body", Bodies(municipality, to_keep=True))
    return Shelf(municipality, bool(verdict))


def visible_shelf(request: HttpRequest, code: str) -> Shelf:
    rows = Municipality.objects.select_related("parent")
    return shelf_of(request, get_object_or_404(rows, code=code))


def visible_body(request: HttpRequest, pk: int) -> tuple[Body, Shelf]:
    rows = Body.objects.select_related("municipality__parent")
    found = get_object_or_404(rows, pk=pk)
    return found, shelf_of(request, found.municipality)


@require_safe
def bodies(request: HttpRequest, code: str) -> HttpResponse:
    """The bodies of one municipality with their seats and sessions; those that ended below."""
    shelf = visible_shelf(request, code)
    rows = with_records(shelf.municipality.bodies.all())
    context = {
        "shelf": shelf,
        "running": [one for one in rows if not one.until_on],
        "ended": [one for one in rows if one.until_on],
    }
    return render(request, "workflow/bodies.html", context)


@require_safe
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body, whole, with the acts that make sense now."""
    _found, shelf = visible_body(request, pk)
    [whole] = with_records(Body.objects.filter(pk=pk))
    return render(request, "workflow/body.html", {"body": whole, "shelf": shelf})


@dataclass(frozen=True)
class Act:
    """The words of the page on which something happens to a body."""

    title: str
    button: str
    done: str
    meaning: str = ""
    why_not: str = ""  # it makes no sense any more
    is_final: bool = False


@keeps_what_was_typed
@Writing
@explains_refusals
def found_body(request: HttpRequest, code: str) -> HttpResponse:
    """Put a body on record with the act that appointed it."""
    shelf = visible_shelf(request, code)
    act = Act(
        title=_("Put a body on record"),
        button=_("Put on record"),
        done=_("The body is on record. Now give the institutions their seats."),
    )
    place, by = shelf.municipality, request.user
    form = FoundForm(request.POST or None)
    return done_or_shown(
        request, shelf, act, form, lambda told: services.found_body(place, by=by, **told)
    )


@keeps_what_was_typed
@Writing
@explains_refusals
def confirm_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in what was not known of the appointment act."""
    found, shelf = visible_body(request, pk)
    form = ConfirmForm(request.POST or None, body=found)
    act = Act(
        title=_("Confirm the act of appointment"),
        button=_("Put on record"),
        done=_("The act of appointment is recorded."),
        meaning=_("What is on record stays as it is; leave empty what is still not known."),
        why_not="" if form.fields else _("Nothing of this act is left to be confirmed."),
    )
    by = request.user
    return done_or_shown(
        request, shelf, act, form, lambda told: services.confirm_act(found, by=by, **told), found
    )


@keeps_what_was_typed
@Writing
@explains_refusals
def seat_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an institution a seat."""
    found, shelf = visible_body(request, pk)
    act = Act(
        title=_("Give an institution a seat"),
        button=_("Record the seat"),
        done=_("The seat is recorded."),
        why_not=has_ended(found),
    )
    form, by = SeatForm(request.POST or None), request.user
    return done_or_shown(
        request, shelf, act, form, lambda told: services.seat_member(found, by=by, **told).body,
        found,
    )  # fmt: skip


@keeps_what_was_typed
@Writing
@explains_refusals
def leave_seat(request: HttpRequest, pk: int) -> HttpResponse:
    """An institution leaves its seat; that it held it stays on record."""
    rows = BodyMember.objects.select_related("body__municipality__parent")
    seat = get_object_or_404(rows, pk=pk)
    shelf = shelf_of(request, seat.body.municipality)
    act = Act(
        title=_("%s leaves its seat") % in_script(seat.institution),
        button=_("Record that the seat is left"),
        done=_("The seat is left from then on."),
        meaning=_("The seat and its time stay on record."),
        why_not=_("This institution has already left the seat.") if seat.until_on else "",
    )
    form, by = LeaveForm(request.POST or None), request.user
    return done_or_shown(
        request, shelf, act, form, lambda told: services.leave_seat(seat, by=by, **told).body,
        seat.body,
    )  # fmt: skip


@keeps_what_was_typed
@Writing
@explains_refusals
def record_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a meeting of the body, of one that has ended too."""
    found, shelf = visible_body(request, pk)
    act = Act(
        title=_("Record a session"),
        button=_("Record the session"),
        done=_("The session is recorded."),
    )
    form, by = SessionForm(request.POST or None), request.user
    return done_or_shown(
        request, shelf, act, form, lambda told: services.record_session(found, by=by, **told).body,
        found,
    )  # fmt: skip


@keeps_what_was_typed
@Writing
@explains_refusals
def end_body(request: HttpRequest, pk: int) -> HttpResponse:
    """End the body and every seat still held in it."""
    found, shelf = visible_body(request, pk)
    act = Act(
        title=_("End the body"),
        button=_("End the body"),
        done=_("The body has ended, and every seat in it."),
        meaning=_("Every seat still held ends on the same day. Seats and sessions stay on record."),
        why_not=has_ended(found),
        is_final=True,
    )
    form, by = EndForm(request.POST or None), request.user
    return done_or_shown(
        request, shelf, act, form, lambda told: services.end_body(found, by=by, **told), found
    )


def has_ended(found: Body) -> str:
    if not found.until_on:
        return ""
    return _("This body has ended. Found a new one with its own appointment act.")


def done_or_shown(
    request: HttpRequest,
    shelf: Shelf,
    act: Act,
    form: forms.Form,
    door: Callable[[dict[str, Any]], Body],
    found: Body | None = None,
) -> HttpResponse:
    """Do what the form says and go to the page of the body; else show the page of the act."""
    if request.method == "POST" and not shelf.may_keep:
        raise NotAllowed(shelf.kept_by)
    changed = tried(form, door) if form.is_valid() else None
    if changed:
        messages.success(request, " ".join([act.done, *sentences_on_removed(form)]))
        return redirect("workflow:body", changed.pk)
    context = {"shelf": shelf, "act": act, "form": form, "body": found}
    return shown(request, "workflow/body_act.html", context)
