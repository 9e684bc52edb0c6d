"""The facts of an entry in the reader's words.

What was recorded are keys, codes and days in ISO form; the text that was hashed stands below them
on the page as it is. Fingerprints and numbers of records are shown as they were recorded.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from municipalities.models import Municipality
from web.script.content import in_script, localized
from web.script.dates import date_and_legal_time, long_date
from workflow.audit.models import Entry
from workflow.evidence import KINDS
from workflow.models import Deadline, Member
from workflow.models.step import StepStatus
from workflow.pages.wording import days, role_name, told_due
from workflow.verbs import act_name

LABELS = {
    "act": gettext_lazy("Proposed"),
    "application": gettext_lazy("Application"),
    "call": gettext_lazy("Call"),
    "changed": gettext_lazy("Changed steps"),
    "consent": gettext_lazy("Consent"),
    "dated_on": gettext_lazy("Dated"),
    "deadline": gettext_lazy("Deadline"),
    "digest": gettext_lazy("Fingerprint"),
    "evidence": gettext_lazy("Evidence"),
    "from": gettext_lazy("From"),
    "function": gettext_lazy("Function held"),
    "gone": gettext_lazy("Dropped steps"),
    "handed_over_to": gettext_lazy("Handed over to"),
    "held_days": gettext_lazy("Days on hold"),
    "key": gettext_lazy("Step"),
    "kind": gettext_lazy("Kind"),
    "lead": gettext_lazy("Lead"),
    "mandate": gettext_lazy("Number of the mandate"),
    "members": gettext_lazy("Members"),
    "municipality": gettext_lazy("Municipality"),
    "new": gettext_lazy("New steps"),
    "occurrence": gettext_lazy("Occurrence"),
    "open_steps": gettext_lazy("Still owed"),
    "over": gettext_lazy("For"),
    "procedure": gettext_lazy("Procedure"),
    "proposal": gettext_lazy("Proposal"),
    "proposed_by": gettext_lazy("Proposed by"),
    "review": gettext_lazy("Number of the review"),
    "role": gettext_lazy("Role"),
    "round": gettext_lazy("Round of reviews"),
    "status": gettext_lazy("Status"),
    "taken_over_from": gettext_lazy("Taken over from"),
    "to": gettext_lazy("To"),
    "together_with": gettext_lazy("Together with"),
    "until": gettext_lazy("Until"),
    "user": gettext_lazy("Person"),
}
OVER = {
    "programme": gettext_lazy("programme"),
    "municipality": gettext_lazy("municipality"),
    "participation": gettext_lazy("participation"),
}
PEOPLE = ["user", "proposed_by", "handed_over_to", "taken_over_from"]
AS_RECORDED = {"digest", "proposal", "mandate", "review"}


@dataclass(frozen=True)
class Fact:
    """One line: what it is, and what it says in words, as recorded (`code`), or in parts."""

    label: str
    words: str = ""
    code: str = ""
    parts: list["Fact"] = field(default_factory=list)


@dataclass(frozen=True)
class Names:
    """What the keys in an entry are called: steps, people, municipalities."""

    steps: dict[str, str]
    people: dict[int, str]
    municipalities: dict[str, str]

    def step(self, key: str) -> str:
        return self.steps.get(key, key)


def facts_in_words(entry: Entry) -> list[Fact]:
    """The facts of an entry, without the readiness tree, which has a section of its own."""
    names = names_in(entry)
    return [fact(name, value, names) for name, value in entry.facts.items() if name != "readiness"]


def names_in(entry: Entry) -> Names:
    """One query for people, one for municipalities, where the entry names any."""
    facts = entry.facts
    codes = [facts.get("lead"), facts.get("municipality"), *facts.get("members", [])]
    people = get_user_model().objects.filter(pk__in=[facts[one] for one in PEOPLE if one in facts])
    units = Municipality.objects.filter(code__in=[code for code in codes if code])
    return Names(
        dict(titles_of(entry)),
        {person.pk: str(person) for person in people},
        {unit.code: unit.full_name for unit in units.select_related("parent")},
    )


def titles_of(entry: Entry) -> Iterator[tuple[str, str]]:
    """The steps of the present procedure; the one that the entry is about by its own rule."""
    procedure = entry.participation.procedure
    for stage in procedure.route:
        for rule in procedure.steps_of(stage):
            yield rule["key"], localized(rule["title"])
    if entry.step:
        yield entry.step.key, entry.step.title


def fact(name: str, value: Any, names: Names) -> Fact:
    """One fact under its label; what has no words here is shown as it was recorded."""
    label = str(LABELS.get(name, name))
    if value is None or value == []:
        return Fact(label)
    if name in AS_RECORDED:
        return Fact(label, code=str(value))
    if name in IN_PARTS and isinstance(value, dict | list):
        return Fact(label, parts=IN_PARTS[name](value, names))
    if name in IN_WORDS:
        return Fact(label, IN_WORDS[name](value, names))
    return Fact(label, code=str(value)) if name == "evidence" else Fact(label, plain(value))


def plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def moment_or_version(value: Any, _names: Names) -> str:
    """A deadline with its cause, a day, or a version of a procedure."""
    if isinstance(value, dict):
        cause = Deadline.Cause(value["cause"]).label
        return f"{told_due(value)} ({cause}, {version(value['version'])})"
    return procedure(value) if "/" in value else long_date(value)


def version(number: Any) -> str:
    return _("version %(number)s") % {"number": number}


def procedure(recorded: str) -> str:
    """ "sws_2007_planning, version 1" of "sws_2007_planning/1"."""
    key, _slash, number = recorded.rpartition("/")
    return f"{key}, {version(number)}" if key else recorded


def titles(keys: list[str], names: Names) -> str:
    return ", ".join(names.step(key) for key in keys)


def occurrence_of(key: str, occurrence: Any, names: Names) -> str:
    """The step; of a recurring one also which time."""
    title = names.step(key)
    return title if str(occurrence) == "1" else f"{title} ({occurrence})"


def evidence_parts(evidence: dict[str, Any], names: Names) -> list[Fact]:
    """One piece: its kind and its fingerprint. Several: the fingerprint of each by its step."""
    if "digest" in evidence:
        kind = KINDS.kinds.get(evidence["kind"])
        words = str(kind.label) if kind else evidence["kind"]
        more = [name for name in evidence if name not in ("kind", "digest")]
        return [
            Fact(str(LABELS["kind"]), words),
            fact("digest", evidence["digest"], names),
            *(fact(name, evidence[name], names) for name in more),
        ]
    return [
        Fact(occurrence_of(*key.rpartition(".")[::2], names), code=digest)
        for key, digest in evidence.items()
    ]


def owed_parts(steps: list[dict[str, Any]], names: Names) -> list[Fact]:
    return [
        Fact(
            occurrence_of(one["key"], one["occurrence"], names),
            ", ".join(filter(None, [status(one["status"]), date_and_legal_time(one["due"])])),
        )
        for one in steps
    ]


def status(value: str) -> str:
    return str(StepStatus(value).label) if value in StepStatus.values else value


def consent(value: str) -> str:
    return str(Member.Consent(value).label) if value in Member.Consent.values else value


def member_parts(members: dict[str, str], names: Names) -> list[Fact]:
    return [
        Fact(names.municipalities.get(code, code), consent(one)) for code, one in members.items()
    ]


IN_PARTS: dict[str, Callable[[Any, Names], list[Fact]]] = {
    "evidence": evidence_parts,
    "members": member_parts,
    "open_steps": owed_parts,
}
IN_WORDS: dict[str, Callable[[Any, Names], str]] = {
    "act": lambda value, names: act_name(value),
    "consent": lambda value, names: consent(value),
    "dated_on": moment_or_version,
    "deadline": moment_or_version,
    "from": moment_or_version,
    "function": lambda value, names: in_script(value),
    "held_days": lambda value, names: days(value),
    "key": lambda value, names: names.step(value),
    "over": lambda value, names: str(OVER.get(value, value)),
    "procedure": lambda value, names: procedure(value),
    "role": lambda value, names: role_name(value),
    "status": lambda value, names: status(value),
    "to": moment_or_version,
    "until": moment_or_version,
    **dict.fromkeys(["new", "gone", "changed"], titles),
    **dict.fromkeys(["lead", "municipality"], lambda code, n: n.municipalities.get(code, code)),
    **dict.fromkeys(PEOPLE, lambda pk, names: names.people.get(pk, str(pk))),
}


def register_facts(
    labels: dict[str, Any],
    *,
    as_recorded: Collection[str] = (),
    in_words: Mapping[str, Callable[[Any, Names], str]] | None = None,
    in_parts: Mapping[str, Callable[[Any, Names], list[Fact]]] | None = None,
) -> None:
    """Called from `apps.py`: what an app above writes into entries, in the reader's words."""
    LABELS.update(labels)
    AS_RECORDED.update(as_recorded)
    IN_WORDS.update(in_words or {})
    IN_PARTS.update(in_parts or {})
