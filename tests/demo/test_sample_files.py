"""The files that the demo writes: sound, the same each time, readable on plain Debian."""

from itertools import chain

import pytest

from config.demo.papers import Sample, content_of, elsewhere, irig_2021, kikinda_2007
from config.demo.papers.letters import letters
from config.demo.papers.pdf import lines_of
from documents.intake import examine
from documents.reading import text_of

ALL = [
    found
    for found in chain.from_iterable(
        vars(one).values() for one in (kikinda_2007, irig_2021, elsewhere)
    )
    if isinstance(found, Sample)
]


@pytest.mark.parametrize("sample", ALL, ids=lambda one: one.name)
def test_each_would_be_kept_and_says_what_it_shall(sample, tmp_path):
    path = tmp_path / sample.name
    path.write_bytes(content_of(sample))

    verdict = examine(path, sample.name)
    words = " ".join(text_of(path, verdict.content_type).split())

    assert verdict.accepted, verdict
    said = [sample.title, *sample.lines, *chain.from_iterable(sample.rows), *sample.about]
    assert [line for line in said if line.removeprefix("– ") not in words] == []
    assert sample.is_signed or content_of(sample) == path.read_bytes()


def test_a_pdf_brings_the_letters_of_both_scripts_and_few_others():
    face = letters("Regular")

    assert len(face.glyphs("Ђорђе Љубичић, Đorđe Ljubičić: 2008–12.")) == 4 * 39
    assert len(face.program) < 60_000
    with pytest.raises(KeyError):
        face.glyphs("漢")


def test_a_text_longer_than_a_page_is_refused():
    with pytest.raises(ValueError, match="longer than a page"):
        lines_of(Sample("dug.pdf", "Наслов", "извор", lines=["реч " * 40] * 40))
