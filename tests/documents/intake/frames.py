"""The least that makes a container a DOCX, XLSX, ODT or ODS, to hang hostile parts into."""

from tests.documents.intake.good_documents import CONTENT, LISTED, TYPES
from tests.documents.intake.zip_by_hand import STORED, Part, zipped

CONTAINERS = ("docx", "xlsx", "odt", "ods")
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/%s" ContentType="%s"/>%s</Types>'
)
TIES = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "%s</Relationships>"
)
TIE = '<Relationship Id="r1" Type="http://x/relationships/%s" Target="%s"%s/>'
MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
}
OPEN = {"odt": "text", "ods": "spreadsheet"}


def frame(ending: str, *, main: str = "", content_type: str = "", types: str = "") -> list[Part]:
    """The parts that a document of this kind must have; the main one may be another."""
    if ending in OPEN:
        kind = OPEN[ending]
        return [
            Part(b"mimetype", TYPES[kind].encode(), STORED),
            Part(b"content.xml", (main or CONTENT % (kind, "", kind)).encode()),
            Part(b"META-INF/manifest.xml", (LISTED % (TYPES[kind], types)).encode()),
        ]
    name, kind = MAIN[ending]
    usual = f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    listed = CONTENT_TYPES % (name, content_type or usual, types)
    return [
        Part(b"[Content_Types].xml", listed.encode()),
        Part(b"_rels/.rels", (TIES % (TIE % ("officeDocument", name, ""))).encode()),
        Part(name.encode(), (main or "<document/>").encode()),
    ]


def main_part(ending: str) -> bytes:
    """The name of the part that holds the text or the sheets."""
    return b"content.xml" if ending in OPEN else MAIN[ending][0].encode()


def document(ending: str, *more: Part, **options) -> bytes:
    """A document with further parts."""
    return zipped([*frame(ending), *more], **options)


def tied(ending: str, kind: str, target: str, outside: bool = True) -> bytes:
    """A document whose main part has one more tie."""
    mode = ' TargetMode="External"' if outside else ""
    folder, _, name = MAIN[ending][0].partition("/")
    ties = (TIES % (TIE % (kind, target, mode))).encode()
    return document(ending, Part(f"{folder}/_rels/{name}.rels".encode(), ties))
