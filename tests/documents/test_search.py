"""Papers in the search: by name, kind, number of the act and text, within what one may read."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Version
from documents.services import Target, withdraw_version
from tests.documents.arriving import arrived, examine_here, kept, published, receive
from tests.documents.reading.printed import pdf
from tests.documents.uploaded import PAPER, STEP, assessed, evidence_of
from tests.stepping import the_step
from tests.workflow.pages.reading import text
from tests.world import step
from workflow.services import hand_in

SAID = "Помоћ у кући за шездесет корисника носи Центар за социјални рад."
SIGNED = {
    "evidence": "signed_act",
    "demands": {"body": {"sr": "Скупштина", "en": "Assembly"}, "paper": PAPER},
}


@pytest.fixture
def case(make_participation):
    return assessed(make_participation, step("strategy", **STEP), step("adopted", **SIGNED))


@pytest.fixture
def bring(case, coordinator):
    def brought(name="plan.pdf", said=SAID, *, key="strategy", document=None) -> Version:
        target = Target(case, the_step(case, key), document)
        [intake] = receive(target, arrived(name, pdf([said])), by=coordinator, reason="Mended.")
        examine_here()
        return Version.objects.get(uuid=intake.uuid)

    return brought


def found(client, who, words: str) -> list[str]:
    """The papers that a search leads to."""
    client.force_login(who)
    groups = client.get(reverse("workflow:search"), {"q": words}).context["search"].groups
    return [f"{hit.words} · {hit.hint}" for group in groups if group.name == "papers"
            for hit in group.hits]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["korisnika", "корисник", "KORISN", "pomoc u kuci", "centar šezdeset", "Кикинда рад"]
)
def test_a_paper_is_found_by_its_text_in_any_script(client, bring, case, manager, words):
    bring()

    [line] = found(client, manager, words)

    assert line.startswith(f"Strategy · Kikinda · {case.reference}")


@pytest.mark.parametrize("words", ["plan", "strategija", "Стратегија", "strategy", "kikinda plan"])
def test_a_paper_is_found_by_its_names(client, bring, manager, words):
    bring("godisnji_plan.pdf")

    assert len(found(client, manager, words)) == 1


@pytest.mark.parametrize("words", ["sanitarije", "korisnika sanitarije", "orisnik", "'", '"*', "%"])
def test_what_it_does_not_say_does_not_find_it(client, bring, manager, words):
    bring()

    assert found(client, manager, words) == []


def test_short_words_are_found_whole_or_not_at_all(client, bring, manager):
    bring(said="Rad na terenu")

    assert len(found(client, manager, "na terenu")) == 1
    assert found(client, manager, "te rad") == []


@pytest.mark.parametrize("words", ["06-12/2008", "06 – 12 / 2008", "06-12"])
def test_a_signed_act_is_found_by_its_number(client, bring, case, coordinator, manager, words):
    version = bring("skenirano.pdf", "…", key="adopted")
    told = evidence_of(version) | {"body": "Скупштина општине", "number": "06-12/2008-I"}
    owed = the_step(case, "adopted")
    hand_in(owed, told, by=coordinator, expected_version=owed.version, idempotency_key=uuid4())

    [line] = found(client, manager, words)

    assert line.startswith("Strategy · Kikinda")


def test_all_versions_lead_to_the_paper_once(client, bring, manager):
    first = bring(said="Nacrt za javnu raspravu")
    bring(said="Javna rasprava je bila", document=first.document)

    assert len(found(client, manager, "nacrt")) == len(found(client, manager, "javn")) == 1


def test_a_withdrawn_version_is_found_no_more(client, bring, coordinator, manager):
    version = bring()
    withdraw_version(version, by=coordinator, reason="Wrong.", idempotency_key=uuid4())

    assert found(client, manager, "korisnika") == []


def test_everybody_finds_what_they_may_read_and_nothing_else(
    client, case, person, neighbour, coordinator, manager, evaluator, auditor, observer, stranger
):
    for visibility in ("participants", "internal", "public"):
        version = kept(Target(case), by=manager, title=f"Zapisnik {visibility}")
        if visibility != "participants":
            published(version, by=manager, visibility=visibility)
    elsewhere = person("coordinator", over=neighbour)
    here = person("mentor", over=case)

    def words(who):
        return sorted(line.split(" · ")[0].split()[1] for line in found(client, who, "zapisnik"))

    everything = ["internal", "participants", "public"]
    assert [words(who) for who in (manager, here, evaluator, auditor)] == [everything] * 4
    assert words(coordinator) == ["participants", "public"]
    assert words(observer) == ["public"]
    assert words(stranger) == words(elsewhere) == []


def test_the_page_names_them_papers_in_at_most_fifteen_queries(client, bring, manager):
    bring()
    client.force_login(manager)
    for words in ("strategija kikinda", "06-12/2008", "korisnika"):
        with CaptureQueriesContext(
            connection,
        ) as told:
            page = client.get(reverse("workflow:search"), {"q": words})
        assert len(told) <= 15
    assert "Papers 1" in text(page)
