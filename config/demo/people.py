"""The role accounts of the demo and their mandates. No account stands for a person who exists.

An account is made when it is first asked for: `koordinator.kikinda@example.org` is the
coordinator of Kikinda, and so on for every municipality that has to act.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import connection

from municipalities.models import Municipality
from municipalities.roles import Role
from web.script.fold import fold
from workflow import services
from workflow.models import Participation, Programme

PASSWORD = "korak-po-korak"
DOMAIN = "example.org"
LONG_AGO = date(2007, 1, 1)  # the first programme; every decision of the demo lies later

SYSTEM, LAST_MADE = "sistem", "administrator"

# Local part of the address, name, role over every programme, function held.
OVER_PROGRAMMES = [
    ("rukovodilac", "Руководилац програма", Role.PROGRAMME_MANAGER, "руководилац програма"),
    ("zamenik", "Заменик руководиоца", Role.PROGRAMME_MANAGER, "заменик руководиоца програма"),
    ("evaluator", "Оцењивач, стручни тим", Role.EVALUATOR, "стручни тим Министарства"),
    ("revizor", "Ревизор", Role.AUDITOR, "ревизор"),
    ("donator", "Посматрач, донатор", Role.OBSERVER, "представник донатора"),
]
MENTOR = ("mentor", "Ментор")
# Somebody who does several things, so that one can see how they switch between them.
SEVERAL = ("saradnik", "Сарадник у више улога")
ADMINISTRATOR = (LAST_MADE, "Администратор", Role.ADMINISTRATOR, "администратор")

# Role over one municipality: first part of the address, name, function held.
OVER_MUNICIPALITIES = {
    Role.COORDINATOR: ("koordinator", "Координатор", "координатор"),
    Role.SIGNATORY: ("potpisnik", "Потписник", "овлашћени потписник"),
}
# Where the whole name would make a long address: Mrkonjić Grad.
SHORT_NAMES = {"1108759175": "mrkonjic"}


class People:
    """Whoever acts in the demo, by role."""

    def __init__(self) -> None:
        self.hashed = make_password(PASSWORD)  # once: hashing is slow on purpose
        self.system = self.account(SYSTEM, "Систем", is_staff=True, is_superuser=True)
        self.mentor = self.account(*MENTOR)
        self.over_programmes = {
            local: self.account(local, name) for local, name, _role, _function in OVER_PROGRAMMES
        }
        self.manager = self.over_programmes["rukovodilac"]
        self.deputy = self.over_programmes["zamenik"]
        self.evaluator = self.over_programmes["evaluator"]
        self.local: dict[tuple[str, str], Any] = {}

    def account(self, local: str, name: str, language: str = "sr-latn", **fields: Any) -> Any:
        """A new account. All share one password, and its one hash."""
        user = get_user_model().objects.create_user(
            f"{local}@{DOMAIN}", name=name, language=language, **fields
        )
        user.password = self.hashed
        user.save(update_fields=["password"])
        return user

    def appoint(self, user: Any, role: str, function: str, *, over: Any) -> None:
        services.give_mandate(
            user, role, over=over, by=self.system, function=function, starts_on=LONG_AGO
        )

    def appoint_over(self, programmes: Iterable[Programme]) -> None:
        """The people of the programmes, over each of them."""
        for programme in programmes:
            for local, _name, role, function in OVER_PROGRAMMES:
                self.appoint(self.over_programmes[local], role, function, over=programme)

    def appoint_administrator(self, programmes: Iterable[Programme]) -> None:
        """The last account of the world: once it is there, the world is whole."""
        local, name, role, function = ADMINISTRATOR
        user = self.account(local, name)
        for programme in programmes:
            self.appoint(user, role, function, over=programme)

    def appoint_in_several_roles(self, sample: Programme) -> None:
        """One account with six mandates in four roles, over the sample programme."""
        user = self.account(*SEVERAL)
        own = list(sample.participations.order_by("pk")[:3])
        for role, function, place in [
            (Role.PROGRAMME_MANAGER, "сарадник руководиоца", sample),
            (Role.EVALUATOR, "стручни тим Министарства", sample),
            (Role.OBSERVER, "представник донатора", sample),
            *((Role.MENTOR, "ментор", participation) for participation in own),
        ]:
            self.appoint(user, role, function, over=place)

    def appoint_mentor(self, participation: Participation) -> None:
        self.appoint(self.mentor, Role.MENTOR, "ментор", over=participation)

    def of(self, municipality: Municipality, role: str) -> Any:
        """The coordinator or the signatory of a municipality, made and appointed when new."""
        key = (municipality.code, role)
        if key not in self.local:
            prefix, name, function = OVER_MUNICIPALITIES[Role(role)]
            user = self.account(
                f"{prefix}.{local_name(municipality)}",
                f"{name}, {municipality.name_cyrillic}",
                language="sr-latn" if municipality.country == "RS" else "sr",
            )
            self.appoint(user, role, function, over=municipality)
            self.local[key] = user
        return self.local[key]

    def acting(self, role: str, participation: Participation) -> Any:
        """Who acts in this role at this participation."""
        if role in OVER_MUNICIPALITIES:
            return self.of(participation.municipality, role)
        by_role = {
            Role.PROGRAMME_MANAGER: self.manager,
            Role.EVALUATOR: self.evaluator,
            Role.MENTOR: self.mentor,
        }
        return by_role[Role(role)]

    def other_than(self, person: Any) -> Any:
        """The second person of the programme, whoever the first one was."""
        return self.deputy if person.pk == self.manager.pk else self.manager


def local_name(municipality: Municipality) -> str:
    """A municipality in an address: "vrnjacka-banja"."""
    return SHORT_NAMES.get(municipality.code) or fold(municipality.name_latin).replace(" ", "-")


def address(local: str) -> str:
    return f"{local}@{DOMAIN}"


def is_whole() -> bool:
    """Whether the demo world was loaded to its end."""
    return get_user_model().objects.filter(email=address(LAST_MADE)).exists()


def is_begun() -> bool:
    return get_user_model().objects.filter(email=address(SYSTEM)).exists()


def holds_others() -> bool:
    """Whether accounts are there that no demo made. A database without tables holds none."""
    accounts = get_user_model()
    if accounts._meta.db_table not in connection.introspection.table_names():
        return False
    return accounts.objects.exists() and not is_begun()


def shown_accounts() -> list[tuple[str, str]]:
    """One account for each role, to be printed: what it is, its address."""
    rows = [(name, local) for local, name, _role, _function in OVER_PROGRAMMES]
    rows += [
        (MENTOR[1], MENTOR[0]),
        (SEVERAL[1], SEVERAL[0]),
        (ADMINISTRATOR[1], ADMINISTRATOR[0]),
        ("Координатор, Кикинда", "koordinator.kikinda"),
        ("Потписник, Кикинда", "potpisnik.kikinda"),
        ("Координатор, Ириг", "koordinator.irig"),
        ("Координатор, Мркоњић Град", "koordinator.mrkonjic"),
        ("Систем (администрација)", SYSTEM),
    ]
    return [(name, address(local)) for name, local in rows]
