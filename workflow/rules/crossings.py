"""What only several places of a procedure together can show: order, references, rings.

Works on the normal form, which may have holes where a mistake was already told: a hole is left
alone, so that one slip of the pen gives one problem and not ten.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.problems import Findings, listed, one_of, shown
from workflow.rules.words import STAGES

Placed = tuple[str, str, dict[str, Any]]  # path, stage, step


def judge_crossings(procedure: dict[str, Any], findings: Findings) -> None:
    """Every check that looks at more than one place."""
    judge_route(procedure, findings)
    judge_stages(procedure, findings)
    placed = list(steps_of(procedure))
    judge_keys(placed, findings)
    judge_after(placed, procedure, findings)
    judge_rings(placed, findings)
    judge_anchors(placed, findings)
    judge_conditions(placed, procedure, findings)


def steps_of(procedure: dict[str, Any]) -> Iterator[Placed]:
    """Every step with its place, in the order of the file; holes are left out."""
    for stage, inside in (procedure.get("stages") or {}).items():
        for place, step in enumerate(inside.get("steps") or []):
            if step.get("key"):
                yield f"stages.{stage}.steps[{place}]", stage, step


def judge_route(procedure: dict[str, Any], findings: Findings) -> None:
    route = [stage for stage in procedure.get("route") or [] if stage]
    if route != sorted(route, key=STAGES.index):
        expected = _("the stages in this order: %(stages)s") % {"stages": listed(STAGES)}
        findings.add("route", listed(route), expected)


def judge_stages(procedure: dict[str, Any], findings: Findings) -> None:
    """Stages of the route and no others; each has at least one step."""
    route = [stage for stage in procedure.get("route") or [] if stage]
    if not route or findings.spoilt("route"):
        return
    stages = procedure.get("stages") or {}
    for stage in stages:
        if stage not in route:
            expected = _("only stages of the route: %(stages)s") % {"stages": listed(route)}
            findings.add(f"stages.{stage}", shown(stage), expected)
    for stage in route:
        if stage not in stages and not findings.spoilt("stages"):
            findings.missing(f"stages.{stage}", _("a block with the steps of this stage"))
        empty = stage in stages and not stages[stage].get("steps")
        if empty and not findings.spoilt(f"stages.{stage}"):
            findings.missing(f"stages.{stage}.steps", _("at least one step"))


def judge_keys(placed: list[Placed], findings: Findings) -> None:
    seen: dict[str, str] = {}
    for path, __, step in placed:
        if step["key"] in seen:
            first = findings.document.line_of(seen[step["key"]])
            expected = _("a key of its own (line %(line)d has this one)") % {"line": first}
            findings.add(f"{path}.key", shown(step["key"]), expected)
        seen.setdefault(step["key"], f"{path}.key")


def judge_after(placed: list[Placed], procedure: dict[str, Any], findings: Findings) -> None:
    """`after` names steps that exist, in the same stage or an earlier one."""
    stage_of = {step["key"]: stage for __, stage, step in placed}
    for path, stage, step in placed:
        for place, name in enumerate(step.get("after") or []):
            if not name:
                continue
            inside = f"{path}.after[{place}]"
            if name not in stage_of:
                reachable = [key for key in stage_of if key != step["key"]]
                findings.add(inside, shown(name), step_wanted(reachable, name))
            elif STAGES.index(stage_of[name]) > STAGES.index(stage):
                found = _("%(step)s of the later stage %(stage)s")
                parts = {"step": shown(name), "stage": stage_of[name]}
                findings.add(inside, found % parts, _("a step of this stage or an earlier one"))


def step_wanted(known: list[str], name: str) -> str:
    """The key of a step; a short list of them, or the nearest one."""
    if len(known) <= 12:
        return one_of(known, instead_of=name)
    near = one_of(known, instead_of=name).partition("; ")[2]
    sentence = _("the key of a step of this procedure")
    return f"{sentence}; {near}" if near else sentence


def judge_rings(placed: list[Placed], findings: Findings) -> None:
    """No step may wait, over others, for itself. Peels off what can start until nothing can."""
    waits: dict[str, set[str]] = {}
    for __, __s, step in placed:
        waits.setdefault(step["key"], set(step.get("after") or []))
    known = set(waits)
    waits = {key: names & known for key, names in waits.items()}
    while free := {key for key, names in waits.items() if not names}:
        waits = {key: names - free for key, names in waits.items() if key not in free}
    for path, __, step in placed:
        if step["key"] in waits and in_a_ring(step["key"], waits):
            expected = _("an order in which no step waits for itself")
            findings.add(f"{path}.after", listed(step["after"]), expected)


def in_a_ring(key: str, waits: dict[str, set[str]]) -> bool:
    """True when the step reaches itself; one that merely waits for a ring does not."""
    seen: set[str] = set()
    ahead = set(waits[key])
    while ahead:
        name = ahead.pop()
        if name == key:
            return True
        seen.add(name)
        ahead |= waits.get(name, set()) - seen
    return False


def judge_anchors(placed: list[Placed], findings: Findings) -> None:
    """A relative deadline hangs on an existing other step; `act:` on one closed by an act."""
    kind_of = {step["key"]: step.get("evidence") for __, __s, step in placed}
    for path, __, step in placed:
        anchor = (step.get("deadline") or {}).get("to") or "stage"
        event, __, name = anchor.partition(":")
        inside = f"{path}.deadline.to"
        others = [key for key in kind_of if key != step["key"]]
        acts = [key for key in others if kind_of[key] in ("act", "signed_act")]
        if event == "step" and name not in others:
            findings.add(inside, shown(anchor), step_wanted(others, name))
        if event == "act" and name not in acts:
            expected = _("a step with the evidence “act”: %(steps)s")
            findings.add(inside, shown(anchor), expected % {"steps": listed(acts) or "–"})


def judge_conditions(placed: list[Placed], procedure: dict[str, Any], findings: Findings) -> None:
    """Conditions that could never be met are mistakes."""
    for path, __, step in placed:
        condition = step.get("when") or {}
        alone = not procedure["joint_applications"] and not findings.spoilt("joint_applications")
        if "joint" in condition and alone:
            expected = _("this condition only where joint_applications is true")
            findings.add(f"{path}.when.joint", shown(condition["joint"]), expected)
        if "entity" in condition and procedure.get("country") == "RS":
            expected = _("this condition only where country is BA")
            findings.add(f"{path}.when.entity", listed(condition["entity"]), expected)
