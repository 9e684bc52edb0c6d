"""The pages of `docs/` that are printed from the code, so that they cannot differ from it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import translation
from django_fsm import State

from config.environment import BASE_DIR
from municipalities.roles import Role
from workflow.models import Participation
from workflow.permissions import MAY, MAY_APPOINT, PLACES
from workflow.stages import OPEN, Stage

DOCS = BASE_DIR / "docs"
MADE = "Printed from the code by `make docs`; do not edit."


def pages() -> dict[Path, str]:
    """Every generated page and its text, in English."""
    with translation.override("en"):
        return {
            DOCS / "lifecycle.md": lifecycle_page(),
            DOCS / "permissions.md": permissions_page(),
        }


def stale() -> list[Path]:
    """The pages that differ from what the code says now."""
    return [path for path, text in pages().items() if not path.exists() or path.read_text() != text]


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *[[str(cell) for cell in row] for row in rows]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def lifecycle_page() -> str:
    model: Any = Participation()
    moves: dict[str, list[Any]] = {name: [] for name in MAY}
    for move in model.get_all_stage_transitions():
        moves[move.name].append(move)
    moves = {name: in_order(those) for name, those in moves.items() if those}
    rows = [transition_row(name, those) for name, those in moves.items()]
    head = ["transition", "from", "to", "who", "what must be true first", "in words"]
    return "\n\n".join(
        [
            "# The lifecycle of a participation",
            f"{MADE} Source: `workflow/lifecycle.py`.",
            "Stages: " + " → ".join(str(stage.label) for stage in OPEN) + ". A track's route is an "
            "ordered part of them. The ends: " + ", ".join(closed_labels()) + ".",
            diagram(moves),
            table(head, rows),
            "A transition that the procedure marks `second_person`, and every step back, becomes "
            "a proposal that another person with the same right approves. The date of a decision "
            "lies between the previous decision and today.\n",
        ]
    )


def in_order(moves: list[Any]) -> list[Any]:
    return sorted(moves, key=lambda move: list(Stage).index(Stage(move.source)))


def closed_labels() -> list[str]:
    return [str(stage.label) for stage in Stage if stage not in OPEN]


def transition_row(name: str, moves: list[Any]) -> list[str]:
    first = moves[0]
    words = str(first.custom["sentence"])
    words += " A reason is owed." if first.custom["reason"] else ""
    words += " No way back." if first.custom["final"] else ""
    return [
        f"`{name}`",
        ", ".join(ordered(move.source for move in moves)),
        target(first),
        ", ".join(str(Role(role).label) for role in first.permission.roles),
        "; ".join(guard_words(guard) for guard in first.conditions) or "–",
        words,
    ]


def ordered(stages: Iterable[str]) -> list[str]:
    wanted = set(stages)
    return ["every open stage"] if wanted == set(OPEN) else [str(s) for s in OPEN if s in wanted]


def target(move: Any) -> str:
    if isinstance(move.target, State):
        return "the previous stage"
    return str(move.target) if move.target else "the same stage"


def guard_words(guard: Any) -> str:
    """`every_step_is_settled` reads aloud; a guard made for a stage bears its maker's name."""
    return guard.__qualname__.split(".")[0].replace("_", " ")


def diagram(moves: dict[str, list[Any]]) -> str:
    arrows = [
        f"    {move.source} --> {move.target}: {name}"
        for name, those in moves.items()
        for move in those
        if move.target and not isinstance(move.target, State) and len(those) < len(OPEN)
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```"])


def permissions_page() -> str:
    roles = list(Role)
    rows = [
        [f"`{action}`", *["yes" if role in allowed else "" for role in roles]]
        for action, allowed in MAY.items()
    ]
    places = [[role.label, ", ".join(PLACES[role])] for role in roles]
    appoint = [
        [role.label, ", ".join(str(other.label) for other in others)]
        for role, others in MAY_APPOINT.items()
    ]
    return "\n\n".join(
        [
            "# Who may do what",
            f"{MADE} Source: `workflow/permissions.py`.",
            "A right is held by mandate over a place and reaches the participations of that place. "
            "A mandate that ends stops counting on the very next request. Strangers get the same "
            "answer as for nothing there. The planning bodies of a municipality are reached from "
            "it and from its participations; to keep them from a participation, it must be open.",
            table(["action", *[str(role.label) for role in roles]], rows),
            "## Where a role can be held",
            table(["role", "over"], places),
            "## Who appoints whom",
            table(["role", "appoints and ends"], appoint),
            "Nobody appoints themselves. A step is handed in by the role that the procedure names "
            "and accepted by the role it names, or by the programme manager; never by the person "
            "who handed it in.\n",
        ]
    )
