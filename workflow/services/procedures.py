"""Loading programmes and procedures, rehearsing a change, moving a participation to a version."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import MovedMeanwhile, Refused
from workflow.evidence import KINDS
from workflow.models import Participation, Partner, Procedure, Programme, Step, Track
from workflow.rules import Problem, check_procedure, check_programme
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked,
)
from workflow.services.opening import lines_of_new_steps
from workflow.services.saving import save_moved


class BrokenFile(Exception):
    """The file is refused whole. Carries every problem at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@transaction.atomic
def load_programme(text: str | bytes) -> Programme:
    """Make or renew a programme from its file; loading the same file twice changes nothing."""
    facts, problems = check_programme(text)
    if facts is None:
        raise BrokenFile(problems)
    own = ["name", "country", "languages", "period", "amount_stated", "objective", "source"]
    values = {name: facts[name] for name in [*own, "to_be_confirmed"]}
    programme, _made = Programme.objects.update_or_create(
        key=facts["key"], defaults=values | {"is_sample": facts["sample"]}
    )
    programme.partners.all().delete()
    Partner.objects.bulk_create(
        Partner(
            programme=programme, order=order, name=row["name"], role=row["role"],
            amount=Decimal(row["amount"]) if row["amount"] else None,
            currency=row["currency"], about=row["about"],
        )
        for order, row in enumerate(facts["partners"])
    )  # fmt: skip
    return programme


@transaction.atomic
def load_procedure(text: str | bytes, *, by: Any = None) -> Procedure:
    """A new version of a track's procedure, or the present one if nothing differs.

    Running participations keep the version they are pinned to. `by` is None for the command
    line; a person needs the right. Raises BrokenFile, Refused, NotAllowed.
    """
    rules = checked(text)
    programme = Programme.objects.filter(key=rules["programme"]).first()
    if programme is None:
        raise Refused(_("Load the programme “%s” first.") % rules["programme"])
    if by:
        demand(by, "load_procedure", programme)
    track = _track(programme, rules)
    newest = track.procedures.first()
    if newest and newest.rules == rules:
        return newest
    text = text.decode() if isinstance(text, bytes) else text
    return Procedure.objects.create(
        track=track,
        version=newest.version + 1 if newest else 1,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        rules=rules,
        loaded_by=by,
    )


def checked(text: str | bytes) -> dict[str, Any]:
    rules, problems = check_procedure(text, kinds=KINDS.kinds)
    if rules is None:
        raise BrokenFile(problems)
    return rules


def _track(programme: Programme, rules: dict[str, Any]) -> Track:
    facts = rules["track"]
    track = Track.objects.select_for_update().filter(key=facts["key"]).first()
    track = track or Track(key=facts["key"], programme=programme, code=facts["code"])
    if track.programme_id != programme.pk or track.code != facts["code"]:
        raise Refused(_("The track “%s” belongs to another programme or code.") % track.key)
    track.name, track.note = facts["name"], facts["note"]
    track.places_number, track.places_are = facts["places"], facts["places_are"]
    if track.pk is None:
        track.seal_opened()
    track.save()
    return track


@dataclass(frozen=True)
class Change:
    """What a version would change for one running participation; keys of steps by kind."""

    participation: Participation
    new: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    stranded: bool = False  # its stage is not on the new route

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed or self.stranded)


def rehearse(text: str | bytes) -> list[Change]:
    """What this file would change for each open participation of its track. Writes nothing."""
    rules = checked(text)
    procedure = Procedure(rules=rules)
    running = Participation.objects.open().filter(track__key=rules["track"]["key"]).with_names()
    return [compare(participation, procedure) for participation in running.order_by("pk")]


def compare(participation: Participation, procedure: Procedure) -> Change:
    """The steps of the present stage, as opened, against those of another version."""
    wanted = {rule["key"]: rule for rule in procedure.steps_of(participation.stage)}
    there = {step.key: step for step in participation.present_steps}
    return Change(
        participation,
        new=[key for key in wanted if key not in there],
        gone=[key for key, step in there.items() if key not in wanted and not step.is_settled],
        changed=[
            key
            for key, step in there.items()
            if key in wanted and step.rule != wanted[key] and not step.is_settled
        ],
        stranded=participation.stage not in procedure.route,
    )


@transaction.atomic(durable=True)
def change_procedure(
    participation: Participation,
    procedure: Procedure,
    *,
    by: Any,
    reason: str,
    expected_version: int,
    idempotency_key: UUID,
) -> Entry:
    """Move one participation to another version of its procedure: a logged act, with a reason.

    Settled steps stay as they are; unsettled ones follow the new rule, those no longer asked
    for do not apply, new ones open. Raises Refused when the stage is not on the new route.
    """
    asked = digest("change_procedure", participation.pk, procedure.pk, reason, expected_version)
    [participation] = locked([participation.pk])
    answer = earlier_answer(by, idempotency_key, asked)
    if answer:
        return answer
    if participation.version != expected_version:
        raise MovedMeanwhile(participation)
    actor = demand(by, "change_procedure", participation)
    said = bounded(reason)
    refuse_procedure(participation, procedure, said)
    entry = _change(participation, procedure, said, actor)
    keep_answer(by, idempotency_key, asked, entry)
    return entry


def refuse_procedure(participation: Participation, procedure: Procedure, reason: str) -> None:
    if not reason:
        raise Refused(_("Say why the procedure changes for this participation."))
    if procedure.track_id != participation.track_id or procedure.pk == participation.procedure_id:
        raise Refused(_("Choose another version of the procedure of this track."))
    if participation.stage not in procedure.route:
        raise Refused(_("The present stage is not on the route of that version."))


def _change(participation: Participation, procedure: Procedure, reason: str, by: Actor) -> Entry:
    change = compare(participation, procedure)
    rules = {rule["key"]: rule for rule in procedure.steps_of(participation.stage)}
    touched = [step for step in participation.present_steps if not step.is_settled]
    for step in touched:
        follow_rule(step, rules.get(step.key))
    Step.objects.bulk_update(touched, ["rule", "role", "is_required", "status", "version"])
    facts = {
        "from": str(participation.procedure),
        "to": str(procedure),
        "digest": procedure.digest,
        "new": change.new,
        "gone": change.gone,
        "changed": change.changed,
    }
    participation.procedure = procedure
    lines = [Line("change_procedure", reason=reason, facts=facts)]
    lines += [step_line(step) for step in touched if step.key in change.gone]
    lines += lines_of_new_steps(participation, by)
    entry = log.append_all(participation, lines, by=by)[0]
    save_moved(participation, by)
    return entry


def follow_rule(step: Step, rule: dict[str, Any] | None) -> None:
    step.version += 1
    if rule is None:
        step.status = "not_applicable"
        return
    step.rule, step.role, step.is_required = rule, rule["role"], rule["required"]


def step_line(step: Step) -> Line:
    facts = {"key": step.key, "occurrence": step.occurrence, "status": str(step.status)}
    return Line("drop_step", step=step, facts=facts)
