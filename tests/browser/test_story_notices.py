"""A coordinator and their notices, in Cyrillic, on a phone of 320 pixels, without scripts.

They read what is new, open a notice, choose how they are told, and let their calendar fetch the
deadlines; a calendar program then reads what the address gives.
"""

from urllib.parse import urlsplit

import pytest
from django.utils import translation
from icalendar import Calendar
from playwright.sync_api import expect

from accounts.models import User
from notifications.models import CalendarFeed, Notice, Preferences
from notifications.services.posting import post
from tests.browser.person import Person
from tests.browser.sample import KIKINDA, kikinda
from tests.browser.signing_in import sign_in
from tests.browser.telling import (
    PHONE,
    in_their_words,
    reads_without_scrolling_sideways,
    seated,
)
from tests.demo.loaded import db  # noqa: F401
from workflow.models import Step


@pytest.fixture
def owed(db) -> Step:  # noqa: F811
    """A step that waits for the coordinator of Kikinda; they are told of it, and of another act."""
    case = kikinda()
    step = next(one for one in case.present_steps if one.role == "coordinator" and one.due_at)
    person = User.objects.get(email=KIKINDA)
    usual = {"user": person, "role": "coordinator", "participation": case, "step": step}
    post([Notice(kind="accepted", **usual)])
    post([Notice(kind="step_opened", needs_action=True, **usual)])
    return step


def test_a_coordinator_reads_chooses_and_takes_the_deadlines_along(owed, new_context):
    who = seated(new_context, KIKINDA, "sr", viewport=PHONE, java_script_enabled=False)
    sign_in(who.page.context, KIKINDA)
    who.page.goto("/")

    finds_the_inbox_in_the_masthead(who)
    opens_what_needs_action(who, owed)
    marks_the_rest_as_read(who)
    chooses_how_to_be_told(who)
    path = makes_an_address(who)
    a_calendar_program_reads(who, path, owed)
    closes_the_address(who, path)


def finds_the_inbox_in_the_masthead(who: Person) -> None:
    who.unfold_the_masthead()
    inbox = who.page.locator(".mast").get_by_role("link", name=unread(who, 2), exact=True)
    who.open(inbox)
    assert urlsplit(who.page.url).path == "/inbox/"
    who.reads("Today")
    assert who.main.locator(".tasks li").count() == 2
    reads_without_scrolling_sideways(who)


def unread(who: Person, count: int) -> str:
    return who.words("Notices (%(unread)s)", unread=count)


def opens_what_needs_action(who: Person, owed: Step) -> None:
    who.follow("Needs action")
    line = who.main.locator(".tasks li")
    assert line.count() == 1
    expect(line).to_contain_text(who.words("unread"))
    title = in_their_words(who, lambda: owed.title)
    who.open(line.get_by_role("link"))
    assert who.page.inner_text("h1") == title
    assert urlsplit(who.page.url).path == owed.get_absolute_url()
    assert unread(who, 1) in who.page.inner_html(".mast")


def marks_the_rest_as_read(who: Person) -> None:
    who.page.goto("/inbox/")
    who.press("Mark all as read")
    who.is_told("All notices are marked as read.")
    assert who.words("unread") not in who.main.locator(".tasks").inner_text()
    assert not Notice.objects.filter(user__email=KIKINDA, read_at=None).exists()


def chooses_how_to_be_told(who: Person) -> None:
    who.follow("How you are told")
    reads_without_scrolling_sideways(who)
    group = who.main.get_by_role("group", name=who.words("What happened to your municipalities"))
    group.get_by_label(who.words("once a week")).check()
    who.fill({"quiet_from": "20:00", "quiet_until": "7:00"})
    who.press("Save")
    who.is_told("Saved.")
    kept = Preferences.objects.get(user__email=KIKINDA)
    assert kept.rhythms["progress"] == "weekly"
    assert f"{kept.quiet_from:%H:%M} {kept.quiet_until:%H:%M}" == "20:00 07:00"


def makes_an_address(who: Person) -> str:
    who.follow("Deadlines in your calendar")
    reads_without_scrolling_sideways(who)
    who.press("Make an address")
    field = who.main.get_by_label(who.words("Copy it into your calendar program"))
    assert field.get_attribute("readonly") is not None
    reads_without_scrolling_sideways(who)
    return urlsplit(field.input_value()).path


def a_calendar_program_reads(who: Person, path: str, owed: Step) -> None:
    """Without a session; the deadline of the step stands there in Cyrillic."""
    answer = fetched(who, path)
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = {str(one["uid"]).partition("@")[0]: one for one in read(answer)}
    with translation.override("sr"):
        assert str(events[f"step-{owed.uuid}"]["summary"]) == f"[Кикинда] {owed.title}"


def fetched(who: Person, path: str):
    who.page.context.clear_cookies()
    answer = who.page.request.get(path)
    sign_in(who.page.context, KIKINDA)
    return answer


def read(answer) -> list:
    return Calendar.from_ical(answer.body()).walk("VEVENT")


def closes_the_address(who: Person, path: str) -> None:
    who.page.goto("/inbox/calendar/")
    who.press("Close the address")
    who.is_told("The address is closed: it shows no deadlines any more.")
    assert fetched(who, path).status == 404
    assert not CalendarFeed.objects.live().exists()
