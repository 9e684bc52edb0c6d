"""Papers in the search: by the words of their text and names, and by the number of their act."""

from functools import partial
from typing import Any

from django.db.models import Q

from documents.models import Document, Version
from documents.services.keeping import papers_in
from documents.words import asked_words
from workflow.models import Findable, Participation
from workflow.pages.search.groups import Hit, Line, some
from workflow.pages.search.words import Asked, has_digit
from workflow.permissions import reach


def found_papers(asked: Asked, user: Any) -> list[Line]:
    """Those that the person may read, the latest first. One query; with a number one more."""
    words = asked_words(asked.text)
    if not words:
        return []
    versions = Version.objects.filter(withdrawn_at=None)
    said = versions.filter(read_text__words__holds=words).values("document")
    of_acts = versions.filter(uuid__in=papers_of_acts(asked, user)).values("document")
    rows = Document.objects.readable_by(user).filter(Q(pk__in=said) | Q(pk__in=of_acts))
    shown = some(rows.select_related("step"))
    return [Line(partial(paper_hit, one), one.participation_id) for one in shown]


def papers_of_acts(asked: Asked, user: Any) -> list[str]:
    """The papers of acts whose number begins so. Who may read each is asked afterwards."""
    if not has_digit(asked.key):
        return []
    acts = Findable.objects.within(reach(user)).filter(key__startswith=asked.key)
    found = some(acts.exclude(evidence=None).select_related("evidence"))
    return [paper["uuid"] for one in found for paper in papers_in(one.evidence)]


def paper_hit(document: Document, case: Participation) -> Hit:
    if document.step:
        document.step.participation = case
    step = document.step.title if document.step else ""
    told = [case.municipality.full_name, case.reference, step]
    return Hit(document.name, document.get_absolute_url(), " · ".join(filter(None, told)))
