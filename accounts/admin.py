"""People in the administration. Rights are given by mandates, not here.

Whoever is no superuser neither sees nor changes what makes one, nor touches a superuser's account.
"""

from typing import Any

from allauth.account import admin as _of_account  # noqa: F401  (registers, so we can take back)
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa import admin as _of_factor  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as _of_openid  # noqa: F401
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User

# They hold secrets, or what people did themselves; none of it is for others to read or change.
for _model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(_model)


class PersonCreationForm(AdminUserCreationForm):
    """A new person: without a password they set one by the link for a forgotten one."""

    class Meta:
        model = User
        fields = ["email", "name"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = PersonCreationForm
    ordering = ["email"]
    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password", "name", "phone", "language", "is_active"]}),
        (_("Times"), {"fields": ["last_login", "date_joined"]}),
    ]
    # Only superusers get this part. Groups and model rights are not used: mandates say who may.
    superuser_fieldset: Any = (_("Administration"), {"fields": ["is_staff", "is_superuser"]})
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]

    actions = ["remove_second_factor"]

    @admin.action(description=_("Take the second factor away (you have made sure who asks)"))
    def remove_second_factor(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """For whoever lost the telephone and the recovery codes. They are told by mail."""
        if not request.user.is_superuser:
            raise PermissionDenied
        taken = Authenticator.objects.filter(user__in=people)
        losers = list(people.filter(pk__in=taken.values("user")))
        taken.delete()
        for person in losers:
            get_adapter().send_notification_mail("accounts/second_factor_removed", person)
        self.message_user(request, _("Taken away: %d.") % len(losers), messages.SUCCESS)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None):
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj and request.user.is_superuser:
            fieldsets.append(self.superuser_fieldset)
        return fieldsets

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody is deleted, the log refers to them: "may sign in" is switched off instead."""
        return False
