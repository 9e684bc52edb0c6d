from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from workflow.gaps import find_gaps


class Command(BaseCommand):
    help = (
        "Compares stage, steps, deadlines, evidence, log, history, proposals, receipts, mandates "
        "and rights with each other. Ends with 0 when they agree; otherwise names every "
        "disagreement and ends with 1. Changes nothing; may run while people work."
    )

    def handle(self, *args, **options) -> None:
        gaps = find_gaps()
        for line in [*gaps.damages, *gaps.expired]:
            self.stdout.write(str(line))
        told = {
            "entries": gaps.entries,
            "participations": gaps.participations,
            "seconds": f"{gaps.seconds:.2f}",
            "found": len(gaps.damages),
        }
        self.stdout.write(
            _("entries: %(entries)d, participations: %(participations)d, seconds: %(seconds)s")
            % told
        )
        if not gaps.is_whole:
            raise CommandError(_("Disagreements found: %(found)d.") % told)
        self.stdout.write(_("Everything agrees."))
