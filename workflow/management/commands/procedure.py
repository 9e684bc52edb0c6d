from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from workflow.errors import Refused
from workflow.evidence import KINDS
from workflow.models import Procedure
from workflow.pages.procedure import changes_in_words, procedure_in_words, route_in_words
from workflow.rules import Problem, check_procedure, check_programme
from workflow.services import load_procedure, load_programme
from workflow.services.procedures import BrokenFile, Change, rehearse

SHIPPED = settings.BASE_DIR / "workflow" / "procedures"
OF_A_PROGRAMME = ".programme.yaml"


class Command(BaseCommand):
    help = (
        "Procedure files. check: every problem with its line; load: a new version, running "
        "participations keep theirs; rehearse: what a file would change for each of them; "
        "show: a procedure in plain words."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        for name in ("check", "load", "rehearse"):
            act = acts.add_parser(name)
            act.add_argument("files", nargs="*", type=Path, metavar="FILE")
            act.add_argument("--all", action="store_true", help="all files that come with Koraci")
        show = acts.add_parser("show")
        show.add_argument("name", metavar="NAME", help="the key of a procedure: sws_2007_planning")
        show.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args, act: str, **options) -> None:
        # Not simply `check`: Django's own commands have a method of that name.
        getattr(self, f"{act}_asked")(**options)

    def check_asked(self, *, files: list[Path], all: bool, **options) -> None:
        broken = [path for path in chosen(files, all) if not self.check_one(path)]
        if broken:
            raise CommandError(_("Files with problems: %d.") % len(broken))

    def check_one(self, path: Path) -> bool:
        text = content(path)
        if is_programme(path):
            facts, problems = check_programme(text)
        else:
            facts, problems = check_procedure(text, kinds=KINDS.kinds)
        self.tell_problems(path, problems)
        if facts is not None:
            route = "" if is_programme(path) else f" {route_in_words(facts)}"
            said = _("valid")
            self.stdout.write(f"{path.name}: {said}.{route}")
        return facts is not None

    def load_asked(self, *, files: list[Path], all: bool, **options) -> None:
        asked = chosen(files, all)
        with transaction.atomic():
            for path in asked:
                self.stdout.write(f"{path.name}: {self.refusing(path, loaded)}")

    def rehearse_asked(self, *, files: list[Path], all: bool, **options) -> None:
        for path in chosen(files, all):
            if is_programme(path):
                continue
            changes = self.refusing(path, lambda path: rehearse(content(path)))
            said = _("running participations")
            self.stdout.write(f"{path.name}: {said}: {len(changes)}")
            for change in changes:
                self.stdout.write(f"  {change.participation}: {in_words(change)}")

    def show_asked(self, *, name: str, language: str | None, **options) -> None:
        rules = rules_of(name)
        with translation.override(language or translation.get_language()):
            for line in procedure_in_words(rules):
                self.stdout.write(line)

    def refusing(self, path: Path, act: Callable[[Path], Any]) -> Any:
        """What `act` returns; a file that is refused ends the command with all its problems."""
        try:
            return act(path)
        except BrokenFile as broken:
            self.tell_problems(path, broken.problems)
            raise CommandError(_("%s is refused; nothing was loaded.") % path.name) from broken
        except Refused as refused:
            raise CommandError(f"{path.name}: {refused.sentence}") from refused

    def tell_problems(self, path: Path, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.stdout.write(f"{path.name}: {problem}")


def chosen(files: list[Path], everything: bool) -> list[Path]:
    """The files asked for; with `--all` those that come with Koraci, programmes first."""
    if everything == bool(files):
        raise CommandError(_("Name files, or say --all."))
    if not everything:
        return files
    return sorted(SHIPPED.glob("*.yaml"), key=lambda path: (not is_programme(path), path.name))


def is_programme(path: Path) -> bool:
    return path.name.endswith(OF_A_PROGRAMME)


def content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def loaded(path: Path) -> str:
    """Load one file, with its programme first where that lies beside it; what became of it."""
    if is_programme(path):
        return _("programme “%s” loaded") % load_programme(content(path)).key
    text = content(path)
    rules, _problems = check_procedure(text, kinds=KINDS.kinds)
    beside = path.with_name(f"{rules['programme']}{OF_A_PROGRAMME}") if rules else path
    if rules and beside.is_file():
        load_programme(content(beside))
    known = set(Procedure.objects.values_list("pk", flat=True))
    procedure = load_procedure(text)
    if procedure.pk in known:
        return _("%s, unchanged") % procedure
    return _("%s loaded") % procedure


def in_words(change: Change) -> str:
    """What a version would change for one participation."""
    if not change:
        return _("nothing changes")
    stranded = [_("its stage is not on the new route")] if change.stranded else []
    return "; ".join([*stranded, *changes_in_words(change.new, change.gone, change.changed)])


def rules_of(name: str) -> dict[str, Any]:
    """The newest version that is loaded under this key, else the file that comes with Koraci."""
    procedure = Procedure.objects.filter(rules__key=name).order_by("-version").first()
    if procedure:
        return procedure.rules
    path = SHIPPED / f"{name}.yaml"
    if path.parent != SHIPPED or not path.is_file() or is_programme(path):
        raise CommandError(_("There is no procedure “%s”.") % name)
    rules, _problems = check_procedure(content(path), kinds=KINDS.kinds)
    if rules is None:
        raise CommandError(_("The file %s has problems; check it first.") % path.name)
    return rules
