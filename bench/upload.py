"""A paper of 100 MB from the browser's form to the storage: how long, and in how much memory.

python -m bench.upload

Through the real server with one worker, and the real worker of uploads in a process of its own.
Memory is what the kernel calls the high-water mark. The baseline of the time is the least that has
to be done: the same bytes hashed, written and synced by hand.
"""

import hashlib
import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.databases import is_sqlite, new_database, remove  # noqa: E402
from bench.readers import free_port, serve, wait_for  # noqa: E402
from bench.world import make_world  # noqa: E402
from documents.models import Intake, Version  # noqa: E402
from tests.documents.intake.pdf_by_hand import large_pdf  # noqa: E402

MB = 1024 * 1024
SIZES = [1, 100]  # megabytes
ROUNDS = 3
CHUNK = 1 << 16
EDGE = b"----koraci-bench"
FIELD = re.compile(r'name="(csrfmiddlewaretoken|idempotency_key)" value="([^"]*)"')


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder))


def measure(folder: Path) -> None:
    database = "var/bench-upload.sqlite3" if is_sqlite() else "koraci_bench_upload"
    new_database(database)
    _manager, [case] = make_world(1)
    cookie = signed_in()
    connection.close()
    more = {
        "UPLOAD_LIMIT_MB": str(SIZES[-1] + 1),
        "DOCUMENTS_ROOT": str(folder / "documents"),
        "QUARANTINE_ROOT": str(folder / "quarantine"),
    }
    port = free_port()
    server = serve(database, port, workers=1, **more)
    try:
        wait_for(port, cookie)
        path = f"/participations/{case.reference}/documents/new/"
        print(f"{connection.vendor}: uploads (goal: memory does not grow with the paper)")
        for size in SIZES:
            of_one_size(size, folder, Uploader(port, path, cookie), server, database, more)
    finally:
        server.terminate()
        server.wait()
    remove(database)


def of_one_size(
    size: int, folder: Path, uploader: "Uploader", server: Any, database: str, more: dict[str, str]
) -> None:
    content = large_pdf(size * MB)
    by_hand = min(hashed_and_written(content, folder / "by-hand") for _round in range(ROUNDS))
    sent = min(uploader.send(content) for _round in range(ROUNDS))
    peak = max(peak_of(pid) for pid in family_of(server.pid))
    print(
        f"  {size} MB: sent in {sent:.2f} s, by hand {by_hand:.2f} s, ratio {sent / by_hand:.1f}; "
        f"web process at most {peak:.0f} MB",
        flush=True,
    )
    took, memory = examined(database, more)
    check(ROUNDS)
    print(f"  {size} MB: examined in {took / ROUNDS:.2f} s, worker at most {memory:.0f} MB")


def check(count: int) -> None:
    """Every one was kept; otherwise nothing was measured."""
    connection.connect()
    kept = Intake.objects.filter(status=Intake.Status.KEPT).count()
    newest = Version.objects.count()
    if kept % count or kept != newest:
        raise RuntimeError(f"{kept} uploads kept, {newest} versions")
    connection.close()


def signed_in() -> str:
    client = Client()
    client.force_login(get_user_model().objects.get(email="manager@example.org"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Uploader:
    """The form of the page, filled in and sent as a browser does: piece by piece."""

    def __init__(self, port: int, path: str, cookie: str) -> None:
        self.port, self.path, self.cookie = port, path, cookie

    def send(self, content: bytes) -> float:
        """Seconds until the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.request("GET", self.path, headers={"Cookie": self.cookie})
        page = line.getresponse()
        token = page.headers["Set-Cookie"].partition(";")[0]
        fields = dict(FIELD.findall(page.read().decode()))
        fields |= {"title": "Large", "visibility": "participants"}
        head, tail = body_around(fields)
        headers = {
            "Cookie": f"{self.cookie}; {token}",
            "Content-Type": f"multipart/form-data; boundary={EDGE.decode()}",
            "Content-Length": str(len(head) + len(content) + len(tail)),
        }
        began = time.perf_counter()
        line.request("POST", self.path, body=pieces(head, content, tail), headers=headers)
        answer = line.getresponse()
        answer.read()
        if answer.status != 302:
            raise RuntimeError(f"the upload answered {answer.status}")
        return time.perf_counter() - began


def body_around(fields: dict[str, str]) -> tuple[bytes, bytes]:
    """What stands before and after the file."""
    head = b"".join(
        b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (EDGE, name.encode(), value.encode())
        for name, value in fields.items()
    )
    file = b'--%b\r\nContent-Disposition: form-data; name="files"; filename="large.pdf"\r\n' % EDGE
    kind = b"Content-Type: application/pdf\r\n\r\n"
    return head + file + kind, b"\r\n--%b--\r\n" % EDGE


def pieces(head: bytes, content: bytes, tail: bytes) -> Iterator[bytes]:
    yield head
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]
    yield tail


def hashed_and_written(content: bytes, path: Path) -> float:
    began, digest = time.perf_counter(), hashlib.sha256()
    with path.open("wb") as file:
        for start in range(0, len(content), CHUNK):
            digest.update(content[start : start + CHUNK])
            file.write(content[start : start + CHUNK])
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - began


def examined(database: str, more: dict[str, str]) -> tuple[float, float]:
    """Seconds and megabytes at most, of the worker or any process that it starts.

    Looked up while they run: what the kernel says of a process that has ended counts its parent.
    """
    url = os.environ.get("DATABASE_URL", "").rpartition("/")[0]
    url = f"sqlite:///{Path(database).resolve()}" if is_sqlite() else f"{url}/{database}"
    environment = os.environ | {"DATABASE_URL": url, **more}
    began, peak = time.perf_counter(), 0.0
    worker = subprocess.Popen([sys.executable, "manage.py", "work", "--once"], env=environment)
    while worker.poll() is None:
        peak = max([peak, *map(peak_of, family_of(worker.pid))])
        time.sleep(0.01)
    if worker.returncode:
        raise RuntimeError("the worker failed")
    return time.perf_counter() - began, peak


def family_of(pid: int) -> list[int]:
    """A process and all that it has started; those that end meanwhile fall out."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in family_of(int(child)))]


def peak_of(pid: int) -> float:
    """Megabytes; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    peaks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return max(peaks, default=0) / 1024


if __name__ == "__main__":
    main()
