"""A list of municipalities against the register: who is meant, who can be taken in, who not."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from municipalities.models import Municipality
from web.script.fold import fold
from workflow.forms.lists import ListRow
from workflow.models import Track
from workflow.stages import CLOSED

# The headings of the template in every language, and what people write in their place; folded.
CODE_HEADINGS = {"code", "sifra", "kod", "maticni broj", "mb", "id"}
NAME_HEADINGS = {
    "name", "naziv", "ime", "opstina", "grad", "opstina/grad", "municipality", "jls", "lokalna "
    "samouprava", "jedinica lokalne samouprave",
}  # fmt: skip
# What people write before a name: "Opština Kikinda", "Grad Užice".
BEFORE_NAMES = ("gradska opstina ", "opstina ", "grad ", "go ", "municipality of ", "city of ")


@dataclass(frozen=True)
class ListLine:
    """One row of the list: whom it names, and why that one cannot be taken in, if so."""

    number: int
    said: str
    municipality: Municipality | None = None
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    lines: list[ListLine]

    @property
    def good(self) -> list[ListLine]:
        return [line for line in self.lines if not line.problem]

    @property
    def wrong(self) -> list[ListLine]:
        return [line for line in self.lines if line.problem]

    @property
    def units(self) -> list[Municipality]:
        return [line.municipality for line in self.good if line.municipality]

    @property
    def codes(self) -> str:
        return " ".join(unit.code for unit in self.units)


Wanted = tuple[str, str]  # code, name


class Register:
    """The register by code and by folded name. One query."""

    def __init__(self) -> None:
        self.by_code: dict[str, Municipality] = {}
        self.by_name: dict[str, set[Municipality]] = defaultdict(set)
        for unit in Municipality.objects.select_related("parent"):
            self.by_code[unit.code] = unit
            for name in (unit.name_latin, unit.full_name):
                self.by_name[fold(name)].add(unit)

    def called(self, name: str) -> list[Municipality]:
        """The units of that name, blind to script, diacritics and a word such as "Opština"."""
        folded = fold(name)
        bare = next((folded[len(one) :] for one in BEFORE_NAMES if folded.startswith(one)), folded)
        found = self.by_name.get(folded) or self.by_name.get(bare) or set()
        return sorted(found, key=lambda unit: unit.code)


def preview(rows: Sequence[ListRow], track: Track) -> Preview:
    """Each row in words, in the order of the file. Three queries; writes nothing."""
    register = Register()
    lines = [recognised(row, wanted, register, track) for row, wanted in wanted_of(rows)]
    lines = marked(lines, without_doubles(lines))
    lines = marked(lines, without_those_there(lines, track))
    return Preview(marked(lines, within_places(lines, track)))


def wanted_of(rows: Sequence[ListRow]) -> list[tuple[ListRow, Wanted]]:
    """What each row names. Without headings its first cell may be a code or a name."""
    headings = [fold(cell) for cell in rows[0].cells]
    code = next((place for place, word in enumerate(headings) if word in CODE_HEADINGS), None)
    name = next((place for place, word in enumerate(headings) if word in NAME_HEADINGS), None)
    if code is None and name is None:
        return [(row, (cell(row, 0), cell(row, 0))) for row in rows]
    return [(row, (cell(row, code), cell(row, name))) for row in rows[1:]]


def cell(row: ListRow, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""


def recognised(row: ListRow, wanted: Wanted, register: Register, track: Track) -> ListLine:
    """The one unit that is meant; by its code if there is one, else by its name."""
    code, name = wanted
    line = ListLine(row.number, name if code == name else f"{code} {name}".strip())
    if unit := register.by_code.get(code):
        return of_the_country([unit], line, track)
    if code and code != name and not name:
        return replace(line, problem=_("No municipality of the register has this code."))
    if code and code != name:
        told = _("No municipality of the register has this code; correct or delete it.")
        return replace(line, problem=told)
    if not name:
        return replace(line, problem=_("Neither a code nor a name stands here."))
    return of_the_country(register.called(name), line, track)


def of_the_country(found: list[Municipality], line: ListLine, track: Track) -> ListLine:
    """Where two countries have a place of that name, the programme's own is meant."""
    here = [unit for unit in found if unit.country == track.programme.country]
    if len(here) == 1:
        return replace(line, municipality=here[0])
    if here:
        units = ", ".join(f"{unit.code} ({unit.full_name})" for unit in here)
        told = _("Several are called so; write the code of the one you mean: %s.") % units
        return replace(line, problem=told)
    if found:
        told = _("It is not in the country of this programme.")
        return replace(line, municipality=found[0], problem=told)
    told = _("No municipality of the register is called so. Check the spelling.")
    return replace(line, problem=told)


def marked(lines: list[ListLine], problems: dict[int, str]) -> list[ListLine]:
    """The same lines, some with a problem; keyed by the number of the row."""
    return [
        replace(line, problem=problems[line.number]) if line.number in problems else line
        for line in lines
    ]


def good(lines: Iterable[ListLine]) -> list[tuple[ListLine, Municipality]]:
    return [(line, line.municipality) for line in lines if line.municipality and not line.problem]


def without_doubles(lines: list[ListLine]) -> dict[int, str]:
    first: dict[int, int] = {}
    problems = {}
    for line, unit in good(lines):
        if unit.pk in first:
            problems[line.number] = _("It stands in row %d already.") % first[unit.pk]
        first.setdefault(unit.pk, line.number)
    return problems


def without_those_there(lines: list[ListLine], track: Track) -> dict[int, str]:
    running = track.participations.exclude(stage__in=CLOSED)
    there = set(running.values_list("municipality", flat=True))
    told = _("It takes part in this track already.")
    return {line.number: told for line, unit in good(lines) if unit.pk in there}


def within_places(lines: list[ListLine], track: Track) -> dict[int, str]:
    """The places go to the first rows; nobody is taken in beyond them."""
    left = track.places_left()
    if left is None:
        return {}
    told = _("No place is left in this track for this row.")
    return {line.number: told for line, _unit in good(lines)[max(left, 0) :]}
