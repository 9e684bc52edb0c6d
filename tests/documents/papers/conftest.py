"""A participation whose texts hold every letter that goes wrong in papers."""

from datetime import date

import pytest

from municipalities import bodies
from tests.conftest import make_municipality
from tests.stepping import settle
from tests.world import ROUTE, step
from workflow.models import Participation, Partner

MAYOR = {"sr": "Градоначелник", "en": "Mayor"}
CACAK = {
    "inspection": {
        "sr": "Јавни увид у нацрт: љубав, његова џеп-књига, ћуприја",
        "en": "Inspection",
    },
    "rating": {"sr": "Оцена: šđčćž & <b>није</b> ознака", "en": "Rating & <b>no</b> mark"},
}


@pytest.fixture
def municipality(db):
    return make_municipality("71242", "Čačak", "Чачак", kind="city")


@pytest.fixture
def case(make_participation, programme, manager, coordinator, signatory, board):
    """Čačak at the assessment: a step with a date and a paper, two that wait, an act on record."""
    Partner.objects.create(
        programme=programme, role="donor", name={"sr": "Европска унија", "en": "European Union"},
        amount=3_500_000, currency="EUR", about=True,
    )  # fmt: skip
    case = make_participation(
        "assessment",
        route=ROUTE,
        stages={
            "assessment": [
                step(
                    "inspection",
                    title=CACAK["inspection"],
                    hint={"sr": "Рачунају се оба крајња дана.", "en": "Both end dates count."},
                    demands={"paper": {"sr": "Нацрт Стратегије", "en": "Draft of the strategy"}},
                    deadline={"rule": "fixed", "on": date(2027, 1, 21)},
                ),
                step("rating", title=CACAK["rating"], role="evaluator", after=["inspection"]),
                step("report", after=["inspection"]),
                step("board_appointed", evidence="act", demands={"body": MAYOR}),
            ]
        },
    )
    settle(case, "board_appointed", by=coordinator, accepted_by=manager)
    return Participation.objects.get(pk=case.pk)


@pytest.fixture
def board(municipality, system):
    body = bodies.found_body(
        municipality,
        name="Координациони одбор за социјалну политику",
        act_body="Gradonačelnik grada Čačka",
        act_number="06-12/2026",
        act_on=date(2026, 1, 15),
        by=system,
    )
    bodies.seat_member(body, institution="Центар за социјални рад", seat="председник", by=system)
    return body
