"""The state of the log as anybody may know it: when all of it was verified, and what came out."""

from workflow.audit.models import Verification


def last_verification() -> Verification | None:
    """Of all the log, never of a part of it. Who verified is not for this page."""
    return Verification.objects.filter(is_complete=True).order_by("-at", "-pk").first()
