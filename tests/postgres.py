"""Finding a PostgreSQL to test on: the one named, one of our own, or the one running here.

Used once, before the tests start; they are handed the address as DATABASE_URL.
"""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg

HERE = "postgres://postgres@127.0.0.1:5432/postgres"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off"


def find_postgres(*, durable: bool = False) -> str:
    """The address of a PostgreSQL that lets us in, or "" where there is none.

    For tests a cluster of our own comes first: it need not keep its commits and is faster for it.
    `durable`, for benchmarks, prefers the server that runs here, as somebody installed it.
    """
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith("postgres"):
        return named
    binaries = installed_binaries()
    if binaries and not (durable and answers(HERE)):
        return start_cluster(binaries, durable=durable)
    return HERE if answers(HERE) else ""


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def installed_binaries() -> Path | None:
    """The folder with the newest initdb and pg_ctl."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    on_path = shutil.which("initdb")
    return newest[-1] if newest else Path(on_path).parent if on_path else None


def start_cluster(binaries: Path, *, durable: bool = False) -> str:
    """A cluster of our own in a temporary folder, gone when this process ends."""
    folder = Path(tempfile.mkdtemp(prefix="koraci-pg-"))
    # initdb refuses to run as root.
    as_whom = {"user": "postgres", "group": "postgres", "extra_groups": []}
    account = as_whom if os.geteuid() == 0 else {}
    if account:
        shutil.chown(folder, "postgres", "postgres")

    def run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=folder, **account)

    data, port = str(folder / "data"), free_port()
    run(str(binaries / "initdb"), "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8",
        "--locale=C.UTF-8", "--no-sync")  # fmt: skip
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {'' if durable else FAST}"
    control = [str(binaries / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log")]
    run(*control, "-o", options, "start")
    atexit.register(lambda: (run(*control, "-m", "immediate", "stop"), shutil.rmtree(folder)))
    return f"postgres://postgres@127.0.0.1:{port}/postgres"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
