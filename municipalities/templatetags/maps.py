"""`{% load maps %}{% map it %}`: a map of `municipalities.maps`, with legend, notes and table."""

from django import template

from municipalities.maps.country import CountryMap
from web.charts.drawing import KEY

register = template.Library()


@register.inclusion_tag("municipalities/map.html", name="map")
def draw_map(drawn: CountryMap) -> dict[str, object]:
    """The figure. The shapes of a country are some 20 kB of a compressed page, so once a page."""
    return {
        "map": drawn,
        "title": drawn.title,
        "legend": drawn.legend(),
        "table": drawn.table(),
        "key_size": KEY,
    }
