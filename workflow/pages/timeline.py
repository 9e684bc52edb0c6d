"""The timeline: entries of the log as a person reads them, newest first.

Every kind of entry has a template of its own; the kind is read from the verb, never guessed from
a text. Apps above register the templates of the verbs they bring. Steps that an act opened or
dropped are told with it, not one by one; the log has them all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.script.content import in_script, localized
from workflow.audit.models import ByKind, Entry
from workflow.pages.procedure import changes_in_words
from workflow.pages.wording import role_name, told_once
from workflow.stages import CLOSED, Stage
from workflow.verbs import TRANSITIONS, act_name, happened

if TYPE_CHECKING:
    from workflow.models import Participation

AT_FIRST = 10
TOLD_WITH_OTHERS = ["open_step", "drop_step"]
UNTOLD: list[str] = []  # the log alone tells them

STEP = "workflow/timeline/_step.html"
DEADLINE = "workflow/timeline/_deadline.html"
TEMPLATES = {
    **dict.fromkeys(["open", *TRANSITIONS], "workflow/timeline/_transition.html"),
    **dict.fromkeys(["hand_in", "accept", "return", "waive", "reopen"], STEP),
    **dict.fromkeys(["set_deadline", "move_deadline", "extend_call"], DEADLINE),
    **dict.fromkeys(["propose", "decline"], "workflow/timeline/_proposal.html"),
    **dict.fromkeys(["give_mandate", "end_mandate"], "workflow/timeline/_mandate.html"),
    **dict.fromkeys(
        ["submit_application", "return_application"], "workflow/timeline/_application.html"
    ),
    "answer_consent": "workflow/timeline/_consent.html",
    "change_procedure": "workflow/timeline/_procedure.html",
}

# What the reader may ask for: the address says `show=…`.
KINDS_SHOWN = {
    "transitions": [
        "open", *TRANSITIONS, "propose", "decline", "change_procedure",
        "submit_application", "return_application", "answer_consent",
    ],
    "steps": ["hand_in", "accept", "return", "waive", "reopen"],
    "deadlines": ["set_deadline", "move_deadline", "extend_call"],
    "people": ["give_mandate", "end_mandate"],
}  # fmt: skip
LABELS: dict[str, Any] = {
    "": gettext_lazy("Everything"),
    "transitions": gettext_lazy("Decisions"),
    "steps": gettext_lazy("Steps"),
    "deadlines": gettext_lazy("Deadlines"),
    "people": gettext_lazy("People"),
}


def register_told(key: str, label: Any, templates: dict[str, str], untold: Iterable[str]) -> None:
    """Called from `apps.py`: the verbs of an app above, told under one choice of their own.

    The log alone tells the `untold`.
    """
    TEMPLATES.update(templates)
    if templates:
        KINDS_SHOWN[key], LABELS[key] = list(templates), label
    UNTOLD.extend(verb for verb in untold if verb not in UNTOLD)


@dataclass(frozen=True)
class Item:
    """One line of the timeline: its entry, its template, and the words that need more than it."""

    entry: Entry
    template: str
    title: str
    who: str
    steps_opened: int = 0
    changes: tuple[str, ...] = ()  # what another version of the procedure did to the steps
    person: str = ""  # whom a mandate is about, or who proposed
    is_decided_earlier: bool = False  # decided on another day than recorded
    with_reason: bool = True  # reasons of moves are for all who see it, others may name people

    @property
    def met(self) -> tuple[int, int] | None:
        """How many of the conditions were met when it was decided, and of how many."""
        tree = self.entry.facts.get("readiness")
        leaves = list(leaves_of(tree)) if tree else []
        done = [leaf for leaf in leaves if leaf["outcome"] in ("met", "waived")]
        return (len(done), len(leaves)) if leaves else None


def leaves_of(tree: dict[str, Any]) -> Iterable[dict[str, Any]]:
    if not tree["parts"]:
        yield tree
    for part in tree["parts"]:
        yield from leaves_of(part)


def timeline(
    participation: "Participation", *, with_names: bool, show: str = "", most: int | None = None
) -> tuple[list[Item], int]:
    """The newest items, and how many there are in all. A handful of queries, however many."""
    entries = participation.entries.exclude(verb__in=[*TOLD_WITH_OTHERS, *UNTOLD])
    if show in KINDS_SHOWN:
        entries = entries.filter(verb__in=KINDS_SHOWN[show])
    rows = entries.select_related("by", "reason_kept", "step").order_by("-seq")
    return items(participation, list(rows[:most]), with_names=with_names), entries.count()


def items(participation: "Participation", entries: list[Entry], *, with_names: bool) -> list[Item]:
    people = people_named_in(entries) if with_names else {}
    opened = steps_opened_after(participation, entries)
    titles = titles_in_changes(participation, entries)
    return [
        Item(
            entry=entry,
            template=TEMPLATES.get(entry.verb, "workflow/timeline/_plain.html"),
            title=title_of(entry),
            who=who_acted(entry, with_names=with_names),
            steps_opened=opened.get(entry.seq, 0),
            changes=changes_in(entry, titles),
            person=person_told(entry, people),
            is_decided_earlier=decided_on_another_day(entry),
            with_reason=with_names or entry.version is not None,
        )
        for entry in entries
    ]


def decided_on_another_day(entry: Entry) -> bool:
    recorded = timezone.localdate(entry.recorded_at)
    return entry.decided_on is not None and entry.decided_on != recorded


def person_in(entry: Entry) -> int | None:
    facts = entry.facts
    return facts.get("user") or facts.get("proposed_by")


def person_told(entry: Entry, people: dict[int | None, str]) -> str:
    """Whom it is about, with the function that a mandate names; empty for who sees no names."""
    name = people.get(person_in(entry), "")
    return told_once(name, in_script(entry.facts.get("function", ""))) if name else ""


def people_named_in(entries: list[Entry]) -> dict[int | None, str]:
    pks = [pk for pk in map(person_in, entries) if pk is not None]
    rows = get_user_model().objects.filter(pk__in=pks)
    return {user.pk: str(user) for user in rows}


def steps_opened_after(participation: "Participation", entries: list[Entry]) -> dict[int, int]:
    """How many steps were opened in one go right after each entry, by its number."""
    if not entries:
        return {}
    after = participation.entries.filter(verb="open_step", seq__gt=entries[-1].seq)
    opened = set(after.values_list("seq", flat=True))
    return {entry.seq: run_after(entry.seq, opened) for entry in entries}


def run_after(seq: int, opened: set[int]) -> int:
    count = 0
    while seq + count + 1 in opened:
        count += 1
    return count


def titles_in_changes(participation: "Participation", entries: list[Entry]) -> dict[str, str]:
    """The titles of steps that changed with the procedure, by key. Asked only where one did."""
    if not any(entry.verb == "change_procedure" for entry in entries):
        return {}
    rules = participation.steps.values_list("key", "rule")
    return {key: localized(rule["title"]) for key, rule in rules}


def changes_in(entry: Entry, titles: dict[str, str]) -> tuple[str, ...]:
    if entry.verb != "change_procedure":
        return ()
    kinds = [
        [titles.get(key, key) for key in entry.facts[kind]] for kind in ("new", "gone", "changed")
    ]
    return tuple(changes_in_words(*kinds))


def versions_in(entry: Entry) -> str:
    """ "version 1 → 2", of an entry that changed the procedure."""
    old, new = (entry.facts[word].rpartition("/")[2] for word in ("from", "to"))
    return _("version %(old)s → %(new)s") % {"old": old, "new": new}


def title_of(entry: Entry) -> str:
    """What happened, as a heading."""
    if entry.verb == "change_procedure":
        return f"{happened(entry.verb)}: {versions_in(entry)}"
    if entry.target in CLOSED:
        return happened(entry.verb)
    if entry.verb in TRANSITIONS and entry.source != entry.target:
        return f"{stage_name(entry.source)} → {stage_name(entry.target)}"
    if entry.verb in ("propose", "decline"):
        proposed = act_name(entry.facts.get("act", ""))
        return f"{happened(entry.verb)}: {with_step(proposed, entry)}"
    if entry.verb in ("give_mandate", "end_mandate"):
        return f"{happened(entry.verb)}: {role_name(entry.facts.get('role', ''))}"
    return with_step(happened(entry.verb), entry)


def with_step(words: str, entry: Entry) -> str:
    return f"{words}: {entry.step.title}" if entry.step else words


def stage_name(stage: str) -> str:
    return str(Stage(stage).label) if stage in Stage.values else stage


def who_acted(entry: Entry, *, with_names: bool) -> str:
    """The role held then; for those who may see people also the name and the function."""
    if entry.by_kind != ByKind.PERSON or entry.by_id is None:
        return _("the system")
    role = role_name(entry.role)
    if not with_names:
        return role or _("a person of the administration")
    return told_once(str(entry.by), role, in_script(entry.function))


def told_in_a_sentence(entry: Entry, *, with_names: bool) -> dict[str, str]:
    """Who did what, for the page that explains why somebody came too late."""
    return {"who": who_acted(entry, with_names=with_names), "what": title_of(entry)}


@dataclass(frozen=True)
class Move:
    """A change of stage, as the rail needs it."""

    source: str
    target: str
    decided_on: Any


def moves(participation: "Participation") -> list[Move]:
    """Every change of stage in order, the opening among them. One query."""
    rows: models.QuerySet[Entry] = participation.entries.transitions().order_by("seq")
    told = rows.values_list("source", "target", "decided_on")
    return [Move(*row) for row in told if row[0] != row[1]]
