"""Rule files of programmes and procedures: read, checked, and turned into due dates.

Pure Python: no models, no requests, no clock. What a file may contain is told by the modules
beside this one; the files themselves are in `workflow/procedures`.
"""

from workflow.rules.checking import check_procedure, check_programme
from workflow.rules.due import Due, due_of
from workflow.rules.problems import Problem
from workflow.rules.recurring import Occurrence, occurrences
from workflow.rules.working_days import add_working_days, is_working_day

__all__ = [
    "Due",
    "Occurrence",
    "Problem",
    "add_working_days",
    "check_procedure",
    "check_programme",
    "due_of",
    "is_working_day",
    "occurrences",
]
