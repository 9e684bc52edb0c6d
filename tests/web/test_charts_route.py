"""A route: nothing leaves its drawing, words do not meet, the list says the same."""

from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from tests.web.charted import HOSTILE, STAGES
from tests.web.test_charts_geometry import HAIR, outside, texts
from web.charts.drawing import Dot, Line, Words
from web.charts.lettering import width_of
from web.charts.route import Route, Stop

stops = st.lists(st.builds(Stop, texts, st.lists(texts, max_size=2)), min_size=1, max_size=6)


def drawn(route: Route) -> str:
    return Template("{% load charts %}{% route it %}").render(Context({"it": route}))


@given(stops)
def test_nothing_leaves_the_drawing(stops):
    assert outside(Route("Route", stops).drawing()) == []


@given(stops)
def test_words_of_neighbours_do_not_meet(stops):
    words = [mark for mark in Route("Route", stops).drawing().marks if isinstance(mark, Words)]
    rows: dict[float, list[Words]] = {}
    for mark in words:
        rows.setdefault(mark.y, []).append(mark)

    for row in rows.values():
        for one, other in pairwise(sorted(row, key=lambda mark: mark.x)):
            widths = [max(map(width_of, mark.lines), default=0) for mark in (one, other)]
            assert one.x + widths[0] / 2 <= other.x - widths[1] / 2 + HAIR


@pytest.mark.parametrize("names", STAGES.values(), ids=STAGES)
def test_no_name_of_a_stage_is_broken_in_itself(names):
    drawing = Route("Route", [Stop(name) for name in names]).drawing()

    shown = [line for mark in drawing.marks if isinstance(mark, Words) for line in mark.lines]
    assert {word for name in names for word in name.split()} <= set(" ".join(shown).split())


def test_one_circle_a_stage_and_one_arrow_between_two():
    marks = Route("Route", [Stop("One"), Stop("Two"), Stop("Three")]).drawing().marks

    circles = [mark.x for mark in marks if isinstance(mark, Dot)]
    arrows = [(mark.x1, mark.x2) for mark in marks if isinstance(mark, Line)]
    assert len(circles) == 3
    assert [circles[0] < start < end < circles[1] for start, end in arrows[:1]] == [True]
    assert len(arrows) == 2


def test_the_list_says_the_same_with_links():
    route = Route("Route", [Stop("One", ["2 steps", "3 there now"], "/one/"), Stop("Two")])

    page = drawn(route)

    assert '<li><a href="/one/">One</a>: 2 steps, 3 there now</li>' in page
    assert "<li>Two</li>" in page


def test_hostile_words_stay_words():
    page = drawn(Route(HOSTILE[0], [Stop(word, [word]) for word in HOSTILE]))

    assert "<script" not in page
    assert 'href="javascript' not in page
