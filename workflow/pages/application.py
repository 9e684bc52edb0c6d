"""An application as one person sees it: its members, what is missing, what may be done here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from workflow.conditions import Condition
from workflow.eligibility import eligibility, excluded
from workflow.models import Application, Member
from workflow.pages.standing import Standing
from workflow.services.applications import may_be_handed_in, why_not_editable


@dataclass(frozen=True)
class MemberLine:
    """One municipality of the application: may it apply, did it agree, who may answer for it."""

    member: Member
    tree: Condition
    may_answer: bool

    @property
    def reasons(self) -> list[Condition]:
        """The rules that keep it out."""
        return excluded(self.tree)

    @property
    def to_be_checked(self) -> list[Condition]:
        """What no register answers: the programme looks at it."""
        return [part for part in self.tree.parts if part.outcome == "waiting"]


class Desk:
    """An application as this person sees it: its members and what may be done here."""

    def __init__(self, user: Any, application: Application) -> None:
        self.application = application
        rows = application.members.select_related("municipality__parent", "consent_by")
        named = rows.prefetch_related("municipality__facts").order_by("municipality__sort_key")
        # The lead first, then by the alphabet.
        members = sorted(named, key=lambda one: one.municipality_id != application.lead_id)
        self.standing = Standing(user, application, *members)
        self.lines = [self._line(member) for member in members]
        self.is_joint = len(members) > 1

    def _line(self, member: Member) -> MemberLine:
        procedure = self.application.call.procedure
        day = timezone.localdate(self.application.submitted_at or timezone.now())
        tree = eligibility(procedure, member.municipality, day)
        answers = self.is_undecided and (
            self.standing.may("consent", member) or self.standing.may("register_application")
        )
        return MemberLine(member, tree, answers)

    @property
    def is_undecided(self) -> bool:
        return self.application.is_editable or self.application.status == "submitted"

    @property
    def awaited(self) -> list[MemberLine]:
        """Whose consent is still missing, while it can be given."""
        given = Member.Consent.GIVEN
        return [line for line in self.lines if self.is_undecided and line.member.consent != given]

    @property
    def registers(self) -> bool:
        """The manager, who types in what came on paper."""
        return self.standing.may("register_application")

    @property
    def may_write(self) -> bool:
        writes = self.registers or self.standing.may("apply", self.application.lead)
        return writes and self.application.is_editable

    @property
    def may_withdraw(self) -> bool:
        """A draft; once handed in each municipality withdraws its participation."""
        return self.may_write and not self.application.submitted_at

    @property
    def why_not_editable(self) -> str:
        return why_not_editable(self.application)

    @property
    def may_return(self) -> bool:
        handed_in = self.application.status == Application.Status.SUBMITTED
        return handed_in and self.standing.may("return_application")

    @property
    def sees_people(self) -> bool:
        subjects = [self.application, *[line.member for line in self.lines]]
        return any(self.standing.may("view_people", subject) for subject in subjects)

    @property
    def takes_members(self) -> bool:
        return self.application.call.procedure.rules["joint_applications"]

    @property
    def agreed(self) -> int:
        return sum(line.member.consent == Member.Consent.GIVEN for line in self.lines)

    @property
    def is_agreed(self) -> bool:
        return self.agreed == len(self.lines)

    def missing_now(self) -> Condition | None:
        """What it needs before it is handed in; None once it is."""
        if not self.application.is_editable:
            return None
        return may_be_handed_in(self.application, self._moment(), on_paper=self.registers)

    def _moment(self) -> datetime:
        """Now; for paper a moment in time, since only its stamp can say when it arrived."""
        now, due = timezone.now(), self.application.call.due_at
        return min(now, due - timedelta(seconds=1)) if self.registers and due else now
