"""The names and texts that the product brings along, in both scripts."""

import csv
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from web.script.content import in_script
from web.script.fold import fold, sort_key
from web.script.transliterate import to_cyrillic, to_latin

ROOT = Path(settings.LOCALE_PATHS[0]).parent


def names(file):
    with (ROOT / "municipalities" / "data" / file).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield row["name_lat"], row["name_cyr"]
            if row.get("oblast_cyr"):
                yield row["oblast_lat"], row["oblast_cyr"]


def serbian_texts(content):
    """Every value under a key "sr", however deep."""
    if isinstance(content, dict):
        if isinstance(content.get("sr"), str):
            yield content["sr"]
        content = list(content.values())
    if isinstance(content, list):
        for part in content:
            yield from serbian_texts(part)


@pytest.mark.parametrize("file", ["rs_municipalities.csv", "ba_municipalities.csv"])
def test_every_name_of_the_register_in_both_scripts(file):
    listed = list(names(file))

    assert len(listed) > 140
    for latin, cyrillic in listed:
        assert (to_latin(cyrillic), to_cyrillic(latin)) == (latin, cyrillic)
        assert fold(latin) == fold(cyrillic)
        assert sort_key(latin) == sort_key(cyrillic)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "workflow" / "procedures").glob("*.yaml")), ids=lambda path: path.stem
)
def test_foreign_names_in_the_procedure_files_are_listed_and_stay_latin(path):
    """Whatever fails here is typed in the wrong letters, or belongs into `foreign.py`."""
    for text in serbian_texts(yaml.safe_load(path.read_text(encoding="utf-8"))):
        assert in_script(text, "sr") == text
        assert not any("\u0400" <= sign <= "\u04ff" for sign in in_script(text, "sr-latn"))
