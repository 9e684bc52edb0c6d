"""Laws of the drawings: nothing leaves them, order is kept, parts make a whole."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.charts.bars import Bar, Bars
from web.charts.drawing import Area, Dot, Drawing, Line, Mark, Rect, Scale, Words
from web.charts.flow import Band, Flow, nice_ticks
from web.charts.funnel import Funnel, FunnelStage
from web.charts.lettering import broken, width_of
from web.charts.rows import WIDEST_LABEL
from web.charts.shares import Part, Share, Shares, whole_percentages
from web.charts.strip import Place, Strip

HAIR = 0.11  # what rounding to one decimal may add
amounts = st.floats(0, 1e9) | st.integers(0, 50)
counts = st.integers(0, 10**6)
texts = st.text(max_size=60) | st.sampled_from(["Усвојена стратегија", "W" * 200, "а " * 100])
some = st.none() | amounts
bars = st.builds(
    Bar,
    texts,
    amounts,
    limit=some,
    quartiles=st.none() | st.tuples(amounts, amounts).map(sorted).map(tuple),
)
places = st.builds(
    Place,
    texts,
    some,
    st.none() | st.tuples(amounts, amounts, amounts).map(sorted).map(tuple),
)
stages = st.builds(FunnelStage, texts, counts, counts)
PARTS = [Part("Municipality", "p1"), Part("Programme", "p2"), Part("Ministry", "p3")]
shares = st.builds(Share, texts, st.tuples(amounts, amounts, amounts))


@st.composite
def flows(draw):
    months = draw(st.integers(1, 40))
    count = st.lists(st.integers(0, 500), min_size=months, max_size=months)
    bands = draw(st.lists(st.builds(Band, texts, st.just("s1"), count), min_size=1, max_size=6))
    names = draw(st.lists(texts, min_size=months, max_size=months))
    return Flow("Flow", "Month", names, bands)


def edges(mark: Mark) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a mark; of words as wide as they are taken to be."""
    if isinstance(mark, Rect):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    if isinstance(mark, Line):
        return mark.x1, mark.y1, mark.x2, mark.y2
    if isinstance(mark, Dot):
        radius = mark.radius
        return mark.x - radius, mark.y - radius, mark.x + radius, mark.y + radius
    if isinstance(mark, Area):
        across, down = zip(*mark.points, strict=True)
        return min(across), min(down), max(across), max(down)
    width = max(map(width_of, mark.lines), default=0)
    left = mark.x - {"start": 0, "middle": width / 2, "end": width}[mark.anchor]
    return left, mark.y - 13, left + width, mark.y + 18 * (len(mark.lines) - 1) + 4


def outside(drawing: Drawing) -> list[Mark]:
    found = []
    for mark in drawing.marks:
        left, top, right, bottom = edges(mark)
        across = left >= -HAIR and right <= drawing.width + HAIR
        if not across or top < -HAIR or bottom > drawing.height + HAIR:
            found.append(mark)
    return found


def of(kind: type, drawing: Drawing) -> list:
    return [mark for mark in drawing.marks if isinstance(mark, kind)]


@given(st.lists(bars, max_size=8), some)
def test_bars_never_leave_the_drawing(rows, limit):
    assert outside(Bars("Days", "Stage", "Median", rows, limit=limit).drawing()) == []


@given(st.lists(stages, max_size=8))
def test_a_funnel_never_leaves_the_drawing(rows):
    assert outside(Funnel("Funnel", "Stage", rows).drawing()) == []


@given(st.lists(shares, max_size=8))
def test_shares_never_leave_the_drawing(rows):
    assert outside(Shares("Ball", "Stage", "Days", PARTS, rows).drawing()) == []


@given(st.lists(places, max_size=8))
def test_a_strip_never_leaves_the_drawing(rows):
    assert outside(Strip("Place", "Stage", "Kikinda", rows).drawing()) == []


@given(flows())
def test_a_flow_never_leaves_the_drawing(flow):
    assert outside(flow.drawing()) == []


# Bars


@given(st.lists(bars, min_size=2, max_size=8))
def test_bars_stand_in_their_order_and_a_greater_value_is_never_shorter(rows):
    drawn = of(Rect, Bars("Days", "Stage", "Median", rows).drawing())

    assert len(drawn) == len(rows)
    assert all(one.y + one.height <= next_one.y for one, next_one in pairwise(drawn))
    by_value = [pair[1].width for pair in sorted(zip(rows, drawn, strict=True), key=value_of)]
    assert by_value == sorted(by_value)


def value_of(pair) -> float:
    return pair[0].value


@given(st.lists(bars, min_size=1, max_size=8), some)
def test_a_bar_is_bad_exactly_above_its_limit(rows, limit):
    chart = Bars("Days", "Stage", "Median", rows, limit=limit)

    for bar, drawn in zip(rows, of(Rect, chart.drawing()), strict=True):
        own = limit if bar.limit is None else bar.limit
        assert (drawn.css == "bar bad") == (own is not None and bar.value > own)


@pytest.mark.parametrize(("value", "is_bad"), [(41.9, False), (42, False), (42.1, True)])
def test_who_stands_at_the_limit_is_still_within(value, is_bad):
    chart = Bars("Days", "Stage", "Median", [Bar("Assessment", value)], limit=42)

    assert chart.exceeds(chart.rows[0]) == is_bad


def test_the_smallest_bar_can_still_be_seen_and_nothing_is_no_bar():
    rows = [Bar("Most", 1_000_000), Bar("One", 1), Bar("None", 0)]

    _most, one, none = of(Rect, Bars("Count", "Stage", "Count", rows).drawing())

    assert one.width >= 2
    assert none.width == 0


@given(st.lists(bars, min_size=1, max_size=8))
def test_no_label_reaches_into_the_plot_and_no_mark_into_the_values(rows):
    drawing = Bars("Days", "Stage", "Median", rows).drawing()
    start = min(mark.x for mark in of(Rect, drawing))
    end = max(edges(mark)[2] for mark in drawing.marks if not isinstance(mark, Words))

    for words in of(Words, drawing):
        left, _top, right, _bottom = edges(words)
        assert right <= start if words.anchor == "start" else left >= end - HAIR


# Shares


@given(st.lists(shares, min_size=1, max_size=8))
def test_the_parts_of_a_bar_fill_it_without_gap_or_overlap(rows):
    drawn = iter(of(Rect, Shares("Ball", "Stage", "Days", PARTS, rows).drawing()))
    bars = [[next(drawn) for _part in PARTS] for _row in rows]
    whole = {round(sum(part.width for part in bar), 1) for bar in bars}

    for bar in bars:
        assert [part.css for part in bar] == ["p1", "p2", "p3"]
        for one, next_one in pairwise(bar):
            assert abs(one.x + one.width - next_one.x) < HAIR
    assert len(whole - {0}) <= 1  # every bar is as long as the plot, or has nothing to share


@given(st.lists(amounts, min_size=1, max_size=6))
def test_percentages_add_up_to_a_hundred_and_are_off_by_less_than_one(values):
    rounded, total = whole_percentages(values), sum(values)

    assert sum(rounded) == (100 if total > 0 else 0)
    if total > 0:
        assert all(
            abs(100 * value / total - one) <= 1 for value, one in zip(values, rounded, strict=True)
        )


# Flow


@given(flows())
def test_areas_lie_on_one_another_and_reach_the_total(flow):
    areas = of(Area, flow.drawing())
    columns = len(areas[0].points) // 2

    for below, above in pairwise(areas):
        assert list(below.points[:columns]) == list(reversed(above.points[columns:]))
    assert [area.css for area in areas] == [band.css for band in reversed(flow.bands)]
    totals = [sum(month) for month in zip(*(band.counts for band in flow.bands), strict=True)]
    heights = [-y for _x, y in areas[-1].points[:columns]]
    by_total = [height for _total, height in sorted(zip(totals, heights, strict=False))]
    assert by_total == sorted(by_total)


@given(st.integers(0, 10**7))
def test_ticks_are_few_even_and_reach_the_top(top):
    ticks = nice_ticks(top)

    assert ticks[0] == 0
    assert ticks[-1] >= top
    assert 2 <= len(ticks) <= 6
    assert len({after - before for before, after in pairwise(ticks)}) == 1


def test_ticks_are_round():
    assert nice_ticks(18) == [0, 5, 10, 15, 20]
    assert nice_ticks(3) == [0, 1, 2, 3]
    assert nice_ticks(141) == [0, 50, 100, 150]


@given(flows())
def test_names_of_months_do_not_touch_each_other(flow):
    bottom = max(words.y for words in of(Words, flow.drawing()))
    names = [words for words in of(Words, flow.drawing()) if words.lines and words.y == bottom]

    for one, next_one in pairwise(names):
        assert edges(one)[2] <= edges(next_one)[0] + HAIR


# Words and scales


@given(st.text(max_size=300), st.floats(30, 300), st.integers(1, 4))
def test_broken_text_fits_and_loses_nothing_unsaid(text, room, most):
    lines = broken(text, room, most)

    assert len(lines) <= most
    assert all(width_of(line) <= room for line in lines)
    said, meant = "".join("".join(lines).split()), "".join(text.split())
    if said != meant:
        assert said.endswith("…")
        assert meant.startswith(said[:-1])


def test_a_label_breaks_between_words():
    room = width_of("Усвојена и одштампана")

    assert broken("Усвојена и одштампана стратегија", room, 3) == (
        "Усвојена и одштампана",
        "стратегија",
    )
    assert broken("Усвојена и одштампана стратегија", room, 1) == ("Усвојена и одштампа…",)


def test_serbian_names_of_stages_need_no_more_than_two_lines():
    for name in ["Усвојена стратегија", "Strategija usvojena", "Суфинансирање", "Sustainability"]:
        assert len(broken(name, WIDEST_LABEL, 3)) == 1


@given(amounts, amounts, st.floats(0, 300), st.floats(1, 600))
def test_a_scale_keeps_order_and_bounds(one, other, start, length):
    scale = Scale(max(one, other), start, start + length)

    assert (scale(one) <= scale(other)) or one > other
    assert start - HAIR <= scale(one) <= start + length + HAIR
    assert scale(0) == round(start, 1)
