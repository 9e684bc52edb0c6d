"""The certificates that this installation relies on: files in one folder, PEM or DER."""

from pathlib import Path

from asn1crypto import pem, x509

ENDINGS = {".pem", ".crt", ".cer", ".der"}
LONGEST = 1_000_000


def roots_in(folder: Path | None) -> list[x509.Certificate]:
    """All certificates of the folder; a file that holds none is passed over."""
    if folder is None or not folder.is_dir():
        return []
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    return [found for path in files for found in _certificates(path)]


def _certificates(path: Path) -> list[x509.Certificate]:
    if path.stat().st_size > LONGEST:
        return []
    content = path.read_bytes()
    try:
        ders = (
            [der for _kind, _head, der in pem.unarmor(content, multiple=True)]
            if pem.detect(content)
            else [content]
        )
        found = [x509.Certificate.load(der, strict=True) for der in ders]
        for certificate in found:
            certificate.native  # noqa: B018  read whole now: loading looks at the outside only
    except (ValueError, TypeError):
        return []
    return found
