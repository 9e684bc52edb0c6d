"""A return is a list: each remark an item of the next step, ticked off when it is mended."""

from importlib import import_module

import pytest

from tests.documents.reviewing import hand_in_paper
from tests.documents.uploaded import assessed
from tests.stepping import act_on, the_step
from tests.workflow.pages.reading import read, send, text
from tests.world import step
from workflow import services
from workflow.errors import Refused
from workflow.models import Evidence

MISSING, COSTS, DATE = "Page 4 is missing.", "Measure 2 has no costs.", "Date?"
TOLD = {"dated_on": "2.3.2026", "note": "Mended."}


@pytest.fixture
def case(make_participation):
    return assessed(make_participation, step("draft"))


@pytest.fixture
def returned(case, coordinator, manager):
    return given_back(case, coordinator, manager, [MISSING, COSTS, DATE])


def given_back(case, coordinator, manager, remarks):
    services.hand_in(
        the_step(case, "draft"), TOLD, by=coordinator, expected_version=0,
        idempotency_key="0" * 32,
    )  # fmt: skip
    act_on(services.return_step, the_step(case, "draft"), by=manager, remarks=remarks)
    return the_step(case, "draft")


def test_each_line_of_the_form_is_an_item(client, case, coordinator, manager):
    services.hand_in(
        the_step(case, "draft"), TOLD, by=coordinator, expected_version=0,
        idempotency_key="0" * 32,
    )  # fmt: skip
    url = the_step(case, "draft").get_absolute_url()

    send(client, manager, f"{url}return/", {"remarks": f"- {MISSING}\r\n\r\n  {COSTS}\n• {DATE} "})

    assert Evidence.objects.get().remarks == [MISSING, COSTS, DATE]
    entry = case.entries.get(verb="return")
    assert entry.reason == "\n".join([MISSING, COSTS, DATE])
    assert MISSING not in entry.canonical


def test_bullets_alone_are_no_remarks(client, case, coordinator, manager):
    services.hand_in(
        the_step(case, "draft"), TOLD, by=coordinator, expected_version=0,
        idempotency_key="0" * 32,
    )  # fmt: skip
    owed = the_step(case, "draft")

    answer = send(client, manager, f"{owed.get_absolute_url()}return/", {"remarks": " - \n•  "})

    assert answer.status_code == 422
    assert the_step(case, "draft").status == "submitted"
    for nothing in ([], ["", "  "]):
        with pytest.raises(Refused, match="Write what has to be corrected"):
            act_on(services.return_step, owed, by=manager, remarks=nothing)


def test_the_municipality_reads_one_below_the_other(client, returned, coordinator, manager):
    items = [f"<li>{remark}</li>" for remark in (MISSING, COSTS, DATE)]
    desk = read(client, coordinator, "/my-steps/").content.decode()
    page = read(client, coordinator, returned.get_absolute_url())

    assert "".join(items) in desk
    assert "Returned with these remarks" in text(page)
    assert page.content.decode().count('name="ticked"') == 3
    assert "".join(items) in read(client, manager, returned.get_absolute_url()).content.decode()


def test_what_is_mended_is_ticked_off_when_handing_in_again(
    client, case, returned, coordinator, manager
):
    url = returned.get_absolute_url()

    send(client, coordinator, url, TOLD | {"ticked": ["0", "2"]}, to=f"{url}hand_in/")

    again, before = Evidence.objects.all()
    assert (before.ticked, again.ticked) == ([0, 2], [])
    page = text(read(client, manager, url))
    assert f"{MISSING} mended, as handed in again" in page
    assert f"{COSTS} mended" not in page


def test_ticks_are_no_duty_and_stay_when_the_form_comes_back(client, returned, coordinator):
    url = returned.get_absolute_url()

    wrong = send(client, coordinator, url, {"ticked": ["1"], "dated_on": ""}, to=f"{url}hand_in/")
    assert 'value="1" id="id_ticked_1" checked' in wrong.content.decode()
    assert send(client, coordinator, url, TOLD, to=f"{url}hand_in/").status_code == 302
    assert Evidence.objects.last().ticked == []


@pytest.mark.parametrize("ticked", [["3"], ["-1"], ["x"], ["0", "99"]])
def test_a_tick_for_no_remark_is_refused_at_the_form(client, returned, coordinator, ticked):
    url = returned.get_absolute_url()

    answer = send(client, coordinator, url, TOLD | {"ticked": ticked}, to=f"{url}hand_in/")

    assert answer.status_code == 422
    assert Evidence.objects.count() == 1


def test_the_door_takes_ticks_of_remarks_alone(case, returned, coordinator):
    services.hand_in(
        returned, TOLD, by=coordinator, ticked=[7, 1, -1, 1], expected_version=returned.version,
        idempotency_key="1" * 32,
    )  # fmt: skip

    assert Evidence.objects.last().ticked == [1]


def test_remarks_on_papers_are_the_same_list(client, make_participation, coordinator, manager):
    from tests.documents.reviewing import paper_step

    case = assessed(make_participation, paper_step() | {"review": {}})
    owed = hand_in_paper(case, by=coordinator)
    act_on(services.return_step, owed, by=manager, remarks=[MISSING, COSTS])

    page = read(client, coordinator, owed.get_absolute_url()).content.decode()

    assert page.count('name="ticked"') == 2


def test_the_texts_of_before_become_lists():
    moving = import_module("workflow.migrations.0010_remarks_and_reviews")

    assert moving.lines_in(f"{MISSING}\n\n  {COSTS} \r\n") == [MISSING, COSTS]
    assert moving.lines_in(" ") == []
