"""Who and what the matrix speaks of: names alone, so that the oracle needs no product."""

from dataclasses import dataclass

# Role and place of every actor that holds a mandate.
MANDATES: dict[str, tuple[str, str]] = {
    "coordinator of A": ("coordinator", "A"),
    "signatory of A": ("signatory", "A"),
    "coordinator of B": ("coordinator", "B"),
    "manager of P": ("programme_manager", "P"),
    "manager of Q": ("programme_manager", "Q"),
    "mentor of A in P": ("mentor", "A in P"),
    "evaluator of P": ("evaluator", "P"),
    "auditor of P": ("auditor", "P"),
    "auditor of Q": ("auditor", "Q"),
    "observer of P": ("observer", "P"),
    "administrator of P": ("administrator", "P"),
    "disabled coordinator of A": ("coordinator", "A"),
    "former coordinator of A": ("coordinator", "A"),
}
WITHOUT_MANDATE = ["anonymous", "stranger", "staff", "superuser"]
ACTORS = [*MANDATES, *WITHOUT_MANDATE]

CASES = ["A in P", "B in P", "A in Q", "C in Q"]
# Applications: whose, and in which programme. The draft is not handed in; programmes see it later.
APPLICATIONS = {
    "draft of A in P": ("A", "P"),
    "handed in by A in P": ("A", "P"),
    "handed in by B in P": ("B", "P"),
    "handed in by C in Q": ("C", "Q"),
}
# Planning bodies: whose. They are read and kept also from where the municipality takes part.
BODIES = {"body of A": "A", "body of B": "B", "body of C": "C"}

# Questions about the open call of P, asked for A by somebody who is no actor here.
QUESTIONS = {"open question in P": False, "answered question in P": True}

# Words of reviews: of one that nobody but its author reads yet, of one that insiders read.
BLIND, READ = "canaryunread", "canaryreviewed"


def canary(thing: str) -> str:
    """One word that stands for the thing: "canaryainp"."""
    return "canary" + thing.replace(" ", "").lower()


def person_name(actor: str) -> str:
    return f"Person {actor.replace(' ', '')}"


@dataclass(frozen=True)
class Thing:
    """A participation or an application as the oracle sees it: names alone, no rows."""

    name: str
    municipality: str
    programme: str
    handed_in: bool = True


def things() -> dict[str, Thing]:
    """Cases and applications; each handed-in application has a participation of its own."""
    cases = {name: Thing(name, name[0], name[-1]) for name in CASES}
    applied = {
        name: Thing(name, *whose, handed_in=not name.startswith("draft"))
        for name, whose in APPLICATIONS.items()
    }
    return cases | applied
