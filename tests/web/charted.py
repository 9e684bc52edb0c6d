"""One chart of every shape, as a page about a programme would fill them."""

from collections.abc import Sequence

from web.charts.bars import Bar, Bars
from web.charts.flow import Band, Flow
from web.charts.funnel import Funnel, FunnelStage
from web.charts.shares import Part, Share, Shares
from web.charts.strip import Place, Strip

STAGES = {
    "en": [
        "Application",
        "Memorandum",
        "Assessment",
        "Strategy adopted",
        "Co-financing",
        "Sustainability",
    ],
    "sr": [
        "Пријава",
        "Меморандум",
        "Процена",
        "Усвојена стратегија",
        "Суфинансирање",
        "Одрживост",
    ],
    "sr-latn": [
        "Prijava",
        "Memorandum",
        "Procena",
        "Usvojena strategija",
        "Sufinansiranje",
        "Održivost",
    ],
}
HOSTILE = [
    "<script>alert(1)</script>",
    "W" * 200,
    "\u202eשלום עולם \u0645\u0631\u062d\u0628\u0627",
    "Опста " * 40,
    '"><a href="javascript:alert(1)">&amp;',
    "  spaces \n and \t lines  ",
]
MONTHS = [f"{month}/{year}" for year in (2007, 2008) for month in range(1, 13)]
PALETTE = ["s1", "s2", "s3", "s4", "s5", "s6"]


def every_shape(names: Sequence[str]) -> list:
    """Six names of stages, whatever they hold."""
    return [bars(names), bars_under_one_limit(names), funnel(names), flow(names)] + [
        shares(names),
        strip(names),
    ]


def bars(names: Sequence[str]) -> Bars:
    medians = [21, 14, 52.5, 36, 23, 7]
    rows = [
        Bar(name, median, limit=42, quartiles=(median * 0.7, median * 1.4), url=f"/{index}/")
        for index, (name, median) in enumerate(zip(names, medians, strict=True))
    ]
    return Bars(f"Median days in {names[2]}", "Stage", "Median, days", rows)


def bars_under_one_limit(names: Sequence[str]) -> Bars:
    weeks = [3.1, 2, 7.4, 5.2, 3.3, 1]
    rows = [Bar(name, median) for name, median in zip(names, weeks, strict=True)]
    return Bars(f"Median weeks in {names[2]}", "Stage", "Weeks", rows, limit=6)


def funnel(names: Sequence[str]) -> Funnel:
    counts = [(1240, 200), (1024, 40), (721, 306), (420, 205), (12, 4), (2, 2)]
    rows = [FunnelStage(name, *count) for name, count in zip(names, counts, strict=True)]
    return Funnel(f"How many came as far as {names[5]}", "Stage", rows)


def flow(names: Sequence[str]) -> Flow:
    bands = [
        Band(name, css, [max(0, min(24, month * 2 - 5 * index)) for month in range(24)])
        for index, (name, css) in enumerate(zip(names, PALETTE, strict=True))
    ]
    return Flow(f"Who stood in {names[0]} at the end of each month", "Month", MONTHS, bands)


def shares(names: Sequence[str]) -> Shares:
    parts = [Part("Municipality", "p1"), Part("Programme", "p2"), Part("Ministry", "p3")]
    days = [(12, 9, 0), (4, 8, 2), (30, 2, 20), (21, 15, 0), (0, 0, 0), (1, 1, 1)]
    rows = [Share(name, values) for name, values in zip(names, days, strict=True)]
    return Shares(f"Who had the ball in {names[0]}", "Stage", "Days", parts, rows)


def strip(names: Sequence[str]) -> Strip:
    quartiles = [(12, 20, 31), (9, 14, 20), (30, 52, 71), (20, 36, 44), (12, 23, 30), None]
    own = [20, 13, 80, 36, None, None]
    rows = [Place(*row) for row in zip(names, own, quartiles, strict=True)]
    return Strip(f"Kikinda among all in {names[0]}", "Stage", "Kikinda", rows)
