"""A template that people sent is read in a child: what it does to a parser, it does there.

The child knows no key, no database and no model; it answers in the language it is asked in.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from documents.papers.problems import UNREADABLE

PROJECT = Path(__file__).resolve().parents[2]
SECONDS = 20  # by the clock; a child that is left alone needs two


def problems_apart(path: Path, *, language: str) -> list[str]:
    """`problems_in` of a file that one does not trust. Whatever the file does, this returns."""
    question = {
        "path": str(path.resolve(strict=True)),
        "language": language,
        "locale": [str(folder) for folder in settings.LOCALE_PATHS],
        "parent": os.getpid(),
    }
    told = asked(question)
    return [str(UNREADABLE)] if told is None else told


def asked(question: dict[str, Any]) -> list[str] | None:
    """What the child told; nothing where it ended before it could."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "documents.papers.child"],
            input=json.dumps(question).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
            env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=SECONDS,
            check=False,
        )
        return json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        return None
