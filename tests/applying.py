"""Applications as tests need them: handed in on paper long ago, or through the web now."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from municipalities.models import Municipality
from workflow import services
from workflow.models import Application, Call, Participation, Track
from workflow.rules import Due

ARRIVED = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Europe/Belgrade"))


def open_call(track: Track, *, by, due: Due | None = None) -> Call:
    """A call that is open now, until the end of tomorrow."""
    due = due or Due(timezone.localdate() + timedelta(days=1), "24:00", "minute")
    return services.publish_call(track, by=by, due=due, opens_on=date(2026, 1, 1))


def apply_on_paper(
    track: Track, municipalities: list[Municipality], *, by, consent: bool = True
) -> list[Participation]:
    """The manager registers an application that came on paper on 2 March 2026."""
    call = track.calls.first() or open_call(track, by=by)
    lead, *others = municipalities
    application = services.open_application(call, lead, by=by)
    for other in others:
        services.add_member(application, other, by=by)
    application = services.save_application(
        application, by=by, expected_version=application.version, summary="Day care."
    )
    if consent:
        for member in application.members.all():
            agree(member, by=by)
    return hand_in_on_paper(application, by=by)


def agree(member, *, by) -> None:
    services.answer_consent(member, by=by, agrees=True, decided_on=ARRIVED.date())


def hand_in_on_paper(application: Application, *, by) -> list[Participation]:
    if not application.summary:
        application = services.save_application(
            application, by=by, expected_version=application.version, summary="Day care."
        )
    services.submit_application(
        application, by=by, expected_version=application.version, arrived_at=ARRIVED
    )
    return list(application.participations.order_by("pk"))
