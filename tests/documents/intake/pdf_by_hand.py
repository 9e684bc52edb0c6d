"""A PDF by hand, sound, as small or as large as a test wants it."""

import zlib

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>"


def pdf(*more: bytes, catalog: bytes = b"", page: bytes = PAGE, trailer: bytes = b"") -> bytes:
    """A PDF by hand: catalog, pages, one page, and further objects from number 4 on."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        *more,
    ]
    text, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(text))
        text += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    told = b"<< /Size %d /Root 1 0 R %b >>" % (len(objects) + 1, trailer)
    head = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n%b\n" % (len(objects) + 1, table, told)
    return text + head + b"startxref\n%d\n%%%%EOF\n" % len(text)


def stream(content: bytes, told: bytes = b"", packed: bool = True) -> bytes:
    """The content of an object that is a stream."""
    if packed:
        content, told = zlib.compress(content), told + b" /Filter /FlateDecode"
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), told, content)


def large_pdf(size: int) -> bytes:
    """A sound PDF of a little more than so many bytes."""
    return pdf(stream(b"0" * size, packed=False))
