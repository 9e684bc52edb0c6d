"""Whether what was planned still stands: asked when it is due, and again just before it is sent."""

from notifications.models import Notice, Reminder
from workflow.models import Application, Step
from workflow.models.step import StepStatus

About = Reminder.About
REMINDS = ["reminder", "reminder_above"]
UNFINISHED = [Application.Status.DRAFT, Application.Status.RETURNED]


def still_stands(reminder: Reminder) -> bool:
    """Whether a line of the plan is still true. Reads the rows that hang on it, writes nothing."""
    if call := reminder.call:
        return reminder.version == call.deadline_version and call.is_open
    step = reminder.step
    if step is None or step.participation.on_hold_since or not is_running(step):
        return False
    if reminder.about == About.SILENCE:
        return step.status == StepStatus.SUBMITTED and not handed_in_since(reminder)
    return reminder.version == step.deadline_version


def is_running(step: Step) -> bool:
    return not step.is_settled and step.is_in_present_stage


def handed_in_since(reminder: Reminder) -> bool:
    """Whether it was returned and handed in again, which has a plan of its own."""
    later = Reminder.objects.filter(step=reminder.step_id, about=About.SILENCE)
    return later.filter(version__gt=reminder.version).exists()


# Notices that ask for an act stand while that act is owed: by the status of the step.
OWED_WHILE = {
    "step_opened": [StepStatus.OPEN, StepStatus.RETURNED],
    "returned": [StepStatus.RETURNED],
    "to_review": [StepStatus.SUBMITTED],
    "silence": [StepStatus.SUBMITTED],
    "asked": [StepStatus.OPEN, StepStatus.RETURNED, StepStatus.SUBMITTED],
}


def is_overtaken(notice: Notice) -> bool:
    """Whether what a notice says is no longer so. What happened, happened: that never is."""
    if notice.reminder:
        return has_passed_on(notice) or not still_stands(notice.reminder)
    if notice.kind in OWED_WHILE and notice.step:
        return not is_running(notice.step) or notice.step.status not in OWED_WHILE[notice.kind]
    if notice.kind == "deadline_moved" and notice.step:
        return notice.facts.get("version") != notice.step.deadline_version
    return False


def has_passed_on(notice: Notice) -> bool:
    """Whether it reminds of a move that meanwhile was made: the next one is somebody else's."""
    if notice.application:
        return notice.application.status not in UNFINISHED
    step = notice.step
    return notice.kind in REMINDS and step is not None and step.turn != whose_move(notice)


def whose_move(notice: Notice) -> str:
    """Which role a reminder waits for: its reader's, or that of whoever stands below."""
    return notice.facts.get("turn", notice.role)
