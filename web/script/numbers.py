"""Numbers, percentages and money as people write them in each language.

Signs come from `web/formats`: 6.500.000,5 in Serbian and Bosnian, 6,500,000.5 in English.
No line ever breaks inside one of these.
"""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import get_language

Number = int | float | Decimal

_NO_BREAK = "\u00a0"
_MINUS = "\u2212"


def number(value: Number, places: int | None = None) -> str:
    """12.418 · 7,4 · 12,418. Without `places` a whole number has no decimals, any other has one."""
    # Of a float its short form; a `Count` would write itself with thousands apart.
    exact = Decimal(value) if isinstance(value, int) else Decimal(str(value))
    if places is None:
        places = 0 if exact == exact.to_integral_value() else 1
    # Django cuts decimals off; people round, a half up.
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    written = formats.number_format(abs(rounded), decimal_pos=places, force_grouping=True)
    return f"{_MINUS}{written}" if rounded < 0 else written


class Count(int):
    """A count in a sentence: a number to choose its form by, written as people write numbers."""

    def __str__(self) -> str:
        return number(int(self))


def percent(value: Number, places: int | None = None) -> str:
    """40 % · 40%, of a value of 40."""
    return f"{number(value, places)}{'' if _is_english() else _NO_BREAK}%"


def money(amount: Number, currency: str) -> str:
    """1.250.000 RSD · 99,50 EUR · RSD 1,250,000: cents only where there are any.

    `currency` is its ISO code, which no script alters; English puts it first, as the Union does.
    """
    whole = Decimal(str(amount)) == Decimal(str(amount)).to_integral_value()
    written = number(amount, 0 if whole else 2)
    pair = (currency, written) if _is_english() else (written, currency)
    return _NO_BREAK.join(pair)


def _is_english() -> bool:
    return (get_language() or "en").lower().startswith("en")
