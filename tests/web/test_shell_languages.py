"""The language and script of pages: who decides, what is kept, where the switch returns."""

import re
from html import unescape

import pytest
from django.conf import settings as project_settings
from django.test import Client
from django.utils import translation

from tests.web.shell_urls import FOR_ANYBODY, WITHOUT_CONTEXT
from web.middleware import language_of_browser

pytestmark = pytest.mark.urls("tests.web.shell_urls")


def page_of(client, url) -> str:
    return client.get(url).content.decode()


@pytest.mark.parametrize(
    ("code", "tag"), [("sr", "sr-Cyrl"), ("sr-latn", "sr-Latn"), ("bs", "bs"), ("en", "en")]
)
def test_the_page_names_its_language_and_script(reader, code, tag):
    reader.post("/language/", {"language": code, "next": "/sign-in/"})

    for url in [*FOR_ANYBODY, *WITHOUT_CONTEXT]:
        response = reader.get(url)
        assert f'<html lang="{tag}">' in response.content.decode(), url
        assert response.headers["Content-Language"] == tag, url


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("sr-Latn-RS,sr;q=0.8", "sr-latn"),
        ("sr-RS,en;q=0.5", "sr"),
        ("sr-Cyrl-BA", "sr"),
        ("en-GB,sr;q=0.9", "en"),
        ("bs,en;q=0.5", "bs"),
        ("bs-Latn-BA", "bs"),
        ("hr-HR", "bs"),
        ("bs-Cyrl,en;q=0.5", "sr"),
        ("sh", "sr-latn"),
        ("cnr-ME,en;q=0.5", "sr-latn"),
        ("de,sr;q=0.7", "sr"),
        ("de,fr;q=0.7", "sr-latn"),
        ("*", "sr-latn"),
        ("", "sr-latn"),
        ("x" * 10_000, "sr-latn"),
        ("sr;q=nonsense", "sr-latn"),
    ],
)
def test_the_browser_is_asked_before_serbian_latin_is_taken(header, code):
    assert language_of_browser(header) == code


def test_a_choice_is_kept_in_a_cookie_and_returns_to_the_same_page(reader):
    response = reader.post("/language/", {"language": "sr", "next": "/sign-in/?next=/log/%3Fq=a"})

    assert response.url == "/sign-in/?next=/log/%3Fq=a"
    cookie = response.cookies[project_settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("sr", "Lax", True)
    assert '<html lang="sr-Cyrl">' in page_of(reader, "/sign-in/")


def test_the_switch_carries_the_query_string(reader):
    page = page_of(reader, "/accessibility/?a=1&b=%C5%A1")

    [here] = re.findall(r'name="next" value="(.*?)"', page)
    assert unescape(here) == "/accessibility/?a=1&b=%C5%A1"


def test_a_choice_is_kept_with_whoever_is_signed_in(reader, coordinator):
    reader.force_login(coordinator)

    reader.post("/language/", {"language": "sr", "next": "/profile/"})

    coordinator.refresh_from_db()
    assert coordinator.language == "sr"
    on_another_device = Client(HTTP_ACCEPT_LANGUAGE="en")
    on_another_device.force_login(coordinator)
    assert '<html lang="sr-Cyrl">' in page_of(on_another_device, "/profile/")


def test_the_persons_choice_goes_before_the_cookie(reader, coordinator):
    reader.cookies[project_settings.LANGUAGE_COOKIE_NAME] = "en"
    coordinator.language = "sr-latn"
    coordinator.save()
    reader.force_login(coordinator)

    assert '<html lang="sr-Latn">' in page_of(reader, "/profile/")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "", "\\\\evil"])
def test_the_switch_never_leads_to_another_site(reader, elsewhere):
    response = reader.post("/language/", {"language": "en", "next": elsewhere})

    assert response.url == "/"


@pytest.mark.parametrize("code", ["", "de", "SR", "../../etc", "x" * 10_000])
def test_a_language_that_we_do_not_have_is_refused_with_a_page(reader, code):
    response = reader.post("/language/", {"language": code})

    assert response.status_code == 400
    assert "This request could not be read" in response.content.decode()
    assert project_settings.LANGUAGE_COOKIE_NAME not in response.cookies


def test_the_switch_is_a_post(reader):
    assert reader.get("/language/?language=sr").status_code == 405


def test_the_language_costs_no_query(
    reader, coordinator, nobody_registered, django_assert_num_queries
):
    with django_assert_num_queries(0):
        reader.get("/accessibility/")
    reader.force_login(coordinator)
    with django_assert_num_queries(2):  # the session and the person
        reader.get("/accessibility/")


def test_one_answer_does_not_leak_its_language_into_the_next(reader):
    with translation.override("en"):
        reader.get("/sign-in/", headers={"accept-language": "sr"})
        assert translation.get_language() == "en"
