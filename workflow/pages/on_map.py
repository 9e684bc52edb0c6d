"""Municipalities on a map: where each stands, in which colour, in which words."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from municipalities.maps.country import MapMark
from municipalities.models import Municipality
from web.script.numbers import number
from workflow.stages import OPEN, Stage

COLOURS = {stage: f"s{place}" for place, stage in enumerate(OPEN, 1)}
Numbers = dict[Stage, int]  # participations of one municipality at each stage


def standing(running: Any) -> dict[str, Numbers]:
    """By code, at which stages each municipality of these participations stands. Two queries."""
    by_unit = standing_of(running)
    return {code: by_unit[unit] for unit, code in codes_of(by_unit)}


def standing_of(running: Any) -> dict[int, Numbers]:
    """The same by primary key. It reads an index alone, all of these participations in it."""
    told = running.order_by().values_list("municipality", "stage").annotate(many=Count("*"))
    by_unit: dict[int, Numbers] = defaultdict(dict)
    for unit, stage, many in told:
        by_unit[unit][Stage(stage)] = many
    return by_unit


def codes_of(units: Iterable[int]) -> Iterable[tuple[int, str]]:
    """Primary key and code of each of these municipalities. One query."""
    return Municipality.objects.filter(pk__in=units).values_list("pk", "code")


def mark(numbers: Numbers, address: str) -> MapMark:
    """In the colour of the furthest stage; in words every stage."""
    furthest = max(numbers, key=OPEN.index)
    return MapMark(COLOURS[furthest], address, str(furthest.label), in_words(numbers))


def in_words(numbers: Numbers) -> str:
    """ "Assessment (2), Strategy adopted": every stage, how many where it is not one."""
    return ", ".join(
        f"{stage.label} ({number(numbers[stage])})" if numbers[stage] > 1 else str(stage.label)
        for stage in OPEN
        if stage in numbers
    )
