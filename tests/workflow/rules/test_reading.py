"""Whatever is fed in: one clear problem with its line, never a traceback."""

import pytest

from tests.workflow.rules.files import RIGHT, check_programme, procedure
from workflow.rules.reading import read

# what is fed in: (line of the one problem, a word of what was found)
IMPOSSIBLE = {
    "nothing": (b"", 1, "empty"),
    "only a remark": (b"# nothing\n", 1, "empty"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", 1, "PDF"),
    "a PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, "PNG"),
    "a spreadsheet": (b"PK\x03\x04\x14\x00\x06\x00", 1, "XLSX"),
    "another encoding": ("key: a\nsr: Начрт".encode("cp1251"), 2, "UTF-8"),
    "UTF-16": ("key: a".encode("utf-16"), 1, "UTF-8"),
    "a zero byte": (b"key: \x00", 1, "binary"),
    "a lone surrogate": ("key: \ud800", 1, "stored"),
    "too much": ("key: " + "x" * 1_000_001, 1, "bytes"),
    "lists in lists": ("[" * 5000, 1, "deep"),
    "blocks in blocks": ("{a: " * 5000, 1, "deep"),
    "dashes": ("- " * 5000, 1, "deep"),
    "an alias that multiplies": ("a: 1\nb: &b [x, x]\nc: [*b, *b]", 2, "anchor"),
    "an alias to nothing": ("a: *gone", 1, "anchor"),
    "a tag": ("a: 1\nb: !!python/object/apply:os.system [ls]", 2, "tag"),
    "a tag on a key": ("a: 1\n!!int 3: b", 2, "tag"),
    "a second document": ("a: 1\n---\nb: 2", 2, "second document"),
    "a key that is a list": ("a: 1\n? [b]\n: c", 2, "key that is a block"),
    "a very long key": ("a: 1\n" + "b" * 500 + ": c", 2, "bbb"),
    "a tab": ("a: 1\n\tb: 2", 2, "character"),
    "an open quote": ('a: 1\nb: "c\n', 3, "end of stream"),
    "a bell": ("a: \x07", 1, "control"),
    "another YAML": ("%YAML 9.9\n---\na: 1", 1, "incompatible"),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_read_gives_one_clear_problem(name):
    source, line, word = IMPOSSIBLE[name]

    for check in (procedure, check_programme):
        normal, [problem] = check(source)

        assert normal is None
        assert problem.line == line
        assert word in problem.found


@pytest.mark.parametrize("source", ["hello", "- a", "~", "12", "true", "9" * 5000])
def test_a_file_without_keys_is_told_which_keys_it_needs(source):
    normal, [problem] = procedure(source)

    assert normal is None
    assert "programme" in problem.expected


def test_sixty_thousand_mistakes_are_cut_to_a_readable_number():
    normal, problems = procedure("".join(f"k{number}: 1\n" for number in range(60_000)))

    assert normal is None
    assert len(problems) == 501
    assert "59506 more" in problems[-1].found


def test_words_stay_as_typed():
    document, problems = read('{on: 2018-08-03, at: 24:00, no: "5", yes: 010, n: 5, t: true, e: }')

    assert problems == []
    assert document.content == {
        "on": "2018-08-03", "at": "24:00", "no": "5", "yes": "010", "n": 5, "t": True, "e": None,
    }  # fmt: skip


def test_every_path_has_its_line():
    document, __ = read("a: 1\nb:\n  - c: 2\n  - d: 3\n")

    assert document.line_of("b[1].d") == 4
    assert document.line_of("b[1].missing.key") == 4
    assert document.line_of("nowhere") == 1


@pytest.mark.parametrize("source", [RIGHT, RIGHT.encode(), b"\xef\xbb\xbf" + RIGHT.encode()])
def test_text_bytes_and_a_byte_order_mark_read_alike(source):
    assert procedure(source) == procedure(RIGHT)


def test_windows_line_ends_change_nothing():
    assert procedure(RIGHT.replace("\n", "\r\n")) == procedure(RIGHT)


def test_a_key_that_stands_twice_is_told_with_both_lines():
    normal, [problem] = procedure(RIGHT + "country: RS\n")

    assert normal is None
    assert (problem.line, problem.key) == (RIGHT.count("\n") + 1, "country")
    assert "line 3" in problem.expected
