"""The letters of Serbian, in both scripts, out of one of the fonts of `documents/fonts`."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

import documents

FONTS = Path(documents.__file__).parent / "fonts"
CYRILLIC = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZČĆŠŽĐ"
SIGNS = " 0123456789.,:;!?()/-–„“_"
WANTED = "".join([CYRILLIC, CYRILLIC.lower(), LATIN, LATIN.lower(), SIGNS])
TABLES = ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "STAT", "name", "OS/2", "post"]  # not drawn with


@dataclass(frozen=True)
class Letters:
    """A part of a font as a PDF takes it along."""

    name: str
    program: bytes
    glyph_of: dict[int, int]  # by code point
    widths: list[int]  # by glyph, in thousandths

    def glyphs(self, text: str) -> str:
        """The text as the numbers of its glyphs. KeyError for a letter that is not WANTED."""
        return "".join(f"{self.glyph_of[ord(letter)]:04x}" for letter in text)

    @property
    def to_unicode(self) -> bytes:
        """Which letter each glyph is: without this a PDF cannot be read, only looked at."""
        lines = [f"<{glyph:04x}> <{code:04x}>" for code, glyph in sorted(self.glyph_of.items())]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        said = "\n".join(
            "\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def "
            "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{said}\nendcmap end end"
        ).encode()


@cache
def letters(weight: str) -> Letters:
    """Cut once for all files."""
    font = TTFont(FONTS / f"NotoSans-{weight}.ttf", recalcTimestamp=False)
    options = subset.Options(drop_tables=[*subset.Options().drop_tables, *TABLES], hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=WANTED)
    cutter.subset(font)
    written = BytesIO()
    font.save(written)
    scale = 1000 / font["head"].unitsPerEm
    widths = [round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()]
    glyphs = {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}
    return Letters(weight, written.getvalue(), glyphs, widths)
