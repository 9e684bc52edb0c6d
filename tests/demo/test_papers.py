"""The papers of the demo: real files that came through the doors, each marked as a sample."""

import shutil
from pathlib import PurePath

import pytest
from django.urls import reverse

from config.demo import irig_2021, kikinda_2007
from config.demo.papers import content_of
from config.demo.papers import kikinda_2007 as of_kikinda
from config.demo.papers.sample import NOTICE
from config.demo.papers.signing import SIGNER
from documents.models import Version
from documents.reading import signatures_in, text_of
from documents.services import store
from documents.services.verifying import verify
from tests.demo.loaded import db  # noqa: F401
from tests.demo.test_world import the_one
from workflow.models import Evidence

PUBLIC_PAGES = [
    ("public:municipality", kikinda_2007.KIKINDA),
    ("public:programme", "sws_2007"),
]


def kikinda():
    return the_one(kikinda_2007.TRACK, kikinda_2007.KIKINDA)


def copied(version: Version, folder):
    """The file as it lies in the storage, at a path."""
    path = folder / version.name
    with store.opened(version.uuid) as stored, path.open("wb") as copy:
        shutil.copyfileobj(stored, copy)
    return path


@pytest.mark.usefixtures("db")
class TestThePapersOfTheDemo:
    """Loaded once for all of these, which only read."""

    def test_every_object_is_there_and_is_what_its_entry_says(self):
        told = verify()

        assert told.damages == []
        assert told.versions == Version.objects.count() == 21

    def test_there_are_texts_sheets_and_pdfs(self):
        names = Version.objects.values_list("name", flat=True)

        assert {PurePath(name).suffix for name in names} == {".pdf", ".docx", ".xlsx"}

    def test_each_says_that_it_is_a_sample_and_where_its_content_comes_from(self, tmp_path):
        for version in Version.objects.all():
            words = " ".join(text_of(copied(version, tmp_path), version.content_type).split())

            assert NOTICE in words, version.name
            assert "Извор: " in words, version.name

    @pytest.mark.parametrize(("page", "named"), PUBLIC_PAGES)
    def test_the_nine_of_kikinda_are_offered_to_everybody(self, client, page, named):
        shown = client.get(reverse(page, args=["sr", named])).content.decode()
        nine = Version.objects.filter(document__visibility="public")
        nine = nine.filter(document__participation=kikinda())

        assert {version.name for version in nine} == {sample.name for sample in of_kikinda.NINE}
        links = [
            reverse("documents:public_download", args=[version.uuid])
            for version in nine.order_by("pk")
        ]
        assert [shown.index(link) for link in links] == sorted(map(shown.index, links))

    def test_what_is_downloaded_is_what_was_written(self, client):
        version = Version.objects.get(name=of_kikinda.ADOPTED.name)

        answer = client.get(reverse("documents:public_download", args=[version.uuid]))

        assert b"".join(answer.streaming_content) == content_of(of_kikinda.ADOPTED)

    def test_the_draft_of_the_strategy_was_returned_with_remarks_and_replaced(self):
        draft = kikinda().documents.get(kind="strategy_draft")
        first, second = Evidence.objects.filter(step=draft.step).order_by("pk")
        versions = draft.versions.order_by("number")

        assert (first.status, second.status) == ("returned", "accepted")
        assert first.remarks == of_kikinda.REMARKS
        assert [one.reason for one in versions] == ["", of_kikinda.SECOND_DRAFT.replaces]
        for evidence, version in zip((first, second), versions, strict=True):
            assert [paper["uuid"] for paper in evidence.told["papers"]] == [str(version.uuid)]

    def test_the_memorandum_bears_a_signature_that_nobody_trusts(self, tmp_path):
        version = Version.objects.get(name=of_kikinda.MEMORANDUM.name)

        [signature] = signatures_in(copied(version, tmp_path))

        assert (signature.name, signature.intact) == (SIGNER, True)
        assert signature.covers_whole_file
        assert signature.trust == "not verifiable"

    def test_the_minutes_of_irig_belong_to_no_step(self):
        irig = the_one(irig_2021.TRACK, irig_2021.IRIG)

        [loose] = irig.documents.filter(step=None)

        assert loose.title == "Записник са припремно-информативног састанка"
        assert loose.visibility == "participants"
