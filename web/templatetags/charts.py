"""`{% load charts %}{% chart it %}`: one of the shapes of `web.charts`, with legend and table.

`{% route it %}`: a `Route`, with its list.
"""

from django import template

from web.charts.drawing import KEY, Chart
from web.charts.route import Route

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


@register.inclusion_tag("web/charts/route.html", name="route")
def route_drawn(route: Route) -> dict[str, object]:
    """The stages of a route, drawn and as an ordered list."""
    return {"route": route, "drawing": route.drawing()}
