"""The shipped templates, drawn in the language that is active: one layout, words from gettext.

They are models. A programme fetches the one in its language, writes its own sentences in Word, and
sends it back. What no document states is a line to be filled in by hand.
"""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from documents.papers.drawing import Paper


def field(name: str) -> str:
    """As a template names a field; where it is empty, a line to write on."""
    return "{{ " + name + " or blank }}"


def case_facts() -> list[tuple[str, str]]:
    return [
        (_("Municipality"), "{{ municipality }}"),
        (_("Programme"), "{{ programme }}"),
        (_("Track"), "{{ track }}"),
        (_("Reference"), "{{ reference }}"),
    ]


def memorandum(paper: Paper) -> None:
    paper.title(_("Memorandum of cooperation"))
    paper.line("{{ programme }}", bold=True)
    paper.facts(
        [
            *case_facts(),
            (_("Donors"), field("donors_stated")),
            (_("Period"), field("period")),
            (_("Procedure"), "{{ procedure }}"),
        ]
    )
    paper.heading(_("1. Parties"))
    paper.line(_("For the programme: %(who)s.") % {"who": field("implementers")})
    signs = {"municipality": "{{ municipality }}", "who": field("signatory")}
    paper.line(_("For the municipality: %(municipality)s; signed by: %(who)s.") % signs)
    paper.heading(_("2. Subject"))
    paper.only_if("objective", "{{ objective }}")
    paper.line(
        _("The parties work together through these stages: %(route)s.") % {"route": "{{ route }}"}
    )
    paper.heading(_("3. What the municipality does"))
    paper.repeat("duty in duties_of_municipality", "{{ duty.title }} ({{ duty.stage }})")
    paper.heading(_("4. What the programme does"))
    paper.repeat("duty in duties_of_programme", "{{ duty.title }} ({{ duty.stage }})")
    paper.heading(_("5. Persons in charge"))
    paper.line(_("Coordinator of the municipality: %(who)s.") % {"who": field("coordinator")})
    paper.line(_("Mentor: %(who)s.") % {"who": field("mentor")})
    paper.heading(_("6. Duration"))
    paper.line(
        _(
            "The memorandum holds from the day on which the last party signs it to the end of the "
            "participation."
        )
    )
    paper.line(_("Number of copies: %(count)s.") % {"count": "{{ blank }}"})
    day = _("Place and date:") + " {{ blank }}"
    paper.signatures(
        (_("For the programme"), field("manager"), "{{ manager_function }}", day, "{{ blank }}"),
        (
            _("For the municipality"),
            field("signatory"),
            "{{ signatory_function }}",
            day,
            "{{ blank }}",
        ),
    )


def appointment_decision(paper: Paper) -> None:
    paper.facts(
        [
            (_("Issued by"), field("body.act_body")),
            (_("Number"), field("body.act_number")),
            (_("Date"), field("body.act_on")),
            (_("Municipality"), "{{ municipality }}"),
            (_("Reference"), "{{ reference }}"),
        ]
    )
    paper.line(_("Legal basis (law, statute, article): %(blank)s") % {"blank": "{{ blank }}"})
    paper.title(_("Decision on the appointment of the planning body"))
    paper.heading(_("1. The body"))
    paper.line(_("This body is appointed: %(name)s.") % {"name": field("body.name")})
    paper.heading(_("2. Members"))
    paper.line(_("These institutions hold the seats; each names its person."))
    paper.rows(
        [_("Institution"), _("Function in the body"), _("Person named")],
        "member in body.members",
        ["{{ member.institution }}", "{{ member.seat }}", "{{ blank }}"],
    )
    paper.heading(_("3. Tasks"))
    paper.line(
        _(
            "The body analyses the situation, proposes priorities, takes part in drafting the "
            "planning documents, and follows how they are carried out. Programme: “%(programme)s”."
        )
        % {"programme": "{{ programme }}"}
    )
    paper.line(_("The body adopts its rules of procedure at its first session."))
    paper.heading(_("4. Effect"))
    paper.line(_("This decision holds from the day on which it is issued."))
    paper.line(_("Official gazette: %(gazette)s.") % {"gazette": field("body.gazette")})
    paper.signatures(("",), (field("signatory_function"), field("signatory"), "{{ blank }}"))


def transition_record(paper: Paper) -> None:
    paper.title(_("Transition record"))
    paper.line("{{ transition.title }}", bold=True)
    paper.facts(
        [
            *case_facts(),
            (_("From the stage"), "{{ transition.from_stage or '–' }}"),
            (_("To the stage"), "{{ transition.to_stage }}"),
            (_("Decided on"), "{{ transition.decided_on }}"),
            (_("Recorded on"), "{{ transition.recorded_at }}"),
            (_("Decided by"), "{{ transition.who }}"),
            (_("Reason"), "{{ transition.reason or '–' }}"),
            (_("Procedure then"), "{{ transition.procedure }}"),
            (_("Entry in the log"), "{{ transition.entry }}"),
            (_("Fingerprint of the entry"), "{{ transition.fingerprint }}"),
        ]
    )
    paper.heading(_("Conditions as they were judged then"))
    paper.rows(
        [_("Condition"), _("Status")],
        "line in transition.conditions",
        ["{{ line.sentence }}", "{{ line.outcome }}"],
    )
    paper.heading(_("What is owed now"))
    steps_table(paper, "steps")
    paper.signatures(("",), (_("For the programme"), field("manager"), "{{ blank }}"))


def next_steps(paper: Paper) -> None:
    paper.title(_("Next steps") + ": {{ municipality }}")
    paper.facts([*case_facts(), (_("Stage"), "{{ stage }}"), (_("Date"), "{{ today }}")])
    paper.heading(_("What the municipality does next"))
    steps_table(paper, "next_steps")
    paper.heading(_("Whom we wait for"))
    steps_table(paper, "awaited_steps")
    paper.heading(_("Whom to ask"))
    paper.facts(
        [
            (_("Coordinator"), field("coordinator")),
            (_("Mentor"), field("mentor")),
            (_("Programme manager"), field("manager")),
        ]
    )


def steps_table(paper: Paper, steps: str) -> None:
    paper.rows(
        [_("What"), _("Whose turn"), _("By when"), _("Status")],
        f"step in {steps}",
        ["{{ step.title }}", "{{ step.turn or step.role }}", "{{ step.due }}", "{{ step.status }}"],
    )


LAYOUTS: dict[str, tuple[Callable[[], str], Callable[[Paper], None]]] = {
    "memorandum": (lambda: _("Memorandum of cooperation"), memorandum),
    "appointment_decision": (
        lambda: _("Decision on the appointment of the planning body"),
        appointment_decision,
    ),
    "transition_record": (lambda: _("Transition record"), transition_record),
    "next_steps": (lambda: _("Next steps"), next_steps),
}


def drawn(key: str, language: str) -> bytes:
    """The template `key` in one language and script, the same bytes whenever it is drawn."""
    title, draw = LAYOUTS[key]
    with translation.override(language):
        paper = Paper(title(), language)
        draw(paper)
    return paper.drawn()
