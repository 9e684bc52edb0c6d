"""Programmes: which a person may see, the list of them, and the page of one."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from municipalities.models.register import Country
from web.charts.drawing import Chart
from web.script.content import in_script, localized
from web.script.numbers import money
from workflow.figures import Cohort, cohort_of
from workflow.models import Call, Participation, Partner, Procedure, Programme, Track
from workflow.models.programme import TrackQuerySet
from workflow.pages.insight import flow, funnel
from workflow.pages.standing import Standing
from workflow.permissions import reach
from workflow.stages import OPEN

A_PAGE = 50
LANGUAGES = {
    "sr": gettext_lazy("Serbian"),
    "sr-latn": gettext_lazy("Serbian in Latin script"),
    "en": gettext_lazy("English"),
    "bs": gettext_lazy("Bosnian"),
}
PARTNERS = {
    "donor": gettext_lazy("Donors"),
    "implementer": gettext_lazy("Implemented by"),
    "contracting_authority": gettext_lazy("Contracting authority"),
    "grant_holder": gettext_lazy("Grant holders"),
    "consultant": gettext_lazy("Consultants"),
    "partner": gettext_lazy("Partners"),
}


def visible_tracks(user: Any) -> TrackQuerySet:
    """Those of one's programmes, where one's municipality takes part, or to which it may apply."""
    seen = reach(user)
    own = Participation.objects.filter(
        Q(municipality__in=seen.municipalities) | Q(pk__in=seen.participations)
    )
    return Track.objects.filter(
        Q(programme__in=seen.programmes)
        | Q(pk__in=own.values("track"))
        | Q(pk__in=Call.objects.visible_to(user).values("track"))
    )


def visible_programmes(user: Any) -> QuerySet[Programme]:
    """One's programmes, also those without a track yet, and those of the tracks one may see."""
    through_tracks = visible_tracks(user).values("programme")
    return Programme.objects.filter(Q(pk__in=reach(user).programmes) | Q(pk__in=through_tracks))


@dataclass(frozen=True)
class ProgrammeLine:
    """One programme of the list; `taking_part` municipalities of all its tracks, now."""

    programme: Programme
    donors: str
    period: str
    tracks: int
    taking_part: int


def programme_lines(user: Any) -> list[ProgrammeLine]:
    """The programmes that the person may see, the newest first. Four queries."""
    programmes = list(visible_programmes(user).prefetch_related("partners").order_by("-pk"))
    tracks = Counter(visible_tracks(user).values_list("programme", flat=True))
    running = Participation.objects.filter(programme__in=programmes, stage__in=OPEN).order_by()
    rows = running.values_list("programme").annotate(Count("municipality", distinct=True))
    taking_part = dict(rows)
    return [
        ProgrammeLine(
            one,
            ", ".join(str(partner) for partner in one.partners.all() if partner.role == "donor"),
            period_of(one),
            tracks[one.pk],
            taking_part.get(one.pk, 0),
        )
        for one in programmes
    ]


@dataclass(frozen=True)
class Fact:
    """One fact with its lines; `lang` where they are in another language than the page."""

    label: str
    lines: list[str]
    lang: str = ""


def facts_of(programme: Programme) -> list[Fact]:
    """What the programme file states, in its order; what it does not state is left out."""
    country = str(Country(programme.country).label)
    languages = [str(LANGUAGES.get(one, one)) for one in programme.languages]
    told = [
        Fact(_("Amount, as stated"), [localized(programme.amount_stated)]),
        Fact(_("Period, as stated"), [period_of(programme)]),
        Fact(_("Country"), [country]),
        Fact(_("Languages"), [", ".join(languages)]),
        Fact(_("What it wants to achieve"), [localized(programme.objective)]),
        Fact(_("Source of these facts"), [programme.source], lang="en"),
    ]
    return [fact for fact in [*partners_of(programme), *told] if any(fact.lines)]


def partners_of(programme: Programme) -> list[Fact]:
    """Donors first, each with its amount."""
    order = list(PARTNERS)
    rows = sorted(programme.partners.all(), key=lambda one: (order.index(one.role), one.order))
    return [
        Fact(str(PARTNERS[role]), [partner_in_words(one) for one in those])
        for role, those in groupby(rows, key=lambda one: one.role)
    ]


def partner_in_words(partner: Partner) -> str:
    """ "European Union: about 3.500.000 EUR"; nobody's amount is made rounder or more exact."""
    if partner.amount is None:
        return str(partner)
    told = {"name": str(partner), "amount": money(partner.amount, partner.currency)}
    sentence = _("%(name)s: about %(amount)s") if partner.about else _("%(name)s: %(amount)s")
    return sentence % told


def period_of(programme: Programme) -> str:
    """The period in the words of its source; else from–until."""
    stated, ends = programme.period.get("stated"), ("from", "until")
    if stated:
        return in_script(stated)
    return " – ".join(programme.period[end] for end in ends if programme.period.get(end))


def places_in_words(track: Track) -> str:
    """ "5 of 20 places taken"; the track comes from `with_places_taken`."""
    taken, places = track.places_taken, track.places_number  # type: ignore[attr-defined]
    if places is None:
        said = ngettext(
            "%(taken)d place taken; their number is not limited",
            "%(taken)d places taken; their number is not limited",
            taken,
        )
    elif track.places_are == "at_least":
        said = ngettext(
            "%(taken)d place taken, of at least %(places)d",
            "%(taken)d places taken, of at least %(places)d",
            taken,
        )
    else:
        said = ngettext(
            "%(taken)d of %(places)d place taken", "%(taken)d of %(places)d places taken", places
        )
    return said % {"taken": taken, "places": places}


@dataclass(frozen=True)
class TrackCard:
    """A track on the page of its programme."""

    track: Track
    places: str
    url: str
    begins_with_a_call: bool | None  # None while no procedure is loaded


def track_cards(user: Any, programme: Programme) -> list[TrackCard]:
    rows = visible_tracks(user).filter(programme=programme).with_places_taken()
    versions = Prefetch("procedures", Procedure.objects.defer("text"))
    tracks = rows.select_related("programme").prefetch_related(versions).order_by("pk")
    return [card(one, next(iter(one.procedures.all()), None)) for one in tracks]


def card(track: Track, newest: Procedure | None) -> TrackCard:
    address = reverse("workflow:track", args=[track.programme.key, track.key])
    return TrackCard(
        track, places_in_words(track), address, newest.begins_with_a_call if newest else None
    )


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Figures:
    """How far they came and month by month; no charts while nobody takes part."""

    cohort: Cohort | None
    charts: list[tuple[str, str, Chart]]


def figures_of(scope: Programme | Track) -> Figures:
    cohort = cohort_of(scope)
    if cohort is None or not cohort.participations:
        return Figures(cohort, [])
    reached = _("All who ever reached a stage, and who stands there now.")
    stood = _("Where everybody stood at the end of each month.")
    return Figures(
        cohort,
        [
            (_("How far they came"), reached, funnel(cohort)),
            (_("Month by month"), stood, flow(cohort)),
        ],
    )


@dataclass(frozen=True)
class Listing:
    """The municipalities of a programme or a track that the person may see, page by page."""

    page: Page
    rows: list[Participation]
    with_tracks: bool


def listing(user: Any, asked: QueryDict, *, with_tracks: bool = False, **scope: Any) -> Listing:
    """By the Serbian alphabet. Two queries."""
    rows = Participation.objects.visible_to(user).filter(**scope)
    rows = rows.select_related("municipality__parent", "track")
    ordered = rows.order_by("municipality__sort_key", "pk")
    page = Paginator(ordered, A_PAGE).get_page(asked.get("page"))
    return Listing(page, list(page.object_list), with_tracks)


OVERVIEW, MUNICIPALITIES, STEPS = "", "municipalities", "steps"


def tabs(url: str, shown: str, *names: str) -> list[Tab]:
    words = {
        OVERVIEW: _("Overview"),
        STEPS: _("Stages and conditions"),
        MUNICIPALITIES: _("Municipalities"),
    }
    return [
        Tab(words[name], f"{url}?show={name}" if name else url, name == shown) for name in names
    ]


def shown_tab(asked: QueryDict, *names: str) -> str:
    """The tab that the address names; the overview for anything else."""
    wanted = asked.get("show", "")
    return wanted if wanted in names else OVERVIEW


def programme_page(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """The context of the page of a programme."""
    names = (OVERVIEW, MUNICIPALITIES)
    shown = shown_tab(request.GET, *names)
    url = reverse("workflow:programme", args=[programme.key])
    here = Standing(request.user, programme)
    cards = track_cards(request.user, programme)
    context = {
        "programme": programme,
        "facts": facts_of(programme),
        "tracks": cards,
        "tabs": tabs(url, shown, *names),
        "shown": shown,
        "links": links_of(programme, here),
        "ways": ways_in(cards, here),
    }
    if shown == MUNICIPALITIES:
        listed = listing(request.user, request.GET, with_tracks=True, programme=programme)
        return context | {"listing": listed}
    return context | {"figures": figures_of(programme)}


# Pages of apps above: the right they ask for, their words, the name of their address.
LINKS: list[tuple[str, Any, str]] = []


def register_link(action: str, label: Any, url_name: str) -> None:
    """Called from `apps.py`: a page of the programme with this key, linked from its own page."""
    if (action, label, url_name) not in LINKS:
        LINKS.append((action, label, url_name))


def links_of(programme: Programme, here: Standing) -> list[tuple[str, str]]:
    """What else belongs to a programme, for those whose mandate is over it."""
    board = reverse("workflow:figures") + f"?programme={programme.key}"
    told = [
        ("view", _("Bottlenecks, figures and the map"), board),
        ("view_people", _("People"), reverse("workflow:programme_people", args=[programme.key])),
        ("load_procedure", _("Set-up"), reverse("workflow:programme_setup", args=[programme.key])),
    ]
    told += [
        (action, str(label), reverse(name, args=[programme.key])) for action, label, name in LINKS
    ]
    return [(label, url) for action, label, url in told if here.may(action)]


@dataclass(frozen=True)
class WaysIn:
    """How municipalities get into tracks, for whoever may take them in."""

    may: bool
    imports: list[tuple[str, str]]  # name of the track, address of its import
    has_calls: bool


def ways_in(cards: list[TrackCard], here: Standing) -> WaysIn:
    may = here.may("open_participation")
    direct = [one for one in cards if one.begins_with_a_call is False]
    imports = [
        (str(one.track), reverse("workflow:import_municipalities", args=[
            one.track.programme.key, one.track.key]))
        for one in direct
    ]  # fmt: skip
    return WaysIn(may, imports, any(one.begins_with_a_call for one in cards))
