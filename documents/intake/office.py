"""DOCX and XLSX: what the frame must say, and what it must not point to.

Refused are macros, controls, embedded objects, and everything that is fetched from elsewhere
when the document is opened (templates, linked pictures, linked workbooks). Links that a reader
clicks may stay, to the web and to mail.
"""

import re

from documents.intake.verdict import Unfit
from documents.intake.xmlparts import UNWATCHED, Watch, look_through
from documents.intake.zips import Container, Entry

FRAME = "[Content_Types].xml"
MAIN = {
    "DOCX": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "activex", "macrosheet")
MACRO_TIES = {
    "vbaproject",
    "wordvbadata",
    "xlmacrosheet",
    "xlintlmacrosheet",
    "control",
    "activexcontrolbinary",
    "attachedtoolbars",
}
OBJECT_TIES = {"oleobject", "afchunk", "subdocument", "frame"}
SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.-]+):|^\s*[/\\]{2}", re.IGNORECASE)
CLICKED = {"http", "https", "mailto", "tel", "ftp", "file"}
OLD_EXCHANGE = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)
FIELD_LENGTH = 2_000


def demand_frame(container: Container, label: str) -> None:
    """The list of contents names the one main part of the kind, and no macro."""
    types: set[str] = set()

    def note(element: str, attributes: dict[str, str]) -> None:
        told = attributes.get("ContentType", "").lower()
        if any(word in told for word in MACRO_TYPES):
            raise Unfit("macros")
        if element == "Default" or attributes.get("PartName", "").lstrip("/") in container.entries:
            types.add(told)

    text = container.whole(FRAME)
    if not text or "_rels/.rels" not in container.entries:
        raise Unfit("not_its_kind", named=label)
    look_through(text, note)
    if types & {main.lower() for main in MAIN.values()} != {MAIN[label].lower()}:
        raise Unfit("not_its_kind", named=label)


def watch_over(entry: Entry) -> Watch:
    """What to look at in a part; nothing where there is nothing to find."""
    name = entry.name.lower()
    if name.endswith(".rels"):
        return Watch(demand_tie_inside)
    if name.endswith(".svg"):
        return Watch(demand_no_script)
    if name.startswith("word/") and name.endswith(".xml"):
        fields = Fields()
        return Watch(fields.on_element, fields.on_text)
    return UNWATCHED


def demand_tie_inside(element: str, attributes: dict[str, str]) -> None:
    """One line of a part's relations: it leads to a part of this document, or is clicked."""
    if element != "Relationship":
        return
    tie = attributes.get("Type", "").rstrip("/").rpartition("/")[2].lower()
    target = attributes.get("Target", "")
    if tie in MACRO_TIES:
        raise Unfit("macros")
    if tie in OBJECT_TIES:
        raise Unfit("object_inside")
    scheme = SCHEME.match(target)
    is_outside = attributes.get("TargetMode", "").strip().lower() == "external" or scheme
    if is_outside and tie != "hyperlink":
        raise Unfit("outside_data")
    if scheme and (scheme[1] or "file").lower() not in CLICKED:
        raise Unfit("outside_data")


def demand_no_script(element: str, attributes: dict[str, str]) -> None:
    """A drawing draws."""
    if element.lower() == "script" or any(name.lower().startswith("on") for name in attributes):
        raise Unfit("macros")


class Fields:
    """Fields of a text, among which those that start another program are refused.

    Word splits an instruction as it likes, so the pieces are put together again.
    """

    def __init__(self) -> None:
        self.inside = False
        self.instruction = ""

    def on_element(self, element: str, attributes: dict[str, str]) -> None:
        self.inside = element == "instrText"
        if element == "fldChar" and attributes.get("fldCharType") == "begin":
            self.instruction = ""
        if element == "fldSimple":
            self.judge(attributes.get("instr", ""))

    def on_text(self, text: str) -> None:
        if self.inside and len(self.instruction) < FIELD_LENGTH:
            self.instruction += text
            self.judge(self.instruction)

    def judge(self, instruction: str) -> None:
        if OLD_EXCHANGE.match(instruction):
            raise Unfit("macros")
