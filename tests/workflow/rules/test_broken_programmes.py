"""Programme files: what is refused, with line and key, and what stays exactly as stated."""

import pytest

from tests.workflow.rules.files import check_programme

RIGHT = """\
key: trial
name: {sr: Проба, en: Trial}
country: RS
languages: [sr, en]
period:
  stated: 2007-2009. godina
  from: 2007-04
  until: 2009
amount_stated: {sr: око 5 милиона евра, en: about 5 million euros}
partners:
  - name: {sr: Донатор, en: Donor}
    role: donor
    amount: 3500000
    currency: EUR
    about: true
  - name: {sr: Партнер, en: Partner}
    role: partner
source: a page
"""

# mistake: (what is replaced, by what, line and key of every problem)
BROKEN = {
    "an unknown key": ("country:", "land: x\ncountry:", [(3, "land")]),
    "an unknown country": ("country: RS", "country: XK", [(3, "country")]),
    "no language": ("languages: [sr, en]", "languages: []", [(4, "languages")]),
    "an unknown language": ("[sr, en]", "[sr, fr]", [(4, "languages[1]")]),
    "no period": (
        "period:\n  stated: 2007-2009. godina\n  from: 2007-04\n  until: 2009\n",
        "",
        [(1, "period")],
    ),
    "a thirteenth month": ("from: 2007-04", "from: 2007-13", [(7, "period.from")]),
    "an end before the start": ("until: 2009", "until: 2006", [(8, "period.until")]),
    "an end before the start in one year": ("until: 2009", "until: 2007-03", [(8, "period.until")]),
    "an unknown role": ("role: donor", "role: giver", [(12, "partners[0].role")]),
    "an amount in words": ("3500000", "3.5 million", [(13, "partners[0].amount")]),
    "an amount below zero": ("3500000", "-5", [(13, "partners[0].amount")]),
    "an amount without currency": ("    currency: EUR\n", "", [(11, "partners[0].currency")]),
    "a currency without amount": ("    amount: 3500000\n", "", [(11, "partners[0].amount")]),
    "an unknown currency": ("currency: EUR", "currency: DM", [(14, "partners[0].currency")]),
    "no source": ("source: a page\n", "", [(1, "source")]),
    "an empty source": ("source: a page", "source:", [(18, "source")]),
    "a total in one language": (
        "{sr: око 5 милиона евра, en: about 5 million euros}",
        "{en: about 5 million euros}",
        [(9, "amount_stated.sr")],
    ),
    "a sample that may be one": (
        "partners:\n",
        "sample: maybe\npartners:\n",
        [(10, "sample")],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_programme_is_refused_with_line_and_key(name):
    old, new, places = BROKEN[name]
    assert old in RIGHT

    normal, problems = check_programme(RIGHT.replace(old, new, 1))

    assert normal is None
    assert [(problem.line, problem.key) for problem in problems] == places


def test_a_programme_in_normal_form():
    normal, problems = check_programme(RIGHT)

    assert problems == []
    assert normal["period"] == {"stated": "2007-2009. godina", "from": "2007-04", "until": "2009"}
    assert normal["partners"][0]["amount"] == "3500000"
    assert normal["partners"][1] == {
        "name": {"sr": "Партнер", "en": "Partner"},
        "role": "partner",
        "amount": "",
        "currency": "",
        "about": False,
    }
    assert (normal["objective"], normal["to_be_confirmed"], normal["sample"]) == ({}, [], False)
