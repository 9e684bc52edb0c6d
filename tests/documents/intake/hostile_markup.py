"""Documents whose markup acts: entities, macros, and what is fetched from outside."""

from tests.documents.intake.frames import CONTAINERS, MAIN, OPEN, document, frame, main_part, tied
from tests.documents.intake.good_documents import (
    CONTENT,
    book,
    saved,
    text,
    with_entry,
    with_field,
)
from tests.documents.intake.good_pictures import png_by_hand
from tests.documents.intake.hostile import Corpus, Hostile
from tests.documents.intake.zip_by_hand import Part, zipped

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "a billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>',
    "one long entity": f'<!DOCTYPE x [<!ENTITY a "{"a" * 9999}">]><x>{"&a;" * 9999}</x>',
    "an entity from outside": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a parameter entity": '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://x.example/a"> %a;]><x/>',
    "a type from outside": '<!DOCTYPE x SYSTEM "http://x.example/x.dtd"><x/>',
    "a type alone": "<!DOCTYPE x><x/>",
}
BROKEN = {
    "not closed": "<x><y></x>",
    "two roots": "<x/><x/>",
    "an entity that nobody defined": "<x>&a;</x>",
    "a mark that never ends": f'<x a="{"".join(map(str, range(500_000)))}"/>',
    "an unknown code": '<?xml version="1.0" encoding="x-none"?><x/>',
}


def hostile_markup() -> Corpus:
    for ending in CONTAINERS:
        for what, markup in ENTITIES.items():
            yield with_main(ending, what, markup.encode(), "entities")
        wide = ENTITIES["a billion laughs"].encode("utf-16")
        yield with_main(ending, "entities, two bytes a letter", wide, "entities")
        for name in (b"a.png", b"a.svg", b"a.rels", b"a.vml"):
            content = document(ending, Part(name, ENTITIES["a type alone"].encode()))
            yield Hostile(f"entities in {name!a}", f"a.{ending}", content, ("entities",))
        for what, markup in BROKEN.items():
            yield with_main(ending, what, markup.encode(), "damaged")
        large = Part(b"a.png", png_by_hand(50_000, 50_000, b"0"))
        yield Hostile("50,000 × 50,000 inside", f"a.{ending}", document(ending, large), PIXELS)
    yield from macros()
    yield from from_outside()
    yield from frames_that_lie()


PIXELS = ("too_many_pixels",)


def with_main(ending: str, what: str, markup: bytes, problem: str) -> Hostile:
    parts = [
        Part(part.name, markup) if part.name == main_part(ending) else part
        for part in frame(ending)
    ]
    return Hostile(what, f"a.{ending}", zipped(parts), (problem,))


def macros() -> Corpus:
    for ending, (_, kind) in MAIN.items():
        folder = MAIN[ending][0].partition("/")[0]
        main = f"application/vnd.ms-{kind}.macroEnabled.main+xml"
        yield refused(ending, "macro type", zipped(frame(ending, content_type=main)), "macros")
        for name in ("vbaProject.bin", "vbaData.xml", "activeX/activeX1.bin", "macrosheets/s.xml"):
            content = document(ending, Part(f"{folder}/{name}".encode(), b"<a/>"))
            yield refused(ending, name, content, "macros")
        default = '<Default Extension="png" ContentType="application/vnd.ms-office.vbaProject"/>'
        hidden = zipped([*frame(ending, types=default), Part(b"word/a.png", b"1")])
        yield refused(ending, "macros as a picture", hidden, "macros")
        for tie in ("vbaProject", "control", "xlMacrosheet", "attachedToolbars"):
            yield refused(ending, f"tie {tie}", tied(ending, tie, "a.png", False), "macros")
        for tie in ("oleObject", "aFChunk", "subDocument", "frame"):
            yield refused(ending, f"tie {tie}", tied(ending, tie, "a.png", False), "object_inside")
        for name in ("embeddings/oleObject1.bin", "embeddings/a.docm", "afchunk.mht"):
            content = document(ending, Part(f"{folder}/{name}".encode(), b"1"))
            yield refused(ending, name, content, "object_inside")
        drawing = Part(
            b"a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
        )
        yield refused(ending, "drawing with a script", document(ending, drawing), "macros")
        acting = Part(b"a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="1"/>')
        yield refused(ending, "drawing that acts", document(ending, acting), "macros")
    for pieces in (["DDEAUTO cmd"], [" DD", "EAUTO c:\\\\cmd.exe "], ["\tdde ", "excel"]):
        yield refused("docx", "exchange", saved(with_field(*pieces)), "macros")
    simple = '<d xmlns:w="urn:w"><w:fldSimple w:instr=" DDEAUTO cmd "/></d>'
    yield with_main("docx", "exchange in one piece", simple.encode(), "macros")
    yield from books_of_charts()
    for name in ("Basic/Standard/Module1.xml", "Scripts/python/a.xml", "Basic/Own/script-lb.xml"):
        for ending in OPEN:
            yield refused(ending, name, document(ending, Part(name.encode(), b"<a/>")), "macros")


def books_of_charts() -> Corpus:
    """The one container in a container is held to every rule."""
    place = "word/embeddings/a.xlsx"
    macro = with_entry(book(), "xl/vbaProject.bin", b"1")
    yield refused("docx", "chart with macros", with_entry(text(), place, macro), "macros")
    deep = with_entry(book(), "xl/embeddings/b.xlsx", book())
    yield refused("docx", "chart in a chart", with_entry(text(), place, deep), "object_inside")
    bomb = document("xlsx", Part(b"xl/a.xml", bytes(5_000_000)))
    content = with_entry(text(), place, bomb)
    yield refused("docx", "chart that is a bomb", content, "packed_too_well")
    many = document("xlsx", *(Part(b"xl/%d.xml" % n, b"<a/>") for n in range(990)))
    content = with_entry(text(), place, many)
    yield refused("docx", "chart of many parts", content, "too_many_parts")
    yield refused("docx", "chart that is a text", with_entry(text(), place, text()), "not_its_kind")
    yield refused("docx", "chart that is none", with_entry(text(), place, b"MZ"), "cut_off")


def from_outside() -> Corpus:
    for ending in MAIN:
        for tie in ("attachedTemplate", "image", "externalLinkPath", "hyperlinkBase"):
            for target in ("http://x.example/a.dotm", "file:///C:/a.dotx", "\\\\server\\a"):
                content = tied(ending, tie, target)
                yield refused(ending, f"{tie} to {target}", content, "outside_data")
        quiet = tied(ending, "image", "http://x.example/a.png", outside=False)
        yield refused(ending, "outside that is not told", quiet, "outside_data")
        for target in ("javascript:alert(1)", "ms-msdt:/id", "search-ms:query=a", "data:,a"):
            content = tied(ending, "hyperlink", target)
            yield refused(ending, f"link to {target}", content, "outside_data")
    for name in (
        "xl/externalLinks/externalLink1.xml",
        "xl/connections.xml",
        "xl/queryTables/q.xml",
    ):
        content = document("xlsx", Part(name.encode(), b"<a/>"))
        yield refused("xlsx", name, content, "outside_data")
    yield from open_documents()


def open_documents() -> Corpus:
    acting = {
        '<draw:image xlink:href="http://x.example/a.png"/>': "outside_data",
        '<draw:image xlink:href="file:///etc/passwd"/>': "outside_data",
        '<draw:object xlink:href="../../a.odt"/>': "outside_data",
        '<text:section-source xlink:href="//server/a.odt"/>': "outside_data",
        '<office:dde-source office:dde-application="cmd"/>': "outside_data",
        '<draw:floating-frame xlink:href="https://x.example/"/>': "outside_data",
        '<text:a xlink:href="vnd.sun.star.script:a.py$b?location=user"/>': "macros",
        '<text:a xlink:href=" javascript:alert(1)"/>': "macros",
        '<script:event-listener xmlns:script="urn:s" xlink:href="a"/>': "macros",
    }
    for ending, kind in OPEN.items():
        for markup, problem in acting.items():
            content = CONTENT % (kind, markup, kind)
            yield with_main(ending, markup[1:20], content.encode(), problem)
        inner = Part(b"Object 1/content.xml", (CONTENT % (kind, next(iter(acting)), kind)).encode())
        yield refused(ending, "outside in an object", document(ending, inner), "outside_data")


def frames_that_lie() -> Corpus:
    for ending in MAIN:
        for index, what in enumerate(["no list of contents", "no ties"]):
            parts = frame(ending)
            del parts[index]
            yield refused(ending, what, zipped(parts), "not_its_kind")
        yield refused(ending, "template", zipped(frame(ending, content_type="a/b")), "not_its_kind")
    for ending in OPEN:
        locked = '<manifest:file-entry manifest:full-path="a"><manifest:encryption-data/>'
        parts = frame(ending, types=locked + "</manifest:file-entry>")
        yield refused(ending, "locked", zipped(parts), "locked")
        parts = frame(ending)
        yield refused(ending, "type not first", zipped([*parts[1:], parts[0]]), "not_its_kind")
        yield refused(ending, "no manifest", zipped(parts[:2]), "not_its_kind")
        packed = [Part(parts[0].name, parts[0].content), *parts[1:]]
        yield refused(ending, "type packed", zipped(packed), "not_its_kind")
        master = Part(b"mimetype", parts[0].content + b"-master", 0)
        yield refused(ending, "another type", zipped([master, *parts[1:]]), "not_its_kind")


def refused(ending: str, what: str, content: bytes, problem: str) -> Hostile:
    return Hostile(what, f"a.{ending}", content, (problem,))
