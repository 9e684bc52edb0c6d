"""Vrnjačka Banja in IPA 2020: chosen twice, for a support package and for a mobile team.

Two participations of one municipality, each with its own procedure, clock and end: what happens
to one leaves the other where it is. The days of application and selection are not stated, so
the call of the story is open today.
"""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from tests.stories.walking import (
    assert_the_record_holds,
    load_programme,
    now,
    record,
    the_step,
    track,
    unit,
)
from workflow.models import Application, Call, Participation

SINCE = date(2023, 1, 1)
CODE = "70459"


def day(after: int = 0) -> str:
    return f"{timezone.localdate() + timedelta(days=after):%d.%m.%Y}"


def test_two_participations_of_vrnjacka_banja_move_independently(somebody):
    programme, place = load_programme("ipa_2020"), unit(CODE)
    manager = somebody("Manager").holds("programme_manager", programme, SINCE)
    coordinator = somebody("Coordinator").holds("coordinator", place, SINCE)
    signatory = somebody("Signatory").holds("signatory", place, SINCE)
    people = manager, coordinator, signatory

    package = applies_and_is_selected("ipa_2020_package", *people)
    team = applies_and_is_selected("ipa_2020_mobile_team", *people)

    # Both stand in the list of the municipality, and one desk holds the next steps of both.
    own = coordinator.opens(reverse("workflow:participations"))
    own.says("2 participations", package.reference, team.reference)
    signatory.opens(reverse("workflow:my_steps")).says(package.reference, team.reference)

    # The agreement of the one moves the one.
    sign(team, manager, signatory)
    manager.decides(team, "start_assessment", day()).says("Assessment")
    assert (now(team).stage, now(package).stage) == ("assessment", "memorandum")
    refused = manager.insists(package, "start_assessment", day())
    assert refused.status == 422
    refused.says("The cooperation agreement is signed")

    # A hold of the other stops the other's clock alone.
    manager.decides(package, "hold", day(), "Чека се одлука.").says("On hold since")
    coordinator.opens(team.get_absolute_url()).says_nothing_of("On hold since")
    step = the_step(team, "coordination_body")
    signatory.hands_in(step, dated_on=day(), body="Председник општине", number="12/2026")
    stopped = the_step(package, "agreement_signed")
    coordinator.opens(package.get_absolute_url()).says("The clock stands")
    assert stopped.status == "open"

    # One ends, the other goes on.
    signatory.decides(package, "withdraw", day(), "Општина одустаје од пакета.").says("Withdrawn")
    assert (now(team).stage, now(package).stage) == ("assessment", "withdrawn")
    coordinator.opens(team.get_absolute_url()).says("Assessment")
    assert_the_record_holds(package, team)


def applies_and_is_selected(key, manager, coordinator, signatory) -> Participation:
    """Through the web, before a deadline that has an hour."""
    manager.sends(
        reverse("workflow:call_publish"), track=str(track(key).pk), opens_on=day(), on=day(1),
        at="15:00",
    ).says("The call is published.", "15:00")  # fmt: skip
    call = Call.objects.get(track__key=key)
    coordinator.opens(call.get_absolute_url()).says("Vrnjačka Banja")
    begin = reverse("workflow:begin_application", args=[call.reference])
    coordinator.sends(call.get_absolute_url(), to=begin, municipality=CODE)
    pages = Application.objects.get(call=call).get_absolute_url()
    coordinator.sends(f"{pages}texts/", summary="Пријава на јавни позив.").says("Saved.")
    signatory.opens(reverse("workflow:my_steps")).says("Vrnjačka Banja")
    consent = f"{pages}members/{CODE}/consent/"
    signatory.sends(consent, agrees="yes", decided_on=day()).says("The answer is recorded.")
    coordinator.sends(f"{pages}check/").says("The application is handed in.")

    case = Participation.objects.with_names().get(track__key=key)
    signatory.hands_in(the_step(case, "application_submitted"), **record(day(), "Образац."))
    manager.accepts(the_step(case, "application_submitted"))
    manager.hands_in(the_step(case, "selection_decided"), **record(day(), "Листа."))
    manager.decides(case, "select", day(), "На листи изабраних.").says("Recorded:")
    return now(case)


def sign(case, manager, signatory) -> None:
    signatory.hands_in_paper(the_step(case, "agreement_signed"), **record(day(), "Споразум."))
    manager.accepts(the_step(case, "agreement_signed"))
