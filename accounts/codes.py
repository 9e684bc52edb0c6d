"""The forms of the second factor and of the mailed code: allauth's, with our fields and words."""

import struct
from typing import Any

from allauth.account import forms as of_account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as of_factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn import forms as of_passkeys
from django import forms
from django.core import signing
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from web.forms import PlainTextField

APP_SALT = "accounts.codes.app"
APP_PAGE_LASTS_SECONDS = 60 * 60
A_CODE_HOLDS_SECONDS = 3 * 30
NO_PASSKEY = _("The device gave no passkey that fits. Try again.")


class CodeField(forms.CharField):
    """A code as it is read from a telephone, a mail or a sheet of paper."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Code"))
        attrs = {"autocomplete": "one-time-code", "class": "short", "spellcheck": "false"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)


ONE_OF_BOTH = _("Six digits from your authenticator app, or one of your recovery codes.")


class WorksOnce(of_factor.BaseAuthenticateForm):
    """A code holds for the half minute before and after its own, as RFC 6238 (5.2) allows.

    The library remembers that it was used for half a minute only; here as long as it holds.
    """

    def clean_code(self) -> str:
        code = super().clean_code()
        used = f"accounts.codes.used:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(used, True, timeout=A_CODE_HOLDS_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(WorksOnce, of_factor.AuthenticateForm):
    """The code that is asked for after the password."""

    code = CodeField(help_text=ONE_OF_BOTH)


class ConfirmByCodeForm(WorksOnce, of_factor.ReauthenticateForm):
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
    """The first code that the app shows: so both know that it works.

    The secret goes with the page, signed, and not into the session: opening a page writes nothing.
    """

    code = CodeField(help_text=_("The six digits that the app shows now."))
    carried = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        self.secret = self.carried_secret() or generate_totp_secret()
        self.initial["carried"] = signing.dumps(self.secret, salt=APP_SALT)

    def carried_secret(self) -> str:
        """Of the page that was sent; "" when it was opened too long ago, or is not ours."""
        sent = self.data.get("carried", "") if self.is_bound else ""
        try:
            return signing.loads(sent, salt=APP_SALT, max_age=APP_PAGE_LASTS_SECONDS)
        except signing.BadSignature:
            return ""


class CredentialField(forms.JSONField):
    """What the browser answers about a passkey. Read here first, since allauth and fido2 answer
    what no browser sends (a part missing, letters that are none) with an error of the program.
    """

    widget = forms.HiddenInput

    def __init__(self, reads: type[RegistrationResponse] | type[AuthenticationResponse]) -> None:
        super().__init__()
        self.reads = reads
        self.error_messages |= dict.fromkeys(["required", "invalid"], NO_PASSKEY)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        try:
            self.reads.from_dict(found)
        except (LookupError, TypeError, ValueError, AttributeError, struct.error):
            raise forms.ValidationError(NO_PASSKEY, code="invalid") from None
        return found


class SecondFactorPasskeyForm(of_passkeys.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = CredentialField(AuthenticationResponse)


class PasskeySignInForm(of_passkeys.LoginWebAuthnForm):
    """A passkey alone."""

    credential = CredentialField(AuthenticationResponse)


class ConfirmByPasskeyForm(of_passkeys.ReauthenticateWebAuthnForm):
    """A passkey, before one changes how one signs in."""

    credential = CredentialField(AuthenticationResponse)


class PasskeyForm(of_passkeys.AddWebAuthnForm):
    """What the browser made, and how one calls it."""

    credential = CredentialField(RegistrationResponse)
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
