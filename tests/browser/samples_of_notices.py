"""Samples of notices: an inbox of every kind of notice, read and unread, and an empty one."""

from collections.abc import Iterator

from django.utils import timezone

from accounts.models import User
from notifications.kinds import KINDS
from notifications.models import Notice
from notifications.services.feeds import make_feed
from notifications.services.posting import post
from notifications.unsubscribing import unsubscribe_url
from tests.browser.sample import KIKINDA, MANAGER, NOBODY, SYSTEM, Sample, kikinda, page

OF_ENTRIES = {"deadline_moved", "mandate_begun", "mandate_ended"}  # say what their entry says


def of_notices() -> Iterator[Sample]:
    person = User.objects.get(email=KIKINDA)
    told = one_of_each_kind(person)
    yield page("notifications:inbox", KIKINDA)
    yield page("notifications:inbox", KIKINDA, query="?show=action")
    yield page("notifications:inbox", SYSTEM)
    yield page("notifications:inbox", SYSTEM, query="?show=action")
    yield page("notifications:notice", KIKINDA, told.uuid)
    yield page("notifications:notice", MANAGER, told.uuid, status=404)
    yield page("notifications:preferences", KIKINDA)
    yield page("notifications:calendar", KIKINDA)
    make_feed(person)
    make_feed(person, kikinda())
    yield page("notifications:calendar", KIKINDA, query=f"?participation={kikinda().reference}")
    yield page("notifications:calendar", SYSTEM)
    yield Sample("notifications:unsubscribe", NOBODY, unsubscribe_url(person, "progress"))


def one_of_each_kind(person: User) -> Notice:
    """Of a step that is owed now; every second one is read. The one that opens a step is given."""
    case = kikinda()
    owed = next(one for one in case.present_steps if one.role == "coordinator")
    facts = {"role": "mentor", "usual_days": 6, "version": owed.deadline_version}
    post(
        [
            Notice(
                user=person, kind=kind, role="coordinator", participation=case, step=owed,
                needs_action=KINDS[kind].needs_action, facts=facts,
            )
            for kind in KINDS
            if kind not in OF_ENTRIES
        ]
    )  # fmt: skip
    told = Notice.objects.filter(user=person).order_by("pk")
    told.filter(pk__in=list(told.values_list("pk", flat=True))[::2]).update(read_at=timezone.now())
    return told.get(kind="step_opened")
