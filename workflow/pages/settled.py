"""What the lines of the readiness tree say of a step beyond the tree: who settled it, and when
it cannot start yet."""

from typing import Any

from django.utils.translation import gettext as _

from web.script.content import in_script
from workflow.audit.models import Entry
from workflow.models import Participation, Proposal, Step
from workflow.models.step import StepStatus
from workflow.pages.timeline import who_acted


def beside_the_tree(participation: Participation, *, with_names: bool) -> dict[str, Any]:
    """For the templates of the tree: `settled` in words and `later`, by the address of the step."""
    steps = participation.present_steps
    later = {one.get_absolute_url() for one in steps if one.waits_for and not one.is_settled}
    return {"settled": settled_in_words(participation, with_names), "later": later}


def settled_in_words(participation: Participation, with_names: bool) -> dict[str, str]:
    """ "Accepted by: …" of each settled step, by the address of its page. Two queries."""
    stage = participation.stage
    entries = participation.entries.filter(step__stage=stage, verb__in=["hand_in", "accept"])
    accepted = {one.step_id: one for one in entries.select_related("by").order_by("seq")}
    agreed = participation.proposals.filter(step__stage=stage, status=Proposal.Status.APPROVED)
    by_two = {one.step_id: one for one in agreed.select_related("by", "closed_by").order_by("pk")}
    return {
        step.get_absolute_url(): told(step, accepted.get(step.pk), by_two.get(step.pk), with_names)
        for step in participation.present_steps
        if step.is_settled
    }


def told(step: Step, entry: Entry | None, agreed: Proposal | None, with_names: bool) -> str:
    """In one or two sentences; empty where nobody had to do anything."""
    if step.status == StepStatus.NOT_APPLICABLE:
        return ""
    if agreed and (step.status == StepStatus.WAIVED or agreed.act == "accept"):
        return by_two_people(agreed, with_names)
    if entry is None:
        return ""
    who = who_acted(entry, with_names=with_names)
    return (_("Handed in by: %s.") if entry.verb == "hand_in" else _("Accepted by: %s.")) % who


def by_two_people(agreed: Proposal, with_names: bool) -> str:
    """Who proposed, who agreed and why; names and reasons only for those who may read them."""
    if not with_names:
        return _("Two people agreed.")
    people = {"first": str(agreed.by), "second": str(agreed.closed_by)}
    sentence = _("Proposed by: %(first)s. Agreed by: %(second)s.") % people
    if not agreed.reason:
        return sentence
    return sentence + " " + _("Reason: %s") % in_script(agreed.reason)
