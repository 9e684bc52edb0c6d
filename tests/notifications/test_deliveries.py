"""Messages as a programme manager keeps an eye on them: sent again, paused, cancelled, logged."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Notice
from notifications.services.deliveries import MovedOn, change_message
from tests.clock import set_to
from tests.conftest import make_municipality, open_in
from tests.notifications.mailing import delivery_to, status_of, tell_all
from tests.notifications.post_office import send_all, work
from tests.workflow.pages.reading import buttons, hidden, read, send, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE, step
from workflow.errors import NotAllowed

pytestmark = pytest.mark.django_db
ALL = "/deliveries/"


@pytest.fixture
def case(opened):
    """A participation of which nothing is told yet."""
    return opened


def page_of(delivery: Delivery) -> str:
    return reverse("notifications:delivery", args=[delivery.uuid])


# The list


def test_the_list_counts_and_tells_each(client, another, signatory, manager):
    delivery_to(signatory, status="failed", last_reply="550 no such user", attempts=1)

    page = text(read(client, manager, ALL))

    assert "1 waiting" in page
    assert "1 refused by the mail server" in page
    assert "[Kikinda] New step: Inspection coordinator waiting goes out on" in page
    assert "550 no such user" in page


def test_the_list_is_narrowed_by_status_and_programme(client, another, signatory, manager):
    delivery_to(signatory, status="failed")

    refused = read(client, manager, f"{ALL}?status=failed&programme=test_programme")
    elsewhere = read(client, manager, f"{ALL}?programme=another")
    nonsense = read(client, manager, f"{ALL}?status=nonsense")

    assert [line.delivery.status for line in refused.context["desk"].lines] == ["failed"]
    assert elsewhere.context["desk"].lines == []
    assert len(nonsense.context["desk"].lines) == 2


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("manager", 200),
        ("auditor", 200),
        ("coordinator", 403),
        ("observer", 403),
        ("stranger", 403),
    ],
)
def test_managers_administrators_and_auditors_read_them(client, waiting, request, who, status):
    assert read(client, request.getfixturevalue(who), ALL).status_code == status


def test_an_administrator_reads_them(client, waiting, person, programme):
    assert "New step" in text(read(client, person("administrator", over=programme), ALL))


def test_what_concerns_another_programme_is_not_there(client, waiting, manager, neighbour, person):
    """Of a message that tells of both, one's own part is read, and that there is more."""
    administrator = person("administrator", over=neighbour)

    assert read(client, administrator, ALL).context["desk"].lines == []
    assert read(client, administrator, page_of(waiting)).status_code == 404


def test_a_message_about_two_places_shows_each_only_its_own(
    client, waiting, make_track, manager, person, neighbour, coordinator
):
    other = open_in(make_track(route=ROUTE[2:]), neighbour, by=manager)
    Notice.objects.create(
        user=coordinator, kind="moved", role="coordinator", participation=other, delivery=waiting
    )
    administrator = person("administrator", over=neighbour)

    page = text(read(client, administrator, page_of(waiting)))

    assert "[Kanjiža] The stage is now" in page
    assert "1 more notice in this message concerns what you do not look after." in page
    assert "Inspection" not in page


def test_says_when_nothing_is_sent_any_more(client, waiting, clock, manager):
    clock.let_pass(minutes=10)
    assert "seems to stand still" not in text(read(client, manager, ALL))

    clock.let_pass(minutes=10)
    page = text(read(client, manager, ALL))

    assert "The sender seems to stand still" in page
    assert "No message is lost" in page
    assert "podrska@example.org" in page


# One message


def test_one_message_is_told_in_full(client, waiting, clock, coordinator, auditor):
    work(clock)

    page = text(read(client, auditor, page_of(waiting)))

    assert waiting.message_id in page
    assert coordinator.email in page
    assert "[Kikinda] New step: Inspection" in page
    assert "It is due by 15 December 2026." in page
    assert "Written anew from its notices" in page
    assert buttons(read(client, auditor, page_of(waiting))) == []


def test_the_text_is_in_the_language_of_whoever_gets_it(client, waiting, coordinator, manager):
    coordinator.language = "sr"
    coordinator.save()

    page = read(client, manager, page_of(waiting))

    assert '<div class="card soft" lang="sr-Cyrl">' in page.content.decode()
    assert "Јавни увид" in page.context["text"].body
    assert "Ћирилица" in text(page)


def test_for_a_stranger_nothing_is_there(client, waiting, stranger, coordinator):
    for who in (stranger, coordinator):
        assert read(client, who, page_of(waiting)).status_code == 404
        assert read(client, who, f"{ALL}{uuid4()}/").status_code == 404


# What is done with it


def test_a_refused_message_is_sent_again(client, waiting, clock, coordinator, manager, mailoutbox):
    delivery_to(coordinator, status="failed", attempts=1, last_reply="550 no such user")

    answer = send(client, manager, page_of(waiting), {"change": "send_again"})
    send_all()

    assert answer.status_code == 302
    assert [mail.to for mail in mailoutbox] == [[coordinator.email]]
    assert mailoutbox[0].extra_headers["Message-ID"] == waiting.message_id
    assert status_of(waiting) == "sent"


def test_one_that_was_given_up_gets_all_its_tries_again(waiting, coordinator, manager):
    dead = delivery_to(coordinator, status="dead", attempts=5)

    change_message(dead, "send_again", by=manager, idempotency_key=uuid4())

    assert delivery_to(coordinator).attempts == 0


def test_a_paused_message_waits_until_it_goes_on(client, waiting, clock, manager, mailoutbox):
    send(client, manager, page_of(waiting), {"change": "pause"})
    clock.let_pass(hours=2)
    send_all()
    assert (status_of(waiting), mailoutbox) == ("paused", [])

    send(client, manager, page_of(waiting), {"change": "go_on"})
    assert "seems to stand still" not in text(read(client, manager, ALL))
    send_all()

    assert status_of(waiting) == "sent"


def test_what_is_told_while_a_message_is_paused_goes_into_another(
    client, waiting, case, coordinator, manager, perform
):
    send(client, manager, page_of(waiting), {"change": "pause"})
    perform(case, "hold", by=manager)
    tell_all()

    assert delivery_to(coordinator).pk != waiting.pk
    assert delivery_to(coordinator).status == "new"


def test_a_cancelled_message_is_not_sent_and_stays_in_the_inbox(
    client, waiting, clock, coordinator, manager, mailoutbox
):
    send(client, manager, page_of(waiting), {"change": "cancel"})
    clock.let_pass(minutes=5)
    send_all()

    assert status_of(waiting) == "cancelled"
    assert coordinator.email not in [mail.to[0] for mail in mailoutbox]
    assert Notice.objects.of(coordinator).count() == 1


def test_each_change_stands_in_the_log(client, waiting, case, coordinator, manager):
    send(client, manager, page_of(waiting), {"change": "pause"})

    entry = case.entries.get(verb="change_message")
    assert (entry.by, entry.role) == (manager, "programme_manager")
    assert entry.facts == {
        "user": coordinator.pk,
        "change": "pause",
        "told": ["step_opened"],
        "message_id": waiting.message_id,
    }
    page = text(read(client, manager, reverse("workflow:entry", args=[entry.pk])))
    assert "What was done with it paused" in page
    assert "Told of Step opened" in page


def test_what_moved_on_meanwhile_is_left_as_it_is(client, waiting, coordinator, manager):
    form = hidden(read(client, manager, page_of(waiting)))
    delivery_to(coordinator, status="sending")

    answer = client.post(page_of(waiting), form | {"change": "pause"})

    assert answer.status_code == 409
    assert "The message has moved on meanwhile. It stands at: being sent." in text(answer)
    assert status_of(waiting) == "sending"


@pytest.mark.parametrize(
    ("status", "change"),
    [("sent", "send_again"), ("sent", "cancel"), ("sending", "cancel"), ("stale", "send_again"),
     ("cancelled", "go_on"), ("new", "send_again"), ("failed", "pause")],
)  # fmt: skip
def test_only_what_makes_sense_is_done(waiting, coordinator, manager, status, change):
    message = delivery_to(coordinator, status=status)

    with pytest.raises(MovedOn):
        change_message(message, change, by=manager, idempotency_key=uuid4())


def test_a_double_click_changes_once(waiting, case, manager):
    key = uuid4()

    first = change_message(waiting, "pause", by=manager, idempotency_key=key)
    again = change_message(waiting, "pause", by=manager, idempotency_key=key)

    assert first == again
    assert case.entries.filter(verb="change_message").count() == 1


@pytest.mark.parametrize("who", ["auditor", "coordinator", "evaluator", "stranger"])
def test_only_a_manager_may(waiting, request, who):
    with pytest.raises(NotAllowed):
        change_message(waiting, "pause", by=request.getfixturevalue(who), idempotency_key=uuid4())

    assert status_of(waiting) == "new"


def test_an_auditor_who_sends_the_form_is_told_who_may(client, waiting, auditor):
    key = {"change": "pause", "idempotency_key": str(uuid4())}

    answer = read(client, auditor, page_of(waiting))
    assert "can be by: Programme manager" in text(answer)
    answer = client.post(page_of(waiting), key)

    assert answer.status_code == 403


def test_a_form_that_says_nothing_changes_nothing(client, waiting, manager):
    answer = send(client, manager, page_of(waiting), {"change": "burn"})

    assert answer.status_code == 422
    assert "Choose what to do with the message." in text(answer)
    assert status_of(waiting) == "new"


# The cost


def test_the_list_costs_the_same_for_one_message_and_for_many(make_track, person, manager):
    with set_to(2026, 11, 16):
        track = make_track(route=ROUTE[2:], stages={"assessment": [step()]}, places=None)
        for number in range(40):
            unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
            open_in(track, unit, by=manager)
            person("coordinator", over=unit)
            if number == 0:
                tell_all()
                few = queries_of(signed_in(manager), ALL)
        tell_all()

        assert Delivery.objects.count() == 40
        assert queries_of(signed_in(manager), ALL) == few <= 15


def test_sent_counts_the_last_seven_days(client, waiting, coordinator, manager):
    delivery_to(coordinator, status="sent", sent_at=timezone.now() - timedelta(days=8))
    assert "0 sent in 7 days" in text(read(client, manager, ALL))

    delivery_to(coordinator, sent_at=timezone.now() - timedelta(days=6))
    assert "1 sent in 7 days" in text(read(client, manager, ALL))
