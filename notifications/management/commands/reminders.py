from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.rehearsal import rehearsed
from web.script.dates import long_date
from workflow.models import Programme


class Command(BaseCommand):
    help = (
        "Prints whom the plan of reminders would tell on a day, and why: municipality, step, "
        "deadline, person and role, or nobody. It asks what the worker will ask then, of the rows "
        "of now, and writes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="needed: it never sends")
        parser.add_argument(
            "--on", metavar="DAY", type=day, default=None, help="2026-12-01; without it, today"
        )
        parser.add_argument("--programme", metavar="KEY", default="", help="only this one")

    def handle(
        self, *args: Any, dry_run: bool, on: date | None, programme: str, **options: Any
    ) -> None:
        if not dry_run:
            said = _(
                "Reminders are sent by the worker: %(command)s. To see whom the plan would tell, "
                "add %(option)s."
            )
            raise CommandError(said % {"command": "manage.py work", "option": "--dry-run"})
        if programme and not Programme.objects.filter(key=programme).exists():
            raise CommandError(_("There is no programme “%s”.") % programme)
        on = on or timezone.localdate()
        lines = list(rehearsed(on, programme))
        for line in lines:
            self.stdout.write(line.about)
            for person in line.people:
                self.stdout.write(f"    {person}")
        self.stdout.write(how_many(len(lines), on))


def day(text: str) -> date:
    """argparse names the argument and refuses what is no day."""
    return date.fromisoformat(text)


def how_many(count: int, on: date) -> str:
    told = ngettext(
        "%(day)s: %(n)d reminder. Nothing was sent or written.",
        "%(day)s: %(n)d reminders. Nothing was sent or written.",
        count,
    )
    return told % {"n": count, "day": long_date(on)}
