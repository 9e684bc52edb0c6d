"""Who is invited, to whom a role is handed over, and who a new person is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import NewPasswordForm
from municipalities.models import Invitation, Mandate
from municipalities.roles import Role
from web.forms import Kept, PlainTextField

ONE_AT_A_TIME = gettext_lazy(
    "This address has an open invitation to this role. Revoke it before a new one."
)


class AddressField(forms.EmailField):
    """An e-mail address, compared without regard to capitals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("E-mail address"))
        super().__init__(max_length=254, **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # A browser would cut a pasted address without a word; the field itself answers.
        attrs = super().widget_attrs(widget) | {"autocomplete": "off"}
        attrs.pop("maxlength", None)
        return attrs


class FunctionField(PlainTextField):
    """The function a person holds in its institution; it stands in the log beside every act."""

    def __init__(self, **kwargs: Any) -> None:
        label = gettext_lazy("Function")
        hint = gettext_lazy("As the log shall show it, for example: head of the department.")
        super().__init__(at_most=200, label=label, help_text=hint, required=False, **kwargs)


class InviteForm(Kept, forms.Form):
    """An address, a role that one may give here, the function held."""

    email = AddressField()
    function = FunctionField()

    def __init__(self, *args: Any, roles: Iterable[Role], place: models.Model, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.place = place
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"), choices=choices, widget=forms.RadioSelect
        )
        self.order_fields(["email", "role", "function"])

    def clean(self) -> dict[str, Any]:
        """One open invitation for an address, a role and a place: sending twice makes no two."""
        cleaned = super().clean() or {}
        if open_invitations([self.place]).filter(
            email=cleaned.get("email"), role=cleaned.get("role")
        ):
            self.add_error("email", ONE_AT_A_TIME)
        return cleaned


def open_invitations(places: Iterable[Any]) -> models.QuerySet[Invitation]:
    """Those to these places that can still be taken up, the newest first."""
    here = models.Q(pk__in=[])
    for place in places:
        here |= models.Q(place_type=ContentType.objects.get_for_model(place), place_id=place.pk)
    waiting = Invitation.objects.filter(here, accepted_at=None, revoked_at=None)
    return waiting.filter(expires_at__gt=timezone.now()).order_by("-pk")


class HandOverForm(Kept, forms.Form):
    """To whom a role goes. The first answer shows what will happen, the second does it."""

    email = AddressField(label=gettext_lazy("E-mail address of the successor"))
    function = FunctionField()
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mandate: Mandate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mandate = mandate

    def clean_email(self) -> str:
        """`successor` is the person with this address, or None where an invitation is needed."""
        email = self.cleaned_data["email"]
        self.successor = get_user_model().objects.filter(email=email).first()
        if email == self.mandate.user.email:
            raise forms.ValidationError(_("A role is handed over to another person."))
        if self.successor and not self.successor.is_active:
            raise forms.ValidationError(
                _("The account of this address is closed. Ask the administrator.")
            )
        if self.successor is None:
            self._refuse_second_invitation(email)
        return email

    def _refuse_second_invitation(self, email: str) -> None:
        if open_invitations([self.mandate.place]).filter(email=email, role=self.mandate.role):
            raise forms.ValidationError(ONE_AT_A_TIME)


class NewPersonForm(NewPasswordForm):
    """A person who takes up an invitation without an account: name and password."""

    name = PlainTextField(
        label=gettext_lazy("Name"),
        at_most=150,
        help_text=gettext_lazy("It stands beside what you hand in and decide."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "new_password1", "new_password2"]

    def clean_name(self) -> str:
        # Before the passwords: the validators compare them with the name.
        self.user.name = self.cleaned_data["name"]
        return self.user.name
