"""What the log says of papers, in words, and how the timeline tells it."""

from django.utils.translation import gettext_lazy as _

from workflow.pages.timeline import register_told
from workflow.verbs import register_verbs

TOLD = "documents/timeline/_document.html"


def register_words() -> None:
    """Called once, from `apps.py`. Downloads stand in the log alone: there may be thousands."""
    register_verbs(
        {
            "add_document": _("Paper added"),
            "withdraw_version": _("Version withdrawn"),
            "publish_document": _("Readers of a paper changed"),
            "download": _("Paper downloaded"),
        }
    )
    told = dict.fromkeys(["add_document", "withdraw_version", "publish_document"], TOLD)
    register_told("documents", _("Papers"), told, untold=["download"])
