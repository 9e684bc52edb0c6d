"""Kikinda in the programme of 2007–2009, from application to sustainability.

What is true stands on the page of the municipality: it applied in April 2007, was chosen with 23
others, signed a memorandum, founded its board, adopted the strategy 2008–12 at the board and in
the assembly, was rated "excellent", and belonged to those for whom the internal call was meant;
2007 was planning, 2008 co-financing, 2009 sustainability. The page gives no single day. The days
below lie inside those periods and each note says that it is to be confirmed.
"""

from datetime import date

from config.demo.acts import act, meeting, rating, record, register_application
from config.demo.papers import kikinda_2007 as papers
from config.demo.people import People
from config.demo.story import CONFIRM, Done, Moved, Returned, Story, walk
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Participation, Track

KIKINDA = "80209"
TRACK = "sws_2007_planning"
BOARD = "Општински координациони одбор за социјалну политику"
SESSION_OF_BOARD = date(2007, 12, 10)

MANAGER, MENTOR, EVALUATOR = "programme_manager", "mentor", "evaluator"
COORDINATOR, SIGNATORY = "coordinator", "signatory"

APPLICATION = {
    "summary": "Учешће у Пројекту подршке спровођењу Стратегије развоја социјалне заштите.",
    "situation": "Текст пријаве није сачуван. Из извора се зна само да је Кикинда конкурисала "
    "у априлу 2007. године.",
}
APPLIED_ON = date(2007, 4, 16)

SELECTION: Story = [
    Done(
        "application_submitted", SIGNATORY, APPLIED_ON,
        record(f"Општина Кикинда је конкурисала у априлу 2007. Дан није познат. {CONFIRM}"),
    ),
    Done(
        "selection_decided", MANAGER, date(2007, 6, 15),
        record(
            "Изабране су укупно 24 општине, на основу 12 појединачних и 3 међуопштинске пријаве, "
            f"међу њима и Кикинда. {CONFIRM}"
        ),
    ),
    Moved(
        "select", date(2007, 6, 15),
        f"Изабрана на јавном конкурсу, једна од 24 општине. {CONFIRM}",
    ),
    Done(
        "memorandum_signed", SIGNATORY, date(2007, 7, 10),
        record(f"Меморандум о сарадњи, са улогама и одговорностима. {CONFIRM}"),
        papers.MEMORANDUM,
    ),
    Moved(
        "start_assessment", date(2007, 7, 10),
        f"Меморандум је потписан; почиње почетна процена стања и потреба. {CONFIRM}",
    ),
]  # fmt: skip

CAPACITY: Story = [
    Done(
        "mentor_questionnaire", MENTOR, date(2007, 9, 3),
        record(f"Менторски упитник, објављен на страници општине. {CONFIRM}"),
        papers.QUESTIONNAIRE,
    ),
    Done(
        "initial_assessment", MENTOR, date(2007, 9, 14),
        record(f"Почетна процена стања и потреба у општини Кикинда. {CONFIRM}"),
        papers.ASSESSMENT,
    ),
    Done(
        "individual_work_plan", COORDINATOR, date(2007, 9, 28),
        record(f"Индивидуални радни план, на основу почетне процене. {CONFIRM}"),
        papers.WORK_PLAN,
    ),
    Done(
        "individual_mentoring", MENTOR, date(2007, 10, 5),
        meeting("Састав потврдити.", f"Индивидуална менторска подршка. {CONFIRM}"),
    ),
    Done(
        "individual_training", MENTOR, date(2007, 10, 12),
        meeting("Састав потврдити.", f"Индивидуална обука у стратешком планирању. {CONFIRM}"),
    ),
    Done(
        "joint_training", MANAGER, date(2007, 10, 19),
        meeting("Састав потврдити.", f"Заједничка обука изабраних општина. {CONFIRM}"),
    ),
    Done(
        "focused_training", MENTOR, date(2007, 10, 26),
        meeting("Састав потврдити.", f"Фокусирана обука. {CONFIRM}"),
    ),
]  # fmt: skip

PLANNING: Story = [
    Done("body_founded", SIGNATORY, date(2007, 10, 1),
         act("Председник општине", "број и датум потврдити")),
    Done(
        "rules_of_procedure", COORDINATOR, date(2007, 10, 15),
        record(f"Пословник о раду: {BOARD}. {CONFIRM}"),
        papers.RULES,
    ),
    Done(
        "priorities_decided", COORDINATOR, date(2007, 10, 29),
        record(f"Одлука о социјалним приоритетима. Који орган ју је донео, потврдити. {CONFIRM}"),
        papers.PRIORITIES,
    ),
    Done(
        "promotional_material", COORDINATOR, date(2007, 11, 12),
        record(f"Рекламни материјал. {CONFIRM}"),
        papers.PROMOTION,
    ),
    Returned(
        "strategy_drafted", COORDINATOR, date(2007, 11, 19),
        record(f"Нацрт Стратегије развоја социјалне заштите. {CONFIRM}"),
        papers.FIRST_DRAFT, papers.REMARKS,
    ),
    Done(
        "strategy_drafted", COORDINATOR, date(2007, 11, 26),
        record(f"Нацрт Стратегије развоја социјалне заштите 2008–12. године. {CONFIRM}"),
        papers.SECOND_DRAFT,
    ),
    Done(
        "action_plan_drafted", COORDINATOR, date(2007, 11, 26),
        record(f"Нацрт Акционог плана за 2008. годину. {CONFIRM}"),
        papers.PLAN_DRAFT,
    ),
    Done(
        "body_adopts", COORDINATOR, SESSION_OF_BOARD,
        meeting(
            f"{BOARD}; састав потврдити.",
            f"На заседању новооснованог одбора усвојена је Стратегија 2008–12. {CONFIRM}",
        ),
    ),
    Done(
        "assembly_adopts", COORDINATOR, date(2007, 12, 20),
        act("Скупштина општине Кикинда", "број и датум потврдити", "назив и број потврдити"),
    ),
    Moved(
        "adopt_strategy", date(2007, 12, 20),
        "Стратегија развоја социјалне заштите 2008–12. усвојена је на заседању одбора и на "
        f"седници Скупштине општине Кикинда. {CONFIRM}",
    ),
]  # fmt: skip

RATING: Story = [
    Done(
        "strategy_published", COORDINATOR, date(2007, 12, 28),
        record(f"Стратегија 2008–12, објављена на страници општине. {CONFIRM}"),
        papers.ADOPTED,
    ),
    Done(
        "action_plan_published", COORDINATOR, date(2007, 12, 28),
        record(f"Акциони план за 2008. годину, објављен на страници општине. {CONFIRM}"),
        papers.PLAN,
    ),
    Done(
        "ministry_rating", EVALUATOR, date(2008, 2, 15),
        rating(
            "одличан",
            "Стручни тим Министарства рада и социјалне политике оценио је Стратегију као одличан "
            f"документ. Скалу оцена потврдити. {CONFIRM}",
        ),
    ),
    Done(
        "internal_call", MANAGER, date(2008, 3, 3),
        record(
            "Интерни програмски конкурс Министарства за суфинансирање нових или јачање постојећих "
            f"локалних и регионалних услуга, друга фаза (2008). {CONFIRM}"
        ),
    ),
    Done(
        "proposal_submitted", SIGNATORY, date(2008, 4, 1),
        record(f"Предлог за суфинансирање услуге; извор га не описује. {CONFIRM}"),
    ),
    Moved(
        "award_cofinancing", date(2008, 5, 15),
        "Кикинда је међу општинама које су успешно окончале планирање и којима је интерни "
        f"конкурс намењен. Одлуку и износ потврдити. {CONFIRM}",
    ),
]  # fmt: skip

SERVICES: Story = [
    Done(
        "contract_signed", SIGNATORY, date(2008, 5, 30),
        record(f"Уговор о суфинансирању; износ и учешће општине потврдити. {CONFIRM}"),
    ),
    Done(
        "provider_call", COORDINATOR, date(2008, 6, 16),
        record(
            "Позив за подношење предлога пројекта за центар за дневни боравак деце и одраслих са "
            f"сметњама у развоју, објављен на страници општине. {CONFIRM}"
        ),
        papers.CALL,
    ),
    Done(
        "provider_form", COORDINATOR, date(2008, 6, 16),
        record(f"Образац за пријаву пружаоца услуга, објављен на страници општине. {CONFIRM}"),
        papers.FORM,
    ),
    Done(
        "provider_chosen", COORDINATOR, date(2008, 8, 1),
        record(f"Ко је изабран и када, извор не каже: потврдити. {CONFIRM}"),
    ),
    Done(
        "report_submitted", COORDINATOR, date(2008, 12, 19),
        record(f"Извештај о суфинансираној услузи; извор га не помиње: потврдити. {CONFIRM}"),
    ),
    Moved(
        "move_to_sustainability", date(2009, 1, 15),
        "Трећа фаза (2009): услови и гаранције за одрживост успостављених структура и услуга. "
        f"{CONFIRM}",
    ),
]  # fmt: skip

STORY: Story = [*SELECTION, *CAPACITY, *PLANNING, *RATING, *SERVICES]


def load(people: People) -> Participation:
    """The call, the application on paper, and the whole walk; stays at sustainability."""
    kikinda = Municipality.objects.get(code=KIKINDA)
    people.of(kikinda, Role.COORDINATOR)
    people.of(kikinda, Role.SIGNATORY)
    call = services.publish_call(
        Track.objects.get(key=TRACK), by=people.manager, due=None, opens_on=None,
        stated_reference="Јавни конкурс, април 2007.",
    )  # fmt: skip
    [participation] = register_application(call, [kikinda], APPLICATION, APPLIED_ON, people)
    walk(participation, STORY, people)
    put_board_on_record(kikinda, people)
    return participation


def put_board_on_record(kikinda: Municipality, people: People) -> None:
    """The board; number and date of the appointment act are not known and stay empty."""
    by = people.of(kikinda, Role.COORDINATOR)
    board = services.found_body(kikinda, name=BOARD, act_body="Председник општине", by=by)
    services.record_session(
        board, held_on=SESSION_OF_BOARD, by=by,
        minutes=f"Усвојена Стратегија развоја социјалне заштите 2008–12. {CONFIRM}",
    )  # fmt: skip
