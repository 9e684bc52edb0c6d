"""The process in which one template is read: `python -m documents.papers.child`.

The question comes as JSON on standard input, the problems go as JSON to standard output. What it
needs is loaded first; then it limits itself, and only then looks at the file. It writes no file,
opens no connection, starts no program, and ends with the one that asked.
"""

import json
import resource
import sys
from pathlib import Path

from django.conf import settings

from documents.confinement import allow_at_most, end_unless_asked_by, end_with_parent, forbid

MEGABYTE = 1024 * 1024
MEMORY = 384 * MEGABYTE  # of addresses; what is really used is a third
SECONDS = 10  # of the processor
OPEN_FILES = 32
FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def main() -> None:
    """Answer one question."""
    end_with_parent()
    question = json.load(sys.stdin)
    end_unless_asked_by(question["parent"])
    speak(question["language"], question["locale"])
    from documents.papers.filling import problems_in, warm_up

    warm_up()
    confine()
    json.dump(problems_in(Path(question["path"]).read_bytes()), sys.stdout)


def speak(language: str, locale: list[str]) -> None:
    """As much of Django as sentences need: the catalogues, and no app."""
    import django
    from django.utils import translation

    settings.configure(USE_I18N=True, LOCALE_PATHS=locale, LANGUAGE_CODE="sr")
    django.setup(set_prefix=False)
    translation.activate(language)


def confine() -> None:
    """What the kernel allows from here on."""
    allow_at_most(
        {
            resource.RLIMIT_AS: MEMORY,
            resource.RLIMIT_CPU: SECONDS,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_NOFILE: OPEN_FILES,
            resource.RLIMIT_NPROC: 0,
        }
    )
    forbid(*FORBIDDEN)


if __name__ == "__main__":
    main()
