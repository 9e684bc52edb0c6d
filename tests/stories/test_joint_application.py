"""Three municipalities in one application of 2007: one consent is missing, and nobody moves.

Which municipalities applied together then is not known; these three stand for them.
"""

from datetime import date, timedelta

import pytest
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
from workflow.audit.models import Entry
from workflow.models import Application, Call, Participation

SINCE = date(2007, 1, 1)
LEAD, *OTHERS = CODES = ["80209", "80195", "80373"]  # Kikinda, Kanjiža, Sečanj


def day(after: int = 0) -> str:
    return f"{timezone.localdate() + timedelta(days=after):%d.%m.%Y}"


@pytest.fixture
def manager(somebody):
    return somebody("Manager").holds("programme_manager", load_programme("sws_2007"), SINCE)


@pytest.fixture
def signatories(somebody, manager):
    return {
        code: somebody(f"Signatory {code}").holds("signatory", unit(code), SINCE) for code in CODES
    }


def test_one_missing_consent_blocks_all_three_until_it_is_given(manager, signatories):
    application = three_apply_together(manager, signatories)
    pages = application.get_absolute_url()

    # Two agree. The third has not answered when the lead hands in.
    for code in CODES[:2]:
        agrees(application, code, signatories[code])
    signatories[LEAD].opens(pages).says("2 of 3")
    signatories[LEAD].sends(f"{pages}check/").says("The application is handed in.")
    cases = list(Participation.objects.with_names().order_by("pk"))
    assert len(cases) == 3
    for case in cases:
        is_ready_but_for_the_consent(case, manager, signatories[case.municipality.code])

    # Every step is settled, and still none of the three can be selected: the page says whose answer
    # is missing, from whichever of them the manager tries.
    for case in cases:
        refused = manager.insists(case, "select", day(), "По листи.")
        assert refused.status == 422
        refused.says("Sečanj")
    assert {now(case).stage for case in cases} == {"application"}
    assert not Entry.objects.filter(verb="select").exists()

    # Nobody else can answer in the place of Sečanj.
    consent = f"{pages}members/{OTHERS[1]}/consent/"
    version = str(Application.objects.get().version)
    stranger = signatories[LEAD].sends(
        consent, agrees="yes", decided_on=day(), expected_version=version
    )
    assert stranger.status == 403

    # Sečanj reads the application and agrees; then one act moves all three.
    last = signatories[OTHERS[1]]
    last.opens(reverse("workflow:my_steps")).says(application.reference)
    last.opens(consent).says("Zajednički dnevni boravak.")
    agrees(application, OTHERS[1], last)
    move = manager.opens(f"{cases[0].get_absolute_url()}transitions/select/")
    move.says("Move 3 municipalities to “Memorandum”")
    manager.decides(cases[0], "select", day(), "По листи.").says("Recorded:")

    entries = Entry.objects.filter(verb="select")
    assert {now(case).stage for case in cases} == {"memorandum"}
    assert entries.count() == 3
    assert len({entry.decided_on for entry in entries}) == 1
    signatories[LEAD].opens(pages).says("selected")

    # From here on each has a memorandum of its own and walks alone.
    own = the_step(cases[0], "memorandum_signed")
    signatories[LEAD].hands_in_paper(own, **record(day(), "Свој."))
    manager.accepts(the_step(cases[0], "memorandum_signed"))
    manager.decides(cases[0], "start_assessment", day()).says("Assessment")
    assert [now(case).stage for case in cases] == ["assessment", "memorandum", "memorandum"]
    assert_the_record_holds(*cases)


def three_apply_together(manager, signatories) -> Application:
    """The lead begins, finds the two others in the register, and writes the text."""
    manager.sends(
        reverse("workflow:call_publish"), track=str(track("sws_2007_planning").pk),
        opens_on=day(), on=day(1), at="24:00",
    ).says("The call is published.")  # fmt: skip
    call, lead = Call.objects.get(), signatories[LEAD]
    begin = reverse("workflow:begin_application", args=[call.reference])
    lead.sends(call.get_absolute_url(), to=begin, municipality=LEAD)
    application = Application.objects.get()
    pages = application.get_absolute_url()
    for code, typed in zip(OTHERS, ["кањижа", "secanj"], strict=True):
        lead.opens(f"{pages}members/", q=typed).says(f"Add {unit(code).name_latin}")
        lead.sends(f"{pages}members/", to=f"{pages}members/add/", municipality=code).says(
            "Its signatory has yet to agree."
        )
    lead.sends(f"{pages}texts/", summary="Zajednički dnevni boravak.").says("Saved.")
    return application


def agrees(application, code, signatory) -> None:
    consent = f"{application.get_absolute_url()}members/{code}/consent/"
    signatory.sends(consent, agrees="yes", decided_on=day()).says("The answer is recorded.")


def is_ready_but_for_the_consent(case, manager, signatory) -> None:
    signatory.hands_in(the_step(case, "application_submitted"), **record(day(), "Заједничка."))
    manager.accepts(the_step(case, "application_submitted"))
    manager.hands_in(the_step(case, "selection_decided"), **record(day(), "Листа."))
