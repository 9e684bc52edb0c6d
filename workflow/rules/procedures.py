"""The shape of a whole procedure file, without what only several places together can show."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.eligibility import call, eligibility_rule
from workflow.rules.problems import Findings, shown
from workflow.rules.shapes import (
    Field,
    Shape,
    bilingual,
    block,
    code,
    items,
    joined,
    nothing_or,
    refuse_unknown,
    slug,
    whole,
    word,
    yes_no,
)
from workflow.rules.steps import step_shape
from workflow.rules.words import COUNTRIES, STAGES, TRANSITIONS

MOST_STEPS = 80  # per stage

track = block(
    {
        "key": Field(slug),
        "name": Field(bilingual(200)),
        "code": Field(code),
        "places": Field(whole(1, 10_000), None),
        "places_are": Field(word(("exactly", "at_least")), "exactly"),
        "note": Field(nothing_or(bilingual(2000)), {}),
    }
)


def procedure_shape(kinds: Collection[str]) -> Shape:
    """A procedure; `kinds` are the evidence kinds that this installation knows."""
    return block(
        {
            "key": Field(slug),
            "programme": Field(slug),
            "country": Field(word(COUNTRIES)),
            "track": Field(track),
            "route": Field(items(word(STAGES), at_least=1, at_most=len(STAGES))),
            "second_person": Field(items(word(TRANSITIONS)), []),
            "joint_applications": Field(yes_no, False),
            "members_at_least": Field(whole(2, 50), 2),
            "eligibility": Field(items(eligibility_rule), []),
            "call": Field(call, {}),
            "stages": Field(stages_shape(kinds)),
            "to_be_confirmed": Field(items(bilingual()), []),
        }
    )


def stages_shape(kinds: Collection[str]) -> Shape:
    """The stages by name, in the order of the file; each with its steps."""
    stage = block(
        {
            "limit_days": Field(whole(1, 3660), None),
            "steps": Field(items(step_shape(kinds), at_most=MOST_STEPS), []),
        }
    )

    def shape(value: Any, path: str, findings: Findings) -> dict[str, Any]:
        if not isinstance(value, dict):
            findings.add(path, shown(value), _("a block with one key per stage"))
            return {}
        refuse_unknown(value, STAGES, path, findings)
        return {
            name: stage({} if inside is None else inside, joined(path, name), findings)
            for name, inside in value.items()
            if name in STAGES
        }

    return shape
