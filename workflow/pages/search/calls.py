"""Calls and applications by their reference, within what this person may see of them."""

from typing import Any

from django.db.models import Q

from web.script.fold import fold
from workflow.models import Application, Call
from workflow.models.findable import key_of
from workflow.pages.search.groups import Hit, some
from workflow.pages.search.words import Asked
from workflow.pages.wording import due_date


def calls(asked: Asked, user: Any) -> list[Hit]:
    """By the reference given here or the one as printed, in any script, the latest first.

    A person sees few calls, and their printed references have no folded key in the database:
    so the references of all of them are read, without the rest, and compared here. One query.
    """
    rows = Call.objects.visible_to(user).select_related("track").newest_first()
    short = rows.only("reference", "stated_reference", "due_at", "track__name")
    return [call_hit(one) for one in some([one for one in short if is_meant(one, asked.text)])]


def is_meant(call: Call, text: str) -> bool:
    """Whether a reference begins so, or from one of its words on: "17/1" of "Call no. 17/1"."""
    typed, key = f" {fold(text)}", key_of(text)
    return any(
        key_of(one).startswith(key) or typed in f" {fold(one)}"
        for one in (call.reference, call.stated_reference)
    )


def call_hit(call: Call) -> Hit:
    own = call.reference if call.stated_reference else ""
    hint = [own, str(call.track), due_date(call.due_at)]
    return Hit(str(call), call.get_absolute_url(), " · ".join(filter(None, hint)))


def applications(asked: Asked, user: Any) -> list[Hit]:
    """By reference; words beside it name a municipality of the application or its track."""
    if not asked.key:
        return []
    rows = Application.objects.visible_to(user).filter(reference__istartswith=asked.key)
    for word in asked.beside_the_key:
        here = Q(members__municipality__in=[one.pk for one in asked.municipalities[word]])
        rows = rows.filter(here | Q(call__track__in=asked.tracks[word]))
    named = rows.select_related("lead__parent", "call__track").order_by("reference")
    return [application_hit(one) for one in some(named)]


def application_hit(one: Application) -> Hit:
    hint = [one.lead.full_name, str(one.call.track), one.get_status_display()]
    return Hit(one.reference, one.get_absolute_url(), " · ".join(hint))
