"""The preview of a reminder by hand: exactly who would get what, in which language."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from django.utils import timezone

from notifications.models import Delivery, Notice
from notifications.pages.delivery import Text, text_for
from notifications.pages.due import REMINDING, with_places
from notifications.services.asking import MOST, asking_about, too_many
from workflow.errors import Refused
from workflow.models import Step
from workflow.pages.reached import reached
from workflow.pages.wording import role_name, told_once
from workflow.rules.due import utc


@dataclass(frozen=True)
class Recipient:
    """One person, the mail they would get, and what they were told of today already."""

    person: str
    email: str
    text: Text
    again: list[str]  # titles of steps


@dataclass(frozen=True)
class Preview:
    recipients: list[Recipient]
    refused: list[tuple[Step, str]]
    steps: list[Step]
    expected: str


def chosen_steps(user: Any, told: Collection[str]) -> list[Step]:
    """The steps of these numbers of which the person may remind; others are as if not there.

    NotAllowed for whoever may remind nowhere; Refused when they are too many.
    """
    seen = reached(user, "remind")
    if len(told) > MOST:
        raise Refused(too_many())
    rows = Step.objects.filter(seen.over("participation__"), uuid__in=uuids_in(told))
    return list(with_places(rows).order_by("pk"))


def uuids_in(told: Collection[str]) -> list[UUID]:
    found = []
    for text in told:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def preview_of(steps: list[Step], *, by: Any) -> Preview:
    asking = asking_about(steps, by=by)
    by_person: dict[int, list[Notice]] = defaultdict(list)
    for notice in asking.notices:
        by_person[notice.user_id].append(notice)
    told = told_today(asking.notices)
    recipients = [recipient_of(notices, told) for notices in by_person.values()]
    return Preview(recipients, asking.refused, steps, asking.expected)


def recipient_of(notices: list[Notice], told: set[tuple[int, int | None]]) -> Recipient:
    """Everything for one person goes into one mail."""
    user: Any = notices[0].user
    roles = dict.fromkeys(role_name(one.role) for one in notices)
    again = [str(one.step) for one in notices if (one.user_id, one.step_id) in told]
    text = text_for(Delivery(user=user, message_id="-"), notices)
    return Recipient(told_once(str(user), ", ".join(roles)), user.email, text, again)


def told_today(notices: list[Notice]) -> set[tuple[int, int | None]]:
    """Who was reminded of which of these steps since midnight already. One query."""
    rows = Notice.objects.filter(
        user__in={one.user_id for one in notices}, step__in={one.step_id for one in notices},
        kind__in=REMINDING, is_stale=False, made_at__gte=utc(timezone.localdate(), time()),
    )  # fmt: skip
    return set(rows.values_list("user", "step"))
