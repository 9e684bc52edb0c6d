"""Search and order that do not see the script (pages 9.8)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.script.fold import fold, sort_key
from web.script.transliterate import to_latin

# The oracle: the Serbian alphabet in Latin order, written down here a second time.
ALPHABET = "абцчћдџђефгхијклљмнњопрсштувзж"
LATIN = "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž"
words = st.text(alphabet=ALPHABET, min_size=1, max_size=12)
# Where two letters meet that Latin writes as one pair, only a list of words can tell them apart.
unambiguous_words = words.filter(lambda word: not any(p in word for p in ("нј", "лј", "дж")))


def in_alphabet(word):
    return [ALPHABET.index(letter) for letter in word]


@pytest.mark.parametrize("typed", ["Čačak", "Чачак", "cacak", "ČAČAK", "чачак", "  Чачак\n"])
def test_a_name_is_found_however_it_was_typed(typed):
    assert fold(typed) == "cacak"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Ђорђе", "djordje"),
        ("Đorđe", "djordje"),
        ("Djordje", "djordje"),
        ("Мркоњић Град", "mrkonjic grad"),
        ("Mrkonjić Grad", "mrkonjic grad"),
        ("Љиг", "ljig"),
        ("Џеп", "dzep"),
        ("Dzep", "dzep"),
        ("Ǆep", "dzep"),  # the pair as one character
        ("Ðorđe", "djordje"),  # the Icelandic letter that looks like Đ
        ("инјекција", "injekcija"),
        ("Бајина Башта", "bajina basta"),
        ("Foča – Ustikolina", "foca - ustikolina"),
        ("", ""),
    ],
)
def test_the_search_key(typed, key):
    assert fold(typed) == key


def test_letters_of_the_other_script_that_only_look_alike_do_not_hide_a_word():
    cyrillic_j_in_latin = "lјudi"
    latin_c_in_cyrillic = "Cрбија"
    cyrillic_p_in_latin = "Рlan"

    assert fold(cyrillic_j_in_latin) == "ljudi"
    assert fold(latin_c_in_cyrillic) == "srbija"
    assert fold(cyrillic_p_in_latin) == "plan"


def test_what_nobody_sees_does_not_count():
    assert fold("Ки\u200bки\u202eн\u00adда\ufeff\x00") == "kikinda"
    assert fold("Novi\u00a0Sad") == "novi sad"


@given(words)
def test_both_scripts_fold_to_one_key(word):
    assert fold(to_latin(word)) == fold(word) == fold(word.upper())


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text):
    composed = unicodedata.normalize("NFC", text)
    decomposed = unicodedata.normalize("NFD", text)

    assert fold(composed) == fold(decomposed)
    assert sort_key(composed) == sort_key(decomposed)


def test_the_alphabet_in_its_own_order_in_both_scripts():
    latin = LATIN.split()

    assert [sort_key(letter) for letter in latin] == sorted(map(sort_key, latin))
    assert [sort_key(letter) for letter in ALPHABET] == [sort_key(letter) for letter in latin]


@given(st.lists(words))
def test_sorting_by_key_is_sorting_by_the_alphabet(listed):
    assert sorted(listed, key=sort_key) == sorted(listed, key=in_alphabet)


@given(unambiguous_words)
def test_both_forms_of_a_name_stand_at_the_same_place(word):
    assert sort_key(to_latin(word)) == sort_key(word)
    assert sort_key(to_latin(word.capitalize())) == sort_key(word)
    assert sort_key(to_latin(word.upper())) == sort_key(word)


def test_two_letters_that_are_no_pair_sort_as_two_in_both_scripts():
    assert sort_key("injekcija") == sort_key("инјекција") < sort_key("ињ") == sort_key("inj")


def test_places_sort_word_by_word_with_their_letters_in_place():
    places = ["Žitište", "Novigrad", "Novi Sad", "Ćuprija", "Čoka", "Crna Trava", "Zaječar"]
    places += ["Ljig", "Lučani", "Đakovo", "Džep", "Dvor", "Dubica", "Šid", "Surdulica"]

    assert sorted(places, key=sort_key) == [
        *["Crna Trava", "Čoka", "Ćuprija", "Dubica", "Dvor", "Džep", "Đakovo", "Lučani", "Ljig"],
        *["Novi Sad", "Novigrad", "Surdulica", "Šid", "Zaječar", "Žitište"],
    ]


@given(st.text())
def test_a_sort_key_has_only_signs_that_every_database_sorts_alike(text):
    key = sort_key(text)

    assert key.isascii()
    assert key == "" or key.isalnum()
    assert key == key.lower()
