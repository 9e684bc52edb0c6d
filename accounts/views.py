"""Signing in and out, passwords, one's own data. Django's own views, with our words and pages.

Failures never reveal whether an account exists.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import forms
from accounts.models import User
from web.forms import sentences_on_removed


class Refusing:
    """A form with errors is answered with 422 here as on every other page."""

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        view: Any = self
        return view.render_to_response(view.get_context_data(form=form), status=422)


class SignIn(Refusing, auth_views.LoginView):
    """Sign in, then to the page that was asked for, if it is one of ours."""

    form_class = forms.SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


class SignOut(auth_views.LogoutView):
    """Sign out; by POST only, so that no picture or link can do it."""


class PasswordReset(Refusing, auth_views.PasswordResetView):
    """Ask for a link by mail."""

    form_class = forms.ResetRequestForm
    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/password_reset_mail.txt"
    subject_template_name = "accounts/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password_reset_sent")


class PasswordResetSent(auth_views.PasswordResetDoneView):
    """The same page whether mail was sent or not."""

    template_name = "accounts/password_reset_sent.html"


class PasswordResetConfirm(Refusing, auth_views.PasswordResetConfirmView):
    """The link from the mail: set the new password. A used or old link says so."""

    form_class = forms.NewPasswordForm
    template_name = "accounts/password_reset_confirm.html"
    success_url = reverse_lazy("accounts:password_reset_done")


class PasswordResetDone(auth_views.PasswordResetCompleteView):
    """The new password is set; sign in."""

    template_name = "accounts/password_reset_done.html"


class PasswordChange(Refusing, auth_views.PasswordChangeView):
    """A new password for whoever knows the present one; other devices are signed out."""

    form_class = forms.PasswordChangeForm
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:profile")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(
            self.request, _("The new password holds from now on. Other devices were signed out.")
        )
        return super().form_valid(form)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, phone and language; nothing else."""
    # A fresh object: a refused form must not show its words in the masthead.
    person = get_object_or_404(User, pk=request.user.pk)
    form = forms.ProfileForm(request.POST or None, instance=person)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "accounts/profile.html", {"form": form}, status=status)
    form.save()
    with translation.override(person.language):
        messages.success(request, " ".join([_("Saved."), *sentences_on_removed(form)]))
    return redirect("accounts:profile")
