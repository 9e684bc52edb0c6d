"""Setting up a second factor, and taking it away, each after the password was asked for again."""

from textwrap import wrap
from typing import Any

from allauth.account import views as of_account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as of_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as of_codes
from allauth.mfa.totp import views as of_app
from allauth.mfa.webauthn import views as of_passkeys
from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe
from django.views.generic.edit import FormView

from accounts.second_factor import is_demanded
from accounts.views.passkeys import Challenging
from accounts.views.refusing import Refusing

HOME = reverse_lazy("mfa_index")


class Overview(of_factor.IndexView):
    """What is set up, and what can be."""

    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_needed = is_demanded(self.request.user)
        return super().get_context_data(**kwargs) | {"needs_second_factor": is_needed}


class SetUpApp(Refusing, of_app.ActivateTOTPView):
    """The picture and the letters for the app, and the first code it shows."""

    template_name = "accounts/second_factor_app.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"groups": " ".join(wrap(context["form"].secret, 4))}


class RemoveApp(Refusing, of_app.DeactivateTOTPView):
    """Take the app away."""

    template_name = "accounts/second_factor_app_remove.html"


class AddPasskey(Challenging, Refusing, of_passkeys.AddWebAuthnView):
    """A passkey, made by the browser. The one page that needs JavaScript; the app does not."""

    template_name = "accounts/second_factor_passkey.html"

    def options(self, request: HttpRequest) -> dict[str, Any]:
        """A key that can be found without a name also opens the account without a password."""
        options = auth.begin_registration(request.user, passwordless=False)
        options["publicKey"]["authenticatorSelection"]["residentKey"] = "preferred"
        return options

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return FormView.get_context_data(self, **kwargs)


class RemovePasskey(of_passkeys.RemoveWebAuthnView):
    """Take a passkey away."""

    template_name = "accounts/second_factor_passkey_remove.html"
    success_url = HOME


@require_safe
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes that are left, to be printed or copied."""
    own = Authenticator.objects.filter(user=request.user.pk)
    found = get_object_or_404(own, type=Authenticator.Type.RECOVERY_CODES)
    context = {"unused_codes": found.wrap().get_unused_codes()}
    return render(request, "accounts/recovery_codes.html", context)


class NewRecoveryCodes(Refusing, of_codes.GenerateRecoveryCodesView):
    """New codes in place of those that are left."""

    template_name = "accounts/recovery_codes_new.html"


class ConfirmByPassword(Refusing, of_account.ReauthenticateView):
    """The password again."""

    template_name = "accounts/confirm.html"


class ConfirmByCode(Refusing, of_factor.ReauthenticateView):
    """Or a code of the second factor."""

    template_name = "accounts/confirm.html"


class ConfirmByPasskey(Challenging, Refusing, of_passkeys.ReauthenticateWebAuthnView):
    """Or a passkey."""

    template_name = "accounts/confirm_passkey.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return of_account.BaseReauthenticateView.get_context_data(self, **kwargs)
