"""The places that have people: a participation, a municipality, a programme."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.models import Mandate, Municipality
from municipalities.roles import Role
from web.script.content import localized
from workflow.errors import NotAllowed
from workflow.models import Participation, Programme
from workflow.pages.standing import Standing
from workflow.permissions import MAY, named, reach

MUNICIPAL = [Role.COORDINATOR, Role.SIGNATORY]


@dataclass(frozen=True)
class Home:
    """One place, with the others whose mandates reach it, and what this person may do there."""

    place: Any
    reaching: list[Any]
    standing: Standing

    @property
    def title(self) -> str:
        return place_name(self.place)

    @property
    def people_url(self) -> str:
        return reverse(*PEOPLE_PAGES[type(self.place)](self.place))

    @property
    def municipality(self) -> Municipality | None:
        """Of a participation, for whoever may open the page of all people of its municipality."""
        if not isinstance(self.place, Participation):
            return None
        return self.standing.municipality_with_people(self.place)

    @property
    def handover_url(self) -> str:
        """The page that a successor begins with; a programme has none of its own."""
        page = HANDOVER_PAGES.get(type(self.place))
        return reverse(*page(self.place)) if page else ""

    @property
    def roles_needed(self) -> list[Role]:
        """Without these somebody would wait in vain."""
        if isinstance(self.place, Municipality):
            return MUNICIPAL
        if isinstance(self.place, Programme):
            return [Role.PROGRAMME_MANAGER]
        stages = self.place.procedure.rules["stages"].values()
        steps = [step for stage in stages for step in stage["steps"]]
        owing = {step[part] for step in steps for part in ("role", "accepted_by")}
        return [role for role in Role if role in owing or role in MUNICIPAL]

    def place_of(self, mandate: Mandate) -> Any:
        """Over which of the places that reach this one a mandate is held. No query."""
        return next(place for place in self.reaching if is_held_over(mandate, place))


def is_held_over(mandate: Mandate, place: models.Model) -> bool:
    place_type = ContentType.objects.get_for_model(place)
    return (mandate.place_type_id, mandate.place_id) == (place_type.pk, place.pk)


def place_name(place: Any) -> str:
    """A place as people call it, in the reader's language."""
    if isinstance(place, Municipality):
        return place.full_name
    if isinstance(place, Programme):
        return localized(place.name)
    return _("%(reference)s, %(name)s") % {
        "reference": place.reference,
        "name": place.municipality.full_name,
    }


Page = Callable[[Any], tuple[str, None, list[str]]]
PEOPLE_PAGES: dict[type, Page] = {
    Participation: lambda place: ("workflow:people", None, [place.reference]),
    Municipality: lambda place: ("workflow:municipality_people", None, [place.code]),
    Programme: lambda place: ("workflow:programme_people", None, [place.key]),
}
HANDOVER_PAGES: dict[type, Page] = {
    Participation: lambda place: ("workflow:handover", None, [place.reference]),
    Municipality: lambda place: ("workflow:municipality_handover", None, [place.code]),
}


def home_of(request: HttpRequest, place: Any) -> Home:
    """The place with what this person may do there; NotAllowed for who sees it without people."""
    home = Home(place, reaching(place), Standing(request.user, place))
    if not home.standing.may("view_people"):
        raise NotAllowed(_("This needs the role: %s.") % named(MAY["view_people"]))
    return home


def reaching(place: Any) -> list[Any]:
    """The places whose mandates reach this one, itself first."""
    if isinstance(place, Participation):
        return [place, place.municipality, place.programme]
    return [place]


def visible_participation(request: HttpRequest, reference: str) -> Home:
    rows = Participation.objects.visible_to(request.user).with_names()
    return home_of(request, get_object_or_404(rows, reference=reference))


def visible_municipality(request: HttpRequest, code: str) -> Home:
    rows = Municipality.objects.filter(pk__in=reach(request.user).municipalities)
    return home_of(request, get_object_or_404(rows.select_related("parent"), code=code))


def visible_programme(request: HttpRequest, key: str) -> Home:
    rows = Programme.objects.visible_to(request.user)
    return home_of(request, get_object_or_404(rows, key=key))


def home_of_stored(request: HttpRequest, place: Any) -> Home:
    """The home of a mandate or an invitation; 404 for whoever has nothing to do with it."""
    try:
        return home_of(request, place)
    except NotAllowed:
        raise Http404 from None
