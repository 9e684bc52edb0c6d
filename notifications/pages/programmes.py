"""The programmes that a filter offers."""

from typing import Any

from django.db.models import Exists, OuterRef

from web.script.fold import in_alphabet
from workflow.models import Participation, Programme
from workflow.permissions import reach


def programmes_of(user: Any, action: str) -> list[Programme]:
    """Those with a participation that the person reaches for this, by the alphabet. One query."""
    here = Participation.objects.within(reach(user, action))
    return in_alphabet(Programme.objects.filter(Exists(here.filter(programme=OuterRef("pk")))))
