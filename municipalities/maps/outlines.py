"""The shape of every unit as SVG path data, computed from `data/*_boundaries.topojson`.

Once per process and country; there is no drawn file that could differ from its source. Belgrade
and Niš are one unit each: the map draws local self-governments, not parts of cities.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from municipalities.models.register import Country
from municipalities.register import CODES_OF_OUR_OWN, DATA

WIDTH = 4800  # whole units, ten of which are one of a drawing as wide as a column of a page

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Outlines:
    """The units of one country by code, and those whose boundary is only approximate."""

    width: int
    height: int
    paths: Mapping[str, str]
    approximate: frozenset[str]


@cache
def outlines(country: Country) -> Outlines:
    """All shapes of a country. The first call takes some hundredths of a second."""
    shapes, approximate = read_shapes(country)
    project, height = projection(
        [point for shape in shapes.values() for ring in shape for point in ring]
    )
    paths = {
        code: path_data([[*map(project, ring)] for ring in shape]) for code, shape in shapes.items()
    }
    return Outlines(WIDTH, height, paths, approximate)


def read_shapes(
    country: Country, folder: Path = DATA
) -> tuple[dict[str, list[Ring]], frozenset[str]]:
    """Every ring of every unit in degrees, by code, and the codes of the approximate ones."""
    topology = json.loads((folder / f"{country.lower()}_boundaries.topojson").read_text("utf-8"))
    arcs = [list(_degrees(arc, topology["transform"])) for arc in topology["arcs"]]
    [layer] = topology["objects"].values()
    shapes: dict[str, list[Ring]] = {}
    for unit in layer["geometries"]:
        shapes[unit_code(country, unit["properties"])] = [
            _joined(ring, arcs) for ring in _rings(unit)
        ]
    approximate = (
        unit["properties"] for unit in layer["geometries"] if unit["properties"].get("approx")
    )
    return shapes, frozenset(unit_code(country, properties) for properties in approximate)


def unit_code(country: Country, properties: Mapping[str, Any]) -> str:
    """The code of the register, which likewise asks the name only where the source has no code."""
    stated = properties.get("code") or properties.get("wof_id")
    return str(stated or CODES_OF_OUR_OWN[country, properties["name"]])


def _degrees(arc: Iterable[list[int]], transform: Mapping[str, list[float]]) -> Iterator[Point]:
    """TopoJSON keeps a line as whole numbers, each the difference from the point before."""
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield (
            x * transform["scale"][0] + transform["translate"][0],
            y * transform["scale"][1] + transform["translate"][1],
        )


def _rings(unit: Mapping[str, Any]) -> list[list[int]]:
    """The rings of a Polygon or a MultiPolygon, outer and inner alike, as numbers of arcs."""
    if unit["type"] == "Polygon":
        return unit["arcs"]
    return [ring for polygon in unit["arcs"] for ring in polygon]


def _joined(ring: Iterable[int], arcs: list[Ring]) -> Ring:
    """One line of points; `~n` is arc n backwards. An arc begins where the one before ended."""
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:]
    return points


def projection(points: list[Point]) -> tuple[Callable[[Point], tuple[int, int]], int]:
    """Degrees to units of the drawing, true to scale at the middle latitude; and the height."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)

    def project(point: Point) -> tuple[int, int]:
        longitude, latitude = point
        return round((longitude - west) * squeeze * scale), round((north - latitude) * scale)

    return project, math.ceil((north - south) * scale)


def path_data(rings: Iterable[list[tuple[int, int]]]) -> str:
    """The `d` attribute: differences of rounded points, so that neighbours stay joined."""
    return "".join(_closed(ring) for ring in map(_without_repeats, rings) if len(ring) >= 3)


def _without_repeats(ring: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for before, point in pairwise([ring[-1], *ring]) if point != before]


def _closed(ring: list[tuple[int, int]]) -> str:
    steps = (f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(ring))
    moves = " ".join(steps).replace(" -", "-")  # a minus parts two numbers as well
    return f"M{ring[0][0]} {ring[0][1]}l{moves}z"
