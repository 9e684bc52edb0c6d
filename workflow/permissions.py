"""Which role may do what. The only such table; docs/permissions.md is printed from it.

A role is held by mandate over a programme, a municipality or a participation, and reaches the
participations of that place. A mandate counts while it runs and while the guardian right written
with it stands; both are asked in one query, on every request anew.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from municipalities.models import Mandate
from municipalities.roles import Role
from workflow.audit.log import Actor
from workflow.audit.trace import current_trace

MANAGER, MENTOR, EVALUATOR = Role.PROGRAMME_MANAGER, Role.MENTOR, Role.EVALUATOR
COORDINATOR, SIGNATORY = Role.COORDINATOR, Role.SIGNATORY
AUDITOR, OBSERVER, ADMINISTRATOR = Role.AUDITOR, Role.OBSERVER, Role.ADMINISTRATOR

MAY: dict[str, list[Role]] = {
    # reading
    "view": [
        MANAGER, MENTOR, EVALUATOR, COORDINATOR, SIGNATORY, AUDITOR, OBSERVER, ADMINISTRATOR,
    ],
    "view_people": [MANAGER, MENTOR, EVALUATOR, COORDINATOR, SIGNATORY, AUDITOR, ADMINISTRATOR],
    "view_log": [MANAGER, AUDITOR],
    "view_told": [MANAGER, MENTOR, COORDINATOR, SIGNATORY, AUDITOR, ADMINISTRATOR],
    # messages: how their sending went, and sending again, pausing, cancelling
    "view_deliveries": [MANAGER, AUDITOR, ADMINISTRATOR],
    "resend": [MANAGER],
    # deadlines of all municipalities by day, and reminding their people by hand
    "view_due": [MANAGER, MENTOR],
    "remind": [MANAGER],
    # transitions
    "select": [MANAGER],
    "reject": [MANAGER],
    "start_assessment": [MANAGER],
    "adopt_strategy": [MANAGER],
    "award_cofinancing": [MANAGER],
    "move_to_sustainability": [MANAGER],
    "complete": [MANAGER],
    "withdraw": [SIGNATORY, MANAGER],
    "discontinue": [MANAGER],
    "hold": [MANAGER],
    "resume": [MANAGER],
    "step_back": [MANAGER],
    # steps: who hands in and who accepts is the procedure's word, within these roles
    "hand_in": [COORDINATOR, SIGNATORY, MENTOR, EVALUATOR, MANAGER],
    "review": [COORDINATOR, SIGNATORY, MENTOR, EVALUATOR, MANAGER],
    "waive": [MANAGER],
    "reopen": [MANAGER],
    "move_deadline": [MANAGER],
    # applications and calls
    "apply": [COORDINATOR, SIGNATORY],
    "consent": [SIGNATORY],
    "register_application": [MANAGER],
    "return_application": [MANAGER],
    "extend_call": [MANAGER],
    "ask_question": [COORDINATOR, SIGNATORY],
    "answer_question": [MANAGER],
    "view_selection": [MANAGER, EVALUATOR, AUDITOR, OBSERVER, ADMINISTRATOR],
    "open_participation": [MANAGER],
    # documents: those for participants; internal ones; public ones anybody who sees the case
    "view_documents": [MANAGER, MENTOR, EVALUATOR, COORDINATOR, SIGNATORY, AUDITOR],
    "view_internal": [MANAGER, MENTOR, EVALUATOR, AUDITOR],
    "upload": [COORDINATOR, SIGNATORY, MENTOR, EVALUATOR, MANAGER],
    "withdraw_version": [COORDINATOR, SIGNATORY, MENTOR, EVALUATOR, MANAGER],
    "publish_document": [MANAGER],
    "write_review": [EVALUATOR],
    # papers that Koraci writes: they name people; and the templates of a programme
    "view_written_papers": [MANAGER, MENTOR, COORDINATOR, SIGNATORY, AUDITOR],
    "keep_templates": [MANAGER, ADMINISTRATOR],
    # people and bodies
    "invite": [MANAGER, SIGNATORY, ADMINISTRATOR],
    "end_mandate": [MANAGER, SIGNATORY, ADMINISTRATOR],
    "hand_over": [MANAGER, SIGNATORY, COORDINATOR, ADMINISTRATOR],
    "keep_body": [COORDINATOR, SIGNATORY, MENTOR, MANAGER],
    # procedures
    "load_procedure": [MANAGER, ADMINISTRATOR],
    "change_procedure": [MANAGER],
}  # fmt: skip

# Over which kind of place a role can be held (model names).
PLACES: dict[Role, list[str]] = {
    MANAGER: ["programme"],
    MENTOR: ["participation"],
    EVALUATOR: ["programme", "participation"],
    COORDINATOR: ["municipality", "participation"],
    SIGNATORY: ["municipality", "participation"],
    AUDITOR: ["programme"],
    OBSERVER: ["programme"],
    ADMINISTRATOR: ["programme", "municipality"],
}

# Whom a role may invite and whose mandate it may end: managers everybody, a municipality its own.
MAY_APPOINT: dict[Role, list[Role]] = {
    ADMINISTRATOR: list(Role),
    MANAGER: [role for role in Role if role not in (MANAGER, AUDITOR, ADMINISTRATOR)],
    SIGNATORY: [COORDINATOR],
    COORDINATOR: [COORDINATOR],
}


@dataclass(frozen=True)
class Verdict:
    """May they or may they not, why, and in which role they would act."""

    allowed: bool
    sentence: str
    mandate: Mandate | None = None

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def actor(self) -> Actor:
        """Who would stand in the log."""
        if self.mandate is None:
            return Actor()
        return Actor(self.mandate.user, self.mandate.role, self.mandate.function)


def can(user: Any, action: str, subject: Any, *, roles: Collection[str] = ()) -> Verdict:
    """May this person do `action` with `subject`, and by which mandate. One query.

    `subject` is anything with `places()`, the places whose mandates reach it, or a municipality,
    which is reached by mandates of its own alone. With `roles` only those roles count.
    KeyError for an action that is not in the table.
    """
    roles = [role for role in MAY[action] if not roles or role in roles]
    if not user.is_active:
        return Verdict(False, _("This account is closed."))
    held = among(held_by(user), places_of(subject))
    mandate = next((one for one in held if one.role in roles), None)
    if mandate is None:
        return Verdict(False, _("This needs the role: %s.") % named(roles))
    mandate.user = user
    return Verdict(True, _("By the mandate as %s.") % mandate.get_role_display(), mandate)


def named(roles: Iterable[str]) -> str:
    return ", ".join(str(Role(role).label) for role in roles)


Place = tuple[type[models.Model], int]  # a programme, a municipality or a participation


def places_of(subject: Any) -> list[Place]:
    return subject.places() if hasattr(subject, "places") else [(type(subject), subject.pk)]


def mandates_over(user: Any, places: Iterable[Place]) -> list[Mandate]:
    """The mandates of a person over any of these places, for what a page shows."""
    return among(shown_to(user), places)


def among(held: Iterable[Mandate], places: Iterable[Place]) -> list[Mandate]:
    here = set(keys_of(places))
    return [one for one in held if (one.place_type_id, one.place_id) in here]


def readers_of(subject: Any) -> list[Mandate]:
    """Every mandate by which somebody may view `subject` now, with its person. One query.

    `visible_to` asked the other way round; who holds several mandates is there several times.
    """
    return holders([subject], MAY["view"])[subject.pk]


Held = dict[int, list[Mandate]]  # by primary key of what, or of whom, was asked about


def holders(subjects: Iterable[Any], roles: Collection[str]) -> Held:
    """Mandates of these roles that count now, for each of several of one kind. One query."""
    places = {subject.pk: keys_of(places_of(subject)) for subject in subjects}
    wanted, here = defaultdict(set), models.Q(pk__in=[])
    for place_type, pk in {key for keys in places.values() for key in keys}:
        wanted[place_type].add(pk)
    for place_type, pks in wanted.items():
        here |= models.Q(place_type=place_type, place_id__in=pks)
    by_place = defaultdict(list)
    for mandate in Mandate.objects.acting().filter(here, role__in=roles):
        by_place[mandate.place_type_id, mandate.place_id].append(mandate)
    return {pk: [one for key in keys for one in by_place[key]] for pk, keys in places.items()}


def keys_of(places: Iterable[Place]) -> list[tuple[int, int]]:
    """The places as mandates keep them: the key of the kind, and of the place."""
    return [(ContentType.objects.get_for_model(model).pk, pk) for model, pk in places]


def held_by(user: Any) -> list[Mandate]:
    """Every mandate of a person that counts right now. One short query; doors ask it anew."""
    return list(Mandate.objects.current().enforced().filter(user=user).order_by("pk"))


def held_by_each(users: Collection[int]) -> Held:
    """The same for several people, by their primary keys. One query."""
    held: Held = {user: [] for user in users}
    for mandate in Mandate.objects.current().enforced().filter(user__in=users).order_by("pk"):
        held[mandate.user_id].append(mandate)
    return held


def shown_to(user: Any) -> list[Mandate]:
    """As `held_by`, read once a request: what lists, links and sentences of its page go by."""
    request = current_trace().request_id
    if not request:
        return held_by(user)
    if getattr(user, "held_in", ("",))[0] != request:
        user.held_in = (request, held_by(user))
    return user.held_in[1]


@dataclass(frozen=True)
class Reach:
    """Which places a person's mandates reach: primary keys by model name."""

    programmes: frozenset[int]
    municipalities: frozenset[int]
    participations: frozenset[int]

    def __bool__(self) -> bool:
        """Whether they reach anything."""
        return bool(self.programmes or self.municipalities or self.participations)

    def over(self, path: str = "") -> models.Q:
        """Rows whose participation, at the end of `path` ("participation__"), is reached."""
        return (
            models.Q(**{f"{path}programme__in": self.programmes})
            | models.Q(**{f"{path}municipality__in": self.municipalities})
            | models.Q(**{f"{path}pk__in": self.participations})
        )


def reach(user: Any, action: str = "view") -> Reach:
    """Where the person holds a role that may do `action`. The source of all lists."""
    held: dict[str, set[int]] = {"programme": set(), "municipality": set(), "participation": set()}
    if user.is_active:
        for mandate in shown_to(user):
            if mandate.role in MAY[action]:
                held[ContentType.objects.get_for_id(mandate.place_type_id).model].add(
                    mandate.place_id
                )
    return Reach(*(frozenset(held[model]) for model in held))


def roles_of(user: Any) -> set[str]:
    """Every role the person holds anywhere, now."""
    return {mandate.role for mandate in shown_to(user)}


def decides(user: Any) -> bool:
    """Whether the person decides for others somewhere: such an account needs a second factor."""
    return not roles_of(user).isdisjoint({MANAGER, ADMINISTRATOR})


def whoever_may(action: str) -> Callable[[Any, Any], Verdict]:
    """A rule for `@transition(permission=...)`, read from the table above."""

    def rule(participation: Any, user: Any) -> Verdict:
        return can(user, action, participation)

    rule.roles = MAY[action]  # type: ignore[attr-defined]
    return rule
