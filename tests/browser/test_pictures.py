"""The pictures of the documentation, drawn from the demo world when they are asked for.

    KORACI_PICTURES=1 .venv/bin/python -m pytest tests/browser/test_pictures.py

Otherwise only their size is looked at: they are committed, and everybody loads them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from municipalities.models import Mandate
from tests.browser.person import LOCALES
from tests.browser.samples import AUDITOR, KIKINDA, MANAGER, kikinda, sample_cases
from tests.browser.signing_in import sign_in
from tests.demo.loaded import db  # noqa: F401
from workflow.models import Participation
from workflow.readiness import next_transition, readiness

PICTURES = Path(settings.BASE_DIR, "docs/pictures")
AT_MOST = 200_000  # bytes
WIDE, TALL, PHONE = (1280, 1000), (1280, 1650), (320, 900)


@dataclass(frozen=True)
class Picture:
    """One file: who looks at which page, in which language, on what screen."""

    name: str
    who: str
    path: str
    language: str = "sr-latn"
    scheme: str = "light"
    screen: tuple[int, int] = WIDE
    pressed: bool = False  # the button of the page before the picture is taken


def pictures() -> Iterator[Picture]:
    case = kikinda().get_absolute_url()
    yield Picture("participation", KIKINDA, case)
    yield Picture("participation-cyrillic", KIKINDA, case, language="sr")
    yield Picture("participation-dark-320", KIKINDA, case, scheme="dark", screen=PHONE)
    yield Picture("my-steps", busy_clerk(), reverse("workflow:my_steps"))
    yield Picture("transition", MANAGER, ready_act(), screen=TALL)
    yield Picture("log", AUDITOR, reverse("workflow:log"), pressed=True)


def busy_clerk() -> str:
    """A coordinator with something returned and more to do."""
    cases = sample_cases().filter(stage="assessment", steps__status="returned")
    place = cases.first().municipality
    return Mandate.objects.over(place).get(role="coordinator").user.email


def ready_act() -> str:
    """The page of a transition that can be decided now."""
    case, name = next(decidable(sample_cases().filter(stage="strategy_adopted")))
    return reverse("workflow:transition", args=[case.reference, name])


def decidable(cases) -> Iterator[tuple[Participation, str]]:
    for case in cases:
        name = next_transition(case)
        if name and readiness(case, name):
            yield case, name


@pytest.mark.skipif("KORACI_PICTURES" not in os.environ, reason="KORACI_PICTURES=1 draws them anew")
def test_the_pictures_are_drawn(db, new_context, settings):  # noqa: F811
    settings.DEMO = True
    PICTURES.mkdir(exist_ok=True)
    drawn = [draw(new_context, picture) for picture in pictures()]

    assert all(path.stat().st_size <= AT_MOST for path in drawn)


def draw(new_context, picture: Picture) -> Path:
    get_user_model().objects.update(language=picture.language)
    width, height = picture.screen
    context = new_context(
        locale=LOCALES[picture.language],
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
    )
    sign_in(context, picture.who)
    page = context.new_page()
    page.goto(picture.path)
    if picture.pressed:
        page.locator("main form[method=post] button").click()
    path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=path)
    return path


def test_no_committed_picture_is_large():
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}

    assert {name: size for name, size in sizes.items() if size > AT_MOST} == {}
    assert "participation.png" in sizes
