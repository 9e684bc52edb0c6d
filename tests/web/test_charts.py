"""Charts on a page: the table says the same numbers, nothing hostile gets through, all prints."""

import re

import pytest
from django.template import engines
from django.utils import translation

from tests.web.charted import HOSTILE, PALETTE, STAGES, every_shape
from tests.web.elements import Elements
from web.charts.bars import Bar, Bars
from web.charts.flow import Band, Flow
from web.charts.funnel import Funnel, FunnelStage
from web.charts.shares import Part, Share, Shares
from web.charts.strip import Place, Strip

ALLOWED = {
    "figure", "div", "svg", "title", "desc", "g", "rect", "line", "polygon", "circle", "text",
    "tspan", "a", "ul", "li", "details", "summary", "table", "caption", "thead", "tbody", "tr",
    "th", "td",
}  # fmt: skip
LENGTHS = re.compile(r'\s(?:x|y|x1|x2|y1|y2|width|height|cx|cy|r|dy)="([^"]*)"')


def drawn(chart, language: str = "en") -> str:
    with translation.override(language):
        template = engines["django"].from_string("{% load charts %}{% chart it %}")
        return template.render({"it": chart})


def table_of(chart, language: str = "en") -> list[list[str]]:
    """The table as rows of words, its head first."""
    with translation.override(language):
        table = chart.table()
        head = [table.about, *(column.heading for column in table.columns)]
        return [head, *([label.text, *(c.text for c in cells)] for label, cells in table.rows)]


# The table twin


def test_bars_say_value_quartiles_and_limit():
    rows = [Bar("Процена", 52.5, limit=42, quartiles=(30, 71.5)), Bar("Пријава", 21)]

    chart = Bars("Медијана", "Фаза", "Дана", rows)

    head, assessment, application = table_of(chart, "sr-latn")
    assert head[:2] == ["Фаза", "Дана"]
    assert assessment[:4] == ["Процена", "52,5", "30", "71,5"]
    assert assessment[4].startswith("42, ")  # and in words that it is exceeded
    assert application == ["Пријава", "21", "–", "–", "–"]


def test_a_common_limit_stands_in_the_table_and_at_the_foot():
    chart = Bars("Median", "Stage", "Weeks", [Bar("Assessment", 7.4)], limit=6)

    assert table_of(chart)[1] == ["Assessment", "7.4", "6, exceeded"]
    assert "Limit: 6" in Elements(drawn(chart)).texts


def test_without_a_limit_the_table_has_no_column_for_it():
    chart = Bars("Median", "Stage", "Days", [Bar("Assessment", 7)])

    assert table_of(chart) == [["Stage", "Days"], ["Assessment", "7"]]


def test_a_funnel_says_who_reached_and_who_stands():
    chart = Funnel("Funnel", "Stage", [FunnelStage("Application", 1240, 200)])

    assert table_of(chart, "en") == [
        ["Stage", "Reached", "There now"],
        ["Application", "1,240", "200"],
    ]
    assert table_of(chart, "sr")[1] == ["Application", "1.240", "200"]


def test_a_flow_says_every_month_and_every_stage():
    bands = [Band("Application", "s1", [3, 2]), Band("Memorandum", "s2", [0, 1])]

    chart = Flow("Flow", "Month", ["April 2007", "May 2007"], bands)

    assert table_of(chart) == [
        ["Month", "Application", "Memorandum"],
        ["April 2007", "3", "0"],
        ["May 2007", "2", "1"],
    ]


def test_shares_say_each_value_its_percentage_and_the_total():
    parts = [Part("Municipality", "p1"), Part("Programme", "p2")]

    chart = Shares(
        "Ball", "Stage", "Days", parts, [Share("Assessment", [30, 20]), Share("—", [0, 0])]
    )

    assert table_of(chart) == [
        ["Stage", "Municipality", "Programme", "Days"],
        ["Assessment", "30 (60%)", "20 (40%)", "50"],
        ["—", "0 (0%)", "0 (0%)", "0"],
    ]


def test_a_strip_says_ones_own_value_and_the_quartiles():
    rows = [Place("Assessment", 80, (30, 52, 71)), Place("Later", None, None)]

    chart = Strip("Place", "Stage", "Kikinda", rows)

    assert table_of(chart) == [
        ["Stage", "Kikinda", "First quartile", "Median", "Third quartile"],
        ["Assessment", "80", "30", "52", "71"],
        ["Later", "–", "–", "–", "–"],
    ]


@pytest.mark.parametrize("chart", every_shape(STAGES["sr"]), ids=lambda chart: type(chart).__name__)
def test_every_value_that_is_drawn_is_in_the_table(chart):
    said = {cell for row in table_of(chart, "sr") for cell in row}
    with translation.override("sr"):
        values = {mark.whole for mark in chart.drawing().marks if getattr(mark, "css", "") == "num"}
    axis = {"0", "50", "100", "150"} if isinstance(chart, Flow) else set()

    assert values - axis <= said


# The page


@pytest.mark.parametrize("names", [STAGES["sr"], HOSTILE], ids=["usual", "hostile"])
@pytest.mark.parametrize("language", ["en", "sr", "sr-latn", "bs"])
def test_lengths_are_numbers_for_a_browser_in_every_language(language, names):
    for chart in every_shape(names):
        html = drawn(chart, language)

        assert all(float(length) >= 0 for length in LENGTHS.findall(html))
        for points in re.findall(r'points="([^"]*)"', html):
            assert all(len(pair.split(",")) == 2 for pair in points.split())


def test_hostile_labels_stay_words():
    for chart in every_shape(HOSTILE):
        page = Elements(drawn(chart))

        assert {tag for tag, _attributes in page.found} <= ALLOWED
        assert not any("style" in attributes for _tag, attributes in page.found)
        assert {link["href"] for link in page.of("a")} <= {f"/{index}/" for index in range(6)}
        for name in HOSTILE[:5]:
            assert any(" ".join(name.split()) in text for text in page.texts)


def test_no_colour_and_no_length_is_set_in_the_page():
    for chart in every_shape(STAGES["en"]):
        html = drawn(chart)

        assert "style" not in html
        assert "fill=" not in html
        assert "<script" not in html


def test_a_chart_without_links_is_one_picture_with_a_name():
    chart = Bars("Median <days>", "Stage", "Days", [Bar("Assessment", 7)], summary="Longest: it.")

    page = Elements(drawn(chart))

    assert page.of("svg")[0]["role"] == "img"
    assert "Median <days>" in page.texts
    assert "Longest: it. The same numbers are in the table that follows." in page.texts
    assert [region["aria-label"] for region in page.of("div")] == [
        "Median <days>",
        "Median <days>: table",
    ]


def test_a_chart_with_links_is_a_group_and_the_table_has_the_same_links():
    rows = [Bar("Усвојена и одштампана стратегија општине", 7, url="/a/?b=1&c=2"), Bar("None", 1)]

    chart = Bars("Median", "Stage", "Days", rows)

    page = Elements(drawn(chart))
    assert page.of("svg")[0]["role"] == "group"
    in_drawing, in_table = page.of("a")
    assert in_drawing == {"href": "/a/?b=1&c=2", "aria-label": rows[0].label}
    assert in_table == {"href": "/a/?b=1&c=2"}


def test_the_legend_names_what_is_there_and_nothing_else():
    plain = Bars("Median", "Stage", "Days", [Bar("Assessment", 7)])
    full = Bars("Median", "Stage", "Days", [Bar("Assessment", 7, limit=6, quartiles=(5, 9))])

    assert [key.label for key in plain.legend()] == ["Days"]
    assert [key.label for key in full.legend()] == [
        "Days",
        "above the limit",
        "the middle half of all",
        "the limit",
    ]


@pytest.mark.parametrize(
    "chart",
    [
        Bars("Empty", "Stage", "Days", []),
        Funnel("Empty", "Stage", []),
        Flow("Empty", "Month", [], [Band("Application", "s1", [])]),
        Flow("Empty", "Month", [], []),
        Shares("Empty", "Stage", "Days", [Part("Municipality", "p1")], []),
        Strip("Empty", "Stage", "Kikinda", []),
    ],
)
def test_of_nothing_there_is_a_sentence_and_no_drawing(chart):
    page = Elements(drawn(chart))

    assert [tag for tag, _attributes in page.found] == ["p"]
    assert page.texts[0] == "There is nothing to show yet."


def test_one_month_is_drawn_as_wide_as_the_plot():
    chart = Flow("Flow", "Month", ["April"], [Band("Application", "s1", [3])])

    [area] = [mark for mark in chart.drawing().marks if mark.tag == "area"]

    across = [x for x, _y in area.points]
    assert max(across) - min(across) > 500


def test_rows_that_all_are_zero_are_drawn_as_nothing():
    for chart in [
        Bars("Zero", "Stage", "Days", [Bar("Assessment", 0, limit=0, quartiles=(0, 0))]),
        Funnel("Zero", "Stage", [FunnelStage("Assessment", 0, 0)]),
        Strip("Zero", "Stage", "Kikinda", [Place("Assessment", 0, (0, 0, 0))]),
        Flow("Zero", "Month", ["April"], [Band("Assessment", PALETTE[0], [0])]),
    ]:
        said = [cell for row in table_of(chart)[1:] for cell in row[1:]]
        assert set(said) <= {"0", "–"}
        assert "<svg" in drawn(chart)
