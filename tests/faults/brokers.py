"""Brokers that a test may kill: a folder, a Redis and a RabbitMQ of its own.

Debian's servers, started in a temporary folder on a free port. Where one is not installed, the
test is skipped by its name.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import amqp
import pytest
import redis

from tests.postgres import free_port
from tests.processes import processes_told, wait_until

RABBIT_BEGINS = 60  # seconds


class Folder:
    """The embedded broker: bells are files. Killing it is to throw them all away."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "broker"
        self.url = "filesystem://localhost"
        self.settings = {"CELERY_BROKER_FOLDER": self.folder}

    def begin(self) -> None:
        pass

    def lose_everything(self) -> None:
        for bell in (self.folder / "bells").glob("*.msg"):
            bell.unlink(missing_ok=True)

    kill = end = lose_everything


class Redis:
    """Keeps nothing on disk: killed, it has forgotten every bell."""

    name = "Redis"

    def __init__(self, folder: Path) -> None:
        self.binary = shutil.which("redis-server")
        if not self.binary:
            pytest.skip("Redis is not installed")
        self.folder, self.port = folder, free_port()
        self.url, self.settings = f"redis://127.0.0.1:{self.port}/0", {}

    def begin(self) -> None:
        command = [self.binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            [*command, "--appendonly", "no", "--dir", str(self.folder)], stdout=subprocess.DEVNULL
        )
        wait_until(self.answers, 20, pause=0.1)

    def answers(self) -> bool:
        try:
            with redis.Redis(port=self.port) as client:
                return client.ping()
        except redis.ConnectionError:
            return False

    def lose_everything(self) -> None:
        with redis.Redis(port=self.port) as client:
            client.flushall()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    end = kill


class RabbitMQ:
    """A node of its own, with the quorum queue of production. Killed, it has lost its disk too."""

    name = "RabbitMQ"

    def __init__(self, folder: Path) -> None:
        self.binary = shutil.which("rabbitmq-server", path=f"{os.environ['PATH']}:/usr/sbin")
        if not self.binary:
            pytest.skip("RabbitMQ is not installed")
        # Its own folder, which its own account must be able to write.
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="koraci-rabbit-")), free_port()
        self.folder.chmod(0o777)
        (self.folder / "rabbitmq.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{self.port}\n")
        self.node = f"koraci{self.port}@localhost"
        self.url, self.settings = f"amqp://guest:guest@127.0.0.1:{self.port}//", {}
        self.environment = os.environ | {
            "RABBITMQ_NODENAME": self.node,
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(self.folder),
            "RABBITMQ_LOG_BASE": str(self.folder),
            "RABBITMQ_PID_FILE": str(self.folder / "pid"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
        }

    def begin(self) -> None:
        self.process = subprocess.Popen(
            [self.binary], env=self.environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        wait_until(self.answers, RABBIT_BEGINS, pause=0.1)

    def answers(self) -> bool:
        try:
            with amqp.Connection(f"127.0.0.1:{self.port}", connect_timeout=2):
                return True
        except (OSError, amqp.AMQPError):
            return False

    def lose_everything(self) -> None:
        with amqp.Connection(f"127.0.0.1:{self.port}") as link:
            link.channel().queue_purge("koraci")

    def kill(self) -> None:
        """The scripts, and the virtual machine that runs under an account of its own."""
        for one in processes_told(str(self.folder)):
            with contextlib.suppress(ProcessLookupError):  # it went with the one before
                os.kill(one, signal.SIGKILL)
        self.process.wait()
        wait_until(lambda: not self.answers(), 20, pause=0.1)
        shutil.rmtree(self.folder / self.node)

    def end(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


BROKERS = {"embedded": Folder, "Redis": Redis, "RabbitMQ": RabbitMQ}
