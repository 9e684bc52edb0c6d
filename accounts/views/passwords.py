"""A forgotten password, the first one, and a new one."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from accounts import forms
from accounts.views.refusing import Refusing


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
