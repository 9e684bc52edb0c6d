"""Asking a process of its own: whatever a file does to it, the answer here is a verdict.

Only when no process can be started at all is an error raised: that says nothing of the file.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from documents.intake.verdict import LIMITS, Limits, Verdict

PROJECT = Path(__file__).resolve().parent.parent.parent
# Neither the packages of this environment nor its variables: nothing but the standard library.
CHILD = [sys.executable, "-S", "-E", "-s", "-m", "documents.intake.child"]


def examine_apart(path: Path, name: str, *, limits: Limits = LIMITS) -> Verdict:
    """`examine`, confined in memory, time and reach. A crash is a refusal."""
    try:
        told = ask_apart(path, name, limits)
    except subprocess.TimeoutExpired:
        return Verdict(False, problem="took_too_long", values={"limit": limits.seconds})
    if told is None:
        return Verdict(False, problem="not_examined")
    told.pop("peak_kb")
    return Verdict(**told)


def ask_apart(path: Path, name: str, limits: Limits) -> dict[str, Any] | None:
    """What the process told; nothing where it ended before it could. Raises TimeoutExpired."""
    question = {
        "path": str(path.resolve()),
        "name": name,
        "limits": asdict(limits),
        "parent": os.getpid(),
    }
    done = subprocess.run(
        CHILD,
        input=json.dumps(question).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={"LC_ALL": "C.UTF-8"},
        timeout=limits.seconds,
        check=False,
    )
    try:
        return json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        return None
