"""One's own data: name, phone, language, and nothing else."""

import pytest

from accounts.models import User

MINE = {"name": "Coordinator, Kikinda", "phone": "0230 000 000", "language": "en"}


@pytest.fixture
def signed_in(client, coordinator):
    client.force_login(coordinator)
    return client


def test_saves_name_phone_and_language(signed_in, coordinator):
    page = signed_in.post("/profile/", MINE, follow=True)

    coordinator.refresh_from_db()
    assert (coordinator.name, coordinator.phone, coordinator.language) == tuple(MINE.values())
    assert '<div class="banner ok' in page.content.decode()
    assert "Saved." in page.content.decode()


def test_extra_fields_change_nothing(signed_in, coordinator):
    before = User.objects.values().get(pk=coordinator.pk)

    extra = {"is_staff": "on", "is_superuser": "on", "email": "x@example.org", "password": "x"}
    signed_in.post("/profile/", MINE | extra)

    after = User.objects.values().get(pk=coordinator.pk)
    changed = {field for field in after if after[field] != before[field]}
    assert changed == {"name", "phone", "search_key"}  # the key of the search follows the name


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("š" * 10_000, "Write 150 characters at most. You wrote 10,000."),
        ("Koordi\x00nator", "The text holds control characters"),
        ("two\nlines", "Write this in one line, without tabs."),
        ("\u202e\u200f", "This field is required."),
    ],
)
def test_a_name_that_cannot_be_kept_is_answered_in_a_sentence(
    signed_in, coordinator, name, sentence
):
    response = signed_in.post("/profile/", MINE | {"name": name})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    coordinator.refresh_from_db()
    assert coordinator.name == "Coordinator"


def test_a_refused_name_does_not_stand_in_the_masthead(signed_in):
    page = signed_in.post("/profile/", MINE | {"name": "x" * 151}).content.decode()

    assert "My account: </span>Coordinator</a>" in page


def test_direction_marks_are_taken_out_and_it_says_so(signed_in, coordinator):
    page = signed_in.post("/profile/", MINE | {"name": "Коорди\u202eнатор"}, follow=True)

    coordinator.refresh_from_db()
    assert coordinator.name == "Координатор"
    assert "Name: 1 invisible mark for the direction of writing" in page.content.decode()


@pytest.mark.parametrize("language", ["", "de", "sr-cyrl", "en'--"])
def test_only_a_language_that_we_have_is_kept(signed_in, coordinator, language):
    response = signed_in.post("/profile/", MINE | {"language": language})

    assert "language" in response.context["form"].errors
    coordinator.refresh_from_db()
    assert coordinator.language == "en"


def test_shows_the_present_language_to_whoever_has_not_chosen(signed_in, coordinator):
    coordinator.language = ""
    coordinator.save()

    page = signed_in.get("/profile/", headers={"accept-language": "sr"})

    assert page.context["form"]["language"].value() == "sr"
