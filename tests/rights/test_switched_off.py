"""Every check of a right is worth something: switched off alone, a probe notices.

Views often ask before the door asks again, so that the page can say which role may. The pages
are therefore also sent half empty, and the doors are knocked at without a page.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone
from guardian.models import UserObjectPermission

from municipalities.models import Mandate
from municipalities.models.mandates import MandateQuerySet
from tests.rights.doors import DOORS, KNOCKING, knock
from tests.rights.matrix import Line, expectations
from tests.rights.probes import NOTHING, address, answer_of, undone
from tests.rights.switches import Check, Switches, checks
from tests.rights.test_matrix import hidden_from, probe
from workflow.permissions import can

ACTORS = ["stranger", "coordinator of B", "observer of P", "coordinator of A", "manager of P"]
ACTORS += ["evaluator of P"]
SAME_PAGE = {"reject", "start_assessment", "award_cofinancing", "move_to_sustainability",
             "complete", "discontinue", "hold", "resume", "step_back"}  # fmt: skip

ASK_BEFORE_THE_FORM = {
    "workflow:transition", "workflow:step_act", "workflow:proposal", "workflow:people",
    "workflow:hand_over", "workflow:call_publish", "workflow:record_session",
    "workflow:open_participation", "workflow:change_procedure", "workflow:call_ask",
}  # fmt: skip

# Not the checks themselves: what is asked again at once, or only decides what a page shows.
EXCUSED = {
    "services.locks.demand can": "this is how `demand` asks",
    "services.applications._applicant demand register_application": "`can` has just said yes",
    "services.applications._consenting demand register_application": "`can` has just said yes",
    "services.people.appointer demand": "only for its sentence; the next line refuses",
    "views.calls.call_page can extend_call": "shows a link; the page behind it asks",
    "views.calls.call_page can register_application": "shows a link; the page behind it asks",
    "views.calls.call_page can view_selection": "shows a link; the page behind it asks",
    "views.selection.call_selection can select": "shows links; the pages behind them ask",
    "views.calls.calls reach extend_call": "shows a link; the page behind it asks",
    "views.calls.call_extend can extend_call": "shows who may; the door asks",
    "views.calls.call_register can register_application": "shows who may; the door asks",
    "views.calls.applicants reach apply": "shows buttons; the door asks",
    "views.questions.call_answer can answer_question": "shows who may; the door asks",
    "pages.questions.question_desk can answer_question": "shows links; the door asks",
    "views.doors.sentence_on can view_people": "a page that only those get who may act",
    "views.applying.cases_of visible_to": "which references of members are links",
    "pages.filters.filtered reach view_people": "narrows; test_participation_list.py tries it",
    "pages.filters.named reach": "narrows a list that `visible_to` has made",
    "pages.prefill.prefilled visible_to": "who may write the draft reads all of its lead",
    "pages.programmes.listing visible_to": "names alone; test_programmes.py tries it",
    "pages.programmes_track.tab_of visible_to": "shows links; the page behind them asks",
    "pages.questions.question_desk visible_to": "two counts; test_questions.py tries the rows",
    "views.people.invitations_of appoints invite": "shows buttons; the door asks",
    "views.people.line_of appoints end_mandate": "shows a link; the door asks",
    "pages.log_book.auditable visible_to": "`reach` beside it holds the same people out",
    "notifications.views.deliveries.programme_deliveries demand view_deliveries": "the rows are "
    "those that `notices_seen` reaches, and the door asks",
    "notifications.pages.calendar.calendar_page visible_to": "one's own addresses; the file asks",
    "notifications.pages.calendar_file.due_of reach hand_in": "test_calendar_feed.py ends it",
    "notifications.pages.calendar_file.due_of visible_to": "test_calendar_feed.py ends it",
    "notifications.views.calendar.named visible_to": "test_calendar_address.py sends a stranger",
    "notifications.views.inbox.is_seen visible_to": "test_inbox.py ends the mandate",
    "notifications.pages.due.lines_of reach remind": "shows boxes to tick; the door asks",
    "pages.shortcuts.is_reached reach": "shows links; the pages behind them ask",
    "notifications.views.deliveries.listed can resend": "shows buttons; the door asks",
    "notifications.pages.delivery.delivery_page reach resend": "shows buttons; the door asks",
    "notifications.pages.programmes.programmes_of reach": "what a filter offers",
    "documents.pages.search.papers_of_acts reach": "narrows; `readable_by` asks of each paper",
}

Probe = Callable[[], list[str]]


def lines() -> list[Line]:
    """The matrix for a few people, without what is the same page once more.

    Who may open a page anyhow cannot notice that nobody asks any more; only a list shows more.
    """
    return [
        line
        for line in expectations()
        if line.actor in ACTORS
        and line.url.startswith(("workflow:", "documents:", "notifications:"))
        if line.variant not in SAME_PAGE and line.answer != 405
        if line.thing not in ("A in Q", "C in Q", NOTHING)
        if line.answer != "allow" or is_list(line)
    ]


def is_list(line: Line) -> bool:
    return line.method == "GET" and (line.thing == "-" or line.url == "workflow:call_questions")


@pytest.mark.skipif(
    connection.vendor == "postgresql", reason="switches Python's checks: once, on SQLite, is enough"
)
def test_switched_off_alone_every_check_is_missed_by_a_probe(world):
    every = checks()
    switches = Switches(every)
    with pytest.MonkeyPatch.context() as patch:
        switches.install(patch)
        noticed_by = probes_by_check(world, switches)
        tried = [check for check in every if not is_excused(check)]
        missed = [check for check in tried if not is_noticed(check, switches, noticed_by[check])]

    assert missed == [], "\n".join(map(str, missed))
    assert {name for name in EXCUSED if name not in {check.name for check in every}} == set()
    assert len(tried) >= 35


def is_excused(check: Check) -> bool:
    return check.name in EXCUSED


def probes_by_check(world, switches: Switches) -> dict[Check, list[Probe]]:
    """Which probes were turned away by which check, while all are on."""
    found: dict[Check, list[Probe]] = defaultdict(list)
    for one in all_probes(world):
        switches.turned_away.clear()
        wrong = one()
        assert wrong == [], "\n".join(wrong)
        for check in switches.turned_away:
            found[check].append(one)
    return found


def all_probes(world) -> list[Probe]:
    pages = [of_page(world, line) for line in lines()]
    halves = [
        half_empty(world, line)
        for line in lines()
        if line.method == "POST" and line.answer == 403
        if line.url in ASK_BEFORE_THE_FORM and not is_a_colleague(line)
    ]
    knocks = [at_door(world, name, actor) for name in DOORS for actor in KNOCKING]
    return [*knocks, *halves, *pages]


def is_a_colleague(line: Line) -> bool:
    """Whose role one cannot hand over although it is the same: only the door knows that."""
    return line.url == "workflow:hand_over" and line.thing == line.actor


def of_page(world, line: Line) -> Probe:
    hidden = hidden_from(world, line)
    return lambda: probe(world, line, hidden)


def half_empty(world, line: Line) -> Probe:
    """A form without anything in it: who may not is told so, not what is wrong with the form."""

    def send() -> list[str]:
        where = address(world, line.url, line.thing, line.variant)
        with undone():
            answer = answer_of(world.clients[line.actor].post(where, {"nothing": "1"}))
        return [] if answer == 403 else [f"{where} half empty: {answer}"]

    return send


def at_door(world, name: str, actor: str) -> Probe:
    return lambda: [said for said in [knock(world, name, actor)] if said]


def is_noticed(check: Check, switches: Switches, candidates: list[Probe]) -> bool:
    switches.off = check
    try:
        return any(fails(one) for one in candidates)
    finally:
        switches.off = None


def fails(one: Probe) -> bool:
    try:
        return one() != []
    except Exception:  # let through, it stumbles further on: that is noticed too
        return True


# What stands before and below the checks


def test_without_the_sign_in_gate_a_page_would_open(world, settings):
    gate = "django.contrib.auth.middleware.LoginRequiredMiddleware"
    path = "/accessibility/", "/calls/"

    with override_settings(MIDDLEWARE=[one for one in settings.MIDDLEWARE if one != gate]):
        client = Client(raise_request_exception=False)
        opened = [answer_of(client.get(one)) for one in path]

    assert answer_of(Client().get("/calls/")) == "sign-in"
    assert opened[0] == "allow"
    assert opened[1] != "sign-in"


def test_a_mandate_past_its_last_day_counts_by_its_date_alone(world, monkeypatch):
    case, user = world.cases["A in P"], world.users["coordinator of A"]
    yesterday = timezone.localdate() - timedelta(days=1)
    with undone():
        Mandate.objects.filter(user=user).update(ends_on=yesterday)
        assert not can(user, "view", case)

        monkeypatch.setattr(MandateQuerySet, "current", MandateQuerySet.all)
        monkeypatch.setattr(type(Mandate.objects), "current", lambda self: self.all())
        assert can(user, "view", case)


def test_a_mandate_without_its_right_does_not_count(world, monkeypatch):
    case, user = world.cases["A in P"], world.users["coordinator of A"]
    with undone():
        UserObjectPermission.objects.filter(user=user).delete()
        assert not can(user, "view", case)

        monkeypatch.setattr(MandateQuerySet, "enforced", MandateQuerySet.all)
        assert can(user, "view", case)
