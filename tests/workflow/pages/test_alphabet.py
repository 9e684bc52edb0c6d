"""Every list of names by the Serbian alphabet, in both scripts, whatever the database sorts by."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from tests.applying import apply_on_paper, open_call
from tests.conftest import make_municipality, open_in
from tests.workflow.pages.visiting import signed_in, words
from tests.world import ROUTE
from web.script.fold import in_alphabet
from web.script.transliterate import to_cyrillic
from workflow import services
from workflow.models import Call

# In the order of the alphabet: c č ć, d dž đ, l lj, n nj, s š, z ž.
IN_ORDER = ["Crna", "Čoka", "Ćuprija", "Dvor", "Džep", "Đakovo", "Lučani", "Ljig", "Novo", "Njeg"]
IN_ORDER += ["Surdulica", "Šid", "Zaječar", "Žitište"]
SHUFFLED = sorted(IN_ORDER, key=lambda name: name[::-1])
LANGUAGES = ["sr", "sr-latn", "bs", "en"]


@pytest.fixture
def places(db):
    """Municipalities of these names, put on record in disorder."""
    return [
        make_municipality(
            f"9{number:04d}", name, to_cyrillic(name), area_latin=f"{name} okrug",
            area_cyrillic=to_cyrillic(f"{name} okrug"),
        )
        for number, name in enumerate(SHUFFLED)
    ]  # fmt: skip


def read_in(person, language: str, url: str) -> str:
    client = signed_in(person)
    client.post("/language/", {"language": language, "next": "/"})
    return words(client.get(url))


def in_reading_order(page: str, names: list[str], language: str) -> list[str]:
    """These names in the order in which the page first names them."""
    shown = {to_cyrillic(name) if language == "sr" else name: name for name in names}
    found = re.findall("|".join(rf"\b{name}\b" for name in shown), page)
    return [shown[name] for name in dict.fromkeys(found)]


@pytest.fixture
def taking_part(make_track, manager, places):
    track = make_track(route=ROUTE[2:], places=None)
    return [open_in(track, place, by=manager) for place in places]


@pytest.mark.parametrize("language", LANGUAGES)
def test_participations_stand_in_the_order_of_the_alphabet(taking_part, manager, language):
    page = read_in(manager, language, reverse("workflow:participations"))

    assert in_reading_order(page, IN_ORDER, language) == IN_ORDER


@pytest.mark.parametrize("language", LANGUAGES)
def test_regions_are_offered_in_the_order_of_the_alphabet(taking_part, manager, language):
    page = read_in(manager, language, reverse("workflow:board"))

    with translation.override(language):
        offered = page.partition(gettext("District or canton"))[2]
    assert in_reading_order(offered, IN_ORDER, language) == IN_ORDER


def named(email: str, name: str):
    return get_user_model().objects.create_user(email, name=name, language="en")


@pytest.fixture
def mentored(taking_part, system):
    """Mentors of one participation, their names typed in both scripts by turns."""
    for number, name in enumerate(SHUFFLED):
        user = named(f"mentor{number}@example.org", typed_by(number, name))
        services.give_mandate(user, "mentor", over=taking_part[0], by=system)
    return taking_part[0]


def typed_by(number: int, name: str) -> str:
    return to_cyrillic(f"{name} Mentor") if number % 2 else f"{name} Mentor"


def as_typed() -> list[str]:
    typed = {name: typed_by(number, name) for number, name in enumerate(SHUFFLED)}
    return [typed[name] for name in IN_ORDER]


def order_on(page: str, names: list[str]) -> list[str]:
    return sorted((name for name in names if name in page), key=page.index)


def test_mentors_are_offered_in_the_order_of_the_alphabet_whatever_script_they_write(
    mentored, manager
):
    page = read_in(manager, "en", reverse("workflow:board"))

    assert order_on(page, as_typed()) == as_typed()


def test_the_first_three_mentors_to_ask_are_the_first_of_the_alphabet(mentored, person):
    clerk = person("coordinator", over=mentored.municipality)

    page = read_in(clerk, "en", reverse("workflow:my_steps"))

    assert order_on(page, as_typed()) == as_typed()[:3]


def test_people_of_one_role_stand_in_the_order_of_the_alphabet(mentored, manager):
    people = read_in(manager, "en", reverse("workflow:people", args=[mentored.reference]))
    page = read_in(manager, "en", mentored.get_absolute_url())
    beside = page.split(" People Programme manager ", 1)[1]

    assert order_on(people, as_typed()) == as_typed()
    assert order_on(beside, as_typed()) == as_typed()


@pytest.fixture
def joint(make_track, manager, places):
    """All of them in one application; Žitište leads."""
    call = open_call(make_track(places=None), by=manager)
    lead, *others = sorted(places, key=lambda place: place.name_latin != "Žitište")
    return apply_on_paper(call.track, [lead, *others], by=manager)[0].application


@pytest.mark.parametrize("language", ["sr", "sr-latn"])
def test_the_lead_comes_first_then_the_members_by_the_alphabet(joint, manager, language):
    expected = ["Žitište", *(name for name in IN_ORDER if name != "Žitište")]
    urls = [
        joint.get_absolute_url(),
        reverse("workflow:application_members", args=[joint.reference]),
        reverse("workflow:applications"),
        reverse("workflow:call_selection", args=[joint.call.reference]),
    ]

    for url in urls:
        page = read_in(manager, language, url)
        assert in_reading_order(page, IN_ORDER, language) == expected, url


@pytest.mark.parametrize("language", ["sr", "sr-latn"])
def test_a_search_finds_in_the_order_of_the_alphabet(make_track, manager, places, language):
    call = open_call(make_track(), by=manager)

    url = reverse("workflow:call_register", args=[call.reference])
    page = read_in(manager, language, f"{url}?q=a")

    holding = [name for name in IN_ORDER if "a" in name]
    assert in_reading_order(page, holding, language) == holding


PROGRAMME = (
    "{key: p%d, name: {sr: '%s', en: Trial %d}, country: RS, languages: [sr], "
    "period: {stated: '2026', from: '2026', until: '2026'}, source: made for the tests}"
)


@pytest.mark.parametrize("language", ["sr", "sr-latn"])
def test_programmes_and_tracks_are_offered_in_the_order_of_the_alphabet(
    make_track, person, system, municipality, language
):
    loaded = [
        services.load_programme(PROGRAMME % (number, to_cyrillic(name), number))
        for number, name in enumerate(SHUFFLED)
    ]
    boss = person("programme_manager", over=loaded[0])
    for programme in loaded[1:]:
        services.give_mandate(boss, "programme_manager", over=programme, by=system)
    for programme in loaded:
        track = make_track(programme=programme.key, route=ROUTE)
        apply_on_paper(track, [municipality], by=boss)

    for name in ("participations", "log", "call_publish", "board"):
        offered = options_in(boss, language, reverse(f"workflow:{name}"))
        assert in_reading_order(offered, IN_ORDER, language) == IN_ORDER, name


def options_in(person, language: str, url: str) -> str:
    """What the lists to choose from on this page offer, in their order."""
    client = signed_in(person)
    client.post("/language/", {"language": language, "next": "/"})
    return " ".join(re.findall(r"<option[^>]*>([^<]+)", client.get(url).content.decode()))


def test_the_key_of_the_alphabet_reads_any_name_of_a_thing():
    pairs = [("2", "Žitište"), ("1", "Чока"), ("3", "Crna")]

    assert [key for key, _name in in_alphabet(pairs, lambda pair: pair[1])] == ["3", "1", "2"]


# Calls


@pytest.mark.parametrize(
    ("language", "shown"),
    [("sr", "Јавни конкурс 17/1"), ("sr-latn", "Javni konkurs 17/1"),
     ("bs", "Javni konkurs 17/1"), ("en", "Javni konkurs 17/1")],
)  # fmt: skip
@pytest.mark.parametrize("typed", ["Јавни конкурс 17/1", "Javni konkurs 17/1"])
def test_a_stated_reference_is_read_in_the_script_of_the_reader(
    make_track, manager, language, shown, typed
):
    call = open_call(make_track(), by=manager)
    Call.objects.update(stated_reference=typed)

    for url in (reverse("workflow:calls"), call.get_absolute_url()):
        assert shown in read_in(manager, language, url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_in_a_reference_is_never_altered(make_track, manager, language):
    call = open_call(make_track(), by=manager)
    Call.objects.update(stated_reference="EuropeAid/167-450/ID/ACT/RS")

    page = read_in(manager, language, call.get_absolute_url())

    assert "EuropeAid/167-450/ID/ACT/RS" in page
