"""The joint applications of the sample, and a draft that nobody has handed in yet."""

from typing import Any

from config.demo import acts
from config.demo.people import People
from config.demo.sample_rows import LASTED, REASONS
from config.demo.sample_steps import day, settle_some, unsettled
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Call, Participation

OF_THREE = {
    "summary": "Пример: заједничка служба помоћи у кући за три општине.",
    "situation": "Пример: ниједна од три општине сама нема довољно корисника ни радника.",
}
OF_TWO = {"summary": "Пример: заједничко сигурно место за жртве насиља у две општине."}
DRAFT = {"summary": "Пример: нацрт, дневни боравак за старије.", "contact": "Координатор"}

ARRIVED_OF_THREE, SINCE_OF_TWO = 12, 18


def load(
    present: Call, old: Call, places: list[Municipality], people: People
) -> list[Participation]:
    """Three and two participations; the last municipality only drafts."""
    for place in places:
        for role in (Role.COORDINATOR, Role.SIGNATORY):
            people.of(place, role)
    three = load_three(present, places[:3], people)
    two = load_two(old, places[3:5], people)
    draft(present, places[5], people)
    return three + two


def load_three(call: Call, places: list[Municipality], people: People) -> list[Participation]:
    """Handed in; the third municipality has not given its consent, and that blocks all."""
    on = day(ARRIVED_OF_THREE)
    application = acts.draft_application(call, places, OF_THREE, by=people.manager)
    for member in application.members.select_related("municipality").order_by("pk")[:2]:
        services.answer_consent(member, by=signs(member, people), agrees=True, decided_on=on)
    opened = acts.submit(application, by=people.manager, arrived_on=on)
    settle_some(opened[0], unsettled(opened[0])[:1], ARRIVED_OF_THREE, 0, people)
    return opened


def load_two(call: Call, places: list[Municipality], people: People) -> list[Participation]:
    """Both have agreed, in application and agreement; selected together, in one act."""
    arrived = SINCE_OF_TWO + LASTED["application"]
    application = acts.draft_application(call, places, OF_TWO, by=people.manager)
    for member in application.members.select_related("municipality"):
        services.answer_consent(
            member, by=signs(member, people), agrees=True, decided_on=day(arrived)
        )
    opened = acts.submit(application, by=people.manager, arrived_on=day(arrived))
    for participation in opened:
        settle_some(participation, unsettled(participation), arrived, SINCE_OF_TWO, people)
    acts.move(opened[0], "select", day(SINCE_OF_TWO), people, REASONS["select"])
    return opened


def signs(member: Any, people: People) -> Any:
    return people.of(member.municipality, Role.SIGNATORY)


def draft(call: Call, place: Municipality, people: People) -> None:
    """Begun by the coordinator for the open call; to be handed in by whoever tries the demo."""
    acts.draft_application(call, [place], DRAFT, by=people.of(place, Role.COORDINATOR))
