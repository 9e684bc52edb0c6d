"""When a line of the plan is due, in words: "3 days before the deadline"."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.models import Reminder


def offset_in_words(reminder: Reminder) -> str:
    days = abs(reminder.offset)
    if reminder.about == Reminder.About.SILENCE:
        told = ngettext(
            "%(n)d day after it was handed in", "%(n)d days after it was handed in", days
        )
    elif not days:
        return _("on the day of the deadline")
    elif counts_working_days(reminder):
        told = working_days(reminder.offset)
    elif reminder.offset > 0:
        told = ngettext("%(n)d day before the deadline", "%(n)d days before the deadline", days)
    else:
        told = ngettext("%(n)d day after the deadline", "%(n)d days after the deadline", days)
    return told % {"n": days}


def counts_working_days(reminder: Reminder) -> bool:
    return bool(reminder.step and reminder.step.rule.get("reminders_count") == "working_days")


def working_days(offset: int) -> str:
    days = abs(offset)
    if offset > 0:
        return ngettext(
            "%(n)d working day before the deadline",
            "%(n)d working days before the deadline",
            days,
        )
    return ngettext(
        "%(n)d working day after the deadline", "%(n)d working days after the deadline", days
    )
