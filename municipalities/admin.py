"""The administration: the register is loaded, mandates change through their services alone.

Bodies are kept here by the rules of their models, and nothing that happened can be deleted.
"""

from collections import Counter
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from accounts.models import User
from municipalities import bodies
from municipalities.models import (
    Body,
    BodyMember,
    Fact,
    Invitation,
    Mandate,
    Municipality,
    Session,
)


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look at only: no adding, no changing, no deleting, whoever asks."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class NoDeleting:
    """What happened stays on record; seats and bodies end by a date."""

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Municipality)
class MunicipalityAdmin(ReadOnlyAdmin):
    list_display = ["code", "full_name", "kind", "country", "entity", "area"]
    list_filter = ["country", "entity", "kind"]
    list_select_related = ["parent"]
    search_fields = ["search_key"]  # what it means stands in get_search_results
    ordering = ["sort_key", "code"]

    @admin.display(description=_("name"), ordering="sort_key")
    def full_name(self, unit: Municipality) -> str:
        return unit.full_name

    @admin.display(description=_("district or canton"))
    def area(self, unit: Municipality) -> str:
        return unit.area

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Blind to script and diacritics, or a code typed whole."""
        found = Municipality.objects.matching(search_term).values("pk")
        code = models.Q(code=search_term.strip().replace("\0", ""))
        return queryset.filter(code | models.Q(pk__in=found)), False


@admin.register(Fact)
class FactAdmin(admin.ModelAdmin):
    """Facts entered by hand; those of the file change with the file."""

    list_display = ["municipality", "what", "value", "from_on", "until_on", "source"]
    list_filter = ["what", "value"]
    list_select_related = ["municipality"]
    autocomplete_fields = ["municipality"]

    def has_change_permission(self, request: HttpRequest, obj: Fact | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.key)

    def has_delete_permission(self, request: HttpRequest, obj: Fact | None = None) -> bool:
        # Without a row the question is about the bulk action, which asks nobody row by row.
        return super().has_delete_permission(request, obj) and obj is not None and not obj.key


class SeatsFormSet(BaseInlineFormSet):
    """Rows of one page are not yet in the database, so it cannot compare them with each other."""

    def clean(self) -> None:
        super().clean()
        running = Counter(
            (form.instance.institution, form.instance.seat)
            for form in self.forms
            if form.has_changed() and not form.instance.until_on
        )
        if any(times > 1 for times in running.values()):
            raise ValidationError(_("The same institution stands here twice in one function."))


class MemberInline(NoDeleting, admin.TabularInline):
    model = BodyMember
    formset = SeatsFormSet
    extra = 1


class SessionInline(NoDeleting, admin.StackedInline):
    model = Session
    extra = 0


@admin.register(Body)
class BodyAdmin(NoDeleting, SimpleHistoryAdmin):
    """A body with its seats and sessions. The models refuse what the services refuse."""

    list_display = ["name", "municipality", "act_body", "act_on", "until_on"]
    list_select_related = ["municipality"]
    autocomplete_fields = ["municipality"]
    inlines = [MemberInline, SessionInline]

    def revert_disabled(self, request: HttpRequest, obj: Body | None = None) -> bool:
        """The history is to read; a correction is a change of its own."""
        return True

    def history_form_view(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The library hides the button of an old version and would still take its form."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().history_form_view(request, *args, **kwargs)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: Any, change: bool
    ) -> None:
        """Seats and sessions too carry who wrote them in their history."""
        for row in formset.save(commit=False):
            row._history_user = request.user
            row.save()
        formset.save_m2m()

    def save_related(
        self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.until_on:
            bodies.end_seats(form.instance, by=cast(User, request.user))


class PlacedAdmin(ReadOnlyAdmin):
    list_filter = ["role"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("place")


@admin.register(Mandate)
class MandateAdmin(PlacedAdmin):
    list_display = ["user", "role", "function", "place", "starts_on", "ends_on", "ended_at"]
    list_select_related = ["user"]


@admin.register(Invitation)
class InvitationAdmin(PlacedAdmin):
    list_display = ["email", "role", "place", "invited_at", "expires_at", "accepted_at"]
    exclude = ["digest"]
