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
from tests.browser.sample import (
    AUDITOR,
    EVALUATOR,
    KIKINDA,
    MANAGER,
    MENTOR,
    NOBODY,
    OBSERVER,
    SEVERAL,
    clerk,
    kikinda,
    sample_cases,
)
from tests.browser.signing_in import sign_in
from tests.demo.loaded import db  # noqa: F401
from workflow.models import Application, Call, Participation
from workflow.readiness import next_transition, readiness

PICTURES = Path(settings.BASE_DIR, "docs/pictures")
AT_MOST = 200_000  # bytes
WIDE, TALL, PHONE = (1280, 1000), (1280, 1650), (320, 900)
VERIFY, OPEN_THE_SWITCH = "main form[method=post] button", ".roles summary"


@dataclass(frozen=True)
class Picture:
    """One file: who looks at which page, in which language, on what screen."""

    name: str
    who: str
    path: str
    language: str = "sr-latn"
    scheme: str = "light"
    screen: tuple[int, int] = WIDE
    press: str = ""  # what is pressed before the picture is taken, as a selector


def pictures() -> Iterator[Picture]:
    for maker in (of_a_case, of_a_programme, of_calls, of_people, for_everybody):
        yield from maker()


def of_a_case() -> Iterator[Picture]:
    case = kikinda().get_absolute_url()
    yield Picture("participation", KIKINDA, case)
    yield Picture("participation-cyrillic", KIKINDA, case, language="sr")
    yield Picture("participation-dark-320", KIKINDA, case, scheme="dark", screen=PHONE)
    yield Picture("my-steps", busy_clerk(), at("my_steps"))
    yield Picture("my-municipalities", MENTOR, at("my_municipalities"))
    yield Picture("reviews", EVALUATOR, at("reviews"))
    yield Picture("transition", MANAGER, ready_act(), screen=TALL)
    draft = kikinda().documents.get(kind="strategy_draft")
    yield Picture("paper", KIKINDA, draft.get_absolute_url())
    yield Picture("log", AUDITOR, at("log"), press=VERIFY)


def of_a_programme() -> Iterator[Picture]:
    sample, track = sample_cases()[0].programme.key, kikinda().track
    yield Picture("board", MANAGER, at("board") + f"?programme={sample}")
    yield Picture("bottlenecks", MANAGER, at("figures") + f"?programme={sample}")
    yield Picture("search", MANAGER, at("search") + "?q=kikinda")
    yield Picture("programme", OBSERVER, at("programme", sample))
    yield Picture("route", MANAGER, at("track", track.programme.key, track.key))
    yield Picture("set-up", MANAGER, at("programme_setup", sample))


def of_calls() -> Iterator[Picture]:
    """The call of the sample that is over, and the draft that somebody writes."""
    over = Call.objects.filter(track__programme__is_sample=True).order_by("pk").first()
    draft = Application.objects.with_names().get(status="draft")
    yield Picture("selection", MANAGER, at("call_selection", over.reference))
    yield Picture("application", clerk(draft.lead), at("application", draft.reference))


def of_people() -> Iterator[Picture]:
    case = kikinda().reference
    yield Picture("people", MANAGER, at("people", case))
    yield Picture("readers", MANAGER, at("readers", case))
    yield Picture("second-factor", KIKINDA, reverse("mfa_index"))
    yield Picture("role-switch", SEVERAL, at("board"), press=OPEN_THE_SWITCH)


def for_everybody() -> Iterator[Picture]:
    """Public pages say their language in the address; nobody is signed in."""
    sample = reverse("public:programme", args=["sr-latn", sample_cases()[0].programme.key])
    yield Picture("public-programme", NOBODY, sample)
    home = reverse("public:home", args=["sr"])
    yield Picture("public-320", NOBODY, home, language="sr", screen=PHONE)


def at(name: str, *arguments: str) -> str:
    """The address of a page of the workflow."""
    return reverse(f"workflow:{name}", args=arguments)


def busy_clerk() -> str:
    """A coordinator with something returned and more to do."""
    cases = sample_cases().filter(stage="assessment", steps__status="returned")
    place = cases.first().municipality
    return Mandate.objects.over(place).get(role="coordinator").user.email


def ready_act() -> str:
    """The page of a transition that can be decided now."""
    case, name = next(decidable(sample_cases().filter(stage="strategy_adopted")))
    return at("transition", case.reference, name)


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
    if picture.press:
        page.locator(picture.press).click()
    path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=path)
    return path


def test_no_committed_picture_is_large():
    sizes = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}

    assert {name: size for name, size in sizes.items() if size > AT_MOST} == {}
    assert "participation.png" in sizes
