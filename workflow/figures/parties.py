"""Three sides at one table: whose turn it is, with the roles grouped."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.roles import Role


class Party(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    PROGRAMME = "programme", _("Programme")
    MINISTRY = "ministry", _("Ministry")


IN_ORDER = tuple(Party.values)
# The evaluator is the expert team of the ministry. Where no role is named, as for the second
# person, it is the programme's turn.
OF_ROLE = {
    Role.COORDINATOR.value: Party.MUNICIPALITY.value,
    Role.SIGNATORY.value: Party.MUNICIPALITY.value,
    Role.EVALUATOR.value: Party.MINISTRY.value,
}


def party_of(role: str) -> str:
    return OF_ROLE.get(role, Party.PROGRAMME.value)


def together(parties: Collection[str]) -> str:
    """Several parties as one key, always in the same order: "municipality programme"."""
    return " ".join(party for party in IN_ORDER if party in parties)
