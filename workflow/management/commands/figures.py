from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workflow.figures.keeping import out_of_date, renew
from workflow.models import Programme


class Command(BaseCommand):
    help = (
        "Counts the figures of every programme and its tracks whose log has grown since, or that "
        "were counted on an earlier day: days per stage, funnel, flow by month, whose turn it "
        "was. Pages show what is kept here, with its date. May run while people work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", metavar="KEY", help="only this one, by its key")

    def handle(self, *args: Any, programme: str | None, **options: Any) -> None:
        chosen = Programme.objects.order_by("key")
        if programme:
            chosen = chosen.filter(key=programme)
            if not chosen:
                raise CommandError(_("There is no programme “%s”.") % programme)
        for one in out_of_date(list(chosen)):
            renew(one)
            self.stdout.write(line_of(one))
        self.stdout.write(_("All figures are up to date."))


def line_of(programme: Programme) -> str:
    kept = programme.figures
    return _("%(programme)s: %(number)d participations, %(seconds)s s") % {
        "programme": programme.key,
        "number": kept.participations,
        "seconds": f"{kept.seconds:.2f}",
    }
