from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.audit.models import Entry
from workflow.audit.trace import traced
from workflow.audit.verifications import verify_and_keep


class Command(BaseCommand):
    help = (
        "Verifies the log: every entry, chain, seal and head is computed anew. Ends with 0 when "
        "all is whole; otherwise names the first bad entry of each damaged participation and "
        "ends with 1. Changes nothing, and keeps what came out for the pages of the log; may run "
        "while people work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--participation", metavar="REF", help="only this one, by reference")

    def handle(self, *args, participation: str | None, **options) -> None:
        with traced("command"):
            report = verify_and_keep(_chosen(participation))
        for damage in report.damages:
            self.stdout.write(str(damage))
        told = {
            "entries": report.entries,
            "participations": report.participations,
            "seconds": f"{report.seconds:.2f}",
        }
        self.stdout.write(
            _("entries: %(entries)d, participations: %(participations)d, seconds: %(seconds)s")
            % told
        )
        if not report.is_whole:
            raise CommandError(damaged_in_words(len(report.damages)))
        self.stdout.write(_("The log is whole."))


def damaged_in_words(number: int) -> str:
    said = ngettext("The log is damaged in %d place.", "The log is damaged in %d places.", number)
    return said % number


def _chosen(reference: str | None):
    if reference is None:
        return None
    model: Any = Entry._meta.get_field("participation").related_model
    found = model.objects.filter(reference=reference)
    if not found.exists():
        raise CommandError(_("There is no participation “%s”.") % reference)
    return found
