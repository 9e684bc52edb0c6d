"""What is new: the list of changes as a page, and its Serbian in step with it."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from web.changes import as_html, newest_version, read, versions, whats_new

pytestmark = pytest.mark.urls("tests.web.shell_urls")

ROOT = Path(settings.BASE_DIR)


def page(language: str, path: str = "/whats-new/") -> str:
    return Client(headers={"accept-language": language}).get(path).content.decode()


def test_the_serbian_list_has_every_version_and_every_line_of_the_english_one():
    """Whoever adds a line to CHANGELOG.md adds it to CHANGELOG.sr.md too."""
    shapes = {
        language: [
            (one.number, [(block.is_list, len(block.texts)) for block in one.blocks])
            for one in versions(language)
        ]
        for language in ("en", "sr")
    }

    assert shapes["sr"] == shapes["en"]
    assert len(shapes["en"][0][1]) > 1


def test_the_newest_version_is_that_of_the_project_and_stands_in_the_footer(db):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert newest_version() == project["version"]
    assert f"Version {project['version']}" in page("en", "/privacy/")


def test_what_is_new_stands_there_in_the_language_and_script_of_the_reader(db):
    assert "<b>Glossary" not in page("en")
    assert "<li><b>Register.</b> 175 units" in page("en")
    assert "<li><b>Регистар.</b> 175 јединица" in page("sr")
    assert "<li><b>Registar.</b> 175 jedinica" in page("sr-Latn")
    assert 'lang="sr-Latn"' in page("bs")


def test_names_of_commands_keep_their_letters():
    told = [line for one in whats_new("sr") for block in one.blocks for line in block.lines]

    assert any("<code>verify_log</code>" in line for line in told)


def test_no_sign_of_the_file_becomes_html():
    assert as_html("a < b & `<c>` **d**") == "a &lt; b &amp; <code>&lt;c&gt;</code> <b>d</b>"


def test_paragraphs_and_lists_are_told_apart():
    [one] = read("# Changes\n\nPreface.\n\n## 1.0\n\nA\nB.\n\n- first\n  goes on\n- second\n")

    assert (one.number, [block.texts for block in one.blocks]) == (
        "1.0",
        [["A B."], ["first goes on", "second"]],
    )
