"""Following a participation: who may, what one is told of, and that rights are asked anew."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from municipalities.models import Mandate
from notifications.models import Follow, Notice
from notifications.services import tell_happened
from tests.stepping import the_step
from tests.workflow.pages.visiting import signed_in, words
from workflow import services
from workflow.rules import Due

pytestmark = pytest.mark.django_db


def follow(user, case, **sent):
    return signed_in(user).post(reverse("notifications:following", args=[case.reference]), sent)


def told(user) -> list[tuple[str, str]]:
    tell_happened()
    return sorted(Notice.objects.filter(user=user).values_list("kind", "role"))


def move_the_deadline(case, *, by) -> None:
    services.move_deadline(
        the_step(case, "inspection"), Due(date(2026, 12, 20)), by=by, reason="Asked for.",
        expected_version=the_step(case, "inspection").version, idempotency_key=uuid4(),
    )  # fmt: skip


def test_whoever_follows_is_told_of_holds_and_moved_deadlines(case, auditor, manager, perform):
    answer = follow(auditor, case)

    move_the_deadline(case, by=manager)
    perform(case, "hold", by=manager)

    assert answer.url == case.get_absolute_url()
    assert told(auditor) == [("deadline_moved", "auditor"), ("held", "auditor")]


def test_the_notice_says_that_one_follows(case, auditor, manager):
    follow(auditor, case)
    move_the_deadline(case, by=manager)
    tell_happened()

    page = words(signed_in(auditor).get("/inbox/"))

    assert "Another deadline: Inspection" in page
    assert "You are told this because you follow this participation." in page


def test_steps_of_others_are_not_told_to_followers(case, auditor):
    follow(auditor, case)

    assert told(auditor) == []


def test_nobody_is_told_twice(case, coordinator, manager):
    follow(coordinator, case)
    tell_happened()
    Notice.objects.all().delete()

    move_the_deadline(case, by=manager)

    assert told(coordinator) == [("deadline_moved", "coordinator")]
    assert "follows" not in Notice.objects.get(user=coordinator).facts


def test_nobody_is_told_of_what_they_did(case, manager):
    follow(manager, case)

    move_the_deadline(case, by=manager)

    assert told(manager) == []


def test_whose_mandate_ended_is_no_longer_told(case, auditor, manager, system):
    follow(auditor, case)
    services.end_mandate(Mandate.objects.get(user=auditor), by=system)

    move_the_deadline(case, by=manager)

    assert [kind for kind, _role in told(auditor) if kind == "deadline_moved"] == []


def test_whoever_stops_is_told_no_more(case, auditor, manager):
    follow(auditor, case)
    follow(auditor, case, stop="1")
    move_the_deadline(case, by=manager)

    assert told(auditor) == []
    assert not Follow.objects.exists()


def test_following_twice_is_following_once(case, auditor):
    for _ in range(2):
        follow(auditor, case)

    assert Follow.objects.count() == 1


def test_for_a_stranger_there_is_nothing_to_follow(case, stranger):
    assert follow(stranger, case).status_code == 404
    assert not Follow.objects.exists()


def test_the_page_offers_to_follow_and_to_stop(case, auditor):
    client, url = signed_in(auditor), case.get_absolute_url()
    assert "Follow" in words(client.get(url))

    follow(auditor, case)

    page = words(client.get(url))
    assert "You follow this participation" in page
    assert "Stop following" in page
