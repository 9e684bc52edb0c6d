"""Mrkonjić Grad in SPIS: first the head of the municipality appoints the management board.

Known are 1 December 2011 as the start and 31 January 2012 as the day of the first session.
"""

from datetime import date

from django.urls import reverse

from tests.stories.walking import (
    act,
    assert_the_record_holds,
    load_programme,
    meeting,
    record,
    the_step,
    unit,
)
from workflow.models import Participation

BEGAN = date(2011, 12, 1)
HEAD = "Начелник општине"


def test_in_mrkonjic_grad_nothing_begins_before_the_board_is_appointed(somebody):
    programme, place = load_programme("spis"), unit("1108759175")
    manager = somebody("Manager").holds("programme_manager", programme, BEGAN)
    coordinator = somebody("Coordinator").holds("coordinator", place, BEGAN)
    signatory = somebody("Signatory").holds("signatory", place, BEGAN)
    manager.takes_in(
        "spis_model", place, typed="mrkonjic", on="1.12.2011", reason="Једна од једанаест општина."
    ).says("Recorded: Participation opened.")
    case = Participation.objects.with_names().get()
    assert case.decided_on == BEGAN
    mentor = somebody("Mentor").holds("mentor", case, BEGAN)

    # The first session waits for the appointment, whoever tries.
    session = the_step(case, "first_session")
    coordinator.opens(session.get_absolute_url()).says(
        "This step cannot start yet. First: Decision appointing the municipal management board"
    )
    url = session.get_absolute_url()
    early = coordinator.sends(url, to=f"{url}hand_in/", **meeting("31.1.2012", "Прва сједница."))
    assert early.status == 422
    early.says("This step cannot start yet.")

    # Two months from the beginning it should have met.
    coordinator.opens(url).says("1 February 2012")

    # The signatory brings the decision of the head; the coordinator could not.
    board = the_step(case, "board_appointed")
    not_theirs = coordinator.sends(
        board.get_absolute_url(), to=f"{board.get_absolute_url()}hand_in/",
        **act("16.1.2012", HEAD),
    )  # fmt: skip
    assert not_theirs.status == 403
    not_theirs.says("This needs the role: Signatory.")
    signatory.opens(reverse("workflow:my_steps")).says(board.title)
    signatory.opens(board.get_absolute_url()).says("Head of the municipality")
    signatory.hands_in_paper(board, **act("16.1.2012", HEAD))
    manager.accepts(the_step(case, board.key))

    # The board is put on record under its own name, with the institutions that sit in it; what no
    # document states of its act is to be confirmed.
    bodies = reverse("workflow:bodies", args=[place.code])
    signatory.opens(bodies).says("No planning body is on record")
    told = {"name": "Општински управни одбор (ОУО)", "act_body": HEAD, "act_on": "16.1.2012"}
    signatory.sends(f"{bodies}new/", **told).says("The body is on record.")
    body = reverse("workflow:body", args=[place.bodies.get().pk])
    for institution in ("Центар за социјални рад", "Дом здравља", "Основна школа"):
        coordinator.sends(f"{body}seats/", institution=institution).says("The seat is recorded.")
    coordinator.opens(body).says("Number of the act to be confirmed", "Dom zdravlja")
    coordinator.opens(url).says("On record in Opštinski upravni odbor (OUO): Centar za socijalni")

    # Now the board meets, gives itself a rulebook, and analyses the situation.
    minutes = meeting("31.1.2012", "Прва сједница управног одбора.", "Чланови ОУО")
    coordinator.hands_in(the_step(case, session.key), **minutes)
    manager.accepts(the_step(case, session.key))
    first = {"held_on": "31.1.2012", "number": "1", "minutes": "Прва сједница управног одбора."}
    mentor.sends(f"{body}sessions/", **first).says("The session is recorded.")
    mentor.opens(case.get_absolute_url()).says(
        "3 institutions have seats. Last session: 31 January 2012."
    )
    for key, day in [("rulebook", "15.2.2012"), ("situation_analysis", "1.6.2012")]:
        coordinator.hands_in_paper(the_step(case, key), **record(day, "Усвојено."))
        mentor.opens(reverse("workflow:my_steps")).says(the_step(case, key).title)
        mentor.accepts(the_step(case, key))

    # Of the quarterly plans there is one for each quarter, none of them required.
    plans = case.steps.filter(key="quarterly_work_plan")
    assert plans.count() == 4
    coordinator.opens(case.get_absolute_url()).says(
        "Mrkonjić Grad", "The move to “Strategy adopted” is not possible yet"
    )
    assert_the_record_holds(case)
