"""Mandates: given, ended and handed over, each with the guardian right that enforces it.

The record and its enforcement are written together, here and nowhere else. Mandates over a
municipality or a participation are told in the log of every open participation they reach;
mandates over a programme stand in their own rows, since each entry names the role anyway.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from guardian.models import UserObjectPermission

from municipalities.models import Invitation, Mandate, Municipality
from municipalities.models.mandates import INVITATION_LASTS, digest_of, new_token
from municipalities.roles import Role, right_of
from workflow.audit import log
from workflow.audit.log import SYSTEM, Actor, Line
from workflow.errors import NotAllowed, Refused
from workflow.models import Participation
from workflow.permissions import MAY_APPOINT, PLACES, can
from workflow.services.locks import bounded, demand, locked
from workflow.services.saving import save_head

User = get_user_model()


@transaction.atomic
def give_mandate(
    user: Any,
    role: str,
    *,
    over: Any,
    by: Any,
    function: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Mandate:
    """Write the mandate and the right that enforces it, together.

    `by` is a person with the right to appoint here; a superuser may too, so that the first
    manager can be appointed. Raises NotAllowed, Refused.
    """
    actor = appointer(by, "invite", role, over)
    return begin(user, role, over, actor, bounded(function, 200), starts_on, ends_on)


def begin(
    user: Any,
    role: str,
    over: Any,
    actor: Actor,
    function: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    told: dict[str, Any] | None = None,
) -> Mandate:
    """The mandate, its right and its entries, once somebody with the right decided so."""
    refuse_odd_place(role, over)
    if actor.user and actor.user.pk == user.pk and not user.is_superuser:
        raise Refused(_("Nobody appoints themselves."))
    end_expired(user, role, over)
    place = ContentType.objects.get_for_model(over)
    today = timezone.localdate()
    mandate = Mandate(
        user=user, role=role, function=function, place_type=place, place_id=over.pk,
        starts_on=starts_on or today, ends_on=ends_on, given_by=actor.user,
    )  # fmt: skip
    if ends_on and ends_on < mandate.starts_on:
        raise Refused(_("A mandate cannot end before it begins."))
    if Mandate.objects.over(over).filter(user=user, role=role, ended_at=None).exists():
        raise Refused(_("%s holds this role here already.") % user)
    mandate.save()
    grant(mandate)
    tell(mandate, "give_mandate", actor, told or {})
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: Any) -> Mandate:
    """End a mandate now; its right goes with it, and the next request is refused."""
    actor = appointer(by, "end_mandate", mandate.role, mandate.place)
    return finish(mandate, actor, {})


def finish(mandate: Mandate, actor: Actor, told: dict[str, Any]) -> Mandate:
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.ended_at:
        raise Refused(_("This mandate has ended already."))
    close(mandate, by=actor.user)
    tell(mandate, "end_mandate", actor, told)
    return mandate


@transaction.atomic
def hand_over(mandate: Mandate, to: Any, *, by: Any, function: str = "") -> Mandate:
    """Hand a role on in one act: the old mandate ends, the new one begins, both in the log.

    The entries carry what is still open, so that the successor starts with the whole list.
    Raises NotAllowed, Refused.
    """
    actor = appointer(by, "hand_over", mandate.role, mandate.place)
    refuse_others_mandate(actor, mandate)
    if to.pk == mandate.user_id:
        raise Refused(_("A role is handed over to another person."))
    place = mandate.place
    finish(mandate, actor, {"handed_over_to": to.pk})
    told = {"taken_over_from": mandate.user_id}
    return begin(to, mandate.role, place, actor, bounded(function, 200), told=told)


def refuse_others_mandate(actor: Actor, mandate: Mandate) -> None:
    """A coordinator hands over what is theirs; the others answer for the whole place."""
    if actor.role == Role.COORDINATOR and actor.user.pk != mandate.user_id:
        raise NotAllowed(_("You can hand over your own role only."))


def appointer(by: Any, action: str, role: str, over: Any) -> Actor:
    """The actor, if this person may appoint to this role at this place."""
    if by.is_superuser and by.is_active:
        with translation.override(settings.RECORD_LANGUAGE):
            return Actor(by, function=_("system administrator"))
    if role not in list(Role):
        raise Refused(_("There is no such role."))
    allowed = [own for own, others in MAY_APPOINT.items() if role in others]
    verdict = can(by, action, over, roles=allowed)
    if not verdict:
        demand(by, action, over)
        raise NotAllowed(_("Your role does not appoint to this one."))
    return verdict.actor


def refuse_odd_place(role: str, over: Any) -> None:
    if over._meta.model_name not in PLACES[Role(role)]:
        raise Refused(_("This role cannot be held here: %s.") % Role(role).label)


def grant(mandate: Mandate) -> None:
    """The guardian right of a mandate; one row, whichever other mandates stand beside it."""
    permission = Permission.objects.get(
        content_type=mandate.place_type, codename=right_of(mandate.role)
    )
    mandate.right, _made = UserObjectPermission.objects.get_or_create(
        user=mandate.user,
        permission=permission,
        content_type=mandate.place_type,
        object_pk=str(mandate.place_id),
    )
    mandate.save(update_fields=["right"])


def close(mandate: Mandate, *, by: Any) -> None:
    """End the row and take the right away."""
    right, mandate.right = mandate.right, None
    mandate.ended_at, mandate.ended_by = timezone.now(), by
    mandate.ends_on = max(mandate.starts_on, min(timezone.localdate(), mandate.ends_on or date.max))
    mandate.save(update_fields=["right", "ended_at", "ended_by", "ends_on"])
    if right:
        right.delete()


def end_expired(user: Any, role: str, over: Any) -> None:
    """A mandate whose last day is past no longer counts; its row is closed before the next."""
    past = Mandate.objects.over(over).filter(
        user=user, role=role, ended_at=None, ends_on__lt=timezone.localdate()
    )
    for mandate in past:
        close(mandate, by=None)


def end_expired_mandates() -> int:
    """Close the rows of mandates whose last day is past, each with its entries. How many."""
    past = Mandate.objects.filter(ended_at=None, ends_on__lt=timezone.localdate())
    return sum(end_one_expired(pk) for pk in past.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def end_one_expired(pk: int) -> bool:
    """False where somebody else was faster."""
    mandate = Mandate.objects.select_for_update().get(pk=pk)
    if mandate.ended_at:
        return False
    close(mandate, by=None)
    tell(mandate, "end_mandate", SYSTEM, {})
    return True


def tell(mandate: Mandate, verb: str, actor: Actor, more: dict[str, Any]) -> None:
    """One entry in each open participation that the mandate reaches."""
    told = {
        "mandate": mandate.pk,
        "user": mandate.user_id,
        "role": mandate.role,
        "function": mandate.function,
        "over": mandate.place_type.model,
        "from": mandate.starts_on.isoformat(),
        "until": mandate.ends_on.isoformat() if mandate.ends_on else None,
    }
    for participation in locked(reached_by(mandate)):
        steps = {"open_steps": open_steps(participation, mandate.role)} if more else {}
        log.append(participation, Line(verb, facts=told | more | steps), by=actor)
        save_head(participation)


def reached_by(mandate: Mandate) -> list[int]:
    model = mandate.place_type.model_class()
    if model is Municipality:
        rows = Participation.objects.open().filter(municipality=mandate.place_id)
    else:
        rows = Participation.objects.filter(pk=mandate.place_id)
        rows = rows if model is Participation else rows.none()
    return list(rows.values_list("pk", flat=True))


def open_steps(participation: Participation, role: str) -> list[dict[str, Any]]:
    """What the role still owes there, as the entry of a handover tells it."""
    owed = [step for step in participation.present_steps if step.turn == role]
    return [
        {
            "key": step.key,
            "occurrence": step.occurrence,
            "status": str(step.status),
            "due": step.due_at.isoformat() if step.due_at else None,
        }
        for step in owed
    ]


@transaction.atomic
def invite(
    email: str,
    role: str,
    *,
    over: Any,
    by: Any,
    function: str = "",
    takes_over_from: Mandate | None = None,
) -> tuple[Invitation, str]:
    """An invitation and the token of its link. The token is told once and never stored.

    With `takes_over_from` the acceptance is a handover of that mandate.
    """
    action = "hand_over" if takes_over_from else "invite"
    actor = appointer(by, action, role, over)
    if takes_over_from:
        refuse_others_mandate(actor, takes_over_from)
    refuse_odd_place(role, over)
    token, now = new_token(), timezone.now()
    invitation = Invitation.objects.create(
        email=email.strip().lower(), role=role, function=bounded(function, 200),
        place_type=ContentType.objects.get_for_model(over), place_id=over.pk,
        digest=digest_of(token), invited_by=by, expires_at=now + INVITATION_LASTS,
        takes_over_from=takes_over_from,
    )  # fmt: skip
    return invitation, token


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Any) -> None:
    """The link no longer works."""
    action = "hand_over" if invitation.takes_over_from_id else "invite"
    appointer(by, action, invitation.role, invitation.place)
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
    waiting.update(revoked_at=timezone.now())


@transaction.atomic
def accept_invitation(token: str, *, user: Any) -> Mandate:
    """Take up the mandate of an invitation; the person must hold the address it went to.

    The right of the inviter is judged again: one whose mandate ended since invites nobody.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("invited_by")
    invitation = rows.filter(digest=digest_of(token)).first()
    if invitation is None or not invitation.is_open:
        raise Refused(_("This invitation is no longer valid. Ask for a new one."))
    if user.email.lower() != invitation.email:
        raise Refused(_("This invitation went to another e-mail address."))
    over, old = invitation.place, invitation.takes_over_from
    action = "hand_over" if old else "invite"
    actor = appointer(invitation.invited_by, action, invitation.role, over)
    taken: dict[str, Any] = {"invitation": invitation.pk}
    if old and not old.ended_at:
        finish(old, actor, {"handed_over_to": user.pk} | taken)
        taken["taken_over_from"] = old.user_id
    mandate = begin(user, invitation.role, over, actor, invitation.function, told=taken)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    return mandate
