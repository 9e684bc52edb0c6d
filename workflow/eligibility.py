"""May this municipality apply to this track? Each rule of the procedure answers in words."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from web.script.content import localized
from workflow.conditions import Condition, Outcome, met_if
from workflow.stages import CLOSED, Stage

if TYPE_CHECKING:
    from municipalities.models import Municipality
    from workflow.models import Participation, Procedure

Answer = tuple[Outcome, str]


def eligibility(procedure: "Procedure", municipality: "Municipality", on: date) -> Condition:
    """The rules of the procedure for this municipality, as things stood on that day.

    What no register of ours knows is "waiting": the programme looks at it, it does not block.
    """
    rules = procedure.rules["eligibility"]
    return Condition(
        _("%s may apply.") % municipality.name,
        parts=tuple(_answered(rule, municipality, on) for rule in rules),
    )


def _answered(rule: dict[str, Any], municipality: "Municipality", on: date) -> Condition:
    outcome, hint = RULES[rule["rule"]](rule, municipality, on)
    return Condition(localized(rule["sentence"]), outcome, turn="programme_manager", hint=hint)


def _kind(rule: dict[str, Any], municipality: "Municipality", on: date) -> Answer:
    kind = municipality.fact_on("kind", on)
    if not kind:
        return Outcome.WAITING, _("What kind of unit it was on that day is to be confirmed.")
    return met_if(kind in rule["values"]), ""


def _country(rule: dict[str, Any], municipality: "Municipality", on: date) -> Answer:
    return met_if(municipality.country in rule["values"]), ""


def _development_group(rule: dict[str, Any], municipality: "Municipality", on: date) -> Answer:
    group = municipality.fact_on("development_group", on)
    if not group:
        return Outcome.WAITING, _("The development group is not in the register; to be checked.")
    said = _("Development group on the day: %s.") % group
    return met_if(group in rule["values"]), said


def _not_in_track(rule: dict[str, Any], municipality: "Municipality", on: date) -> Answer:
    out = [Stage.APPLICATION, *CLOSED]
    there = [one for one in _in_tracks(municipality, rule["values"]) if one.stage not in out]
    return met_if(not there), _("Takes part in: %s.") % there[0].track if there else ""


def _in_tracks(municipality: "Municipality", keys: list[str]) -> "list[Participation]":
    """Its participations in these tracks. Costs nothing where a list has read them beforehand."""
    prefetch_related_objects([municipality], "participations__track")
    rows = [one for one in municipality.participations.all() if one.track.key in keys]
    return sorted(rows, key=lambda one: one.pk)


def _not_supported_before(rule: dict[str, Any], municipality: "Municipality", on: date) -> Answer:
    listed = municipality.code in rule["codes"]
    if listed or set(municipality.earlier_support(on)) & set(rule["values"]):
        return Outcome.UNMET, _("It is on the list of those supported before.")
    if not rule["codes"]:
        return Outcome.WAITING, _("The list of those supported before is to be confirmed.")
    return Outcome.MET, ""


def _took_part_to_end(rule: dict[str, Any], municipality: "Municipality", on: date) -> Answer:
    ends = (Stage.SUSTAINABILITY, Stage.COMPLETED)
    finished = [one for one in _in_tracks(municipality, rule["values"]) if one.stage in ends]
    return met_if(bool(finished)), ""


def _confirmed_by_applicant(rule: dict[str, Any], municipality: "Municipality", on: date) -> Answer:
    return Outcome.WAITING, _("The applicant states it; the programme checks it.")


RULES: dict[str, Callable[[dict[str, Any], "Municipality", date], Answer]] = {
    "kind": _kind,
    "country": _country,
    "development_group": _development_group,
    "not_in_track": _not_in_track,
    "not_supported_before": _not_supported_before,
    "took_part_to_end": _took_part_to_end,
    "confirmed_by_applicant": _confirmed_by_applicant,
}


def excluded(tree: Condition) -> list[Condition]:
    """The rules that answer no. What waits to be checked does not keep anybody from applying."""
    return [part for part in tree.parts if part.outcome == Outcome.UNMET]
