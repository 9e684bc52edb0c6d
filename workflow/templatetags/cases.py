"""The words of `workflow/wording.py` and `workflow/verbs.py` as filters."""

from collections.abc import Callable
from typing import Any

from django import template

from workflow import verbs
from workflow.pages import wording
from workflow.pages.application_tasks import done_in_words

register = template.Library()

FILTERS: list[Callable[..., Any]] = [
    wording.due_date,
    wording.due_day,
    wording.due_words,
    wording.due_tag,
    wording.told,
    wording.told_due,
    wording.role_name,
    wording.days,
    wording.met_count,
    wording.not_needed,
    wording.leaf_parts,
    wording.branch_parts,
    wording.mark,
    wording.mark_class,
    wording.tag_class,
    wording.outcome,
    verbs.happened,
    verbs.act_name,
    done_in_words,
]
for function in FILTERS:
    register.filter(function.__name__, function)


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key that only the template knows."""
    return mapping.get(key)
