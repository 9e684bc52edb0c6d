"""Open data: the rows of public participations, for machines; streamed, described, licensed."""

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.applying import apply_on_paper
from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import text
from tests.world import ROUTE
from workflow.models import Participation, Programme
from workflow.pages.public import open_data
from workflow.pages.public.open_data import PARTICIPATIONS, TABLES, days_of, joined
from workflow.views.open_data import cell

AT_MOST = 15


def fetched(name: str) -> bytes:
    answer = Client().get(f"/public/data/{name}")
    assert answer.status_code == 200
    return b"".join(answer)


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(fetched(f"{name}.csv").decode(), newline="")))


@pytest.fixture
def kikinda(make_track, municipality, manager, perform) -> Participation:
    case = open_in(make_track(route=ROUTE[2:]), municipality, by=manager)
    perform(case, "adopt_strategy", by=manager)
    return case


def test_a_row_says_where_a_participation_stands_and_when_it_came_there(kikinda):
    [row] = rows_of("participations")

    assert row["participation"] == kikinda.reference
    assert (row["programme"], row["track"]) == ("test_programme", kikinda.track.key)
    assert (row["municipality"], row["country"]) == ("80209", "RS")
    assert (row["municipality_sr_latn"], row["municipality_sr_cyrl"]) == ("Kikinda", "Кикинда")
    assert row["stage"] == "strategy_adopted"
    assert (row["assessment_on"], row["strategy_adopted_on"]) == ("2026-03-02", "2026-03-02")
    assert (row["application_on"], row["completed_on"]) == ("", "")
    assert row["is_sample"] == "false"


def test_a_programme_has_its_names_in_both_scripts_and_english(kikinda):
    [row] = rows_of("programmes")

    assert (row["name_sr_cyrl"], row["name_sr_latn"], row["name_en"]) == ("Проба", "Proba", "Trial")
    assert (row["period_from"], row["period_until"]) == ("2026", "2028")
    assert row["participations"] == "1"


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_csv_and_json_say_the_same(kikinda, table):
    told = json.loads(fetched(f"{table}.json"))

    as_text = [{name: str(value) for name, value in row.items()} for row in told["rows"]]
    from_csv = rows_of(table)
    assert len(from_csv) == 1
    assert [row | {"is_sample": row["is_sample"].title()} for row in from_csv] == as_text


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_described_in_its_place(kikinda, table):
    [row] = table.rows()

    assert list(row) == table.names
    page = text(Client().get("/en/public/data/"))
    assert all(f"{column.name} {column.sentence}" in page for column in table.columns)


def test_the_licence_goes_with_the_data(kikinda):
    answer = Client().get("/public/data/participations.csv")
    told = json.loads(fetched("programmes.json"))

    assert answer.headers["Link"] == (
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    )
    assert told["licence"] == "CC BY 4.0"
    assert "Who's On First" in text(Client().get("/en/public/data/"))


def test_pages_of_other_sites_may_read_the_data_and_nothing_else(kikinda):
    data = Client().get("/public/data/programmes.json", headers={"origin": "https://example.org"})
    page = Client().get("/en/public/data/", headers={"origin": "https://example.org"})

    assert data.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in page.headers


def test_the_file_is_as_rfc_4180_says(kikinda):
    raw = fetched("participations.csv")

    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 2
    assert raw.count(b"\n") == 2
    answer = Client().get("/public/data/participations.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("text", ["=1+1", "+381", "-1", "@name", "\tx", "\rx"])
def test_what_a_spreadsheet_would_compute_is_text(text):
    assert cell(text) == f"'{text}"
    assert cell("Kikinda - grad") == "Kikinda - grad"


def test_a_name_with_a_formula_and_a_comma_arrives_whole(kikinda):
    Programme.objects.update(name={"sr": "Проба", "en": '=HYPERLINK("x"), "quoted"'})

    [row] = rows_of("programmes")

    assert row["name_en"] == '\'=HYPERLINK("x"), "quoted"'
    assert json.loads(fetched("programmes.json"))["rows"][0]["name_en"].startswith("=HYPER")


def test_the_language_of_the_reader_changes_nothing(kikinda):
    told = {
        b"".join(Client(headers={"accept-language": code}).get("/public/data/participations.csv"))
        for code in ("sr", "bs", "en")
    }

    assert len(told) == 1


def test_an_application_is_in_no_row(make_track, manager, municipality):
    apply_on_paper(make_track(), [municipality], by=manager)

    assert rows_of("participations") == []
    assert rows_of("programmes")[0]["participations"] == "0"
    assert json.loads(fetched("participations.json"))["rows"] == []


def test_another_table_is_not_there(db):
    assert Client().get("/public/data/people.csv").status_code == 404


# Many


def test_the_data_costs_the_same_queries_for_one_and_for_many(make_track, manager, monkeypatch):
    monkeypatch.setattr(open_data, "CHUNK", 3)
    track = make_track(route=ROUTE[2:], places=None)
    units = [make_municipality(f"9{number:04d}", f"Place {number}", "М") for number in range(20)]
    open_in(track, units[0], by=manager)
    few = [asked(table.name) for table in TABLES]

    for unit in units[1:]:
        open_in(track, unit, by=manager)

    assert [asked(table.name) for table in TABLES] == few
    assert max(few) <= AT_MOST
    assert len(rows_of("participations")) == 20


def asked(name: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        fetched(f"{name}.csv")
    return len(queries)


def test_rows_come_one_by_one(kikinda):
    answer = Client().get("/public/data/participations.json")

    assert answer.streaming
    assert next(iter(PARTICIPATIONS.rows()))["participation"] == kikinda.reference


def test_two_streams_are_joined_by_their_key_also_where_one_has_more():
    cases = [{"pk": 2}, {"pk": 4}, {"pk": 7}]
    moves = [(1, "a"), (2, "b"), (2, "c"), (3, "d"), (7, "e"), (9, "f")]

    found = [(case["pk"], [name for _pk, name in lines]) for case, lines in joined(cases, moves)]

    assert found == [(2, ["b", "c"]), (4, []), (7, ["e"])]


def test_a_stage_from_which_it_went_back_has_no_day():
    first, second, third = (date(2026, month, 1) for month in (1, 2, 3))
    moves = [
        (1, "", "assessment", first),
        (1, "assessment", "strategy_adopted", second),
        (1, "strategy_adopted", "assessment", third),
        (1, "assessment", "assessment", third),
    ]

    assert days_of("assessment", moves) == {"assessment": third}
