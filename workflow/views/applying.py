"""Applications: the list, the task list of one, and each task on a page of its own."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_form import keeps_what_was_typed
from municipalities.models import Municipality
from web.forms import sentences_on_removed
from workflow import services
from workflow.errors import ChangedMeanwhile, Refused
from workflow.forms.applying import (
    ApplicationFilterForm,
    ConsentForm,
    HandInForm,
    ReturnForm,
    TextsForm,
    WithdrawForm,
)
from workflow.forms.calls import ArrivalForm
from workflow.models import Application, Member, Participation
from workflow.pages.application import Desk, MemberLine
from workflow.pages.application_tasks import sections_of
from workflow.pages.prefill import prefilled
from workflow.readiness import next_transition
from workflow.stages import Stage
from workflow.views.calls import line_of
from workflow.views.doors import explains_refusals, shown, tried
from workflow.views.register import chosen_unit, search

A_PAGE = 50
Writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """What one's municipality takes part in, or what was handed in to one's programmes."""
    form = ApplicationFilterForm(request.GET or None)
    seen = Application.objects.visible_to(request.user).with_names()
    rows = filtered(seen, form.cleaned_data if form.is_bound and form.is_valid() else {})
    members = Member.objects.select_related("municipality__parent")
    named = Prefetch("members", members.order_by("municipality__sort_key"))
    rows = rows.prefetch_related(named).order_by("-pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"form": form, "page": page, "asked": asked.urlencode(), "is_filtered": bool(asked)}
    return render(request, "workflow/applications.html", context)


def filtered(rows: models.QuerySet[Application], asked: dict[str, Any]) -> models.QuerySet:
    if asked.get("status"):
        rows = rows.filter(status=asked["status"])
    if asked.get("call"):
        rows = rows.filter(call__reference=asked["call"])
    words = asked.get("q", "").strip()
    if not words:
        return rows
    named = Member.objects.filter(municipality__in=Municipality.objects.matching(words))
    return rows.filter(
        Q(pk__in=named.values("application")) | Q(reference__icontains=words.replace("\x00", ""))
    )


def visible_application(request: HttpRequest, reference: str) -> Application:
    return get_object_or_404(
        Application.objects.visible_to(request.user).with_names(), reference=reference
    )


def cases_of(request: HttpRequest, application: Application) -> models.QuerySet[Participation]:
    """The participations of its members that this person sees, by the alphabet."""
    rows = application.participations.visible_to(request.user).with_names()
    return rows.order_by("municipality__sort_key", "pk")


@require_safe
@explains_refusals
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """The application as a task list; once handed in, where it stands."""
    found = visible_application(request, reference)
    desk = Desk(request.user, found)
    cases = cases_of(request, found)
    context = {
        "application": found,
        "desk": desk,
        "call_line": line_of(found.call),
        "sections": sections_of(desk),
        "participations": cases,
        "decision": decision(desk, cases),
    }
    return render(request, "workflow/application.html", context)


@require_safe
@explains_refusals
def application_submitted(request: HttpRequest, reference: str) -> HttpResponse:
    """The confirmation, to be kept: reference, what happens next, and the record of what was sent.

    It can be opened again at any time and says then how the application stands.
    """
    found = visible_application(request, reference)
    cases = cases_of(request, found)
    context = {
        "application": found,
        "desk": Desk(request.user, found),
        "call_line": line_of(found.call),
        "participations": cases,
    }
    return render(request, "workflow/application_submitted.html", context)


def decision(desk: Desk, cases: models.QuerySet[Participation]) -> dict[str, Any]:
    """Where the manager decides: the pages of the lead's participation. One for all members."""
    waiting = [one for one in cases if one.stage == Stage.APPLICATION]
    leads = [one for one in waiting if one.municipality_id == desk.application.lead_id]
    if not waiting or not desk.standing.may("select", waiting[0]):
        return {}
    case = (leads or waiting)[0]
    return {"participation": case, "forward": next_transition(case)}


@keeps_what_was_typed
@Writing
@explains_refusals
def application_texts(request: HttpRequest, reference: str) -> HttpResponse:
    """What the lead writes. Two who save at once: the second keeps the typed text and decides."""
    found = visible_application(request, reference)
    desk = Desk(request.user, found)
    filled = prefilled(request.user, desk)
    form = TextsForm.opened_at(found, request.POST or None)
    form.initial |= filled.texts
    context = {"application": found, "desk": desk, "form": form, "filled": filled}
    if request.method == "POST" and form.is_valid():
        try:
            saved = tried(form, lambda _told: save_texts(request, found, form))
        except ChangedMeanwhile as lost:
            context |= {"now": lost.found, "form": form.at_version(lost.found.version)}
            return render(request, "workflow/application_texts.html", context, status=409)
        if saved:
            messages.success(request, " ".join([_("Saved."), *sentences_on_removed(form)]))
            return redirect(found)
    return shown(request, "workflow/application_texts.html", context)


def save_texts(request: HttpRequest, application: Application, form: TextsForm) -> Application:
    version = form.cleaned_data["expected_version"]
    return services.save_application(
        application, by=request.user, expected_version=version, **form.texts()
    )


@require_safe
@explains_refusals
def application_members(request: HttpRequest, reference: str) -> HttpResponse:
    """The municipalities of the application; the lead searches the register and adds."""
    return members_page(request, visible_application(request, reference))


def members_page(request: HttpRequest, found: Application, *, status: int = 200) -> HttpResponse:
    desk = Desk(request.user, found)
    context = {
        "application": found,
        "desk": desk,
        "inside": {line.member.municipality_id for line in desk.lines},
        "least": found.call.procedure.rules["members_at_least"],
    } | search(request)
    return render(request, "workflow/application_members.html", context, status=status)


@require_POST
@explains_refusals
def member_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask one municipality of the register into the application."""
    found = visible_application(request, reference)
    chosen = chosen_unit(request.POST)
    try:
        services.add_member(found, chosen, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return members_page(request, found, status=422)
    said = _("%s is in the application. Its signatory has yet to agree.")
    messages.success(request, said % chosen.full_name)
    return redirect("workflow:application_members", reference)


@require_POST
@explains_refusals
def member_remove(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Take one municipality out of a draft."""
    found = visible_application(request, reference)
    member = get_object_or_404(found.members, municipality__code=code)
    try:
        services.remove_member(member, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return members_page(request, found, status=422)
    messages.success(request, _("%s is taken out.") % member.municipality.full_name)
    return redirect("workflow:application_members", reference)


@keeps_what_was_typed
@Writing
@explains_refusals
def application_consent(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The signatory of a member reads the application and agrees, or not."""
    found = visible_application(request, reference)
    desk = Desk(request.user, found)
    line = get_line(desk, code)
    form = ConsentForm.opened_at(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        refuse_unread(form, found)
        told = form.cleaned_data
        if tried(
            form,
            lambda _told: services.answer_consent(
                line.member, by=request.user, agrees=told["agrees"], decided_on=told["decided_on"]
            ),
        ):
            messages.success(request, _("The answer is recorded."))
            return redirect(found)
    context = {"application": found, "desk": desk, "line": line, "form": form}
    return shown(request, "workflow/application_consent.html", context)


def refuse_unread(form: ConsentForm, application: Application) -> None:
    """Nobody agrees to a text that was changed since the page was opened."""
    if form.cleaned_data["expected_version"] != application.version:
        raise ChangedMeanwhile(application)


def get_line(desk: Desk, code: str) -> MemberLine:
    member = get_object_or_404(desk.application.members, municipality__code=code)
    return next(line for line in desk.lines if line.member.pk == member.pk)


@keeps_what_was_typed
@Writing
@explains_refusals
def application_check(request: HttpRequest, reference: str) -> HttpResponse:
    """Check the answers, then hand in. What is missing stands there instead of the button."""
    found = visible_application(request, reference)
    desk = Desk(request.user, found)
    form = HandInForm.opened_at(found, request.POST or None)
    arrival = ArrivalForm(request.POST or None) if desk.registers else None
    asked = [form, arrival] if arrival else [form]
    is_asked = request.method == "POST" and all(one.is_valid() for one in asked)
    if is_asked and tried(form, lambda _told: hand_in(request, found, form, arrival)):
        messages.success(request, _("The application is handed in."))
        return redirect("workflow:application_submitted", reference)
    refused, missing = getattr(form, "tree", None), desk.missing_now()
    context = {
        "application": found,
        "desk": desk,
        "form": form,
        "arrival": arrival,
        # A tree that is not met is false, so ask whether there is one.
        "tree": missing if refused is None else refused,
        "is_complete": bool(missing),
        "call_line": line_of(found.call),
    }
    return shown(request, "workflow/application_check.html", context)


def hand_in(
    request: HttpRequest, application: Application, form: HandInForm, arrival: ArrivalForm | None
) -> Application:
    return services.submit_application(
        application,
        by=request.user,
        expected_version=form.cleaned_data["expected_version"],
        arrived_at=arrival.cleaned_data["arrived_at"] if arrival else None,
    )


@keeps_what_was_typed
@Writing
@explains_refusals
def application_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """The lead gives up a draft, after a page that says what it means."""
    found = visible_application(request, reference)
    form = WithdrawForm.opened_at(found, request.POST or None)
    is_asked = request.method == "POST" and form.is_valid()
    if is_asked and tried(form, lambda told: withdraw(request, found, told)):
        messages.success(request, _("The application is withdrawn."))
        return redirect(found)
    context = {"application": found, "desk": Desk(request.user, found), "form": form}
    return shown(request, "workflow/application_withdraw.html", context)


def withdraw(request: HttpRequest, application: Application, told: dict[str, Any]) -> Application:
    return services.withdraw_draft(application, by=request.user, **told)


@keeps_what_was_typed
@Writing
@explains_refusals
def application_return(request: HttpRequest, reference: str) -> HttpResponse:
    """The programme manager returns the application, with what has to be corrected."""
    found = visible_application(request, reference)
    desk = Desk(request.user, found)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remarks = form.cleaned_data["remarks"]
        if tried(
            form,
            lambda _told: services.return_application(found, by=request.user, remarks=remarks),
        ):
            said = [_("The application is returned for correction."), *sentences_on_removed(form)]
            messages.success(request, " ".join(said))
            return redirect(found)
    context = {"application": found, "desk": desk, "form": form}
    return shown(request, "workflow/application_return.html", context)
