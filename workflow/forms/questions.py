"""The forms of questions about a call: to ask one, and to answer it for all."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from municipalities.models import Municipality
from web.forms import Kept, PlainTextField
from workflow.forms.applying import VersionForm
from workflow.models.question import ANSWER_AT_MOST, QUESTION_AT_MOST


class UnitField(forms.ModelChoiceField):
    """A municipality by the name that tells it from others."""

    def label_from_instance(self, municipality: Any) -> str:
        return municipality.full_name


class AskForm(Kept, forms.Form):
    """One question. Who acts for several municipalities says for which one."""

    municipality = UnitField(
        Municipality.objects.none(), label=gettext_lazy("For which municipality"), empty_label=None
    )
    text = PlainTextField(
        label=gettext_lazy("Your question"),
        at_most=QUESTION_AT_MOST,
        lines=True,
        help_text=gettext_lazy(
            "One question at a time, 2,000 characters at most. Do not write who you are: the "
            "question and its answer are published, your name and your municipality are not."
        ),
    )

    def __init__(self, *args: Any, municipalities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipalities = municipalities
        if len(municipalities) > 1:
            field: Any = self.fields["municipality"]
            field.queryset = municipalities
        else:
            del self.fields["municipality"]

    @property
    def asks_for(self) -> Municipality:
        """The municipality chosen, or the only one."""
        return self.cleaned_data.get("municipality") or self.municipalities[0]


class AnswerForm(VersionForm):
    """The answer, and the question as all will read it."""

    published_as = PlainTextField(
        label=gettext_lazy("The question as it is published"),
        at_most=QUESTION_AT_MOST,
        lines=True,
        help_text=gettext_lazy(
            "Take out what would tell who asks. What was asked is kept as it was written."
        ),
    )
    answer = PlainTextField(
        label=gettext_lazy("Answer"),
        at_most=ANSWER_AT_MOST,
        lines=True,
        help_text=gettext_lazy(
            "Everybody who sees the call reads exactly these words. 4,000 characters at most."
        ),
    )

    @classmethod
    def opened_at(cls, versioned: Any, posted: Any = None, **kwargs: Any) -> Any:
        """Bound to what was posted, or filled with what stands there."""
        form = super().opened_at(versioned, posted, **kwargs)
        form.initial["published_as"] = versioned.published_as or versioned.text
        return form
