"""Questions about a call as one person reads them, and how many there are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from municipalities.models import Municipality
from workflow.models import Call, Question
from workflow.permissions import can, reach
from workflow.services.questions import why_no_questions

A_PAGE = 25


@dataclass(frozen=True)
class QuestionDesk:
    """What the page of a call says of its questions: how many, until when, what one may do."""

    call: Call
    answered: int
    waiting: int  # for an answer: all of them for who may answer, else the person's own
    may_ask: bool
    may_answer: bool

    @property
    def until(self) -> date | None:
        """The last day on which questions are taken."""
        return self.call.days_ahead("questions_until")

    @property
    def answers_until(self) -> date | None:
        """The last day for answers; None where the procedure names none."""
        named = self.call.procedure.rules.get("call", {}).get("answers_until")
        return self.call.days_ahead("answers_until") if named else None

    @property
    def why_closed(self) -> str:
        """The sentence that says why nobody can ask now; "" while one can."""
        return "" if self.call.takes_questions else why_no_questions(self.call)


def question_desk(user: Any, call: Call) -> QuestionDesk:
    """One query for the counts, one for the right to answer."""
    is_answered = Q(answered_at__isnull=False)
    counted = call.questions.visible_to(user).aggregate(
        answered=Count("pk", filter=is_answered), waiting=Count("pk", filter=~is_answered)
    )
    return QuestionDesk(
        call,
        **counted,
        may_ask=askers(user).exists(),
        may_answer=bool(can(user, "answer_question", call)),
    )


def askers(user: Any) -> Any:
    """The municipalities for which this person may ask."""
    own = Municipality.objects.filter(pk__in=reach(user, "ask_question").municipalities)
    return own.select_related("parent").sorted()


@dataclass(frozen=True)
class QuestionList:
    """The page of questions: those that wait, then a page of the answered, the latest first."""

    desk: QuestionDesk
    waiting: list[Question]
    page: Page


def question_list(user: Any, call: Call, number: str | None) -> QuestionList:
    rows = call.questions.visible_to(user)
    waiting = rows.waiting().select_related("municipality__parent")
    answered = rows.answered().order_by("-answered_at", "-number")
    page = Paginator(answered, A_PAGE).get_page(number)
    return QuestionList(question_desk(user, call), list(waiting), page)
