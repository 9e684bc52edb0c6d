"""What Koraci offers to write for a participation, and one such paper before it is kept."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.forms.writing import FORMATS, ChoiceForm, address_of
from documents.papers.catalogue import LANGUAGES, PAPERS, Kind, offered
from documents.papers.speaking import language_of
from documents.services.wanted import Wanted
from documents.services.writing import refuse_unless_its_time
from web.context import html_lang
from workflow.audit.models import Entry
from workflow.errors import Refused
from workflow.models import Participation, Step
from workflow.pages.standing import Standing
from workflow.permissions import MAY, named


@dataclass(frozen=True)
class Offer:
    """A paper that can be written now, and where."""

    title: Any
    url: str


def offers(participation: Participation, here: Standing) -> list[Offer]:
    """Those of the present stage, for the roles that the person holds. No query."""
    return [offer(participation, kind) for kind in offered(participation, here.roles_at())]


def offer(participation: Participation, kind: Kind) -> Offer:
    return Offer(kind.title, page_url(participation, kind.key))


def offer_for(step: Step, here: Standing) -> Offer | None:
    """The paper that a step asks for, where Koraci can write it and the person may keep it."""
    key = step.demands["paper"]["key"]
    kinds = [kind for kind in offered(step.participation, here.roles_at()) if kind.key == key]
    return offer(step.participation, kinds[0]) if kinds and owed_for(kinds[0], here, step) else None


def page_url(participation: Participation, key: str) -> str:
    return reverse("documents:write_paper", args=[participation.reference, key])


def wanted_by(
    request: HttpRequest, participation: Participation, kind: Kind, decisions: list[Entry]
) -> Wanted:
    """What the address asks for; what it leaves out or misspells is the usual."""
    asked = request.GET
    language, content_type = asked.get("language", ""), FORMATS.get(asked.get("format", ""), "")
    return Wanted(
        participation,
        kind,
        language if language in LANGUAGES else language_of(participation),
        content_type if content_type in kind.formats else "",
        decision_in(decisions, asked.get("decision", "")),
        step_of(participation, kind, Standing(request.user, participation)),
    )


def decisions_of(participation: Participation, kind: Kind) -> list[Entry]:
    """Those that a record can be about, the newest first."""
    if not kind.is_about_a_decision:
        return []
    return list(participation.entries.transitions().with_people().order_by("-seq"))


def decision_in(decisions: list[Entry], asked: str) -> Entry | None:
    """The one of that number in the log, else the last one; the first is the opening."""
    if not asked or not decisions:
        return next(iter(decisions), None)
    found = next((one for one in decisions if str(one.seq) == asked), None)
    if found is None:
        raise Http404
    return found


def step_of(participation: Participation, kind: Kind, here: Standing) -> Step | None:
    """The step of the present stage that waits for this paper from this person."""
    if not participation.is_open:
        return None
    owed = (one for one in participation.present_steps if owed_for(kind, here, one))
    return next(owed, None)


def owed_for(kind: Kind, here: Standing, step: Step) -> bool:
    is_asked = step.demands.get("paper", {}).get("key") == kind.key and step.role in kind.roles
    is_taken = is_asked and step.is_in_present_stage and step.is_owed and not step.waits_for
    return is_taken and here.may("upload", roles=[step.role])


def paper_page(wanted: Wanted, user: Any, decisions: list[Entry]) -> dict[str, Any]:
    """The paper as it would be kept now, or the sentence that says why it cannot be written."""
    participation = wanted.participation
    context = {
        "participation": participation,
        "wanted": wanted,
        "choice": ChoiceForm(wanted, decisions),
        "spoken": html_lang(wanted.language),
        "query": urlencode(address_of(wanted)),
        "why_not": why_not(wanted, Standing(user, participation)),
    }
    try:
        refuse_unless_its_time(wanted)
        return context | {"preview": wanted.preview()}
    except Refused as refused:
        return context | {"hindrance": str(refused.sentence)}


def why_not(wanted: Wanted, here: Standing) -> str:
    """Why this person cannot keep it; "" where they can."""
    if not wanted.participation.is_open:
        return _("This participation has ended; nothing is uploaded to it any more.")
    if here.may("upload", roles=wanted.kind.roles):
        return ""
    roles = [role for role in MAY["upload"] if role in wanted.kind.roles]
    return _("It is kept by: %s.") % named(roles)


def kind_of(key: str) -> Kind:
    """Http404 for a paper that does not exist."""
    if key not in PAPERS:
        raise Http404
    return PAPERS[key]
