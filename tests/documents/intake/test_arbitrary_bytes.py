"""No bytes break the examination, and none are kept unless they are what they say."""

import io
import zipfile
from functools import cache

import pypdf
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.intake import LIMITS
from documents.intake.examining import HEAD, demand_good_content, demand_look
from documents.intake.kinds import KINDS
from documents.intake.verdict import Unfit
from tests.documents.intake.good_documents import book, open_document, text
from tests.documents.intake.good_pdfs import attached, objects_packed, pdf
from tests.documents.intake.good_pictures import jpeg, png

usual = settings(max_examples=150, deadline=None)


def is_kept(content: bytes, ending: str) -> bool:
    """The rules themselves, without the net below them: only `Unfit` may come out."""
    try:
        kind = demand_look(f"a.{ending}", content[:HEAD], len(content), LIMITS)
        demand_good_content(content, kind, LIMITS)
    except Unfit:
        return False
    return True


def is_truly(content: bytes, ending: str) -> bool:
    """Whether another library takes it for that kind."""
    file = io.BytesIO(content)
    if ending == "pdf":
        return len(pypdf.PdfReader(file).pages) >= 0
    if ending in ("png", "jpg", "jpeg"):
        return Image.open(file).format == KINDS[ending].label.replace("JPG", "JPEG")
    return zipfile.ZipFile(file).testzip() is None


@cache
def sound(ending: str) -> tuple[bytes, ...]:
    return {
        "pdf": (pdf(), pdf(objects_packed(b"[1]")), attached(b"(a.csv)", b"1;2")),
        "docx": (text(),),
        "xlsx": (book(),),
        "odt": (open_document("text"),),
        "ods": (open_document("spreadsheet"),),
        "png": (png("L"), png("P")),
        "jpg": (jpeg("L"), jpeg("RGB", progressive=True)),
        "jpeg": (jpeg("L"),),
    }[ending]


@usual
@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=2000), st.booleans())
def test_arbitrary_bytes_are_never_kept(ending, noise, with_beginning):
    content = (KINDS[ending].begins if with_beginning else b"") + noise

    assert not is_kept(content, ending) or is_truly(content, ending)


@usual
@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_a_sound_file_with_damage_never_breaks_the_examination(data, ending):
    content = bytearray(data.draw(st.sampled_from(sound(ending))))
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 20))
        content[place : place + length] = data.draw(st.binary(max_size=20))

    kept = is_kept(bytes(content), ending)

    if kept and ending != "pdf":  # what readers of PDF mend is theirs
        assert is_truly(bytes(content), ending)


@usual
@given(st.sampled_from(["pdf", "docx", "png", "jpg"]), st.binary(min_size=40, max_size=200))
def test_whatever_is_put_behind_a_sound_file_is_refused(ending, more):
    for content in sound(ending):
        behind = content + b"a" + more.replace(b"\x00", b"a") + b"a"

        assert not is_kept(behind, ending)
