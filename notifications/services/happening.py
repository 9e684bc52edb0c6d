"""From what happened to notices: each act once, to those whom the table of kinds names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from municipalities.models import Mandate
from notifications.audience import Following, followers
from notifications.kinds import ABOUT_A_PERSON, KINDS, TOLD, Telling
from notifications.models import Notice, Occasion
from notifications.services.posting import post
from notifications.services.telling import skips_locked
from workflow.audit.models import Entry
from workflow.models.step import SETTLED, StepStatus
from workflow.permissions import MAY, Held, holders

AT_ONCE = 50


def tell_happened() -> int:
    """Tell what happened and is not told yet, the oldest first. How many acts were told."""
    told = 0
    while Occasion.objects.filter(told_at=None).exists():  # asked without a lock
        done = tell_some()
        told += done
        if not done:
            break
    return told


@transaction.atomic(durable=True)
def tell_some() -> int:
    rows = Occasion.objects.select_for_update(of=("self",), skip_locked=skips_locked())
    occasions = list(
        rows.filter(told_at=None)
        .select_related("participation__municipality", "participation__programme")
        .order_by("pk")[:AT_ONCE]
    )
    about = {one.participation for one in occasions}
    heard = Heard(holders(about, MAY["view"]), followers(about))
    post(once_each(notice for one in occasions for notice in notices_of(one, heard)))
    now = timezone.now()
    Occasion.objects.filter(pk__in=[one.pk for one in occasions]).update(told_at=now)
    return len(occasions)


@dataclass(frozen=True)
class Heard:
    """Who may be told: mandates as they stand now, and who follows what."""

    held: Held
    following: Following

    def of(self, participation: int, roles: list[str]) -> Iterable[Mandate]:
        """Those who hold one of these roles there."""
        return (one for one in self.held[participation] if one.role in roles)

    def who_follow(self, participation: int) -> Iterable[Mandate]:
        """Followers who may still see it, each with a role by which they do."""
        following = self.following[participation]
        return (one for one in self.held[participation] if one.user_id in following)


def notices_of(occasion: Occasion, heard: Heard) -> Iterable[Notice]:
    """Whom the entries of one act tell of what, as mandates stand now. Unsaved."""
    participation = occasion.participation
    entries = participation.entries.filter(
        seq__range=(occasion.first_seq, occasion.last_seq), verb__in=TOLD
    )
    for entry in entries.select_related("step").order_by("seq"):
        entry.participation = participation
        for telling in TOLD[entry.verb]:
            yield from told_of(entry, telling, heard)
        yield from told_to_begin(entry, heard)


def told_of(entry: Entry, telling: Telling, heard: Heard) -> Iterable[Notice]:
    """The notices of one entry; nobody is told of what they did themselves."""
    facts: dict[str, Any] = {"entry": entry, "step": entry.step}
    facts |= {"participation": entry.participation, "facts": facts_of(entry)}
    facts |= {"kind": telling.kind, "needs_action": KINDS[telling.kind].needs_action}
    if entry.verb in ABOUT_A_PERSON:
        user = get_user_model().objects.filter(pk=entry.facts["user"], is_active=True).first()
        if user and user.pk != entry.by_id:
            yield Notice(user=user, **facts)
        return
    for mandate in heard.of(entry.participation_id, telling.roles(entry)):
        if mandate.user_id != entry.by_id:
            yield Notice(user=mandate.user, role=mandate.role, **facts)
    if telling.followers:
        yield from told_to_followers(entry, heard, facts)


def told_to_begin(entry: Entry, heard: Heard) -> Iterable[Notice]:
    """Once the last step is settled that another waited for, whoever owes that one hears of it."""
    if entry.step is None or entry.facts.get("status") not in SETTLED:
        return
    for step in entry.participation.present_steps:
        waited = entry.step.key in step.rule["after"] and step.status == StepStatus.OPEN
        if not waited or step.waits_for:
            continue
        for mandate in heard.of(entry.participation_id, [step.role]):
            if mandate.user_id != entry.by_id:
                yield Notice(
                    user=mandate.user, role=mandate.role, kind="step_opened", needs_action=True,
                    participation=entry.participation, step=step, entry=entry,
                )  # fmt: skip


def told_to_followers(entry: Entry, heard: Heard, facts: dict[str, Any]) -> Iterable[Notice]:
    """After those whom their role makes hear of it: nobody is told twice."""
    told = facts | {"facts": facts["facts"] | {"follows": True}}
    for mandate in heard.who_follow(entry.participation_id):
        if mandate.user_id != entry.by_id:
            yield Notice(user=mandate.user, role=mandate.role, **told)


def facts_of(entry: Entry) -> dict[str, object]:
    """What the sentence of a notice needs to know from its entry."""
    told = entry.facts.get("to") or {}
    return {"version": told["version"]} if told else {}


def once_each(notices: Iterable[Notice]) -> list[Notice]:
    """A person with two roles is told once, in the first of them."""
    first: dict[tuple[object, ...], Notice] = {}
    for notice in notices:
        about = (notice.entry_id, notice.user_id, notice.kind, notice.step_id)
        first.setdefault(about, notice)
    return list(first.values())
