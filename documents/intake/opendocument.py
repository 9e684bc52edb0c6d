"""ODT and ODS: the first entry says the kind, the manifest that nothing is locked.

Refused as in `office.py`: macros, and what is fetched from elsewhere when it is opened.
"""

import re

from documents.intake.kinds import KINDS
from documents.intake.verdict import Unfit
from documents.intake.xmlparts import UNWATCHED, Watch, look_through
from documents.intake.zips import STORED, Container, Entry

MANIFEST = "META-INF/manifest.xml"
READ = re.compile(r"^(object \d+/)*(content|styles)\.xml$")
# Elements whose address a reader clicks, or that only tell where something came from.
CLICKED = {"a", "area-simple", "area-rectangle", "area-circle", "area-polygon", "form", "button"}
ELSEWHERE = re.compile(r"^\s*([a-z][a-z0-9+.-]+:|[/\\]|\.\./)", re.IGNORECASE)
SCRIPTED = re.compile(r"^\s*(vnd\.sun\.star\.|javascript:|macro:|script:|service:)", re.IGNORECASE)
EXCHANGE = {"dde-source", "dde-connection-decl"}


def demand_frame(container: Container, label: str) -> None:
    """The first entry, not packed, is the type; the manifest tells of no lock."""
    first = min(container.entries.values(), key=lambda entry: entry.offset)
    content_type = KINDS[label.lower()].content_type.encode()
    if first.name != "mimetype" or first.method != STORED:
        raise Unfit("not_its_kind", named=label)
    if container.whole("mimetype") != content_type or "content.xml" not in container.entries:
        raise Unfit("not_its_kind", named=label)
    manifest = container.whole(MANIFEST)
    if not manifest:
        raise Unfit("not_its_kind", named=label)
    look_through(manifest, demand_unlocked)


def demand_unlocked(element: str, attributes: dict[str, str]) -> None:
    if element == "encryption-data":
        raise Unfit("locked")


def watch_over(entry: Entry) -> Watch:
    """What to look at in a part."""
    return Watch(demand_own_content) if READ.match(entry.name.lower()) else UNWATCHED


def demand_own_content(element: str, attributes: dict[str, str]) -> None:
    """No macro is called, nothing is fetched from outside the document."""
    address = attributes.get("href", "")
    if element == "event-listener" or SCRIPTED.match(address):
        raise Unfit("macros")
    if element in EXCHANGE or (element not in CLICKED and ELSEWHERE.match(address)):
        raise Unfit("outside_data")
