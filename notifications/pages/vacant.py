"""Steps that are the move of a role which nobody holds there: whoever is reminded, nobody reads it.

Asked of the database in one statement; `holders` of audience.py asks the same of a few.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KT

from municipalities.models import Mandate, Municipality
from workflow.models import Participation, Programme, Proposal, Step
from workflow.models.step import OWED

PLACES = {
    Programme: "participation__programme_id",
    Municipality: "participation__municipality_id",
    Participation: "participation_id",
}


def vacant(steps: QuerySet[Step]) -> QuerySet[Step]:
    """Those of these running steps whose next move no current mandate makes."""
    turn = Case(
        When(status__in=OWED, then=F("role")),
        default=KT("rule__accepted_by"),
        output_field=CharField(),
    )
    here = Q(pk__in=[])
    for model, path in PLACES.items():
        here |= Q(place_type=ContentType.objects.get_for_model(model), place_id=OuterRef(path))
    mandates = Mandate.objects.acting().filter(here)
    held = Exists(mandates.filter(role=OuterRef("turn_")))
    second = Proposal.objects.filter(
        step=OuterRef("pk"), act="accept", status=Proposal.Status.WAITING
    )
    return steps.alias(turn_=turn).filter(~held, ~Exists(second)).exclude(turn_="")
