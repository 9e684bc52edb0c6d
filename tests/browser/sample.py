"""One page to look at, and who looks: accounts and participations of the demo world."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from config.demo.people import address
from municipalities.models import Mandate, Municipality
from municipalities.roles import Role
from workflow.models import (
    Participation,
    Proposal,
)
from workflow.stages import Stage

NOBODY = ""
MANAGER, DEPUTY, MENTOR = address("rukovodilac"), address("zamenik"), address("mentor")
SEVERAL, SYSTEM = address("saradnik"), address("sistem")
EVALUATOR, AUDITOR, OBSERVER = address("evaluator"), address("revizor"), address("donator")
KIKINDA, SIGNATORY = address("koordinator.kikinda"), address("potpisnik.kikinda")
MRKONJIC = address("koordinator.mrkonjic")
INVITED = "nova.koordinatorka@example.org"


@dataclass(frozen=True)
class Sample:
    """A page: its URL name, who opens it, where."""

    name: str
    who: str
    path: str
    status: int = 200

    def path_in(self, language: str) -> str:
        """A public address names the language itself."""
        return self.path.replace("/en/public/", f"/{language}/public/", 1)


def page(name: str, who: str, *arguments: Any, query: str = "", status: int = 200) -> Sample:
    name = name if ":" in name else f"workflow:{name}"
    return Sample(name, who, reverse(name, args=arguments) + query, status)


def kikinda() -> Participation:
    return Participation.objects.with_names().get(track__key="sws_2007_planning")


def sample_cases() -> Any:
    return Participation.objects.filter(programme__is_sample=True).with_names().order_by("pk")


def clerk(municipality: Municipality, role: str = Role.COORDINATOR) -> str:
    """The e-mail address of who acts for a municipality."""
    return Mandate.objects.over(municipality).filter(role=role).first().user.email


def states_of(cases: Any) -> list[Participation]:
    """One on hold, one with a proposal, one of a joint application, one that has ended."""
    joint = [one for one in cases if one.moves_with_others]
    return [
        cases.exclude(on_hold_since=None).first(),
        cases.filter(proposals__status=Proposal.Status.WAITING).first(),
        joint[0],
        cases.filter(stage=Stage.WITHDRAWN).first(),
    ]
