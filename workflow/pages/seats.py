"""Who holds which role at a participation now, and by what everybody who reads it may."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.translation import gettext as _

from municipalities.models import Mandate
from municipalities.roles import Role
from web.script.content import in_script
from web.script.fold import in_alphabet
from workflow.models import Participation
from workflow.pages.standing import Standing
from workflow.pages.wording import told_once
from workflow.permissions import MAY, readers_of

READING = {Role.AUDITOR, Role.OBSERVER, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Holder:
    """One mandate in words: the person with the function held, and over what, in full or short."""

    mandate: Mandate
    person: str
    over: str
    in_short: str


@dataclass(frozen=True)
class Seat:
    """A role and who holds it here now; nobody is a vacancy."""

    role: str
    label: str
    holders: list[Holder] = field(default_factory=list)

    @property
    def reads(self) -> str:
        """What whoever holds the role may read here, from the table of rights."""
        words = {
            "view": _("stages, steps, deadlines"),
            "view_people": _("names, contacts, what was handed in"),
            "view_log": _("the whole log"),
        }
        return "; ".join(word for action, word in words.items() if self.role in MAY[action])

    @property
    def names(self) -> str:
        """The people, each with the role where the name does not say it."""
        return "; ".join(told_once(str(one.mandate.user), self.label) for one in self.holders)


def seats(participation: Participation) -> list[Seat]:
    """Every role with those who hold it here now. One query."""
    found = {role: Seat(role, str(role.label)) for role in Role}
    for mandate in in_alphabet(readers_of(participation), lambda one: one.user):
        person = told_once(str(mandate.user), in_script(mandate.function))
        holder = Holder(mandate, person, *over_in_words(mandate, participation))
        found[Role(mandate.role)].holders.append(holder)
    return list(found.values())


def over_in_words(mandate: Mandate, participation: Participation) -> tuple[str, str]:
    """Over what a mandate is held that reaches this participation, in full and short. No query."""
    model = ContentType.objects.get_for_id(mandate.place_type_id).model
    if model == "programme":
        return str(participation.programme), _("the whole programme")
    if model == "municipality":
        return participation.municipality.full_name, _("the municipality")
    return _("this participation"), _("this participation")


def working_seats(participation: Participation, found: list[Seat]) -> list[Seat]:
    """Without those who only read; a role that the procedure counts on also when it is vacant."""
    owed = roles_of_the_procedure(participation)
    return [
        seat for seat in found if seat.role not in READING and (seat.holders or seat.role in owed)
    ]


def roles_of_the_procedure(participation: Participation) -> set[str]:
    procedure = participation.procedure
    rules = [rule for stage in participation.route for rule in procedure.steps_of(stage)]
    return {rule["role"] for rule in rules} | {Role.PROGRAMME_MANAGER, Role.COORDINATOR}


def readers_page(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """The context of "Who can see this": each reader with the mandate that is the reason."""
    found = [seat for seat in seats(participation) if seat.holders]
    return {
        "participation": participation,
        "with_names": Standing(request.user, participation).may("view_people"),
        "seats": found,
        "count": len({one.mandate.user_id for seat in found for one in seat.holders}),
    }
