"""Many files in one confined process, with the time each of them took.

Run as a module like `documents.intake.child`, with nothing but the standard library.
"""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from documents.intake.child import confine, peak_kb
from documents.intake.examining import examine
from documents.intake.verdict import LIMITS, Limits


def main() -> None:
    """Answer for every path and name; the last line tells the memory."""
    asked = json.load(sys.stdin)
    confine(Limits(seconds=600), LIMITS.size)
    answers = []
    for path, name in asked:
        began = time.monotonic()
        verdict = examine(Path(path), name)
        answers.append(asdict(verdict) | {"seconds": time.monotonic() - began})
    json.dump({"answers": answers, "peak_kb": peak_kb()}, sys.stdout)


if __name__ == "__main__":
    main()
