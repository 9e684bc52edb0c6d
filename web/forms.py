"""Fields and the look of forms: `{{ form }}` and `{{ form.as_div }}` draw kit.css fields.

A page writes `<form method="post" class="form" novalidate>`, `{% include "web/_errors.html" %}`
above it and `{{ form }}` inside; everything else is here and in `templates/web/forms/`.
"""

import datetime
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from web.script.numbers import number

# Marks that turn the direction of writing: in Serbian or English text they only hide things.
# U+061C, U+200E/F, U+202A–202E, U+2066–2069 are Unicode's whole property Bidi_Control.
DIRECTION_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Surrogates (Cs) alone cannot be stored; the rest of Cc has no place in a text.
REFUSED_CATEGORIES = {"Cc", "Cs"}
# Composing a long run of accents takes quadratic time, so far too long a text is not composed.
COMPOSED_AT_MOST_TIMES = 4
TEXT_AT_MOST = 5_000
FIRST_YEAR, LAST_YEAR = 1900, 2100


# Sent along when a form is opened again after its reader had been signed out in between.
SIGNED_OUT = "signed_out"


class Kept:
    """A form that outlives the session: opened again with what was typed, it is never taken.

    For forms of views that are marked `keeps_what_was_typed` (accounts/kept_form.py).
    """

    data: Any
    is_bound: bool

    @property
    def was_interrupted(self) -> bool:
        return self.is_bound and SIGNED_OUT in self.data

    def full_clean(self) -> None:
        form: Any = super()
        form.full_clean()
        if self.was_interrupted:
            form.add_error(None, str(INTERRUPTED))


INTERRUPTED = gettext_lazy(
    "You were signed out before this form arrived, so nothing was recorded. This is what you "
    "typed: check it, then send it again."
)


class WordedField(BoundField):
    """A field that can say in words whether it must be filled in."""

    @property
    def is_checkbox(self) -> bool:
        """A single box stands before its label, not below it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def demand(self) -> str:
        """ "optional", or "later"; "required" only in a form that mixes both; else ""."""
        if not self.field.required:
            return "later" if getattr(self.field, "needed_later", False) else "optional"
        return "required" if any(not f.field.required for f in self.form.visible_fields()) else ""


class FieldRenderer(DjangoTemplates):
    """Draws every form with the templates of the shell (`settings.FORM_RENDERER`)."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = WordedField

    def get_template(self, template_name: str):
        # `as_div` asks for Django's template by name.
        ours = {"django/forms/div.html": self.form_template_name}
        return super().get_template(ours.get(template_name, template_name))


def clean_text(text: str, *, at_most: int = TEXT_AT_MOST, lines: bool = True) -> tuple[str, int]:
    """The text in NFC without direction marks, and how many of those were taken out.

    Raises ValidationError with one sentence when it holds control characters (a single line also
    refuses line breaks and tabs) or more than `at_most` characters. Nothing else is altered but
    line ends (to "\\n") and white space around the text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    refuse_if_longer(text, at_most, times=COMPOSED_AT_MOST_TIMES)
    kept, removed = DIRECTION_MARKS.subn("", text)
    # Before the white space goes: `strip` would quietly take some control characters along.
    refuse_control_characters(kept)
    kept = unicodedata.normalize("NFC", kept).strip()
    if not lines and {"\n", "\t"} & set(kept):
        raise ValidationError(_("Write this in one line, without tabs."), code="one_line")
    refuse_if_longer(kept, at_most)
    return kept, removed


def refuse_control_characters(text: str) -> None:
    if any(unicodedata.category(c) in REFUSED_CATEGORIES for c in text if c not in "\n\t"):
        raise ValidationError(
            _("The text holds control characters that cannot be kept. Delete them, or type it."),
            code="control_characters",
        )


def refuse_if_longer(text: str, at_most: int, *, times: int = 1) -> None:
    if len(text) <= at_most * times:
        return
    raise ValidationError(
        ngettext(
            "Write %(most)s character at most. You wrote %(written)s.",
            "Write %(most)s characters at most. You wrote %(written)s.",
            at_most,
        ),
        code="max_length",
        params={"most": number(at_most), "written": number(len(text))},
    )


class PlainTextField(forms.CharField):
    """Text as people type it: bounded, composed (NFC), without invisible direction marks.

    `lines=True` gives a text area; `needed_later=True` says that nothing is handed in without it,
    though it may be saved so. There is no `maxlength` in the HTML: a browser would cut a pasted
    text without a word. What was taken out, `sentences_on_removed(form)` says.
    """

    def __init__(
        self,
        *,
        at_most: int = TEXT_AT_MOST,
        lines: bool = False,
        needed_later: bool = False,
        **kwargs,
    ):
        self.at_most, self.lines, self.needed_later = at_most, lines, needed_later
        self.removed = 0
        kwargs.setdefault("widget", forms.Textarea if lines else forms.TextInput)
        super().__init__(**kwargs)
        # `clean_text` refuses control characters, zero among them, in words of its own.
        self.validators = [v for v in self.validators if not is_about_null(v)]

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"rows": 6} if self.lines else {}

    def to_python(self, value) -> str | None:
        if value in self.empty_values:
            return self.empty_value
        text, self.removed = clean_text(str(value), at_most=self.at_most, lines=self.lines)
        return text or self.empty_value


def is_about_null(validator) -> bool:
    return getattr(validator, "code", "") == "null_characters_not_allowed"


REMOVED = ngettext_lazy(
    "%(field)s: %(count)d invisible mark for the direction of writing was taken out.",
    "%(field)s: %(count)d invisible marks for the direction of writing were taken out.",
    "count",
)


def sentences_on_removed(form: forms.BaseForm) -> list[str]:
    """For messages after saving: which texts lost invisible marks, and how many."""
    return [
        REMOVED % {"field": form[name].label, "count": field.removed}
        for name, field in form.fields.items()
        if isinstance(field, PlainTextField) and field.removed
    ]


class DayField(forms.DateField):
    """A day, typed as 12.10.2007 (with spaces or a last full stop as well) or 2007-10-12.

    A text input: it needs no JavaScript, accepts pasting and looks alike in every browser.
    """

    input_formats = ["%d.%m.%Y", "%Y-%m-%d"]
    widget = forms.DateInput
    default_error_messages = {
        "invalid": gettext_lazy("Write the day like this: 12.10.2007."),
        "year": gettext_lazy("Write a year between %(first)d and %(last)d."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", gettext_lazy("For example 12.10.2007."))
        kwargs.setdefault("input_formats", self.input_formats)
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        if isinstance(widget, forms.DateInput):
            widget.format = "%d.%m.%Y"
        return {"class": "short", "autocomplete": "off"}

    def to_python(self, value) -> datetime.date | None:
        if isinstance(value, str):
            value = "".join(value.split()).rstrip(".")
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                self.error_messages["year"],
                code="year",
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return day
