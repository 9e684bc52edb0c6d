"""The virus scanner: only its own word "OK" counts, everything else is no answer."""

import time

import pytest

from documents.intake.scanning import ScannerDown, TooLargeToScan, scan
from tests.documents.intake.fake_clamd import clamd
from tests.documents.intake.hostile_names import TEST_VIRUS


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paper"
    path.write_bytes(b"strategija " * 50_000)
    return path


@pytest.fixture
def virus(tmp_path):
    path = tmp_path / "virus"
    path.write_bytes(TEST_VIRUS)
    return path


@pytest.mark.parametrize("on_a_socket", [True, False])
def test_a_clean_file_is_clean(paper, tmp_path, on_a_socket):
    with clamd(tmp_path / "clamd" if on_a_socket else None) as (scanner, address):
        assert scan(paper, address=address, required=True) == "clean"

    assert scanner.received == [paper.read_bytes()]


def test_a_virus_is_named(virus):
    with clamd() as (_, address):
        assert scan(virus, address=address) == "infected:Eicar-Test-Signature"


def test_the_scanner_is_asked_again_and_again(paper, virus):
    with clamd() as (_, address):
        told = [scan(path, address=address) for path in (paper, virus, paper)]

    assert told == ["clean", "infected:Eicar-Test-Signature", "clean"]


def test_an_empty_file_is_sent_too(tmp_path):
    path = tmp_path / "empty"
    path.touch()

    with clamd() as (_, address):
        assert scan(path, address=address) == "clean"


def test_without_a_scanner_that_is_said(paper):
    assert scan(paper, address="", required=False) == "not configured"


def test_without_a_scanner_that_is_required_nothing_is_clean(paper):
    with pytest.raises(ScannerDown):
        scan(paper, address="", required=True)


def test_the_settings_say_which_scanner(paper, settings):
    settings.CLAMD_ADDRESS, settings.CLAMD_REQUIRED = "", True

    with pytest.raises(ScannerDown):
        scan(paper)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.ctl", "127.0.0.1:x", "clamd"])
def test_a_scanner_that_is_not_there_is_down(paper, address):
    with pytest.raises(ScannerDown):
        scan(paper, address=address)


@pytest.mark.parametrize(
    "habit",
    [
        "closes at once",
        "closes mid-way",
        "says half",
        "says stream: ",
        "says stream: OK or so",
        "says UNKNOWN COMMAND",
        "says stream: Can't allocate memory ERROR",
        "says stream: OK\x00stream: OK",
    ],
)
def test_an_answer_that_is_none_is_not_taken_for_clean(paper, habit):
    with clamd(habit=habit) as (_, address), pytest.raises(ScannerDown):
        scan(paper, address=address)


@pytest.mark.parametrize("habit", ["stays silent", "drips"])
def test_a_slow_scanner_is_not_waited_for_longer_than_one_has_patience(paper, habit):
    began = time.monotonic()

    with clamd(habit=habit) as (_, address), pytest.raises(ScannerDown):
        scan(paper, address=address, patience=0.5)

    assert time.monotonic() - began < 5


def test_a_file_above_the_scanners_limit_is_not_clean(paper):
    with clamd(largest=100_000) as (_, address), pytest.raises(TooLargeToScan):
        scan(paper, address=address)


@pytest.mark.parametrize("name", ["MaxFileSize", "MaxScanSize", "MaxRecursion"])
def test_what_the_scanner_did_not_look_at_is_not_clean(paper, name):
    habit = f"says stream: Heuristics.Limits.Exceeded.{name} FOUND"

    with clamd(habit=habit) as (_, address), pytest.raises(TooLargeToScan):
        scan(paper, address=address)
