"""The shell: what stands on every page, and the masthead."""

import re

import pytest

from tests.web.shell_urls import FOR_ANYBODY, SIGNED_IN, WITHOUT_CONTEXT
from web import context
from web.context import NavEntry

pytestmark = pytest.mark.urls("tests.web.shell_urls")

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def page_of(client, url) -> str:
    return client.get(url).content.decode()


def every_page(client, coordinator):
    """Each page of the shell and of the accounts, as its reader gets it."""
    for url in FOR_ANYBODY + WITHOUT_CONTEXT:
        yield url, client.get(url)
    client.force_login(coordinator)
    for url in SIGNED_IN:
        yield url, client.get(url)


def test_every_page_has_exactly_the_strict_policy(reader, coordinator):
    for url, response in every_page(reader, coordinator):
        sent = response.headers["Content-Security-Policy"].split("; ")
        assert dict(part.split(" ", 1) for part in sent) == POLICY, url


def test_every_page_has_one_heading_and_the_title_says_it(reader, coordinator):
    for url, response in every_page(reader, coordinator):
        page = response.content.decode()
        [heading] = re.findall(r"<h1>(.+?)</h1>", page)
        assert re.findall(r"<title>(.*?)</title>", page) == [f"{heading} – Koraci"], url


def test_every_page_leads_past_the_masthead_and_says_whom_to_ask(reader, coordinator, settings):
    settings.HELP_PHONE = "0230 000 000"
    for url, response in every_page(reader, coordinator):
        page = response.content.decode()
        footer = page.partition('<footer class="foot">')[2]
        assert page.index('class="skip" href="#main"') < page.index('class="mast"'), url
        assert 'id="main"' in page, url
        assert 'href="mailto:podrska@example.org"' in footer, url
        assert "0230 000 000" in footer, url
        assert 'href="/accessibility/"' in footer, url
        assert 'href="/privacy/"' in footer, url
        assert 'href="/glossary/"' in footer, url
        assert 'href="/whats-new/"' in footer, url


def test_the_language_switch_stands_on_every_page_that_knows_its_reader(reader, coordinator):
    for url, response in every_page(reader, coordinator):
        if url in WITHOUT_CONTEXT:
            continue
        page = response.content.decode()
        names = re.findall(r'name="language" value="([\w-]+)" lang="([\w-]+)"', page)
        expected = [("sr-latn", "sr-Latn"), ("sr", "sr-Cyrl"), ("bs", "bs"), ("en", "en")]
        assert names == expected, url
        assert 'lang="en" aria-current="true">English</button>' in page, url
        assert 'action="/language/"' in page, url


# Masthead


def test_the_navigation_comes_from_the_apps_above(reader, coordinator, nobody_registered):
    context.register_nav(lambda request: [NavEntry("Participations", "workflow:participations")])
    context.register_nav(
        lambda request: [NavEntry("Log", "workflow:log"), NavEntry("Later", "later:on")]
    )
    anonymous = page_of(reader, "/privacy/")
    reader.force_login(coordinator)

    page = page_of(reader, "/privacy/")

    assert 'class="nav"' not in anonymous
    assert '<a href="/participations/">Participations</a>' in page
    assert '<a href="/log/">Log</a>' in page
    assert "Later" not in page


def test_the_navigation_marks_where_one_is_and_has_five_entries_at_most(rf, coordinator):
    entries = [NavEntry("Home", "workflow:home"), NavEntry("Log", "workflow:log")] * 3

    def seen_at(address):
        request = rf.get(address)
        request.user = coordinator
        return [(link.label, link.current) for link in context.nav_links(request)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "nav_sources", [lambda request: entries])
        assert seen_at("/log/")[:2] == [("Home", ""), ("Log", "page")]
        assert seen_at("/log/17/")[:2] == [("Home", ""), ("Log", "true")]
        assert seen_at("/")[:2] == [("Home", "page"), ("Log", "")]
        assert seen_at("/elsewhere/")[:2] == [("Home", ""), ("Log", "")]
        assert len(seen_at("/")) == 5


def test_whoever_may_only_read_is_told_so(reader, coordinator, nobody_registered):
    reader.force_login(coordinator)
    may_write = page_of(reader, "/privacy/")
    context.register_read_only(lambda request: request.user == coordinator)

    only_reads = page_of(reader, "/privacy/")

    assert "Read only" not in may_write
    assert '<span class="tag info">Read only</span>' in only_reads


def test_the_account_is_there_for_whoever_is_signed_in(reader, coordinator):
    anonymous = page_of(reader, "/privacy/")
    reader.force_login(coordinator)

    page = page_of(reader, "/privacy/")

    assert "Sign out" not in anonymous
    assert "Coordinator</a>" in page
    assert '<form method="post" action="/sign-out/">' in page


def test_whoever_asks_for_a_part_of_a_page_after_the_session_ended_signs_in_on_a_whole_one(client):
    response = client.get("/profile/", headers={"HX-Request": "true"})

    assert response.status_code == 204
    assert response.headers["HX-Redirect"].startswith("/sign-in/?next=")
    assert "Location" not in response.headers
    assert client.get("/profile/").status_code == 302
