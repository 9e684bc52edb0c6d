"""The kinds of file that are taken, by ending; whatever is not here is refused."""

from dataclasses import dataclass

from documents.intake.verdict import Unfit

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."

ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
# Word and Excel before 2007 wrote it; today also what is locked with a password.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Kind:
    """One kind: what people call it, how it is served, how it begins."""

    label: str
    content_type: str
    begins: bytes


KIND_JPEG = Kind("JPG", "image/jpeg", JPEG)
KINDS = {
    "pdf": Kind("PDF", "application/pdf", PDF),
    "docx": Kind("DOCX", f"{OFFICE}wordprocessingml.document", ZIP),
    "xlsx": Kind("XLSX", f"{OFFICE}spreadsheetml.sheet", ZIP),
    "odt": Kind("ODT", f"{OPEN}text", ZIP),
    "ods": Kind("ODS", f"{OPEN}spreadsheet", ZIP),
    "jpg": KIND_JPEG,
    "jpeg": KIND_JPEG,
    "png": Kind("PNG", "image/png", PNG),
}
WITH_MACROS = {"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "potm", "ppsm"}
LONGEST_SHOWN = 12


def kind_of(name: str) -> Kind:
    """The kind that the ending of a name promises."""
    stem, dot, ending = name.strip().rpartition(".")
    if not dot or not stem.strip(". "):
        raise Unfit("no_ending")
    if ending.lower() in WITH_MACROS:
        raise Unfit("macro_ending", ending=f".{ending.lower()}")
    if ending.lower() not in KINDS:
        raise Unfit("ending", ending=f".{ending[:LONGEST_SHOWN]}")
    return KINDS[ending.lower()]


def demand_beginning(kind: Kind, head: bytes) -> None:
    """The first bytes are those of the kind."""
    if head.startswith(kind.begins):
        return
    if kind.begins == ZIP and head.startswith(COMPOUND):
        raise Unfit("old_or_locked", named=kind.label)
    raise Unfit("not_its_kind", named=kind.label)
