"""Two bodies of one municipality of the sample: one that ended, and the one that came after it.

The institutions are those that sit in such bodies everywhere; no person is named.
"""

from datetime import date
from typing import Any

from config.demo.people import People
from config.demo.sample_steps import day
from municipalities.models import Body, Municipality
from municipalities.roles import Role
from workflow import services

OLD, PRESENT = "Савет за социјална питања", "Координациони одбор за социјалну политику"
CENTRE = "Центар за социјални рад"
SEATS = [
    (CENTRE, "председавајући"),
    ("Дом здравља", "члан"),
    ("Национална служба за запошљавање, испостава", "члан"),
    ("Предшколска установа", "члан"),
    ("Црвени крст", "члан"),
    ("Удружење особа са инвалидитетом", "члан"),
]
SESSIONS = [
    (340, "Усвојен пословник о раду. Договорен начин прикупљања података."),
    (250, "Разматран нацрт анализе стања."),
    (160, "Усвојени приоритети: услуге у кући, дневни боравак, подршка породици."),
    (80, "Усвојен предлог стратегије и упућен скупштини."),
]


def load(place: Municipality, people: People) -> None:
    """The council until the board was appointed; then the board with its seats and sessions."""
    by = people.of(place, Role.COORDINATOR)
    council = found(place, OLD, day(2000), by)
    services.seat_member(council, institution=CENTRE, seat="члан", by=by)
    services.record_session(council, held_on=day(1800), number="1", by=by)
    services.end_body(council, until_on=day(400), by=by)
    board = found(place, PRESENT, day(380), by)
    for institution, seat in SEATS:
        member = services.seat_member(board, institution=institution, seat=seat, by=by)
    services.leave_seat(member, until_on=day(120), by=by)
    for number, (ago, minutes) in enumerate(SESSIONS, start=1):
        services.record_session(
            board, held_on=day(ago), number=str(number), minutes=f"Пример: {minutes}", by=by
        )


def found(place: Municipality, name: str, on: date, by: Any) -> Body:
    return services.found_body(
        place, name=name, act_body="Председник општине", act_number=f"06-{on.month}/{on.year}",
        act_on=on, gazette=f"Службени лист, број {on.month}/{on.year}", by=by,
    )  # fmt: skip
