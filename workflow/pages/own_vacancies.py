"""Which roles stand empty in a person's own municipality, for the first page of its people."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from municipalities.models import Invitation, Mandate, Municipality
from municipalities.roles import Role
from workflow.forms.people import open_invitations
from workflow.pages.people import Vacancy, is_over, vacancies

NEEDED = [Role.COORDINATOR, Role.SIGNATORY]


@dataclass(frozen=True)
class Vacant:
    """A municipality with its vacancies, in the words of the page of its people."""

    municipality: Municipality
    vacancies: list[Vacancy]


def vacant_in(places: Collection[int]) -> list[Vacant]:
    """Of these municipalities those without a coordinator or a signatory. Three queries."""
    if not places:
        return []
    units = list(Municipality.objects.filter(pk__in=places).select_related("parent").sorted())
    place_type = ContentType.objects.get_for_model(Municipality)
    given = list(Mandate.objects.filter(place_type=place_type, place_id__in=places))
    invited = list(open_invitations(units))
    told = [Vacant(unit, vacancies_in(unit, given, invited)) for unit in units]
    return [one for one in told if one.vacancies]


def vacancies_in(
    unit: Municipality, given: list[Mandate], invited: list[Invitation]
) -> list[Vacancy]:
    here = [mandate for mandate in given if mandate.place_id == unit.pk]
    return vacancies(
        NEEDED,
        [unit],
        present=[mandate for mandate in here if not is_over(mandate)],
        past=[mandate for mandate in here if is_over(mandate)],
        invited={one.role for one in invited if one.place_id == unit.pk},
    )
