"""Following a participation, and no longer. Twice is once."""

from typing import Any

from notifications.models import Follow
from workflow.models import Participation


def follow(user: Any, participation: Participation) -> None:
    Follow.objects.get_or_create(user=user, participation=participation)


def stop_following(user: Any, participation: Participation) -> None:
    Follow.objects.filter(user=user, participation=participation).delete()
