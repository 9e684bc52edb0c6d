"""The reviews handed in against the log, and the count of them that each step keeps."""

from collections.abc import Iterator

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from documents.gaps import Gap, in_parts
from documents.models import Review
from workflow.audit.models import Entry
from workflow.models import Step


def compare_reviews() -> Iterator[Gap]:
    """Name and sentence of each disagreement; rows and entries are read a few at a time."""
    yield from reviews_unlike_the_log()
    yield from entries_without_review()
    yield from steps_that_miscount()


def reviews_unlike_the_log() -> Iterator[Gap]:
    rows = Review.objects.exclude(handed_in_at=None).select_related("step__participation")
    for part in in_parts(rows):
        cases = {one.step.participation_id for one in part}
        entries = Entry.objects.filter(participation__in=cases, verb="hand_in_review")
        told = {entry.facts["review"]: entry for entry in entries.iterator()}
        for one in part:
            if not agrees(one, told.get(str(one.uuid))):
                name = one.step.participation.reference
                yield name, _("The review %s is not what was handed in.") % one.uuid


def agrees(review: Review, entry: Entry | None) -> bool:
    if entry is None or not review.salt:
        return False
    facts = entry.facts
    is_same = (facts["digest"], facts["round"]) == (review.digest, review.round)
    is_theirs = (entry.by_id, entry.step_id) == (review.by_id, review.step_id)
    return is_same and is_theirs and review.digest_now() == review.digest


def entries_without_review() -> Iterator[Gap]:
    there = set(map(str, Review.objects.values_list("uuid", flat=True).iterator()))
    rows = Entry.objects.filter(verb="hand_in_review").select_related("participation")
    for entry in rows.iterator():
        if entry.facts["review"] not in there:
            yield entry.participation.reference, _("A review that the log tells of is gone.")


def steps_that_miscount() -> Iterator[Gap]:
    mine = Review.objects.filter(step=OuterRef("pk"), round=OuterRef("review_round"))
    counted = mine.exclude(handed_in_at=None).order_by().values("step").annotate(n=Count("pk"))
    there = Coalesce(Subquery(counted.values("n")), 0)
    rows = Step.objects.exclude(reviews_in=there).select_related("participation")
    for step in rows.order_by("pk").iterator():
        yield step.participation.reference, _("The step %s miscounts its reviews.") % step.key
