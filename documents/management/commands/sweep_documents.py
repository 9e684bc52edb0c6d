from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from documents.services.sweeping import sweep


class Command(BaseCommand):
    help = (
        "Deletes what broken uploads have left behind for more than a day: objects without a "
        "version, files in quarantine that nobody examines any more. Never a paper."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        swept = sweep()
        told = {"objects": swept.objects, "files": swept.files}
        self.stdout.write(_("Deleted: %(objects)d objects, %(files)d files.") % told)
