"""Those who only read: an auditor, an observer, a citizen without an account.

The auditor reads Cyrillic, the citizen Bosnian, both without JavaScript; observer and citizen hold
a phone of 320 pixels. None of them leaves anything behind but the auditor's verification.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import Resolver404, resolve
from django.utils import translation

from config.demo.people import address
from municipalities.models import Municipality
from municipalities.roles import Role
from tests.browser.looking import is_too_wide
from tests.browser.person import Person
from tests.browser.sample import AUDITOR, MANAGER, SYSTEM, kikinda, sample_cases
from tests.browser.signing_in import sign_in
from tests.browser.telling import PHONE, reads_without_scrolling_sideways, seated
from tests.browser.test_every_page import DOWNLOADS
from tests.demo.loaded import db  # noqa: F401
from workflow import services
from workflow.audit.models import Entry, Verification
from workflow.models import Application, Participation, Programme, Track
from workflow.pages.public.open_data import LICENCE
from workflow.stages import Stage

WHOLE = "What was verified is whole: nothing was changed, taken out or added since it was recorded."
ALL_WHOLE = "The log is whole: nothing was changed, taken out or added since it was recorded."
VERIFIED = "/log/verify/"
# Forms of every page that are about the reader alone.
ONES_OWN = {"/language/", "/sign-out/"}
FOLLOWING = "/follow/"  # of a participation; it changes nothing but what the reader is told
# Where the links of a page lead within the product; on a map they are of another kind.
ADDRESSES = """(links) => links.map((one) => new URL(one.getAttribute("href"), location))
  .filter((url) => url.host === location.host).map((url) => url.pathname + url.search)"""
ENOUGH = 15  # kinds of pages; a walk that finds fewer has lost its way
NAMED = "Osoba-"  # the name of every account in the observer's test, with its number
MAIL = re.compile(r"[\w.+-]+@[\w.-]+")


@pytest.fixture
def person(db, new_context):  # noqa: F811
    """`person("sr", AUDITOR)`: signed in, or at the door without an address."""

    def before_the_screen(language: str, email: str = "", **options) -> Person:
        who = seated(new_context, email, language, **options)
        sign_in(who.page.context, email)
        return who

    return before_the_screen


# A walk through whatever the pages lead to


def walk(who: Person, first: str) -> Iterator[str]:
    """Open one page of every kind that links lead to, and say which one stands there now."""
    opened: set[str] = set()
    ahead = [first]
    while ahead:
        path = ahead.pop(0)
        kind = kind_of(path)
        if kind and kind not in opened:
            opened.add(kind)
            assert who.page.goto(path).status == 200, path
            ahead += who.page.locator("a[href]").evaluate_all(ADDRESSES)
            yield path


def kind_of(url: str) -> str:
    """The name of a page of the workflow; "" for every other address, and for files."""
    try:
        kind = resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""
    return kind if kind.startswith("workflow:") and kind not in DOWNLOADS else ""


def all_forms(who: Person) -> set[str]:
    """Where forms of the whole page send, those about the reader's own screen left out."""
    found = who.page.locator("form[method=post]").all()
    sent_to = {form.get_attribute("action") or who.page.url for form in found}
    return {one for one in sent_to - ONES_OWN if not one.endswith(FOLLOWING)}


# The auditor, in Cyrillic, without JavaScript


def test_an_auditor_filters_verifies_and_reads_an_entry_in_cyrillic(person):
    who = person("sr", AUDITOR, java_script_enabled=False)
    who.page.goto("/")
    assert who.page.url.endswith("/log/")
    assert who.words("Read only") in who.page.inner_text(".mast")

    filter_the_log(who)
    verify_what_is_chosen(who)
    open_the_entry(who)

    last = Verification.objects.order_by("pk").last()
    chosen = Participation.objects.filter(municipality=kikinda().municipality)
    assert (last.by.email, last.participations, last.damages) == (AUDITOR, chosen.count(), [])
    assert last.entries == Entry.objects.filter(participation__in=chosen).count()
    assert not Entry.objects.filter(by__email=AUDITOR).exists()


def filter_the_log(who: Person) -> None:
    """Each filter narrows, and stands above the table in words."""
    who.main.locator("#q").fill("kikinda")
    who.choose("kind", "adopt_strategy")
    who.choose("channel", "command")
    who.press("Apply")
    chips = who.main.locator(".chips").inner_text()
    for words in ("Search: %s", "Adopted strategy recorded"):
        assert who.words(words).replace("%s", "kikinda") in chips
    assert who.main.locator("tbody tr").count() == 1
    assert "Кикинда" in who.main.locator("tbody").inner_text()


def verify_what_is_chosen(who: Person) -> None:
    who.press("Verify the chosen participations now")
    who.reads(WHOLE)
    assert who.main.locator(".banner.ok").count() == 1
    assert who.main.locator("#q").input_value() == "kikinda", "the filters are lost"


def open_the_entry(who: Person) -> None:
    """What was true then, in one's own script, and the seal."""
    who.open(who.main.locator("tbody th a"))
    assert who.page.inner_text("h1") == who.words("Adopted strategy recorded")
    for words in ("Conditions as they were evaluated then", "Fingerprints and seal"):
        who.reads(words)
    entry = kikinda().entries.get(verb="adopt_strategy")
    assert entry.entry_hash in who.main.inner_text()
    assert all_forms(who) == set()


def test_an_auditor_finds_no_form_but_the_verification(person):
    who = person("sr", AUDITOR, java_script_enabled=False)

    found = {path: all_forms(who) for path in walk(who, "/log/")}

    assert len(found) > ENOUGH, list(found)
    with_forms = {path: forms for path, forms in found.items() if forms}
    assert with_forms == {"/log/": {VERIFIED}, "/": {VERIFIED}}, "both are the log"


# The observer, in English, on a phone


@pytest.fixture(scope="module")
def named(db) -> str:  # noqa: F811
    """An observer of the sample alone; everybody has a name that no other words can be."""
    user = get_user_model().objects.create_user(address("posmatrac"), name="", language="en")
    system = get_user_model().objects.get(email=SYSTEM)
    sample = Programme.objects.get(key="sample")
    services.give_mandate(user, Role.OBSERVER, over=sample, by=system)
    for one in get_user_model().objects.all():
        one.name = f"{NAMED}{one.pk}"
        one.save()
    return user.email


@pytest.fixture
def observer(named, person) -> Person:
    return person("en", named, viewport=PHONE)


def test_an_observer_reads_a_programme_on_a_phone_and_nobodys_name(observer, person):
    observer.page.goto("/")
    assert urlsplit(observer.page.url).path == "/programmes/sample/"

    read_the_programme(observer)
    read_the_track(observer)

    manager = person("en", MANAGER)
    manager.page.goto(sample_cases().filter(stage="assessment")[0].get_absolute_url())
    assert NAMED in manager.main.inner_text(), "nobody's name could be found anyway"


def read_the_programme(who: Person) -> None:
    programme = Programme.objects.get(key="sample")
    with translation.override("en"):
        assert who.page.inner_text("h1") == str(programme)
    who.reads("How far they came")
    count = programme.participations.count()
    who.reads(f"Counted from the log of {count} participations")
    reads_without_scrolling_sideways(who)


def read_the_track(who: Person) -> None:
    """Where the route leads, and what each stage asks for, in plain words."""
    with translation.override("en"):
        name = str(Track.objects.get(key="sample_planning"))
    who.follow(name)
    assert who.page.inner_text("h1") == name
    who.reads("Route")
    reads_without_scrolling_sideways(who)
    who.follow("Stages and conditions")
    who.reads("What must be true first:")
    who.reads("This is decided by:")
    reads_without_scrolling_sideways(who)


def test_an_observer_finds_no_names_no_drafts_and_no_form_on_any_page(observer):
    draft = Application.objects.get(status="draft", call__track__programme__key="sample")

    found = {path: findings(observer, draft) for path in walk(observer, "/programmes/sample/")}

    assert len(found) > ENOUGH, list(found)
    assert {path: what for path, what in found.items() if what} == {}
    assert not any(observer.is_offered(one) for one in ("Applications", "Log", "Next steps"))
    assert observer.page.goto(draft.get_absolute_url()).status == 404


def findings(who: Person, draft: Application) -> list[str]:
    """Whatever an observer must not read on this page, or cannot on a phone."""
    written = who.main.inner_html()  # also what is folded, and where links lead
    found = re.findall(rf"{NAMED}\d+", written) + MAIL.findall(written)
    found += [draft.reference] if draft.reference in written else []
    found += ["scrolls sideways"] if is_too_wide(who.page) else []
    return found + sorted(all_forms(who))


# The citizen, in Bosnian, on a phone, without an account or JavaScript


def test_a_citizen_finds_a_municipality_the_log_and_the_data_in_bosnian(person):
    who = person("bs", viewport=PHONE, java_script_enabled=False, accept_downloads=True)

    come_from_the_sign_in(who)
    find_the_municipality(who)
    is_the_log_whole(who)
    fetch_the_data(who)
    change_the_language(who)


def come_from_the_sign_in(who: Person) -> None:
    who.page.goto("/")
    who.follow("Public pages")
    assert urlsplit(who.page.url).path == "/bs/public/"
    assert who.page.inner_text("h1") == who.words("How municipalities plan social protection")
    assert who.page.locator("html").get_attribute("lang") == "bs"
    reads_without_scrolling_sideways(who)


def find_the_municipality(who: Person) -> None:
    """By a part of the name without its diacritics; the page says how far it has come."""
    place = Municipality.objects.get(name_latin="Mrkonjić Grad")
    case = Participation.objects.public().get(municipality=place)
    who.main.locator("#q").fill("mrkonjic")
    who.press("Search")
    who.open(who.link(place.name_latin))
    assert who.page.inner_text("h1") == place.name_latin
    told = who.main.locator(f"article[aria-labelledby='{case.reference}']")
    with translation.override("bs"):
        stage = str(Stage(case.stage).label)
    assert stage in told.inner_text()
    assert stage in told.locator("[aria-current=step]").inner_text()
    reads_without_scrolling_sideways(who)


def is_the_log_whole(who: Person) -> None:
    who.go("Is the log whole?")
    who.reads(ALL_WHOLE)
    who.reads("What it does not prove")
    reads_without_scrolling_sideways(who)


def fetch_the_data(who: Person) -> None:
    """The licence stands above the files and, where the format has a place for it, in them."""
    who.go("Open data")
    assert LICENCE in who.main.locator("a[href*=creativecommons]").inner_text()
    reads_without_scrolling_sideways(who)
    with who.page.expect_download() as fetched:
        who.link("participations.csv").click()
    assert fetched.value.suggested_filename == "koraci-participations.csv"
    rows = list(csv.DictReader(Path(fetched.value.path()).read_text().splitlines()))
    assert len(rows) == Participation.objects.public().count()
    json_file = who.main.get_by_role("link", name="participations.json").get_attribute("href")
    told = json.loads(who.page.request.get(json_file).text())
    assert (told["licence"], len(told["rows"])) == (LICENCE, len(rows))


def change_the_language(who: Person) -> None:
    """The same page under another prefix, in the script of the reader."""
    for name, prefix, lang in [("English", "en", "en"), ("Ћирилица", "sr", "sr-Cyrl")]:
        who.unfold_the_masthead()
        who.open(who.page.locator(".lang").get_by_role("link", name=name, exact=True))
        who.language = prefix
        assert urlsplit(who.page.url).path == f"/{prefix}/public/data/"
        assert who.page.locator("html").get_attribute("lang") == lang
        assert who.page.inner_text("h1") == who.words("Open data")
