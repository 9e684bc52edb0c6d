"""Kikinda 2007 once more, by people at their screens, from the call to the verified log.

The procedure, the days, the texts and the files are those of the demo. Everything that happens
to the participation is done by hand in Chromium: the call and the application on paper, every
paper uploaded, every step handed in and looked at, all five transitions. Only the people are
appointed through the services.

Everybody has a browser of their own and signs in on the sign-in page. The coordinator and the
signatory read Cyrillic, manager, evaluator and auditor Latin. The mentor's browser runs no
JavaScript. One step of the coordinator is done with the keyboard alone. The draft of the strategy
is returned with remarks; its second version is accepted, and only then do the conditions turn.
"""

from datetime import date

import pytest
from django.utils import translation

from config.demo.kikinda_2007 import (
    APPLICATION,
    APPLIED_ON,
    CAPACITY,
    KIKINDA,
    PLANNING,
    RATING,
    SELECTION,
    SERVICES,
    TRACK,
)
from config.demo.papers import Sample, content_of
from config.demo.people import PASSWORD, People
from config.demo.story import Done, Moved, Returned
from config.demo.walk_table import lines_of
from config.demo.world import load_rules
from municipalities.models import Municipality
from municipalities.roles import Role
from tests.browser.person import LOCALES, Person
from tests.demo.test_world import KIKINDAS_WALK
from tests.documents.arriving import beside, examine_here
from workflow.audit.models import Entry
from workflow.audit.verify import verify
from workflow.gaps import find_gaps
from workflow.models import Participation, Programme, Step
from workflow.stages import Stage
from workflow.verbs import TRANSITIONS

LANGUAGES = {
    Role.COORDINATOR: "sr", Role.SIGNATORY: "sr", Role.MENTOR: "sr-latn",
    Role.EVALUATOR: "sr-latn", Role.PROGRAMME_MANAGER: "sr-latn", Role.AUDITOR: "sr-latn",
}  # fmt: skip
WITHOUT_SCRIPTS = Role.MENTOR
BY_KEYBOARD, DRAFT = "provider_chosen", "strategy_drafted"
TARGETS = {name: target for _day, name, _source, target in KIKINDAS_WALK}
WHOLE = "What was verified is whole: nothing was changed, taken out or added since it was recorded."
BY_PEOPLE = [*TRANSITIONS, "hand_in", "accept", "return"]


class Story:
    """The people by role, and the participation once there is one."""

    def __init__(self, people: People, at: dict[str, Person]) -> None:
        self.people, self.at = people, at

    @property
    def participation(self) -> Participation:
        return Participation.objects.with_names().get()

    @property
    def manager(self) -> Person:
        return self.at[Role.PROGRAMME_MANAGER]

    def step(self, key: str) -> Step:
        return Step.objects.with_names().get(key=key)

    def title(self, key: str, person: Person) -> str:
        with translation.override(person.language):
            return self.step(key).title


@pytest.fixture(scope="module")
def people(db) -> People:
    """The rules of the project, and everybody who acts for Kikinda, with a password."""
    with translation.override("sr"):
        load_rules()
        people = People()
        people.appoint_over([Programme.objects.get(tracks__key=TRACK)])
        kikinda = Municipality.objects.get(code=KIKINDA)
        for role in (Role.COORDINATOR, Role.SIGNATORY):
            person = people.of(kikinda, role)
            person.language = LANGUAGES[role]
            person.save()
    return people


@pytest.fixture
def story(people, new_context) -> Story:
    """Everybody signed in, each in a browser of their own."""
    at = {}
    for role, language in LANGUAGES.items():
        scripts = role != WITHOUT_SCRIPTS
        context = new_context(locale=LOCALES[language], java_script_enabled=scripts)
        at[role] = Person(context, language)
        at[role].sign_in(email_of(people, role), PASSWORD)
    return Story(people, at)


def email_of(people: People, role: Role) -> str:
    if role == Role.AUDITOR:
        return people.over_programmes["revizor"].email
    if role == Role.MENTOR:
        return people.mentor.email
    kikinda = Municipality.objects.get(code=KIKINDA)
    return people.acting(role, Participation(municipality=kikinda)).email


def test_kikinda_is_walked_by_people_and_the_auditor_verifies_it(story):
    publish_the_call(story.manager)
    register_the_application(story.manager)
    for line in [*SELECTION, *CAPACITY, *PLANNING, *RATING, *SERVICES]:
        tell(story, line)
        if isinstance(line, Done) and line.key == DRAFT:
            told = "missing" if isinstance(line, Returned) else "met"
            assert condition_on(story, DRAFT) == story.at[Role.COORDINATOR].words(told)
    read_where_it_stands(story)
    audit(story.at[Role.AUDITOR], story.participation)

    assert story.participation.stage == Stage.SUSTAINABILITY
    assert walked(story.participation) == KIKINDAS_WALK
    assert ways_of(story.participation) == {"web"}
    assert verify([story.participation]).damages == []
    assert find_gaps().damages == []


def walked(participation: Participation) -> list[tuple]:
    lines = lines_of(participation)
    return [(line.decided_on, line.name, line.source, line.target) for line in lines]


def ways_of(participation: Participation) -> set[str]:
    """By which channels people's acts came."""
    entries = Entry.objects.filter(participation=participation, verb__in=BY_PEOPLE)
    return set(entries.values_list("channel", flat=True))


# From the call to the participation


def publish_the_call(manager: Person) -> None:
    manager.go("Calls")
    manager.follow("Publish a call")
    track = manager.main.locator("select[name=track]")
    [choice] = track.locator("option").filter(has_text="Planiranje socijalne politike").all()
    track.select_option(choice.get_attribute("value"))
    manager.fill({"stated_reference": "Јавни конкурс, април 2007.", "opens_on": date(2007, 4, 1)})
    manager.press("Publish the call")
    manager.reads("The call is published.")


def register_the_application(manager: Person) -> None:
    """It came on paper; the manager types in what it says and when it arrived."""
    manager.follow("Register an application on paper")
    manager.main.locator("[name=q]").fill("кикинда")
    manager.press("Search")
    manager.press("Register")
    manager.follow("Describe what you plan")
    manager.fill(APPLICATION)
    manager.press("Save")
    manager.follow("Record the consent on paper")
    manager.main.locator("[name=agrees][value=yes]").check()
    manager.fill({"decided_on": APPLIED_ON})
    manager.press("Record the answer")
    manager.follow("Check your answers and hand in")
    manager.fill({"on": APPLIED_ON, "at": "12:00"})
    manager.press("Register as handed in")
    manager.reads("The application is handed in.")


# One line of the story


def tell(story: Story, line: Done | Moved) -> None:
    if isinstance(line, Moved):
        move(story, line)
        return
    who = story.at[Role(line.role)]
    step = story.step(line.key)
    assert step.role == line.role
    if line.paper:
        upload(who, story.title(line.key, who), line.paper, is_first=not step.documents.exists())
    hand_in = hand_in_by_keyboard if line.key == BY_KEYBOARD else hand_in_by_hand
    hand_in(who, story.title(line.key, who), line)
    if isinstance(line, Returned):
        send_back(story, line)
    elif step.accepted_by:
        judge = story.at[Role(step.accepted_by)]
        accept(judge, story.title(line.key, judge))


def open_step(who: Person, title: str) -> None:
    """From one's own list, never by typing an address."""
    who.go("Reviews" if who.is_offered("Reviews") else "Next steps")
    who.open(who.link(title))


def upload(who: Person, title: str, paper: Sample, *, is_first: bool) -> None:
    """From the page of the step, where the filled button says so; then the worker examines it."""
    open_step(who, title)
    if is_first:
        assert filled_buttons(who) == [who.words("Upload the paper")]
    who.follow("Upload the paper" if is_first else "Upload a new version")
    file = {"name": paper.name, "mimeType": "", "buffer": beside(content_of, paper)}
    who.main.locator("input[type=file]").set_input_files(file)
    if not is_first:
        who.fill({"reason": paper.replaces})
    who.press("Upload")
    assert examine_here() == 1


def filled_buttons(who: Person) -> list[str]:
    return who.main.locator(".btn:not(.quiet)").all_inner_texts()


def hand_in_by_hand(who: Person, title: str, line: Done) -> None:
    open_step(who, title)
    assert filled_buttons(who) == [who.words("Hand in")]
    who.fill({**line.told, "dated_on": line.on})
    who.press("Hand in")
    who.is_told("Handed in")


def hand_in_by_keyboard(who: Person, title: str, line: Done) -> None:
    """From the first page on, with Tab, Enter and letters."""
    who.page.goto("/")
    who.tab_to(title)
    who.enter()
    for name, value in {"dated_on": line.on, **line.told}.items():
        who.tab_to(name)
        who.type(value)
    who.tab_to(who.words("Hand in"))
    who.enter()
    who.is_told("Handed in")


def send_back(story: Story, line: Returned) -> None:
    """The mentor finds something missing; the coordinator reads what, and the step stays open."""
    mentor, coordinator = story.at[Role.MENTOR], story.at[Role.COORDINATOR]
    open_step(mentor, story.title(line.key, mentor))
    mentor.follow("Return with remarks")
    mentor.fill({"remarks": "\n".join(line.remarks)})
    mentor.press("Return with remarks")
    mentor.is_told("Returned with remarks")
    coordinator.go("Next steps")
    for remark in line.remarks:
        assert remark in coordinator.main.inner_text()
    open_step(coordinator, story.title(line.key, coordinator))
    coordinator.reads("Returned with these remarks")


def condition_on(story: Story, key: str) -> str:
    """What the coordinator reads of a step among the conditions for the next stage."""
    coordinator, step = story.at[Role.COORDINATOR], story.step(key)
    coordinator.page.goto(story.participation.get_absolute_url())
    line = coordinator.main.locator(
        f"#readiness li:has(> span > a[href='{step.get_absolute_url()}'])"
    )
    return " ".join(str(line.locator(".st").text_content()).split())


def accept(who: Person, title: str) -> None:
    open_step(who, title)
    who.follow("Accept")
    who.press("Accept")
    who.is_told("Accepted")


def move(story: Story, line: Moved) -> None:
    """The page of the legal act, with its date and its reason."""
    manager, kikinda = story.manager, story.participation
    open_the_act(manager, kikinda, line.name)
    manager.fill({"decided_on": line.on, "reason": line.reason})
    with translation.override(manager.language):
        named = {"name": kikinda.municipality.name, "stage": Stage(TARGETS[line.name]).label}
    manager.press("Move %(name)s to “%(stage)s”", **named)
    assert story.participation.stage == TARGETS[line.name]
    if line.name == "start_assessment":
        story.people.appoint_mentor(story.participation)
        story.at[Role.MENTOR].page.reload()  # the mandate counts from the very next page on


def open_the_act(manager: Person, kikinda: Participation, name: str) -> None:
    """The selection from the page of the application, the others from the participation."""
    if name == "select":
        manager.go("Calls")
        manager.follow("All applications")
        manager.open(manager.link(kikinda.application.reference))
        manager.follow("Select the application")
        return
    manager.go("Board")
    manager.follow("As a list")
    with translation.override(manager.language):
        title = kikinda.municipality.full_name
    manager.open(manager.link(title))
    manager.open(manager.page.locator("main header .btn:not(.quiet)"))


# What is read at the end


def read_where_it_stands(story: Story) -> None:
    """Each in their own script, also what others typed."""
    for role, name, typed in [
        (Role.COORDINATOR, "Кикинда", "Трећа фаза (2009)"),
        (Role.PROGRAMME_MANAGER, "Kikinda", "Treća faza (2009)"),
    ]:
        person = story.at[role]
        person.page.goto(story.participation.get_absolute_url())
        assert name in person.page.inner_text("h1")
        assert typed in person.main.inner_text()


def audit(auditor: Person, kikinda: Participation) -> None:
    """The log is whole; an entry tells everything; nothing can be written anywhere.

    To follow a participation is the reader's own affair: it changes only what they are told.
    """
    auditor.page.goto("/")
    auditor.press("Verify now")
    auditor.reads(WHOLE)
    verified = auditor.forms()
    auditor.follow("Moved to sustainability")
    auditor.reads("Conditions as they were evaluated then")
    auditor.reads("Fingerprints and seal")

    assert verified == ["/log/verify/"]
    assert auditor.forms() == []
    assert auditor.page.locator(".mast").get_by_text(auditor.words("Read only")).is_visible()
    for url in places_to_write(kikinda):
        assert auditor.page.goto(url).status == 200
        assert [one for one in auditor.forms() if not one.endswith("/follow/")] == [], url


def places_to_write(kikinda: Participation) -> list[str]:
    """The pages on which others find a form."""
    own = kikinda.get_absolute_url()
    step = kikinda.steps.filter(stage=kikinda.stage).first()
    return [
        own, f"{own}transitions/complete/", f"{own}people/", step.get_absolute_url(),
        f"{step.get_absolute_url()}accept/", kikinda.application.get_absolute_url(),
        kikinda.application.call.get_absolute_url(),
    ]  # fmt: skip
