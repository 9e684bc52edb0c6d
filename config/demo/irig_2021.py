"""Irig in 2021: no call. From 1 April to 30 September the draft was made and handed over.

The source names both ends of the Activity and "the end of September" for the draft; the days of
the meetings are not stated. Whether the strategy was adopted is not known: it stays in assessment,
with the public inspection open.
"""

from datetime import date
from uuid import uuid4

from config.demo.acts import meeting, record
from config.demo.papers import irig_2021 as papers
from config.demo.people import People
from config.demo.story import CONFIRM, Done, Story, walk
from config.demo.uploads import upload_loose
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Participation, Track

IRIG = "80187"
TRACK = "irig_2021_strategy"
BEGAN_ON = date(2021, 4, 1)
MANAGER, COORDINATOR = "programme_manager", "coordinator"
TEAM = "Општинске службе, центар за социјални рад, Црвени крст, канцеларија за младе, школе."

STORY: Story = [
    Done(
        "preparatory_meeting", MANAGER, date(2021, 4, 14),
        meeting(
            "Општина Ириг и HELP NET; састав потврдити.",
            "Припремно-информативни састанак: договор о динамици рада, задацима и улогама. "
            f"{CONFIRM}",
        ),
    ),
    Done(
        "drafting_team", COORDINATOR, date(2021, 4, 28), record(f"{TEAM} {CONFIRM}"),
        papers.TEAM,
    ),
    Done(
        "consultative_meetings", MANAGER, date(2021, 6, 16),
        meeting(
            TEAM,
            "Консултативни састанци у општинској управи Ириг са Тимом за израду Стратегије. "
            f"{CONFIRM}",
        ),
    ),
    Done(
        "strategy_drafted", MANAGER, date(2021, 9, 30),
        record("Крајем септембра завршена је израда Стратегије за период 2022–2027."),
        papers.DRAFT,
    ),
    Done(
        "action_plan_drafted", MANAGER, date(2021, 9, 30),
        record("Пратећи Акциони план, завршен крајем септембра."),
        papers.PLAN,
    ),
    Done(
        "draft_handed_over", MANAGER, date(2021, 9, 30),
        record(
            "Упућено општинској управи Ириг на даљу процедуру: стављање на јавни увид грађанима, "
            "до усвајања."
        ),
        papers.HANDED_OVER,
    ),
]  # fmt: skip


def load(people: People) -> Participation:
    """Opened at assessment, walked to the draft in the hands of the administration."""
    irig = Municipality.objects.get(code=IRIG)
    people.of(irig, Role.COORDINATOR)
    people.of(irig, Role.SIGNATORY)
    participation = services.open_participation(
        Track.objects.get(key=TRACK),
        irig,
        by=people.manager,
        decided_on=BEGAN_ON,
        reason="Почетак Активности, 1. априла 2021. Позива није било.",
        idempotency_key=uuid4(),
    )
    walk(participation, STORY, people)
    upload_loose(participation, papers.MINUTES, by=people.manager)
    return participation
