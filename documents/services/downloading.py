"""Who read which paper: an entry for every reading by somebody signed in."""

from typing import Any

from django.db import transaction

from documents.models import Version
from documents.models.document import READS, Visibility
from workflow.audit import log
from workflow.audit.log import Line
from workflow.audit.models import Entry
from workflow.services.locks import demand, locked
from workflow.services.saving import save_head


def record_download(version: Version, *, by: Any) -> Entry:
    """Judge the right now and write the entry; the caller then hands the object out."""
    return recorded("download", version, by, {})


def record_comparison(earlier: Version, later: Version, *, by: Any) -> Entry:
    """As a download: the texts of two versions of a paper are about to be shown."""
    return recorded("compare_versions", later, by, {"compared_with": str(earlier.uuid)})


@transaction.atomic(durable=True)
def recorded(verb: str, version: Version, by: Any, more: dict[str, Any]) -> Entry:
    [participation] = locked([version.document.participation_id])
    actor = demand(by, READS[Visibility(version.document.visibility)], participation)
    facts = {"document": str(version.document.uuid), "version": str(version.uuid)}
    line = Line(verb, facts=facts | {"number": version.number} | more)
    entry = log.append(participation, line, by=actor)
    save_head(participation)
    return entry
