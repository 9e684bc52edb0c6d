"""The versions of a procedure: which there are, and what one would change for a participation."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from municipalities.roles import Role
from web.script.content import localized
from workflow.models import Participation, Procedure
from workflow.pages.procedure import Rules, route_in_words, step_in_words
from workflow.pages.standing import Standing
from workflow.permissions import MAY, named
from workflow.services.procedures import compare, hindrance, rules_asked


@dataclass(frozen=True)
class ChangedStep:
    """A step with another rule: the lines that hold no longer, and those that hold then."""

    title: str
    until_now: list[str]
    from_now_on: list[str]


@dataclass(frozen=True)
class Difference:
    """What a version would change for one participation, in words; `hindrance` says why not."""

    hindrance: str
    new: list[str]
    gone: list[str]
    changed: list[ChangedStep]
    route: str  # empty where it stays the same

    @property
    def is_nothing(self) -> bool:
        return not (self.new or self.gone or self.changed)


def version_page(
    request: HttpRequest, participation: Participation, chosen: Procedure | None
) -> dict[str, Any]:
    """The context of the page on which a participation gets another version."""
    return {
        "participation": participation,
        "may": Standing(request.user, participation).may("change_procedure"),
        "roles": named(MAY["change_procedure"]),
        "versions": list(other_versions(participation).defer("text", "rules")),
        "chosen": chosen,
        "difference": difference(participation, chosen) if chosen else None,
    }


def other_versions(participation: Participation) -> QuerySet[Procedure]:
    """The versions that it does not follow, the newest first."""
    rows = participation.track.procedures.defer("text")
    return rows.exclude(pk=participation.procedure_id)


def difference(participation: Participation, procedure: Procedure) -> Difference:
    """As the door would do it: the same comparison, with titles in place of keys."""
    change, asked = compare(participation, procedure), rules_asked(participation, procedure)
    rules_now = {step.key: step.rule for step in participation.present_steps}
    route = route_in_words(procedure.rules) if procedure.route != participation.route else ""
    return Difference(
        hindrance(participation, procedure),
        new=[with_role(asked[key]) for key in change.new],
        gone=[with_role(rules_now[key]) for key in change.gone],
        changed=[changed_step(rules_now, asked, key) for key in change.changed],
        route=route,
    )


def with_role(rule: Rules) -> str:
    return f"{localized(rule['title'])} ({Role(rule['role']).label})"


def changed_step(now: dict[str, Rules], then: dict[str, Rules], key: str) -> ChangedStep:
    old, new = lines_of(now, key), lines_of(then, key)
    return ChangedStep(
        localized(then[key]["title"]),
        until_now=[line for line in old if line not in new],
        from_now_on=[line for line in new if line not in old],
    )


def lines_of(rules: dict[str, Rules], key: str) -> list[str]:
    titles = {one: localized(rule["title"]) for one, rule in rules.items()}
    return [titles[key], *step_in_words(rules[key], titles)]
