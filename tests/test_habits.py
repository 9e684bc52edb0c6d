"""Habits of this code that no linter knows: where the stage is set, what must not lie about."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.utils import get_app_template_dirs

from config.documents import stale
from municipalities.models import Municipality
from workflow.models import Participation, Partner
from workflow.permissions import MAY
from workflow.rules import words
from workflow.stages import OPEN
from workflow.verbs import ACTS, TRANSITIONS, VERBS

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ["config", "notifications", "documents", "workflow", "municipalities", "accounts", "web"]
LONGEST = 400  # lines; style asks to split earlier
NAMELESS = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "handlers"}
BY_DJANGO = {"400.html", "403.html", "404.html", "500.html"}  # its own views ask for them
MODELS = ("workflow/models/", "workflow/lifecycle.py")  # where `self` is a participation
OPENS = "workflow/services/opening.py"
MOVES = {"update", "bulk_update", "bulk_create", "update_or_create", "get_or_create", "create"}


def sources(*folders: str, ends: str = "py") -> list[Path]:
    """The files of these folders, migrations apart: Django wrote those."""
    found = [path for folder in folders for path in sorted((PROJECT / folder).rglob(f"*.{ends}"))]
    return [path for path in found if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def names_of_transitions() -> list[str]:
    moves = Participation().get_all_stage_transitions()
    return list(dict.fromkeys(move.name for move in moves))


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_pages_printed_from_the_code_are_current():
    assert stale() == []


# The stage


def stage_writes(tree: ast.AST) -> Iterator[int]:
    """Lines that set a stage: by assignment, by setattr, in a bulk of rows, in a new one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (node.lineno for target in targets for _ in stages_in(target))
        elif isinstance(node, ast.Call) and writes_the_stage(node):
            yield node.lineno


def stages_in(target: ast.expr) -> list[ast.AST]:
    """`one.stage` and `one.__dict__["stage"]`, also among several targets."""
    return [
        node
        for node in ast.walk(target)
        if (isinstance(node, ast.Attribute) and node.attr == "stage" and is_set(node))
        or (isinstance(node, ast.Subscript) and is_text(node.slice, "stage") and is_set(node))
    ]


def is_set(node: ast.Attribute | ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Store)


def is_text(node: ast.AST, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def writes_the_stage(call: ast.Call) -> bool:
    called = call.func
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    if name in ("setattr", "__setattr__"):
        return any(is_text(argument, "stage") for argument in call.args)
    if name == "Participation" or name in MOVES:
        values = [*call.args, *(keyword.value for keyword in call.keywords)]
        listed = [node for value in values for node in ast.walk(value)]
        by_keyword = any(keyword.arg == "stage" for keyword in call.keywords)
        return by_keyword or any(is_text(node, "stage") for node in listed)
    return False


def sets_its_own(path: Path, line: int) -> bool:
    """`self.stage = …` of a class that is no participation, such as a reader of the log."""
    text = path.read_text().splitlines()[line - 1]
    return "self.stage" in text and not name_of(path).startswith(MODELS)


@pytest.mark.parametrize(
    "line",
    [
        "participation.stage = 'completed'",
        "participation.stage: str = 'completed'",
        "a, participation.stage = 1, 'completed'",
        "participation.__dict__['stage'] = 'completed'",
        "setattr(participation, 'stage', 'completed')",
        "Participation(stage='completed')",
        "Participation.objects.filter(pk=1).update(\n    version=2,\n    stage='completed')",
        "Participation.objects.bulk_update(rows, ['version', 'stage'])",
        "Participation.objects.update_or_create(pk=1, defaults={'stage': 'completed'})",
    ],
)
def test_every_way_to_set_a_stage_is_seen(line):
    assert list(stage_writes(ast.parse(line)))


def test_reading_a_stage_is_not_taken_for_setting_it():
    reading = "if participation.stage == other.stage:\n    rows.filter(stage=participation.stage)"

    assert list(stage_writes(ast.parse(reading))) == []


def test_the_stage_is_set_behind_the_doors_alone():
    places = [
        name_of(path)
        for path in sources(*ROOMS)
        for line in stage_writes(ast.parse(path.read_text()))
        if not sets_its_own(path, line)
    ]

    # A new participation gets the first stage of its route; from there on only a transition.
    assert places == [OPENS]


def test_a_transition_is_called_by_the_one_door_alone():
    by_name = re.compile(r"\.(" + "|".join(names_of_transitions()) + r")\(\)")
    by_attribute = re.compile(r"getattr\([^)]*\)\(\)")
    offenders = {
        name_of(path)
        for path in sources(*ROOMS)
        if by_name.search(path.read_text()) or by_attribute.search(path.read_text())
    }

    assert offenders == {"workflow/services/transitions.py"}


def test_no_statement_of_sql_is_written_outside_the_log():
    """Rows that are written around the models leave neither history nor entry."""
    by_hand = re.compile(
        r"\.raw\(|RawSQL|_raw_delete|(?:INSERT INTO|DELETE FROM)\s+\w+|UPDATE \w+ SET"
    )
    allowed = {"workflow/audit/triggers.py", "workflow/audit/install.py"}
    offenders = {name_of(path) for path in sources(*ROOMS) if by_hand.search(path.read_text())}

    assert offenders <= allowed


# Words


def test_rule_files_and_the_lifecycle_know_the_same_stages():
    assert list(words.STAGES) == [stage.value for stage in OPEN]


def test_rule_files_and_the_lifecycle_know_the_same_transitions():
    declared = set(names_of_transitions())

    assert {*words.TRANSITIONS, "step_back"} == declared == set(TRANSITIONS)


def test_who_hands_in_by_a_rule_file_may_hand_in_by_the_table():
    assert set(words.ACTING_ROLES) == set(MAY["hand_in"])


def test_rule_files_and_models_know_the_same_partners_countries_and_kinds():
    choices = {
        name: dict(Municipality._meta.get_field(name).flatchoices)
        for name in ("country", "entity", "kind")
    }

    assert set(words.PARTNER_ROLES) == set(Partner.Role.values)
    assert set(words.COUNTRIES) == set(choices["country"])
    assert set(words.ENTITIES) == set(choices["entity"]) - {""}
    assert set(words.KINDS_OF_UNIT) == set(choices["kind"]) - {""}


def test_every_transition_has_its_words_before_and_after():
    assert set(names_of_transitions()) <= VERBS.keys() & ACTS.keys()


# Files


def templates() -> list[Path]:
    return [
        *sources(*ROOMS, ends="html"),
        *(p for p in sources(*ROOMS, ends="txt") if "templates" in p.parts),
    ]


def template_name(path: Path) -> str:
    """As `render` calls it: what follows the folder `templates`."""
    return path.as_posix().rpartition("/templates/")[2]


def overrides(name: str) -> bool:
    """Whether a library has a template of this name, which ours then stands in for."""
    theirs = [Path(folder) for folder in get_app_template_dirs("templates")]
    return any((folder / name).exists() for folder in theirs if "site-packages" in folder.parts)


def named_at_run_time(name: str, texts: Iterable[str]) -> bool:
    """`f"workflow/timeline/_{kind}.html"`: used if the file that says so names the kind too."""
    for text in texts:
        for before, after in re.findall(r'f"([\w/]+)\{[^"]*\}(\w*\.(?:html|txt))"', text):
            inner = name.removeprefix(before).removesuffix(after)
            if name == before + inner + after and re.search(f"""["']{inner}["']""", text):
                return True
    return False


def test_no_template_is_unused():
    texts = {path: path.read_text() for path in [*sources(*ROOMS), *templates()]}
    unused = []
    for path in templates():
        name = template_name(path)
        others = [text for other, text in texts.items() if other != path]
        named = any(f'"{name}"' in text for text in others) or named_at_run_time(name, others)
        if not named and name not in BY_DJANGO and not overrides(name):
            unused.append(name)

    assert unused == []


def test_no_template_is_named_that_is_not_there():
    ours = {template_name(path) for path in templates()}
    called = {
        name
        for path in templates()
        for name in re.findall(r'\{% (?:include|extends) "([^"]+)"', path.read_text())
    }

    assert {name for name in called - ours if not overrides(name)} == set()


def test_no_code_writes_inline_style_or_script():
    """Templates are asked in tests/web/test_shell_templates.py; this is for HTML made in code."""
    inline = re.compile(
        r"<style|<script(?![^>]*\ssrc=)|\sstyle=[\"'{]|\son(?:click|load|error|submit)="
    )
    offenders = [name_of(path) for path in sources(*ROOMS) if inline.search(path.read_text())]

    assert offenders == []


def test_no_module_has_a_name_that_says_nothing():
    offenders = [
        name_of(path) for path in sources(*ROOMS, "tests", "bench") if path.stem in NAMELESS
    ]

    assert offenders == []


def test_no_import_is_relative():
    relative = [
        f"{name_of(path)}:{node.lineno}"
        for path in sources(*ROOMS, "tests", "bench")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert relative == []


@pytest.mark.parametrize("ends", ["py", "html", "css", "md"])
def test_no_file_is_too_long_to_read(ends):
    long = {
        name_of(path): lines
        for path in sources(*ROOMS, "tests", "bench", "docs", ends=ends)
        if (lines := len(path.read_text().splitlines())) > LONGEST
    }

    assert long == {}


def test_every_room_says_what_it_is():
    for room in [*ROOMS, "workflow/rules"]:
        assert (PROJECT / room / "README.md").is_file(), room


# Dependencies and settings


def test_only_one_state_machine_is_locked():
    locked = tomllib.loads((PROJECT / "uv.lock").read_text())["package"]
    names = {package["name"] for package in locked}

    assert "django-fsm-2" in names
    assert "django-fsm" not in names


def settings_read() -> set[str]:
    """Every variable that the settings take from the environment, and `…_FILE` of secrets."""
    found = set()
    for node in ast.walk(ast.parse((PROJECT / "config/settings.py").read_text())):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called.startswith("env."):
                found.add(node.args[0].value)
            elif called == "secret":
                found |= {node.args[0].value, f"{node.args[0].value}_FILE"}
    return found


def test_the_example_of_an_environment_names_exactly_what_is_read():
    example = (PROJECT / ".env.example").read_text()
    told = re.findall(r"^# ?([A-Z][A-Z0-9_]+)=", example, re.MULTILINE)

    assert len(settings_read()) > 10
    assert set(told) == settings_read()
    assert len(told) == len(set(told))


def test_nothing_is_set_by_the_example_itself():
    """Copied as it is, it changes nothing: no secret of an example ever runs anywhere."""
    lines = (PROJECT / ".env.example").read_text().splitlines()

    assert [line for line in lines if line and not line.startswith("#")] == []


def test_the_environment_is_read_in_one_place():
    reading = re.compile(r"os\.(getenv|environ\.get|environ\[[^]]+\](?!\s*=[^=]))")
    readers = {name_of(path) for path in sources(*ROOMS) if reading.search(path.read_text())}

    assert readers == {"config/environment.py"}
