"""The colours of charts in the style sheet: letters can be read on them, and marks on paper."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

SHEET = Path(settings.BASE_DIR, "web/static/web/kit.css").read_text()
TOKEN = re.compile(r"--([\w-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));")
COLOURS = {name: (light or both, dark or both) for name, light, dark, both in TOKEN.findall(SHEET)}
SCHEMES = {"light": 0, "dark": 1}


def luminance(colour: str) -> float:
    """As WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: str) -> float:
    pair = (luminance(COLOURS[name][SCHEMES[scheme]]) for name in (one, other))
    darker, lighter = sorted(pair)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("part", ["p1", "p2", "p3"])
def test_letters_on_a_part_can_be_read(scheme, part):
    assert contrast(part, f"on-{part}", scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("words", ["ink", "ink-2", "link"])
def test_words_of_a_chart_can_be_read(scheme, words):
    assert contrast(words, "paper", scheme) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("mark", ["brand", "bad", "ink", "ink-2"])
def test_marks_and_their_edges_stand_out_from_the_paper(scheme, mark):
    assert contrast(mark, "paper", scheme) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_parts_differ_in_lightness_and_not_in_colour_alone(scheme):
    for one, other in combinations(["p1", "p2", "p3"], 2):
        assert contrast(one, other, scheme) >= 1.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_stages_grow_darker_or_lighter_in_their_order(scheme):
    steps = [luminance(COLOURS[f"s{number}"][SCHEMES[scheme]]) for number in range(1, 7)]

    assert steps == sorted(steps, reverse=scheme == "light")
