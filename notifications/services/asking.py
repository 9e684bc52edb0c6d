"""Reminders by hand: a manager reminds whoever has the move, of several steps at once.

Whom that would tell is shown first; the door tells those people or nobody. Of each step somebody
is reminded by hand once a day at most. No step and no stage changes by it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Notice
from notifications.services.locking import locked_participations
from notifications.services.posting import post
from notifications.services.standing import is_running
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import Refused
from workflow.models import Proposal, Step
from workflow.pages.wording import role_name
from workflow.permissions import MAY, Held, holders
from workflow.rules.due import utc
from workflow.services.locks import demand, digest, earlier_answer, keep_answer
from workflow.services.saving import save_head

MOST = 50  # steps at once


class ShownOtherwise(Exception):
    """Whom it would tell is not what was shown (409): a step was settled, a mandate ended."""


@dataclass
class Asking:
    """Whom reminding of some steps would tell, unsaved; and of which steps nobody, and why."""

    notices: list[Notice] = field(default_factory=list)
    refused: list[tuple[Step, str]] = field(default_factory=list)

    @property
    def expected(self) -> str:
        """The fingerprint of who would be told of what."""
        told = sorted(
            (one.user_id, one.step_id or 0, one.role, one.user.language) for one in self.notices
        )
        due = sorted((one.step.pk, one.step.deadline_version) for one in self.notices if one.step)
        return digest("asking", told, due)


def asking_about(steps: Collection[Step], *, by: Any) -> Asking:
    """Reads and writes nothing, so that what is shown and what is done ask the same. Three
    queries."""
    pks = [step.pk for step in steps]
    held = holders({step.participation for step in steps}, MAY["hand_in"])
    before, second = reminded_today(pks), waiting_for_a_second_person(pks)
    asking = Asking()
    for step in steps:
        notices = list(notices_on(step, held, by=by))
        if why := why_not(step, before, second) or nobody(step, notices, held):
            asking.refused.append((step, why))
        else:
            asking.notices += notices
    return asking


def why_not(step: Step, before: set[int], second: set[int]) -> str:
    """Why nobody is reminded of this step now, in a sentence; "" when somebody can be."""
    if not is_running(step) or step.participation.on_hold_since:
        return _("Nothing is owed here now.")
    if step.pk in second:
        return _("This waits for a second person.")
    if step.pk in before:
        return _("Somebody was reminded of this by hand today. Tomorrow it is possible again.")
    return ""


def nobody(step: Step, notices: list[Notice], held: Held) -> str:
    if notices:
        return ""
    if any(one.role == step.turn for one in held[step.participation_id]):
        return _("It is your own move.")
    return _("Nobody holds the role there now: %(role)s.") % {"role": role_name(step.turn)}


def notices_on(step: Step, held: Held, *, by: Any) -> Iterator[Notice]:
    """One for each person who has the move, the manager who reminds apart."""
    mandates = [one for one in held[step.participation_id] if one.role == step.turn]
    for user in {one.user_id: one.user for one in mandates if one.user_id != by.pk}.values():
        yield Notice(
            user=user, role=step.turn, kind="asked", needs_action=True, step=step,
            participation=step.participation,
        )  # fmt: skip


def reminded_today(steps: Collection[int]) -> set[int]:
    """Steps of which somebody was reminded by hand since midnight in Belgrade, after the log."""
    midnight = utc(timezone.localdate(), time())
    since = int(midnight.timestamp()) * 1_000_000
    rows = Entry.objects.filter(verb="remind", step__in=steps, recorded_us__gte=since)
    return {pk for pk in rows.values_list("step", flat=True) if pk}


def waiting_for_a_second_person(steps: Collection[int]) -> set[int]:
    rows = Proposal.objects.filter(step__in=steps, act="accept", status=Proposal.Status.WAITING)
    return {pk for pk in rows.values_list("step", flat=True) if pk}


@transaction.atomic(durable=True)
def ask(steps: Collection[Step], *, by: Any, expected: str, idempotency_key: UUID) -> Entry:
    """Remind of these steps those who were shown, `expected` being the fingerprint of that.

    The entry in the log of the first participation. Raises ShownOtherwise, NotAllowed, Refused,
    KeyReused.
    """
    participations = locked_participations({step.participation_id for step in steps})
    pks = sorted(step.pk for step in steps)
    asked = digest("remind", pks, expected)
    if answer := earlier_answer(by, idempotency_key, asked):
        return answer
    actors = {one.pk: demand(by, "remind", one) for one in participations}
    if len(pks) > MOST:
        raise Refused(too_many())
    asking = asking_about(read_anew(pks, participations), by=by)
    if not asking.notices:
        raise Refused(asking.refused[0][1] if asking.refused else _("Tick a step first."))
    if asking.expected != expected:
        raise ShownOtherwise
    entry = recorded(asking, participations, actors)
    post(asking.notices)
    keep_answer(by, idempotency_key, asked, entry)
    return entry


def too_many() -> str:
    return _("These are too many at once. Tick %(most)d steps at most.") % {"most": MOST}


def read_anew(pks: Collection[int], participations: Collection[Any]) -> list[Step]:
    """The steps as they are now, each with its locked participation."""
    by_pk = {one.pk: one for one in participations}
    steps = list(Step.objects.filter(pk__in=pks).order_by("pk"))
    for step in steps:
        step.participation = by_pk[step.participation_id]
    return steps


def recorded(asking: Asking, participations: Collection[Any], actors: dict[int, Actor]) -> Entry:
    """One entry for each step, to which its notices then point. The first of them."""
    entries: list[Entry] = []
    for participation in participations:
        own = [one for one in asking.notices if one.participation_id == participation.pk]
        steps = list({one.step_id: one.step for one in own}.values())
        if not steps:
            continue
        lines = [line_of(step, own) for step in steps if step]
        made = log.append_all(participation, lines, by=actors[participation.pk])
        save_head(participation)
        for step, entry in zip(steps, made, strict=True):
            for notice in own:
                if notice.step == step:
                    notice.entry = entry
        entries += made
    return entries[0]


def line_of(step: Step, notices: list[Notice]) -> Line:
    """Who was reminded, by their numbers, and in which role."""
    people = sorted(one.user_id for one in notices if one.step == step)
    return Line("remind", step=step, facts={"roles": [step.turn], "people": people})
