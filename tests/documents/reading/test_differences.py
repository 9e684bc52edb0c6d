"""What changed between two texts: laws that hold for any, and what a reviewer sees."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.reading import Difference, Piece, after_of, before_of, differences
from documents.reading.alignment import Budget, Gap, runs, shortest_edit
from documents.reading.wording import (
    comparison_in_words,
    folded_in_words,
    only_the_script_differs,
)

OPPOSITE = {"removed": "added", "added": "removed"}
WORDS = ["мера", "plan", "od", ",", "5.000", "–", " ", "  "]
lines = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
texts = st.lists(lines, max_size=30).map("\n".join) | st.text(max_size=60)


@st.composite
def versions(draw):
    """A text and the same after a few edits, as versions of papers are."""
    old = draw(st.lists(lines, min_size=1, max_size=40))
    new = list(old)
    for _edit in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(new)))
        new[place : place + draw(st.integers(0, 3))] = draw(st.lists(lines, max_size=2))
    return "\n".join(old), "\n".join(new)


pairs = st.tuples(texts, texts) | versions()


@given(pairs)
def test_the_differences_hold_both_texts(pair):
    before, after = pair
    found = differences(before, after)

    if before != after:
        assert (before_of(found), after_of(found)) == (before, after)


@given(texts)
def test_equal_texts_have_none(text):
    assert differences(text, text) == []


@given(pairs)
def test_different_texts_have_at_least_one(pair):
    before, after = pair
    marked = [one for one in differences(before, after) if one.kind not in ("same", "folded")]

    assert bool(marked) == (before != after)


@given(pairs)
def test_the_other_way_round_the_same_is_marked(pair):
    before, after = pair
    there, back = differences(before, after), differences(after, before)

    assert marks(there) == marks(back, OPPOSITE)


def marks(found, renamed=None):
    """What is marked, line by line and piece by piece, without the order of what was replaced."""
    names = renamed or {}
    return sorted((place, names.get(kind, kind), text) for place, kind, text in _marked(found))


def _marked(found):
    unchanged = 0
    for one in found:
        if one.kind in ("same", "folded"):
            unchanged += one.count
        elif one.kind == "changed":
            yield from ((unchanged, piece.kind, piece.text) for piece in one.pieces)
        else:
            yield from ((unchanged, one.kind, line) for line in one.lines)


@given(pairs)
def test_what_was_removed_stands_before_what_was_added(pair):
    for parts in (differences(*pair), *(one.pieces for one in differences(*pair))):
        kinds = [part.kind for part in parts]
        assert ("added", "removed") not in set(zip(kinds, kinds[1:], strict=False))


@given(pairs)
def test_a_changed_line_is_marked_and_nothing_is_marked_in_vain(pair):
    for one in differences(*pair):
        if one.kind == "changed":
            assert one.before != one.after
        assert all(piece.text for piece in one.pieces)


@given(
    st.lists(st.sampled_from("abcd"), max_size=25), st.lists(st.sampled_from("abcd"), max_size=25)
)
def test_equal_runs_are_equal_and_in_order(before, after):
    place = across = 0
    for run in runs(before, after, Budget(1_000_000)):
        assert run.length > 0
        assert run.before >= place
        assert run.after >= across
        place, across = run.before + run.length, run.after + run.length
        assert before[run.before : place] == after[run.after : across]


@given(st.lists(st.integers(0, 3), max_size=20), st.lists(st.integers(0, 3), max_size=20))
def test_between_anchors_the_most_is_found_to_be_equal(before, after):
    whole = Gap(0, len(before), 0, len(after))

    found = shortest_edit(before, after, whole, Budget(1_000_000))

    assert sum(run.length for run in found) == longest(before, after)


def longest(one, other):
    """The length of the longest common subsequence, by the table of every textbook."""
    row = [0] * (len(other) + 1)
    for item in one:
        above = row[:]
        for place, across in enumerate(other, 1):
            same = above[place - 1] + 1 if item == across else 0
            row[place] = max(above[place], row[place - 1], same)
    return row[-1]


@given(pairs)
@settings(max_examples=30)
def test_without_any_budget_the_answer_is_coarse_and_right(pair):
    before, after = (text.split("\n") for text in pair)

    found = runs(before, after, Budget(0))

    assert all(before[run.before] == after[run.after] for run in found)


# What a reviewer sees


def test_the_changed_words_of_a_line_are_marked():
    [one] = differences("Јавни увид траје 10 дана.", "Јавни увид траје 15 дана.")

    assert one == Difference(
        "changed",
        pieces=(
            Piece("same", "Јавни увид траје "),
            Piece("removed", "10"),
            Piece("added", "15"),
            Piece("same", " дана."),
        ),
    )


def test_neighbouring_changed_words_are_one_change():
    [one] = differences(
        "Plan usvaja veće opštine Irig danas.", "Plan usvaja skupština grada Irig danas."
    )

    assert [piece.text for piece in one.pieces if piece.kind != "same"] == [
        "veće opštine",
        "skupština grada",
    ]


def test_a_new_word_shows_as_one_new_word():
    [one] = differences("мере за децу", "мере за младу децу")

    assert [(piece.kind, piece.text) for piece in one.pieces] == [
        ("same", "мере за "),
        ("added", "младу "),
        ("same", "децу"),
    ]


def test_a_line_that_resembles_none_is_removed_or_added():
    found = differences("Увод\nСтара мера\nКрај", "Увод\nПотпуно друго поглавље\nКрај")

    assert [(one.kind, one.lines) for one in found] == [
        ("same", ("Увод",)),
        ("removed", ("Стара мера",)),
        ("added", ("Потпуно друго поглавље",)),
        ("same", ("Крај",)),
    ]


def test_a_changed_line_is_found_between_new_ones():
    found = differences(
        "Mera: pomoć u kući za 50 starijih", "Nova mera\nMera: pomoć u kući za 80 starijih\nDruga"
    )

    assert [one.kind for one in found] == ["added", "changed", "added"]


def test_long_unchanged_stretches_are_folded():
    old = [f"ред {number}" for number in range(200)]
    new = [*old[:60], "нови ред", *old[60:]]

    found = differences("\n".join(old), "\n".join(new))

    assert [(one.kind, one.count) for one in found] == [
        ("folded", 57),
        ("same", 3),
        ("added", 1),
        ("same", 3),
        ("folded", 137),
    ]
    assert folded_in_words(found[0]) == "57 unchanged lines"


def test_a_short_stretch_is_not_worth_folding():
    found = differences("a\n1\n2\n3\nb", "x\n1\n2\n3\ny")

    assert "folded" not in [one.kind for one in found]


def test_an_empty_text_against_a_full_one():
    assert differences("", "a\nb") == [Difference("added", ("a", "b"))]
    assert differences("a\nb", "") == [Difference("removed", ("a", "b"))]


# In words

CYRILLIC = "Јавни увид траје 10 дана.\nЊегово место: Љиг, Џеп, Ђурђево."
LATIN = "Javni uvid traje 10 dana.\nNjegovo mesto: Ljig, Džep, Đurđevo."


def test_another_script_is_another_paper_and_that_is_said():
    found = differences(CYRILLIC, LATIN)

    assert found
    assert only_the_script_differs(CYRILLIC, LATIN)
    assert comparison_in_words(CYRILLIC, LATIN, found) == (
        "Only the script differs: the same text, once in Cyrillic and once in Latin."
    )


@pytest.mark.parametrize("other", [CYRILLIC, LATIN.replace("10", "15"), LATIN.replace("Đ", "Dj")])
def test_anything_more_than_the_script_is_not_the_script_alone(other):
    assert not only_the_script_differs(CYRILLIC, other)


def test_what_differs_is_counted():
    before = "Увод\nЈавни увид траје 10 дана.\nИсто\nБрише се"
    after = "Увод\nЈавни увид траје 15 дана.\nИсто"

    assert comparison_in_words(before, after, differences(before, after)) == (
        "1 line changed, 1 line removed."
    )
    assert comparison_in_words(before, before, []) == "The text is the same."


# Bounds


def test_ten_thousand_changed_lines_are_still_told_word_by_word():
    before = "\n".join(f"Мера {number} износи {number * 7} динара" for number in range(10_000))

    found = differences(before, before.replace("динара", "евра"))

    assert [one.kind for one in found] == ["changed"] * 10_000
    assert found[-1].pieces[-2:] == (Piece("removed", "динара"), Piece("added", "евра"))


MEGABYTES = 2_000_000


def one_line_of_one_word():
    line = "а " * (MEGABYTES // 2)
    return line, line[100:] + "б"


def four_letters_in_turns():
    letters = ["абвг"[(place * 7919) % 4] for place in range(MEGABYTES // 2)]
    return "\n".join(letters), "\n".join(reversed(letters[3:]))


def empty_lines():
    return "\n" * MEGABYTES, "\n" * (MEGABYTES - 9)


def every_line_changed():
    lines = [f"ред {place} стоји" for place in range(MEGABYTES // 20)]
    return "\n".join(lines), "\n".join(f"{line} сад" for line in lines)


def lines_turned_around():
    lines = [f"ред {place} стоји" for place in range(MEGABYTES // 20)]
    return "\n".join(lines), "\n".join(reversed(lines))


def nothing_in_common():
    return "ab " * (MEGABYTES // 3), "cd\n" * (MEGABYTES // 3)


@pytest.mark.parametrize(
    "pair",
    [
        one_line_of_one_word,
        four_letters_in_turns,
        empty_lines,
        every_line_changed,
        lines_turned_around,
        nothing_in_common,
    ],
)
def test_two_megabytes_are_compared_within_seconds(pair):
    before, after = pair()

    start = time.process_time()
    found = differences(before, after)
    spent = time.process_time() - start

    assert (before_of(found), after_of(found)) == (before, after)
    assert spent < 10
