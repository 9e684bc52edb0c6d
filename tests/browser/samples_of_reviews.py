"""Samples of reviews: wanted, begun, handed in by one of two and by all; a list of remarks."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

from accounts.models import User
from config.demo.people import PASSWORD
from documents import services as papers
from documents.services import Target
from municipalities.models import Municipality
from municipalities.roles import Role
from tests.browser.sample import (
    AUDITOR,
    EVALUATOR,
    KIKINDA,
    MANAGER,
    SYSTEM,
    Sample,
    page,
)
from tests.browser.samples_of_papers import by
from tests.documents.arriving import kept
from tests.documents.reviewing import answers, hand_in_review, paper_step
from tests.documents.uploaded import evidence_of
from tests.stepping import act_on, the_step
from tests.world import ROUTE, procedure_text
from workflow import services
from workflow.models import Participation, Programme, Step

SECOND = "druga.ocenjivacica@example.org"
KEYS = ["wanted", "half", "whole", "returned"]
REMARKS = ["Недостају трошкови мера 2 и 3.", "Датум на насловној страни није датум седнице."]


def of_reviews() -> Iterator[Sample]:
    case = reviewed_case(KEYS, number=78)
    second_evaluator()
    steps = {key: handed_in(case, key) for key in KEYS}
    draft = answers(value="partly", remark="Циљ 3 нема показатељ.", points=6)
    papers.save_review_draft(steps["wanted"], draft, by=by(EVALUATOR), expected_version=1)
    for key, reviewers in {"half": [SECOND], "whole": [SECOND, EVALUATOR]}.items():
        for who in reviewers:
            hand_in_review(steps[key], by=by(who), value="no", remark="Нема трошкова.")
    act_on(services.return_step, steps["returned"], by=by(MANAGER), remarks=REMARKS)
    for who in (EVALUATOR, MANAGER, AUDITOR, KIKINDA):
        for key in ("half", "whole"):
            yield page("step", who, case.reference, steps[key].uuid)
    yield page("step", KIKINDA, case.reference, steps["returned"].uuid)
    yield page("step_act", MANAGER, case.reference, steps["whole"].uuid, "accept")
    for key in ("wanted", "half", "whole"):
        yield page("documents:review", EVALUATOR, case.reference, steps[key].uuid)
    yield page("documents:review", MANAGER, case.reference, steps["half"].uuid, status=403)
    yield page("reviews", EVALUATOR)
    yield page("my_steps", KIKINDA, query=f"?participation={case.reference}")


def reviewed_case(keys: list[str], *, number: int) -> Participation:
    """Kikinda in a track of the sample programme whose papers two evaluators review."""
    title = {"sr": "Предати нацрт стратегије", "en": "Hand in the draft strategy"}
    steps = [paper_step() | {"key": key, "title": title} for key in keys]
    text = procedure_text(
        number=number, programme="sample", route=ROUTE[2:], stages={"assessment": steps}
    )
    return services.open_participation(
        services.load_procedure(text).track, Municipality.objects.get(code="80209"),
        by=by(MANAGER), decided_on=date(2026, 3, 2), reason="", idempotency_key=uuid4(),
    )  # fmt: skip


def handed_in(case: Participation, key: str) -> Step:
    version = kept(Target(case, the_step(case, key)), by=by(KIKINDA), name="nacrt-strategije.pdf")
    owed = the_step(case, key)
    services.hand_in(
        owed, evidence_of(version), by=by(KIKINDA), expected_version=owed.version,
        idempotency_key=uuid4(),
    )  # fmt: skip
    return the_step(case, key)


def second_evaluator() -> User:
    """Beside the evaluator of the demo, with the same password."""
    user = User.objects.create_user(SECOND, PASSWORD, name="Друга оцењивачица", language="sr")
    services.give_mandate(
        user, Role.EVALUATOR, over=Programme.objects.get(key="sample"), by=by(SYSTEM),
        starts_on=date(2026, 1, 1), function="стручни тим",
    )  # fmt: skip
    return user
