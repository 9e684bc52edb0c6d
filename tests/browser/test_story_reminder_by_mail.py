"""A reminder falls due and is sent; its mail is opened as a page and leads to the very step.

The coordinator reads it on a phone, follows its one button, is asked to sign in and hands the step
in. Then the manager is told that it is to be looked at, and nothing asks the coordinator any more.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.core.mail import EmailMultiAlternatives as Mail
from django.urls import reverse
from playwright.sync_api import Locator, expect

from accounts.models import User
from config.demo.people import PASSWORD
from municipalities.models import Municipality
from municipalities.roles import Role
from notifications.models import Notice
from notifications.saying import deadline_in_words
from tests.browser.looking import objections
from tests.browser.person import LOCALES, Person
from tests.browser.sample import MANAGER, SYSTEM
from tests.browser.telling import (
    PHONE,
    in_their_words,
    reads_without_scrolling_sideways,
    seated,
    today,
)
from tests.clock import Clock, set_to
from tests.demo.loaded import db  # noqa: F401
from tests.notifications.post_office import morning, work
from tests.stepping import the_step
from tests.world import ROUTE, procedure_text
from tests.world import step as ruled
from workflow import services
from workflow.models import Step
from workflow.pages.wording import due_date

NOTE = "Увид је трајао 15 дана, без примедби."
DUE_IN, REMINDED = 21, 7  # days from the first; days before it is due


@pytest.fixture
def clock(settings, address) -> Iterator[Clock]:
    """Tomorrow at ten, after all that the demo recorded; mails lead to the server of the test."""
    settings.SITE_URL = address
    day = today() + timedelta(days=1)
    with set_to(day.year, day.month, day.day) as clock:
        yield clock


@pytest.fixture(params=LOCALES)
def language(request) -> str:
    return request.param


@pytest.fixture
def place(language) -> Municipality:
    """Of the register, where nothing else is owed; for each language another."""
    free = Municipality.objects.filter(country="RS", kind="municipality", participations=None)
    return free.order_by("code")[list(LOCALES).index(language)]


@pytest.fixture
def coordinator(place, language) -> User:
    """Told of nothing else, so that the mail is about the step alone."""
    user = User.objects.create_user(f"koordinator.{language}@example.org", PASSWORD)
    services.give_mandate(
        user, Role.COORDINATOR, over=place, by=User.objects.get(email=SYSTEM),
        starts_on=date(2026, 1, 1), function="општинска управа",
    )  # fmt: skip
    return user


@pytest.fixture
def owed(clock, place, coordinator, language) -> Step:
    """The only step of a track in the sample programme, due in three weeks."""
    due = clock.today + timedelta(days=DUE_IN)
    inspection = ruled(deadline={"rule": "fixed", "on": due.isoformat()})
    number = 90 + list(LOCALES).index(language)
    text = procedure_text(
        number=number, programme="sample", route=ROUTE[2:], stages={"assessment": [inspection]}
    )
    case = services.open_participation(
        services.load_procedure(text).track, place, by=User.objects.get(email=MANAGER),
        decided_on=clock.today, reason="", idempotency_key=uuid4(),
    )  # fmt: skip
    return the_step(case, "inspection")


def test_a_reminder_leads_the_coordinator_from_the_mail_to_the_step(
    owed, clock, coordinator, language, new_context
):
    who = seated(new_context, coordinator.email, language, viewport=PHONE)
    manager = seated(new_context, MANAGER, language)
    [told] = addressed_to(coordinator.email, sent_when_due(clock))

    reads_the_mail(who, told, owed)
    follows_the_link_and_signs_in(who, coordinator.email, owed)
    hands_it_in(who)

    sent = work(clock)
    assert addressed_to(coordinator.email, sent) == []
    is_asked_to_look_at_it(manager, addressed_to(MANAGER, sent), owed)
    is_asked_for_nothing_more(who, owed.notices.filter(user=coordinator))


def sent_when_due(clock: Clock) -> list[Mail]:
    """What the worker sends on the morning of the reminder, when all before has been sent."""
    work(clock)
    day = clock.today + timedelta(days=DUE_IN - REMINDED)
    clock.now = morning(day.year, day.month, day.day)
    return work(clock)


def addressed_to(email: str, mails: list[Mail]) -> list[Mail]:
    return [one for one in mails if one.to == [email]]


def opens_the_mail(who: Person, mail: Mail) -> None:
    """As a mail program does: its HTML alone, at no address."""
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    who.page.set_content(html)


def reads_the_mail(who: Person, mail: Mail, owed: Step) -> None:
    opens_the_mail(who, mail)
    title = in_their_words(who, lambda: owed.title)
    place = in_their_words(who, lambda: owed.participation.municipality.name)
    by = in_their_words(who, lambda: due_date(owed.due_at))
    left = in_their_words(who, lambda: deadline_in_words(owed.due_at))
    assert mail.subject == f"[{place}] {left}: {title}"
    assert who.page.inner_text("h1") == who.page.title() == mail.subject
    expect(who.main).to_contain_text(by)
    assert who.main.locator("a.button").all_inner_texts() == [who.words("Open the step")]
    who.reads("Sign in to read the rest.")
    assert objections(who.page) == []
    reads_without_scrolling_sideways(who)


def follows_the_link_and_signs_in(who: Person, email: str, owed: Step) -> None:
    """The address of the step waits while one signs in."""
    who.open(who.main.locator(f"a[href$='{owed.get_absolute_url()}']"))
    asked = urlsplit(who.page.url)
    assert asked.path == reverse("accounts:sign_in")
    assert parse_qs(asked.query)["next"] == [owed.get_absolute_url()]
    who.fill({"username": email, "password": PASSWORD})
    who.press("Sign in")
    assert urlsplit(who.page.url).path == owed.get_absolute_url()
    assert who.page.inner_text("h1") == in_their_words(who, lambda: owed.title)


def hands_it_in(who: Person) -> None:
    reads_without_scrolling_sideways(who)
    who.fill({"dated_on": today(), "note": NOTE})
    who.press("Hand in")
    who.is_told("Handed in")


def is_asked_to_look_at_it(who: Person, mails: list[Mail], owed: Step) -> None:
    """A manager has much to look at, and gets what comes together in one mail."""
    what = in_their_words(who, lambda: owed.title)
    subject = who.words("Handed in, to be looked at: %(what)s", what=what)
    [mail] = [one for one in mails if subject in one.body]
    opens_the_mail(who, mail)
    follows_the_link_and_signs_in(who, MANAGER, owed)
    expect(who.main.get_by_role("link", name=who.words("Accept"), exact=True)).to_be_visible()


def is_asked_for_nothing_more(who: Person, told: Iterable[Notice]) -> None:
    """What they were told of the step still stands in the inbox, and asks no more."""
    who.page.goto(reverse("notifications:inbox"))
    lines = [line_of(who, one) for one in told]
    assert len(lines) == 2  # that it was opened, and the reminder
    for line in lines:
        expect(line).to_be_visible()
        expect(line).not_to_contain_text(who.words("needs action"))


def line_of(who: Person, notice: Notice) -> Locator:
    link = f"a[href='{reverse('notifications:notice', args=[notice.uuid])}']"
    return who.main.locator(".tasks li").filter(has=who.page.locator(link))
