"""The review form, as the procedure asks it: a draft may have gaps, a review handed in has none."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Review
from documents.models.review import ANSWERS, POINTS
from web.forms import PlainTextField
from web.script.content import in_script, localized
from workflow.forms.carried import KeyForm, VersionField
from workflow.models import Step


class ReviewForm(KeyForm):
    """Of each question its answer (`answer_<key>`) and a remark (`remark_<key>`)."""

    expected_version = VersionField()

    def __init__(
        self, *args: Any, step: Step, begun: Review | None = None, is_draft: bool = False, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.questions, self.is_draft = step.review["questions"], is_draft
        self.fields["expected_version"].initial = step.review_round
        answers = begun.answers if begun else {}
        for question in self.questions:
            self.ask(question, answers.get(question["key"], {}))

    def ask(self, question: dict[str, Any], given: dict[str, Any]) -> None:
        key, text = question["key"], localized(question["text"])
        field = points_field(question) if question["kind"] == POINTS else choice_field()
        field.label, field.initial = text, given.get("value", "")
        field.required = not self.is_draft
        remark = PlainTextField(at_most=2000, lines=True, required=False)
        remark.label = _("Remark on “%s”") % text
        remark.initial = in_script(given.get("remark", ""))
        remark.widget.attrs["rows"] = 3
        if question["kind"] != POINTS:
            remark.help_text = _("Needed unless the answer is “Yes”.")
        self.fields[f"answer_{key}"], self.fields[f"remark_{key}"] = field, remark

    def clean(self) -> dict[str, Any]:
        """The door asks for one `answers` in place of the fields."""
        told = self.cleaned_data
        answers = {one["key"]: self.answer_in(told, one) for one in self.questions}
        kept = {
            name: told[name] for name in ("expected_version", "idempotency_key") if name in told
        }
        return kept | {"answers": answers}

    def answer_in(self, told: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
        key = question["key"]
        value, remark = told.get(f"answer_{key}"), told.get(f"remark_{key}", "")
        is_bare = question["kind"] != POINTS and value in ("partly", "no") and not remark
        if is_bare and not self.is_draft and f"remark_{key}" not in self.errors:
            self.add_error(f"remark_{key}", _("Say why: the answer is not “Yes”."))
        return {"value": "" if value is None else value, "remark": remark}


def choice_field() -> forms.ChoiceField:
    return forms.ChoiceField(choices=list(ANSWERS.items()), widget=forms.RadioSelect)


def points_field(question: dict[str, Any]) -> forms.IntegerField:
    attrs = {"class": "short", "data-points": "", "inputmode": "numeric"}
    field = forms.IntegerField(
        min_value=0,
        max_value=question["max"],
        widget=forms.NumberInput(attrs=attrs),
        error_messages={"invalid": gettext_lazy("Write whole points.")},
    )
    field.help_text = _("Points from 0 to %d.") % question["max"]
    return field
