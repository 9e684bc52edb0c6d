"""The kinds of evidence that the core brings: record, act, rating, meeting.

Later apps bring theirs in the same way. Each form is handed its step, since the procedure's
demands (which body, which scale) belong on the page.
"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.models import BodyMember
from municipalities.models.bodies import LONGEST_MINUTES
from web.forms import DayField, PlainTextField
from web.script.content import in_script, localized
from web.script.dates import long_date
from workflow.evidence import KINDS, EvidenceKind, Shown, nothing_on_record
from workflow.forms.sessions import sessions_on_record
from workflow.models import Evidence, Step


class EvidenceForm(forms.Form):
    """What every kind asks: the day that the evidence bears, never in the future."""

    dated_on = DayField(label=gettext_lazy("Date"))

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step

    @property
    def can_be_sent(self) -> bool:
        """Whether there is all that it can choose from; else something else comes first."""
        return True

    def clean_dated_on(self) -> Any:
        day = self.cleaned_data["dated_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This date lies in the future."))
        if day.year < 1990:
            raise forms.ValidationError(_("Enter a year from 1990 on."))
        return day


class RecordForm(EvidenceForm):
    """A date and a note: that something was done, or that a paper arrived."""

    note = PlainTextField(label=gettext_lazy("Note"), at_most=4000, lines=True)


class ActForm(EvidenceForm):
    """A formal decision: issuing body, number, date, official gazette."""

    body = PlainTextField(label=gettext_lazy("Issued by"), at_most=300)
    number = PlainTextField(label=gettext_lazy("Number of the act"), at_most=100)
    gazette = PlainTextField(
        label=gettext_lazy("Official gazette and its number"), at_most=200, required=False
    )
    field_order = ["body", "number", "dated_on", "gazette"]

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        demands = step.demands
        self.fields["dated_on"].label = _("Date of the act")
        if demands.get("body"):
            self.fields["body"].initial = localized(demands["body"])
        self.fields["gazette"].required = bool(demands.get("gazette"))


class RatingForm(EvidenceForm):
    """The evaluator's mark and what it rests on."""

    mark = forms.CharField(label=gettext_lazy("Mark"))
    note = PlainTextField(label=gettext_lazy("What the mark rests on"), at_most=4000, lines=True)
    field_order = ["mark", "note", "dated_on"]

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        scale = step.demands.get("scale")
        if scale:
            marks = [(mark_key(mark), localized(mark)) for mark in scale]
            self.fields["mark"] = forms.ChoiceField(
                label=_("Mark"), choices=marks, widget=forms.RadioSelect
            )
        else:
            self.fields["mark"] = PlainTextField(label=_("Mark"), at_most=100)
        self.order_fields(self.field_order)


def mark_key(mark: Any) -> str:
    """A mark of a scale as it is kept: its Serbian word, or the number as written."""
    return mark["sr"] if isinstance(mark, dict) else str(mark)


class MeetingForm(EvidenceForm):
    """A meeting: when, who was present, the minutes in short."""

    present = PlainTextField(
        label=gettext_lazy("Who was present, by institution and function"),
        at_most=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = PlainTextField(
        label=gettext_lazy("Minutes in short"), at_most=LONGEST_MINUTES, lines=True
    )
    field_order = ["dated_on", "present", "minutes"]

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        # Asked where it is read: the door judges the form and reads no hints.
        hint: Any = SimpleLazyObject(lambda: who_sits(step.participation.municipality_id))
        self.fields["present"].help_text = hint


def who_sits(municipality: int) -> str:
    """Which institutions sit in its bodies now, so that nobody looks their names up. HTML."""
    seats = BodyMember.objects.filter(
        body__municipality=municipality, body__until_on=None, until_on=None
    )
    sitting: dict[str, list[str]] = {}
    for seat in seats.select_related("body").order_by("body", "pk"):
        sitting.setdefault(in_script(seat.body.name), []).append(in_script(seat.institution))
    said = _("On record in %(body)s: %(institutions)s.")
    told = [
        said % {"body": body, "institutions": ", ".join(names)} for body, names in sitting.items()
    ]
    return " ".join(escape(sentence) for sentence in told)


def told(cleaned: dict[str, Any]) -> dict[str, Any]:
    """Cleaned data as text: dates in ISO form, the rest as typed."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in cleaned.items()
    }


def shown(*labelled: tuple[str, Any]) -> Any:
    """A function that shows these fields of a record, those that were filled in."""

    def show(evidence: Evidence) -> Shown:
        day = [(_("Date"), long_date(evidence.dated_on))] if evidence.dated_on else []
        texts = [
            (label, in_script(evidence.told[name]))
            for name, label in labelled
            if evidence.told.get(name)
        ]
        return [*day, *texts]

    return show


ISSUED_BY, NUMBER = gettext_lazy("Issued by"), gettext_lazy("Number of the act")
GAZETTE, NOTE, MARK = gettext_lazy("Official gazette"), gettext_lazy("Note"), gettext_lazy("Mark")
PRESENT, MINUTES = gettext_lazy("Present"), gettext_lazy("Minutes in short")


def register_kinds() -> None:
    """Called once, from `apps.py`."""
    kinds = {
        "record": (_lazy("record"), RecordForm, shown(("note", NOTE))),
        "act": (
            _lazy("act"),
            ActForm,
            shown(("body", ISSUED_BY), ("number", NUMBER), ("gazette", GAZETTE)),
        ),
        "rating": (_lazy("rating"), RatingForm, shown(("mark", MARK), ("note", NOTE))),
        "meeting": (
            _lazy("meeting"),
            MeetingForm,
            shown(("present", PRESENT), ("minutes", MINUTES)),
        ),
    }
    on_record = {"meeting": sessions_on_record}
    for name, (label, form, show) in kinds.items():
        offers = on_record.get(name, nothing_on_record)
        KINDS.register(EvidenceKind(name, label, form, told, show, on_record=offers))


def _lazy(name: str) -> Any:
    return {
        "record": gettext_lazy("record"),
        "act": gettext_lazy("act"),
        "rating": gettext_lazy("rating"),
        "meeting": gettext_lazy("meeting"),
    }[name]
