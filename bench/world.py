"""A world for benchmarks, made through the doors: one programme, many participations."""

from datetime import date
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.core.management import call_command

from municipalities.models import Municipality
from tests.stepping import settle
from tests.world import PROGRAMME, procedure_text, step
from workflow import services
from workflow.models import Participation

ROUTE = ["memorandum", "assessment", "strategy_adopted"]
BODY = {"sr": "Скупштина", "en": "Assembly"}
DUE = {"rule": "relative", "to": "stage", "days": 30}
STAGES = {
    "memorandum": [
        step("sign", accepted_by="", role="programme_manager"),
        step("publish", accepted_by="", role="programme_manager"),
    ],
    "assessment": [
        *(step(key, deadline=dict(DUE)) for key in ("team", "analysis", "draft")),
        step("hearing", deadline=dict(DUE), evidence="act", demands={"body": BODY}),
    ],
}


def make_world(participations: int) -> tuple[object, list[Participation]]:
    """The manager, and that many participations at the stage of the memorandum."""
    call_command("migrate", verbosity=0)
    call_command("load_municipalities", verbosity=0)
    users = get_user_model().objects
    system = users.create_superuser("system@example.org")
    manager = users.create_user("manager@example.org", language="en")
    programme = services.load_programme(PROGRAMME)
    services.give_mandate(
        manager, "programme_manager", over=programme, by=system, starts_on=date(2020, 1, 1)
    )
    units = list(Municipality.objects.filter(country="RS").order_by("code"))
    opened: list[Participation] = []
    while len(opened) < participations:
        text = procedure_text(number=len(opened) + 1, route=ROUTE, places=None, stages=STAGES)
        track = services.load_procedure(text).track
        opened += [open_one(track, unit, manager) for unit in units[: participations - len(opened)]]
    return manager, opened


def open_one(track, unit, manager) -> Participation:
    """A participation whose first stage is done, so that it can move on."""
    participation = services.open_participation(
        track, unit, by=manager, decided_on=date(2026, 3, 2), reason="", idempotency_key=uuid4()
    )
    for key in ("sign", "publish"):
        settle(participation, key, by=manager)
    return participation
