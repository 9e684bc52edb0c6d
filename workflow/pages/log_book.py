"""The log as auditors and managers read it: which entries, chosen how, told in which words."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from municipalities.models import Municipality
from municipalities.roles import Role
from web.forms import DayField
from web.script.content import in_script
from web.script.dates import long_date, without_double_stops
from web.script.fold import in_alphabet
from workflow.audit.models import Entry
from workflow.conditions import Condition, Outcome
from workflow.models import Participation, Programme
from workflow.models.participation import ParticipationQuerySet
from workflow.pages.reached import reached
from workflow.pages.timeline import stage_name, versions_in, who_acted, with_step
from workflow.verbs import VERBS, happened

A_PAGE = 50
BELGRADE = ZoneInfo("Europe/Belgrade")
CHANNELS = {
    "web": gettext_lazy("web pages"),
    "admin": gettext_lazy("administration"),
    "command": gettext_lazy("command line"),
    "system": gettext_lazy("system"),
    "api": gettext_lazy("interface for programs"),
}


def auditable(user: Any) -> ParticipationQuerySet:
    """The participations whose log this person may read. NotAllowed where there can be none."""
    return Participation.objects.visible_to(user).within(reached(user, "view_log"))


@dataclass(frozen=True)
class Filters:
    """What the reader asked for in the address; whatever makes no sense is left out."""

    programme: str = ""
    q: str = ""
    kind: str = ""
    role: str = ""
    channel: str = ""
    since: str = ""
    until: str = ""
    waivers: str = ""
    back: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Filters":
        told = {field.name: asked.get(field.name, "").strip() for field in fields(cls)}
        told["q"] = told["q"][:200].replace("\0", "")
        told["programme"] = told["programme"][:100].replace("\0", "")
        known = {"kind": VERBS, "role": Role.values, "channel": CHANNELS}
        told |= {name: told[name] if told[name] in known[name] else "" for name in known}
        told |= {name: day_in(told[name]) for name in ("since", "until")}
        told |= {name: "1" if told[name] else "" for name in ("waivers", "back")}
        return cls(**told)

    @property
    def chosen(self) -> dict[str, str]:
        """Those that are set, by name."""
        return {name: value for name, value in vars(self).items() if value}

    def address(self, **changed: Any) -> str:
        """The query of the address with these filters, some changed."""
        told = vars(self) | changed
        return "?" + urlencode({name: value for name, value in told.items() if value})


def day_in(text: str) -> str:
    """A day as people type it (12.10.2007.) or in ISO form, in ISO form; "" for anything else."""
    try:
        day = DayField(required=False).clean(text)
    except ValidationError:
        return ""
    return day.isoformat() if day else ""


def typed(day: str) -> str:
    """An ISO day as people type it: 12.10.2007."""
    return date.fromisoformat(day).strftime("%d.%m.%Y.") if day else ""


@dataclass(frozen=True)
class LogLine:
    """One entry as a line of the table."""

    entry: Entry
    kind: str
    move: str
    who: str
    evidence: str

    @classmethod
    def of(cls, entry: Entry) -> "LogLine":
        return cls(
            entry,
            kind=with_step(happened(entry.verb), entry),
            move=move_in(entry),
            who=who_acted(entry, with_names=True),
            evidence=evidence_in(entry),
        )


def move_in(entry: Entry) -> str:
    if entry.verb == "change_procedure":
        return versions_in(entry)
    if not entry.source or entry.source == entry.target:
        return ""
    return f"{stage_name(entry.source)} → {stage_name(entry.target)}"


def evidence_in(entry: Entry) -> str:
    """What the entry rests on: how many pieces, or the beginning of the fingerprint of one."""
    evidence = entry.facts.get("evidence")
    if not evidence:
        return ""
    if isinstance(evidence, dict) and "digest" not in evidence:
        number = len(evidence)
        return ngettext("%d piece of evidence", "%d pieces of evidence", number) % number
    digest = evidence if isinstance(evidence, str) else evidence["digest"]
    return _("evidence, fingerprint %s…") % digest[:8]


@dataclass
class LogBook:
    """One page of the log, with what its filters offer."""

    filters: Filters
    page: Page
    lines: list[LogLine]
    programmes: list[Programme]

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        return list(VERBS.items())

    @property
    def roles(self) -> list[tuple[str, Any]]:
        return list(Role.choices)

    @property
    def channels(self) -> list[tuple[str, Any]]:
        return [(channel, channel_name(channel)) for channel in CHANNELS]

    @property
    def since(self) -> str:
        return typed(self.filters.since)

    @property
    def until(self) -> str:
        return typed(self.filters.until)

    @property
    def chips(self) -> list[dict[str, str]]:
        """The chosen filters in words, each with the address of the log without it."""
        return [
            {"label": self.said(name, value), "without": self.filters.address(**{name: ""})}
            for name, value in self.filters.chosen.items()
        ]

    def said(self, name: str, value: str) -> str:
        names = {programme.key: str(programme) for programme in self.programmes}
        return {
            "programme": lambda: names.get(value, value),
            "q": lambda: _("Search: %s") % value,
            "kind": lambda: happened(value),
            "role": lambda: str(Role(value).label),
            "channel": lambda: channel_name(value),
            "since": lambda: _("from %s") % long_date(value),
            "until": lambda: _("until %s") % long_date(value),
            "waivers": lambda: _("only waivers"),
            "back": lambda: _("only step backs"),
        }[name]()

    @property
    def newer(self) -> str:
        return self._page(self.page.previous_page_number) if self.page.has_previous() else ""

    @property
    def older(self) -> str:
        return self._page(self.page.next_page_number) if self.page.has_next() else ""

    def _page(self, number: Any) -> str:
        return self.filters.address(page=number())


def channel_name(channel: str) -> str:
    return str(CHANNELS.get(channel, channel))


def chosen_participations(visible: ParticipationQuerySet, filters: Filters) -> Any:
    """Those that the filters on programme and municipality leave."""
    if filters.programme:
        visible = visible.filter(programme__key=filters.programme)
    if filters.q:
        found = Municipality.objects.matching(filters.q)
        visible = visible.filter(Q(municipality__in=found) | Q(reference__icontains=filters.q))
    return visible


def chosen_entries(visible: ParticipationQuerySet, filters: Filters) -> QuerySet[Entry]:
    """The entries that all filters leave, newest first."""
    rows = Entry.objects.filter(participation__in=chosen_participations(visible, filters))
    equal = {"verb": filters.kind, "role": filters.role, "channel": filters.channel}
    rows = rows.filter(**{column: value for column, value in equal.items() if value})
    if filters.since:
        rows = rows.filter(recorded_us__gte=beginning_of(filters.since))
    if filters.until:
        rows = rows.filter(recorded_us__lt=beginning_of(filters.until, days=1))
    verbs = {"waive": filters.waivers, "step_back": filters.back}
    if any(verbs.values()):
        rows = rows.filter(verb__in=[verb for verb, wanted in verbs.items() if wanted])
    return rows.newest_first()


def beginning_of(day: str, *, days: int = 0) -> int:
    """Midnight in Belgrade, so many days later, in microseconds of UTC."""
    midnight = datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(), BELGRADE)
    return int(midnight.timestamp()) * 1_000_000


def with_names(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With all that a line says, in one query."""
    return entries.select_related(
        "by", "reason_kept", "step", "participation__municipality__parent",
        "participation__programme",
    )  # fmt: skip


def log_book(visible: ParticipationQuerySet, asked: QueryDict) -> LogBook:
    """One page of the log. The same few queries for one entry and for fifty."""
    filters = Filters.of(asked)
    rows = with_names(chosen_entries(visible, filters))
    page = one_page(rows, asked.get("page"))
    programmes = Programme.objects.filter(pk__in=visible.values("programme"))
    return LogBook(filters, page, [LogLine.of(entry) for entry in page], in_alphabet(programmes))


def one_page(entries: QuerySet[Entry], number: str | None) -> Page:
    return Paginator(entries, A_PAGE).get_page(number)


def evaluated(tree: dict[str, Any]) -> Condition:
    """The readiness tree as it was evaluated then; days in words, since they lie in the past."""
    due = tree["due"]
    recorded_in_serbian = settings.RECORD_LANGUAGE.startswith("sr")
    return Condition(
        in_script(tree["sentence"]) if recorded_in_serbian else tree["sentence"],
        Outcome(tree["outcome"]),
        turn=tree["turn"],
        hint=without_double_stops(_("It was due on %s.") % long_date(due)) if due else "",
        parts=tuple(evaluated(part) for part in tree["parts"]),
    )
