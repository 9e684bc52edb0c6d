"""How long such a step usually takes: from handing in to the answer, in days."""

from statistics import median

from django.db.models import OuterRef, Subquery

from workflow.audit.models import Entry
from workflow.models import Step

ENOUGH, MOST = 3, 50  # answers to count from
DAY = 86_400_000_000  # microseconds


def usual_days(step: Step) -> int | None:
    """The median of the last fifty answers to this step in its track; None where few are known.

    One query. At least a day, since nobody promises an answer within hours.
    """
    handed = Entry.objects.filter(
        participation=OuterRef("participation"), step=OuterRef("step"), verb="hand_in",
        seq__lt=OuterRef("seq"),
    ).order_by("-seq")  # fmt: skip
    answers = Entry.objects.filter(
        participation__track=step.participation.track_id,
        step__key=step.key,
        verb__in=["accept", "return"],
    )
    told = answers.annotate(handed=Subquery(handed.values("recorded_us")[:1]))
    rows = told.order_by("-recorded_us").values_list("recorded_us", "handed")[:MOST]
    spans = [answered - begun for answered, begun in rows if begun is not None]
    return max(1, round(median(spans) / DAY)) if len(spans) >= ENOUGH else None
