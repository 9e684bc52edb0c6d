"""Open data over the wire: CSV by RFC 4180 and JSON, streamed row by row."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from workflow.pages.public.open_data import LICENCE, LICENCE_URL, TABLES, Row, Table
from workflow.views.public import for_everybody

BY_NAME = {table.name: table for table in TABLES}
# What a spreadsheet would take for a formula; RFC 4180 itself knows none.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
REGISTER = "https://github.com/whosonfirst-data (CC0), Republic Geodetic Authority of Serbia"


class Line:
    """A file for `csv.writer` that hands each line straight on."""

    def write(self, text: str) -> str:
        return text


@login_not_required
@require_safe
@for_everybody
def as_csv(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """Comma, UTF-8 without a mark, a header line, lines that end in CR LF."""
    found = table_named(table)
    answer = StreamingHttpResponse(csv_lines(found), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="koraci-{found.name}.csv"'
    return described(answer)


@login_not_required
@require_safe
@for_everybody
def as_json(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """One object: what it is and under which licence, then all `rows`."""
    told = {
        "table": table,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "source": request.build_absolute_uri("/"),
        "register": REGISTER,
        "made_at": timezone.now().isoformat(timespec="seconds"),
    }
    rows = json_pieces(told, table_named(table).rows())
    return described(StreamingHttpResponse(rows, content_type="application/json"))


def table_named(name: str) -> Table:
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


def described(answer: StreamingHttpResponse) -> StreamingHttpResponse:
    """Pages of other sites may read it; the licence stands in the head, for CSV has no place."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return answer


def csv_lines(table: Table) -> Iterator[str]:
    writer = csv.DictWriter(Line(), table.names)
    yield writer.writeheader()
    for row in table.rows():
        yield writer.writerow({name: cell(value) for name, value in row.items()})


def cell(value: Any) -> Any:
    """Text that a spreadsheet would compute gets an apostrophe before it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def json_pieces(told: dict[str, str], rows: Iterable[Row]) -> Iterator[str]:
    """`{"licence": …, "rows": [` row by row `]}`, never all of it in memory."""
    yield f'{json.dumps(told, ensure_ascii=False)[:-1]}, "rows": ['
    for number, row in enumerate(rows):
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
