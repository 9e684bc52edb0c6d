"""A municipality at its screens: the coordinator on a phone, the application, the signatory.

What each of them reads stands in their own language; what they did is compared with the log.
"""

from django.utils.translation import ngettext
from playwright.sync_api import expect

from config.demo.people import PASSWORD, address
from tests.browser.person import Person
from tests.browser.telling import (
    PHONE,
    at_the_desk,
    in_their_words,
    reads_without_scrolling_sideways,
    recorded_by,
    seated,
    today,
)
from tests.demo.loaded import db  # noqa: F401
from workflow.models import Application, Member, Step

ANALYSIS, IN_APPLICATION = address("koordinator.bujanovac"), address("koordinator.sokobanja")
JOINT = address("potpisnik.sremska-mitrovica")
NOTE = "Анализа стања, 42 стране, усвојена на седници тела."
SITUATION = "Dvije usluge u kući, nijedna za starije od 80 godina."


# The coordinator, on a phone of 320 pixels, by keyboard alone, without scripts


def test_a_coordinator_hands_in_the_most_urgent_step_by_keyboard_on_a_phone(new_context):
    who = seated(new_context, ANALYSIS, "sr", viewport=PHONE, java_script_enabled=False)
    step = owed_by_bujanovac()
    title = in_their_words(who, lambda: step.title)
    who.sign_in_by_keyboard(ANALYSIS, PASSWORD)

    reads_what_is_next(who, title)
    hands_in_by_keyboard(who, title)
    finds_it_with_those_who_are_waited_for(who, title)
    asks_who_can_see_it(who, step)

    step.refresh_from_db()
    assert step.status == "submitted"
    assert recorded_by(ANALYSIS) == [("hand_in", "coordinator")]
    assert step.entries.get(verb="hand_in").by.email == ANALYSIS


def owed_by_bujanovac() -> Step:
    place = {"participation__municipality__name_latin": "Bujanovac"}
    return Step.objects.with_names().get(key="situation_analysis", **place)


def reads_what_is_next(who: Person, title: str) -> None:
    """The first screen, before anything is scrolled or unfolded."""
    urgent = who.section("Most urgent")
    expect(urgent).to_contain_text(title)
    expect(urgent.get_by_text(title).first).to_be_in_viewport()
    expect(urgent.locator(".tag.bad")).to_be_in_viewport()
    expect(who.section("This stage")).to_contain_text(title)
    reads_without_scrolling_sideways(who)


def hands_in_by_keyboard(who: Person, title: str) -> None:
    who.tab_to(f"{who.words('Open the step')}: {title}")
    who.enter()
    assert who.page.inner_text("h1") == title
    reads_without_scrolling_sideways(who)
    for name, value in {"dated_on": today(), "note": NOTE}.items():
        who.tab_to(name)
        who.type(value)
    who.tab_to(who.words("Hand in"))
    who.enter()
    who.is_told("Handed in")
    assert NOTE in who.main.inner_text()
    reads_without_scrolling_sideways(who)


def finds_it_with_those_who_are_waited_for(who: Person, title: str) -> None:
    who.go_by_keyboard("Next steps")
    who.reads("Nothing waits for you")
    waited = who.section("Whom we wait for")
    expect(waited).to_contain_text(title)
    expect(waited).to_contain_text(who.words("handed in"))
    expect(waited).to_contain_text(who.words("Mentor"))
    assert who.section("Most urgent").count() == 0
    reads_without_scrolling_sideways(who)


def asks_who_can_see_it(who: Person, step: Step) -> None:
    """From the step to its participation, from there to whoever reads along."""
    name = in_their_words(who, lambda: step.participation.municipality.full_name)
    who.tab_to(in_their_words(who, lambda: step.title))
    who.enter()
    who.tab_to(name)
    who.enter()
    reads_without_scrolling_sideways(who)
    who.tab_to(who.words("Who can see this"))
    who.enter()
    readers = who.main.locator("table")
    for role in ("Programme manager", "Mentor", "Evaluator", "Auditor", "Observer"):
        expect(readers).to_contain_text(who.words(role))
    expect(readers).to_contain_text("Руководилац програма")
    reads_without_scrolling_sideways(who)


# The coordinator who applies, in Bosnian


def test_a_coordinator_hands_in_the_application_section_by_section(new_context):
    who = at_the_desk(new_context, IN_APPLICATION, "bs")
    draft = Application.objects.get(lead__name_latin="Sokobanja")
    who.reads("Applications to hand in")

    who.follow("Application %(reference)s", reference=draft.reference)
    reads_what_is_left(who, done=2)
    describes_the_plan(who)
    reads_what_is_left(who, done=2)
    checks_and_hands_in(who)
    reads_the_confirmation(who, draft)
    who.go("Next steps")
    assert who.section("Applications to hand in").count() == 0

    draft.refresh_from_db()
    assert (draft.status, draft.situation) == ("submitted", SITUATION)
    assert recorded_by(IN_APPLICATION)[0] == ("open", "coordinator")
    assert draft.participations.get().entries.get(verb="open").by.email == IN_APPLICATION


def reads_what_is_left(who: Person, *, done: int) -> None:
    told = who.section("What to do")
    with_count = {"done": done, "all": 4}
    expect(told).to_contain_text(in_their_words(who, lambda: done_of(with_count)))
    expect(told).to_contain_text(who.words("Missing: %s.") % "Sokobanja")


def done_of(counts: dict[str, int]) -> str:
    one, many = "%(done)d of %(all)d sections is done.", "%(done)d of %(all)d sections are done."
    return ngettext(one, many, counts["done"]) % counts


def describes_the_plan(who: Person) -> None:
    """The one text that is demanded says so; another is written and saved."""
    who.follow("Describe what you plan")
    label = who.main.locator("label[for=id_summary]")
    expect(label).to_contain_text(who.words("needed to hand in"))
    who.fill({"situation": SITUATION})
    who.press("Save")
    who.is_told("Saved.")


def checks_and_hands_in(who: Person) -> None:
    """Every answer stands there once more, each with a way to change it."""
    who.follow("Check your answers and hand in")
    who.reads("What the application needs")
    expect(who.main).to_contain_text(SITUATION)
    change = f"{who.words('Change')} {who.words('the present situation')}"
    expect(who.main.get_by_role("link", name=change)).to_be_visible()
    who.press("Hand the application in")


def reads_the_confirmation(who: Person, draft: Application) -> None:
    who.is_told("The application is handed in.")
    title = who.words("Application %(reference)s: confirmation", reference=draft.reference)
    assert who.page.inner_text("h1") == title
    who.reads("What happens next")
    who.reads("What was handed in")
    expect(who.main).to_contain_text(SITUATION)


# The signatory, in Latin, without scripts


def test_a_signatory_finds_what_waits_in_their_name_and_agrees(new_context):
    who = at_the_desk(new_context, JOINT, "sr-latn", java_script_enabled=False)
    member = Member.objects.get(municipality__name_latin="Sremska Mitrovica")

    finds_the_consent_open_and_the_rest_folded(who)
    agrees(who, member)
    who.go("Next steps")
    assert who.section("Wait for the consent of your municipality").count() == 0

    member.refresh_from_db()
    assert (member.consent, member.consent_by.email) == ("given", JOINT)
    assert set(recorded_by(JOINT)) == {("answer_consent", "signatory")}


def finds_the_consent_open_and_the_rest_folded(who: Person) -> None:
    expect(who.section("Wait for the consent of your municipality")).to_contain_text("Bor")
    for own in ("Sporazum o međuopštinskoj saradnji", "Prijava na poziv"):
        expect(who.section("This stage")).to_contain_text(own)
    others = who.section("Whom we wait for")
    folded = others.is_visible()
    who.main.locator("summary").first.click()
    assert not folded
    expect(others).to_be_visible()


def agrees(who: Person, member: Member) -> None:
    """Reads what was applied for, then answers in the name of the municipality."""
    application = member.application
    lead = in_their_words(who, lambda: application.lead.full_name)
    who.follow(
        "Application %(reference)s, lead %(lead)s", reference=application.reference, lead=lead
    )
    who.follow("Read and answer")
    expect(who.main).to_contain_text("zajednička služba pomoći u kući za tri opštine")
    who.main.get_by_label(who.words("We agree to this application")).check()
    who.fill({"decided_on": today()})
    who.press("Record the answer")
    who.is_told("The answer is recorded.")
    expect(who.main).not_to_contain_text(who.words("consent awaited"))
