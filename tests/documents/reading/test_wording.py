"""What was found, said in words: information, never a verdict."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from documents.reading import PROBLEMS, Difference, Signature
from documents.reading.signature import (
    CONTENT,
    EXPIRED,
    FORMS,
    LOCKED,
    NO_ROOTS,
    NOT_FOR_SIGNING,
    NOT_VERIFIABLE,
    OTHER,
    PROOFS,
    REVOKED,
    TRUSTED,
    UNCHECKED,
    UNCLEAR,
    UNKNOWN_ISSUER,
    UNREADABLE,
)
from documents.reading.wording import comparison_in_words, folded_in_words

MORNING = datetime(2026, 1, 21, 8, 30, tzinfo=UTC)


def signed(**facts) -> Signature:
    usual = {"name": "Test signer", "intact": True, "claimed_at": MORNING, "trust": TRUSTED}
    return Signature(**usual | facts)


def test_a_good_signature_in_words():
    assert signed(organisation="Municipality of Kikinda").sentence() == (
        "Signed by Test signer (Municipality of Kikinda) on 21 January 2026 at 9:30, by the "
        "signer's own clock. The file was not changed since. The certificate comes from an "
        "issuer on the list of trusted issuers."
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "sr",
            "Потпис: Test signer, 21. јануара 2026. у 9:30, према сату потписника. Датотека "
            "после тога није мењана. Сертификат се не може проверити: важио је до 1. фебруара "
            "2026.",
        ),
        (
            "sr-latn",
            "Potpis: Test signer, 21. januara 2026. u 9:30, prema satu potpisnika. Datoteka "
            "posle toga nije menjana. Sertifikat se ne može proveriti: važio je do 1. februara "
            "2026.",
        ),
        (
            "bs",
            "Potpis: Test signer, 21. januara 2026. u 9:30, prema satu potpisnika. Datoteka "
            "poslije toga nije mijenjana. Certifikat se ne može provjeriti: važio je do "
            "1. februara 2026.",
        ),
    ],
)
def test_every_language_has_its_own_words(language, sentence):
    expired = signed(trust=NOT_VERIFIABLE, doubt=EXPIRED, certificate_ends=date(2026, 2, 1))

    with override(language):
        assert expired.sentence() == sentence


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"claimed_at": None}, "Signed by Test signer; when is not stated."),
        (
            {"stamped_at": MORNING, "stamp_trust": TRUSTED},
            "on 21 January 2026 at 9:30, which a time stamp confirms.",
        ),
        ({"stamped_at": MORNING, "stamp_trust": NOT_VERIFIABLE}, "a time stamp of unknown origin."),
        ({"is_stamp": True, "stamped_at": MORNING}, "Time stamp by Test signer on 21 January"),
        ({"name": ""}, "Signed by somebody without a name on"),
        ({"organisation": "Test signer"}, "Signed by Test signer on"),
        ({"altered_after": PROOFS}, "only time stamps or proofs of the signature were added."),
        ({"altered_after": FORMS}, "were added, as this signature permits."),
        ({"altered_after": FORMS, "permitted": False}, "which this signature does not permit."),
        ({"altered_after": CONTENT}, "The content of the file was changed since."),
        ({"altered_after": UNCLEAR}, "Whether the file was changed since cannot be told."),
        ({"trust": NOT_VERIFIABLE, "doubt": NO_ROOTS}, "no list of trusted issuers is set up."),
        ({"trust": NOT_VERIFIABLE, "doubt": UNKNOWN_ISSUER}, "its issuer is not on the list"),
        ({"trust": NOT_VERIFIABLE, "doubt": REVOKED}, "its issuer revoked it."),
        ({"trust": NOT_VERIFIABLE, "doubt": NOT_FOR_SIGNING}, "not issued for signing documents."),
        ({"trust": NOT_VERIFIABLE, "doubt": OTHER}, "The certificate cannot be verified."),
        ({"problem": LOCKED}, "The file is locked with a password, so its signatures cannot be"),
        ({"problem": UNREADABLE}, "Whether the file is signed cannot be read"),
        ({"problem": UNCHECKED}, "The file bears a signature by Test signer that cannot be read."),
        ({"problem": UNCHECKED, "name": ""}, "The file bears a signature that cannot be read."),
    ],
)
def test_every_fact_has_its_words(facts, said):
    assert said in signed(**facts).sentence()


@pytest.mark.parametrize(("is_stamp", "what"), [(False, "signature"), (True, "time stamp")])
def test_what_does_not_fit_says_so_and_nothing_of_trust(is_stamp, what):
    sentence = signed(intact=False, is_stamp=is_stamp).sentence()

    assert sentence.startswith(f"The {what} by Test signer does not fit the file:")
    assert "certificate" not in sentence


def test_counts_agree_in_serbian():
    found = [Difference("added", ("a",) * 5), Difference("removed", ("b",) * 2)]

    with override("sr"):
        assert comparison_in_words("b", "a", found) == "Додато 5 редова, уклоњена 2 реда."
        assert folded_in_words(Difference("folded", ("c",) * 21)) == "21 неизмењен ред"


def test_every_problem_has_its_sentence_in_serbian():
    with override("sr"):
        assert all("атотек" in str(sentence) for sentence in PROBLEMS.values())
