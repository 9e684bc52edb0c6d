"""Samples of papers: of a step that asks for one, loose ones, each kind of reader and state."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

from accounts.models import User
from documents import services as papers
from documents.models import Version
from documents.services import Target
from municipalities.models import Municipality
from tests.browser.sample import AUDITOR, KIKINDA, MANAGER, NOBODY, OBSERVER, Sample, page
from tests.documents.arriving import arrived, examine_here, kept, published, receive
from tests.documents.reading.printed import pdf
from tests.stepping import the_step
from tests.world import ROUTE, procedure_text, step
from workflow import services
from workflow.models import Participation

PAPER = {"key": "strategy", "sr": "Стратегија социјалне политике", "en": "Social policy strategy"}
OWED = step(
    "strategy",
    title={"sr": "Предати стратегију", "en": "Hand in the strategy"},
    evidence="document",
    demands={"paper": dict(PAPER), "visibility": "public"},
)
SIGNED = step(
    "adopted",
    title={"sr": "Скупштина усваја стратегију", "en": "The assembly adopts the strategy"},
    evidence="signed_act",
    demands={"body": {"sr": "Скупштина општине", "en": "Municipal assembly"}, "paper": dict(PAPER)},
)

SAME = [f"{number}. Мера за кориснике у општини." for number in range(1, 12)]
DRAFT = ["Акциони план за 2008.", *SAME, "Помоћ у кући за 40 корисника.", "Рок је јун 2008."]
FINAL = ["Акциони план за 2008.", *SAME, "Помоћ у кући за 60 корисника.", "Носилац је Центар."]


def of_papers() -> Iterator[Sample]:
    case = owing_case()
    yield page("step", KIKINDA, case.reference, the_step(case, "adopted").uuid)  # nothing yet
    version = lived_with_papers(case)
    owed = the_step(case, "strategy")
    for who in (KIKINDA, MANAGER, OBSERVER):
        yield page("step", who, case.reference, owed.uuid)
        yield page("participation", who, case.reference, query="?show=documents")
        yield page("documents:documents", who, case.reference)
    for who in (KIKINDA, MANAGER, AUDITOR):
        yield page("documents:document", who, version.document.uuid)
    yield page("documents:compare", MANAGER, draft_and_final(case).document.uuid)
    yield page("documents:compare", KIKINDA, version.document.uuid)  # of which no text can be read
    yield page("documents:upload_for_step", KIKINDA, case.reference, owed.uuid)
    yield page("documents:upload", KIKINDA, case.reference)
    yield page("documents:upload", MANAGER, case.reference)
    yield page("documents:upload", AUDITOR, case.reference, status=403)
    yield page("documents:new_version", KIKINDA, version.document.uuid)
    yield page("documents:visibility", MANAGER, version.document.uuid)
    yield page("documents:withdraw_version", KIKINDA, version.uuid)
    yield page("public:municipality", NOBODY, "en", case.municipality.code)
    yield page("public:programme", NOBODY, "en", "sws_2007")


def owing_case() -> Participation:
    """Kikinda in a track of the sample programme that asks for papers."""
    text = procedure_text(
        number=77, programme="sample", route=ROUTE[2:], stages={"assessment": [OWED, SIGNED]}
    )
    track = services.load_procedure(text).track
    return services.open_participation(
        track, Municipality.objects.get(code="80209"), by=by(MANAGER),
        decided_on=date(2026, 3, 2), reason="", idempotency_key=uuid4(),
    )  # fmt: skip


def lived_with_papers(case: Participation) -> Version:
    """Two versions, one of them withdrawn; refused, waiting and published ones beside it."""
    target = Target(case, the_step(case, "strategy"))
    first = kept(target, by=by(KIKINDA), name="strategija-nacrt.pdf", title="Нацрт")
    target = Target(case, target.step, first.document)
    second = kept(target, by=by(KIKINDA), name="strategija.pdf", reason="Исправљене бројке.")
    papers.withdraw_version(
        second, by=by(KIKINDA), reason="Погрешна датотека.", idempotency_key=uuid4()
    )
    receive(Target(case), arrived("slika.pdf", b"no pdf at all"), by=by(MANAGER), title="Слика")
    examine_here()
    published(kept(Target(case), by=by(MANAGER), title="Позив грађанима"), by=by(MANAGER))
    receive(Target(case, target.step), arrived("prilog.pdf"), by=by(KIKINDA))  # waits
    return first


def draft_and_final(case: Participation) -> Version:
    """A paper with three versions whose texts differ: the last two are compared at first."""
    version = None
    for lines in (["Нацрт"], DRAFT, FINAL):
        target = Target.of(version.document) if version else Target(case)
        [intake] = receive(
            target, arrived("akcioni-plan.pdf", pdf(lines)), by=by(KIKINDA), title="Акциони план",
            reason="По примедбама програма.",
        )  # fmt: skip
        examine_here()
        version = Version.objects.get(uuid=intake.uuid)
    return version


def by(email: str) -> User:
    return User.objects.get(email=email)
