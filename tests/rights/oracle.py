"""A second opinion on rights, from the words of the design and without the code of the product.

    §2  Programme managers decide every transition; the signatory may withdraw the own municipality.
    §7  Rights are held on the programme or the municipality and reach its participations; mentors
        hold them on the participation. Strangers see nothing. A mandate that ended counts no more.
    §0  Municipalities see and do their next steps; managers, mentors and evaluators hand in and
        look at what the procedure gives them; auditors review and prove, and never write.
        The donor observes: no names of people, no log.

It knows names only: who holds which role over what, and which municipality and programme a thing
belongs to. No query, no model, no import from the product.
"""

from tests.rights.cast import APPLICATIONS, BODIES, MANDATES, QUESTIONS, Thing, things

OUT = {"anonymous", "disabled coordinator of A"}
ENDED = {"former coordinator of A"}

DECISIONS = {
    "select", "reject", "start_assessment", "adopt_strategy", "award_cofinancing",
    "move_to_sustainability", "complete", "discontinue", "hold", "resume", "step_back",
}  # fmt: skip
OF_STEPS = {"waive", "reopen", "move_deadline"}
OF_CALLS = {
    "register_application", "return_application", "extend_call", "open_participation",
    "answer_question",
}  # fmt: skip
OF_PEOPLE = {"invite", "end_mandate", "hand_over"}
READS = {"view", "view_people"}
# Papers: who works on a participation uploads and withdraws; auditors only read, and donors and
# administrators read what is published alone.
KEEPS_PAPERS = {"view_documents", "upload", "withdraw_version"}
# What Koraci writes names people: for the municipality, its mentor, the programme, its auditors.
WRITES = "view_written_papers"
# Who was told what names people: evaluators and donors have no need of it.
TOLD = "view_told"

# What each role does; the other way round than the table of the product.
DOES: dict[str, set[str]] = {
    "programme_manager": {
        *READS, "view_log", *DECISIONS, "withdraw", "hand_in", "review", *OF_STEPS, *OF_CALLS,
        *OF_PEOPLE, "keep_body", "load_procedure", "change_procedure", "view_selection",
        *KEEPS_PAPERS, "view_internal", "publish_document", WRITES, "keep_templates",
        TOLD, "view_deliveries", "resend",
        "view_due", "remind",
    },
    "mentor": {
        *READS, "hand_in", "review", "keep_body", *KEEPS_PAPERS, "view_internal", WRITES, TOLD,
        "view_due",
    },
    "evaluator": {
        *READS, "hand_in", "review", "view_selection", *KEEPS_PAPERS, "view_internal",
        "write_review",
    },
    # A municipality looks at what the procedure has it receive: a draft, a yearly report.
    "coordinator": {
        *READS, "hand_in", "review", "apply", "ask_question", "hand_over", "keep_body",
        *KEEPS_PAPERS, WRITES, TOLD,
    },
    "signatory": {
        *READS, "withdraw", "hand_in", "review", "apply", "ask_question", "consent", *OF_PEOPLE,
        "keep_body", *KEEPS_PAPERS, WRITES, TOLD,
    },
    "auditor": {
        *READS, "view_log", "view_selection", "view_documents", "view_internal", WRITES, TOLD,
        "view_deliveries",
    },
    "observer": {"view", "view_selection"},
    "administrator": {
        *READS, *OF_PEOPLE, "load_procedure", "view_selection", "keep_templates", TOLD,
        "view_deliveries",
    },
}  # fmt: skip
ACTIONS = sorted(set().union(*DOES.values()))


def may(actor: str, action: str, thing: Thing) -> bool:
    """Whether this actor may do this with this participation."""
    if actor in OUT | ENDED or actor not in MANDATES:
        return False
    role, over = MANDATES[actor]
    reached = over in (thing.programme, thing.municipality, thing.name)
    return reached and action in DOES[role]


def reads_reviews(actor: str, thing: Thing, *, all_in: bool) -> bool:
    """Blind ones: nobody who wrote none before all are in; then the programme's own people."""
    return all_in and may(actor, "view_internal", thing)


def sees_application(actor: str, thing: Thing) -> bool:
    """A municipality sees its drafts; the programme what was handed in; mentors their case only."""
    if not may(actor, "view", thing):
        return False
    return thing.handed_in or MANDATES[actor][1] == thing.municipality


def sees(actor: str, name: str) -> bool:
    """Whether the thing of this name may stand on any page of this actor."""
    thing = things()[name]
    if name in APPLICATIONS:
        return sees_application(actor, thing)
    return may(actor, "view", thing)


def may_with_bodies(actor: str, action: str, municipality: str) -> bool:
    """Its own people, and those of every place from which one of its participations is reached."""
    role, over = MANDATES.get(actor, ("", ""))
    if not role or actor in OUT | ENDED:
        return False
    taking_part = [
        one for one in things().values() if one.municipality == municipality and one.handed_in
    ]
    reached = over == municipality or any(over in (one.programme, one.name) for one in taking_part)
    return reached and action in DOES[role]


def sees_person(actor: str, other: str) -> bool:
    """Whether the search may name the other: both hold a role where one of these is reached."""
    if actor == other:
        return True
    if other in OUT | ENDED or other not in MANDATES:
        return False
    _role, over = MANDATES[other]
    return any(
        may(actor, "view_people", thing)
        for thing in things().values()
        if thing.handed_in and over in (thing.programme, thing.municipality, thing.name)
    )


def sees_body(actor: str, name: str) -> bool:
    return may_with_bodies(actor, "view", BODIES[name])


def sees_call(actor: str, name: str) -> bool:
    """The programme's people; while it is open also whoever may apply for a municipality."""
    role, over = MANDATES.get(actor, ("", ""))
    if not role or actor in OUT | ENDED:
        return False
    applies = name.startswith("open") and role in ("coordinator", "signatory")
    return applies or name.endswith(f"call of {over}")


def sees_question(actor: str, name: str) -> bool:
    """With its answer whoever sees the call; before, whoever answers it. The asker is no actor."""
    if not QUESTIONS[name]:
        return actor == "manager of P"
    return sees_call(actor, "open call of P")
