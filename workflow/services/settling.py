"""What settles a step: evidence accepted, or the step waived."""

from django.utils import timezone

from municipalities.roles import Role
from workflow.models import Evidence, Step
from workflow.models.step import StepStatus


def settle(step: Step, act: str, evidence: Evidence | None) -> None:
    """Set the step, unsaved, to accepted or waived; the evidence that did it is marked.

    A step is settled on the day that its evidence bears: deadlines count from what happened,
    not from when somebody looked at it.
    """
    step.status = {"accept": StepStatus.ACCEPTED, "waive": StepStatus.WAIVED}[act]
    step.settled_on = timezone.localdate()
    if evidence and act == "accept":
        step.settled_on = evidence.dated_on or step.settled_on
        evidence.status = Evidence.Status.ACCEPTED
        evidence.save(update_fields=["status"])


def reviewing_roles(step: Step) -> list[str]:
    """Who may look at what was handed in: the role that the procedure names, or the manager."""
    return [step.accepted_by, Role.PROGRAMME_MANAGER.value]
