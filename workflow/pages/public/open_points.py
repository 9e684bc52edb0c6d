"""What a procedure leaves "to be confirmed", for everybody, as its own pages say it inside."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from web.script.content import localized
from workflow.models import Procedure, Programme


@dataclass(frozen=True)
class OpenPoint:
    """One date, amount or figure that no document states; `about` what it is of, "" for all."""

    about: str
    words: str


def open_points(rules: dict[str, Any]) -> list[OpenPoint]:
    """Those of the whole, of its call, and of the steps in the order of the route."""
    said = [("", words) for words in rules["to_be_confirmed"]]
    said.append((_("Call"), rules["call"].get("to_be_confirmed")))
    for stage in rules["route"]:
        for step in rules["stages"].get(stage, {}).get("steps", []):
            said.append((localized(step["title"]), step["to_be_confirmed"]))
    return [OpenPoint(about, localized(words)) for about, words in said if words]


def open_points_of(programme: Programme) -> dict[int, list[OpenPoint]]:
    """By track, those of the newest version of its procedure. One query."""
    later = Procedure.objects.filter(track=OuterRef("track"), version__gt=OuterRef("version"))
    newest = Procedure.objects.filter(~Exists(later), track__programme=programme).order_by("pk")
    return {track: open_points(rules) for track, rules in newest.values_list("track", "rules")}
