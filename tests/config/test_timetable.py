"""The timetable: bells without arguments, results and etas; the broker by its address."""

import inspect
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.celery import TIMETABLE, app
from config.environment import broker_options
from config.management.commands.work import RESTS
from tests.processes import environment


def test_every_bell_is_rung_in_utc_and_dropped_when_the_next_comes():
    assert app.conf.timezone == "UTC"
    assert app.conf.enable_utc
    for name, every in TIMETABLE.items():
        entry = app.conf.beat_schedule[name]
        assert entry["schedule"] == every
        assert entry["options"] == {"expires": every.total_seconds()}
        assert not entry.get("args")
        assert not entry.get("kwargs")


def test_a_bell_has_no_argument_and_leaves_no_result():
    for name in TIMETABLE:
        task = app.tasks[name]
        assert not inspect.signature(task.run).parameters
        assert task.ignore_result
        assert not task.acks_late


def test_the_loop_without_a_broker_does_the_same_chores():
    assert {chore.__name__ for chore in RESTS} == set(TIMETABLE)


@pytest.mark.django_db
def test_each_bell_does_its_chore():
    for name in TIMETABLE:
        app.tasks[name].apply(throw=True)


def test_a_broker_of_another_kind_is_refused_in_words():
    with pytest.raises(ImproperlyConfigured, match="CELERY_BROKER_URL must begin with"):
        broker_options("sqs://", "var")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("redis://127.0.0.1/0", "None"),
        ("amqp://127.0.0.1", "quorum"),
        ("filesystem://localhost", "None"),
    ],
)
def test_rabbitmq_gets_a_quorum_queue_with_confirmed_bells(url, kind, tmp_path):
    show = (
        "from config.celery import app; [queue] = app.conf.task_queues;"
        "print((queue.queue_arguments or {}).get('x-queue-type'),"
        "app.conf.broker_transport_options.get('confirm_publish'))"
    )
    told = {"CELERY_BROKER_URL": url, "CELERY_BROKER_FOLDER": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", show], cwd=settings.BASE_DIR, env=environment(**told),
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert said.stdout.split() == [kind, "True" if kind == "quorum" else "None"]
