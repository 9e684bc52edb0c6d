"""One's own data, where one is signed in, and signing out elsewhere."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import forms
from accounts.kept_form import keeps_what_was_typed
from accounts.models import SignIn, User
from accounts.second_factor import has_one, is_demanded
from web.forms import sentences_on_removed

SHOWN_SIGN_INS = 20


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, phone, language and time zone; and the way to what keeps the account safe."""
    # A fresh object: a refused form must not show its words in the masthead.
    person = get_object_or_404(User, pk=request.user.pk)
    form = forms.ProfileForm(request.POST or None, instance=person)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {
            "form": form,
            "has_second_factor": has_one(person),
            "needs_second_factor": is_demanded(person),
        }
        return render(request, "accounts/profile.html", context, status=status)
    form.save()
    with translation.override(person.language):
        messages.success(request, " ".join([_("Saved."), *sentences_on_removed(form)]))
    return redirect("accounts:profile")


@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """The last sign-ins of oneself, and nobody else's."""
    rows = SignIn.objects.filter(user=request.user.pk).order_by("-at")[:SHOWN_SIGN_INS]
    context = {"sign_ins": rows, "days": settings.SIGN_INS_KEPT_DAYS}
    return render(request, "accounts/sign_ins.html", context)


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Every device but this one is signed out with its next page."""
    person = get_object_or_404(User, pk=request.user.pk)
    person.end_sessions()
    update_session_auth_hash(request, person)
    messages.success(request, _("Every other device is signed out."))
    return redirect("accounts:sign_ins")
