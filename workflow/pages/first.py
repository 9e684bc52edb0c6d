"""What a page offers first: one thing, where it is, by when, and the button that opens it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from workflow.models import Application, Member, Participation, Proposal, Step
from workflow.models.step import StepStatus
from workflow.verbs import act_name


@dataclass(frozen=True)
class First:
    """`heading` says why it stands first; `button` says what the link does."""

    what: str
    where: str
    url: str
    button: str
    heading: str = ""
    due_at: datetime | None = None
    is_undated: bool = False  # something is owed that has no deadline


def first_step(step: Step, button: str = "") -> First:
    place = step.participation.municipality.full_name
    said = button or _("Open the step")
    undated = step.due_at is None
    return First(step.title, place, step.get_absolute_url(), said, "", step.due_at, undated)


def button_of_mentor(step: Step) -> str:
    """What a mentor does with this step, as a verb."""
    if step.status == StepStatus.SUBMITTED:
        return _("Look at what was handed in")
    return _("Log a visit") if step.kind == "meeting" else _("Open the step")


def first_proposal(proposal: Proposal) -> First:
    case = proposal.participation
    said = act_name(proposal.act)
    what = f"{said}: {proposal.step.title}" if proposal.step else said
    url = reverse("workflow:proposal", args=[case.reference, proposal.uuid])
    place, heading = case.municipality.full_name, _("Waits for your agreement")
    return First(what, place, url, _("Read and answer"), heading)


def first_consent(member: Member) -> First:
    application = member.application
    what = _("Consent to application %s") % application.reference
    place, url = member.municipality.full_name, application.get_absolute_url()
    return First(what, place, url, _("Read and answer"), due_at=application.call.due_at)


def first_application(application: Application) -> First:
    what = _("Application %s") % application.reference
    place, url = application.lead.full_name, application.get_absolute_url()
    return First(what, place, url, _("Go on with the application"), due_at=application.call.due_at)


def first_ready(case: Participation) -> First:
    """A move that can be decided today."""
    place, stage = case.municipality.full_name, case.get_stage_display()
    return First(
        place,
        stage,
        case.get_absolute_url(),
        _("Open the participation"),
        _("The move can be decided"),
    )
