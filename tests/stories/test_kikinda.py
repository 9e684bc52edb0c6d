"""Kikinda in the programme of 2007–2009: all six stages, from a paper application to the end.

Facts are those of its page: applied in April 2007, one of 24, the board founded, the strategy
2008–12 adopted twice, by the board and by the assembly, rated "excellent", then services. Days
that no source names are chosen inside the periods that it does name.
"""

from datetime import date

import pytest
from django.urls import reverse

from tests.stories.walking import (
    act,
    assert_the_record_holds,
    load_programme,
    meeting,
    now,
    record,
    the_step,
    track,
    unit,
)
from workflow.models import Application, Call, Participation

SINCE = date(2007, 1, 1)


@pytest.fixture
def people(somebody):
    programme, kikinda = load_programme("sws_2007"), unit("80209")
    return {
        "manager": somebody("Manager").holds("programme_manager", programme, SINCE),
        "evaluator": somebody("Evaluator").holds("evaluator", programme, SINCE),
        "auditor": somebody("Auditor").holds("auditor", programme, SINCE),
        "coordinator": somebody("Coordinator").holds("coordinator", kikinda, SINCE),
        "signatory": somebody("Signatory").holds("signatory", kikinda, SINCE),
        "mentor": somebody("Mentor"),
    }


def test_kikinda_walks_from_application_to_sustainability(people):
    case = kikinda_applies_on_paper(people)
    is_selected_and_signs(case, people)
    is_assessed_by_the_mentor(case, people)
    adopts_its_strategy_twice(case, people)
    is_rated_and_proposes_a_service(case, people)
    runs_the_service(case, people)
    lasts(case, people)

    an_auditor_reads_how_it_went(case, people)
    assert_the_record_holds(case)


def kikinda_applies_on_paper(people) -> Participation:
    """The call of 2007 is put on record, then the application that came in an envelope."""
    manager = people["manager"]
    manager.sends(
        reverse("workflow:call_publish"),
        track=str(track("sws_2007_planning").pk), stated_reference="April 2007",
        opens_on="1.4.2007",
    ).says("The call is published.")  # fmt: skip
    call = Call.objects.get()
    found = manager.opens(reverse("workflow:call_register", args=[call.reference]), q="кикинда")
    found.says("Kikinda")

    begin = reverse("workflow:begin_application", args=[call.reference])
    manager.sends(call.get_absolute_url(), to=begin, municipality="80209").says(
        "The application is begun."
    )
    application = Application.objects.get()
    pages = application.get_absolute_url()
    manager.opens(f"{pages}check/").says("It cannot be handed in yet", "What you plan is described")
    manager.sends(f"{pages}texts/", summary="Учешће у Пројекту; стратегија и услуге.").says("Saved")
    consent = f"{pages}members/80209/consent/"
    manager.sends(consent, agrees="yes", decided_on="10.4.2007").says("The answer is recorded.")
    manager.sends(f"{pages}check/", on="16.4.2007", at="10:00").says("The application is handed in")
    return Participation.objects.with_names().get()


def is_selected_and_signs(case, people) -> None:
    manager, signatory = people["manager"], people["signatory"]
    assert case.reference == "SWS-2007-001"
    early = manager.insists(case, "select", "15.6.2007", "One of 24.")
    assert early.status == 422
    early.says("Application to the public call", "Not handed in yet.")

    signatory.opens(reverse("workflow:my_steps")).says("Application to the public call")
    signatory.hands_in(the_step(case, "application_submitted"), **record("16.4.2007", "Поднета."))
    manager.accepts(the_step(case, "application_submitted"))
    manager.hands_in(the_step(case, "selection_decided"), **record("15.6.2007", "Листа од 24."))
    manager.decides(case, "select", "15.6.2007", "Једна од 24.").says("Recorded:", "Memorandum")

    memorandum = the_step(case, "memorandum_signed")
    signatory.hands_in_paper(memorandum, **record("10.7.2007", "Меморандум."))
    manager.accepts(the_step(case, "memorandum_signed"))
    manager.decides(case, "start_assessment", "10.7.2007").says("Assessment")
    people["mentor"].holds("mentor", case, SINCE)


def is_assessed_by_the_mentor(case, people) -> None:
    coordinator, mentor = people["coordinator"], people["mentor"]
    plan = the_step(case, "individual_work_plan")
    coordinator.opens(plan.get_absolute_url()).says(
        "This step cannot start yet. First: Initial assessment of situation and needs."
    )
    mentor.hands_in_paper(the_step(case, "mentor_questionnaire"), **record("3.9.2007", "Упитник."))
    mentor.hands_in_paper(the_step(case, "initial_assessment"), **record("14.9.2007", "Процена."))
    coordinator.hands_in_paper(
        plan, **record("28.9.2007", "Индивидуални радни план, прва верзија.")
    )
    back = f"{plan.get_absolute_url()}return/"
    mentor.sends(back, remarks="Додајте рокове.").says("Recorded: Returned")
    coordinator.opens(reverse("workflow:my_steps")).says("Individual work plan", "Dodajte rokove")
    coordinator.hands_in_paper(the_step(case, plan.key), **record("1.10.2007", "Са роковима."))
    assert plan.documents.get().versions.count() == 2
    mentor.accepts(the_step(case, plan.key))
    mentor.hands_in(the_step(case, "individual_mentoring"), **meeting("5.10.2007", "Подршка."))


def adopts_its_strategy_twice(case, people) -> None:
    """By the board that was founded for it, and by the assembly."""
    coordinator, signatory = people["coordinator"], people["signatory"]
    manager, mentor = people["manager"], people["mentor"]
    signatory.hands_in(the_step(case, "body_founded"), **act("1.10.2007", "Председник општине"))
    manager.accepts(the_step(case, "body_founded"))
    for key, day in [
        ("rules_of_procedure", "15.10.2007"), ("priorities_decided", "29.10.2007"),
        ("strategy_drafted", "26.11.2007"), ("action_plan_drafted", "26.11.2007"),
    ]:  # fmt: skip
        coordinator.hands_in_paper(the_step(case, key), **record(day, "Приложено."))
        mentor.accepts(the_step(case, key))

    manager.opens(case.get_absolute_url()).says(
        "The move to “Strategy adopted” is not possible yet",
        "The session of the OKO adopts the strategy",
    )
    session = meeting("10.12.2007", "Усвојена Стратегија 2008–12.", "Одбор")
    coordinator.hands_in(the_step(case, "body_adopts"), **session)
    manager.accepts(the_step(case, "body_adopts"))
    assembly = the_step(case, "assembly_adopts")
    without = coordinator.sends(
        assembly.get_absolute_url(), to=f"{assembly.get_absolute_url()}hand_in/",
        **act("20.12.2007", "Скупштина општине Кикинда"),
    )  # fmt: skip
    assert without.status == 422  # the procedure asks for the gazette
    without.says("Official gazette and its number", "This field is required")
    coordinator.hands_in(assembly, **act("20.12.2007", "Скупштина", gazette="to be confirmed"))
    manager.accepts(the_step(case, "assembly_adopts"))
    manager.opens(case.get_absolute_url()).says("Ready for “Strategy adopted”")
    manager.decides(case, "adopt_strategy", "20.12.2007", "Обе седнице.").says("Strategy adopted")


def is_rated_and_proposes_a_service(case, people) -> None:
    coordinator, signatory = people["coordinator"], people["signatory"]
    manager, evaluator = people["manager"], people["evaluator"]
    for key in ("strategy_published", "action_plan_published"):
        published = record("28.12.2007", "На страници општине.")
        coordinator.hands_in_paper(the_step(case, key), **published)
        manager.accepts(the_step(case, key))
    rating = the_step(case, "ministry_rating")
    coordinator.opens(rating.get_absolute_url()).says("This is handed in by: Evaluator.")
    evaluator.opens(reverse("workflow:my_steps")).says(rating.title)
    evaluator.hands_in(rating, mark="одличан", note="Одличан документ.", dated_on="15.2.2008")
    coordinator.opens(rating.get_absolute_url()).says("odličan")
    manager.hands_in(the_step(case, "internal_call"), **record("3.3.2008", "Друга фаза."))
    signatory.hands_in(the_step(case, "proposal_submitted"), **record("1.4.2008", "Услуга."))
    manager.accepts(the_step(case, "proposal_submitted"))
    manager.decides(case, "award_cofinancing", "15.5.2008").says("Co-financing")


def runs_the_service(case, people) -> None:
    coordinator, signatory, manager = people["coordinator"], people["signatory"], people["manager"]
    signatory.hands_in(the_step(case, "contract_signed"), **record("30.5.2008", "Уговор."))
    manager.accepts(the_step(case, "contract_signed"))
    for key in ("provider_call", "provider_form"):
        coordinator.hands_in_paper(the_step(case, key), **record("16.6.2008", "Дневни боравак."))
    for key, day in [("provider_chosen", "1.8.2008"), ("report_submitted", "19.12.2008")]:
        coordinator.hands_in(the_step(case, key), **record(day, "Потврдити."))
        manager.accepts(the_step(case, key))
    manager.decides(case, "move_to_sustainability", "15.1.2009").says("Sustainability")


def lasts(case, people) -> None:
    """In the last stage the service and the board go on, and a year is reported."""
    coordinator, signatory = people["coordinator"], people["signatory"]
    manager, mentor = people["manager"], people["mentor"]
    budget = act("20.12.2009", "Скупштина", gazette="to be confirmed")
    coordinator.hands_in(the_step(case, "service_in_budget"), **budget)
    manager.accepts(the_step(case, "service_in_budget"))
    coordinator.hands_in(the_step(case, "body_lasts"), **meeting("21.12.2009", "Одбор ради."))
    mentor.accepts(the_step(case, "body_lasts"))
    report = the_step(case, "yearly_report")
    coordinator.hands_in_paper(report, **record("10.2.2010", "Извештај за 2009."))
    signatory.accepts(the_step(case, "yearly_report"))
    manager.opens(case.get_absolute_url()).says("Every condition is met.")

    assert now(case).stage == "sustainability"


def an_auditor_reads_how_it_went(case, people) -> None:
    auditor = people["auditor"]
    log = reverse("workflow:participation_log", args=[case.reference])
    auditor.opens(log).says("The log is whole", "Strategy adopted → Co-financing", "Signatory")
    auditor.opens(log, page="2").says("Application → Memorandum")
    step = the_step(case, "ministry_rating")
    refused = auditor.sends(step.get_absolute_url(), to=f"{step.get_absolute_url()}accept/")
    assert refused.status == 403
