"""Run all tests on both databases, and say at the end what was skipped and why.

    python -m tests.run [arguments for pytest]

SQLite first, with the browser's stories; then PostgreSQL where one can be had.
"""

import os
import shutil
import subprocess
import sys
import time

from tests.postgres import find_postgres

CHROMIUM = "chromium-headless-shell"
PACKAGES = [CHROMIUM, "fonts-noto-core"]


def main() -> int:
    began = time.monotonic()
    install_chromium()
    notes = []
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


def install_chromium() -> None:
    """Debian's own, where it is missing and we may install; else the stories are skipped."""
    if shutil.which(CHROMIUM) or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update"], check=False, **quiet)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
    subprocess.run(command, check=False, **quiet)


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
