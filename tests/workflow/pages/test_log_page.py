# ruff: noqa: F811  (fixtures are asked for by the name under which they are imported)
"""The log pages: who may read them, what they say, and that they verify what they show."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from tests.lived_world import (  # noqa: F401
    db,
    lived,
    lived_copy,
    municipality,
    neighbour,
    system,
)
from tests.workflow.log.hands import change_entry, switch_triggers_off
from tests.workflow.log.lived import perform
from tests.workflow.pages.reading import read, text, title
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import PROGRAMME
from workflow import services
from workflow.audit.models import Commitment, Entry
from workflow.audit.verifications import verify_and_keep

LOG = reverse("workflow:log")
VERIFY = reverse("workflow:verify_log")


def log_of(participation) -> str:
    return reverse("workflow:participation_log", args=[participation.reference])


def page_of(entry: Entry) -> str:
    return reverse("workflow:entry", args=[entry.pk])


class TestWhoMayRead:
    @pytest.mark.parametrize("role", ["auditor", "manager"])
    def test_auditor_and_manager(self, client, make_participation, role, request):
        participation = make_participation()
        somebody = request.getfixturevalue(role)

        for url in (LOG, log_of(participation), page_of(participation.entries.first())):
            assert read(client, somebody, url).status_code == 200

    @pytest.mark.parametrize("role", ["coordinator", "evaluator", "observer"])
    def test_who_sees_a_participation_learns_which_role_reads_its_log(
        self, client, make_participation, role, request
    ):
        participation = make_participation()
        somebody = request.getfixturevalue(role)

        for url in (LOG, log_of(participation), page_of(participation.entries.first())):
            page = read(client, somebody, url)
            assert page.status_code == 403
            assert "This needs the role: Programme manager, Auditor." in text(page)

    def test_for_a_stranger_nothing_is_there(self, client, make_participation, stranger):
        participation = make_participation()

        assert read(client, stranger, log_of(participation)).status_code == 404
        assert read(client, stranger, page_of(participation.entries.first())).status_code == 404
        assert read(client, stranger, "/participations/NO-1/log/").status_code == 404
        assert read(client, stranger, LOG).status_code == 403

    def test_an_auditor_sees_nothing_of_another_programme(self, client, lived, person):
        other = services.load_programme(PROGRAMME.replace("test_programme", "other_programme"))
        auditor = person("auditor", over=other)

        assert "Nothing is recorded yet" in text(read(client, auditor, LOG))
        assert read(client, auditor, log_of(lived.participations[0])).status_code == 404

    def test_nothing_can_be_sent_to_them_but_verify(self, client, make_participation, auditor):
        participation = make_participation()
        client.force_login(auditor)

        for url in (LOG, log_of(participation), page_of(participation.entries.first())):
            assert client.post(url, {"stage": "completed"}).status_code == 405
        assert client.get(VERIFY).status_code == 405


class TestTheWholeLog:
    def test_tells_both_days_who_from_to_and_why(self, client, lived, auditor):
        page = text(read(client, auditor, LOG))

        assert "decided on 30 Mar 2026" in page
        assert "Application → Memorandum" in page
        assert "programme_manager, Programme manager, programme_manager of the office" in page
        assert "All three said yes." in page
        assert "Recorded through" in page

    def test_says_read_only_to_the_auditor(self, client, make_participation, auditor, manager):
        make_participation()

        assert "Read only" in text(read(client, auditor, LOG))
        assert "Read only" not in text(read(client, manager, LOG))

    @pytest.mark.parametrize(
        ("query", "there", "gone"),
        [
            ("q=ада", "T1-004", "T1-001"),
            ("q=t1-004", "T1-004", "T1-001"),
            ("kind=hold", "Put on hold", "T1-004"),
            ("kind=step_back", "Moved back to the previous stage", "T1-001"),
            ("back=1", "Too early.", "T1-001"),
            ("waivers=1", "Waived", "T1-002"),
            ("back=1&waivers=1", "Too early.", "T1-004"),
            ("role=coordinator", "Handed in", "T1-004"),
            ("channel=admin", "Nothing fits these filters", "T1-001"),
            ("programme=test_programme", "T1-001", "Nothing fits"),
            ("programme=nothing", "Nothing fits these filters", "T1-001"),
        ],
    )
    def test_filters_are_in_the_address(self, client, lived, auditor, query, there, gone):
        page = text(read(client, auditor, f"{LOG}?{query}"))

        shown = page.split("remove this filter", 1)[-1]
        assert there in shown
        assert gone not in shown

    def test_a_period_has_both_its_days(self, client, lived, auditor):
        today = timezone.localdate()
        tomorrow = (today + timedelta(days=1)).strftime("%d.%m.%Y")

        both = read(client, auditor, f"{LOG}?since={today.isoformat()}&until={today:%d.%m.%Y}.")
        later = read(client, auditor, f"{LOG}?since={tomorrow}")

        assert "T1-001" in text(both)
        assert f'value="{today:%d.%m.%Y}."' in both.content.decode()
        assert "Nothing fits these filters" in text(later)

    def test_every_chosen_filter_can_be_taken_away(self, client, lived, auditor):
        page = read(client, auditor, f"{LOG}?kind=hold&q=kanjiza").content.decode()

        assert 'href="?q=kanjiza"' in page
        assert 'href="?kind=hold"' in page

    @pytest.mark.parametrize(
        "query",
        ["kind=xyz", "role=%00", "since=31.2.2026", "until=never", "page=-4", "page=x",
         "q=%00%FF", "q=" + "x" * 5000, "programme=%00", "since=9999-12-31", "channel='--"],
    )  # fmt: skip
    def test_what_makes_no_sense_is_left_out(self, client, lived, auditor, query):
        assert read(client, auditor, f"{LOG}?{query}").status_code == 200

    def test_fifty_a_page(self, client, lived, auditor):
        first = read(client, auditor, LOG)
        second = client.get(f"{LOG}?page=2")

        assert first.content.decode().count('<th scope="row">') == 50
        assert 'rel="next" href="?page=2"' in first.content.decode()
        assert 'rel="prev" href="?page=1"' in second.content.decode()

    def test_the_number_of_queries_does_not_grow(self, lived, auditor):
        client = signed_in(auditor)
        few = queries_of(client, f"{LOG}?q=T2-001")
        many = queries_of(client, LOG)

        assert many <= few
        assert many <= 12


class TestVerifying:
    def test_says_that_nothing_was_verified_yet(self, client, make_participation, auditor):
        make_participation()

        assert "Nobody has verified the log yet." in text(read(client, auditor, LOG))

    def test_verify_now_says_how_much_is_whole(self, client, lived, auditor):
        client.force_login(auditor)

        page = client.post(VERIFY, follow=True)

        assert page.redirect_chain == [(LOG + "?", 302)]
        assert "What was verified is whole" in text(page)
        assert "by auditor (web pages): entries " in text(page)
        assert f"entries {Entry.objects.count()}, participations 6, seconds " in text(page)

    def test_all_who_may_read_the_log_read_who_verified_it(self, client, lived, auditor):
        client.force_login(auditor)
        client.post(VERIFY)

        for url in (LOG, log_of(lived.participations[0])):
            page = text(read(client, lived.manager, url))
            assert "by auditor (web pages): entries " in page
            assert "This was a part of the log: " in page

    def test_a_part_does_not_hide_the_last_verification_of_all(self, client, lived, auditor):
        verify_and_keep()
        client.force_login(auditor)

        page = text(client.post(VERIFY, {"q": "T1-001"}, follow=True))

        assert "What was verified is whole" in page
        assert "The log is whole" in page
        assert "by the system (system): entries " in page

    def test_who_audits_another_programme_learns_nothing_of_it(
        self, client, lived, auditor, person
    ):
        other = services.load_programme(PROGRAMME.replace("test_programme", "other_programme"))
        elsewhere = person("auditor", over=other)
        switch_triggers_off()
        change_entry(lived.participations[3].entries.get(seq=2), "verb", "forged")
        client.force_login(auditor)
        client.post(VERIFY)

        assert "Nobody has verified the log yet." in text(read(client, elsewhere, LOG))
        verify_and_keep()
        page = text(read(client, elsewhere, LOG))

        assert "The log is damaged in 1 place." in page
        assert "1 place is not listed here" in page
        assert "T1-004" not in page

    def test_damages_are_told_in_the_language_of_the_reader(self, client, lived, auditor):
        switch_triggers_off()
        change_entry(lived.participations[3].entries.get(seq=2), "verb", "forged")
        with translation.override("sr"):
            verify_and_keep()

        assert "The column “verb” says something else" in text(read(client, auditor, LOG))
        client.cookies["django_language"] = "sr"
        auditor.language = "sr"
        auditor.save()
        assert "У колони „verb“ стоји нешто друго" in text(read(client, auditor, LOG))

    def test_verify_now_names_what_is_damaged(self, client, lived, auditor):
        switch_triggers_off()
        change_entry(lived.participations[3].entries.get(seq=2), "verb", "forged")
        client.force_login(auditor)

        page = text(client.post(VERIFY, follow=True))

        assert "The log is damaged in 1 place." in page
        assert "T1-004, entry 2: The column “verb” says something else than was recorded." in page

    def test_only_what_the_filters_leave(self, client, lived, auditor):
        client.force_login(auditor)

        page = client.post(VERIFY, {"q": "T1-001", "stage": "completed"}, follow=True)

        assert page.redirect_chain[0][0] == f"{LOG}?q=T1-001"
        assert "participations 1," in text(page)
        assert "This was a part of the log: " in text(page)

    def test_too_much_for_a_page_is_said(self, client, lived, auditor, monkeypatch):
        monkeypatch.setattr("workflow.views.auditing.AT_ONCE", 10)
        client.force_login(auditor)

        page = client.post(VERIFY)

        assert page.status_code == 422
        assert "too many for a page" in text(page)

    def test_nobody_else_verifies(self, client, make_participation, coordinator):
        make_participation()
        client.force_login(coordinator)

        assert client.post(VERIFY).status_code == 403


class TestOneParticipation:
    def test_is_verified_each_time_it_is_shown(self, client, lived, auditor):
        kikinda = lived.participations[0]
        before = read(client, auditor, log_of(kikinda))
        switch_triggers_off()
        change_entry(kikinda.entries.get(seq=1), "role", "mentor")

        after = client.get(log_of(kikinda))

        assert title(before) == "Kikinda: the whole log – Koraci"
        assert "The log is whole" in text(before)
        assert "T1-001, entry 1: The column “role”" in text(after)

    def test_tells_all_entries_of_it_and_no_other(self, client, lived, auditor):
        page = text(read(client, auditor, log_of(lived.participations[5])))

        assert "Po pozivu iz 2026." in page
        assert "T1-001" not in page

    def test_the_number_of_queries_does_not_grow(self, lived, auditor):
        client = signed_in(auditor)

        few = queries_of(client, log_of(lived.participations[5]))
        many = queries_of(client, log_of(lived.participations[0]))

        assert many <= few <= 14


class TestOneEntry:
    def test_shows_everything_that_was_recorded(self, client, lived, auditor):
        entry = lived.participations[0].entries.get(verb="select")

        page = text(read(client, auditor, page_of(entry)))

        for told in (
            entry.entry_hash, entry.prev_hash, entry.mac, entry.canonical, str(entry.pk),
            entry.reason_kept_id, "Application → Memorandum", "All three said yes.",
            "Conditions as they were evaluated then", "Saglasnost: Kanjiža.", "Evidence Talk:",
            "Together with T1-001, T1-002, T1-003",
        ):  # fmt: skip
            assert " ".join(told.split()) in page, told

    def test_of_a_step_with_its_evidence(self, client, lived, auditor):
        entry = lived.participations[0].entries.filter(verb="hand_in").earliest("seq")

        page = text(read(client, auditor, page_of(entry)))

        assert entry.facts["evidence"]["digest"] in page
        assert "Step Talk" in page

    def test_says_when_the_text_of_a_reason_was_erased(self, client, lived, auditor):
        entry = lived.participations[0].entries.get(verb="select")
        Commitment.objects.filter(pk=entry.reason_kept_id).delete()

        page = text(read(client, auditor, page_of(entry)))

        assert "its text was erased since" in page
        assert "All three said yes." not in page

    def test_leads_to_the_entries_before_and_after(self, client, lived, auditor):
        chain = list(lived.participations[0].entries.order_by("seq"))

        page = read(client, auditor, page_of(chain[1])).content.decode()

        assert page_of(chain[0]) in page
        assert page_of(chain[2]) in page

    def test_warns_where_the_chain_is_damaged(self, client, lived, auditor):
        switch_triggers_off()
        entry = lived.participations[0].entries.get(seq=2)
        change_entry(entry, "decided_on", date(2026, 5, 5))

        assert "The log is damaged" in text(read(client, auditor, page_of(entry)))

    @pytest.mark.parametrize(
        "verb", ["give_mandate", "move_deadline", "propose", "decline", "open"]
    )
    def test_of_every_kind(self, client, lived, auditor, person, verb):
        person("mentor", over=lived.participations[0])
        entry = Entry.objects.filter(verb=verb).first()

        assert read(client, auditor, page_of(entry)).status_code == 200


def test_hostile_text_is_only_text(client, lived, auditor):
    perform(lived, 5, "hold", reason="<script>alert(1)</script> ‮ %s {{ x }}")
    entry = lived.participations[5].entries.get(verb="hold")

    for url in (LOG, log_of(lived.participations[5]), page_of(entry)):
        assert "<script>alert" not in read(client, auditor, url).content.decode()


@pytest.mark.parametrize("language", ["sr", "sr-latn", "en"])
def test_in_every_language_and_script(client, lived, auditor, language):
    client.force_login(auditor)
    client.cookies["django_language"] = language
    entry = lived.participations[0].entries.get(verb="select")

    for url in (LOG, log_of(lived.participations[0]), page_of(entry)):
        assert client.get(url).status_code == 200
