"""A procedure in plain words: what is owed in each stage, by whom, by when, closed by what."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from municipalities.models.register import Entity, Kind
from municipalities.roles import Role
from web.script.content import localized
from web.script.dates import long_date, month_year, without_double_stops
from workflow.evidence import KINDS
from workflow.stages import Stage

Rules = dict[str, Any]


def procedure_in_words(rules: Rules) -> Iterator[str]:
    """The lines of a whole procedure, in the language that is active."""
    track = rules["track"]
    yield f"{localized(track['name'])} ({track['code']}), {rules['key']}"
    yield _("Route: %s") % route_in_words(rules)
    yield places_in_words(track)
    if rules["joint_applications"]:
        yield joint_in_words(rules["members_at_least"])
    for rule in rules["eligibility"]:
        yield _("May apply: %s") % localized(rule["sentence"])
    if rules["second_person"]:
        names = ", ".join(rules["second_person"])
        yield _("A second person agrees to: %s (and to every step back)") % names
    for stage in rules["route"]:
        yield from stage_in_words(stage, rules["stages"].get(stage, {}))
    for open_point in rules["to_be_confirmed"]:
        yield _("To be confirmed: %s") % localized(open_point)


def route_in_words(rules: Rules) -> str:
    return " → ".join(str(Stage(stage).label) for stage in rules["route"])


def joint_in_words(least: int) -> str:
    said = ngettext(
        "Joint applications of at least %d municipality.",
        "Joint applications of at least %d municipalities.",
        least,
    )
    return said % least


def places_in_words(track: Rules) -> str:
    places = track["places"]
    if places is None:
        return _("No fixed number of places.")
    if track["places_are"] == "at_least":
        return ngettext("At least %d place.", "At least %d places.", places) % places
    return ngettext("%d place.", "%d places.", places) % places


def changes_in_words(new: list[str], gone: list[str], changed: list[str]) -> list[str]:
    """What a change did to the steps; those of which there are none are left out."""
    told = [
        (_("new steps: %s"), new),
        (_("steps no longer asked for: %s"), gone),
        (_("steps with another rule: %s"), changed),
    ]
    return [words % ", ".join(steps) for words, steps in told if steps]


def stage_in_words(stage: str, rules: Rules) -> Iterator[str]:
    yield ""
    limit = rules.get("limit_days")
    allowed = ngettext("%d day at most", "%d days at most", limit) % limit if limit else ""
    yield str(Stage(stage).label) + (f" ({allowed})" if allowed else "")
    steps = rules.get("steps", [])
    if not steps:
        yield "  " + _("Nothing is owed here.")
    titles = {step["key"]: localized(step["title"]) for step in steps}
    for number, step in enumerate(steps, 1):
        yield f"  {number}. {titles[step['key']]} [{step['key']}]"
        for line in step_in_words(step, titles):
            yield f"     {line}"


def step_in_words(step: Rules, titles: dict[str, str]) -> Iterator[str]:
    role, kind = Role(step["role"]).label, KINDS.kinds[step["evidence"]].label
    yield _("%(role)s hands in: %(kind)s") % {"role": role, "kind": kind} + demands_in_words(step)
    if step["accepted_by"]:
        yield _("Reviewed by: %s") % Role(step["accepted_by"]).label
    if step["second_person"]:
        yield _("A second person agrees.")
    if words := review_in_words(step):
        yield _("Reviews: %s") % words
    if not step["required"]:
        yield _("Not required.")
    if step["when"]:
        yield _("Only for: %s") % when_in_words(step["when"])
    if step["after"]:
        yield _("First: %s") % ", ".join(titles.get(key, key) for key in step["after"])
    if step["deadline"]:
        yield _("By when: %s") % deadline_in_words(step["deadline"], titles)
    for label, words in (
        (_("Basis: %s"), "legal_basis"),
        (_("To be confirmed: %s"), "to_be_confirmed"),
    ):
        if step[words]:
            yield label % localized(step[words])


def when_in_words(when: Rules) -> str:
    """For whom a step is owed: the one condition of the rule; empty where it is for everybody."""
    if "joint" in when:
        return _("joint applications") if when["joint"] else _("applications of one municipality")
    labels = {"kind": Kind, "entity": Entity}
    named = [str(labels[name](one).label) for name, values in when.items() for one in values]
    return ", ".join(named)


def demands_in_words(step: Rules) -> str:
    demands = step["demands"]
    named = localized(demands.get("body") or demands.get("paper"))
    least = demands.get("minimum_days")
    days = ngettext("at least %d day", "at least %d days", least) % least if least else ""
    gazette = _("with the official gazette") if demands.get("gazette") else ""
    told = ", ".join(part for part in (named, gazette, days) if part)
    return f" ({told})" if told else ""


def review_in_words(step: Rules) -> str:
    """How many evaluators review it and by what form; empty where nobody does."""
    review = step.get("review")
    if not review:
        return ""
    wanted, questions = review["reviewers"], review["questions"]
    most = sum(one["max"] for one in questions if one["kind"] == "points")
    count = len(questions)
    parts = [
        ngettext("by %d evaluator", "by %d evaluators", wanted) % wanted,
        _("blind until one's own is handed in") if review["blind"] else "",
        ngettext("%d question", "%d questions", count) % count,
        ngettext("at most %d point", "at most %d points", most) % most if most else "",
    ]
    return ", ".join(part for part in parts if part)


def deadline_in_words(deadline: Rules, titles: dict[str, str]) -> str:
    """A deadline rule as a person would say it; `titles` are those of the stage's steps."""
    if deadline["rule"] == "relative":
        return _relative(deadline, titles)
    return SAID[deadline["rule"]](deadline)


def _fixed(rule: Rules) -> str:
    at = rule.get("at")
    return without_double_stops(long_date(rule["on"]) + (f", {at}" if at else ""))


def _relative(rule: Rules, titles: dict[str, str]) -> str:
    key = rule["to"].partition(":")[2]
    anchor = f"“{titles.get(key, key)}”" if key else _("the day the stage is entered")
    return _("%(span)s, counted from %(anchor)s") % {"span": span(rule), "anchor": anchor}


def _recurring(rule: Rules) -> str:
    told = {"times": rule["times"], "every": EVERY[rule["every"]], "span": span(rule)}
    said = ngettext(
        "%(every)s, %(times)d time; each %(span)s after the end of its period",
        "%(every)s, %(times)d times; each %(span)s after the end of its period",
        rule["times"],
    )
    return said % told


def span(rule: Rules) -> str:
    """The one unit of time of a rule, in words."""
    if rule.get("working_days") is not None:
        number = rule["working_days"]
        return ngettext("%d working day", "%d working days", number) % number
    if rule.get("months") is not None:
        number = rule["months"]
        return ngettext("%d month", "%d months", number) % number
    number = rule.get("days") or 0
    return ngettext("%d day", "%d days", number) % number


EVERY = {
    "month": gettext_lazy("monthly"),
    "quarter": gettext_lazy("quarterly"),
    "half_year": gettext_lazy("half-yearly"),
    "year": gettext_lazy("yearly"),
}
SAID = {
    "fixed": _fixed,
    "recurring": _recurring,
    "month": lambda rule: month_year(rule["month"]),
    "manual": lambda rule: _("set by hand"),
}
