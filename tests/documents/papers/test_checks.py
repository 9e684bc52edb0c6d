"""What `manage.py check` says where Pango is missing: a warning, with what to install."""

from django.core.checks import WARNING, run_checks

from documents.papers import checks
from documents.papers.checks import LIBRARIES, can_be_loaded, missing, pdf_can_be_made


def test_a_library_that_is_not_there_is_missing():
    assert not can_be_loaded("libno-such-thing.so.0")
    assert missing(["libc.so.6", "libno-such-thing.so.0"]) == ["libno-such-thing.so.0"]


def test_where_it_is_missing_a_warning_says_what_to_install(monkeypatch):
    monkeypatch.setattr(checks, "LIBRARIES", {"libno-such-thing.so.0": "libpango-1.0-0"})

    [warning] = pdf_can_be_made()

    assert warning.level == WARNING
    assert warning.hint == "apt-get install libpango-1.0-0"


def test_the_check_is_asked_with_all_others():
    told = [one for one in run_checks() if one.id == "documents.W001"]

    assert len(told) == len(missing(LIBRARIES))
