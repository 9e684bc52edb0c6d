"""The sixty participations of the sample programme, as a table: where each stands, since when.

Days are counted back from today, so that the board looks alive whenever the demo is loaded.
"""

from dataclasses import dataclass

# How many days each stage lasted for those that have left it.
LASTED = {
    "application": 40,
    "memorandum": 25,
    "assessment": 230,
    "strategy_adopted": 90,
    "cofinancing": 300,
    "sustainability": 800,
}
STAGES = list(LASTED)

# What happened to the next step, or to the participation, after what is settled.
SUBMITTED = "submitted"  # handed in, waits to be looked at
RETURNED = "returned"  # handed in, returned with remarks
SECOND = "second"  # accepted by one, waits for the second person
WAIVED = "waived"  # not owed, decided by two people
PROPOSED = "proposed"  # the next transition waits for the second person
HELD = "held"
RESUMED = "resumed"


@dataclass(frozen=True)
class Row:
    """It entered `stage` `since` days ago; so many steps there are settled; `then` came last.

    `ended` names the transition that closed it, `days` how long ago that was (or the hold began).
    """

    stage: str
    since: int
    settled: int = 0
    then: str = ""
    days: int = 0
    ended: str = ""
    by: str = "manager"  # who ended it

    @property
    def arrived(self) -> int:
        """How many days ago the application came."""
        before = STAGES[: STAGES.index(self.stage)]
        return self.since + sum(LASTED[stage] for stage in before)


# Beside these: a joint application of three and one of two (see `sample_joint.py`).
ROWS = [
    # application: 7 and the three of the joint one
    Row("application", 2),
    Row("application", 9, then=SUBMITTED),
    Row("application", 36, settled=1),  # the check of eligibility is overdue
    Row("application", 30, settled=2),  # ready to be selected
    Row("application", 15, then=RETURNED),
    Row("application", 20, settled=1),
    Row("application", 5),
    # memorandum: 7 and the two of the joint one
    Row("memorandum", 50),  # overdue
    Row("memorandum", 12),
    Row("memorandum", 33, then=SUBMITTED),
    Row("memorandum", 20, settled=1),  # ready
    Row("memorandum", 60, then=HELD, days=25),
    Row("memorandum", 28),  # due in two days
    Row("memorandum", 45, then=RETURNED),
    # assessment: 14
    Row("assessment", 8),
    Row("assessment", 30),  # the mentor is late
    Row("assessment", 26, settled=1),
    Row("assessment", 55, settled=1, then=SUBMITTED),
    Row("assessment", 70, settled=2, then=SUBMITTED),
    Row("assessment", 120, settled=4),
    Row("assessment", 175, settled=5, then=RETURNED),
    Row("assessment", 190, settled=6, then=WAIVED),
    Row("assessment", 215, settled=7),
    Row("assessment", 240, settled=8, then=SUBMITTED),
    Row("assessment", 250, settled=8, then=SECOND),
    Row("assessment", 260, settled=9, then=PROPOSED),
    Row("assessment", 400, settled=4, then=HELD, days=60),  # longer than the stage should last
    Row("assessment", 150, settled=5, then=SUBMITTED),
    # strategy adopted: 7
    Row("strategy_adopted", 6),
    Row("strategy_adopted", 20),  # publication overdue
    Row("strategy_adopted", 25, settled=1),
    Row("strategy_adopted", 50, settled=1),  # the evaluator is late
    Row("strategy_adopted", 40, settled=2),
    Row("strategy_adopted", 60, settled=2, then=SUBMITTED),
    Row("strategy_adopted", 70, settled=3),  # ready
    # co-financing: 6
    Row("cofinancing", 20),
    Row("cofinancing", 60),  # the contract is overdue
    Row("cofinancing", 90, settled=1, then=RESUMED, days=30),
    Row("cofinancing", 200, settled=2),  # the first report is overdue
    Row("cofinancing", 280, settled=4),
    Row("cofinancing", 120, settled=2, then=HELD, days=30),
    # sustainability: 5
    Row("sustainability", 40),
    Row("sustainability", 150, settled=1),
    Row("sustainability", 300, settled=1, then=SUBMITTED),
    Row("sustainability", 420, settled=2, then=RETURNED),
    Row("sustainability", 900, settled=5),  # ready to be completed
    # closed: 9
    Row("sustainability", 830, settled=5, ended="complete", days=30),
    Row("sustainability", 890, settled=5, ended="complete", days=90),
    Row("sustainability", 1000, settled=5, ended="complete", days=200),
    Row("application", 60, settled=2, ended="reject", days=20),
    Row("application", 140, settled=2, ended="reject", days=100),
    Row("memorandum", 90, ended="withdraw", days=70, by="signatory"),
    Row("assessment", 210, settled=3, ended="withdraw", days=45),
    Row("assessment", 380, settled=4, ended="discontinue", days=80),
    Row("cofinancing", 330, settled=1, ended="discontinue", days=15),
]

ENDS = ["complete", "reject", "withdraw", "discontinue"]
REASONS = {
    "select": "Пример: изабрана на позиву.",
    "start_assessment": "Пример: меморандум је потписан.",
    "adopt_strategy": "Пример: скупштина је усвојила стратегију.",
    "award_cofinancing": "Пример: предлог услуге је прихваћен.",
    "move_to_sustainability": "Пример: услуга ради и прелази у локални буџет.",
    "complete": "Пример: све обавезе су испуњене.",
    "reject": "Пример: пријава није изабрана, нема довољно бодова.",
    "withdraw": "Пример: општина одустаје после промене састава скупштине.",
    "discontinue": "Пример: дуже од пола године без одговора; подршка престаје.",
    "hold": "Пример: локални избори, рад тела је застао.",
    "resume": "Пример: нови састав скупштине је конституисан.",
}
WAIVER = "Пример: јавни увид је већ спроведен уз општински план развоја."
REMARKS = [
    "Пример: недостаје потпис овлашћеног лица.",
    "Пример: датум на трећој страни је погрешан.",
]
PLACES_OF_PRESENT = "Општинска управа, центар за социјални рад, основна школа, дом здравља."
SUMMARIES = [
    "Пример: дневни боравак за децу са сметњама у развоју.",
    "Пример: помоћ у кући за старије од 65 година у удаљеним селима.",
    "Пример: лични пратилац детета и подршка породици.",
    "Пример: саветовалиште за жртве насиља у породици.",
    "Пример: становање уз подршку за особе са инвалидитетом.",
]
