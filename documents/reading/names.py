"""Names in certificates, as people write them.

Issuers put Cyrillic into types of text that cannot hold it, or encode it twice. What is mended
here is certain: bytes that are UTF-8 are not by chance so.
"""

import re
import unicodedata

from asn1crypto import core, x509

LONGEST = 200
# The personal number of a citizen, which older certificates carry in the name: nobody's business.
_PERSONAL_NUMBER = re.compile(r"[\s,;:_-]*(?<!\d)\d{13}(?!\d)")
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def name_in(name: x509.Name, kind: str) -> str:
    """The value of this kind ("common_name") in a name; the last where there are several."""
    found = [
        part["value"]
        for relative in name.chosen
        for part in relative
        if part["type"].native == kind
    ]
    return readable(_text(found[-1])) if found else ""


def readable(text: str) -> str:
    """A name without what nobody sees and without a personal number, not endless."""
    shown = "".join(
        " " if sign.isspace() else sign
        for sign in unicodedata.normalize("NFC", _once_encoded(text))
        if sign.isspace() or unicodedata.category(sign) not in _UNSEEN
    )
    return " ".join(_PERSONAL_NUMBER.sub("", shown).split())[:LONGEST]


def _text(value: core.Asn1Value) -> str:
    """The text of an ASN.1 string, whatever its type says: T61 and Printable are often UTF-8."""
    chosen = value.chosen if isinstance(value, core.Choice) else value
    if isinstance(chosen, core.BMPString | core.UniversalString | core.UTF8String):
        return str(chosen.native)
    for encoding in ("utf-8", "cp1250"):
        try:
            return bytes(chosen.contents).decode(encoding)
        except UnicodeDecodeError:
            continue
    return bytes(chosen.contents).decode("latin-1")


def _once_encoded(text: str) -> str:
    """The text before somebody encoded it in UTF-8 a second time; else as it is."""
    for encoding in ("latin-1", "cp1252", "cp1250"):
        try:
            before = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return before
    return text
