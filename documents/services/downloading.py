"""Who read which paper: an entry for every download by somebody signed in."""

from typing import Any

from django.db import transaction

from documents.models import Version
from documents.models.document import READS, Visibility
from workflow.audit import log
from workflow.audit.log import Line
from workflow.audit.models import Entry
from workflow.services.locks import demand, locked
from workflow.services.saving import save_head


@transaction.atomic(durable=True)
def record_download(version: Version, *, by: Any) -> Entry:
    """Judge the right now and write the entry; the caller then hands the object out."""
    [participation] = locked([version.document.participation_id])
    actor = demand(by, READS[Visibility(version.document.visibility)], participation)
    facts = {"document": str(version.document.uuid), "version": str(version.uuid)}
    line = Line("download", facts=facts | {"number": version.number})
    entry = log.append(participation, line, by=actor)
    save_head(participation)
    return entry
