"""From one script into the other, with every trap of pages 9.4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.script.transliterate import to_cyrillic, to_latin

ALPHABET = "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž"
LATIN = ALPHABET.split()
CYRILLIC = "абцчћдџђефгхијклљмнњопрсштувзж"
latin_words = st.lists(st.sampled_from(LATIN), min_size=2, max_size=12).map("".join)


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Injekcija", "Инјекција"),
        ("mikroinjekcija", "микроинјекција"),
        ("konjunktura", "конјунктура"),
        ("KONJUNKTURA", "КОНЈУНКТУРА"),
        ("konjugacija", "конјугација"),
        ("nadživeti", "надживети"),
        ("nenadživljen", "ненадживљен"),
        ("tanjug", "танјуг"),
        ("TANJUG", "ТАНЈУГ"),
        ("podžanr", "поджанр"),
        ("odžaliti", "оджалити"),
        ("anjon", "анјон"),
        # the same letters where they are one
        ("kanjon", "кањон"),
        ("Odžaci", "Оџаци"),
        ("Hodžalić", "Хоџалић"),
        ("konjušar", "коњушар"),
        ("budžet", "буџет"),
        ("Ljubav", "Љубав"),
        ("LJUBAV", "ЉУБАВ"),
        ("NJEGOŠ", "ЊЕГОШ"),
        ("DŽEP", "ЏЕП"),
        ("Lj. Nj. Dž.", "Љ. Њ. Џ."),
        ("Đorđe Džudža", "Ђорђе Џуџа"),
        ("SKGO", "СКГО"),
        ("JLS", "ЈЛС"),
        ("OKO", "ОКО"),
        ("CSR", "ЦСР"),
        ("Čačak, 21. januara 2026.", "Чачак, 21. јануара 2026."),
    ],
)
def test_there_and_back(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    "text",
    [
        "Horizontal Facility",
        "HELP NET",
        "IPA 2020",
        "EU",
        "UNICEF",
        "SwissPRO",
        "Facility",
        "Wien",
        "Müller",
        "https://example.org/čaj?q=1",
        "www.minrzs.gov.rs",
        "example.rs",
        "koordinator.kikinda@example.org",
        "izveštaj_2007.pdf",
        "SWS-2007-001",
        "RS124",
        "10h",
        "e-mail",
        "II",
        "VIII",
        "%(koraka)d {naziv} %s",
        '<a href="/opstine/" class="dugme">',
        "&nbsp;",
        '<span lang="en">Support to municipalities</span>',
    ],
)
def test_what_stays_latin(text):
    assert to_cyrillic(text) == text
    assert to_cyrillic(f"Opština: {text} i grad") == f"Општина: {text} и град"


def test_a_case_ending_after_an_abbreviation_is_serbian():
    assert to_cyrillic("iz EU-a i IPA-e") == "из EU-а и IPA-е"


def test_serbian_inside_markup_is_serbian():
    assert (
        to_cyrillic('<b class="x">Opština</b> &amp; grad') == '<b class="x">Општина</b> &amp; град'
    )


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("I opština i grad", "И општина и град"),
        ("Prva faza do 2011. godine. I druga", "Прва фаза до 2011. године. И друга"),
        ("ZAKON I PRAVILNIK", "ЗАКОН И ПРАВИЛНИК"),
        ("GRUPE I POJEDINCI", "ГРУПЕ И ПОЈЕДИНЦИ"),
        ("GLAVA I OPŠTE ODREDBE", "ГЛАВА I ОПШТЕ ОДРЕДБЕ"),
        ("I grupa, II grupa i IV grupa", "I група, II група и IV група"),
        ("u razvojnoj grupi I", "у развојној групи I"),
        ("I–III razred", "I–III разред"),
        ("I. Uvod", "I. Увод"),
        ("član 13a, deo V", "члан 13а, део V"),
        ("predsednik V. P.", "председник В. П."),
    ],
)
def test_numerals_are_told_from_the_word_and_from_initials(latin, cyrillic):
    assert to_cyrillic(latin) == cyrillic


def test_a_letter_of_the_other_script_hidden_in_a_word_is_mended():
    assert to_cyrillic("lјudi") == "људи"
    assert to_latin("Cрбија") == "Srbija"


def test_pairs_typed_as_one_character_and_decomposed_letters_are_understood():
    assert to_cyrillic("ǈubav i ǆep") == "Љубав и џеп"
    assert to_cyrillic("c\u030cac\u030cak") == "чачак"


def test_capital_pairs_follow_their_neighbours():
    assert to_latin("ЉУБАВ, ЊЕГОШ, ЏЕП, СЊ") == "LJUBAV, NJEGOŠ, DŽEP, SNJ"
    assert to_latin("Љубав, Његош, Џеп, Љ.") == "Ljubav, Njegoš, Džep, Lj."


def test_addresses_and_files_keep_their_letters_in_latin_too():
    text = "Одлука: одлука_12.pdf, https://пример.срб/одлука, писарница@пример.срб"

    expected = "Odluka: одлука_12.pdf, https://пример.срб/одлука, писарница@пример.срб"
    assert to_latin(text) == expected


@given(latin_words)
def test_a_latin_word_comes_back(word):
    assert to_latin(to_cyrillic(word)) == word
    assert to_latin(to_cyrillic(word.capitalize())) == word.capitalize()


@given(st.lists(st.sampled_from([*LATIN[:6], "e", "nj", "lj"]), min_size=3).map("".join))
def test_a_latin_word_in_capitals_comes_back(word):
    shouted = f"{word}A".upper()

    assert to_latin(to_cyrillic(shouted)) == shouted


@given(st.text(alphabet=CYRILLIC + CYRILLIC.upper() + " .,-1"))
def test_serbian_in_latin_has_no_cyrillic_left_and_cyrillic_stays_cyrillic(text):
    latin = to_latin(text)

    assert not any("\u0400" <= sign <= "\u04ff" for sign in latin)
    assert to_cyrillic(text) == text


odd_text = st.text() | st.text(
    alphabet=CYRILLIC + "abcdijlnvxž IVXЉЊЏ<>/@.%(){}&;:_-019\u200b\u030c"
)


@given(odd_text)
def test_any_text_is_answered_and_latin_is_final(text):
    to_cyrillic(text)

    assert to_latin(to_latin(text)) == to_latin(text)


@pytest.mark.parametrize("piece", ["а-", "I ", "a.", "<a lang='en'>", "аa", "{", "@", "x1-", "%("])
def test_ten_thousand_odd_characters_are_answered(piece):
    text = piece * (10_000 // len(piece))

    assert len(to_cyrillic(text)) <= len(text)
    assert len(to_latin(text)) <= 2 * len(text)
