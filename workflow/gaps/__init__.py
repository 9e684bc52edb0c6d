"""Where stage, steps, evidence, log, history, mandates and rights disagree with each other.

The log itself is verified by `workflow.audit.verify`; here it is taken as it stands and compared
with the rows that people see. Reads and reports; repairs nothing.
"""

from workflow.gaps.finding import Gaps, find_gaps, register_comparison

__all__ = ["Gaps", "find_gaps", "register_comparison"]
