"""Numbers and days in the way of each language, wherever templates and forms write them."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import engines
from django.utils import translation

from web.forms import PlainTextField
from web.script.numbers import Count, number

WAYS = {"sr": "1.234", "sr-latn": "1.234", "bs": "1.234", "en": "1,234"}
COUNTED = (
    "{% blocktranslate count all=n %}{{ all }} application"
    "{% plural %}{{ all }} applications{% endblocktranslate %}"
)
# What Django counts for us, and what must stand behind it wherever it is shown.
RAW = re.compile(r"(?:paginator\.(?:count|num_pages)|page\.number)(?!\|number)\b(?!_)")


def templates() -> list[Path]:
    rooms = ["web", "accounts", "municipalities", "workflow"]
    return [path for room in rooms for path in (Path(settings.BASE_DIR) / room).rglob("*.html")]


@pytest.mark.parametrize(("language", "written"), WAYS.items())
def test_a_count_in_a_sentence_has_its_thousands_apart(language, written):
    template = engines["django"].from_string(COUNTED)

    with translation.override(language):
        assert template.render({"n": 1234}).startswith(f"{written} ")


@pytest.mark.parametrize(
    ("count", "serbian"), [(1, "1 пријава"), (2, "2 пријаве"), (5, "5 пријава"), (21, "21 пријава")]
)
def test_a_count_still_chooses_the_form_of_its_sentence(count, serbian):
    template = engines["django"].from_string(COUNTED)

    with translation.override("sr"):
        assert template.render({"n": count}) == serbian


@pytest.mark.parametrize(("language", "written"), WAYS.items())
def test_a_count_reads_well_and_calculates_as_a_number(language, written):
    with translation.override(language):
        assert str(Count(1234)) == written
        assert number(Count(1234)) == written
        assert Count(1234) + 1 == 1235
        assert Decimal(Count(1234)) == 1234


@pytest.mark.parametrize(("language", "written"), WAYS.items())
def test_how_much_was_written_is_told_with_thousands_apart(language, written):
    class Letter(forms.Form):
        text = PlainTextField(at_most=1000)

    with translation.override(language):
        [sentence] = Letter({"text": "š" * 1234}).errors["text"]

    assert written in sentence
    assert written.replace("234", "000") in sentence


def test_no_template_shows_a_number_of_pages_as_the_machine_writes_it():
    raw = {
        f"{path.name}: {line.strip()[:80]}"
        for path in templates()
        for line in path.read_text().splitlines()
        for shown in re.findall(r"\{\{[^}]*\}\}|blocktranslate with [^%]*", line)
        if RAW.search(shown)
    }

    assert raw == set()


def test_no_template_shows_a_day_as_the_library_writes_it():
    """`date:"c"` is for machines; people get the filters of `web`."""
    by_hand = re.compile(r"\|(?:date|naturaltime|timesince|timeuntil)(?!_)(?!:\"c\")")
    offenders = {path.name for path in templates() if by_hand.search(path.read_text())}

    assert offenders == set()
