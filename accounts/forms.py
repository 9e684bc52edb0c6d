"""Signing in, a new password, one's own data."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth import forms as auth_forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from web.context import OWN_NAMES
from web.forms import Kept, PlainTextField

CONTINENTS = {
    "Europe": _("Europe"),
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}


class SignInForm(auth_forms.AuthenticationForm):
    """E-mail address and password. One sentence for every refusal: it reveals no account."""

    username = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    refusal = _(
        "The e-mail address or the password is not right, or the account is switched off. "
        "Try again, or set a new password."
    )
    error_messages = {"invalid_login": refusal, "inactive": refusal}

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        # A browser would cut a pasted address without a word; the field itself answers.
        self.fields["username"].widget.attrs.pop("maxlength", None)


class ResetRequestForm(auth_forms.PasswordResetForm):
    """Sends the link to whoever may sign in; answers alike whether there is an account or not."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The address with which you sign in."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs.pop("maxlength", None)

    def get_users(self, email: str) -> list[User]:
        """Also people without a password yet: this is how a new person sets the first one."""
        return list(User.objects.filter(email=email.lower(), is_active=True))

    def send_mail(self, subject_template_name, email_template_name, context, *args, **kwargs):
        language = context["user"].language or translation.get_language()
        with translation.override(language):
            context |= {"help_email": settings.HELP_EMAIL, "valid_for": validity_in_words()}
            super().send_mail(subject_template_name, email_template_name, context, *args, **kwargs)


def validity_in_words() -> str:
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    return ngettext("%(num)d day", "%(num)d days", days) % {"num": days}


class NewPasswordForm(auth_forms.SetPasswordForm):
    """A new password, twice."""

    new_password1, new_password2 = auth_forms.SetPasswordForm.create_password_fields(
        label1=_("New password"), label2=_("New password once more")
    )


class PasswordChangeForm(NewPasswordForm, auth_forms.PasswordChangeForm):
    """A new password, after the present one."""

    old_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def zones_to_choose() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Those of Europe first, then the other continents; each by its name in the zone database."""
    by_continent: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        continent, _slash, place = name.partition("/")
        if place and continent in CONTINENTS:
            by_continent.setdefault(continent, []).append((name, place.replace("_", " ")))
    return [(str(CONTINENTS[one]), by_continent[one]) for one in CONTINENTS if one in by_continent]


class ProfileForm(Kept, forms.ModelForm):
    """What a person changes about themselves; nothing else is read from what is sent."""

    name = PlainTextField(
        label=_("Name"),
        at_most=150,
        help_text=_("As colleagues know you. It stands beside what you hand in and decide."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PlainTextField(
        label=_("Phone"),
        at_most=50,
        required=False,
        help_text=_("Seen by people who work on the same municipality or programme."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language and script"),
        help_text=_("Of pages and of mail to you."),
        choices=[(code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES],
        widget=forms.RadioSelect,
    )

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Times are shown in it. Deadlines are always said in the time of Belgrade."),
        choices=zones_to_choose,
    )

    class Meta:
        model = User
        fields = ["name", "phone", "language", "time_zone"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.language:
            self.initial["language"] = translation.get_language()
        if not self.instance.time_zone:
            self.initial["time_zone"] = settings.TIME_ZONE

    def clean_time_zone(self) -> str:
        """Who sends none keeps the one they have."""
        return self.cleaned_data["time_zone"] or self.instance.time_zone
