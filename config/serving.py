"""The embedded way to run: web, worker and clock under one roof, on this machine.

Whoever starts them takes them along: killed in whatever way, it leaves none of them behind.
"""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

logger = logging.getLogger("koraci.serving")
HOST, PORT = "127.0.0.1", 8000
THREADS = 4
TARGET = "config.wsgi:application"
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


class PortTaken(Exception):
    """Something else listens there; the text says what to do."""


def refuse_taken_port(port: int) -> None:
    """Raises PortTaken. Asked before anything is loaded, so that nobody waits in vain."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise PortTaken(
                _(
                    "Port %(port)d is not free: perhaps the demo runs already. "
                    "Stop it, or choose another with --port."
                )
                % {"port": port}
            ) from error


def serve(port: int) -> None:
    """Serve until interrupted, with a worker and a clock beside it."""
    connections.close_all()  # the web process is a fork and must not share them
    with beside("worker", "--pool", "threads", "--concurrency", "4"), beside("beat", "--pidfile="):
        served(port)


@contextmanager
def beside(*what: str) -> Iterator[None]:
    """A process of Celery beside the server: the worker, or the clock that rings for it.

    Whenever it dies it begins anew, as under systemd.
    """
    over = threading.Event()
    keeper = threading.Thread(target=keep, args=(what, over))
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def keep(what: Sequence[str], over: threading.Event) -> None:
    """Have such a process run until it is `over`. It dies with this thread, its parent."""
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "config.celery", "-q", *what]
    while not over.is_set():
        process = subprocess.Popen(command, cwd=settings.BASE_DIR, preexec_fn=die_with_parent)
        while process.poll() is None and not over.wait(0.5):
            pass
        if process.poll() is None:
            end(process)
        else:
            logger.error("%s ended with %s and begins anew", what[0], process.returncode)
            over.wait(1)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:  # it finishes its task first, however long
        process.kill()
        process.wait()


def served(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        TARGET, address=HOST, port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=THREADS, log_level=LogLevels.warning,
    )  # fmt: skip
    server.serve(target_loader=load_application)


def load_application(target: str) -> Any:
    """Called by granian in its worker, with TARGET."""
    die_with_parent()
    from config.wsgi import application

    return application


def die_with_parent() -> None:
    """A server that is killed leaves no worker behind that would hold the port (Linux)."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)
