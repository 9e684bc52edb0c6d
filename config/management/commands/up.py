"""Web, worker and clock in one command, without a broker to install: the embedded way to run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import serving


class Command(BaseCommand):
    help = (
        "Serves Koraci on this machine with its worker and its clock, until it is stopped; "
        "killed in whatever way, it leaves no process behind. Run `migrate` first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=serving.PORT)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        try:
            serving.refuse_taken_port(port)
        except serving.PortTaken as taken:
            raise CommandError(str(taken)) from taken
        serving.serve(port)
