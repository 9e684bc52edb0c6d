"""Set-up in the browser: a file is looked at, rehearsed, published; a broken one refused whole."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import buttons, read, text
from tests.workflow.pages.visiting import signed_in
from tests.world import PROGRAMME, ROUTE, procedure_text, step
from workflow import services
from workflow.management.commands.procedure import in_words
from workflow.models import Participation, Procedure, Programme, Track
from workflow.rules import check_procedure
from workflow.services.procedures import rehearse

PAGE = "/programmes/test_programme/set-up/"
OLD = {"memorandum": [step("sign"), step("publish")]}
NEW = {"memorandum": [step("sign", role="signatory"), step("archive")]}


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages=OLD)


def newer(**rules) -> str:
    return procedure_text(number=1, **{"stages": NEW} | rules)


def look_at(client, user, content: str | bytes, *, name: str = "track.yaml"):
    """Send a file from the page of the set-up; the page that answers."""
    raw = content.encode() if isinstance(content, str) else content
    client.force_login(user)
    return client.post(PAGE, {"file": SimpleUploadedFile(name, raw)})


def publish(client, page):
    """Press the button of a rehearsal."""
    return client.post(PAGE, {"carried": page.context["form"].initial["carried"]})


def test_a_manager_publishes_a_corrected_file_and_a_broken_one_is_refused_whole(
    client, participation, manager
):
    broken = look_at(client, manager, newer().replace("role: signatory", "role: signatori"))

    assert broken.status_code == 422
    assert "The file has 1 mistake" in text(broken)
    assert "signatori" in text(broken)
    assert "did you mean “signatory”" in text(broken)
    assert Procedure.objects.count() == 1

    sound = look_at(client, manager, newer())
    assert buttons(sound) == ["Publish version 2"]
    assert Procedure.objects.count() == 1  # a rehearsal writes nothing

    published = publish(client, sound)

    procedure = Procedure.objects.get(version=2)
    assert published.url == PAGE
    assert (procedure.text, procedure.loaded_by) == (newer(), manager)
    assert "Version 2 of “Track” is published." in text(client.get(PAGE))
    participation.refresh_from_db()
    assert participation.procedure.version == 1  # running participations keep theirs


def test_every_mistake_stands_with_line_key_found_and_expected(client, participation, manager):
    spoilt = newer(route=["memorandum", "dancing"], joint_applications="perhaps")

    page = look_at(client, manager, spoilt)

    _rules, problems = check_procedure(spoilt, kinds=["record", "act", "rating", "meeting"])
    shown = text(page)
    assert len(problems) > 1
    for problem in problems:
        assert f"{problem.line} {problem.key or '–'} {problem.found}"[:80] in shown
        assert problem.expected in shown


def test_mistakes_of_a_stage_stand_under_it_by_step(client, participation, manager):
    page = look_at(client, manager, newer().replace("role: signatory", "role: signatori"))

    assert "Stage “Memorandum” 1 mistake Step 1" in text(page)


def test_the_rehearsal_says_what_the_command_says(client, participation, manager):
    [change] = rehearse(newer())

    page = text(look_at(client, manager, newer()))

    assert in_words(change) == (
        "new steps: archive; steps no longer asked for: publish; steps with another rule: sign"
    )
    assert (
        "Memorandum 1 participation new steps: Archive steps no longer asked for: Publish" in page
    )
    assert "steps with another rule: Sign" in page
    assert participation.get_absolute_url() in look_at(client, manager, newer()).content.decode()


def test_a_stage_that_leaves_the_route_is_said(client, participation, manager):
    page = text(look_at(client, manager, newer(route=["application", *ROUTE[2:]], stages={})))

    assert "Their stage is not on the new route; they cannot follow this version." in page


def test_warnings_name_what_is_to_be_confirmed_and_where_the_route_breaks(
    client, participation, manager
):
    stages = {"memorandum": [step("sign", to_be_confirmed={"sr": "Датум.", "en": "The date."})]}
    content = newer(stages=stages, route=["memorandum", "strategy_adopted"])
    line = content.splitlines().index("      to_be_confirmed:") + 1

    page = text(look_at(client, manager, content))

    assert f"{line} stages.memorandum.steps[0].to_be_confirmed The date." in page
    assert "From “Memorandum” no transition leads to the next stage of this route." in page


def test_what_says_the_same_is_not_published_again(client, participation, manager):
    page = look_at(client, manager, participation.procedure.text)

    assert "The file says the same as version 1, which is in force." in text(page)
    assert buttons(page) == ["Back to the set-up"]


def test_a_double_click_publishes_once(client, participation, manager):
    page = look_at(client, manager, newer())

    first, second = publish(client, page), publish(client, page)

    assert first.status_code == second.status_code == 302
    assert Procedure.objects.count() == 2


def test_somebody_who_published_meanwhile_is_told_of(client, participation, manager, deputy):
    mine = look_at(client, manager, newer())
    theirs = look_at(client, deputy, newer(second_person=["complete"]))
    publish(client, theirs)
    client.force_login(manager)

    page = publish(client, mine)

    assert page.status_code == 409
    assert "Version 2 was published meanwhile, on" in text(page)
    assert Procedure.objects.count() == 2


def test_only_what_was_shown_is_published(client, participation, manager):
    page = look_at(client, manager, newer())
    carried = page.context["form"].initial["carried"]

    answer = client.post(PAGE, {"carried": carried[:-3] + "xyz"})

    assert answer.status_code == 422
    assert Procedure.objects.count() == 1


def test_a_new_track_comes_with_its_first_file(client, programme, manager):
    page = look_at(client, manager, procedure_text(number=7))
    assert "Nobody takes part in this track now" in text(page)

    publish(client, page)

    assert Track.objects.get().key == "test_7"


def test_the_file_of_another_programme_is_refused_and_shows_nothing_of_it(
    client, participation, manager, municipality, person
):
    other = services.load_programme(PROGRAMME.replace("test_programme", "other"))
    theirs = person("programme_manager", over=other)
    foreign = {"number": 8, "programme": "other", "route": ROUTE[2:]}
    track = services.load_procedure(procedure_text(**foreign)).track
    case = open_in(track, municipality, by=theirs)

    named = look_at(client, manager, procedure_text(**foreign))
    taken = look_at(client, manager, procedure_text(number=8, route=ROUTE[2:]))

    assert "This file is for the programme “other”, not for “test_programme”." in text(named)
    assert "belongs to another programme or code" in text(taken)
    assert case.reference not in named.content.decode() + taken.content.decode()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "an empty file"),
        (b"\x89PNG\r\n", "a file of the kind PNG"),
        (b"PK\x03\x04xx", "a file of the kind ZIP"),
        (b"a: &a [x]\nb: *a\n", "an anchor or alias"),
        ("key: проба".encode("cp1251"), "bytes that are not UTF-8"),
        (PROGRAMME.encode(), "mistakes"),
    ],
)
def test_what_is_no_procedure_is_refused_in_words(
    client, participation, manager, content, sentence
):
    page = look_at(client, manager, content)

    assert page.status_code == 422
    assert sentence in text(page)
    assert Procedure.objects.count() == 1


def test_too_large_a_file_is_not_read(client, participation, manager):
    page = look_at(client, manager, b"x" * 1_000_001)

    assert page.status_code == 422
    assert "The file is too large: at most 1000 kB." in text(page)


def test_without_a_file_the_form_says_so(client, participation, manager):
    client.force_login(manager)

    assert "This field is required." in text(client.post(PAGE))


def test_the_file_comes_back_byte_for_byte(client, programme, manager):
    raw = ("\ufeff# Коментар\r\n" + procedure_text(number=3)).encode()
    publish(client, look_at(client, manager, raw))

    answer = client.get("/programmes/test_programme/test_3/procedure/1/")

    assert answer.content == raw
    assert answer["Content-Disposition"] == 'attachment; filename="test_3-1.yaml"'


def test_the_page_lists_versions_and_who_follows_an_older_one(client, participation, manager):
    publish(client, look_at(client, manager, newer()))

    page = client.get(PAGE)

    where = reverse("workflow:change_procedure", args=[participation.reference, 2])
    assert f'href="{where}"' in page.content.decode()
    assert client.get(where).status_code == 200
    assert "They follow an older version" in text(page)
    assert "on the server" in text(page)  # the first version came by the command
    assert "programme_manager" in text(page)


@pytest.mark.parametrize("role", ["evaluator", "auditor", "observer", "coordinator"])
def test_who_may_not_load_reads_who_does(client, participation, request, role, manager):
    carried = look_at(client, manager, newer())
    reader = request.getfixturevalue(role)

    assert read(client, reader, PAGE).status_code == 403
    assert look_at(client, reader, newer()).status_code == 403
    answer = publish(client, carried)

    assert answer.status_code == 403
    assert "This needs the role: Programme manager, Administrator." in text(answer)
    assert Procedure.objects.count() == 1


def test_an_administrator_may_publish_too(client, participation, person):
    administrator = person("administrator", over=Programme.objects.get())

    publish(client, look_at(client, administrator, newer()))

    assert Procedure.objects.get(version=2).loaded_by == administrator


def test_a_rehearsal_costs_the_same_for_one_and_for_many(make_track, manager, municipality):
    stages = {"assessment": [step("visit", when={"kind": ["city", "municipality"]})]}
    track = make_track(route=ROUTE[2:], places=None, stages=stages)
    open_in(track, municipality, by=manager)
    client = signed_in(manager)
    few = cost(client, stages)
    for number in range(15):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=manager)

    assert cost(client, stages) == few <= 20


def cost(client, stages) -> int:
    content = procedure_text(
        number=1, route=ROUTE[2:], places=None,
        stages={"assessment": [*stages["assessment"], step("archive")]},
    )  # fmt: skip
    for _ in range(2):  # what is kept for the whole process is read at the first
        file = SimpleUploadedFile("track.yaml", content.encode())
        with CaptureQueriesContext(connection) as asked:
            assert client.post(PAGE, {"file": file}).status_code == 200
    return len(asked)
