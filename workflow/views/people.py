"""Who acts where: mandates given, ended and handed over, and what a successor begins with."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_form import keeps_what_was_typed
from municipalities.models import Invitation, Mandate, Municipality
from municipalities.roles import Role
from web.script.fold import in_alphabet
from workflow import services
from workflow.errors import NotAllowed, Refused
from workflow.forms.people import HandOverForm, InviteForm, open_invitations
from workflow.models import Participation, Step
from workflow.pages.people import Vacancy, is_over, vacancies
from workflow.pages.timeline import Item, timeline
from workflow.permissions import MAY, named
from workflow.views.doors import explains_refusals, shown, tried
from workflow.views.homes import (
    Home,
    home_of_stored,
    place_name,
    visible_municipality,
    visible_participation,
    visible_programme,
)
from workflow.views.invitations import sent_page

Writing = require_http_methods(["GET", "HEAD", "POST"])


LAST_EVENTS = 5  # so that the page of a handover stays one sheet of paper


@dataclass(frozen=True)
class MandateLine:
    """One mandate in the list, with what this person may do with it."""

    mandate: Mandate
    where: str
    may_end: bool
    may_hand_over: bool


@keeps_what_was_typed
@Writing
@explains_refusals
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """The people of a participation: its own, its municipality's and its programme's."""
    return people_page(request, visible_participation(request, reference))


@keeps_what_was_typed
@Writing
@explains_refusals
def municipality_people(request: HttpRequest, code: str) -> HttpResponse:
    """The people of a municipality."""
    return people_page(request, visible_municipality(request, code))


@keeps_what_was_typed
@Writing
@explains_refusals
def programme_people(request: HttpRequest, key: str) -> HttpResponse:
    """The people of a programme: managers, evaluators, auditors, observers."""
    return people_page(request, visible_programme(request, key))


def people_page(request: HttpRequest, home: Home) -> HttpResponse:
    """Mandates, vacancies and open invitations; a POST invites."""
    roles = home.standing.appoints("invite", home.place)
    if request.method == "POST" and not roles:
        raise NotAllowed(_("This needs the role: %s.") % named(MAY["invite"]))
    form = InviteForm(request.POST or None, roles=roles, place=home.place)
    if request.method == "POST" and form.is_valid():
        sent = tried(form, lambda told: services.invite(over=home.place, by=request.user, **told))
        if sent:
            return sent_page(request, home, *sent)
    present, past = mandates_of(home)
    invitations = invitations_of(home)
    context = {
        "home": home,
        "present": [line_of(home, mandate) for mandate in present],
        "past": [line_of(home, mandate) for mandate in past],
        "vacancies": vacancies_of(home, present, past, invitations),
        "invitations": invitations,
        "form": form if roles else None,
    }
    return shown(request, "workflow/people.html", context)


def mandates_of(home: Home) -> tuple[list[Mandate], list[Mandate]]:
    """The running mandates by role and name, and those that are over, the latest first."""
    here = Q(pk__in=[])
    for place in home.reaching:
        here |= Q(place_type=ContentType.objects.get_for_model(place), place_id=place.pk)
    rows = Mandate.objects.filter(here).select_related("user", "given_by", "ended_by", "place_type")
    present: list[Mandate] = []
    past: list[Mandate] = []
    for mandate in rows.order_by("-starts_on", "-pk"):
        (past if is_over(mandate) else present).append(mandate)
    order = list(Role)
    named = in_alphabet(present, lambda mandate: mandate.user)
    return sorted(named, key=lambda mandate: order.index(Role(mandate.role))), past


def line_of(home: Home, mandate: Mandate) -> MandateLine:
    place, standing, role = home.place_of(mandate), home.standing, mandate.role
    runs = not is_over(mandate)
    # Who invites nobody, a coordinator, hands over what is theirs and nothing else.
    handing = "hand_over" if mandate.user_id == standing.user.pk else "invite"
    return MandateLine(
        mandate,
        place_name(place),
        may_end=runs and role in standing.appoints("end_mandate", place),
        may_hand_over=runs and role in standing.appoints(handing, place),
    )


def vacancies_of(
    home: Home, present: list[Mandate], past: list[Mandate], invitations: list[Invitation]
) -> list[Vacancy]:
    invited = {invitation.role for invitation in invitations}
    return vacancies(home.roles_needed, home.reaching, present=present, past=past, invited=invited)


def invitations_of(home: Home) -> list[Invitation]:
    """The open ones to this place, each with whether this person may revoke it."""
    able = home.standing.appoints("invite", home.place)
    rows = list(open_invitations([home.place]).select_related("invited_by"))
    for row in rows:
        row.may_revoke = row.role in able  # type: ignore[attr-defined]
    return rows


@require_POST
@explains_refusals
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The link of an invitation no longer works."""
    invitation = get_object_or_404(Invitation, pk=pk)
    home = home_of_stored(request, invitation.place)
    services.revoke_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation of %s no longer works.") % invitation.email)
    return redirect(home.people_url)


def visible_mandate(request: HttpRequest, pk: int) -> tuple[Mandate, Home]:
    mandate = get_object_or_404(Mandate.objects.select_related("user", "place_type"), pk=pk)
    return mandate, home_of_stored(request, mandate.place)


@Writing
@explains_refusals
def mandate_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mandate, after a page that says what it means."""
    mandate, home = visible_mandate(request, pk)
    if request.method == "POST":
        services.end_mandate(mandate, by=request.user)
        messages.success(request, _("The mandate has ended. %s acts here no more.") % mandate.user)
        return after(request, mandate, home.people_url)
    others, _past = mandates_of(home)
    is_last = [one.pk for one in others if one.role == mandate.role] == [mandate.pk]
    line = line_of(home, mandate)
    context = {"home": home, "mandate": mandate, "line": line, "is_last": is_last}
    return render(request, "workflow/people_end.html", context)


def after(request: HttpRequest, mandate: Mandate, url: str) -> HttpResponse:
    """Back to the place; home for who has just given up the role by which it was seen."""
    return redirect("workflow:home" if mandate.user_id == request.user.pk else url)


@keeps_what_was_typed
@Writing
@explains_refusals
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a role on: whom to, then what will happen, then in one act."""
    mandate, home = visible_mandate(request, pk)
    form = HandOverForm(request.POST or None, mandate=mandate)
    line = line_of(home, mandate)
    context: dict[str, Any] = {"home": home, "mandate": mandate, "line": line, "form": form}
    if request.method == "POST" and is_over(mandate):
        raise Refused(_("This mandate has ended already."))
    if request.method == "POST" and not line.may_hand_over:
        raise NotAllowed(_("Your role does not hand this one over."))
    context["owed"] = [step for case in cases_of(home) for step in owed_by(case, mandate.role)]
    if request.method != "POST" or not form.is_valid():
        return shown(request, "workflow/handover_form.html", context)
    if not form.cleaned_data["confirmed"]:
        return render(request, "workflow/handover_confirm.html", context)
    if form.successor is None:
        return invite_successor(request, mandate, home, form, context)
    told = {"by": request.user, "function": form.cleaned_data["function"]}
    if tried(form, lambda _told: services.hand_over(mandate, form.successor, **told)):
        said = _("%(role)s is %(person)s from now on.")
        named = {"role": mandate.get_role_display(), "person": form.successor}
        messages.success(request, said % named)
        return after(request, mandate, home.handover_url or home.people_url)
    return shown(request, "workflow/handover_form.html", context)


def invite_successor(
    request: HttpRequest, mandate: Mandate, home: Home, form: HandOverForm, context: dict[str, Any]
) -> HttpResponse:
    """Nobody has this address yet: the role changes hands when the invitation is taken up."""
    told = form.cleaned_data
    sent = tried(
        form,
        lambda _told: services.invite(
            told["email"],
            mandate.role,
            over=home.place,
            by=request.user,
            function=told["function"],
            takes_over_from=mandate,
        ),
    )
    if sent:
        return sent_page(request, home, *sent)
    return shown(request, "workflow/handover_form.html", context)


@dataclass(frozen=True)
class CaseLine:
    """One participation as a successor finds it."""

    participation: Participation
    steps: list[Step]
    events: list[Item]


@require_safe
@explains_refusals
def handover(request: HttpRequest, reference: str) -> HttpResponse:
    """One page for whoever takes over a participation. To be printed."""
    return handover_page(request, visible_participation(request, reference))


@require_safe
@explains_refusals
def municipality_handover(request: HttpRequest, code: str) -> HttpResponse:
    """One page for whoever takes over a municipality, over all its participations."""
    return handover_page(request, visible_municipality(request, code))


def handover_page(request: HttpRequest, home: Home) -> HttpResponse:
    present, past = mandates_of(home)
    context = {
        "home": home,
        "present": [line_of(home, mandate) for mandate in present],
        "vacancies": vacancies_of(home, present, past, invitations_of(home)),
        "cases": [case_line(case) for case in cases_of(home)],
        "today": timezone.localdate(),
    }
    return render(request, "workflow/handover.html", context)


def cases_of(home: Home) -> list[Participation]:
    """The participation itself, or every open one of the municipality."""
    if isinstance(home.place, Participation):
        return [home.place]
    if isinstance(home.place, Municipality):
        return list(home.place.participations.open().with_names().order_by("pk"))
    return []


def case_line(case: Participation) -> CaseLine:
    events, _all = timeline(case, with_names=True, most=LAST_EVENTS)
    steps = [step for step in case.present_steps if not step.is_settled]
    return CaseLine(
        case, sorted(steps, key=lambda step: (step.due_at is None, step.due_at)), events
    )


def owed_by(case: Participation, role: str) -> list[Step]:
    return [step for step in case.present_steps if step.turn == role]
