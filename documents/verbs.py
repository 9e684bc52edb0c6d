"""What the log says of papers, in words, and how the timeline tells it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.models import Visibility
from documents.papers.catalogue import PAPERS
from documents.wording import size_in_words
from web.context import OWN_NAMES
from workflow.pages.facts import Fact, Names, register_facts
from workflow.pages.timeline import register_told
from workflow.verbs import register_verbs

TOLD = "documents/timeline/_document.html"


def register_words() -> None:
    """Called once, from `apps.py`.

    Downloads and comparisons stand in the log alone: there may be thousands. So do reviews: who
    has handed one in, not everybody may know who reads a timeline.
    """
    register_verbs(
        {
            "add_document": _("Paper added"),
            "withdraw_version": _("Version withdrawn"),
            "publish_document": _("Readers of a paper changed"),
            "download": _("Paper downloaded"),
            "compare_versions": _("Versions compared"),
            "hand_in_review": _("Review handed in"),
        }
    )
    register_facts(
        {
            "document": _("Paper"),
            "version": _("Version"),
            "number": _("Number of the version"),
            "compared_with": _("Compared with the version"),
            "sha256": _("Fingerprint (SHA-256)"),
            "size": _("Size"),
            "content_type": _("Type"),
            "visibility": _("Who may read it"),
            "before": _("Before"),
            "papers": _("Papers"),
            "written": _("Written by Koraci"),
            "language": _("Language and script"),
            "template": _("Fingerprint of the template"),
            "decision": _("About the decision, entry"),
        },
        as_recorded=[
            "document",
            "version",
            "compared_with",
            "sha256",
            "content_type",
            "kind",
            "template",
        ],  # fmt: skip
        in_words={
            "size": lambda size, _names: size_in_words(size),
            "written": lambda key, _names: str(PAPERS[key].title) if key in PAPERS else key,
            "language": lambda code, _names: OWN_NAMES.get(code, code),
            **dict.fromkeys(["visibility", "before"], readers),
        },
        in_parts={"papers": fingerprints},
    )
    told = dict.fromkeys(["add_document", "withdraw_version", "publish_document"], TOLD)
    untold = ["download", "compare_versions", "hand_in_review"]
    register_told("documents", _("Papers"), told, untold=untold)


def readers(visibility: str, _names: Names) -> str:
    return str(Visibility(visibility).label)


def fingerprints(papers: list[dict[str, Any]], _names: Names) -> list[Fact]:
    """Of each paper that evidence consists of: which version, and its fingerprint."""
    return [Fact(str(_("version %d")) % one["number"], code=one["sha256"]) for one in papers]
