"""The forms of the second factor and of the mailed code: allauth's, with our fields and words."""

from typing import Any

from allauth.account import forms as of_account
from allauth.mfa.base import forms as of_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms import PlainTextField


class CodeField(forms.CharField):
    """A code as it is read from a telephone, a mail or a sheet of paper."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Code"))
        attrs = {"autocomplete": "one-time-code", "class": "short", "spellcheck": "false"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)


ONE_OF_BOTH = _("Six digits from your authenticator app, or one of your recovery codes.")


class SecondFactorForm(of_factor.AuthenticateForm):
    """The code that is asked for after the password."""

    code = CodeField(help_text=ONE_OF_BOTH)


class ConfirmByCodeForm(of_factor.ReauthenticateForm):
    """The same, before one changes how one signs in."""

    code = CodeField(help_text=ONE_OF_BOTH)


class ConfirmByPasswordForm(of_account.ReauthenticateForm):
    """The password, before one changes how one signs in."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AppForm(ActivateTOTPForm):
    """The first code that the app shows: so both know that it works."""

    code = CodeField(help_text=_("The six digits that the app shows now."))


class PasskeyForm(AddWebAuthnForm):
    """What the browser made, and how one calls it."""

    name = PlainTextField(
        label=_("Name of the passkey"),
        at_most=60,
        required=False,
        help_text=_("So that you know it again, for example: telephone, office computer."),
    )
    passwordless = None


class MailMeACodeForm(of_account.RequestLoginCodeForm):
    """Where the code goes."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The address with which you sign in."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser would cut a pasted address without a word; the field itself answers.
        self.fields["email"].widget.attrs.pop("maxlength", None)


class MailedCodeForm(of_account.ConfirmLoginCodeForm):
    """The code from the mail."""

    code = CodeField(help_text=_("As it stands in the mail. It works once, for 15 minutes."))
