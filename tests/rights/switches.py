"""Every place in views and doors that asks for a right, found in the code, each with a switch.

A switched-off check says yes to everybody. `Switches` stands between the product and its own
functions: it notes which check turned somebody away, and answers for the one that is off.
"""

import ast
import importlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from municipalities.models import Municipality
from municipalities.roles import Role
from workflow.audit.log import Actor
from workflow.models import Application, Call, Participation, Programme, Question
from workflow.pages.standing import Standing
from workflow.permissions import Reach, Verdict

FUNCTIONS = {"can", "demand", "reach", "appointer"}
ROOMS = ["workflow", "documents", "notifications"]
FOLDERS = ["views", "services", "pages"]


@dataclass(frozen=True, order=True)
class Check:
    """One call that asks for a right."""

    module: str
    function: str
    asks: str
    about: str  # the action that it names, if it names one
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.module}.{self.function}: {self.asks}, line {self.first}"

    @property
    def name(self) -> str:
        where = f"{self.module.removeprefix('workflow.')}.{self.function}"
        return f"{where} {self.asks} {self.about}".strip()


def checks() -> list[Check]:
    """All of them, in the order of the code."""
    root = Path(settings.BASE_DIR)
    return sorted(
        found
        for room in ROOMS
        for folder in FOLDERS
        for path in (root / room / folder).glob("*.py")
        for found in checks_in(path, f"{room}.{folder}.{path.stem}")
    )


def checks_in(path: Path, module: str) -> Iterator[Check]:
    for function in ast.walk(ast.parse(path.read_text())):
        if isinstance(function, ast.FunctionDef):
            for call in own_calls(function):
                asks = asked_by(call, module)
                if asks:
                    last = call.end_lineno or call.lineno
                    yield Check(module, function.name, asks, action_in(call), call.lineno, last)


def own_calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """Calls in this function, those of functions inside it apart."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting += ast.iter_child_nodes(node)


def asked_by(call: ast.Call, module: str) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id if call.func.id in FUNCTIONS else ""
    if isinstance(call.func, ast.Attribute):
        named = call.func.attr
        of_pages = named == "may" and module == "workflow.views.homes"
        of_pages |= named == "appoints" and module == "workflow.views.people"
        return named if named == "visible_to" or of_pages else ""
    return ""


def action_in(call: ast.Call) -> str:
    named = [one.value for one in call.args if isinstance(one, ast.Constant)]
    return next((one for one in named if isinstance(one, str)), "")


@dataclass
class Switches:
    """Which check is off, and which said no since `turned_away` was last emptied."""

    every: list[Check]
    off: Check | None = None
    turned_away: set[Check] = field(default_factory=set)
    by_place: dict[tuple[str, str, str], list[Check]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for check in self.every:
            self.by_place.setdefault((check.module, check.function, check.asks), []).append(check)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for module in {check.module for check in self.every}:
            loaded = importlib.import_module(module)
            for name in FUNCTIONS & set(vars(loaded)):
                patch.setattr(loaded, name, self.between(name, getattr(loaded, name)))
        for model in (Participation, Application, Call, Programme, Question):
            rows = type(model._default_manager.all())
            patch.setattr(rows, "visible_to", self.between("visible_to", rows.visible_to))
            manager = type(model._default_manager)
            patch.setattr(manager, "visible_to", self.of_manager(), raising=False)
        for name in ("may", "appoints"):
            patch.setattr(Standing, name, self.between(name, getattr(Standing, name)))

    def of_manager(self) -> Callable[..., Any]:
        return lambda manager, user: manager.get_queryset().visible_to(user)

    def between(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*args: Any, **kwargs: Any) -> Any:
            check = self.asking(name)
            if check is not None and check == self.off:
                return says_yes(name, args)
            try:
                answer = original(*args, **kwargs)
            except Exception:
                self.note(check)
                raise
            if not answer or name in ("visible_to", "reach"):
                self.note(check)
            return answer

        return asked

    def note(self, check: Check | None) -> None:
        if check is not None:
            self.turned_away.add(check)

    def asking(self, name: str) -> Check | None:
        """The check in whose call we are."""
        frame = sys._getframe(2)
        for _ in range(3):
            here = frame.f_globals.get("__name__", ""), frame.f_code.co_name, name
            for check in self.by_place.get(here, ()):
                if check.first <= frame.f_lineno <= check.last:
                    return check
            if frame.f_back is None:
                break
            frame = frame.f_back
        return None


def says_yes(name: str, args: tuple[Any, ...]) -> Any:
    """The answer of a check that lets everybody through."""
    if name == "can":
        return Verdict(True, "", None)
    if name in ("demand", "appointer"):
        return Actor(args[0]) if hasattr(args[0], "is_active") else None
    if name == "visible_to":
        return args[0]
    if name == "reach":
        models = (Programme, Municipality, Participation)
        return Reach(*(frozenset(model.objects.values_list("pk", flat=True)) for model in models))
    return True if name == "may" else list(Role)
