"""A mail was refused: a manager finds it and sends it again, then reminds others by hand.

She reads Serbian in Latin script; an auditor, on a phone and without scripts, reads afterwards who
was told what.
"""

from django.urls import reverse
from playwright.sync_api import expect

from notifications.models import Delivery, Notice
from tests.browser.person import Person
from tests.browser.sample import AUDITOR, MANAGER, sample_cases
from tests.browser.samples_of_messages import told_of_a_step
from tests.browser.telling import (
    PHONE,
    at_the_desk,
    reads_without_scrolling_sideways,
    recorded_by,
)
from tests.demo.loaded import db  # noqa: F401
from workflow.models import Participation, Step


def test_a_manager_sends_again_and_reminds_and_an_auditor_reads_who_was_told(new_context):
    case = sample_cases().filter(stage="assessment", on_hold_since=None)[0]
    refused = told_of_a_step(case, "failed")

    manager = at_the_desk(new_context, MANAGER, "sr-latn")
    finds_the_refused_mail(manager, refused)
    sends_it_again(manager, refused)
    step = ticks_the_first_step(manager)
    sees_who_would_get_what_and_confirms(manager, step)

    assert recorded_by(MANAGER)[-2:] == [
        ("change_message", "programme_manager"), ("remind", "programme_manager"),
    ]  # fmt: skip
    auditor = at_the_desk(new_context, AUDITOR, "en", viewport=PHONE, java_script_enabled=False)
    reads_who_was_told(auditor, step.participation)


def finds_the_refused_mail(who: Person, refused: Delivery) -> None:
    who.page.goto(reverse("workflow:board") + "?programme=sample")
    who.follow("Messages")
    who.open(who.main.locator(".tiles a[href*='status=failed']"))
    who.open(who.main.locator(f"a[href='{page_of(refused)}']"))
    expect(who.main).to_contain_text("550 5.1.1 no such user")
    expect(who.main.locator("[lang]").first).to_contain_text("Novi korak")


def sends_it_again(who: Person, refused: Delivery) -> None:
    who.press("Send again")
    who.is_told("The message waits again and is sent within a minute.")
    assert Delivery.objects.get(pk=refused.pk).status == "new"


def page_of(message: Delivery) -> str:
    return reverse("notifications:delivery", args=[message.uuid])


def ticks_the_first_step(who: Person) -> Step:
    who.page.goto(reverse("workflow:board") + "?programme=sample")
    who.follow("Deadlines by day")
    box = who.main.locator("input[name=step]").first
    box.check()
    step = Step.objects.with_names().get(uuid=box.get_attribute("value"))
    who.press("See who would be reminded")
    return step


def sees_who_would_get_what_and_confirms(who: Person, step: Step) -> None:
    assert not Notice.objects.filter(kind="asked").exists()
    expect(who.main.locator("article summary").first).to_contain_text("Rukovodilac programa Vas")
    expect(who.main.locator("article details").first).to_contain_text("Otvori korak")
    with who.page.expect_navigation():
        who.main.locator("form[method=post] button").click()
    who.is_told("They are reminded: the mails go out within two minutes.")
    assert {one.step for one in Notice.objects.filter(kind="asked")} == {step}


def reads_who_was_told(who: Person, case: Participation) -> None:
    who.page.goto(case.get_absolute_url())
    who.follow("Who was told what and when")
    expect(who.main).to_contain_text("A programme manager reminds you:")
    expect(who.main.get_by_role("heading", name="What is planned")).to_be_visible()
    reads_without_scrolling_sideways(who)
    who.open(who.main.get_by_role("link", name="The message").first)
    expect(who.main.locator("form[method=post]")).to_have_count(0)
    reads_without_scrolling_sideways(who)
