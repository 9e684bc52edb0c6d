"""`{% load charts %}{% chart it %}`: one of the shapes of `web.charts`, with legend and table."""

from django import template

from web.charts.drawing import KEY, Chart

register = template.Library()


@register.inclusion_tag("web/charts/chart.html")
def chart(drawn: Chart) -> dict[str, object]:
    """The figure; a sentence where there is nothing to draw."""
    return {
        "title": drawn.title,
        "summary": drawn.summary,
        "drawing": drawn.drawing(),
        "legend": drawn.legend(),
        "table": drawn.table(),
        "key_size": KEY,
    }
