"""An application as a task list: four sections, each task with its status in words."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from web.script.content import localized
from workflow.conditions import Condition
from workflow.models import Member
from workflow.pages.application import Desk
from workflow.services.applications import TEXTS

WRONG, OPEN = "bad", "warn"  # colours of a tag; red is for what is wrong and nothing else


@dataclass(frozen=True)
class Task:
    """One row; without a `url` it is not this person's to do, or cannot be done yet."""

    words: str
    status: str
    is_done: bool
    colour: str = ""
    url: str = ""
    hints: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        return "✓" if self.is_done else "✗" if self.colour == WRONG else "○"

    @property
    def mark_class(self) -> str:
        return "ok-i" if self.is_done else "bad-i" if self.colour == WRONG else "wait-i"


@dataclass(frozen=True)
class Section:
    title: str
    tasks: list[Task]

    @property
    def is_done(self) -> bool:
        return all(task.is_done for task in self.tasks)


def sections_of(desk: Desk) -> list[Section]:
    """The sections of an application that is being written; none once it is handed in."""
    tree = desk.missing_now()
    if tree is None:
        return []
    return [
        Section(_("What you apply for"), [the_call(desk)]),
        Section(_("What you plan"), [texts(desk)]),
        Section(_("Municipalities and consent"), [*members(desk), consents(desk)]),
        Section(_("Check and hand in"), [hand_in(desk, tree)]),
    ]


def done_in_words(sections: list[Section]) -> str:
    """ "2 of 4 sections are done." """
    done = sum(section.is_done for section in sections)
    said = ngettext(
        "%(done)d of %(all)d sections is done.", "%(done)d of %(all)d sections are done.", done
    )
    return said % {"done": done, "all": len(sections)}


def to_write(desk: Desk, page: str) -> str:
    """The address of a page where one writes; "" for who only reads."""
    if not desk.may_write:
        return ""
    return reverse(f"workflow:{page}", args=[desk.application.reference])


def the_call(desk: Desk) -> Task:
    """Read, not written: the call and whether its conditions are met."""
    call = desk.application.call
    refused = [reason for line in desk.lines for reason in line.reasons]
    to_check = sum(len(line.to_be_checked) for line in desk.lines)
    status = _("conditions met")
    if refused:
        status = _("conditions not met")
    elif to_check:
        told = ngettext("met, %(number)d to be checked", "met, %(number)d to be checked", to_check)
        status = told % {"number": to_check}
    hints = [reason.sentence for reason in refused] or [localized(call.track.name)]
    return Task(
        _("Read the call and its conditions"),
        status,
        is_done=not refused,
        colour=WRONG if refused else "",
        url=call.get_absolute_url(),
        hints=tuple(hints),
    )


def texts(desk: Desk) -> Task:
    written = [name for name in TEXTS if getattr(desk.application, name)]
    told = {"written": len(written), "all": len(TEXTS)}
    is_done = bool(desk.application.summary)
    return Task(
        _("Describe what you plan"),
        _("written") if is_done else _("to be written"),
        is_done=is_done,
        colour=OPEN,
        url=to_write(desk, "application_texts"),
        hints=(_("%(written)d of %(all)d texts are written; what you plan is required.") % told,),
    )


def members(desk: Desk) -> list[Task]:
    """Which municipalities take part, where the call takes joint applications."""
    if not desk.takes_members:
        return []
    count = len(desk.lines)
    said = ngettext("%(number)d municipality", "%(number)d municipalities", count)
    return [
        Task(
            _("Say which municipalities take part"),
            said % {"number": count},
            is_done=True,
            url=to_write(desk, "application_members"),
            hints=(_("Alone, or together with neighbours."),),
        )
    ]


def consents(desk: Desk) -> Task:
    refused = [line for line in desk.lines if line.member.consent == Member.Consent.REFUSED]
    told: dict[str, Any] = {"agreed": desk.agreed, "all": len(desk.lines)}
    names = ", ".join(line.member.municipality.full_name for line in desk.awaited)
    hints = [_("It may be handed in before; it is not selected without.")]
    if names:
        hints.append(_("Missing: %s.") % names)
    return Task(
        _("Have every signatory agree"),
        _("agreed") if desk.is_agreed else _("%(agreed)d of %(all)d") % told,
        is_done=desk.is_agreed,
        colour=WRONG if refused else "",
        url="#h-members",
        hints=tuple(hints),
    )


def hand_in(desk: Desk, tree: Condition) -> Task:
    """Last; its page opens once nothing is missing, until then the row says what is."""
    mine = desk.may_write
    words = _("Check your answers and hand in") if mine else _("Check the answers and hand in")
    if tree:
        url = to_write(desk, "application_check")
        return Task(words, _("to be handed in"), is_done=False, colour=OPEN, url=url)
    missing = tuple(" ".join(filter(None, (one.sentence, one.hint))) for one in tree.unmet())
    return Task(words, _("cannot start yet"), is_done=False, hints=(_("Not met yet:"), *missing))
