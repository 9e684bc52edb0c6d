"""The doors of the papers, and the work that waits for nobody: examining, sweeping, verifying."""

from documents.services.downloading import record_comparison, record_download
from documents.services.intake import examine_next
from documents.services.keeping import change_visibility, withdraw_version
from documents.services.reviewing import hand_in_review, save_review_draft
from documents.services.uploading import Target, receive

__all__ = [
    "Target",
    "change_visibility",
    "examine_next",
    "hand_in_review",
    "receive",
    "record_comparison",
    "record_download",
    "save_review_draft",
    "withdraw_version",
]
