"""Finding, ordering and naming: blind to script in search, never blind to equal names."""

from collections import Counter

import pytest
from django.db import connection
from django.db.models.functions import Collate
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from municipalities.models import Municipality
from municipalities.register import load_register, read_units

UNITS = read_units()

# The Serbian alphabet in its Latin order, a b c č ć d dž đ …, in Cyrillic: one sign a letter.
ALPHABET = "абцчћдџђефгхијклљмнњопрсштувзж"


def rank(cyrillic_name: str) -> list[int]:
    """Places in the alphabet, from the Cyrillic name: there every letter is one character.

    A blank, a hyphen or a bracket comes before every letter, as in a printed index.
    """
    return [ALPHABET.index(sign) if sign in ALPHABET else -1 for sign in cyrillic_name.lower()]


def codes(found) -> set[str]:
    return set(found.values_list("code", flat=True))


def test_all_318_names_stand_in_the_order_of_the_serbian_alphabet(register):
    names = [unit.name_cyrillic for unit in Municipality.objects.sorted()]

    assert len(names) == 318
    assert [rank(name.rstrip(")")) for name in names] == sorted(
        rank(name.rstrip(")")) for name in names
    )


def test_the_order_is_that_of_the_databases_own_serbian_collation(register):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has a Serbian collation")
    serbian = Collate("name_latin", "sr-Latn-RS-x-icu")

    names = Municipality.objects.values_list("name_latin", flat=True)

    assert list(names.sorted()) == list(names.order_by(serbian, "code"))


def test_the_alphabet_has_its_own_letters_where_ascii_would_not(register):
    order = list(Municipality.objects.sorted().values_list("name_latin", flat=True))

    for earlier, later in [
        ("Crveni krst", "Čačak"),
        ("Čukarica", "Ćićevac"),
        ("Ćuprija", "Derventa"),
        ("Lučani", "Ljig"),
        ("Ljubuški", "Maglaj"),
        ("Novo Sarajevo", "Obrenovac"),
        ("Svrljig", "Šabac"),
        ("Šipovo", "Temerin"),
        ("Zvornik", "Žabalj"),
        ("Novi Travnik", "Novo Goražde"),
    ]:
        assert order.index(earlier) < order.index(later), (earlier, later)
    assert order[0] == "Ada"
    assert order[-1] == "Živinice"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("čačak", "71242"),
        ("чачак", "71242"),
        ("cacak", "71242"),
        ("ČAČAK", "71242"),
        ("C\u030cac\u030cak", "71242"),
        ("  Čačak ", "71242"),
        ("indjija", "80179"),
        ("inđija", "80179"),
        ("инђија", "80179"),
        ("mrkonjic", "1108759175"),
        ("Мркоњић Град", "1108759175"),
        ("brcko", "1108759025"),
    ],
)
def test_search_finds_a_name_however_it_is_typed(register, words, code):
    assert codes(Municipality.objects.matching(words)) == {code}


def test_a_search_for_an_equal_name_finds_all_of_them(register):
    found = Municipality.objects.matching

    assert codes(found("palilula")) == codes(found("Палилула")) == {"70203", "71323"}
    assert codes(found("novi sad")) == {"89010", "80284"}
    assert codes(found("foča")) == {"1108759071", "1108759073"}
    assert codes(found("купрес")) == {"1108759145", "1108759147"}
    assert found("petrovac").count() == 4


def test_nothing_to_search_for_finds_all_and_nonsense_nothing(register):
    assert Municipality.objects.matching(" \u200b ").count() == 318
    assert not Municipality.objects.matching("%").exists()
    assert not Municipality.objects.matching("_").exists()
    assert not Municipality.objects.matching("č" * 10_000).exists()
    assert codes(Municipality.objects.matching("kikinda\0")) == {"80209"}


def test_equal_names_are_told_apart_in_words(register):
    full = {code: unit.full_name for code, unit in in_bulk().items()}

    assert full["70203"] == "Palilula (Beograd)"
    assert full["71323"] == "Palilula (Niš)"
    assert full["89010"] == "Novi Sad (city)"
    assert full["80284"] == "Novi Sad (city municipality)"
    assert full["1108759073"] == "Foča (Republika Srpska)"
    assert full["1108759201"] == "Pale (Republika Srpska)"
    assert full["1108759145"] == "Kupres (Federation of Bosnia and Herzegovina)"
    assert full["1108759147"] == "Kupres (Republika Srpska)"
    assert full["80209"] == "Kikinda"


def test_names_follow_the_readers_script(register):
    palilula = register("71323")

    with translation.override("sr"):
        assert (palilula.name, palilula.full_name) == ("Палилула", "Палилула (Ниш)")
    for latin in ("sr-latn", "bs", "en"):
        with translation.override(latin):
            assert (palilula.name, palilula.full_name) == ("Palilula", "Palilula (Niš)")
    with translation.override(None):
        assert palilula.name == "Palilula"


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
def test_no_two_full_names_are_equal(register, language):
    with translation.override(language):
        times = Counter(unit.full_name for unit in in_bulk().values())

    assert len(times) == 318


def test_full_names_of_a_whole_list_cost_one_query(register, django_assert_num_queries):
    with django_assert_num_queries(1):
        in_bulk_names = [unit.full_name for unit in in_bulk().values()]
    assert len(in_bulk_names) == 318


def in_bulk() -> dict[str, Municipality]:
    return Municipality.objects.select_related("parent").in_bulk(field_name="code")


class AnySearch(TestCase):
    """Laws of the search, over every unit and over any text at all."""

    @classmethod
    def setUpTestData(cls):
        load_register()

    @given(st.sampled_from(sorted(UNITS)), st.integers(0, 30), st.integers(1, 30), st.booleans())
    @settings(max_examples=60, deadline=None)
    def test_any_piece_of_a_name_finds_its_unit_in_both_scripts(self, code, start, length, upper):
        unit = UNITS[code]
        for name in (unit.name_latin, unit.name_cyrillic):
            piece = name[start : start + length]
            typed = piece.upper() if upper else piece

            found = codes(Municipality.objects.matching(typed))

            assert code in found, (typed, found)

    @given(st.text(max_size=500))
    @settings(max_examples=60, deadline=None)
    def test_no_text_makes_the_search_fail(self, text):
        assert Municipality.objects.matching(text).count() <= 318
