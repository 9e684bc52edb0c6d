"""Where allauth asks us: our words, our mail, our way to begin a session, nobody new.

allauth runs the stages of signing in (password or code or OpenID, then the second factor, then
whether to remember the device); its own pages and its registration are not used.
"""

import base64
import hashlib
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from accounts.locking import locked_address
from accounts.models import User
from accounts.recent import begin_session
from accounts.second_factor import PROOFS, is_demanded

WRONG_CODE = gettext_lazy(
    "This code is not right, or not any more. Wait for the next one and type it anew."
)
TOO_MANY = gettext_lazy("Too many attempts. Wait a quarter of an hour, then try again.")
# What happened to the account, by the names that allauth gives its messages and its mails.
SAID = {
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app is taken away."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The passkey is taken away."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy(
        "New recovery codes are made. Older ones no longer work."
    ),
    "account/messages/login_code_sent.txt": gettext_lazy(
        "If there is an account with this address, a code is on its way to it."
    ),
}
MAILED = {
    "mfa/email/totp_activated": gettext_lazy("An authenticator app was set up."),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator app was taken away."),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added."),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was taken away."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made."),
    "socialaccount/email/account_connected": gettext_lazy(
        "You signed in with the account of your institution for the first time."
    ),
    "accounts/second_factor_removed": gettext_lazy(
        "The administrator took your second factor away. Set up a new one."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("The password is not right."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts begin with an invitation or in the administration."""
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        begin_session(request, user)

    def reauthenticate(self, user: Any, password: str) -> bool:
        return user.check_password(password)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, _("Signing in did not work. Ask who looks after accounts."))
        return redirect("accounts:sign_in")

    def get_client_ip(self, request: HttpRequest) -> str:
        return locked_address(request) or "unknown"

    def add_message(self, request: HttpRequest, level: int, *told: Any, **more: Any) -> None:
        """Our sentence for allauth's; nothing where we have nothing to say, as on signing in."""
        template = more.get("message_template") or (told[0] if told else "")
        sentence = more.get("message") or SAID.get(template)
        if sentence:
            messages.add_message(request, level, str(sentence))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The code for signing in, in the language of its reader."""
        person = User.objects.filter(email=email.lower()).first()
        with translation.override((person and person.language) or translation.get_language()):
            text = render_to_string("accounts/code_mail.txt", context)
            send_mail(_("Koraci: code to sign in"), text, None, [email])

    def send_notification_mail(self, template_prefix: str, user: Any, *_a: Any, **_k: Any) -> None:
        """To whom the account belongs: what changed about how one signs in to it."""
        with translation.override(user.language or translation.get_language()):
            said = {"sentence": MAILED[template_prefix], "help_email": settings.HELP_EMAIL}
            text = render_to_string("accounts/account_mail.txt", said)
            send_mail(_("Koraci: your account"), text, None, [user.email])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator app, passkeys, recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second factor. Set up another one first."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Recovery codes stand in for a second factor. Set one up first."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture for the camera, to stand in the page itself: the policy takes no data."""
        kept = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(kept)
        return kept.getvalue().decode().partition("?>")[2].strip()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have a second factor gives the last one away for another only."""
        person = authenticator.user
        others = Authenticator.objects.filter(user=person, type__in=PROOFS)
        return not is_demanded(person) or others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        """Whoever reads the database alone can make no codes of it."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; after a change of SECRET_KEY one that fits no code."""
        try:
            return cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(hashlib.sha256(encrypted_text.encode()).digest()).decode()


def cipher() -> MultiFernet:
    """Made from the key that signs sessions, and from those before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class OpenIdAdapter(DefaultSocialAccountAdapter):
    """The account of an institution opens an account that is here already, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The first time, the verified e-mail address says who it is; afterwards the link kept."""
        if sociallogin.is_existing:
            return
        verified = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
        person = User.objects.filter(email__in=verified, is_active=True).first()
        if person is None:
            refuse(request, _("No account here has the e-mail address of that account."))
        sociallogin.connect(request, person)

    def on_authentication_error(self, request: HttpRequest, *_a: Any, **_k: Any) -> None:
        refuse(request, _("Signing in over there did not work. Try again, or use your password."))


def refuse(request: HttpRequest, sentence: str) -> None:
    messages.error(request, sentence)
    raise ImmediateHttpResponse(redirect("accounts:sign_in"))
