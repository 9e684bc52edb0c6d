"""Error pages: what happened, what to do, whom to ask."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

from web import context

pytestmark = pytest.mark.urls("tests.web.shell_urls")


@pytest.mark.parametrize(
    ("url", "status", "sentence"),
    [
        ("/odd/", 400, "This request could not be read"),
        ("/refused/", 403, "ask your programme manager"),
        ("/no-such-page/", 404, "There is nothing here for you"),
        ("/breaks/", 500, "look whether your last step is there"),
        ("/busy/", 503, "Wait a minute"),
    ],
)
def test_an_error_page_says_what_to_do_and_whom_to_ask(reader, url, status, sentence):
    response = reader.get(url)

    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert response.status_code == status
    assert sentence in main
    assert "podrska@example.org" in main


def test_strangers_and_members_get_the_same_404(reader, coordinator):
    as_anybody = reader.get("/participations/SWS-2007-999/")
    reader.force_login(coordinator)
    as_coordinator = reader.get("/participations/SWS-2007-999/")

    assert as_anybody.status_code == as_coordinator.status_code == 404
    assert 'href="/sign-in/"' in as_anybody.content.decode()
    assert "To my list" in as_coordinator.content.decode()


def test_when_the_database_does_not_answer_the_page_says_when_to_return(reader):
    assert reader.get("/busy/").headers["Retry-After"] == "60"


@pytest.mark.parametrize("template", ["500.html", "503.html", "400.html", "404.html"])
@pytest.mark.parametrize("code", ["sr", "sr-latn", "bs", "en"])
def test_error_pages_need_no_context(template, code):
    with translation.override(code):
        page = render_to_string(template)

    assert f'<html lang="{context.html_lang(code)}">' in page
    assert "podrska@example.org" in page


def test_a_form_that_expired_says_what_to_do(db):
    strict = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")

    response = strict.post("/sign-in/", {"username": "coordinator@example.org", "password": "x"})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
    assert 'action="/language/"' in response.content.decode()


def test_a_refused_host_name_gets_a_page(reader, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    response = reader.get("/sign-in/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "podrska@example.org" in response.content.decode()


def test_too_large_a_request_gets_a_page(reader, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000

    response = reader.post("/sign-in/", {"username": "x" * 2_000})

    assert response.status_code == 400
    assert "too large" in response.content.decode()


def test_whoever_was_slower_reads_what_happened_and_where_to_look():
    told = {"sentence": "The manager moved it at 9:30.", "url": "/participations/SWS-2007-001/"}
    with translation.override("en"):
        page = render_to_string("web/_conflict.html", told)

    assert "The manager moved it at 9:30." in page
    assert "Nothing of what you sent was recorded." in page
    assert 'href="/participations/SWS-2007-001/"' in page
