"""Questions about the open call of the sample: two answered for all, one that waits."""

from collections.abc import Sequence

from config.demo.people import People
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Call

ANSWERED = [
    (
        "Пример: могу ли две општине да деле једну геронтодомаћицу?",
        "Пример: могу, ако се у пријави каже колико дана ради у којој општини.",
    ),
    (
        "Пример: да ли се уз пријаву шаље одлука скупштине?",
        "Пример: не. Одлука се доставља после избора, пре потписивања споразума.",
    ),
]
WAITING = "Пример: да ли план може да обухвати и суседну општину која се не пријављује?"


def load(call: Call, places: Sequence[Municipality], people: People) -> None:
    """Asked by the coordinators of three municipalities; the last question is still open."""
    asked = [text for text, _answer in ANSWERED] + [WAITING]
    questions = [
        services.ask_question(call, place, by=people.of(place, Role.COORDINATOR), text=text)
        for place, text in zip(places, asked, strict=False)
    ]
    for question, (text, answer) in zip(questions, ANSWERED, strict=False):
        services.answer_question(
            question, by=people.manager, answer=answer, published_as=text, expected_version=0
        )
