"""A worker to whom some messages are poison: they cannot be written, or kill whoever tries.

    python -m tests.faults.poisoned FILE

What is for "raises.…@example.org" raises when it is written, what is for "kills.…@example.org"
kills this process. FILE gets the address as a line at each try.
"""

import os
import signal
import sys
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from notifications import letters  # noqa: E402
from notifications.models import Notice  # noqa: E402

tries = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
usual = letters.said


def said(notice: Notice) -> Any:
    whom = notice.user.email
    if whom.startswith(("raises.", "kills.")):
        os.write(tries, f"{whom}\n".encode())
    if whom.startswith("kills."):
        os.kill(os.getpid(), signal.SIGKILL)
    if whom.startswith("raises."):
        raise ValueError("this cannot be written")
    return usual(notice)


if __name__ == "__main__":
    letters.said = said
    call_command("work")
