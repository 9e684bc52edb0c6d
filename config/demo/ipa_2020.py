"""IPA 2020: the municipalities that were chosen, in four tracks.

Known: the call of 26 May 2023, the lists of those chosen, and the agreement of Novi Beograd of
17 August 2023. The days of application and of selection are not stated; those below lie between
the two, and for the later technical packages inside the programme. So all stand at the
memorandum, but Novi Beograd, whose agreement is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.demo.acts import record, register_application
from config.demo.papers import elsewhere
from config.demo.people import People
from config.demo.story import CONFIRM, Done, Moved, Story, walk
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Participation, Track

CALLED_ON, AGREED_ON = date(2023, 5, 26), date(2023, 8, 17)
KIKINDA, NOVI_BEOGRAD, VRNJACKA_BANJA = "80209", "70181", "70459"


@dataclass(frozen=True)
class Chosen:
    """A track, its call, and the codes of those chosen, in the order of the published list."""

    track: str
    called_on: date | None
    applied_on: date
    selected_on: date
    codes: Sequence[str]


CHOSEN = [
    Chosen(
        "ipa_2020_package", CALLED_ON, date(2023, 6, 26), date(2023, 8, 7),
        [
            "80012", "70033", "70050", "70084", "80101", "70262", "80306", "70904", "70912",
            "71013", "71102", "71064", "71188", "79065", VRNJACKA_BANJA,
        ],
    ),
    Chosen(
        "ipa_2020_extended_package", CALLED_ON, date(2023, 6, 26), date(2023, 8, 7),
        ["70025", "70645", "70670", "71021", "80497"],
    ),
    Chosen(
        "ipa_2020_mobile_team", CALLED_ON, date(2023, 6, 26), date(2023, 8, 7),
        [
            "71242", "80195", KIKINDA, NOVI_BEOGRAD, "70190", "70955", "80373", "80462",
            VRNJACKA_BANJA, "80136",
        ],
    ),
    Chosen(
        "ipa_2020_technical_package", None, date(2024, 6, 3), date(2024, 7, 15),
        ["80179", "70602", "71277", "70777", "70840", "70866", "80390", "70530"],
    ),
]  # fmt: skip

APPLICATION = {
    "summary": "Пријава на јавни позив програма ИПА 2020.",
    "situation": f"Текст пријаве није доступан; позната је само листа изабраних. {CONFIRM}",
}

AGREEMENT: Story = [
    Done(
        "agreement_signed", "signatory", AGREED_ON,
        record("Споразум о сарадњи, 17. августа 2023. Назив документа потврдити."),
        elsewhere.AGREEMENT,
    ),
    Moved("start_assessment", AGREED_ON, "Споразум је потписан 17. августа 2023."),
]  # fmt: skip


def selection(chosen: Chosen) -> Story:
    """From the application to the selection, the same for all of a track."""
    return [
        Done(
            "application_submitted", "signatory", chosen.applied_on,
            record(f"Пријава на јавни позив, регистрована са папира. {CONFIRM}"),
        ),
        Done(
            "selection_decided", "programme_manager", chosen.selected_on,
            record(f"На објављеној листи изабраних. {CONFIRM}"),
        ),
        Moved("select", chosen.selected_on, f"На објављеној листи изабраних. {CONFIRM}"),
    ]  # fmt: skip


def load(people: People) -> list[Participation]:
    """All four tracks: 15 + 5 + 10 + 8 participations."""
    return [one for chosen in CHOSEN for one in load_track(chosen, people)]


def load_track(chosen: Chosen, people: People) -> list[Participation]:
    call = services.publish_call(
        Track.objects.get(key=chosen.track), by=people.manager, due=None,
        opens_on=chosen.called_on, published_on=chosen.called_on,
    )  # fmt: skip
    loaded = []
    for code in chosen.codes:
        municipality = Municipality.objects.get(code=code)
        people.of(municipality, Role.SIGNATORY)
        if code in (NOVI_BEOGRAD, VRNJACKA_BANJA):
            people.of(municipality, Role.COORDINATOR)
        [participation] = register_application(
            call, [municipality], APPLICATION, chosen.applied_on, people
        )
        walk(participation, selection(chosen), people)
        if code == NOVI_BEOGRAD:
            walk(participation, AGREEMENT, people)
        loaded.append(participation)
    return loaded
