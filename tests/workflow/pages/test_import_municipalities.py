"""A list of municipalities for a track without a call: looked at row by row, then taken in."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import buttons, hidden, read, text
from tests.workflow.pages.visiting import signed_in
from tests.world import ROUTE
from workflow.models import Participation

DIRECT = ROUTE[2:]
DECIDED = {"decided_on": "2.3.2026", "reason": "Listed in the annex."}


@pytest.fixture
def track(make_track):
    return make_track(route=DIRECT, places=4)


@pytest.fixture
def register(municipality, neighbour):
    """Kikinda and Kanjiža, two places called Palilula, and one abroad."""
    city = {"kind": "city"}
    nis = make_municipality("71331", "Niš", "Ниш", **city)
    belgrade = make_municipality("70092", "Beograd", "Београд", **city)
    for code, parent in (("71323", nis), ("70173", belgrade)):
        make_municipality(
            code, "Palilula", "Палилула", kind="city_municipality", parent=parent, shares_name=True
        )
    make_municipality("89010011", "Užice", "Ужице", **city)
    make_municipality("BA-1", "Šipovo", "Шипово", country="BA", entity="RS")


def page_of(track) -> str:
    return f"/programmes/{track.programme.key}/{track.key}/import/"


def look_at(client, user, track, content: str | bytes, *, name: str = "list.csv"):
    raw = content.encode() if isinstance(content, str) else content
    client.force_login(user)
    return client.post(page_of(track), {"file": SimpleUploadedFile(name, raw)})


def take_in(client, track, page, **fields):
    """Fill in the form of the preview and send it."""
    carried = {"codes": page.context["form"].initial["codes"]} | hidden(page)
    return client.post(page_of(track), carried | DECIDED | fields)


def xlsx(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def problems(page) -> dict[int, str]:
    return {line.number: line.problem for line in page.context["preview"].wrong}


def names(page) -> list[str]:
    return [unit.name_latin for unit in page.context["units"]]


def test_of_five_rows_one_is_wrong_and_four_are_taken_in(client, track, register, manager):
    page = look_at(
        client, manager, track,
        "шифра;назив\n80209;Кикинда\n;Kanjiza\n;Опатија\n71323;\n;Град Ужице\n",
    )  # fmt: skip

    assert names(page) == ["Kikinda", "Kanjiža", "Palilula", "Užice"]
    assert problems(page) == {
        4: "No municipality of the register is called so. Check the spelling."
    }
    assert "1 row is left out" in text(page)
    assert buttons(page) == ["Take in 4 municipalities"]
    assert not Participation.objects.exists()  # a preview writes nothing

    answer = take_in(client, track, page)

    landed = client.get(answer.url)
    assert "4 municipalities were taken in." in text(landed)
    assert "Kanjiža" in text(landed)
    opened = Participation.objects.order_by("number")
    assert [one.municipality.name_latin for one in opened] == names(page)
    entry = opened[0].entries.get(seq=1)
    assert (entry.verb, entry.reason, entry.by) == ("open", "Listed in the annex.", manager)
    assert f"{entry.decided_on}" == "2026-03-02"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (";Palilula", "Several are called so; write the code of the one you mean: 70173 (Palilula"),
        (";Шипово", "It is not in the country of this programme."),
        ("99999;", "No municipality of the register has this code."),
        ("99999;Kikinda", "No municipality of the register has this code; correct or delete it."),
        (";=HYPERLINK(1)", "No municipality of the register is called so."),
    ],
)
def test_each_wrong_row_says_why(client, track, register, manager, row, problem):
    page = look_at(client, manager, track, f"code;name\n{row}\n")

    assert problems(page)[2].startswith(problem)
    assert "No row of the list can be taken in." in text(page)


def test_a_name_with_its_city_tells_two_apart(client, track, register, manager):
    page = look_at(client, manager, track, "name\nPalilula (Niš)\nпалилула (београд)\n")

    assert [unit.code for unit in page.context["units"]] == ["71323", "70173"]


def test_doubles_and_those_who_take_part_are_left_out(client, track, register, manager, neighbour):
    open_in(track, neighbour, by=manager)

    page = look_at(client, manager, track, "name\nKikinda\nКИКИНДА\nKanjiža\n")

    assert names(page) == ["Kikinda"]
    assert problems(page) == {
        3: "It stands in row 2 already.",
        4: "It takes part in this track already.",
    }


def test_beyond_the_places_nobody_is_taken_in(client, make_track, register, manager):
    track = make_track(route=DIRECT, places=1)

    page = look_at(client, manager, track, "name\nKikinda\nKanjiža\n")

    assert names(page) == ["Kikinda"]
    assert problems(page) == {3: "No place is left in this track for this row."}


@pytest.mark.parametrize(
    "content",
    [
        "name\nKikinda\nKanjiža\n",
        "\ufeffnaziv\r\nKikinda\r\nKanjiža\r\n",
        "Opština,Šifra\nKikinda,80209\nKanjiža,80195\n",
        "name\tnote\nKikinda\tx\nKanjiža\ty\n",
        "Kikinda\nKanjiža\n",
        "80209\n80195\n",
        '"name"\n"Kikinda"\n"Kanjiža"\n',
        "naziv\nKikinda\nKanjiža\n".encode("cp1250"),
    ],
    ids=["plain", "BOM", "commas", "tabs", "names alone", "codes alone", "quotes", "cp1250"],
)
def test_a_csv_file_is_read_as_people_save_it(client, track, register, manager, content):
    assert names(look_at(client, manager, track, content)) == ["Kikinda", "Kanjiža"]


def test_a_spreadsheet_is_read_with_numbers_for_codes(client, track, register, manager):
    content = xlsx(["Šifra", "Naziv"], [80209, "Kikinda"], [80195.0, None], [None, None])

    page = look_at(client, manager, track, content, name="list.xlsx")

    assert names(page) == ["Kikinda", "Kanjiža"]


def test_a_formula_is_its_text(client, track, register, manager):
    page = look_at(client, manager, track, xlsx(["name"], ['="Kik"&"inda"']), name="list.xlsx")

    assert page.context["preview"].wrong[0].said == '="Kik"&"inda"'
    assert names(page) == []


def bomb() -> bytes:
    """An archive that unfolds to far more than it holds."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 31_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 not an archive", "This is no XLSX or CSV file that can be read."),
        (bomb(), "This is no XLSX or CSV file that can be read."),
        (b"name\n\x00Kikinda", "This is no XLSX or CSV file that can be read."),
        (b"\n\n ; ;\n", "The file holds no rows."),
        (b"name\n" + b"Kikinda\n" * 1_001, "The file has more than 1000 rows"),
        (b"x" * 1_000_001, "The file is too large: at most 1000 kB."),
    ],
    ids=["no archive", "bomb", "zeros", "empty", "too many", "too large"],
)
def test_what_cannot_be_read_is_refused_in_words(
    client, track, register, manager, content, sentence
):
    page = look_at(client, manager, track, content)

    assert page.status_code == 422
    assert sentence in text(page)


def test_all_are_taken_in_or_none(client, track, register, manager, neighbour):
    page = look_at(client, manager, track, "name\nKikinda\nKanjiža\n")
    open_in(track, neighbour, by=manager)  # somebody was faster

    answer = take_in(client, track, page)

    assert answer.status_code == 422
    assert "Kanjiža takes part in this track already." in text(answer)
    assert "Listed in the annex." in text(answer)
    assert Participation.objects.count() == 1


def test_a_double_click_takes_in_once(client, track, register, manager):
    page = look_at(client, manager, track, "name\nKikinda\nKanjiža\n")

    first, second = take_in(client, track, page), take_in(client, track, page)

    assert first.status_code == second.status_code == 302
    assert Participation.objects.count() == 2
    assert "2 municipalities were taken in." in text(client.get(second.url))


@pytest.mark.parametrize("codes", ["99999", "80209 80209", "\x00", "80209' OR 1=1"])
def test_codes_that_the_page_did_not_show_are_refused(client, track, register, manager, codes):
    page = look_at(client, manager, track, "name\nKikinda\n")

    answer = take_in(client, track, page, codes=codes)

    assert answer.status_code == 422
    assert not Participation.objects.exists()


def test_a_wrong_day_comes_back_with_what_was_typed(client, track, register, manager):
    page = look_at(client, manager, track, "name\nKikinda\n")

    answer = take_in(client, track, page, decided_on="soon")

    assert answer.status_code == 422
    assert "Write the day like this" in text(answer)
    assert "Listed in the annex." in text(answer)
    assert buttons(answer) == ["Take in 1 municipality"]


def test_a_track_with_a_call_takes_no_list(client, make_track, register, manager):
    track = make_track()

    page = read(client, manager, page_of(track))
    preview = look_at(client, manager, track, "name\nKikinda\n")
    answer = take_in(client, track, preview)

    assert "Municipalities come in by an application to a call." in text(page)
    assert answer.status_code == 422
    assert "This track begins with an application to its call." in text(answer)
    assert not Participation.objects.exists()


def test_the_template_opens_in_a_spreadsheet(client, track, register, manager):
    answer = read(client, manager, f"{page_of(track)}template/")

    assert answer.content.decode() == "\ufeffcode;name\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="test_1.csv"'
    filled = answer.content + b";Kikinda\r\n"
    assert names(look_at(client, manager, track, filled)) == ["Kikinda"]


@pytest.mark.parametrize("role", ["evaluator", "auditor", "observer"])
def test_who_may_not_reads_who_does(client, track, register, request, role):
    reader = request.getfixturevalue(role)

    answers = [
        read(client, reader, page_of(track)),
        read(client, reader, f"{page_of(track)}template/"),
        look_at(client, reader, track, "name\nKikinda\n"),
        client.post(page_of(track), {"codes": "80209"} | DECIDED),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert "This needs the role: Programme manager." in text(answers[0])
    assert not Participation.objects.exists()


def test_a_stranger_finds_no_such_page(client, track, register, stranger):
    assert read(client, stranger, page_of(track)).status_code == 404


def test_a_preview_costs_the_same_for_one_row_and_for_many(track, register, manager):
    client = signed_in(manager)

    assert cost(client, track, "name\nKikinda\n") == cost(
        client, track, "name\n" + "Kikinda\n" * 900
    )


def cost(client, track, content: str) -> int:
    for _ in range(2):  # what is kept for the whole process is read at the first
        file = SimpleUploadedFile("list.csv", content.encode())
        with CaptureQueriesContext(connection) as asked:
            assert client.post(page_of(track), {"file": file}).status_code == 200
    return len(asked)
