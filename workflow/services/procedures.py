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
from workflow.models import (
    Participation,
    Partner,
    Procedure,
    Programme,
    Proposal,
    Step,
    Track,
)
from workflow.models.step import StepStatus, with_present_steps
from workflow.rules import Problem, check_procedure, check_programme
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked,
)
from workflow.services.opening import applies_to, lines_of_new_steps, opened_for_log
from workflow.services.saving import save_moved
from workflow.services.transitions import overtake_proposals


class PublishedMeanwhile(Exception):
    """Somebody published another version since the page was opened (409). Carries that version."""

    def __init__(self, procedure: Procedure) -> None:
        super().__init__(f"{procedure} is in force now")
        self.procedure = procedure


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
    for track in programme.tracks.all():
        track.programme = programme
        track.set_search_key()
        track.save(update_fields=["search_key"])
    return programme


@transaction.atomic
def load_procedure(
    text: str | bytes, *, by: Any = None, expected_version: int | None = None
) -> Procedure:
    """A new version of a track's procedure, or the present one if nothing differs.

    Running participations keep the version they are pinned to. `by` is None for the command
    line; a person needs the right. `expected_version` is the newest that the person saw, 0 for a
    new track. Raises BrokenFile, Refused, NotAllowed, PublishedMeanwhile.
    """
    rules = checked(text)
    programme = locked_programme(rules)
    if by:
        demand(by, "load_procedure", programme)
    track = _track(programme, rules)
    newest = track.procedures.first() if track.pk else None
    if newest and newest.rules == rules:
        return newest
    if newest and expected_version not in (None, newest.version):
        raise PublishedMeanwhile(newest)
    text = text.decode() if isinstance(text, bytes) else text
    renew_track(track, rules["track"])
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


def locked_programme(rules: dict[str, Any]) -> Programme:
    """Its programme, locked so that two new versions come one after the other.

    Participations that are opened meanwhile only refer to the row; they need not wait.
    """
    rows = Programme.objects.select_for_update(no_key=True)
    programme = rows.filter(key=rules["programme"]).first()
    if programme is None:
        raise Refused(_("Load the programme “%s” first.") % rules["programme"])
    return programme


def _track(programme: Programme, rules: dict[str, Any]) -> Track:
    """The track of the file, locked; a new one is not saved yet."""
    facts = rules["track"]
    track = Track.objects.select_for_update().filter(key=facts["key"]).first()
    track = track or Track(key=facts["key"], programme=programme, code=facts["code"])
    refuse_another_track(track, programme, facts)
    return track


def refuse_another_track(track: Track, programme: Programme, facts: dict[str, Any]) -> None:
    """References begin with a track's code, and its participations stay in their programme."""
    taken = Track.objects.filter(code=facts["code"]).exclude(key=track.key).exists()
    if taken or track.programme_id != programme.pk or track.code != facts["code"]:
        raise Refused(_("The track “%s” belongs to another programme or code.") % track.key)


def renew_track(track: Track, facts: dict[str, Any]) -> None:
    track.name, track.note = facts["name"], facts["note"]
    track.places_number, track.places_are = facts["places"], facts["places_are"]
    track.set_search_key()
    if track.pk is None:
        track.seal_opened()
    track.save()


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
    """What this file would change for each open participation of its track. Writes nothing.

    The same few queries for one participation and for many.
    """
    rules = checked(text)
    procedure = Procedure(rules=rules)
    rows = Participation.objects.open().filter(track__key=rules["track"]["key"])
    rows = rows.with_names().select_related("application").defer("procedure__text")
    rows = rows.prefetch_related("municipality__facts", "application__members")
    return [compare(one, procedure) for one in with_present_steps(rows.order_by("pk"))]


def compare(participation: Participation, procedure: Procedure) -> Change:
    """The steps of the present stage, as opened, against those of another version."""
    asked = rules_asked(participation, procedure)
    there = participation.present_steps
    known = {step.key for step in there} - {step.key for step in there if is_left_out(step)}
    owed = [step for step in there if not step.is_settled]
    changed = [step for step in owed if step.key in asked and step.rule != asked[step.key]]
    return Change(
        participation,
        new=[key for key in asked if key not in known],
        gone=list(dict.fromkeys(step.key for step in owed if step.key not in asked)),
        changed=list(dict.fromkeys(step.key for step in changed)),
        stranded=participation.stage not in procedure.route,
    )


def rules_asked(participation: Participation, procedure: Procedure) -> dict[str, dict[str, Any]]:
    """By their keys, the rules of the present stage whose conditions hold here."""
    rules = procedure.steps_of(participation.stage)
    return {rule["key"]: rule for rule in rules if applies_to(rule["when"], participation)}


def is_left_out(step: Step) -> bool:
    """Nobody settled it: its condition did not hold, or a version did not ask for it."""
    return step.status == StepStatus.NOT_APPLICABLE


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
    for do not apply, new ones open. The version goes up, so that whoever chose another one at the
    same time is told. Raises MovedMeanwhile, NotAllowed; Refused where `hindrance`
    has a sentence.
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
    if not said:
        raise Refused(_("Say why the procedure changes for this participation."))
    why_not = hindrance(participation, procedure)
    if why_not:
        raise Refused(why_not)
    entry = _change(participation, procedure, said, actor)
    keep_answer(by, idempotency_key, asked, entry)
    return entry


def hindrance(participation: Participation, procedure: Procedure) -> str:
    """Why it cannot follow this version, in a sentence; empty where it can. The page asks too."""
    if procedure.track_id != participation.track_id or procedure.pk == participation.procedure_id:
        return _("Choose another version of the procedure of this track.")
    if not participation.is_open:
        return _("This participation has ended; it keeps the version that it followed.")
    if participation.stage not in procedure.route:
        return _("The present stage is not on the route of that version.")
    return ""


def _change(participation: Participation, procedure: Procedure, reason: str, by: Actor) -> Entry:
    change = compare(participation, procedure)
    facts = {
        "from": str(participation.procedure),
        "to": str(procedure),
        "digest": procedure.digest,
        "new": change.new,
        "gone": change.gone,
        "changed": change.changed,
    }
    participation.procedure = procedure
    participation.version += 1
    stage = participation.stage
    told = {"source": stage, "target": stage, "version": participation.version}
    lines = [Line("change_procedure", reason=reason, facts=facts, **told)]
    lines += [*follow(participation), *lines_of_new_steps(participation, by)]
    entry = log.append_all(participation, lines, by=by)[0]
    overtake_proposals(participation)
    save_moved(participation, by)
    return entry


def follow(participation: Participation) -> list[Line]:
    """Bring the steps that are there in line with the procedure; the lines that tell of it."""
    asked = rules_asked(participation, participation.procedure)
    steps = participation.present_steps
    again = [step for step in steps if is_left_out(step) and step.key in asked]
    owed = [step for step in steps if not step.is_settled]
    for step in [*owed, *again]:
        follow_rule(step, asked.get(step.key))
    save_followed([*owed, *again])
    opened = [Line("open_step", step=step, facts=opened_for_log(step, None)) for step in again]
    return [step_line(step) for step in owed if is_left_out(step)] + opened


def follow_rule(step: Step, rule: dict[str, Any] | None) -> None:
    step.version += 1
    if rule is None:
        step.status = StepStatus.NOT_APPLICABLE
        return
    step.rule, step.role, step.is_required = rule, rule["role"], rule["required"]
    if is_left_out(step):
        step.status = StepStatus.OPEN


def save_followed(steps: list[Step]) -> None:
    """Write them; what was proposed for a step as it was cannot be approved any more."""
    Step.objects.bulk_update(steps, ["rule", "role", "is_required", "status", "version"])
    waiting = Proposal.objects.filter(step__in=steps, status=Proposal.Status.WAITING)
    waiting.update(status=Proposal.Status.OVERTAKEN)


def step_line(step: Step) -> Line:
    facts = {"key": step.key, "occurrence": step.occurrence, "status": str(step.status)}
    return Line("drop_step", step=step, facts=facts)
