from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from municipalities.register import DATA, RegisterError, load_facts, load_register


class Command(BaseCommand):
    help = (
        "Loads the municipalities of Serbia and of Bosnia and Herzegovina and the facts known "
        "about them. Run it as often as you like: what is there already stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=DATA, help="where the three files are (data/SOURCE.md)"
        )

    def handle(self, *args, folder: Path, **options) -> None:
        try:
            with transaction.atomic():
                units, facts = load_register(folder), load_facts(folder)
        except RegisterError as broken:
            raise CommandError(f"{broken}") from broken
        self.stdout.write(f"{units}")
        self.stdout.write(f"facts: {facts}")
