"""Questions about a call: asked by whoever may apply, answered by the programme for all.

A question belongs to a call and not to a participation, so nothing here is an entry of the log;
simple-history keeps every version of it with who wrote it.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import Municipality
from web.script.dates import long_date, without_double_stops
from workflow.errors import ChangedMeanwhile, Refused
from workflow.models import Call, Question
from workflow.models.question import ANSWER_AT_MOST, QUESTION_AT_MOST
from workflow.services.locks import bounded, demand

WAITING_AT_MOST = 10  # of one person about one call; more would bury those of others


@transaction.atomic
def ask_question(call: Call, municipality: Municipality, *, by: Any, text: str) -> Question:
    """Ask about a call for a municipality. Until it is answered only the programme reads it.

    Raises NotAllowed; Refused where the call takes no questions, for an empty or too long text,
    for the same text again, and once too many questions of this person wait.
    """
    rows = Call.objects.select_for_update(of=("self",)).with_names()
    call = rows.get(pk=call.pk)
    demand(by, "ask_question", municipality)
    if not call.takes_questions:
        raise Refused(why_no_questions(call))
    asked = bounded(text, QUESTION_AT_MOST)
    if not asked:
        raise Refused(_("Write your question."))
    _refuse_flood(call, by, asked)
    number = call.questions.count() + 1
    question = Question(
        call=call, number=number, text=asked, municipality=municipality, asked_by=by
    )
    return _keep(question, by)


def why_no_questions(call: Call) -> str:
    """The sentence for whoever wanted to ask when none are taken."""
    until = call.days_ahead("questions_until")
    if until is None or not call.is_announced:
        return _("This call takes no questions yet. It is not announced, or has no deadline.")
    said = _("Questions about this call were taken until %s.") % long_date(until)
    return without_double_stops(said)


def _refuse_flood(call: Call, by: Any, asked: str) -> None:
    """A second click, or so many questions that those of others would be buried."""
    waiting = list(call.questions.waiting().filter(asked_by=by).values_list("text", flat=True))
    if asked in waiting:
        raise Refused(_("You have asked exactly this already. It waits for its answer."))
    if len(waiting) >= WAITING_AT_MOST:
        said = ngettext(
            "%(number)d question of yours waits already. Ask more once it is answered.",
            "%(number)d questions of yours wait already. Ask more once they are answered.",
            len(waiting),
        )
        raise Refused(said % {"number": len(waiting)})


@transaction.atomic
def answer_question(
    question: Question, *, by: Any, answer: str, published_as: str, expected_version: int
) -> Question:
    """Answer a question, or put a better answer in place of one; all who see the call read it.

    `published_as` is the question without what would tell who asks; its text stays as asked.
    Raises NotAllowed, ChangedMeanwhile, and Refused for empty and too long texts.
    """
    rows = Question.objects.select_for_update(of=("self",)).select_related("call__track")
    question = rows.get(pk=question.pk)
    demand(by, "answer_question", question)
    if question.version != expected_version:
        raise ChangedMeanwhile(question)
    said, asked = bounded(answer, ANSWER_AT_MOST), bounded(published_as, QUESTION_AT_MOST)
    if not said or not asked:
        raise Refused(_("Write both the question as all will read it and the answer."))
    now = timezone.now()
    question.changed_at = now if question.answered_at else None
    question.answered_at = question.answered_at or now
    question.answer, question.published_as, question.answered_by = said, asked, by
    question.version += 1
    return _keep(question, by)


def _keep(question: Question, by: Any) -> Question:
    row: Any = question
    row._history_user = by
    row.save()
    return question
