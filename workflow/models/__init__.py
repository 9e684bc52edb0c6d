from workflow.models.application import Application, Call, Member
from workflow.models.deadline import Deadline
from workflow.models.figures import Figures
from workflow.models.findable import Findable
from workflow.models.participation import Participation
from workflow.models.programme import Partner, Procedure, Programme, Track
from workflow.models.question import Question
from workflow.models.receipt import KeyReused, Proposal, Receipt
from workflow.models.step import Evidence, Step

__all__ = [
    "Application",
    "Call",
    "Deadline",
    "Evidence",
    "Figures",
    "Findable",
    "KeyReused",
    "Member",
    "Participation",
    "Partner",
    "Procedure",
    "Programme",
    "Proposal",
    "Question",
    "Receipt",
    "Step",
    "Track",
]
