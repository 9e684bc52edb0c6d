"""Why an upload was refused, in words: what the examination found, and what else can happen."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.intake.problems import PROBLEMS

LOST, UNEXAMINABLE = "lost", "unexaminable"

OWN = {
    LOST: _("The file was lost before it could be examined. Please upload it once more."),
    UNEXAMINABLE: _(
        "The file could not be examined, although it was tried several times. Save the paper anew, "
        "best as PDF, and upload that."
    ),
}


def sentence_on(refusal: dict[str, Any]) -> str:
    """The sentence for a problem that is kept by its key and values."""
    sentences = PROBLEMS | OWN
    return str(sentences[refusal["problem"]]) % refusal.get("values", {})
