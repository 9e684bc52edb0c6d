"""The process in which one file is examined. It can do hardly anything, and not for long.

Run as a module with nothing but the standard library: the question comes as JSON on standard
input, the verdict goes as JSON to standard output. It opens no file but the one it is asked
about, writes none, starts no process, and ends with the one that asked.
"""

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from documents.confinement import allow_at_most, end_unless_asked_by, end_with_parent
from documents.intake.examining import examine
from documents.intake.verdict import Limits, Verdict

OPEN_FILES = 16


def main() -> None:
    """Answer one question."""
    end_with_parent()
    question = json.load(sys.stdin)
    end_unless_asked_by(question["parent"])
    limits = Limits(**question["limits"])
    path = Path(question["path"])
    confine(limits, path.stat().st_size)
    verdict = examine(path, question["name"], limits=limits)
    json.dump(told(verdict), sys.stdout)


def told(verdict: Verdict) -> dict[str, object]:
    """The verdict, and how much memory it took at most."""
    return asdict(verdict) | {"peak_kb": peak_kb()}


def peak_kb() -> int:
    """From the kernel's own page: what `getrusage` says counts the parent before the start."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def confine(limits: Limits, size: int) -> None:
    """What the kernel allows from here on. The file is mapped, so it counts as memory."""
    memory = limits.memory + min(size, limits.size)
    allow_at_most(
        {
            resource.RLIMIT_AS: memory,
            resource.RLIMIT_DATA: memory,
            resource.RLIMIT_CPU: limits.seconds,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_NOFILE: OPEN_FILES,
            resource.RLIMIT_NPROC: 0,
        }
    )


if __name__ == "__main__":
    main()
