"""The rows of papers against the log: each version with its entry, each entry with its version."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from documents.models import Document, Version
from workflow.audit.models import Entry

AT_A_TIME = 500
Gap = tuple[str, str]


def compare_papers() -> Iterator[Gap]:
    """Name and sentence of each disagreement; rows and entries are read a few at a time."""
    yield from versions_unlike_the_log()
    yield from entries_without_version()
    yield from documents_unlike_the_log()


def in_parts(rows: Any) -> Iterator[list[Any]]:
    last = 0
    while part := list(rows.filter(pk__gt=last).order_by("pk")[:AT_A_TIME]):
        yield part
        last = part[-1].pk


def versions_unlike_the_log() -> Iterator[Gap]:
    rows = Version.objects.select_related(
        "document__participation", "written__template", "written__decision"
    ).defer("written__template__content")
    for part in in_parts(rows):
        cases = {one.document.participation_id for one in part}
        added = told_by_version(cases, "add_document")
        withdrawn = told_by_version(cases, "withdraw_version")
        for one in part:
            name = one.document.participation.reference
            if not agrees(one, added.get(str(one.uuid))):
                yield name, _("The version %s is not what the log says it is.") % one.uuid
            if one.is_withdrawn != (str(one.uuid) in withdrawn):
                yield name, _("The log and the version %s differ on its withdrawal.") % one.uuid


def told_by_version(cases: set[int], verb: str) -> dict[str, dict[str, Any]]:
    rows = Entry.objects.filter(participation__in=cases, verb=verb)
    return {entry.facts["version"]: entry.facts for entry in rows.iterator()}


def agrees(version: Version, told: dict[str, Any] | None) -> bool:
    if told is None:
        return False
    says = {
        "document": str(version.document.uuid),
        "number": version.number,
        "sha256": version.sha256,
        "size": version.size,
        "content_type": version.content_type,
    }
    says |= written_as(version)
    return all(told.get(name) == value for name, value in says.items())


def written_as(version: Version) -> dict[str, Any]:
    """What the entry says of a paper that Koraci wrote itself; of an uploaded one nothing."""
    written = getattr(version, "written", None)
    if written is None:
        return {"written": None}
    return {
        "written": written.paper,
        "language": written.language,
        "template": written.template.sha256 if written.template else None,
        "decision": written.decision.seq if written.decision else None,
    }


def entries_without_version() -> Iterator[Gap]:
    rows = Entry.objects.filter(verb="add_document").select_related("participation")
    there = set(map(str, Version.objects.values_list("uuid", flat=True).iterator()))
    for entry in rows.iterator():
        if entry.facts["version"] not in there:
            yield entry.participation.reference, _("A version that the log tells of is gone.")


def documents_unlike_the_log() -> Iterator[Gap]:
    """Who may read a paper: as it was added, or as the last entry on it says."""
    for part in in_parts(Document.objects.select_related("participation")):
        cases = {one.participation_id for one in part}
        verbs = ["add_document", "publish_document"]
        entries = Entry.objects.filter(participation__in=cases, verb__in=verbs).in_order()
        told: dict[str, str] = {}
        for entry in entries.iterator():
            told[entry.facts["document"]] = entry.facts["visibility"]
        for one in part:
            if told.get(str(one.uuid)) != one.visibility:
                why = _("The paper %s is shown to others than the log says.") % one.uuid
                yield one.participation.reference, why
