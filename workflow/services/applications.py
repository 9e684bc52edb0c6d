"""Applications: drafted by the lead, agreed to by each member, handed in before the deadline."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import Municipality
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.conditions import Condition, met_if
from workflow.eligibility import eligibility, excluded
from workflow.errors import ChangedMeanwhile, NotReady, Refused
from workflow.models import Application, Call, Member
from workflow.permissions import can
from workflow.services.locks import bounded, demand, locked, locked_track
from workflow.services.opening import open_all
from workflow.services.saving import save_head
from workflow.stages import CLOSED

TEXTS = ["summary", "situation", "contact"]
Status = Application.Status


@transaction.atomic
def open_application(call: Call, lead: Municipality, *, by: Any) -> Application:
    """Begin an application as the lead. One of a municipality to a call, until it is decided.

    The programme manager may begin one too, to register what came on paper.
    """
    track = locked_track(call.track_id)
    _applicant(by, lead, call)
    refuse_if_bound(call, lead)
    number = Application.objects.filter(call__track=track).count() + 1
    application = Application.objects.create(
        reference=f"{track.code}-A{number:03d}", call=call, lead=lead, opened_by=by
    )
    Member.objects.create(application=application, municipality=lead)
    return application


def _applicant(by: Any, lead: Municipality, call: Call) -> Actor:
    """Who may write this application: the lead's people, or the manager for a paper one."""
    if can(by, "register_application", call):
        return demand(by, "register_application", call)
    return demand(by, "apply", lead)


@transaction.atomic
def save_application(
    application: Application, *, by: Any, expected_version: int, **texts: str
) -> Application:
    """Save the texts of a draft. Raises ChangedMeanwhile when somebody saved it since."""
    application = editable(application, by)
    if application.version != expected_version:
        raise ChangedMeanwhile(application)
    before = [getattr(application, name) for name in TEXTS]
    for name in TEXTS:
        setattr(application, name, bounded(texts.get(name, getattr(application, name))))
    if before != [getattr(application, name) for name in TEXTS]:
        ask_again(application)
    application.version += 1
    application.save()
    return application


def ask_again(application: Application) -> None:
    """Who agreed, agreed to another text; the lead wrote this one itself."""
    agreed = application.members.filter(consent=Member.Consent.GIVEN)
    agreed.exclude(municipality=application.lead_id).update(
        consent=Member.Consent.AWAITED, consent_on=None, consent_by=None, consent_at=None
    )


@transaction.atomic
def add_member(application: Application, municipality: Municipality, *, by: Any) -> Member:
    """Ask a municipality into the application; it has yet to consent."""
    application = editable(application, by)
    if not application.call.procedure.rules["joint_applications"]:
        raise Refused(_("This call takes applications of single municipalities only."))
    if application.members.filter(municipality=municipality).exists():
        raise Refused(_("%s is in this application already.") % municipality.name)
    refuse_if_bound(application.call, municipality)
    return Member.objects.create(application=application, municipality=municipality)


def refuse_if_bound(call: Call, municipality: Municipality) -> None:
    """Once in a call at a time. Who refused, withdrew or was not selected is free again."""
    rows = Member.objects.filter(application__call=call, municipality=municipality)
    rows = rows.exclude(application__status__in=[Status.REJECTED, Status.WITHDRAWN])
    for member in rows.exclude(consent=Member.Consent.REFUSED).select_related("application"):
        left = member.application.participations.filter(municipality=municipality)
        if not left.filter(stage__in=CLOSED).exists():
            said = _("%s is in an application to this call already.")
            raise Refused(said % municipality.name)


@transaction.atomic
def withdraw_draft(application: Application, *, by: Any, expected_version: int) -> Application:
    """Give up what was never handed in. It stays on record; the lead may begin another.

    Once handed in there are participations, and each municipality withdraws its own.
    """
    application = editable(application, by)
    if application.version != expected_version:
        raise ChangedMeanwhile(application)
    if application.submitted_at:
        raise Refused(_("Handed in once; each municipality now withdraws its participation."))
    application.status = Status.WITHDRAWN
    application.version += 1
    application.save()
    return application


@transaction.atomic
def remove_member(member: Member, *, by: Any) -> None:
    """Take a municipality out of a draft. After the first hand-in only it itself can leave."""
    application = editable(member.application, by)
    if member.municipality_id == application.lead_id:
        raise Refused(_("The lead cannot be taken out of its own application."))
    if application.submitted_at:
        raise Refused(_("Handed in once; a municipality now leaves by withdrawing."))
    member.delete()


@transaction.atomic
def answer_consent(member: Member, *, by: Any, agrees: bool, decided_on: date) -> Member:
    """The member's signatory agrees or not. Told in its log, if the participation is there."""
    application = locked_application(member.application)
    member = application.members.select_related("municipality").get(pk=member.pk)
    actor = _consenting(by, member, application)
    if application.status not in (Status.DRAFT, Status.RETURNED, Status.SUBMITTED):
        raise Refused(_("This application is decided already."))
    if decided_on > timezone.localdate():
        raise Refused(_("The date of the decision cannot lie in the future."))
    member.consent = Member.Consent.GIVEN if agrees else Member.Consent.REFUSED
    member.consent_on, member.consent_by, member.consent_at = decided_on, by, timezone.now()
    member.save()
    facts = {"municipality": member.municipality.code, "consent": str(member.consent)}
    _tell(application, Line("answer_consent", decided_on=decided_on, facts=facts), actor)
    return member


def _consenting(by: Any, member: Member, application: Application) -> Actor:
    """The signatory; or the manager, for a consent that came on paper."""
    if can(by, "register_application", application):
        return demand(by, "register_application", application)
    return demand(by, "consent", member)


@transaction.atomic
def submit_application(
    application: Application,
    *,
    by: Any,
    expected_version: int,
    arrived_at: datetime | None = None,
) -> Application:
    """Hand the application in; the participations of its members begin here.

    Until the deadline, by the server's clock. Only the programme manager, registering what came
    on paper, states when it arrived (`arrived_at`). Raises NotReady with what is missing.
    """
    application = editable(application, by)
    if application.version != expected_version:
        raise ChangedMeanwhile(application)
    actor = _applicant(by, application.lead, application.call)
    if arrived_at and actor.role != "programme_manager":
        raise Refused(_("Only the programme manager registers applications that came on paper."))
    when = arrived_at or timezone.now()
    tree = may_be_handed_in(application, when, on_paper=bool(arrived_at))
    if not tree:
        raise NotReady(tree)
    application.status, application.submitted_at = Status.SUBMITTED, when
    application.version += 1
    application.save()
    _open_or_tell(application, actor, timezone.localdate(when))
    return application


def may_be_handed_in(
    application: Application, when: datetime, *, on_paper: bool = False
) -> Condition:
    """What an application needs before it is handed in, each with its answer."""
    call, day = application.call, timezone.localdate(when)
    members = list(application.members.select_related("municipality"))
    least = call.procedure.rules["members_at_least"]
    parts = [
        Condition(_("The deadline has not passed."), _in_time(call, when, on_paper)),
        Condition(_("What you plan is described."), met_if(bool(application.summary))),
        Condition(
            at_least_in_words(least),
            met_if(len(members) == 1 or len(members) >= least),
        ),
        *[_eligible(application, member, day) for member in members],
    ]
    return Condition(_("The application can be handed in."), parts=tuple(parts))


def at_least_in_words(least: int) -> str:
    said = ngettext(
        "A joint application has at least %d municipality.",
        "A joint application has at least %d municipalities.",
        least,
    )
    return said % least


def _in_time(call: Call, when: datetime, on_paper: bool) -> Any:
    if on_paper and call.due_at is None:
        return met_if(True)  # an old call whose deadline is to be confirmed
    began = on_paper or call.is_open
    return met_if(bool(began and call.due_at and when < call.due_at and when <= timezone.now()))


def _eligible(application: Application, member: Member, day: date) -> Condition:
    tree = eligibility(application.call.procedure, member.municipality, day)
    return Condition(tree.sentence, parts=tuple(excluded(tree)))


def _open_or_tell(application: Application, actor: Actor, day: date) -> None:
    """Participations for members that have none yet; an entry for those returned before."""
    known = set(application.participations.values_list("municipality", flat=True))
    fresh = [
        member.municipality
        for member in application.members.select_related("municipality").order_by("pk")
        if member.municipality_id not in known
    ]
    _tell(application, Line("submit_application", facts={"application": str(application)}), actor)
    if fresh:
        track = locked_track(application.call.track_id)
        open_all(track, fresh, by=actor, decided_on=day, application=application)


@transaction.atomic
def return_application(application: Application, *, by: Any, remarks: str) -> Application:
    """Return a handed-in application for correction, with remarks that say what to mend."""
    application = locked_application(application)
    actor = demand(by, "return_application", application)
    said = bounded(remarks)
    if not said:
        raise Refused(_("Write what has to be corrected before you return it."))
    if application.status != Status.SUBMITTED:
        raise Refused(_("Only an application that waits for its decision can be returned."))
    application.status, application.remarks = Status.RETURNED, said
    application.version += 1
    application.save()
    facts = {"application": application.reference}
    _tell(application, Line("return_application", reason=said, facts=facts), actor)
    return application


def editable(application: Application, by: Any) -> Application:
    """The locked application, if this person may write it and it is still written."""
    application = locked_application(application)
    _applicant(by, application.lead, application.call)
    if not application.is_editable:
        raise Refused(why_not_editable(application))
    return application


def why_not_editable(application: Application) -> str:
    """The sentence for whoever wanted to write what is written no more."""
    if application.status == Status.WITHDRAWN:
        return _("This application is withdrawn and cannot be changed any more.")
    return _("This application is handed in and cannot be changed now.")


def locked_application(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).with_names()
    return rows.get(pk=application.pk)


def _tell(application: Application, line: Line, by: Actor) -> None:
    """The same line in the log of every open participation of the application."""
    pks: Iterable[int] = application.participations.open().values_list("pk", flat=True)
    for participation in locked(pks):
        log.append(participation, line, by=by)
        save_head(participation)
