"""In which language and script a paper is written where nobody chooses."""

import pytest

from documents.papers.speaking import chosen, language_of
from tests.world import PROGRAMME
from workflow.models import Programme
from workflow.services.procedures import BrokenFile, load_programme


@pytest.mark.parametrize(
    ("languages", "country", "expected"),
    [
        (["sr"], "RS", "sr"),
        (["sr-latn"], "RS", "sr-latn"),
        (["sr", "en"], "RS", "sr"),
        (["en", "sr-latn"], "RS", "sr-latn"),
        (["en"], "RS", "en"),
        (["sr", "bs"], "BA", "bs"),  # SPIS, in two countries
        (["sr", "bs"], "RS", "sr"),
        (["sr"], "BA", "sr"),
        ([], "RS", "sr"),
        ([], "BA", "bs"),
    ],
)
def test_the_language_of_the_programme_that_is_spoken_there(languages, country, expected):
    assert chosen(Programme(languages=languages), country) == expected


def test_a_participation_is_written_to_in_it(case, programme):
    programme.languages = ["sr-latn"]
    case.programme = programme

    assert language_of(case) == "sr-latn"


def test_a_programme_file_may_say_the_script(db):
    text = PROGRAMME.replace("- sr", "- sr-latn")

    assert load_programme(text).languages == ["sr-latn"]
    with pytest.raises(BrokenFile):
        load_programme(PROGRAMME.replace("- sr", "- sr-cyrl"))
