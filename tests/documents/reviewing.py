"""Reviews as tests need them: a step that asks for them, written through door or form."""

from typing import Any
from uuid import uuid4

from django.urls import reverse

from documents import services
from documents.services import Target
from tests.documents.arriving import kept
from tests.documents.uploaded import PAPER, evidence_of
from tests.stepping import the_step
from tests.workflow.pages.reading import send
from tests.world import step
from workflow import services as steps
from workflow.models import Participation, Step

GOALS = {
    "key": "goals", "kind": "yes_no_partly",
    "text": {"sr": "Да ли су циљеви мерљиви?", "en": "Can the goals be measured?"},
}  # fmt: skip
COSTS = {
    "key": "costs", "kind": "points", "max": 10,
    "text": {"sr": "Трошкови мера", "en": "Costs of the measures"},
}  # fmt: skip


def form(reviewers: int = 2, **more: Any) -> dict[str, Any]:
    return {"reviewers": reviewers, "questions": [GOALS, COSTS], **more}


def paper_step(**review: Any) -> dict[str, Any]:
    demands = {"paper": PAPER, "visibility": "public"}
    return step("strategy", evidence="document", demands=demands, review=form(**review))


def rating_step(**review: Any) -> dict[str, Any]:
    return step(
        "rating", role="evaluator", evidence="rating", accepted_by="", review=form(**review)
    )


def answers(value: str = "yes", remark: str = "", points: Any = 7) -> dict[str, Any]:
    return {
        "goals": {"value": value, "remark": remark},
        "costs": {"value": points, "remark": ""},
    }


def typed(value: str = "yes", remark: str = "", points: Any = "7") -> dict[str, str]:
    return {"answer_goals": value, "remark_goals": remark, "answer_costs": points}


def review_url(owed: Step) -> str:
    return reverse("documents:review", args=[owed.participation.reference, owed.uuid])


def hand_in_paper(case: Participation, *, by: Any, key: str = "strategy") -> Step:
    """One paper uploaded for the step, or the next version of it, and handed in."""
    owed = the_step(case, key)
    version = kept(Target(case, owed), by=by)
    steps.hand_in(
        owed, evidence_of(version), by=by, expected_version=owed.version, idempotency_key=uuid4()
    )
    return the_step(case, key)


def hand_in_review(owed: Step, *, by: Any, **told: Any) -> Any:
    """Through the door, as the step stands now."""
    now = Step.objects.with_names().get(pk=owed.pk)
    return services.hand_in_review(
        now, answers(**told), by=by, expected_version=now.review_round, idempotency_key=uuid4()
    )


def send_review(client, by, owed: Step, **told: Any):
    return send(client, by, review_url(owed), typed(**told))


def save_draft(client, by, owed: Step, **told: Any):
    return send(client, by, review_url(owed), typed(**told) | {"draft": "1"})
