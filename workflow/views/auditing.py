"""The log for those who audit: all of it, of one participation, and one entry in full."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from web.script.numbers import number
from workflow.audit.models import Entry
from workflow.audit.verifications import verify_and_keep
from workflow.audit.verify import verify
from workflow.errors import NotAllowed, Refused
from workflow.models import Participation
from workflow.pages.facts import facts_in_words
from workflow.pages.log_book import (
    Filters,
    LogLine,
    auditable,
    channel_name,
    chosen_participations,
    evaluated,
    log_book,
    one_page,
    with_names,
)
from workflow.pages.verdicts import last_verdicts, verdict_on
from workflow.permissions import can
from workflow.views.doors import explains_refusals

AT_ONCE = 200_000  # entries; about six seconds, the longest that somebody should wait for a page


@require_safe
@explains_refusals
def log(request: HttpRequest) -> HttpResponse:
    """All entries that this person may audit, with filters in the address."""
    book = log_book(auditable(request.user), request.GET)
    verdicts = last_verdicts([programme.pk for programme in book.programmes])
    is_damaged = any(verdict.number for verdict in verdicts)
    context = {"book": book, "verdicts": verdicts, "is_damaged": is_damaged}
    return render(request, "workflow/log.html", context)


@require_POST
@explains_refusals
def verify_log(request: HttpRequest) -> HttpResponse:
    """Verify the participations that the filters leave, now; the pages then say what came out."""
    filters = Filters.of(request.POST)
    participations = chosen_participations(auditable(request.user), filters)
    entries = Entry.objects.filter(participation__in=participations).count()
    if entries > AT_ONCE:
        raise Refused(too_many(entries))
    verify_and_keep(participations, by=request.user)
    return redirect(reverse("workflow:log") + filters.address())


def too_many(entries: int) -> str:
    said = ngettext(
        "This is %(number)s entry, too many for a page. Choose a programme, or run: %(command)s",
        "These are %(number)s entries, too many for a page. Choose a programme, or run: "
        "%(command)s",
        entries,
    )
    return said % {"number": number(entries), "command": "manage.py verify_log"}


@require_safe
@explains_refusals
def participation_log(request: HttpRequest, reference: str) -> HttpResponse:
    """The log of one participation, verified each time it is shown."""
    visible = Participation.objects.visible_to(request.user).with_names()
    participation = get_object_or_404(visible, reference=reference)
    demand_log(request, participation)
    report = verify([participation])
    page = one_page(with_names(participation.entries.newest_first()), request.GET.get("page"))
    context = {
        "participation": participation,
        "verdict": verdict_on(report),
        "verified_at": timezone.now(),
        "number_of_entries": report.entries,
        "last": last_verdicts([participation.programme_id]),
        "page": page,
        "newer": f"?page={page.number - 1}" if page.has_previous() else "",
        "older": f"?page={page.number + 1}" if page.has_next() else "",
        "lines": [LogLine.of(entry) for entry in page],
    }
    return render(request, "workflow/participation_log.html", context)


@require_safe
@explains_refusals
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything that one entry recorded."""
    visible = Participation.objects.visible_to(request.user)
    rows = with_names(Entry.objects.filter(participation__in=visible))
    found = get_object_or_404(rows.select_related("participation__procedure"), pk=pk)
    demand_log(request, found.participation)
    tree = found.facts.get("readiness")
    context = {
        "entry": found,
        "line": LogLine.of(found),
        "channel": channel_name(found.channel),
        "tree": evaluated(tree) if tree else None,
        "facts": facts_in_words(found),
        "verdict": verdict_on(verify([found.participation])),
        "neighbours": neighbours(found),
    }
    return render(request, "workflow/entry.html", context)


def demand_log(request: HttpRequest, participation: Participation) -> None:
    """Who sees a participation need not see its log: then the page says which role may."""
    verdict = can(request.user, "view_log", participation)
    if not verdict:
        raise NotAllowed(verdict.sentence)


def neighbours(found: Entry) -> dict[str, Entry | None]:
    """The entries before and after it in its chain."""
    chain = Entry.objects.filter(participation=found.participation_id).only("id", "seq")
    near = {one.seq: one for one in chain.filter(seq__in=[found.seq - 1, found.seq + 1])}
    return {"before": near.get(found.seq - 1), "after": near.get(found.seq + 1)}
