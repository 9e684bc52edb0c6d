"""The selection list of a call: every application, its decision, and the list as a file."""

import csv
import io
import re
from datetime import date
from zipfile import ZipFile

import pytest
from django.urls import reverse

from tests.applying import apply_on_paper, open_call
from tests.conftest import facts_for, make_municipality
from tests.workflow.pages.visiting import queries_of, signed_in, words
from web.script.numbers import number
from web.spreadsheets import csv_file, xlsx_file
from workflow import services
from workflow.models import Call

TO_BE_CHECKED = [
    {
        "rule": "not_supported_before",
        "values": ["earlier"],
        "codes": [],
        "sentence": {"sr": "Није раније подржана.", "en": "Not supported before."},
    }
]


@pytest.fixture
def call(make_track, manager) -> Call:
    return open_call(make_track(places=20, eligibility=TO_BE_CHECKED), by=manager)


@pytest.fixture
def listed(call, manager, perform, municipality, neighbour):
    """Kikinda alone is selected; Kanjiža with Senta is rejected; Ada waits."""
    senta = make_municipality("80306", "Senta", "Сента")
    ada = make_municipality("80276", "Ada", "Ада")
    [kikinda] = apply_on_paper(call.track, [municipality], by=manager)
    [kanjiza, _senta] = apply_on_paper(call.track, [neighbour, senta], by=manager)
    apply_on_paper(call.track, [ada], by=manager)
    day = date(2026, 4, 1)
    perform(kikinda, "select", by=manager, decided_on=day, reason="Najbolji plan.")
    perform(kanjiza, "reject", by=manager, decided_on=day, reason="=Nije potpuna; nema plana.")
    return call


def page_of(call: Call, name: str = "call_selection") -> str:
    return reverse(f"workflow:{name}", args=[call.reference])


def test_every_application_stands_there_with_its_decision(listed, manager):
    page = words(signed_in(manager).get(page_of(listed)))

    assert "3 applications, by arrival" in page
    assert "T1-A001 2 Mar 2026 Kikinda met, 1 to be checked 1 selected 1 Apr 2026" in page
    assert "Kanjiža (lead) Senta met, 2 to be checked 2 not selected 1 Apr 2026" in page
    assert "Programme manager Najbolji plan." in page
    assert "Ada met, 1 to be checked 1 waits for the decision" in page
    assert "1 of 20 places taken" in page


def test_the_manager_goes_from_here_to_each_decision(listed, manager, auditor):
    pages = [signed_in(one).get(page_of(listed)).content.decode() for one in (manager, auditor)]

    assert pages[0].count("#h-decide") == 1
    assert "#h-decide" not in pages[1]


@pytest.mark.parametrize("who", ["auditor", "observer", "evaluator"])
def test_readers_of_the_programme_read_it_without_names_of_people(listed, manager, who, request):
    client = signed_in(request.getfixturevalue(who))
    manager.name = "Somebody by name"
    manager.save()

    for name in ("call_selection", "call_selection_csv"):
        response = client.get(page_of(listed, name))
        assert response.status_code == 200
        assert "Somebody by name" not in response.content.decode()


def test_a_municipality_is_told_whose_list_it_is(listed, coordinator):
    for name in ("call_selection", "call_selection_csv", "call_selection_xlsx"):
        response = signed_in(coordinator).get(page_of(listed, name))
        assert response.status_code == 403
        assert "This needs the role:" in words(response)


def test_for_a_stranger_nothing_is_there(listed, stranger):
    assert signed_in(stranger).get(page_of(listed)).status_code == 404


def test_a_draft_is_not_on_the_list(call, coordinator, municipality, manager):
    services.open_application(call, municipality, by=coordinator)

    assert "No application is handed in yet." in words(signed_in(manager).get(page_of(call)))


def test_why_it_may_not_apply_stands_in_words(make_track, manager, municipality):
    call = open_call(make_track(eligibility=TO_BE_CHECKED), by=manager)
    apply_on_paper(call.track, [municipality], by=manager)
    municipality.facts.create(what="earlier_support", value="earlier")

    page = words(signed_in(manager).get(page_of(call)))

    assert "not met Not supported before. It is on the list of those supported before." in page


def test_a_member_that_left_takes_no_place(listed, manager, perform, neighbour):
    novi = make_municipality("80284", "Novi Kneževac", "Нови Кнежевац")
    coka = make_municipality("80438", "Čoka", "Чока")
    [_novi, second] = apply_on_paper(listed.track, [novi, coka], by=manager)
    services.perform_transition(second, "withdraw", by=manager, **facts_for(second))

    page = words(signed_in(manager).get(page_of(listed)))

    assert "Novi Kneževac (lead) Čoka (withdrawn) met, 2 to be checked 1 waits" in page


def test_a_withdrawn_application_says_when_and_by_which_role(call, manager, perform, municipality):
    [case] = apply_on_paper(call.track, [municipality], by=manager)
    perform(case, "withdraw", by=manager, decided_on=date(2026, 4, 2), reason="Po dopisu.")

    page = words(signed_in(manager).get(page_of(call)))

    assert "Kikinda (withdrawn) met, 1 to be checked 0 withdrawn 2 Apr 2026" in page
    assert "Programme manager Po dopisu." in page


# As a file


def cells(response) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def sheet_of(response) -> tuple[str, str]:
    """The XML of the cells, and that of the texts they share."""
    with ZipFile(io.BytesIO(response.content)) as book:
        return (
            book.read("xl/worksheets/sheet1.xml").decode(),
            book.read("xl/sharedStrings.xml").decode(),
        )


def test_the_csv_opens_in_excel_with_every_letter(listed, manager):
    response = signed_in(manager).get(page_of(listed, "call_selection_csv"))

    assert response.content.startswith("\ufeff".encode())
    assert response.headers["Content-Disposition"].endswith('-selection.csv"')
    head, *rows = cells(response)
    assert head[:4] == ["No.", "Application", "Arrived", "Lead"]
    assert [row[3] for row in rows] == ["Kikinda", "Kanjiža", "Ada"]
    assert rows[0][8:] == ["selected", "1 Apr 2026", "Programme manager", "Najbolji plan."]
    assert rows[1][4] == "Senta"


def test_what_looks_like_a_formula_stays_text_in_both_files(listed, manager):
    client = signed_in(manager)

    [_head, _kikinda, kanjiza, _ada] = cells(client.get(page_of(listed, "call_selection_csv")))
    sheet, texts = sheet_of(client.get(page_of(listed, "call_selection_xlsx")))

    assert kanjiza[-1] == "'=Nije potpuna; nema plana."
    assert "=Nije potpuna; nema plana." in texts
    assert "<f>" not in sheet


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", "  ="])
def test_no_beginning_makes_a_formula(begin):
    typed = f"{begin}1+1"

    [_head, [cell]] = cells(csv_file("x", ["a"], [[typed]]))
    sheet, _texts = sheet_of(xlsx_file("x", ["a"], [[typed]]))

    assert cell == f"'{typed}"
    assert "<f>" not in sheet
    assert 't="s"' in sheet


def test_numbers_and_days_are_cells_of_their_own_kind():
    sheet, _texts = sheet_of(xlsx_file("x", ["a", "b"], [[-12, date(2026, 1, 21)]]))

    assert re.search(r'<c r="A2"[^>]*><v>-12</v>', sheet)
    assert re.search(r'<c r="B2"[^>]*><v>46043</v>', sheet)
    [_head, row] = cells(csv_file("x", ["a", "b"], [[-12, date(2026, 1, 21)]]))
    assert row == ["-12", "21 Jan 2026"]


def test_the_files_speak_the_language_and_script_of_the_reader(listed, manager):
    client = signed_in(manager)
    client.post("/language/", {"language": "sr", "next": "/"})

    [_head, kikinda, *_rest] = cells(client.get(page_of(listed, "call_selection_csv")))
    _sheet, texts = sheet_of(client.get(page_of(listed, "call_selection_xlsx")))

    assert kikinda[3] == "Кикинда"
    assert kikinda[9] == "1.4.2026."
    assert kikinda[11] == "Најбољи план."
    assert "Кањижа" in texts


def test_a_hundred_applications_cost_as_many_queries_as_one(
    make_track, manager, call, municipality, perform
):
    client = signed_in(manager)
    elsewhere = {"sr": "Није ту.", "en": "Not there."}
    rules = [{"rule": "not_in_track", "values": [call.track.key], "sentence": elsewhere}]
    many = open_call(make_track(places=None, eligibility=rules), by=manager)
    [first] = apply_on_paper(many.track, [municipality], by=manager)
    perform(first, "select", by=manager)
    few = [queries_of(client, page_of(many, name)) for name in PAGES]

    for count in range(99):
        unit = make_municipality(f"9{count:04d}", f"Mesto {count}", f"Место {count}")
        [case] = apply_on_paper(many.track, [unit], by=manager)
        if count % 2:
            perform(case, "reject", by=manager)

    assert [queries_of(client, page_of(many, name)) for name in PAGES] == few
    assert max(few) <= 15
    assert f"{number(100)} applications" in words(client.get(page_of(many)))
    assert numbers_on(client, many, 1) == [str(one) for one in range(1, 51)]
    assert numbers_on(client, many, 2) == [str(one) for one in range(51, 101)]
    assert len(cells(client.get(page_of(many, "call_selection_csv")))) == 101
    assert "Mesto 98" in sheet_of(client.get(page_of(many, "call_selection_xlsx")))[1]


def numbers_on(client, call: Call, page: int | str) -> list[str]:
    """The numbers before the lines of a page."""
    shown = client.get(page_of(call), {"page": page}).content.decode()
    return re.findall(r'<tr>\s*<td class="num">(\d+)</td>', shown)


def test_every_page_counts_all_applications_and_leads_to_the_next(listed, manager, monkeypatch):
    monkeypatch.setattr("workflow.pages.selection.A_PAGE", 2)
    client = signed_in(manager)

    for page, neighbour, decisions in ((1, 2, 2), (2, 1, 0)):
        shown = client.get(page_of(listed), {"page": page})
        assert "1 selected 1 wait for the decision 1 not selected 1 of 20" in words(shown)
        assert "3 applications, by arrival" in words(shown)
        assert f'href="?page={neighbour}"' in shown.content.decode()
        assert words(shown).count("1 Apr 2026") == decisions


def test_on_paper_the_list_is_whole(listed, manager, monkeypatch):
    monkeypatch.setattr("workflow.pages.selection.A_PAGE", 2)
    client = signed_in(manager)

    first = client.get(page_of(listed))
    whole = client.get(page_of(listed), {"page": "all"})

    assert 'href="?page=all"' in first.content.decode()
    assert "This is a part of the list." in words(first)  # seen on paper alone
    assert numbers_on(client, listed, "all") == ["1", "2", "3"]
    assert "This is a part of the list." not in words(whole)
    assert "Next page" not in words(whole)


PAGES = ["call_selection", "call_selection_csv", "call_selection_xlsx"]
