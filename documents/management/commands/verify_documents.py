from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.services.verifying import verify
from documents.wording import size_in_words


class Command(BaseCommand):
    help = (
        "Hashes every stored paper again and compares it with its row and with its entry in the "
        "log. Ends with 0 when all agree; otherwise names every one that does not and ends with 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        told = verify()
        for name, why in told.damages:
            self.stdout.write(f"{name}: {why}")
        read = {"versions": told.versions, "size": size_in_words(told.size)}
        self.stdout.write(_("versions: %(versions)d, read: %(size)s") % read)
        if told.damages:
            raise CommandError(_("Papers that are not as they should be: %d.") % len(told.damages))
        self.stdout.write(_("Every paper is as it was uploaded."))
