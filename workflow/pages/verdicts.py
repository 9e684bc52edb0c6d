"""What verifications of the log found, as far as a reader may know it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from municipalities.models import Mandate
from workflow.audit.models import Verification
from workflow.audit.verifications import damages_in
from workflow.audit.verify import Damage, Report
from workflow.models import Programme, Track
from workflow.pages.log_book import channel_name
from workflow.permissions import MAY

LISTED = 50  # damages on a page; the command names all


@dataclass(frozen=True)
class Verdict:
    """Whether the log is whole; else the damages that are listed, and how many there are in all."""

    damages: list[Damage]
    number: int
    kept: Verification | None = None

    @property
    def unlisted(self) -> int:
        return self.number - len(self.damages)

    @property
    def is_of_a_part(self) -> bool:
        return self.kept is not None and not self.kept.is_complete

    @property
    def who(self) -> str:
        """The person, or the system where a command verified; and by which channel."""
        if self.kept is None:
            return ""
        by = str(self.kept.by) if self.kept.by_id else _("the system")
        return f"{by} ({channel_name(self.kept.channel)})"


def verdict_on(report: Report) -> Verdict:
    """Of what was verified just now."""
    return Verdict(report.damages[:LISTED], len(report.damages))


def last_verdicts(programmes: Collection[int]) -> list[Verdict]:
    """Of the last verification; where it was of a part, also of the last one of all the log.

    For a reader who may read the log of these programmes.
    """
    rows = verifications_for(programmes).select_related("by").order_by("-at", "-pk")
    newest = rows.first()
    if newest is None or newest.is_complete:
        found = [newest]
    else:
        found = [newest, rows.filter(is_complete=True).first()]
    return [kept_verdict(one, programmes) for one in found if one]


def verifications_for(programmes: Collection[int]) -> QuerySet[Verification]:
    """Those of the whole log, and of parts by people who audit one of these programmes."""
    place_type = ContentType.objects.get_for_model(Programme)
    auditing = Mandate.objects.filter(
        role__in=MAY["view_log"], place_type=place_type, place_id__in=programmes
    )
    return Verification.objects.filter(Q(is_complete=True) | Q(by__in=auditing.values("user")))


def kept_verdict(verification: Verification, programmes: Collection[int]) -> Verdict:
    """A kept one; damages of other programmes are only counted."""
    damages = damages_in(verification)
    if not damages:
        return Verdict([], 0, verification)
    codes = set(Track.objects.filter(programme__in=programmes).values_list("code", flat=True))
    own = [one for one in damages if codes & about(one.reference)]
    return Verdict(own[:LISTED], len(damages), verification)


def about(reference: str) -> set[str]:
    """What may be its track: "T1-003" is a participation, there or gone, "IRIG-2021" a track."""
    return {reference, reference.rpartition("-")[0]}
