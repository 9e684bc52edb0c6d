"""Loads the register and its facts from `municipalities/data/`; loading twice changes nothing.

Units are keyed by code, facts by their key. Nothing is ever removed: a unit that leaves the
files may still have participations.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from municipalities.models import Fact, Municipality
from municipalities.models.register import Country, Entity, Kind
from web.script.fold import fold
from web.script.transliterate import to_cyrillic

DATA = Path(__file__).resolve().parent / "data"

# Units for which the sources have no code. The maps use the same ones.
CODES_OF_OUR_OWN = {
    (Country.SERBIA, "Beograd"): "beograd",
    (Country.BOSNIA, "Vukosavlje"): "rs-vukosavlje",
    (Country.BOSNIA, "Stanari"): "rs-stanari",
}

_UNIT_FIELDS = [
    "country",
    "kind",
    "name_latin",
    "name_cyrillic",
    "shares_name",
    "parent_id",
    "entity",
    "area_latin",
    "area_cyrillic",
    "population",
    "has_polygon",
    "search_key",
    "sort_key",
]
_FACT_FIELDS = ["municipality_id", "what", "value", "from_on", "until_on", "source"]


class RegisterError(Exception):
    """A file of the register cannot be used; the text says which line and why."""


@dataclass(frozen=True)
class Loaded:
    """`known` were there before (with those `changed`), `added` are new."""

    known: int
    added: int
    changed: int

    def __str__(self) -> str:
        return f"{self.known} known, {self.added} added, {self.changed} changed"


@transaction.atomic
def load_register(folder: Path = DATA) -> Loaded:
    """Bring every unit of both files into the register. Raises RegisterError, changes nothing."""
    units = read_units(folder)
    known = {unit.code: unit for unit in Municipality.objects.all()}
    for unit in units.values():
        if unit.parent:
            unit.parent = known.get(unit.parent.code, unit.parent)
    added = [unit for code, unit in units.items() if code not in known]
    # Cities first: their city municipalities need them.
    Municipality.objects.bulk_create([unit for unit in added if not unit.parent])
    Municipality.objects.bulk_create([unit for unit in added if unit.parent])
    pairs = [(known[code], unit) for code, unit in units.items() if code in known]
    return Loaded(len(known), len(added), _update(pairs, _UNIT_FIELDS))


@transaction.atomic
def load_facts(folder: Path = DATA) -> Loaded:
    """Bring every fact of `facts.csv` into the register; facts entered by hand stay as they are.

    Raises RegisterError for a code that the register does not hold, so load it first.
    """
    facts = read_facts(folder, dict(Municipality.objects.values_list("code", "pk")))
    known = {fact.key: fact for fact in Fact.objects.exclude(key=None)}
    added = [fact for key, fact in facts.items() if key not in known]
    Fact.objects.bulk_create(added)
    pairs = [(known[key], fact) for key, fact in facts.items() if key in known]
    return Loaded(len(known), len(added), _update(pairs, _FACT_FIELDS))


def _update(pairs: Sequence[tuple[Any, Any]], fields: Sequence[str]) -> int:
    """Make each row on the left equal to the one on the right; how many had to change."""
    changed = []
    for row, wanted in pairs:
        news = {name: getattr(wanted, name) for name in fields}
        if any(getattr(row, name) != value for name, value in news.items()):
            vars(row).update(news)
            changed.append(row)
    if changed:
        type(changed[0]).objects.bulk_update(changed, fields)
    return len(changed)


def read_units(folder: Path = DATA) -> dict[str, Municipality]:
    """All units of both countries by code, unsaved, with keys and parents; raises RegisterError."""
    units: dict[str, Municipality] = {}
    readers = {"rs_municipalities.csv": unit_of_serbia, "ba_municipalities.csv": unit_of_bosnia}
    for name, read in readers.items():
        cities: dict[str, Municipality] = {}
        for place, row in rows(folder / name):
            unit = _understood(place, read, row, cities, place)
            if unit.code in units:
                raise RegisterError(f"{place}: the code {unit.code} is there twice.")
            if unit.kind == Kind.CITY:
                cities[unit.name_latin] = unit
            units[unit.code] = unit
    _mark_shared_names(units.values())
    return units


def _mark_shared_names(units: Collection[Municipality]) -> None:
    """Alike are "Palilula" twice, "Kupres (FBiH)" and "Kupres (RS)", "Pale" and "Pale-Prača"."""
    stems = {unit.code: fold(re.split(r"[-(]", unit.name_latin)[0]) for unit in units}
    times = Counter(stems.values())
    for unit in units:
        unit.shares_name = times[stems[unit.code]] > 1


def unit_of_serbia(
    row: dict[str, str], cities: dict[str, Municipality], place: str
) -> Municipality:
    """One line of `rs_municipalities.csv`. Cities stand before their city municipalities."""
    parent = cities.get(row["parent_lat"])
    if bool(row["parent_lat"]) != bool(parent):
        raise RegisterError(f"{place}: no city above is called {row['parent_lat']}.")
    return _unit(
        place,
        code=row["code"] or own_code(Country.SERBIA, row["name_lat"], place),
        country=Country.SERBIA,
        kind=row["kind"],
        name_latin=row["name_lat"],
        name_cyrillic=row["name_cyr"],
        parent=parent,
        area_latin=row["oblast_lat"],
        area_cyrillic=row["oblast_cyr"],
        # 0 stands where the source has no figure of its own for a part of a city.
        population=int(row["population_2020"]) or None,
        has_polygon=row["has_polygon"] == "1",
    )


def unit_of_bosnia(
    row: dict[str, str], cities: dict[str, Municipality], place: str
) -> Municipality:
    """One line of `ba_municipalities.csv`. It names no parent and no population."""
    return _unit(
        place,
        code=row["wof_id"] or own_code(Country.BOSNIA, row["name_lat"], place),
        country=Country.BOSNIA,
        kind=kind_in_bosnia(row),
        name_latin=row["name_lat"],
        name_cyrillic=row["name_cyr"],
        entity=row["entity"],
        area_latin=row["canton"],
        area_cyrillic=to_cyrillic(row["canton"]),
        has_polygon=row["has_polygon"] == "1",
    )


def kind_in_bosnia(row: dict[str, str]) -> Kind:
    """The file has no kind; it shows one in the name of its source, "Mostar (grad)"."""
    if row["entity"] == Entity.BRCKO:
        return Kind.DISTRICT
    return Kind.CITY if "(grad)" in row["source_name"] else Kind.MUNICIPALITY


def own_code(country: Country, name: str, place: str) -> str:
    """The code of one of the three units without one; any other must have its own."""
    if (country, name) not in CODES_OF_OUR_OWN:
        raise RegisterError(f"{place}: {name} has no code.")
    return CODES_OF_OUR_OWN[country, name]


def _unit(place: str, **fields: Any) -> Municipality:
    unit = Municipality(**fields)
    for name, known in {"kind": Kind.values, "entity": ["", *Entity.values]}.items():
        if getattr(unit, name) not in known:
            raise RegisterError(f"{place}: {name} {getattr(unit, name)!r} is not one of {known}.")
    unit.set_keys()
    return unit


def read_facts(folder: Path, ids: dict[str, int]) -> dict[str, Fact]:
    """All facts of the file by key, unsaved; `ids` maps codes to primary keys."""
    facts: dict[str, Fact] = {}
    for place, row in rows(folder / "facts.csv"):
        if row.get("code") not in ids:
            raise RegisterError(f"{place}: no municipality has the code {row.get('code')}.")
        if row.get("key") in facts:
            raise RegisterError(f"{place}: the key {row['key']} is there twice.")
        facts[row["key"]] = _understood(place, _fact, row, ids[row["code"]])
    return facts


def _fact(row: dict[str, str], municipality_id: int) -> Fact:
    fact = Fact(
        key=row["key"],
        municipality_id=municipality_id,
        what=row["what"],
        value=row["value"],
        from_on=_day(row["from_on"]),
        until_on=_day(row["until_on"]),
        source=row["source"],
    )
    fact.clean_fields(exclude=["municipality"])
    fact.refuse_unknown_value()
    return fact


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def _understood(place: str, read: Callable[..., Any], *given: Any) -> Any:
    """What `read` makes of a line; whatever it cannot read is said together with the line."""
    try:
        return read(*given)
    except KeyError as missing:
        raise RegisterError(f"{place}: the column {missing} is missing.") from None
    except ValueError as broken:
        raise RegisterError(f"{place}: {broken}.") from None
    except ValidationError as refused:
        raise RegisterError(f"{place}: {' '.join(refused.messages)}") from None


def rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each line of a CSV file, with where it stands ("facts.csv, line 3")."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, restval="")
            for row in reader:
                yield f"{path.name}, line {reader.line_num}", row
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        raise RegisterError(f"{path.name} cannot be read: {broken}") from broken
