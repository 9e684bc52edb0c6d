"""At the side of a participation: following it."""

from typing import Any

from django.http import HttpRequest

from notifications.models import Follow
from workflow.models import Participation


def panel(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """For whoever sees the page. One query."""
    mine = Follow.objects.filter(user=request.user.pk, participation=participation)
    return {"participation": participation, "follows": mine.exists()}
