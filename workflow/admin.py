"""The administration of the workflow: to look at, never to write past the doors.

What belongs to a participation changes on the site's own pages alone. The one act here is giving
a mandate, so that the first manager of a programme can be appointed at all; it calls its door.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.admin import ReadOnlyAdmin
from municipalities.models import Municipality
from municipalities.roles import Role
from web.forms import PlainTextField
from workflow import services
from workflow.audit.models import Entry, Verification
from workflow.errors import NotAllowed, Refused
from workflow.models import (
    Application,
    Call,
    Deadline,
    Evidence,
    Participation,
    Procedure,
    Programme,
    Proposal,
    Question,
    Receipt,
    Step,
    Track,
)
from workflow.readiness import leaving


class LookedAtAdmin(ReadOnlyAdmin):
    """Every column, none of them to be written."""

    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return [*self.readonly_fields, *(field.name for field in self.opts.concrete_fields)]

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        return self.get_fields(request, obj)


@admin.register(Participation)
class ParticipationAdmin(LookedAtAdmin):
    list_display = ["reference", "municipality", "programme", "stage", "version", "on_hold_since"]
    list_filter = ["stage", "programme"]
    list_select_related = ["municipality", "programme"]
    search_fields = ["reference"]
    readonly_fields = ["pages", "moves"]

    @admin.display(description=gettext_lazy("on the site"))
    def pages(self, participation: Participation) -> SafeString:
        log = reverse("workflow:participation_log", args=[participation.reference])
        site = [(participation.get_absolute_url(), _("participation")), (log, _("log"))]
        return format_html_join(" · ", '<a href="{}">{}</a>', site)

    @admin.display(description=gettext_lazy("moves, each on its page"))
    def moves(self, participation: Participation) -> SafeString:
        """A stage changes on these pages, by a person with the right."""
        links = [
            (
                reverse("workflow:transition", args=[participation.reference, move.name]),
                move.custom["label"],
            )
            for move in leaving(participation)
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or format_html("–")


@admin.register(Entry)
class EntryAdmin(LookedAtAdmin):
    list_display = ["participation", "seq", "verb", "source", "target", "by", "role", "recorded_at"]
    list_filter = ["verb", "role", "channel"]
    list_select_related = ["participation", "by"]
    search_fields = ["participation__reference"]
    ordering = ["-recorded_us"]


@admin.register(Verification)
class VerificationAdmin(LookedAtAdmin):
    list_display = ["at", "by", "channel", "is_complete", "is_whole", "participations", "entries"]
    list_filter = ["is_whole", "is_complete"]
    list_select_related = ["by"]


@admin.register(Step)
class StepAdmin(LookedAtAdmin):
    list_display = ["participation", "stage", "key", "occurrence", "role", "status", "due_at"]
    list_filter = ["stage", "status", "role"]
    list_select_related = ["participation"]
    search_fields = ["participation__reference", "key"]


@admin.register(Deadline)
class DeadlineAdmin(LookedAtAdmin):
    list_display = ["step", "call", "version", "on", "at", "set_by", "set_at"]
    list_select_related = ["step", "call", "set_by"]


@admin.register(Evidence)
class EvidenceAdmin(LookedAtAdmin):
    list_display = ["step", "kind", "status", "dated_on", "by", "submitted_at"]
    list_filter = ["kind", "status"]
    list_select_related = ["step", "by"]


@admin.register(Proposal)
class ProposalAdmin(LookedAtAdmin):
    list_display = ["participation", "act", "by", "decided_on", "status", "closed_by"]
    list_filter = ["status", "act"]
    list_select_related = ["participation", "by", "closed_by"]


@admin.register(Receipt)
class ReceiptAdmin(LookedAtAdmin):
    list_display = ["key", "by", "entry", "at"]
    list_select_related = ["by", "entry"]


@admin.register(Application)
class ApplicationAdmin(LookedAtAdmin):
    list_display = ["reference", "call", "lead", "status", "submitted_at"]
    list_filter = ["status"]
    list_select_related = ["call", "lead"]
    search_fields = ["reference"]


@admin.register(Call)
class CallAdmin(LookedAtAdmin):
    list_display = ["reference", "stated_reference", "track", "opens_on", "due_at"]
    list_select_related = ["track"]


@admin.register(Question)
class QuestionAdmin(LookedAtAdmin):
    list_display = ["call", "number", "municipality", "asked_by", "asked_at", "answered_by"]
    list_select_related = ["call", "municipality", "asked_by", "answered_by"]


@admin.register(Track)
class TrackAdmin(LookedAtAdmin):
    list_display = ["key", "code", "programme", "places_number", "opened"]
    list_select_related = ["programme"]


@admin.register(Procedure)
class ProcedureAdmin(LookedAtAdmin):
    list_display = ["__str__", "track", "version", "loaded_at", "loaded_by"]
    list_select_related = ["track", "loaded_by"]


class MandateForm(forms.Form):
    """Who, in which role, for which one place."""

    person = forms.ModelChoiceField(
        get_user_model().objects.filter(is_active=True).order_by("email"),
        label=gettext_lazy("Person"),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    function = PlainTextField(label=gettext_lazy("Function held"), at_most=200, required=False)
    programme = forms.ModelChoiceField(
        Programme.objects.order_by("key"), label=gettext_lazy("Programme"), required=False
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("sort_key", "code"),
        label=gettext_lazy("or municipality"),
        required=False,
    )
    participation = forms.ModelChoiceField(
        Participation.objects.all(),
        label=gettext_lazy("or participation, by its reference"),
        to_field_name="reference",
        widget=forms.TextInput,
        required=False,
    )
    PLACES = ("programme", "municipality", "participation")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        places = [told[name] for name in self.PLACES if told.get(name)]
        if len(places) != 1 and not any(name in self.errors for name in self.PLACES):
            raise forms.ValidationError(_("Choose one place: a programme, or one of the others."))
        return told | {"over": places[0] if places else None}


@admin.register(Programme)
class ProgrammeAdmin(LookedAtAdmin):
    list_display = ["key", "__str__", "country", "is_sample"]
    change_list_template = "admin/workflow/programmes.html"

    def get_urls(self) -> list[URLPattern]:
        give = self.admin_site.admin_view(self.give_mandate)
        return [path("give-mandate/", give, name="workflow_give_mandate"), *super().get_urls()]

    def give_mandate(self, request: HttpRequest) -> HttpResponse:
        """The first manager of a programme is appointed here, by a superuser."""
        if not request.user.is_superuser:
            raise PermissionDenied
        form = MandateForm(request.POST or None)
        if form.is_valid() and self.given(request, form):
            return redirect("admin:municipalities_mandate_changelist")
        context = self.admin_site.each_context(request) | {
            "form": form, "title": _("Give a mandate"), "opts": self.opts,
        }  # fmt: skip
        return TemplateResponse(request, "admin/workflow/give_mandate.html", context)

    def given(self, request: HttpRequest, form: MandateForm) -> bool:
        told = form.cleaned_data
        try:
            mandate = services.give_mandate(
                told["person"], told["role"], over=told["over"], by=request.user,
                function=told["function"],
            )  # fmt: skip
        except (Refused, NotAllowed) as refused:
            form.add_error(None, str(refused.sentence))
            return False
        messages.success(request, _("Mandate given: %s.") % mandate)
        return True
