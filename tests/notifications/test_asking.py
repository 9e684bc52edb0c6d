"""A manager reminds by hand: sees first who would get what, then exactly those get it."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse

from notifications.models import Delivery, Notice
from notifications.pages.asking import preview_of
from notifications.services.asking import MOST, ShownOtherwise, ask, asking_about
from tests.clock import set_to
from tests.conftest import make_municipality, open_in
from tests.notifications.mailing import notices_to, tell_all
from tests.notifications.post_office import send_all
from tests.stepping import act_on, hand_in, the_step
from tests.workflow.pages.reading import buttons, hidden, read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE, step
from workflow import services
from workflow.errors import NotAllowed, Refused
from workflow.models import KeyReused, Participation, Programme
from workflow.services.people import end_mandate

pytestmark = pytest.mark.django_db
REMIND = "/deadlines/remind/"


@pytest.fixture
def case(opened):
    """A participation of which nothing is told yet."""
    return opened


def preview_url(*steps) -> str:
    return f"{REMIND}?{urlencode([('step', one.uuid) for one in steps])}"


def confirm(client, manager, *steps, shown=None):
    """Look at the preview, then send its form."""
    page = shown or read(client, manager, preview_url(*steps))
    told = hidden(page) | {"step": [str(one.uuid) for one in steps]}
    return client.post(REMIND, told)


def remind(steps, *, by, **facts):
    """Through the door, with the fingerprint of what would be shown now."""
    usual = {"expected": asking_about(steps, by=by).expected, "idempotency_key": uuid4()}
    return ask(steps, by=by, **usual | facts)


@pytest.fixture
def inspection(case):
    return the_step(case, "inspection")


def test_the_preview_shows_who_would_get_what_in_which_language(
    client, inspection, coordinator, manager
):
    coordinator.language = "sr"
    coordinator.save()

    page = read(client, manager, preview_url(inspection))

    [one] = page.context["preview"].recipients
    assert (one.person, one.email) == ("coordinator", coordinator.email)
    assert one.text.language == "Ћирилица"
    assert "Јавни увид" in one.text.subject
    assert one.text.body in page.content.decode().replace("<br>", "\n")
    assert buttons(page) == ["Remind 1 person"]
    assert not Notice.objects.filter(kind="asked").exists()


def test_who_was_shown_gets_that_mail(client, clock, inspection, coordinator, manager, mailoutbox):
    shown = read(client, manager, preview_url(inspection))
    [one] = shown.context["preview"].recipients

    answer = confirm(client, manager, inspection, shown=shown)
    clock.let_pass(minutes=2)
    send_all()

    assert answer.status_code == 302
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([coordinator.email], one.text.subject)
    assert mail.body.strip() == one.text.body


def test_several_steps_of_one_person_come_in_one_mail(
    client, clock, make_participation, coordinator, signatory, manager
):
    rules = [step("a"), step("b"), step("c", role="signatory")]
    case = make_participation(stage="assessment", stages={"assessment": rules})
    steps = [the_step(case, key) for key in "abc"]

    page = read(client, manager, preview_url(*steps))
    assert [one.person for one in page.context["preview"].recipients] == [
        "coordinator",
        "signatory",
    ]
    confirm(client, manager, *steps, shown=page)

    told = Delivery.objects.filter(notices__kind="asked").distinct()
    assert [one.notices.count() for one in told.order_by("pk")] == [2, 1]


def test_each_step_stands_in_the_log_with_whom_it_reminded(
    client, case, inspection, coordinator, manager, auditor
):
    confirm(client, manager, inspection)

    entry = case.entries.get(verb="remind")
    assert (entry.by, entry.role, entry.step) == (manager, "programme_manager", inspection)
    assert entry.facts == {"roles": ["coordinator"], "people": [coordinator.pk]}
    assert Notice.objects.get(kind="asked").entry == entry
    page = text(read(client, auditor, reverse("workflow:entry", args=[entry.pk])))
    assert "Who was reminded coordinator" in page
    timeline = read(client, coordinator, f"{case.get_absolute_url()}?show=reminders")
    assert "Reminded by hand: Inspection" in text(timeline)


def test_the_log_stays_whole_and_nothing_of_the_case_moves(client, case, inspection, manager):
    before = Participation.objects.values("stage", "version", "turns").get(pk=case.pk)
    confirm(client, manager, inspection)

    assert Participation.objects.values("stage", "version", "turns").get(pk=case.pk) == before
    assert the_step(case, "inspection").version == inspection.version
    call_command("verify_log")
    call_command("find_gaps")


def test_whoever_looks_at_what_was_handed_in_is_reminded_too(
    client, case, inspection, coordinator, manager, deputy
):
    hand_in(inspection, by=coordinator)
    page = read(client, manager, preview_url(inspection))

    assert [one.email for one in page.context["preview"].recipients] == [deputy.email]


# Of these nobody is reminded


def sentences(page) -> list[str]:
    return [why for _step, why in page.context["preview"].refused]


def test_of_each_step_once_a_day(client, clock, case, inspection, manager):
    confirm(client, manager, inspection)

    page = read(client, manager, preview_url(inspection))
    assert sentences(page) == [
        "Somebody was reminded of this by hand today. Tomorrow it is possible again."
    ]
    assert buttons(page) == []
    with pytest.raises(Refused, match="Tomorrow"):
        remind([inspection], by=manager)

    clock.let_pass(days=1)
    assert confirm(client, manager, inspection).status_code == 302


def test_an_empty_role_is_named(client, inspection, coordinator, manager, system, case):
    end_mandate(coordinator.mandates.get(), by=system)

    page = read(client, manager, preview_url(inspection))

    assert sentences(page) == ["Nobody holds the role there now: Coordinator."]
    assert reverse("workflow:people", args=[case.reference]) in page.content.decode()
    with pytest.raises(Refused, match="Nobody holds"):
        remind([inspection], by=manager)


def test_ones_own_move_is_named(client, case, inspection, coordinator, manager):
    hand_in(inspection, by=coordinator)

    assert sentences(read(client, manager, preview_url(inspection))) == ["It is your own move."]


def test_what_is_settled_or_on_hold_is_named(
    client, case, inspection, manager, coordinator, perform
):
    perform(case, "hold", by=manager)
    page = read(client, manager, preview_url(inspection))
    assert sentences(page) == ["Nothing is owed here now."]

    perform(Participation.objects.get(pk=case.pk), "resume", by=manager)
    hand_in(the_step(case, "inspection"), by=coordinator)
    act_on(services.accept_step, the_step(case, "inspection"), by=manager)
    page = read(client, manager, preview_url(inspection))
    assert sentences(page) == ["Nothing is owed here now."]


def test_who_was_told_of_it_today_is_named(client, clock, inspection, coordinator, manager):
    Notice.objects.create(
        user=coordinator, kind="reminder", role="coordinator", step=inspection,
        participation=inspection.participation, made_at=clock.now,
    )  # fmt: skip

    page = read(client, manager, preview_url(inspection))
    assert "told today already Inspection" in text(page)

    clock.let_pass(days=1)
    assert "told today already" not in text(read(client, manager, preview_url(inspection)))


# What changed since it was shown


def test_somebody_new_is_not_reminded_unseen(client, clock, case, inspection, manager, person):
    shown = read(client, manager, preview_url(inspection))
    person("coordinator", over=case.municipality)

    answer = confirm(client, manager, inspection, shown=shown)

    assert answer.status_code == 409
    assert "has changed since you looked. Nobody was reminded." in text(answer)
    assert preview_url(inspection) in answer.content.decode()
    assert not Notice.objects.filter(kind="asked").exists()


def test_nobody_is_reminded_of_another_deadline_than_was_shown(case, inspection, manager):
    expected = asking_about([inspection], by=manager).expected
    type(inspection).objects.filter(pk=inspection.pk).update(deadline_version=7)

    with pytest.raises(ShownOtherwise):
        remind([inspection], by=manager, expected=expected)


def test_a_double_click_reminds_once(case, inspection, manager):
    told = {"expected": asking_about([inspection], by=manager).expected}
    told["idempotency_key"] = uuid4()

    first = ask([inspection], by=manager, **told)
    again = ask([inspection], by=manager, **told)

    assert first == again
    assert Notice.objects.filter(kind="asked").count() == 1
    with pytest.raises(KeyReused):
        ask([inspection], by=manager, **told | {"expected": "another"})


def test_it_is_not_sent_once_it_is_done(clock, case, inspection, coordinator, manager, mailoutbox):
    remind([inspection], by=manager)
    hand_in(the_step(case, "inspection"), by=coordinator)
    act_on(services.accept_step, the_step(case, "inspection"), by=manager)
    clock.let_pass(minutes=2)
    send_all()

    assert "A programme manager reminds you" not in "".join(mail.subject for mail in mailoutbox)


# Who may, and how many


@pytest.mark.parametrize("who", ["coordinator", "auditor", "evaluator", "observer", "stranger"])
def test_only_a_manager_may(client, inspection, request, who):
    somebody = request.getfixturevalue(who)

    assert read(client, somebody, preview_url(inspection)).status_code == 403
    with pytest.raises(NotAllowed):
        remind([inspection], by=somebody)


def test_a_mentor_reads_deadlines_and_reminds_nobody(client, case, inspection, person):
    mentor = person("mentor", over=case)

    assert "See who would be reminded" not in buttons(read(client, mentor, "/deadlines/"))
    assert read(client, mentor, preview_url(inspection)).status_code == 403


def test_steps_of_another_programme_are_as_if_not_there(client, inspection, person, neighbour):
    other = Programme.objects.create(key="another", name={"en": "Another"}, country="RS")
    page = read(client, person("programme_manager", over=other), preview_url(inspection))

    assert page.status_code == 302


def test_without_a_step_one_is_sent_back(client, case, manager):
    client.force_login(manager)

    for query in ("", "?step=nonsense", f"?step={uuid4()}"):
        page = client.get(REMIND + query, follow=True)
        assert "Tick the steps of which somebody is to be reminded." in text(page)


def test_more_than_fifty_are_too_many(client, case, manager):
    many = urlencode([("step", uuid4()) for _ in range(MOST + 1)])

    answer = read(client, manager, f"{REMIND}?{many}")

    assert answer.status_code == 422
    assert "Tick 50 steps at most." in text(answer)


def test_the_page_of_deadlines_leads_to_the_preview(client, clock, make_participation, coordinator,
                                                    manager):  # fmt: skip
    rule = step(deadline={"rule": "fixed", "on": "2026-11-20"})
    case = make_participation(stage="assessment", stages={"assessment": [rule]})

    page = read(client, manager, "/deadlines/")

    assert f'value="{the_step(case, "inspection").uuid}"' in page.content.decode()
    assert "See who would be reminded" in buttons(page)


def test_told_by_hand_it_stands_with_the_participation(
    client, case, inspection, coordinator, manager
):
    tell_all()
    confirm(client, manager, inspection)

    assert notices_to(coordinator) == ["step_opened", "asked"]
    page = text(read(client, manager, reverse("notifications:told", args=[case.reference])))
    assert "A programme manager reminds you: Inspection coordinator waiting" in page


def test_the_preview_costs_the_same_for_one_and_for_many(make_track, person, manager):
    with set_to(2026, 11, 16):
        track = make_track(route=ROUTE[2:], stages={"assessment": [step()]}, places=None)
        steps = []
        for number in range(20):
            unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
            steps.append(the_step(open_in(track, unit, by=manager), "inspection"))
            person("coordinator", over=unit)
        client = signed_in(manager)

        few, many = (queries_of(client, preview_url(*some)) for some in (steps[:1], steps))

        assert few == many <= 15
        assert len(preview_of(steps, by=manager).recipients) == 20
