"""The long forms of the fault tests: they run by `make soak`, and their rows go to docs/soak.md.

KORACI_SOAK says how large: 1 is the full size, 50 a fiftieth of it, to try whether they work.
"""

import os
from typing import Any

import pytest

ASKED = os.environ.get("KORACI_SOAK", "")
PART = int(ASKED or 1)


def long_form(test: Any) -> Any:
    """Marks a test that runs by `make soak` alone."""
    why = "the long form of the fault tests runs by `make soak`"
    return pytest.mark.soak(pytest.mark.skipif(not ASKED, reason=why)(test))


def part_of(full: int, least: int = 1) -> int:
    """So many at the full size, correspondingly fewer at a smaller one."""
    return max(least, full // PART)
