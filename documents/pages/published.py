"""The papers that anybody may read. Of a step's papers only what was accepted is published."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from documents.models import Version, Visibility
from documents.services.keeping import papers_in
from workflow.models import Evidence, Participation

OF_PAPERS = ("document", "signed_act")


def published(participations: Sequence[Participation]) -> list[Version]:
    """One version of each public paper, the newest that counts. Two queries.

    Of a paper uploaded for a step only versions that were accepted with it; of any other paper
    the newest. The participations must be public ones.
    """
    accepted = accepted_in(participations)
    rows = Version.objects.filter(
        Q(document__step=None) | Q(uuid__in=accepted),
        document__participation__in=participations,
        document__visibility=Visibility.PUBLIC,
        withdrawn_at=None,
    )
    newest: dict[int, Version] = {}
    for one in rows.select_related("document__step").order_by("document_id", "number"):
        newest[one.document_id] = one
    return list(newest.values())


def accepted_in(participations: Iterable[Participation]) -> list[str]:
    rows = Evidence.objects.filter(
        step__participation__in=participations, kind__in=OF_PAPERS,
        status=Evidence.Status.ACCEPTED,
    )  # fmt: skip
    return [paper["uuid"] for evidence in rows for paper in papers_in(evidence)]


def public_panel(participations: Sequence[Participation]) -> dict[int, dict[str, Any]]:
    """For the public pages of the workflow: the papers of each participation that has any."""
    found: dict[int, dict[str, Any]] = {}
    for version in published(participations):
        told = found.setdefault(version.document.participation_id, {"versions": []})
        told["versions"].append(version)
    return found
