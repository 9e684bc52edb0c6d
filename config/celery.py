"""The timetable. Celery is the bell, the database is the truth.

A task has no arguments, no eta and no result: it asks the database what is due. So a bell that is
lost does no harm, since the next one finds the same; nor does a second bell, since each row is
claimed; nor do several clocks. Embedded, the bells lie in a folder; in production on Redis or
RabbitMQ (`CELERY_BROKER_URL`). Without any broker the loop of `manage.py work` does it all.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from django.utils.module_loading import import_string
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HOUR = timedelta(hours=1)
# Chore, and how often the bell is rung. A bell that nobody heard until the next one is dropped.
TIMETABLE = {
    "examine_uploads": timedelta(seconds=2),
    "tell_people": timedelta(seconds=settings.BELL_SECONDS),  # each minute
    "plan_reminders": HOUR,
    "daily_chores": HOUR / 4,  # each once a day, from three in the morning on
}
LONGEST = {"daily_chores": 2 * 3600, "examine_uploads": 900}  # seconds; the others: five minutes

for folder in ("data_folder_in", "data_folder_out", "control_folder"):
    if where := settings.CELERY_TRANSPORT_OPTIONS.get(folder):
        Path(where).mkdir(parents=True, exist_ok=True)

app = Celery("koraci")
app.conf.update(
    broker_url=settings.CELERY_BROKER_URL,
    broker_transport_options=settings.CELERY_TRANSPORT_OPTIONS,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,  # a broker may be away for as long as it likes
    task_default_queue="koraci",
    task_queues=[
        Queue("koraci", queue_arguments={"x-queue-type": "quorum", "x-delivery-limit": 3})
        if settings.CELERY_BROKER_URL.startswith("amqp")
        else Queue("koraci")
    ],
    task_ignore_result=True,
    task_acks_late=False,  # a bell is not worth ringing twice
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    enable_utc=True,
    timezone="UTC",
    beat_schedule={
        name: {"task": name, "schedule": every, "options": {"expires": every.total_seconds()}}
        for name, every in TIMETABLE.items()
    },
    # In memory: what is due today is asked of the database, so there is nothing to keep.
    beat_scheduler="celery.beat:Scheduler",
    beat_max_loop_interval=5,
)


@setup_logging.connect
def as_django_logs(**_: Any) -> None:
    """Our own settings of logging count, not Celery's."""


def task(name: str) -> None:
    """The bell of a chore, which is imported when it is first rung."""

    def ring() -> None:
        import_string(f"config.chores.{name}")()

    app.task(ring, name=name, time_limit=LONGEST.get(name, 300), ignore_result=True)


for name in TIMETABLE:
    task(name)
