"""People by role, name and place: "coordinator Kikinda". For those who may read their names."""

from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse

from municipalities.models import Mandate, Municipality
from workflow.models import Participation, Programme
from workflow.pages.search.groups import Hit, Line, some
from workflow.pages.search.words import Asked, roles_meant
from workflow.permissions import Reach


def people(asked: Asked, seen: Reach) -> list[Line]:
    """Running mandates over places of participations that the person reads with people.

    Each with one participation whose page of people names it.
    """
    if not seen:
        return []
    rows = running().annotate(at=one_participation(seen)).exclude(at=None)
    for word in asked.words:
        rows = rows.filter(meant_by(word, asked))
    found = some(rows.order_by("user__name", "pk"))
    return [Line(partial(hit_of, row), row.at) for row in found]


def running() -> QuerySet[Mandate]:
    """Of closed accounts nobody can be reached, though their mandates run on."""
    return Mandate.objects.acting()


def one_participation(seen: Reach) -> Case:
    """Of those that the reader reaches, one that the mandate reaches too."""
    reached = Participation.objects.filter(seen.over()).order_by()
    by_place = {Programme: "programme", Municipality: "municipality", Participation: "pk"}
    return Case(
        *(
            When(
                place_type=ContentType.objects.get_for_model(model),
                then=Subquery(reached.filter(**{name: OuterRef("place_id")}).values("pk")[:1]),
            )
            for model, name in by_place.items()
        ),
        output_field=IntegerField(),
    )


def meant_by(word: str, asked: Asked) -> Q:
    """Mandates of a role, a person or a place that the word could mean."""
    named = [one.pk for one in asked.municipalities[word]]
    cases = Participation.objects.filter(municipality__in=named).values("pk")
    programmes = {asked.rows_of_tracks[pk].programme for pk in asked.tracks[word]}
    meant = Q(role__in=roles_meant(word)) | Q(user__search_key__contains=f" {word}")
    meant |= over(Municipality, named)
    meant |= over(Participation, cases) if named else Q(pk__in=[])
    return meant | over(Programme, programmes)


def over(model: Any, pks: Any) -> Q:
    return Q(place_type=ContentType.objects.get_for_model(model), place_id__in=pks)


def hit_of(mandate: Any, at: Participation) -> Hit:
    """Leads to the people of a participation that this person may read."""
    places: dict[str, Any] = {
        "programme": at.programme,
        "municipality": at.municipality.full_name,
        "participation": f"{at.municipality.full_name}, {at.reference}",
    }
    model = ContentType.objects.get_for_id(mandate.place_type_id).model
    role = str(mandate.get_role_display())
    address = reverse("workflow:people", args=[at.reference])
    return Hit(str(mandate.user), address, f"{role} · {places[model]}")
