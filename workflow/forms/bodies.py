"""What is asked about a planning body. Field names are those of the doors.

Here is the shape alone; whether the facts can be is said by the door, in the same sentences as in
the administration.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from municipalities.models import Body
from municipalities.models.bodies import LONGEST_MINUTES
from web.forms import DayField, Kept, PlainTextField


class AppointmentForm(Kept, forms.Form):
    """What is known of the act of appointment; the rest is confirmed later."""

    act_number = PlainTextField(
        label=gettext_lazy("Number of the act"), at_most=100, required=False
    )
    act_on = DayField(
        label=gettext_lazy("Date of the act"),
        help_text=gettext_lazy("For example 12.10.2007. Empty: not known, to be confirmed."),
        required=False,
    )
    gazette = PlainTextField(
        label=gettext_lazy("Official gazette and its number"), at_most=200, required=False
    )


class FoundForm(AppointmentForm):
    """A new body: its name, and who appointed it by which act."""

    name = PlainTextField(
        label=gettext_lazy("Name of the body"),
        help_text=gettext_lazy("As the act of appointment calls it."),
        at_most=300,
    )
    act_body = PlainTextField(
        label=gettext_lazy("Appointed by"),
        help_text=gettext_lazy("For example: the mayor, the municipal council."),
        at_most=300,
    )
    field_order = ["name", "act_body"]


class ConfirmForm(AppointmentForm):
    """The facts of the act that are still to be confirmed, and no others."""

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if getattr(body, name)]:
            del self.fields[name]


class SeatForm(Kept, forms.Form):
    """Which institution joins, in which function, from when. No names of people."""

    institution = PlainTextField(
        label=gettext_lazy("Institution"),
        help_text=gettext_lazy("An institution or organisation, not the name of a person."),
        at_most=300,
    )
    seat = PlainTextField(
        label=gettext_lazy("Function in the body"),
        help_text=gettext_lazy("For example: chair, deputy chair, member."),
        at_most=200,
        required=False,
    )
    from_on = DayField(
        label=gettext_lazy("Member since"),
        help_text=gettext_lazy("For example 12.10.2007. Empty: from the appointment of the body."),
        required=False,
    )


class LeaveForm(Kept, forms.Form):
    until_on = DayField(label=gettext_lazy("Last day on which the seat was held"))


class SessionForm(Kept, forms.Form):
    """When the body met, and what it decided."""

    held_on = DayField(label=gettext_lazy("Held on"))
    number = PlainTextField(label=gettext_lazy("Number of the session"), at_most=50, required=False)
    minutes = PlainTextField(
        label=gettext_lazy("Minutes in short"),
        help_text=gettext_lazy("What was decided. Write institutions, not names of people."),
        at_most=LONGEST_MINUTES,
        lines=True,
        required=False,
    )


class EndForm(Kept, forms.Form):
    until_on = DayField(label=gettext_lazy("Last day of the body"))
