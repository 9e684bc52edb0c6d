"""What a notice says: its subject, its sentence, why this person is told, and where it leads.

The inbox, the mail and the rehearsal say the same, since all of them ask here.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from notifications.models import Notice
from notifications.saying import SAYS
from web.script.dates import without_double_stops
from workflow.pages.wording import role_name


@dataclass(frozen=True)
class Said:
    """A notice in the reader's language. `subject` is what a mail or a line begins with."""

    subject: str
    sentences: list[str]
    url: str
    action: str  # the words of the one thing to do there
    place: str  # the municipality that it is about; "" where there is none

    @property
    def headline(self) -> str:
        """The subject with its place, on one line: "[Kikinda] Deadline today: …"."""
        told = f"[{self.place}] {self.subject}" if self.place else self.subject
        return " ".join(told.split())

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def said(notice: Notice) -> Said:
    """In the active language."""
    subject, sentences = SAYS[notice.kind](notice)
    sentences = [without_double_stops(one) for one in sentences if one]
    subject, place = without_double_stops(subject), place_of(notice)
    return Said(subject, sentences, address_of(notice), action_of(notice), place)


def place_of(notice: Notice) -> str:
    """The municipality that a subject begins with: "Kikinda"."""
    if notice.participation:
        return str(notice.participation.municipality.name)
    return str(notice.application.lead.name) if notice.application else ""


def why(notice: Notice) -> str:
    """In which role the person is told, or that they asked to be."""
    if not notice.role:
        return ""
    if notice.facts.get("follows"):
        return _("You are told this because you follow this participation.")
    return _("You are told this as: %(role)s.") % {"role": role_name(notice.role)}


def address_of(notice: Notice) -> str:
    """Where it leads: the step where there is one, the participation, the application."""
    if notice.step and notice.participation:
        return reverse("workflow:step", args=[notice.participation.reference, notice.step.uuid])
    if notice.participation:
        return reverse("workflow:participation", args=[notice.participation.reference])
    if notice.application:
        return notice.application.get_absolute_url()
    return reverse("workflow:log" if notice.kind == "alarm" else "notifications:inbox")


def action_of(notice: Notice) -> str:
    if notice.step:
        return _("Open the step")
    if notice.participation:
        return _("Open the participation")
    return _("Open the application") if notice.application else _("Open the notices")
