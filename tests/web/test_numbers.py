"""Numbers, percentages and money in the way of each language."""

from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from web.script.numbers import money, number, percent

SERBIAN_AND_BOSNIAN = ["sr", "sr-latn", "bs"]
NO_BREAK = "\u00a0"


@pytest.mark.parametrize(
    ("value", "places", "english", "serbian"),
    [
        (0, None, "0", "0"),
        (7, None, "7", "7"),
        (12418, None, "12,418", "12.418"),
        (7.4, None, "7.4", "7,4"),
        (2, 1, "2.0", "2,0"),
        (6500000.5, None, "6,500,000.5", "6.500.000,5"),
        (2.25, 1, "2.3", "2,3"),  # half up, where Python's own rounding says 2.2
        (1.005, 2, "1.01", "1,01"),
        (1999.99, 0, "2,000", "2.000"),
        (Decimal("1234.50"), 2, "1,234.50", "1.234,50"),
        (-3, None, "−3", "−3"),
        (-0.01, 0, "0", "0"),
    ],
)
def test_a_number(value, places, english, serbian):
    with translation.override("en"):
        assert number(value, places) == english
    for language in SERBIAN_AND_BOSNIAN:
        with translation.override(language):
            assert number(value, places) == serbian


def test_a_percentage_keeps_its_sign_on_the_same_line():
    with translation.override("en"):
        assert percent(33.35) == "33.4%"
    for language in SERBIAN_AND_BOSNIAN:
        with translation.override(language):
            assert percent(33.35) == f"33,4{NO_BREAK}%"


def test_money_has_cents_only_where_there_are_any():
    with translation.override("en"):
        assert money(1_250_000, "RSD") == f"RSD{NO_BREAK}1,250,000"
        assert money(Decimal("99.5"), "EUR") == f"EUR{NO_BREAK}99.50"
    for language in SERBIAN_AND_BOSNIAN:
        with translation.override(language):
            assert money(1_250_000, "RSD") == f"1.250.000{NO_BREAK}RSD"
            assert money(Decimal("99.5"), "KM") == f"99,50{NO_BREAK}KM"


def test_templates_have_both_as_filters():
    template = engines["django"].from_string('{{ n|number }} {{ n|number:2 }} {{ n|money:"KM" }}')

    with translation.override("bs"):
        assert template.render({"n": 1234.5}) == f"1.234,5 1.234,50 1.234,50{NO_BREAK}KM"


@given(st.integers(-(10**15), 10**15), st.sampled_from(["en", *SERBIAN_AND_BOSNIAN]))
def test_no_digit_is_lost_or_added(value, language):
    with translation.override(language):
        written = number(value)

    assert int("".join(sign for sign in written if sign.isdigit())) == abs(value)
    assert written.startswith("−") == (value < 0)
