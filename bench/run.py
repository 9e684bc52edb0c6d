"""Every benchmark on SQLite and on a PostgreSQL that keeps its commits.

python -m bench.run [name …]
"""

import os
import platform
import subprocess
import sys

from tests.postgres import find_postgres

BENCHMARKS = ["transition", "log", "figures", "pages", "papers", "upload", "reminders"]


def main() -> int:
    chosen = sys.argv[1:] or BENCHMARKS
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}")
    code = run(chosen, "")
    url = find_postgres(durable=True)
    if not url:
        print("PostgreSQL: none to be had, skipped")
    return (run(chosen, url) if url else 0) or code


def run(chosen: list[str], url: str) -> int:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"DATABASE_URL": url} if url else {}
    code = 0
    for name in chosen:
        command = [sys.executable, "-m", f"bench.{name}"]
        code = subprocess.run(command, env=environment, check=False).returncode or code
    return code


if __name__ == "__main__":
    sys.exit(main())
