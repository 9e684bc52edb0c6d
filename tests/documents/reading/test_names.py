"""Names in certificates: Cyrillic in any type of text, nothing unseen, no personal number."""

import pytest
from asn1crypto import core, x509
from cryptography import x509 as made
from cryptography.x509.name import _ASN1Type
from cryptography.x509.oid import NameOID

from documents.reading import signatures_in
from documents.reading.names import name_in, readable
from tests.documents.reading.printed import pdf
from tests.documents.reading.signing import Authority

CYRILLIC = "Тест потписник, општина Ђурђево"
LATIN = "Test potpisnik, opština Čačak Žžđćš"


def name_with(kind: str, content: bytes) -> x509.Name:
    """A name whose common name is this content, said to be of this type of text."""
    types = {"teletex": 0x14, "printable": 0x13, "utf8": 0x0C, "bmp": 0x1E, "universal": 0x1C}
    value = bytes([types[kind], len(content)]) + content
    oid = core.ObjectIdentifier("2.5.4.3").dump()
    pair = b"\x30" + bytes([len(oid) + len(value)]) + oid + value
    relative = b"\x31" + bytes([len(pair)]) + pair
    return x509.Name.load(b"\x30" + bytes([len(relative)]) + relative)


@pytest.mark.parametrize("name", [CYRILLIC, LATIN])
@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("utf8", "utf-8"),
        ("bmp", "utf-16-be"),
        ("teletex", "utf-8"),
        ("printable", "utf-8"),
    ],
)
def test_a_name_comes_out_right_in_any_type_of_text(kind, encoding, name):
    assert name_in(name_with(kind, name.encode(encoding)), "common_name") == name


def test_an_old_certificate_of_central_europe():
    assert name_in(name_with("teletex", "Čačak".encode("cp1250")), "common_name") == "Čačak"


@pytest.mark.parametrize("name", [CYRILLIC, LATIN])
@pytest.mark.parametrize("taken_for", ["latin-1"])
def test_a_name_that_was_encoded_twice_is_read_once(name, taken_for):
    twice = name.encode().decode(taken_for).encode()

    assert name_in(name_with("utf8", twice), "common_name") == name


@pytest.mark.parametrize("name", [CYRILLIC, LATIN, "Müller", "Ã", "Test signer"])
def test_a_name_that_is_right_stays_as_it_is(name):
    assert readable(name) == name


def test_nothing_unseen_turns_a_name_around_or_hides_in_it():
    assert readable("Test\u202e signer\u200b\x00\n of  roles") == "Test signer of roles"


@pytest.mark.parametrize(
    "stated", ["Test potpisnik 0101990712345", "Test potpisnik-0101990712345", "Test potpisnik"]
)
def test_a_personal_number_is_nobodys_business(stated):
    assert readable(stated) == "Test potpisnik"


def test_the_number_of_a_certificate_is_no_personal_number():
    assert readable("Test potpisnik 200012345") == "Test potpisnik 200012345"


def test_a_name_is_not_endless():
    assert len(readable("а" * 100_000)) == 200


@pytest.mark.parametrize("kind", [_ASN1Type.BMPString, _ASN1Type.T61String, _ASN1Type.UTF8String])
def test_a_signed_paper_tells_the_name_as_it_is_written(tmp_path, kind):
    subject = made.Name(
        [
            made.NameAttribute(NameOID.COMMON_NAME, CYRILLIC, _type=kind),
            made.NameAttribute(NameOID.ORGANIZATION_NAME, "Општина Ђурђево"),
        ]
    )
    (tmp_path / "paper").write_bytes(
        Authority().issue(subject).sign(pdf(["Одлука"]), name="potpis")
    )

    [found] = signatures_in(tmp_path / "paper")

    assert (found.name, found.organisation) == (CYRILLIC, "Општина Ђурђево")
