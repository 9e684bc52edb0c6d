"""Calls: the list, the page of one, and what the programme manager does with it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_form import keeps_what_was_typed
from municipalities.models import Municipality
from web.forms import sentences_on_removed
from workflow import services
from workflow.conditions import Condition
from workflow.eligibility import eligibility, excluded
from workflow.errors import NotAllowed, Refused
from workflow.forms.calls import ExtendCallForm, PublishCallForm
from workflow.models import Application, Call, Deadline, Track
from workflow.pages.questions import question_desk
from workflow.permissions import MAY, can, named, reach
from workflow.stages import Stage
from workflow.views.doors import explains_refusals, shown, tried
from workflow.views.register import chosen_unit, search

A_PAGE = 50


@dataclass(frozen=True)
class CallLine:
    """One call in the list: where it stands in one word, and its present deadline."""

    call: Call
    situation: str
    deadline: Deadline | None


def line_of(call: Call) -> CallLine:
    versions = list(call.deadlines.all())
    return CallLine(call, situation_of(call), versions[-1] if versions else None)


def situation_of(call: Call) -> str:
    """ "open", "over", "coming", or "unknown" while the deadline is to be confirmed."""
    if call.is_open:
        return "open"
    if call.due_at is None:
        return "unknown"
    return "over" if call.due_at <= timezone.now() else "coming"


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The calls of one's programmes, and those that stand open to one's municipality."""
    rows = Call.objects.visible_to(request.user).with_names().prefetch_related("deadlines")
    page = Paginator(rows.newest_first(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [line_of(call) for call in page],
        "may_publish": bool(reach(request.user, "extend_call").programmes),
    }
    return render(request, "workflow/calls.html", context)


@require_safe
@explains_refusals
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """One call: until when, who may apply, and the button to begin."""
    return call_page(request, visible_call(request, reference))


def call_page(request: HttpRequest, found: Call, *, status: int = 200) -> HttpResponse:
    context = {
        "call": found,
        "line": line_of(found),
        "deadlines": found.deadlines.select_related("set_by").order_by("-version"),
        "route": [Stage(stage).label for stage in found.procedure.route],
        "rules": found.procedure.rules,
        "applicants": applicants(request.user, found),
        "questions": question_desk(request.user, found),
        "may_extend": can(request.user, "extend_call", found),
        "may_read_selection": can(request.user, "view_selection", found),
        "may_register": can(request.user, "register_application", found),
    }
    return render(request, "workflow/call.html", context, status=status)


def visible_call(request: HttpRequest, reference: str) -> Call:
    return get_object_or_404(
        Call.objects.visible_to(request.user).with_names(), reference=reference
    )


@dataclass(frozen=True)
class Applicant:
    """A municipality for which this person may apply: may it, and did it already?"""

    municipality: Municipality
    tree: Condition
    application: Application | None

    @property
    def reasons(self) -> list[Condition]:
        """The rules that keep it from applying."""
        return excluded(self.tree)


def applicants(user: Any, call: Call) -> list[Applicant]:
    own = Municipality.objects.filter(pk__in=reach(user, "apply").municipalities)
    answered = applications_of(call)
    today = timezone.localdate()
    return [
        Applicant(one, eligibility(call.procedure, one, today), answered.get(one.pk))
        for one in own.select_related("parent").sorted()
    ]


def applications_of(call: Call) -> dict[int, Application]:
    """The application to this call in which each municipality is, by its primary key."""
    running = call.applications.exclude(
        status__in=[Application.Status.REJECTED, Application.Status.WITHDRAWN]
    )
    rows = running.prefetch_related("members")
    return {member.municipality_id: row for row in rows for member in row.members.all()}


@require_POST
@explains_refusals
def begin_application(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin an application of one municipality; for the manager, one that came on paper."""
    found = visible_call(request, reference)
    lead = chosen_unit(request.POST)
    try:
        application = services.open_application(found, lead, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return call_page(request, found, status=422)
    messages.success(
        request,
        _("The application is begun. Its reference is %s.") % application.reference,
    )
    return redirect(application)


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def call_extend(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the call another deadline, with the reason."""
    found = visible_call(request, reference)
    may = can(request.user, "extend_call", found)
    form = ExtendCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        moved = tried(
            form,
            lambda _told: services.extend_call(
                found, told["due"], by=request.user, reason=told["reason"]
            ),
        )
        if moved:
            said = [_("The new deadline is recorded."), *sentences_on_removed(form)]
            messages.success(request, " ".join(said))
            return redirect(found)
    context = {"form": form, "call": found, "line": line_of(found), "may": may}
    return shown(request, "workflow/call_extend.html", context)


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def call_publish(request: HttpRequest) -> HttpResponse:
    """Publish a call of a track that one manages."""
    mine = reach(request.user, "extend_call").programmes
    if request.method == "POST" and not mine:
        raise NotAllowed(_("This needs the role: %s.") % named(MAY["extend_call"]))
    tracks = Track.objects.filter(programme__in=mine)
    tracks = tracks.select_related("programme").order_by("programme", "key")
    form = PublishCallForm(request.POST or None, tracks=tracks)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        names = ("due", "opens_on", "published_on", "stated_reference")
        made = tried(
            form,
            lambda _told: services.publish_call(
                told["track"], by=request.user, **{name: told[name] for name in names}
            ),
        )
        if made:
            messages.success(request, _("The call is published."))
            return redirect(made)
    return shown(request, "workflow/call_publish.html", {"form": form, "may": tracks.exists()})


@require_safe
@explains_refusals
def call_register(request: HttpRequest, reference: str) -> HttpResponse:
    """Find the municipality whose application came on paper."""
    found = visible_call(request, reference)
    context = {"call": found, "may": can(request.user, "register_application", found)}
    context |= search(request)
    return render(request, "workflow/call_register.html", context)
