"""Signing in: a password or a mailed code, a passkey, OpenID; then the second factor."""

from typing import Any

from allauth.account import views as of_account
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.base import views as of_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from accounts import forms
from accounts.kept_form import carry_over
from accounts.locking import is_locked, locked_page
from accounts.views.passkeys import Challenging
from accounts.views.refusing import Refusing


class SignIn(Refusing, auth_views.LoginView):
    """Sign in, then to the page that was asked for, if it is one of ours."""

    form_class = forms.SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """The password is right; allauth goes on, to the second factor if there is one."""
        person, request = form.get_user(), self.request
        carry_over(request)
        login = Login(user=person, redirect_url=self.get_success_url())
        return perform_password_login(request, {"email": person.email}, login)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        kept = self.request.POST.get("kept", "")
        providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
        apps = providers["openid_connect"]["APPS"]
        named = {"oidc_name": apps[0]["name"]} if apps else {}
        return context | named | {"kept": kept, "is_interrupted": bool(kept)}


class SignOut(auth_views.LogoutView):
    """Sign out; by POST only, so that no picture or link can do it."""


@method_decorator([login_not_required, never_cache], name="dispatch")
class Anew:
    """Begins anew whatever was begun before in this browser: the address may have been wrong."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(settings.LOGIN_REDIRECT_URL)
        view: Any = self
        return View.dispatch(view, request, *args, **kwargs)


class MailMeACode(Anew, Refusing, of_account.RequestLoginCodeView):
    """Mail a code to whoever may sign in; the same answer for everybody else."""

    template_name = "accounts/code_request.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The button beside the password sends the address under the name it has there."""
        told = super().get_form_kwargs()
        if "data" in told and "username" in told["data"]:
            told["data"] = told["data"].copy()
            told["data"]["email"] = told["data"]["username"]
        return told

    def form_valid(self, form: Any) -> HttpResponse:
        carry_over(self.request)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = self.request.POST.get("kept", "")
        return super().get_context_data(**kwargs) | {"kept": kept}


class MailedCode(Refusing, of_account.ConfirmLoginCodeView):
    """The code from the mail, typed where it was asked for."""

    template_name = "accounts/code_confirm.html"


class SecondFactor(Challenging, Refusing, of_factor.AuthenticateView):
    """The second factor, after the first. Wrong codes lock out as wrong passwords do."""

    template_name = "accounts/second_factor_ask.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        person = self.stage.login.user
        if is_locked(request, person.email):
            return locked_page(request, credentials={"username": person.email})
        return super().post(request, *args, **kwargs)

    def options(self, request: HttpRequest) -> dict[str, Any]:
        return auth.begin_authentication(self.stage.login.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether there is a passkey to ask the device for."""
        passkeys = [Authenticator.Type.WEBAUTHN]
        has_passkey = is_mfa_enabled(self.stage.login.user, passkeys)
        return {"form": self.auth_form, "has_passkey": has_passkey}


# allauth counts in `dispatch`, which `Anew` replaces.
@method_decorator(ratelimit.decorator(app="allauth.mfa", action="webauthn_login"), name="post")
class PasskeySignIn(Anew, Challenging, LoginWebAuthnView):
    """A passkey alone."""

    template_name = "accounts/passkey_sign_in.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, self.template_name, {"next": get_next_redirect_url(request)})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey opens no account here."))
        return redirect("mfa_login_webauthn")


class RememberDevice(Refusing, of_factor.TrustView):
    """Whether this device shall be asked for the second factor again within 30 days."""

    template_name = "accounts/second_factor_remember.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = settings.MFA_TRUST_COOKIE_AGE.days
        return super().get_context_data(**kwargs) | {"days": days}
