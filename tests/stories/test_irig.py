"""Irig 2021: no call and no application; it begins with the assessment, and the draft stops.

From the page of the municipality: the activity began on 1 April 2021, draft and action plan were
finished at the end of September and handed to the administration for public inspection. What
came of it is not known, so the story ends with the inspection overdue.
"""

from datetime import date

from django.urls import reverse

from tests.stories.walking import (
    assert_the_record_holds,
    load_programme,
    meeting,
    now,
    record,
    the_step,
    unit,
)
from workflow.models import Participation

BEGAN = date(2021, 4, 1)


def is_taken_in(manager, irig) -> Participation:
    """Without a call, by the programme, as of the day on which the activity began."""
    manager.takes_in(
        "irig_2021_strategy", irig, typed="ириг", on="1.4.2021", reason="Почетак Активности."
    ).says("Recorded: Participation opened.", "Assessment")
    case = Participation.objects.with_names().get()
    assert (case.decided_on, case.municipality) == (BEGAN, irig)
    return case


def test_irig_stops_at_the_public_inspection(somebody):
    programme, irig = load_programme("irig_2021"), unit("80187")
    manager = somebody("Manager").holds("programme_manager", programme, BEGAN)
    coordinator = somebody("Coordinator").holds("coordinator", irig, BEGAN)
    auditor = somebody("Auditor").holds("auditor", programme, BEGAN)
    case = is_taken_in(manager, irig)

    # It stands at the assessment from its first day, and knows neither call nor co-financing.
    page = coordinator.opens(case.get_absolute_url())
    page.says("Assessment", "Strategy adopted").says_nothing_of("Memorandum", "Co-financing")

    # The programme prepares, the municipality names the team, the programme drafts.
    team = the_step(case, "drafting_team")
    coordinator.opens(team.get_absolute_url()).says("First: Preparatory meeting.")
    manager.hands_in(the_step(case, "preparatory_meeting"), **meeting("14.4.2021", "Динамика."))
    coordinator.hands_in_paper(team, **record("28.4.2021", "Центар за социјални рад, Црвени крст."))
    manager.accepts(the_step(case, team.key))
    manager.hands_in(the_step(case, "consultative_meetings"), **meeting("16.6.2021", "Са тимом."))
    drafted = record("30.9.2021", "Крајем септембра.")
    manager.hands_in_paper(the_step(case, "strategy_drafted"), **drafted)
    manager.hands_in_paper(the_step(case, "action_plan_drafted"), **drafted)

    # The draft goes to the administration, and the coordinator confirms that it arrived.
    handed = the_step(case, "draft_handed_over")
    manager.hands_in_paper(handed, **record("30.9.2021", "Упућено."))
    coordinator.opens(reverse("workflow:my_steps")).says(the_step(case, "draft_handed_over").title)
    coordinator.accepts(the_step(case, "draft_handed_over"))

    # The inspection has no day by rule; the manager sets one. It passes.
    inspection = the_step(case, "public_inspection")
    manager.sends(
        f"{inspection.get_absolute_url()}move_deadline/", on="29.10.2021",
        reason="Месец дана од предаје нацрта; дан потврдити.",
    ).says("Recorded:")  # fmt: skip
    coordinator.opens(reverse("workflow:my_steps")).says("Public inspection", "29 October 2021")
    coordinator.opens(case.get_absolute_url()).says(
        "The move to “Strategy adopted” is not possible yet", "Irig (coordinator)", "years late"
    )
    refused = manager.insists(case, "adopt_strategy", "15.11.2021", "Скупштина.")
    assert refused.status == 422
    refused.says("Public inspection", "Not handed in yet.")
    assert now(case).stage == "assessment"

    # The auditor finds the whole way in the log, and the municipality cannot look into it.
    log = auditor.opens(reverse("workflow:participation_log", args=[case.reference]))
    log.says("Irig", "Месец дана" if "Месец дана" in log.words else "Mesec dana")
    shut = coordinator.browser.get(reverse("workflow:participation_log", args=[case.reference]))
    assert shut.status_code == 403
    assert_the_record_holds(case)
