"""The inbox: notices by day, each leading to its place."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from notifications.models import Notice
from notifications.wording import place_of, said, why

ON_A_PAGE = 50


def inbox_page(request: HttpRequest) -> dict[str, Any]:
    notices = Notice.objects.of(request.user).with_places()
    page = Paginator(notices, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {"notice": one, "said": said(one), "place": place_of(one), "why": why(one)} for one in page
    ]
    return {"page": page, "lines": lines}
