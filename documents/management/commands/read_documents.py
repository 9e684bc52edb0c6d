from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.services.reading import read_again


class Command(BaseCommand):
    help = (
        "Reads text and signatures of every stored paper anew: after the list of trusted issuers "
        "has changed, or when a release reads more. What was read before is replaced; the papers "
        "themselves are not touched."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        told = read_again()
        for uuid, problem in told.problems:
            self.stdout.write(f"{uuid}: {problem}")
        self.stdout.write(_("Papers read: %d.") % told.count)
        if told.missing:
            raise CommandError(_("Papers that could not be had: %d.") % told.missing)
