"""One country with its participating units: what the template draws, and the table beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from municipalities.maps.outlines import Outlines, outlines
from municipalities.models import Municipality
from municipalities.models.register import Country
from web.charts.drawing import Column, Key, Label, Table, swatch


@dataclass(frozen=True)
class MapMark:
    """How a participating unit is shown: the class of its colour (s1 to s6), where its link
    leads ("" for none), the stage in words, and every stage where it stands at several."""

    css: str
    url: str
    label: str
    in_full: str = ""

    @property
    def words(self) -> str:
        return self.in_full or self.label


@dataclass(frozen=True)
class MapUnit:
    """A unit of the register with its shape, "" where it has none, and its mark, if any."""

    name: str
    path: str = ""
    mark: MapMark | None = None

    @property
    def words(self) -> str:
        """Čačak: Procena"""
        return f"{self.name}: {self.mark.words}" if self.mark else self.name


@dataclass(frozen=True)
class CountryMap:
    """A map: all units in the order of the Serbian alphabet, and what must be said beside it."""

    title: str
    width: int
    height: int
    units: Sequence[MapUnit]
    notes: Sequence[str]

    @property
    def plain(self) -> list[MapUnit]:
        return [unit for unit in self.units if unit.path and not unit.mark]

    @property
    def drawn(self) -> list[MapUnit]:
        """Those who take part; painted last, so that their edges lie on top."""
        return [unit for unit in self.units if unit.path and unit.mark]

    @property
    def beside(self) -> list[MapUnit]:
        """Those who take part and cannot be drawn."""
        return [unit for unit in self.units if unit.mark and not unit.path]

    @property
    def has_links(self) -> bool:
        return any(unit.mark and unit.mark.url for unit in self.drawn)

    def legend(self) -> list[Key]:
        """Who does not take part first, then each stage that is there, in the order of colours."""
        found = {(unit.mark.css, unit.mark.label) for unit in self.units if unit.mark}
        stages = [Key(label, swatch(css)) for css, label in sorted(found)]
        return [Key(_("not taking part"), swatch("s0")), *stages]

    def table(self) -> Table:
        marked = [(unit.name, unit.mark) for unit in self.units if unit.mark]
        return Table(
            _("Municipality"),
            [Label(name, mark.url) for name, mark in marked],
            [Column(_("Stage"), [mark.words for _name, mark in marked], css="")],
        )


def country_map(country: Country, coloured: Mapping[str, MapMark]) -> CountryMap:
    """The map of a country; `coloured` says by code who takes part. One query.

    Codes of another country are left out, so that all of a programme can be handed in. A city
    municipality is named beside the map and its city stays plain: who takes part is the part.
    """
    shapes = outlines(country)
    register = Municipality.objects.filter(country=country).select_related("parent").sorted()
    units = list(register)
    return CountryMap(
        title=_("Map: %(country)s") % {"country": country.label},
        width=shapes.width,
        height=shapes.height,
        units=[
            MapUnit(unit.full_name, shapes.paths.get(unit.code, ""), coloured.get(unit.code))
            for unit in units
        ],
        notes=[*coverage(country), *who_is_not_drawn(units, shapes)],
    )


def coverage(country: Country) -> list[str]:
    """What the map is of, said in a way that nobody reads as a statement on a border."""
    notes = [_("The map shows the units of local self-government whose boundaries are at hand.")]
    if country == Country.SERBIA:
        notes.append(_("None are at hand for Kosovo and Metohija."))
    return [*notes, _("It says nothing about the status of any territory or border.")]


def who_is_not_drawn(units: Sequence[Municipality], shapes: Outlines) -> list[str]:
    """Units of the register without a boundary of their own, and boundaries that are a guess."""
    missing = [unit for unit in units if unit.code not in shapes.paths]
    cities = {unit.parent_id for unit in missing}
    named = {
        _("City municipalities are shown as part of their city: %(names)s."): [
            unit.name for unit in units if unit.pk in cities
        ],
        _("No boundary is at hand for: %(names)s."): [
            unit.full_name for unit in missing if not unit.parent_id
        ],
        _("The boundary is approximate for: %(names)s."): [
            unit.full_name for unit in units if unit.code in shapes.approximate
        ],
    }
    return [text % {"names": ", ".join(names)} for text, names in named.items() if names]
