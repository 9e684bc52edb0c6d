"""An invitation: sent by mail, taken up by the person it went to.

The token stands in one address only, that of the mailed link. It is moved at once into a cookie
of the browser, so that no further address, referrer or line of our log shows it.
"""

import re
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import SignIn
from accounts.recent import begin_session
from municipalities.models import Invitation
from municipalities.models.mandates import digest_of
from workflow import services
from workflow.errors import NotAllowed, Refused
from workflow.forms.people import NewPersonForm
from workflow.views.homes import Home, place_name

User = get_user_model()
COOKIE = "koraci_invitation"
COOKIE_LASTS_SECONDS = 60 * 60
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,100}")


@sensitive_variables("token", "link")
def sent_page(request: HttpRequest, home: Home, invitation: Invitation, token: str) -> HttpResponse:
    """Mail the link, now that the invitation is committed, and show it this once.

    Shown as the answer itself, without a redirect: the link is kept nowhere.
    """
    path = reverse("workflow:invitation", args=[token])
    link = request.build_absolute_uri(path)
    context = {"home": home, "invitation": invitation, "link": link}
    context["was_mailed"] = mail_link(invitation, link)
    response = render(request, "workflow/invitation_sent.html", context)
    response["Cache-Control"] = "no-store"
    return response


@sensitive_variables("link", "text")
def mail_link(invitation: Invitation, link: str) -> bool:
    """Send it in the reader's language; False when the mail server does not take it."""
    known = User.objects.filter(email=invitation.email).first()
    with translation.override((known and known.language) or translation.get_language()):
        context = {"invitation": invitation, "link": link, "place": place_name(invitation.place)}
        text = render_to_string("workflow/invitation_mail.txt", context)
        subject = _("Koraci: invitation as %(role)s, %(place)s") % {
            "role": invitation.get_role_display(),
            "place": context["place"],
        }
        try:
            send_mail(subject, text, None, [invitation.email])
        except (SMTPException, OSError):
            return False
    return True


@login_not_required
@require_safe
@never_cache
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: put the token away, then show the page without it in the address."""
    response = redirect("workflow:accept_invitation")
    response["Referrer-Policy"] = "no-referrer"
    response.set_cookie(
        COOKIE,
        token if TOKEN.fullmatch(token) else "",
        max_age=COOKIE_LASTS_SECONDS,
        path=reverse("workflow:accept_invitation"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
@sensitive_variables("token")
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Take up the mandate: one button for whoever is signed in, else a name and a password."""
    token = request.COOKIES.get(COOKIE, "")
    found = Invitation.objects.select_related("invited_by").filter(digest=digest_of(token)).first()
    if found is None or not found.is_open:
        return closed_page(request, found)
    context = {"invitation": found, "place": place_name(found.place), "way": way_in(request, found)}
    if context["way"] == "new":
        return new_person(request, token, context)
    if context["way"] == "accept" and request.method == "POST":
        context["refusal"] = taken_up(request, token, request.user)
        if not context["refusal"]:
            return welcome(context)
    status = 422 if request.method == "POST" else 200
    return render(request, "workflow/invitation.html", context, status=status)


def closed_page(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    """What is wrong with the link; of one that we do not know, nothing is told."""
    if found is None:
        sentence, status = _("This link is not valid, or not any more."), 404
    elif found.accepted_at:
        sentence, status = _("This invitation was taken up already. Sign in to go on."), 410
    elif found.revoked_at:
        sentence, status = _("This invitation was taken back."), 410
    else:
        sentence, status = _("This invitation has expired."), 410
    context = {"sentence": sentence}
    return render(request, "workflow/invitation_closed.html", context, status=status)


def way_in(request: HttpRequest, found: Invitation) -> str:
    """ "accept" at once, after signing in ("sign_in") or out ("other"), or as a "new" person."""
    if request.user.is_authenticated:
        return "accept" if request.user.email.lower() == found.email else "other"
    return "sign_in" if User.objects.filter(email=found.email).exists() else "new"


@sensitive_variables("token")
def new_person(request: HttpRequest, token: str, context: dict[str, Any]) -> HttpResponse:
    """Name and password; the account and the mandate begin together, or neither does."""
    person = User(email=context["invitation"].email, language=translation.get_language())
    form = NewPersonForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        context["refusal"] = taken_up(request, token, person, register=form)
        if not context["refusal"]:
            begin_session(request, person, SignIn.Way.INVITATION)
            return welcome(context)
    context["form"] = form
    status = 422 if request.method == "POST" else 200
    return render(request, "workflow/invitation.html", context, status=status)


@sensitive_variables("token")
def taken_up(
    request: HttpRequest, token: str, person: Any, *, register: NewPersonForm | None = None
) -> str:
    """Nothing when the mandate is taken up; else the sentence that says why not."""
    try:
        with transaction.atomic():
            if register:
                register.save()
            mandate = services.accept_invitation(token, user=person)
    except Refused as refused:
        return str(refused.sentence)
    except NotAllowed:
        return _("The person who invited you appoints here no more. Ask for a new invitation.")
    except IntegrityError:  # the same form twice at once: the other one made the account
        return _("An account with this address was made just now. Sign in with it.")
    said = _("Welcome. You are %s from now on.") % mandate.get_role_display()
    messages.success(request, said)
    return ""


def welcome(context: dict[str, Any]) -> HttpResponse:
    response = redirect("workflow:home")
    response.delete_cookie(COOKIE, path=reverse("workflow:accept_invitation"))
    return response
