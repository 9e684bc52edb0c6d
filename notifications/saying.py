"""What each kind of notice says: its subject, and the sentences after it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.audience import ABOVE
from notifications.models import Notice
from notifications.offsets import first_above
from web.script.dates import long_date
from workflow.models import Step
from workflow.models.application import BLINK
from workflow.pages.wording import due_date, due_words, role_name, told_due
from workflow.stages import Stage
from workflow.verbs import act_name

Saying = tuple[str, list[str]]


def title_of(notice: Notice) -> str:
    return notice.step.title if notice.step else ""


def due_of(notice: Notice) -> datetime | None:
    """When it is over: of the step, or of the call that the application answers."""
    if notice.step:
        return notice.step.due_at
    return notice.application.call.due_at if notice.application else None


def days_left(due: datetime) -> int:
    """Whole days by the calendar until the day that the deadline names; negative when late."""
    return (timezone.localdate(due - BLINK) - timezone.localdate()).days


def deadline_in_words(due: datetime) -> str:
    """ "Deadline in 9 days", "Deadline today", "3 days late"."""
    left = days_left(due)
    if left > 0:
        return ngettext("Deadline in %(n)d day", "Deadline in %(n)d days", left) % {"n": left}
    if due < timezone.now():
        late = due_words(due)
        return late[:1].upper() + late[1:]
    return _("Deadline today")


def reminder(notice: Notice) -> Saying:
    due = due_of(notice)
    if due is None:
        return title_of(notice), []
    what = title_of(notice) or call_of(notice)
    subject = f"{deadline_in_words(due)}: {what}"
    return subject, [what_is_due(what, due), who_is_next(notice, due)]


def what_is_due(what: str, due: datetime) -> str:
    told = {"what": what, "date": due_date(due)}
    if due < timezone.now():
        return _("“%(what)s” was due by %(date)s.") % told
    return _("“%(what)s” is due by %(date)s.") % told


def it_is_due(due: datetime) -> str:
    """The same where the subject has named what."""
    if due < timezone.now():
        return _("It was due by %(date)s.") % {"date": due_date(due)}
    return _("It is due by %(date)s.") % {"date": due_date(due)}


def call_of(notice: Notice) -> str:
    if notice.application is None:
        return ""
    return _("Application to the call %(call)s") % {"call": notice.application.call}


def who_is_next(notice: Notice, due: datetime) -> str:
    """The escalation, announced: from which day on somebody else is told too."""
    step, line = notice.step, notice.reminder
    if step is None or line is None or line.offset > 3:
        return ""
    place = notice.participation.municipality if notice.participation else None
    if place is None or step.turn != notice.role or not named_above(step):
        return ""
    on = timezone.localdate(due - BLINK)
    day = first_above(on, step.rule, place.country, place.entity)
    if day is None or day <= timezone.localdate():
        return ""
    return _("If nothing arrives before %(date)s, these are told too: %(roles)s.") % {
        "date": long_date(day),
        "roles": named_above(step),
    }


def named_above(step: Step) -> str:
    return ", ".join(role_name(role) for role in ABOVE.get(step.turn, []))


def reminder_above(notice: Notice) -> Saying:
    subject, sentences = reminder(notice)
    step = notice.step
    if step is None:
        return subject, sentences
    owes = _("It is the move of: %(role)s.") % {"role": role_name(step.turn)}
    return subject, [sentences[0] if sentences else "", owes]


def silence(notice: Notice) -> Saying:
    days = abs(notice.reminder.offset) if notice.reminder else 0
    subject = ngettext("Waits for %(n)d day: %(what)s", "Waits for %(n)d days: %(what)s", days) % {
        "n": days,
        "what": title_of(notice),
    }
    return subject, [
        _("“%(what)s” was handed in and waits to be looked at by: %(role)s.")
        % {"what": title_of(notice), "role": role_name(notice.step.turn if notice.step else "")}
    ]


def waiting(notice: Notice) -> Saying:
    step = notice.step
    subject = _("Still being looked at: %(what)s") % {"what": title_of(notice)}
    role = role_name(step.turn) if step else ""
    lies = _("What you handed in lies with: %(role)s. They were reminded today.") % {"role": role}
    return subject, [lies, usually(notice.facts.get("usual_days"))]


def usually(days: int | None) -> str:
    """How long such a step usually takes, where enough of them were looked at."""
    if days is None:
        return ""
    told = ngettext(
        "Such a step is usually looked at within %(n)d day.",
        "Such a step is usually looked at within %(n)d days.",
        days,
    )
    return told % {"n": days}


def asked(notice: Notice) -> Saying:
    due = due_of(notice)
    subject = _("A programme manager reminds you: %(what)s") % {"what": title_of(notice)}
    return subject, [it_is_due(due) if due else ""]


def of_a_step(subject: Any, sentence: Any = "") -> Callable[[Notice], Saying]:
    """A saying about the step, with its deadline where it has one."""

    def say(notice: Notice) -> Saying:
        told = {"what": title_of(notice)}
        return str(subject) % told, [str(sentence), by_when(notice)]

    return say


def by_when(notice: Notice) -> str:
    step = notice.step
    if step is None or step.due_at is None or step.is_settled:
        return ""
    return it_is_due(step.due_at)


def moved(notice: Notice) -> Saying:
    stage = notice.participation.get_stage_display() if notice.participation else ""
    if notice.entry and notice.entry.target:
        stage = str(Stage(notice.entry.target).label)
    return _("The stage is now: %(stage)s") % {"stage": stage}, [
        _("What comes next stands on the page of the participation.")
    ]


def deadline_moved(notice: Notice) -> Saying:
    told = notice.entry.facts.get("to") if notice.entry else None
    subject = _("Another deadline: %(what)s") % {"what": title_of(notice)}
    return subject, [_("It is now due by %(date)s.") % {"date": told_due(told)}]


def plain(subject: Any, *sentences: Any) -> Callable[[Notice], Saying]:
    return lambda _notice: (str(subject), [str(one) for one in sentences])


def mandate(subject: Any) -> Callable[[Notice], Saying]:
    def say(notice: Notice) -> Saying:
        role = notice.entry.facts.get("role", "") if notice.entry else ""
        return str(subject) % {"role": role_name(role)}, []

    return say


def second_person(notice: Notice) -> Saying:
    act = notice.entry.facts.get("act", "") if notice.entry else ""
    subject = _("Waits for your agreement: %(act)s") % {"act": title_of(notice) or act_name(act)}
    return subject, [_("Somebody proposed it; a second person has to agree.")]


def nobody(notice: Notice) -> Saying:
    role = role_name(notice.facts.get("role", ""))
    subject = _("Nobody to remind: %(what)s") % {"what": title_of(notice)}
    return subject, [
        _("The step is the move of: %(role)s. Nobody holds this role there now. Invite somebody.")
        % {"role": role}
    ]


def alarm(notice: Notice) -> Saying:
    if notice.facts.get("about") == "log":
        return _("The log is damaged"), [
            _("The nightly check of the log found damage. Open the page of the log and verify it.")
        ]
    return _("Records do not agree"), [
        _("The nightly comparison with the log found disagreements."),
        _("Ask the system administrator to run “%(command)s”.")
        % {"command": "manage.py find_gaps"},
    ]


def mail_failed(notice: Notice) -> Saying:
    return _("A mail did not arrive"), [
        _("A mail to a person of this municipality was refused. The page of deliveries says why.")
    ]


SAYS: dict[str, Callable[[Notice], Saying]] = {
    "reminder": reminder,
    "reminder_above": reminder_above,
    "silence": silence,
    "waiting": waiting,
    "asked": asked,
    "step_opened": of_a_step(gettext_lazy("New step: %(what)s")),
    "to_review": of_a_step(gettext_lazy("Handed in, to be looked at: %(what)s")),
    "returned": of_a_step(
        gettext_lazy("Returned with remarks: %(what)s"),
        gettext_lazy("The remarks stand on the page of the step. Mend it and hand it in again."),
    ),
    "accepted": of_a_step(gettext_lazy("Accepted: %(what)s")),
    "waived": of_a_step(gettext_lazy("No longer needed: %(what)s")),
    "second_person": second_person,
    "moved": moved,
    "selected": plain(
        gettext_lazy("Your application was selected"),
        gettext_lazy("What comes next stands on the page of the participation."),
    ),
    "rejected": plain(
        gettext_lazy("Your application was not selected"),
        gettext_lazy("The reason stands on the page of the participation."),
    ),
    "held": plain(
        gettext_lazy("Put on hold"),
        gettext_lazy("The clock stands; nobody is reminded until it goes on."),
    ),
    "resumed": plain(
        gettext_lazy("Goes on after the hold"),
        gettext_lazy("Deadlines were moved by the days on hold."),
    ),
    "deadline_moved": deadline_moved,
    "call_extended": plain(gettext_lazy("The call has another deadline")),
    "mandate_begun": mandate(gettext_lazy("You have a role now: %(role)s")),
    "mandate_ended": mandate(gettext_lazy("Your role has ended: %(role)s")),
    "nobody": nobody,
    "mail_failed": mail_failed,
    "alarm": alarm,
    "test": plain(
        gettext_lazy("Test message"),
        gettext_lazy("If you read this, messages of Koraci reach you. Nothing is to be done."),
    ),
}
