"""The documents: printed pages follow the code, and what is written by hand does not lie."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands
from django.utils import translation

from config import documents
from municipalities.roles import Role
from workflow.models import Participation
from workflow.permissions import MAY

PROJECT = Path(settings.BASE_DIR)
ROOMS = ["config", "documents", "workflow", "municipalities", "accounts", "web"]
BY_HAND = [
    *sorted(PROJECT.glob("*.md")),
    *(PROJECT / room / "README.md" for room in ROOMS),
    *sorted(PROJECT.glob("docs/**/*.md")),
    PROJECT / "workflow/rules/README.md",
]
DECISIONS = sorted((PROJECT / "docs/decisions").glob("*.md"))


@pytest.fixture
def printed(tmp_path, monkeypatch) -> Path:
    """A folder of its own for what is printed."""
    monkeypatch.setattr(documents, "DOCS", tmp_path)
    return tmp_path


def test_the_page_of_the_lifecycle_names_every_transition():
    page = documents.lifecycle_page()

    names = {move.name for move in Participation().get_all_stage_transitions()}
    assert all(f"| `{name}` |" in page for name in names)


def test_the_page_of_rights_says_of_every_action_who_may():
    lines = documents.permissions_page().splitlines()
    rows = {line.split("`")[1]: line for line in lines if line.startswith("| `")}

    assert rows.keys() == MAY.keys()
    for action, line in rows.items():
        told = [cell.strip() == "yes" for cell in line.split("|")[2:-1]]
        assert told == [role in MAY[action] for role in Role]


def test_a_printed_page_is_current_until_somebody_edits_it(printed):
    for path, text in documents.pages().items():
        path.write_text(text)
    assert documents.stale() == []

    page = printed / "permissions.md"
    page.write_text(page.read_text().replace("| yes |", "|  |", 1))

    assert documents.stale() == [page]


def test_a_page_that_was_never_printed_is_stale(printed):
    assert {path.name for path in documents.stale()} == {"lifecycle.md", "permissions.md"}


@pytest.mark.parametrize("language", ["sr", "sr-latn"])
def test_pages_are_printed_in_english_whatever_the_language(language):
    with translation.override("en"):
        wanted = documents.pages()

    with translation.override(language):
        assert documents.pages() == wanted


def test_the_command_ends_with_1_where_a_page_is_stale(monkeypatch, capsys):
    monkeypatch.setattr(documents, "permissions_page", lambda: "another page")

    with pytest.raises(SystemExit) as ended:
        call_command("write_docs", check=True)

    assert ended.value.code == 1
    assert "docs/permissions.md" in capsys.readouterr().err


@pytest.mark.parametrize("page", BY_HAND, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_link_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)\)", page.read_text())
    dead = [one for one in targets if "://" not in one and not (page.parent / one).exists()]

    assert dead == []


@pytest.mark.parametrize("page", BY_HAND, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_command_that_is_named_exists(page):
    named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text()))

    assert named - set(get_commands()) == set()


@pytest.mark.parametrize("page", BY_HAND, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_target_of_make_that_is_named_exists(page):
    targets = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    named = set(
        re.findall(r"`make ([a-z-]+)|^(?:\$ )?make ([a-z-]+)$", page.read_text(), re.MULTILINE)
    )

    assert {one or other for one, other in named} <= targets


def test_the_readme_names_every_variable_of_the_environment():
    example = (PROJECT / ".env.example").read_text()
    readme = (PROJECT / "README.md").read_text()
    variables = re.findall(r"^# ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE)

    assert [name for name in variables if f"`{name}`" not in readme] == []


def test_the_readme_names_every_room():
    readme = (PROJECT / "README.md").read_text()

    assert [room for room in ROOMS if f"[`{room}/`]({room}/README.md)" not in readme] == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_has_its_three_parts(page):
    text = page.read_text()
    number = page.name[:4]

    assert re.match(rf"# {number}\. \w", text)
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.split()) < 400  # half a page, not an essay


def test_decisions_are_numbered_without_a_gap_and_listed():
    numbers = [int(page.name[:4]) for page in DECISIONS]
    listed = (PROJECT / "docs/README.md").read_text()

    assert numbers == list(range(1, len(DECISIONS) + 1))
    for page in DECISIONS:
        title = page.read_text().splitlines()[0].removeprefix("# ").split(". ", 1)[1]
        assert f"| [{page.name[:4]}](decisions/{page.name}) | {title} |" in listed


def test_a_decision_that_the_code_names_is_there():
    texts = [path.read_text() for room in ROOMS for path in (PROJECT / room).rglob("*.py")]
    named = {number for text in texts for number in re.findall(r"ADR (\d{4})", text)}

    assert named <= {page.name[:4] for page in DECISIONS}
