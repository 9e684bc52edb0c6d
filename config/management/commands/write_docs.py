import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.documents import pages, stale
from config.environment import BASE_DIR


class Command(BaseCommand):
    """Print the pages of docs/ that come from the code; with --check only compare them."""

    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="exit 1 where a page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            old = stale()
            for path in old:
                self.stderr.write(f"stale: {path.relative_to(BASE_DIR)}; run make docs")
            sys.exit(bool(old))
        for path, text in pages().items():
            path.write_text(text)
            self.stdout.write(str(path.relative_to(BASE_DIR)))
