"""Pages for everybody: the address says the language, any cache may keep them, nobody is known."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import text
from tests.world import PROGRAMME, ROUTE, procedure_text, step
from workflow import services
from workflow.audit.models import Verification
from workflow.audit.verifications import verify_and_keep

LANGUAGES = {"sr-latn": "sr-Latn", "sr": "sr-Cyrl", "bs": "bs", "en": "en"}
PROGRAMME_PAGE = "/en/public/programmes/test_programme/"
KIKINDA = "/en/public/municipalities/80209/"


def page(path: str, **headers) -> str:
    """What a stranger reads there."""
    answer = Client().get(path, headers=headers)
    assert answer.status_code == 200, path
    return text(answer)


@pytest.fixture
def kikinda(make_track, municipality, manager):
    """In assessment, taken in without a call."""
    return open_in(make_track(route=ROUTE[2:], places=5), municipality, by=manager)


def every_page() -> list[str]:
    return [
        "/en/public/", "/en/public/?q=kik", PROGRAMME_PAGE, KIKINDA, "/en/public/log/",
        "/en/public/data/", "/public/data/programmes.csv", "/public/data/participations.json",
    ]  # fmt: skip


# Language


@pytest.mark.parametrize(("code", "tag"), LANGUAGES.items())
def test_the_address_says_the_language_whatever_the_browser_asks(kikinda, code, tag):
    reader = Client()
    reader.cookies["django_language"] = "en"

    answer = reader.get(f"/{code}/public/", headers={"accept-language": "en"})

    assert f'<html lang="{tag}">' in answer.content.decode()
    assert answer.headers["Content-Language"] == tag


def test_every_page_names_itself_in_the_other_languages(kikinda):
    body = Client().get("/sr/public/municipalities/80209/?a=1").content.decode()

    told = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', body)
    expected = {
        tag: f"http://testserver/{code}/public/municipalities/80209/?a=1"
        for code, tag in LANGUAGES.items()
    }
    assert dict(told) == expected | {"x-default": expected["sr-Latn"]}
    for url in expected.values():
        assert f'<a class="linklike" href="{url}"' in body


def test_a_language_that_we_do_not_have_is_no_address(db):
    assert Client().get("/de/public/").status_code in (302, 404)


def test_names_stand_in_the_script_of_the_reader(kikinda):
    assert "Кикинда" in page("/sr/public/municipalities/80209/")
    assert "Kikinda" in page("/bs/public/municipalities/80209/")


# Caches


def test_any_cache_may_keep_every_page_and_no_cookie_is_set(client, kikinda, manager):
    client.force_login(manager)
    for path in every_page():
        for reader in (Client(), client):
            answer = reader.get(path)
            assert answer.headers["Cache-Control"] == "public, max-age=300", path
            assert "Vary" not in answer.headers, path
            assert not answer.cookies, path


def test_whoever_is_signed_in_reads_the_same_page(client, kikinda, manager):
    client.force_login(manager)
    for path in every_page()[:-1]:
        bodies = [b"".join(reader.get(path)) for reader in (client, Client())]
        assert bodies[0] == bodies[1], path


def test_a_page_that_is_not_there_keeps_the_guard_of_forms_as_it_is(client, kikinda, manager):
    """Otherwise a form that is open beside it could not be sent any more."""
    client.force_login(manager)
    client.get("/participations/")
    before = client.cookies["csrftoken"].value

    answer = client.get("/en/public/programmes/no-such/")
    elsewhere = client.get("/en/public/no-such-page/")

    assert (answer.status_code, elsewhere.status_code) == (404, 404)
    assert "There is nothing here" in text(answer)
    assert client.cookies["csrftoken"].value == before
    assert client.get("/participations/").status_code == 200  # still signed in


def test_search_engines_may_list_it_in_production_and_not_in_the_demo(kikinda, settings):
    assert "X-Robots-Tag" not in Client().get("/en/public/").headers
    settings.DEMO = True
    for path in every_page():
        assert Client().get(path).headers["X-Robots-Tag"] == "noindex", path


def test_only_reading_is_possible(kikinda):
    assert Client().post("/en/public/").status_code == 405
    assert Client().head("/en/public/").status_code == 200


# What stands there


def test_home_leads_to_every_programme_with_samples_at_the_end(kikinda):
    services.load_programme(PROGRAMME.replace("test_programme", "a_sample") + "sample: true\n")
    body = Client().get("/en/public/").content.decode()

    links = re.findall(r'href="/en/public/programmes/(\w+)/"', body)
    assert links == ["test_programme", "a_sample"]
    assert "1 participation" in text(Client().get("/en/public/"))
    assert "Sample, invented" in body


@pytest.mark.parametrize("asked", ["kikin", "КИКИНД", "kikindA"])
def test_a_municipality_is_found_in_any_script(kikinda, asked):
    make_municipality("80276", "Ada", "Ада")
    answer = Client().get("/en/public/", {"q": asked})

    assert f'href="{KIKINDA}"' in answer.content.decode()
    assert "Ada" not in text(answer)


def test_a_municipality_that_takes_no_part_has_a_page_that_says_so(kikinda):
    make_municipality("80276", "Ada", "Ада")

    assert "does not take part" in page("/en/public/?q=ada")
    assert "takes part in no programme now" in page("/en/public/municipalities/80276/")


def test_odd_words_in_the_search_are_answered_with_a_page(kikinda):
    for odd in ("\x00", "x" * 5000, "<script>", "%"):
        assert Client().get("/en/public/", {"q": odd}).status_code == 200


def test_the_programme_says_who_takes_part_at_which_stage_since_when(kikinda):
    told = page(PROGRAMME_PAGE)

    assert "Trial" in told
    assert "Kikinda Track Assessment 2 Mar 2026" in told
    assert "Places taken: 1 of 5." in told
    assert "2026–2028" in told


def test_the_funnel_counts_whoever_went_through_a_stage(kikinda, manager, perform, neighbour):
    perform(kikinda, "adopt_strategy", by=manager)
    services.open_participation(
        kikinda.track, neighbour, by=manager, decided_on=date(2026, 3, 2), reason="",
        idempotency_key="00000000-0000-4000-8000-000000000001",
    )  # fmt: skip

    told = Client().get(PROGRAMME_PAGE).context["told"]

    rows = {row.label: (row.reached, row.standing) for row in told.funnel.rows}
    assert rows == {
        "Assessment": (2, 1),
        "Strategy adopted": (1, 1),
        "Co-financing": (0, 0),
        "Sustainability": (0, 0),
    }


def test_the_map_leads_to_the_public_page_of_the_municipality(kikinda):
    told = Client().get(PROGRAMME_PAGE).context["told"]

    [mark] = [unit.mark for unit in told.map.units if unit.mark]
    assert (mark.url, mark.label) == (KIKINDA, "Assessment")


def test_the_table_of_the_map_names_every_stage_of_a_municipality(
    kikinda, make_track, municipality, manager, perform
):
    further = open_in(make_track(route=ROUTE[2:]), municipality, by=manager)
    perform(further, "adopt_strategy", by=manager)

    [mark] = [
        unit.mark for unit in Client().get(PROGRAMME_PAGE).context["told"].map.units if unit.mark
    ]

    assert (mark.label, mark.url) == ("Strategy adopted", KIKINDA)
    assert "Kikinda Assessment, Strategy adopted" in page(PROGRAMME_PAGE)


SAID_OPEN = {
    "stages": {
        "assessment": [step("visit", to_be_confirmed={"sr": "Рок.", "en": "The deadline."})]
    },
    "call": {"to_be_confirmed": {"sr": "Услови.", "en": "The conditions."}},
    "to_be_confirmed": [{"sr": "Износ по општини.", "en": "The amount for each municipality."}],
}
TOLD_OPEN = (
    "To be confirmed in the procedure (3) No document that is known states this yet. "
    "The amount for each municipality. Call: The conditions. Visit: The deadline."
)


def test_what_the_procedure_leaves_to_be_confirmed_is_said_of_track_and_participation(
    make_track, municipality, manager
):
    open_in(make_track(route=ROUTE[2:], **SAID_OPEN), municipality, by=manager)

    assert TOLD_OPEN in page(PROGRAMME_PAGE)
    assert TOLD_OPEN in page(KIKINDA)
    cyrillic = page("/sr/public/municipalities/80209/")
    assert "Износ по општини. Позив: Услови. Јавни увид: Рок." in cyrillic


def test_a_later_version_that_knows_more_speaks_for_the_track_not_for_who_follows_the_old(
    make_track, municipality, manager
):
    open_in(make_track(route=ROUTE[2:], **SAID_OPEN), municipality, by=manager)

    services.load_procedure(procedure_text(route=ROUTE[2:]))

    assert "To be confirmed in the procedure" not in page(PROGRAMME_PAGE)
    assert TOLD_OPEN in page(KIKINDA)


def test_what_the_programme_leaves_to_be_confirmed_stands_open_as_inside(kikinda):
    kikinda.programme.to_be_confirmed = [{"sr": "Износ.", "en": "The amount."}]
    kikinda.programme.save()

    told = "To be confirmed No document that is known states this yet. The amount."
    assert told in page(PROGRAMME_PAGE)


def test_the_municipality_shows_its_stages_with_the_days_of_the_decisions(
    kikinda, manager, perform
):
    perform(kikinda, "adopt_strategy", by=manager)

    told = page(KIKINDA)

    assert "Stage 2 of 4: Strategy adopted, since 2 March 2026." in told
    assert "Assessment 2 Mar 2026 done" in told


def test_what_has_ended_stands_apart_with_its_day(kikinda, manager, perform):
    perform(kikinda, "discontinue", by=manager)

    told = page(KIKINDA)

    assert "Took part in Trial" in told
    assert "Discontinued, on 2 March 2026." in told
    assert "1 Discontinued" in page(PROGRAMME_PAGE)


def test_a_sample_is_plainly_marked(kikinda):
    kikinda.programme.is_sample = True
    kikinda.programme.save()

    assert "This programme is invented." in page(PROGRAMME_PAGE)
    assert "takes part in no programme now" in page(KIKINDA)
    assert "The municipality takes part in none of them. Trial" in page(KIKINDA)
    assert "does not take part" in page("/en/public/?q=kikinda")


def test_the_state_of_the_log_is_told_as_it_was_verified_last(kikinda, manager):
    assert "has not been verified yet" in page("/en/public/log/")

    verify_and_keep(by=manager)

    told = page("/en/public/log/")
    assert "The log is whole" in told
    assert "Participations 1" in told
    assert "The log is whole" in page("/en/public/")
    assert str(manager) not in told


def test_a_verification_of_a_part_says_nothing_of_the_whole(kikinda, manager):
    verify_and_keep(type(kikinda).objects.filter(pk=kikinda.pk), by=manager)

    assert "has not been verified yet" in page("/en/public/log/")


def test_a_damaged_log_is_told_to_everybody(kikinda):
    Verification.objects.create(
        channel="command", is_complete=True, entries=3, participations=1, seconds=1,
        is_whole=False, damages=[{"reference": kikinda.reference, "seq": 2}],
    )  # fmt: skip

    told = page("/en/public/log/")

    assert "The log is damaged" in told
    assert "Damaged places 1" in told
    assert kikinda.reference not in told


def test_the_long_list_is_divided_into_pages(kikinda, monkeypatch, make_track, manager, neighbour):
    monkeypatch.setattr("workflow.pages.public.programme.A_PAGE", 1)
    open_in(make_track(route=ROUTE[2:]), neighbour, by=manager)

    first, second = page(PROGRAMME_PAGE), page(f"{PROGRAMME_PAGE}?page=2")

    assert "Page 1 of 2" in first
    assert "Kikinda Track" in second
    assert "Kikinda Track" not in first  # Kanjiža stands before it


@pytest.mark.parametrize("path", every_page())
def test_every_page_asks_the_same_few_queries_for_one_and_for_many(
    kikinda, make_track, manager, municipality, path
):
    track = make_track(route=ROUTE[2:], places=None)
    few = asked(path)

    open_in(track, municipality, by=manager)
    for number in range(25):
        unit = make_municipality(f"9{number:04d}", f"Kikovo {number}", f"Киково {number}")
        open_in(track, unit, by=manager)

    assert asked(path) == few <= 15


def asked(path: str) -> int:
    """How many queries it asks; what is read once a process does not count."""
    reader = Client()
    b"".join(reader.get(path))
    with CaptureQueriesContext(connection) as queries:
        b"".join(reader.get(path))
    return len(queries)


def test_home_counts_municipalities_and_programmes_that_are_true(kikinda, make_track, manager):
    open_in(make_track(route=ROUTE[2:]), kikinda.municipality, by=manager)
    assert "1 programme 1 municipality takes part or did" in page("/en/public/")

    kikinda.programme.is_sample = True
    kikinda.programme.save()

    assert "0 programmes 0 municipalities take part or did" in page("/en/public/")


# The way there


def test_sign_in_and_every_footer_lead_there(db):
    reader = Client(headers={"accept-language": "sr"})
    sign_in = reader.get(reverse("accounts:sign_in")).content.decode()

    assert sign_in.count('href="/sr/public/"') == 2
    assert 'href="/sr/public/"' in reader.get("/privacy/").content.decode()
