"""How a story is told: who opens which page, what it says there, what that person then does.

Everything goes through the real views with the Django client; nobody but the page tells the
version and the key of a form. Programmes, procedures and municipalities are those of the product.
"""

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from documents.models import Version
from municipalities.models import Municipality
from tests.documents.arriving import examine_here
from tests.documents.uploaded import pdf, upload_url
from tests.workflow.pages.reading import hidden, text
from workflow import services
from workflow.audit.verify import verify
from workflow.gaps import find_gaps
from workflow.models import Participation, Programme, Step, Track

FOLDER = Path(settings.BASE_DIR) / "workflow" / "procedures"


class Page:
    """What somebody sees after opening or sending something."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status = response.status_code
        self.words = text(response)

    def says(self, *sentences: str) -> "Page":
        for sentence in sentences:
            assert sentence in self.words, f"not on the page: {sentence}\n\n{self.words}"
        return self

    def says_nothing_of(self, *sentences: str) -> "Page":
        for sentence in sentences:
            assert sentence not in self.words, f"on the page: {sentence}"
        return self

    @property
    def links(self) -> list[str]:
        return [unescape(url) for url in re.findall(r'href="(/[^"]*)"', self.raw)]

    @property
    def raw(self) -> str:
        return self.response.content.decode()


class Person:
    """Somebody with a browser."""

    def __init__(self, name: str, system: Any) -> None:
        local = name.lower().replace(" ", ".")
        self.system = system
        self.user = get_user_model().objects.create_user(
            f"{local}@example.org", name=name, language="en"
        )
        self.browser = Client()
        self.browser.force_login(self.user)

    def holds(self, role: str, over: Any, since: date) -> "Person":
        services.give_mandate(
            self.user, role, over=over, by=self.system, function=role, starts_on=since
        )
        return self

    def opens(self, url: str, **asked: str) -> Page:
        page = Page(self.browser.get(url, asked))
        assert page.status == 200, f"{self.user} at {url}: {page.status}\n{page.words}"
        return page

    def sends(self, url: str, *, to: str = "", **fields: Any) -> Page:
        """Open the page, fill in its form, send it, and read where that leads."""
        form = hidden(self.browser.get(url))
        return Page(self.browser.post(to or url, form | fields, follow=True))

    # What people do again and again, each on its page

    def takes_in(self, key: str, unit: Municipality, *, typed: str, on: str, reason: str) -> Page:
        """A municipality into a track without a call: found in the register, then decided."""
        way = reverse("workflow:open_participation")
        assert way in self.opens(reverse("workflow:participations")).links
        self.opens(way, q=typed).says(unit.name_latin)
        told = {"track": str(track(key).pk), "municipality": unit.code}
        chosen = f"{way}?municipality={unit.code}"
        return self.sends(chosen, to=way, decided_on=on, reason=reason, **told)

    def hands_in(self, step: Step, **told: str) -> Page:
        page = self.opens(step.get_absolute_url()).says(step.title)
        assert page.status == 200
        done = self.sends(step.get_absolute_url(), to=f"{step.get_absolute_url()}hand_in/", **told)
        return done.says("Recorded:")

    def uploads(self, step: Step) -> Version:
        """A paper for the step; where one is there already, its next version. Examined at once."""
        paper = step.documents.first()
        way = reverse("documents:new_version", args=[paper.uuid]) if paper else upload_url(step)
        assert way in self.opens(step.get_absolute_url()).links
        self.sends(way, files=pdf(), **({"reason": "Допуна."} if paper else {}))
        examine_here()
        return Version.objects.filter(document__step=step).latest("pk")

    def hands_in_paper(self, step: Step, **told: str) -> Page:
        """Uploaded first, as the step asks for it, then handed in."""
        return self.hands_in(step, papers=str(self.uploads(step).uuid), **told)

    def accepts(self, step: Step) -> Page:
        return self.sends(f"{step.get_absolute_url()}accept/").says("Recorded: Accepted")

    def decides(self, case: Participation, act: str, on: str, reason: str = "") -> Page:
        """A transition, on its page of its own."""
        url = f"{case.get_absolute_url()}transitions/{act}/"
        return self.sends(url, decided_on=on, reason=reason)

    def insists(self, case: Participation, act: str, on: str, reason: str = "") -> Page:
        """The same where the page offers no form, as from a page that was open before."""
        page = self.opens(f"{case.get_absolute_url()}transitions/{act}/")
        page.says("It cannot be recorded before every condition is met.")
        sent = {"expected_version": str(now(case).version), "idempotency_key": str(uuid4())}
        url = f"{case.get_absolute_url()}transitions/{act}/"
        return Page(self.browser.post(url, sent | {"decided_on": on, "reason": reason}))


def load_programme(key: str) -> Programme:
    """A programme with all its procedures, from the product's own files."""
    programme = services.load_programme((FOLDER / f"{key}.programme.yaml").read_text())
    for path in sorted(FOLDER.glob("*.yaml")):
        content = path.read_text()
        if re.search(rf"^programme: {key}$", content, re.MULTILINE):
            services.load_procedure(content)
    return programme


def track(key: str) -> Track:
    return Track.objects.get(key=key)


def unit(code: str) -> Municipality:
    return Municipality.objects.get(code=code)


def now(case: Participation) -> Participation:
    return Participation.objects.with_names().get(pk=case.pk)


def the_step(case: Participation, key: str, occurrence: int = 1) -> Step:
    return Step.objects.with_names().get(participation=case, key=key, occurrence=occurrence)


def record(on: str, note: str) -> dict[str, str]:
    return {"dated_on": on, "note": note}


def meeting(on: str, minutes: str, present: str = "Municipality and programme") -> dict[str, str]:
    return {"dated_on": on, "present": present, "minutes": minutes}


def act(on: str, body: str, number: str = "to be confirmed", gazette: str = "") -> dict[str, str]:
    return {"dated_on": on, "body": body, "number": number, "gazette": gazette}


def assert_the_record_holds(*cases: Participation) -> None:
    """The end of every story: the chain is whole, and nothing contradicts it."""
    report = verify()
    assert report.damages == []
    assert report.participations >= len(cases)
    assert find_gaps().damages == []
