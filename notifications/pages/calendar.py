"""The page of a person's calendar addresses."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from notifications.models import CalendarFeed
from workflow.models import Participation


def calendar_page(request: HttpRequest, asked: Participation | None = None) -> dict[str, Any]:
    """The address of all that is theirs, those of single participations, and the one asked for."""
    visible = Participation.objects.visible_to(request.user)
    mine = CalendarFeed.objects.live().filter(user=request.user.pk)
    feeds = list(mine.select_related("participation__municipality__parent").order_by("made_at"))
    seen = set(visible.filter(feeds__in=feeds).values_list("pk", flat=True)) if feeds else set()
    of_one = [one for one in feeds if one.participation_id in seen]
    if asked and asked.pk not in {one.participation_id for one in of_one}:
        of_one.append(CalendarFeed(participation=asked))
    own = next((one for one in feeds if one.participation_id is None), None)
    return {"own": own, "feeds": of_one, "asked": asked}


def address_of(token: str) -> str:
    """What is typed into a calendar program."""
    return settings.SITE_URL + reverse("notifications:calendar_feed", args=[token])
