"""Fifty people who open the board at once, again and again, through the real server."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.databases import is_sqlite

READERS, SECONDS = 50, 15
PATH = "/board/"


def fifty_readers(database: str, person: Any) -> None:
    """Requests a second, the times of one, and whatever was not a page."""
    client = Client()
    client.force_login(person)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    connection.close()
    port = free_port()
    server = serve(database, port)
    try:
        wait_for(port, cookie)
        until = time.monotonic() + SECONDS
        with ThreadPoolExecutor(READERS) as people:
            jobs = [people.submit(read, port, cookie, until) for _reader in range(READERS)]
            rounds = [job.result() for job in jobs]
    finally:
        server.terminate()
        server.wait()
    report([took for times, _errors in rounds for took in times], sum(bad for _t, bad in rounds))


def report(times: list[float], errors: int) -> None:
    middle, worst = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(
        f"  {READERS} readers at once on the board: {len(times) / SECONDS:.0f} requests a second, "
        f"p50 {middle * 1000:.0f} ms, p95 {worst * 1000:.0f} ms, {errors} errors",
        flush=True,
    )


def serve(database: str, port: int, *, workers: int = 2, **more: str) -> subprocess.Popen[bytes]:
    """As the README says to, on this database, with `more` settings in the environment."""
    url = os.environ.get("DATABASE_URL", "")
    url = f"sqlite:///{Path(database).resolve()}" if is_sqlite() else url.rpartition("/")[0]
    environment = os.environ | {
        "DATABASE_URL": url if is_sqlite() else f"{url}/{database}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        **more,
    }
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--no-ws",
        "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "4", "--log-level", "error", "config.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(command, env=environment)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port: int, cookie: str) -> None:
    for _try in range(100):
        try:
            if ask(http.client.HTTPConnection("127.0.0.1", port, timeout=30), cookie) == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the server does not answer")


def read(port: int, cookie: str, until: float) -> tuple[list[float], int]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times, errors = [], 0
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            errors += ask(line, cookie) != 200
        except (OSError, http.client.HTTPException):
            errors += 1
            line.close()
        times.append(time.perf_counter() - began)
    return times, errors


def ask(line: http.client.HTTPConnection, cookie: str) -> int:
    line.request("GET", PATH, headers={"Cookie": cookie, "Accept-Language": "sr-Latn"})
    answer = line.getresponse()
    answer.read()
    return answer.status
