"""The papers of the world: of every participation a loose one for each kind of reader."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Version
from documents.services import Target
from documents.services.paper_templates import put_on
from tests.documents.arriving import PDF, kept, published
from tests.documents.reading.printed import pdf
from tests.documents.reviewing import hand_in_review, rating_step, typed
from tests.documents.writing import shelf, wanted
from tests.documents.writing import word as word_file
from tests.rights.cast import BLIND, READ, canary
from tests.stepping import the_step
from tests.world import step
from workflow.models import Participation

VISIBILITIES = ["participants", "internal", "public"]
# What each participation has besides: a step that asks for a paper.
PAPER = {"key": "strategy", "sr": "Стратегија", "en": "Strategy"}
ASKS_FOR_A_PAPER = {"evidence": "document", "demands": {"paper": PAPER}, "required": False}


def paper_step(word: str) -> dict[str, Any]:
    return step("paper", title={"sr": "Документ", "en": f"{word} paper"}, **ASKS_FOR_A_PAPER)


def review_steps(word: str) -> list[dict[str, Any]]:
    """One that wants two reviews and gets one, one whose only review is there."""
    title = {"sr": "Оцена", "en": f"{word} rating"}
    return [
        rating_step(reviewers=wanted) | {"key": key, "title": title, "required": False}
        for key, wanted in (("blind", 2), ("read", 1))
    ]


def make_reviews(case: Participation, *, by: Any) -> None:
    """Each with a word of its own, which its author alone, or who may, reads."""
    for key, word in (("blind", BLIND), ("read", READ)):
        hand_in_review(the_step(case, key), by=by, value="no", remark=f"{word} remark")


TEXT: Any = {"content": pdf(["What stands in it can be compared."])}


def make_papers(
    case: Participation, name: str, *, clerk: Any, manager: Any
) -> dict[tuple[str, str], Version]:
    """By participation and who may read it; of each the second version.

    Its clerk uploads, the manager what is internal.
    """
    word, target = canary(name), Target(case)
    letter = kept(target, by=clerk, title=f"{word} letter", **TEXT)
    opinion = kept(target, by=manager, title=f"{word} opinion", visibility="internal", **TEXT)
    plan = kept(target, by=clerk, title="Plan for everybody", **TEXT)  # public: bears no canary
    return {
        (name, "participants"): mended(letter),
        (name, "internal"): mended(opinion),
        (name, "public"): published(mended(plan), by=manager),
    }


def mended(version: Version) -> Version:
    """The next version of the same paper, by the same person."""
    return kept(Target.of(version.document), by=version.by, reason="Mended.", **TEXT)


PAGES_OF_CASES = {"documents", "upload"}
OF_TEMPLATES = {
    "paper_templates", "template_fields", "paper_template", "template_file", "shipped_template",
    "return_to_shipped",
}  # fmt: skip
OF_STEPS = {"upload_for_step": "paper", "review": "blind"}


def paper_arguments(world: Any, page: str, thing: str, variant: str, nowhere: Any) -> list[Any]:
    """Where the pages of papers are."""
    case = world.cases.get(thing)
    if page in PAGES_OF_CASES:
        return [case.reference if case else "T0-000"]
    if key := OF_STEPS.get(page):
        return [case.reference, the_step(case, key).uuid] if case else ["T0-000", nowhere]
    if page in OF_TEMPLATES:
        return template_arguments(world, page, thing)
    if page in ("write_paper", "written_paper"):
        return [case.reference if case else "T0-000", variant]
    version = world.papers.get((thing, variant))
    if page in ("document", "compare", "new_version", "visibility"):
        return [version.document.uuid if version else nowhere]
    return [version.uuid if version else nowhere]


def template_arguments(world: Any, page: str, thing: str) -> list[Any]:
    """Of the memorandum in Cyrillic; each programme has one of its own."""
    programme = world.programmes.get(thing)
    key = programme.key if programme else "no_such_key"
    if page in ("paper_templates", "template_fields"):
        return [key]
    return [key, "memorandum", "sr", *([1] if page == "template_file" else [])]


def make_templates(world: Any, helpers: dict[str, Any]) -> None:
    """By whoever manages the programme; nobody looks into the file here."""
    for letter, programme in world.programmes.items():
        put_on(
            shelf(programme), {"sha256": "f" * 64, "content": b"Word", "name": "own.docx"},
            by=helpers[letter], expected=0, key=uuid4(),
        )  # fmt: skip


def as_read(world: Any, page: str, thing: str, variant: str) -> str:
    """What the page of a paper carries; of others than A in P it was read another day."""
    if (page, thing, variant) != ("write_paper", "A in P", "appointment_decision"):
        return "another day"
    if variant not in world.fingerprints:
        world.fingerprints[variant] = wanted(world.cases[thing], variant).fingerprint
    return world.fingerprints[variant]


def paper_payload(world: Any, page: str, thing: str, variant: str) -> dict[str, Any]:
    """What the forms of papers send, without their key."""
    files = {"files": SimpleUploadedFile("paper.pdf", PDF)}
    return {
        "upload": files | {"title": "Letter", "visibility": "participants"},
        "upload_for_step": files,
        "new_version": files | {"reason": "Mended."},
        "visibility": {
            "visibility": "public" if variant != "public" else "internal",
            "reason": "By decision.",
            "expected": variant,
        },
        "withdraw_version": {"reason": "By mistake."},
        "review": typed() | {"expected_version": "0"},
        "write_paper": {"expected": as_read(world, page, thing, variant)},
        "paper_template": {"file": word_file("{{ municipality }}"), "expected_version": "1"},
        "return_to_shipped": {"expected_version": "1"},
    }.get(page, {})
