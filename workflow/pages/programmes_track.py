"""The page of one track: its places and rules, its route, its stages, who takes part."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from web.script.content import localized
from workflow.models import Call, Procedure, Track
from workflow.pages.procedure import joint_in_words
from workflow.pages.programmes import (
    MUNICIPALITIES,
    OVERVIEW,
    STEPS,
    Fact,
    card,
    figures_of,
    listing,
    places_in_words,
    shown_tab,
    tabs,
    ways_in,
)
from workflow.pages.programmes_stages import route_of, stages_in_words
from workflow.pages.standing import Standing
from workflow.verbs import act_name

NAMES = (OVERVIEW, STEPS, MUNICIPALITIES)


def track_page(request: HttpRequest, track: Track, procedure: Procedure | None) -> dict[str, Any]:
    """The context of the page of a track; `procedure` is None while none was loaded."""
    shown = shown_tab(request.GET, *NAMES)
    here = Standing(request.user, track)
    context = {
        "programme": track.programme,
        "track": track,
        "procedure": procedure,
        "tabs": tabs(address(track), shown, *NAMES),
        "shown": shown,
        "places": places_in_words(track),
        "ways": ways_in([card(track, procedure)], here),
    }
    return context | tab_of(request, track, procedure, shown)


def address(track: Track) -> str:
    return reverse("workflow:track", args=[track.programme.key, track.key])


def tab_of(
    request: HttpRequest, track: Track, procedure: Procedure | None, shown: str
) -> dict[str, Any]:
    """What the tab that is open shows, and nothing of the others."""
    if shown == MUNICIPALITIES:
        return {"listing": listing(request.user, request.GET, track=track)}
    if shown == STEPS:
        stages = stages_in_words(procedure, track) if procedure else []
        return {"stages": stages}
    figures = figures_of(track)
    steps = f"{address(track)}?show={STEPS}"
    return {
        "facts": facts_of_track(track, procedure),
        "calls": Call.objects.visible_to(request.user).filter(track=track).order_by("-pk"),
        "figures": figures,
        "route": route_of(procedure, figures.cohort, steps) if procedure else None,
    }


def facts_of_track(track: Track, procedure: Procedure | None) -> list[Fact]:
    """Places, how one gets in, who may apply, who else must agree."""
    told = [Fact(_("Places"), [places_in_words(track)])]
    if procedure:
        told += [
            Fact(_("How one takes part"), how_one_takes_part(procedure)),
            Fact(
                _("Who may apply"),
                [localized(one["sentence"]) for one in procedure.rules["eligibility"]],
            ),
            Fact(_("A second person agrees to"), second_persons(procedure)),
        ]
    told += [Fact(_("Note"), [localized(track.note)])]
    return [fact for fact in told if any(fact.lines)]


def how_one_takes_part(procedure: Procedure) -> list[str]:
    if not procedure.begins_with_a_call:
        return [_("The programme takes municipalities in; there is no call.")]
    joint = procedure.rules["joint_applications"]
    least = procedure.rules["members_at_least"]
    how = joint_in_words(least) if joint else _("Each municipality applies on its own.")
    return [_("By an application to a call."), how]


def second_persons(procedure: Procedure) -> list[str]:
    """Stepping back always asks for one, so no file lists it."""
    return [str(act_name(name)) for name in [*procedure.rules["second_person"], "step_back"]]
