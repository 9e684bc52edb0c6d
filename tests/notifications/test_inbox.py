"""The inbox: what one was told, by day; opened, marked as read, counted in the masthead."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from municipalities.models import Mandate
from notifications.models import Notice
from notifications.services import tell_happened
from notifications.services.posting import post
from tests.conftest import LONG_AGO, facts_for, make_municipality, open_in
from tests.notifications.post_office import morning, work
from tests.stepping import act_on, hand_in, the_step
from tests.workflow.pages.visiting import queries_of, signed_in, words
from tests.world import step
from workflow import services
from workflow.models import Participation
from workflow.rules import Due

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


@pytest.fixture
def told(case):
    """What happened is told: a step was opened for the coordinator."""
    tell_happened()
    return case


def the_notice(user, kind: str) -> Notice:
    return Notice.objects.get(user=user, kind=kind)


def test_a_notice_says_what_where_why_and_when(told, coordinator):
    page = words(signed_in(coordinator).get(INBOX))

    assert "1 notice is unread." in page
    assert "Today ● New step: Inspection , Kikinda unread needs action Kikinda. " in page
    assert "It is due by 15 December 2026. You are told this as: Coordinator. 11:00" in page


def test_notices_stand_under_the_day_on_which_they_came(told, clock, coordinator, manager):
    client = signed_in(coordinator)
    clock.let_pass(days=1)
    move_the_deadline(told, by=manager)
    assert_in_order(client, "Today", "Another deadline", "Yesterday", "New step")

    clock.let_pass(days=1)

    assert_in_order(client, "Yesterday", "Another deadline", "16 November 2026", "New step")


def move_the_deadline(case, *, by) -> None:
    services.move_deadline(
        the_step(case, "inspection"), Due(date(2026, 12, 20)), by=by, reason="Asked for.",
        expected_version=0, idempotency_key=uuid4(),
    )  # fmt: skip
    tell_happened()


def assert_in_order(client, *told: str) -> None:
    page = words(client.get(INBOX))
    places = [page.index(one) for one in told]
    assert places == sorted(places)


def test_the_day_is_that_of_the_readers_clock(told, clock, coordinator):
    coordinator.time_zone = "Pacific/Kiritimati"
    coordinator.save()
    clock.let_pass(hours=15)

    page = words(signed_in(coordinator).get(INBOX))

    assert "Today ● New step" in page, "there both moments lie in the 17th, in Belgrade in two days"
    assert "0:00" in page


def test_opening_a_notice_leads_to_its_place_and_marks_it_as_read(told, coordinator):
    client, notice = signed_in(coordinator), the_notice(coordinator, "step_opened")

    answer = client.get(reverse("notifications:notice", args=[notice.uuid]))

    assert answer.url == the_step(told, "inspection").get_absolute_url()
    page = words(client.get(INBOX))
    assert "New step: Inspection" in page
    assert "unread" not in page


def test_reading_it_again_keeps_when_it_was_read_first(told, clock, coordinator):
    client, notice = signed_in(coordinator), the_notice(coordinator, "step_opened")
    url = reverse("notifications:notice", args=[notice.uuid])
    client.get(url)
    first = the_notice(coordinator, "step_opened").read_at
    clock.let_pass(hours=1)

    client.get(url)

    assert the_notice(coordinator, "step_opened").read_at == first


def test_asking_for_the_head_alone_reads_nothing(told, coordinator):
    notice = the_notice(coordinator, "step_opened")

    signed_in(coordinator).head(reverse("notifications:notice", args=[notice.uuid]))

    assert the_notice(coordinator, "step_opened").read_at is None


def test_the_notice_of_another_is_like_none_at_all(told, coordinator, signatory, stranger):
    notice = the_notice(coordinator, "step_opened")

    for other in (signatory, stranger):
        client = signed_in(other)
        theirs = client.get(reverse("notifications:notice", args=[notice.uuid]))
        nothing = client.get(reverse("notifications:notice", args=[uuid4()]))
        assert theirs.status_code == nothing.status_code == 404
        assert "Inspection" not in words(client.get(INBOX))
    assert the_notice(coordinator, "step_opened").read_at is None


def test_mark_all_as_read_leaves_what_came_since(told, clock, coordinator, manager):
    client = signed_in(coordinator)
    shown_at = client.get(INBOX).context["shown_at"]
    clock.let_pass(minutes=5)
    move_the_deadline(told, by=manager)

    answer = client.post(reverse("notifications:mark_all_read"), {"shown_at": shown_at})

    assert answer.url == INBOX
    assert the_notice(coordinator, "step_opened").read_at is not None
    assert the_notice(coordinator, "deadline_moved").read_at is None


@pytest.mark.parametrize("sent", ["", "no moment", "2026-02-31T10:00", "2026-11-16T10:00:00"])
def test_mark_all_as_read_without_a_moment_marks_what_is_there(told, coordinator, sent):
    signed_in(coordinator).post(reverse("notifications:mark_all_read"), {"shown_at": sent})

    assert the_notice(coordinator, "step_opened").read_at is not None


def test_what_needs_action_is_told_apart_by_the_filter(told, coordinator, manager):
    move_the_deadline(told, by=manager)
    client = signed_in(coordinator)

    action = words(client.get(f"{INBOX}?show=action"))
    information = words(client.get(f"{INBOX}?show=information"))

    assert "New step: Inspection" in action
    assert "Another deadline" not in action
    assert "Another deadline: Inspection" in information
    assert "New step" not in information


def test_what_is_done_no_longer_needs_action(told, coordinator):
    hand_in(the_step(told, "inspection"), by=coordinator)
    client = signed_in(coordinator)

    action = words(client.get(f"{INBOX}?show=action"))

    assert "Nothing waits for you" in action
    assert "New step: Inspection" in words(client.get(INBOX))


def test_a_reminder_asks_only_whoever_has_the_move(told, clock, coordinator, manager):
    clock.now = morning(2026, 12, 8)
    work(clock)
    hand_in(the_step(told, "inspection"), by=coordinator)
    clock.now = morning(2026, 12, 14)
    work(clock)
    assert "Deadline in 1 day: Inspection" in words(signed_in(coordinator).get(INBOX))
    assert "Nothing waits for you" in asked_of(coordinator)
    assert "Deadline in 1 day: Inspection" in asked_of(manager)

    act_on(services.return_step, the_step(told, "inspection"), by=manager, remarks=["No date."])

    assert "Deadline in 1 day: Inspection" in asked_of(coordinator)
    assert "Nothing waits for you" in asked_of(manager)


def test_whoever_stands_above_is_not_asked_any_more_once_it_is_handed_in(
    told, clock, coordinator, signatory
):
    clock.now = morning(2026, 12, 16)
    work(clock)
    assert "1 day late: Inspection" in asked_of(signatory)

    hand_in(the_step(told, "inspection"), by=coordinator)

    assert "Nothing waits for you" in asked_of(signatory)


def asked_of(user) -> str:
    return words(signed_in(user).get(f"{INBOX}?show=action"))


@pytest.mark.parametrize("asked", ["?show=nothing", "?page=0", "?page=none", "?page=999"])
def test_an_odd_address_shows_the_inbox(told, coordinator, asked):
    assert "New step: Inspection" in words(signed_in(coordinator).get(INBOX + asked))


def test_an_empty_inbox_says_what_it_is_for(coordinator):
    assert "Here you are told what waits for you" in words(signed_in(coordinator).get(INBOX))


def test_the_number_of_unread_notices_stands_in_the_masthead(told, coordinator, auditor):
    client = signed_in(coordinator)
    elsewhere = reverse("workflow:my_steps")
    assert "Notices (1)" in words(client.get(elsewhere))

    client.post(reverse("notifications:mark_all_read"))

    assert "Notices (" not in words(client.get(elsewhere))
    assert "Notices" in words(client.get(elsewhere))
    assert "Notices (" not in words(signed_in(auditor).get("/privacy/"))


def test_whose_mandate_ended_reads_only_that(told, coordinator, system):
    mandate = Mandate.objects.get(user=coordinator)
    services.end_mandate(mandate, by=system)
    tell_happened()
    client = signed_in(coordinator)

    page = words(client.get(INBOX))

    assert "Your role has ended: Coordinator" in page
    assert "Notices (1)" in page
    assert "New step" not in page
    assert "Inspection" not in page


def test_what_is_closed_to_them_now_is_said_in_a_sentence(told, coordinator, system):
    services.end_mandate(Mandate.objects.get(user=coordinator), by=system)
    tell_happened()
    notice = the_notice(coordinator, "mandate_ended")

    client = signed_in(coordinator)
    answer = client.get(reverse("notifications:notice", args=[notice.uuid]), follow=True)

    assert answer.redirect_chain == [(INBOX, 302)]
    assert "Your role there has ended" in words(answer)


def test_what_was_overtaken_before_it_was_sent_is_not_there(told, coordinator):
    Notice.objects.update(is_stale=True)

    page = words(signed_in(coordinator).get(INBOX))

    assert "No notices yet" in page
    assert "Notices (" not in page


def test_fifty_stand_on_a_page(told, coordinator):
    post([Notice(user=coordinator, kind="test") for _ in range(50)])
    client = signed_in(coordinator)

    first, second = (client.get(f"{INBOX}?page={page}") for page in (1, 2))

    assert words(first).count("If you read this") + words(second).count("If you read this") == 50
    assert "Page 1 of 2" in words(first)
    assert "Previous page" in words(second)


def test_one_notice_costs_as_many_queries_as_many_of_every_kind(
    told, coordinator, manager, system, make_track
):
    client = signed_in(coordinator)
    few = queries_of(client, INBOX)

    for number in range(5):
        other = make_municipality(f"9000{number}", f"Place {number}", f"Место {number}")
        track = make_track(route=["assessment"], stages={"assessment": [step("inspection")]})
        services.give_mandate(coordinator, "coordinator", over=other, by=system,
                              starts_on=LONG_AGO)  # fmt: skip
        case = open_in(track, other, by=manager)
        hold(case, by=manager)
    tell_happened()
    told_of_everything(told, coordinator)

    assert Notice.objects.filter(user=coordinator).count() > 15
    assert queries_of(client, INBOX) == few <= 15


def hold(case, *, by) -> None:
    case = Participation.objects.get(pk=case.pk)
    services.perform_transition(case, "hold", by=by, **facts_for(case))


def told_of_everything(case, user) -> None:
    kinds = ["waiting", "silence", "reminder_above", "asked", "nobody", "accepted", "returned"]
    owed, facts = the_step(case, "inspection"), {"usual_days": 3, "role": "mentor"}
    post(
        [
            Notice(
                user=user, kind=kind, role="coordinator", participation=case, step=owed, facts=facts
            )
            for kind in kinds
        ]
    )
