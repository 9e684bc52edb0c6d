"""Run all tests on both databases, and say at the end what was skipped and why.

    python -m tests.run [arguments for pytest]

SQLite first, with the browser's stories; then PostgreSQL where one can be had.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import time

from tests.postgres import find_postgres

CHROMIUM = "chromium-headless-shell"
PANGO = "libpango-1.0.so.0"
# Pango is what PDF sheets are drawn with; pdftotext reads them a second time.
PACKAGES = [
    CHROMIUM, "fonts-noto-core", "libpango-1.0-0", "libpangoft2-1.0-0", "poppler-utils",
]  # fmt: skip


def main() -> int:
    began = time.monotonic()
    install_packages()
    notes = []
    if not can_be_loaded(PANGO):
        notes.append("PDF sheets: Pango is not installed and could not be")
    if not any(map(shutil.which, (CHROMIUM, "chromium"))):
        notes.append("stories in the browser: Chromium is not installed and could not be")
    code = run("SQLite", "", sys.argv[1:])
    url = find_postgres()
    if url:
        code = run("PostgreSQL", url, ["-m", "not browser", *sys.argv[1:]]) or code
    else:
        notes.append("everything on PostgreSQL: no server and no binaries (tests marked pg)")
    say(f"Took {time.monotonic() - began:.0f} seconds.")
    say("Skipped: " + ("; ".join(notes) if notes else "only what is named above, if anything."))
    return code


def install_packages() -> None:
    """Debian's own, where one is missing and we may install; else what needs it is skipped."""
    complete = shutil.which(CHROMIUM) and shutil.which("pdftotext") and can_be_loaded(PANGO)
    if complete or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], check=False, **quiet)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
    subprocess.run(command, check=False, **quiet)


def can_be_loaded(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def run(name: str, url: str, arguments: list[str]) -> int:
    say(f"== {name}")
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    count = str(min(os.cpu_count() or 1, 8))
    # In the order of tests/conftest.py: by default xdist puts the files with few, long tests last.
    workers = ["-n", count, "--dist", "loadfile", "--no-loadscope-reorder"]
    command = [sys.executable, "-m", "pytest", *workers, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
