"""The doors of the papers, and the work that waits for nobody: examining, sweeping, verifying."""

from documents.services.downloading import record_comparison, record_download
from documents.services.intake import examine_next
from documents.services.keeping import change_visibility, withdraw_version
from documents.services.paper_templates import (
    Shelf,
    replace_template,
    return_to_shipped,
)
from documents.services.reviewing import hand_in_review, save_review_draft
from documents.services.uploading import Target, receive
from documents.services.wanted import Wanted
from documents.services.writing import keep_written

__all__ = [
    "Shelf",
    "Target",
    "Wanted",
    "change_visibility",
    "examine_next",
    "hand_in_review",
    "keep_written",
    "receive",
    "record_comparison",
    "record_download",
    "replace_template",
    "return_to_shipped",
    "save_review_draft",
    "withdraw_version",
]
