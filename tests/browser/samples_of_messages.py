"""Samples of messages: who was told what, what waits, what was refused, what is due."""

from collections.abc import Iterator

from tests.browser.sample import (
    AUDITOR,
    EVALUATOR,
    KIKINDA,
    MANAGER,
    Sample,
    kikinda,
    page,
    sample_cases,
)


def of_messages() -> Iterator[Sample]:
    case, running = kikinda(), sample_cases().filter(stage="assessment")[0]
    for who in (MANAGER, AUDITOR, KIKINDA):
        yield page("notifications:told", who, case.reference)
    for who in (MANAGER, AUDITOR):
        yield page("notifications:told", who, running.reference)
    yield page("notifications:told", EVALUATOR, running.reference, status=403)
