"""Loads the demo world, once, and serves it on this machine."""

import os
import sys
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from config import serving
from config.demo import database, travel
from config.demo.kikinda_2007 import KIKINDA, TRACK
from config.demo.people import PASSWORD, shown_accounts
from config.demo.uploads import NotKept
from config.demo.walk_table import table
from config.demo.world import NotForThisDatabase, load_world, refuse_others
from workflow.models import Participation

REFUSALS = (serving.PortTaken, database.CannotReset, NotForThisDatabase, NotKept)


class Command(BaseCommand):
    """`demo`, `demo --no-serve`, `demo --reset`, `demo --port 8080`, `demo --on 2026-12-01`."""

    help = "Load the demo world and serve it on this machine, with accounts for every role."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-serve", action="store_true", help="load, print Kikinda's walk, and end"
        )
        parser.add_argument("--reset", action="store_true", help="start anew (SQLite only)")
        parser.add_argument("--port", type=int, default=serving.PORT)
        parser.add_argument(
            "--on", metavar="DATE", help="take this day for today, and watch reminders leave"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.enter_demo_mode()
        self.travel(options["on"])
        try:
            if not options["no_serve"]:
                serving.refuse_taken_port(options["port"])
            database.make_folder()
            refuse_others()
            if options["reset"]:
                database.reset()
            self.load()
        except REFUSALS as refused:
            raise CommandError(str(refused)) from refused
        if options["no_serve"]:
            self.print_walk()
            self.print_accounts()
            return
        self.print_accounts()
        self.say(_("Open http://%(host)s:%(port)d/ · stop with Ctrl+C") % {
            "host": serving.HOST, "port": options["port"],
        })  # fmt: skip
        self.say(_("Mail of the demo: http://%(host)s:%(port)d/demo/mail/") % {
            "host": serving.HOST, "port": options["port"],
        })  # fmt: skip
        serving.serve(options["port"])

    def enter_demo_mode(self) -> None:
        """The demo prints passwords: never with DEBUG=0. A server started from here is a demo."""
        if not settings.DEBUG:
            raise CommandError(
                _("The demo world has passwords that everybody can read. Not with DEBUG=0.")
            )
        os.environ["DEMO"] = "1"
        settings.DEMO, settings.EMAIL_BACKEND = True, "config.demo.mailbox.EmailBackend"

    def travel(self, day: str | None) -> None:
        """Begin anew with another clock: models take it as a default when they are first read."""
        if not day or day == settings.DEMO_ON:
            return
        try:
            travel.ahead_of(date.fromisoformat(day))
        except ValueError as error:
            raise CommandError(
                _("--on takes a day that is not past, such as 2026-12-01.")
            ) from error
        os.environ[travel.VARIABLE] = day
        os.execv(sys.executable, [sys.executable, *sys.argv])

    def load(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        with database.hurried():
            if load_world(self.say):
                return
        self.say(_("The demo world is there already; it is kept. --reset starts anew."))

    def print_walk(self) -> None:
        [kikinda] = Participation.objects.filter(
            track__key=TRACK, municipality__code=KIKINDA
        ).with_names()
        self.say(f"{kikinda.reference} · {kikinda.municipality.name} · {kikinda.track}")
        for text in ("", table(kikinda), ""):
            self.say(text)

    def print_accounts(self) -> None:
        self.say(_("Accounts, all with the password %s (in the demo only):") % PASSWORD)
        for name, email in shown_accounts():
            self.say(f"  {email:38} {name}")
        self.say(_("Other municipalities: koordinator.NAME and potpisnik.NAME, as above."))

    def say(self, line: str) -> None:
        """Said at once, also into a pipe: the server that follows never returns."""
        self.stdout.write(line)
        self.stdout.flush()
