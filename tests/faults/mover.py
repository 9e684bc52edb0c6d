"""Moves the deadline of a step again and again through the door, until it is killed.

python -m tests.faults.mover STEP MANAGER
"""

import sys
from datetime import timedelta
from itertools import count
from uuid import uuid4

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.utils import timezone  # noqa: E402

from workflow import services  # noqa: E402
from workflow.models import Step  # noqa: E402
from workflow.rules import Due  # noqa: E402


def main(step: int, manager: int) -> None:
    by = get_user_model().objects.get(pk=manager)
    for number in count():
        present = Step.objects.with_names().get(pk=step)
        day = timezone.localdate() + timedelta(days=40 + number % 300)
        services.move_deadline(
            present, Due(day), by=by, reason="Again.", expected_version=present.version,
            idempotency_key=uuid4(),
        )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
