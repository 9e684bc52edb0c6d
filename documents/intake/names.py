"""Names of files: what is refused in one, and how one is shown."""

import re
import unicodedata

from documents.intake.verdict import LIMITS, Limits, Unfit

# They turn the direction of what is read: "xcod.exe" can be made to look like "exe.docx".
BIDI = {
    "\u061c",
    "\u200e",
    "\u200f",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
}
UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
UNSHOWN = UNSEEN | {"Cf", "Co", "Cn"}
ON_A_DRIVE = re.compile(r"^(\s*[A-Za-z]:)+")
DOTS = re.compile(r"\.{2,}")
NAMELESS = "document"
LONGEST_ENDING = 12


def demand_good_name(name: str, limits: Limits) -> None:
    """Nothing unseen, no way to another folder, not too long."""
    name = unicodedata.normalize("NFC", name)
    if any(is_unseen(character) for character in name):
        raise Unfit("name_unseen")
    if re.search(r"[/\\]|\.\.", name) or ON_A_DRIVE.match(name):
        raise Unfit("name_path")
    if len(name.encode()) > limits.name_bytes:
        raise Unfit("name_long", bytes=len(name.encode()), limit=limits.name_bytes)


def is_unseen(character: str) -> bool:
    return character in BIDI or unicodedata.category(character) in UNSEEN


def clean_name(name: str) -> str:
    """A name to be shown, whatever was sent: seen as it is written, one line, short enough."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in name if unicodedata.category(c) not in UNSHOWN)
    plain = DOTS.sub(".", ON_A_DRIVE.sub("", " ".join(seen.split())))
    name = unicodedata.normalize("NFC", plain).strip()
    return shortened(name if name.strip(" .") else NAMELESS)


def shortened(name: str) -> str:
    """At most as many bytes as a name may have; the ending stays."""
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LIMITS.name_bytes - len((dot + ending).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + ending
