"""May this file be kept? Pure: no models, no requests. See README.md beside this."""

from documents.intake.apart import examine_apart
from documents.intake.examining import examine, quick_look
from documents.intake.names import clean_name
from documents.intake.verdict import LIMITS, Limits, Verdict

__all__ = ["LIMITS", "Limits", "Verdict", "clean_name", "examine", "examine_apart", "quick_look"]
