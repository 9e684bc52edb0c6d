"""Hostile PDFs: what acts, openly or hidden, what is locked, attached, broken or too much."""

import zlib

from tests.documents.intake.good_documents import text
from tests.documents.intake.good_pdfs import attached, objects_packed, pdf, printed, signed, stream
from tests.documents.intake.hostile import Corpus, Hostile
from tests.documents.intake.hostile_names import CONTENTS, TEST_VIRUS

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
OPENING = b"/OpenAction 4 0 R"


def hostile_pdfs() -> Corpus:
    for what, content, *problems in [*scripts(), *starting(), *locked(), *attachments(), *others()]:
        yield Hostile(what, "a.pdf", content, tuple(problems))


def scripts():
    yield "script", pdf(SCRIPT, catalog=OPENING), "scripts"
    yield "script in the catalog", pdf(catalog=b"/OpenAction " + SCRIPT), "scripts"
    yield "scripts by name", pdf(catalog=b"/Names << /JavaScript 4 0 R >>"), "scripts"
    for name in (b"/J#61vaScript", b"/#4a#61#76#61Script", b"/Java#53cript", b"/JavaScrip#74"):
        hidden = SCRIPT.replace(b"/JavaScript", name).replace(b"/JS", b"/A")
        yield f"written as {name!a}", pdf(hidden, catalog=OPENING), "scripts"
    yield "key alone", pdf(b"<< /S 5 0 R /J#53 (1) >>", b"/Name", catalog=OPENING), "scripts"
    yield "name in an object of its own", pdf(b"<< /S 5 0 R >>", b"/JavaScript"), "scripts"
    yield "in packed objects", pdf(objects_packed(SCRIPT)), "scripts"
    untold = objects_packed(b"(a", SCRIPT, told=b"")
    yield "in packed objects of no type", pdf(untold), "scripts"
    no_kind = objects_packed(SCRIPT, told=b"/Type /Obj#53tm /Subtype /Image")
    yield "in packed objects as a picture", pdf(no_kind), "scripts"
    generous = pdf(objects_packed(SCRIPT).replace(b"\nstream\n", b" % a\rstream\r"))
    yield "packed objects behind a comment", generous, "scripts"
    in_picture = stream(b"9 0 obj\n" + SCRIPT + b"\nendobj", b"/Subtype /Image", packed=False)
    yield "in the bytes of a picture", pdf(in_picture), "scripts"
    in_text = b"<< /Title (9 0 obj " + SCRIPT.replace(b"(", b"\\(").replace(b")", b"\\)") + b") >>"
    yield "in a text", pdf(in_text), "scripts"
    bracket = b"<< /A (endobj stream\n) /B (\\() /C <28> /S /JavaScript >> "
    yield "behind texts that mislead", pdf(bracket), "scripts"
    yield "behind a comment", pdf(b"<< % ( < \n /S /JavaScript >>"), "scripts"
    misleading = pdf(b"<< /Upstream\n /S /JavaScript >>")
    yield "behind a name that misleads", misleading, "scripts"
    yield "in the trailer", pdf(trailer=b"/A " + SCRIPT), "scripts"
    for name in (b"/XFA", b"/RichMedia"):
        yield f"{name!a}", pdf(b"<< %b 5 0 R >>" % name, stream(b"<a/>")), "scripts"
    behind = signed(pdf()) + pdf(SCRIPT)[8:]
    yield "added behind a signature", behind, "scripts", "cut_off"


def starting():
    for action in (b"/Launch", b"/ImportData", b"/L#61unch"):
        told = b"<< /S %b /F (cmd.exe) >>" % action
        yield f"starts {action!a}", pdf(told, catalog=OPENING), "starts_programs"
        yield f"starts {action!a}, packed", pdf(objects_packed(told)), "starts_programs"


def locked():
    told = b"/Encrypt << /Filter /Standard /V 4 /R 4 >>"
    yield "locked", pdf(trailer=told), "locked"
    yield (
        "locked by an object",
        pdf(b"<< /Filter /Standard >>", trailer=b"/Encrypt 4 0 R"),
        "locked",
    )
    yield "locked, disguised", pdf(trailer=b"/Encryp#74 4 0 R"), "locked"


def attachments():
    kinds = ("exe", "elf", "sh", "zip", "rar", "doc", "rtf", "html", "svg", "php")
    for kind in kinds:
        refused = ("attachment", "program_inside", "archive_inside", "object_inside", "two_kinds")
        yield f"attached {kind}", attached(b"(a.txt)", CONTENTS[kind]), *refused
    for name in (b"(a.vbs)", b"(a.js)", b"(a.pdf)", b"(a)", b"(a.txt.bat)", b"(a\\).txt", b"<2e>"):
        yield f"attached as {name!a}", attached(name, b"1"), "attachment"
    yield "attached text", attached(b"(a.docx)", text()), "attachment"
    yield "attached noise", attached(b"(a.txt)", bytes(range(256))), "attachment"
    yield (
        "attached, not packed",
        attached(b"(a.csv)", b"MZ" + bytes(9), packed=False),
        "program_inside",
    )
    yield "attached test virus", attached(b"(a.txt)", TEST_VIRUS), "infected"
    elsewhere = pdf(stream(b"1"), b"<< /EF 6 0 R /F (a.txt) >>", b"<< /F 4 0 R >>")
    yield "attached from elsewhere", elsewhere, "attachment"
    hidden = pdf(stream(b"1"), b"<< /E#46 << /F 4 0 R >> /F (a.txt) >>")
    yield "attached in disguise", hidden, "attachment"
    packed = objects_packed(b"<< /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>")
    yield "attached in packed objects", pdf(stream(b"1"), packed), "attachment"


def others():
    yield "no pages", pdf().replace(b"/Pages", b"/Sheet"), "cut_off"
    yield "another version", pdf().replace(b"%PDF-1.7", b"%PDF-9.x"), "damaged"
    yield "table elsewhere", pdf().replace(b"startxref\n", b"startxref\n1"), "cut_off"
    yield (
        "table at the start",
        pdf().replace(b"startxref\n", b"startxref\n00000"[:10]) + b"x",
        "more_behind",
    )
    yield "something behind", pdf() + CONTENTS["html"], "two_kinds", "more_behind"
    yield "a program behind", pdf() + CONTENTS["exe"], "more_behind", "cut_off"
    yield "a zip behind", printed("a") + CONTENTS["zip"], "two_kinds"
    yield "a zip inside", pdf(stream(CONTENTS["zip"], packed=False)), "two_kinds"
    yield "a page in front", pdf().replace(b"%\xe2", b"%<svg onload=a>"), "two_kinds"
    yield "a script inside", pdf(b"<< /A (<script>alert\\(1\\)</script>) >>"), "two_kinds"
    yield "not at the start", b"\n" + pdf(), "not_its_kind"
    yield "test virus", pdf(b"(%b)" % TEST_VIRUS), "infected"
    yield "test virus, packed", pdf(stream(TEST_VIRUS)), "infected"
    yield "broken packed objects", pdf(objects_packed(SCRIPT).replace(b"x\x9c", b"xx")), "damaged"
    unusual = objects_packed(SCRIPT).replace(b"/FlateDecode", b"/LZWDecode")
    yield "packed in another way", pdf(unusual), "damaged"
    yield (
        "packed by reference",
        pdf(objects_packed(SCRIPT).replace(b"/FlateDecode", b"9 0 R")),
        "damaged",
    )
    predicted = objects_packed(b"1", told=b"/Type /ObjStm /DecodeParms << /Predictor 12 >>")
    yield "packed with prediction", pdf(predicted), "damaged"
    padded = objects_packed(SCRIPT, told=b"/A (%b)" % (b" " * 70_000))
    yield "hidden behind much of nothing", pdf(padded), "damaged"
    twice = stream(
        zlib.compress(zlib.compress(bytes(9_000_000))),
        b"/Filter [/FlateDecode /FlateDecode]",
        False,
    )
    yield "packed twice", pdf(twice), "packed_too_well"
    bomb = stream(bytes(50_000_000))
    yield "250 MB of zeros", pdf(*[bomb] * 5), "unpacks_to_much"
    yield "objects of zeros", pdf(objects_packed(bytes(40_000_000))), "unpacks_to_much"
    many = b"".join(b"%d 0 obj\n" % number for number in range(400_001))
    yield "200,001 objects", pdf(stream(many, packed=False)), "too_many_parts"
