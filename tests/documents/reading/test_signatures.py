"""Who signed a PDF, when, whether it is still the same, and whether one can rely on it."""

import re
import socket
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pypdf import PdfWriter

from documents.reading import Signature, signatures_in
from tests.documents.reading.printed import pdf
from tests.documents.reading.signing import (
    AUTHORITY,
    SECOND_SIGNER,
    SIGNER,
    Authority,
    key_usage,
    updated,
    with_empty_field,
)

PAPER = pdf(["Стратегија општине Кикинда", "Usvojeno na sednici."])


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture(scope="module")
def signer(authority):
    return authority.issue(organisation="Општина Кикинда")


@pytest.fixture(scope="module")
def second_signer(authority):
    return authority.issue(SECOND_SIGNER)


@pytest.fixture
def roots(authority, tmp_path):
    return authority.trusted_in(tmp_path / "roots")


@pytest.fixture
def read(tmp_path):
    """`read(content, roots)`: the signatures of these bytes."""

    def found(content: bytes, roots=None) -> list[Signature]:
        path = tmp_path / "paper"
        path.write_bytes(content)
        return signatures_in(path, roots)

    return found


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """Whoever opens a connection fails: the certificates name an address to ask."""

    def refuse(*_arguments):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


# Signed and left alone


def test_who_signed_when_and_that_nothing_was_changed(read, signer, roots):
    [found] = read(signer.sign(PAPER), roots)

    assert (found.name, found.organisation, found.issuer) == (SIGNER, "Општина Кикинда", AUTHORITY)
    assert abs(datetime.now(UTC) - found.claimed_at) < timedelta(minutes=1)
    assert (found.intact, found.altered_after, found.covers_whole_file) == (True, "", True)
    assert (found.trust, found.doubt, found.problem) == ("trusted", "", "")


@pytest.mark.parametrize("encoding", [serialization.Encoding.PEM, serialization.Encoding.DER])
def test_roots_may_be_written_in_either_way(read, signer, authority, tmp_path, encoding):
    folder = authority.trusted_in(tmp_path / "roots", encoding)
    (folder / "odd.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
    (folder / "odd.der").write_bytes(b"\x30\x03abc")
    (folder / "README").write_text("no certificate")

    [found] = read(signer.sign(PAPER), folder)

    assert found.trust == "trusted"


def test_an_unknown_root_is_not_verifiable(read, signer, tmp_path):
    others = Authority("Други издавалац").trusted_in(tmp_path / "others")

    [found] = read(signer.sign(PAPER), others)

    assert (found.intact, found.trust, found.doubt) == (True, "not verifiable", "unknown_issuer")


def test_somebody_who_takes_the_name_of_a_known_root_is_not_trusted(read, roots):
    impostor = Authority(AUTHORITY).issue(SIGNER)

    [found] = read(impostor.sign(PAPER), roots)

    assert (found.name, found.trust) == (SIGNER, "not verifiable")


@pytest.mark.parametrize("folder", [None, "missing", "empty"])
def test_without_roots_nothing_is_trusted_not_even_what_the_system_trusts(
    read, signer, tmp_path, folder
):
    (tmp_path / "empty").mkdir()

    [found] = read(signer.sign(PAPER), folder and tmp_path / folder)

    assert (found.intact, found.trust, found.doubt) == (True, "not verifiable", "no_roots")


def test_an_expired_certificate(read, authority, roots):
    expired = authority.issue(days=(-20, -5))

    [found] = read(expired.sign(PAPER), roots)

    assert (found.intact, found.trust, found.doubt) == (True, "not verifiable", "expired")
    assert found.certificate_ends == (datetime.now(UTC) - timedelta(days=5)).date()


def test_a_certificate_that_its_issuer_revoked(read, authority, signer, roots):
    paper = authority.with_revocation_of(signer, signer.sign(PAPER))

    [found] = read(paper, roots)

    assert (found.intact, found.altered_after) == (True, "proofs")
    assert (found.trust, found.doubt) == ("not verifiable", "revoked")


def test_a_certificate_that_is_not_for_signing_documents(read, authority, roots):
    other = authority.issue(usage=key_usage(signs_contents=False))

    [found] = read(other.sign(PAPER), roots)

    assert (found.intact, found.trust, found.doubt) == (
        True,
        "not verifiable",
        "not_for_signing",
    )


def test_an_older_kind_of_signature_is_read_as_well(read, signer, roots):
    [found] = read(signer.sign(PAPER, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED), roots)

    assert (found.intact, found.trust) == (True, "trusted")


# Time stamps


def test_a_time_stamp_confirms_when(read, authority, signer, roots):
    clock = authority.issue("Test time stamps", stamps=True)

    [found] = read(signer.sign(PAPER, stamped_by=clock), roots)

    assert abs(datetime.now(UTC) - found.stamped_at) < timedelta(minutes=1)
    assert found.stamp_trust == "trusted"


def test_a_time_stamp_of_unknown_origin(read, signer, roots):
    clock = Authority("Други издавалац").issue("Test time stamps", stamps=True)

    [found] = read(signer.sign(PAPER, stamped_by=clock), roots)

    assert found.stamped_at
    assert (found.trust, found.stamp_trust) == ("trusted", "not verifiable")


def test_a_trusted_time_stamp_keeps_an_expired_certificate_good(read, authority, roots):
    expired = authority.issue(days=(-20, -5))
    clock = authority.issue("Test time stamps", stamps=True, days=(-50, 50))
    then = datetime.now(UTC) - timedelta(days=10)
    clock.clock = lambda make=clock.clock: make(then)

    [found] = read(expired.sign(PAPER, stamped_by=clock), roots)

    assert (found.stamped_at.date(), found.trust) == (then.date(), "trusted")


def test_a_time_stamp_over_the_whole_file_is_told_as_one(read, authority, signer, roots):
    clock = authority.issue("Test time stamps", stamps=True)

    signature, stamp = read(clock.stamp(signer.sign(PAPER)), roots)

    assert (signature.is_stamp, signature.intact, signature.altered_after) == (
        False,
        True,
        "proofs",
    )
    assert (stamp.is_stamp, stamp.name, stamp.intact) == (True, "Test time stamps", True)
    assert stamp.covers_whole_file


# Changed afterwards


def test_a_changed_byte_anywhere_in_the_signed_part_is_seen(read, signer, roots):
    signed = signer.sign(PAPER)
    first, length, second, rest = map(
        int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", signed).groups()
    )
    covered = [*range(first, length), *range(second, second + rest)]
    places = [*covered[:: len(covered) // 40], *range(second, second + rest, 60)]

    taken_for_good = [
        place
        for place in places
        if any(found.intact for found in read(flipped(signed, place), roots))
    ]

    assert len(places) > 50
    assert taken_for_good == []


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_changed_text_of_the_signed_part_does_not_fit(read, signer, roots):
    paper = pdf(["Iznos"], page="/Note (5000)")
    signed = signer.sign(paper).replace(b"/Note (5000)", b"/Note (9000)")

    [found] = read(signed, roots)

    assert (found.name, found.intact, found.trust) == (SIGNER, False, "not verifiable")


def test_a_page_replaced_by_an_update_is_changed_content(read, signer, roots):
    with updated(signer.sign(PAPER)) as (writer, result):
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
        writer.update_container(page)

    [found] = read(result.getvalue(), roots)

    assert (found.intact, found.altered_after) == (True, "content")
    assert not found.covers_whole_file


def test_bytes_that_belong_to_no_update_are_no_quiet_addition(read, signer, roots):
    [found] = read(signer.sign(PAPER) + b"\n% appended\n", roots)

    assert (found.intact, found.altered_after) == (True, "unclear")


def test_two_signatures_one_after_the_other(read, signer, second_signer, roots):
    first, second = read(second_signer.sign(signer.sign(PAPER), "Potpis2"), roots)

    assert (first.name, first.intact, first.altered_after) == (SIGNER, True, "forms")
    assert (second.name, second.intact, second.altered_after) == (SECOND_SIGNER, True, "")
    assert (first.permitted, second.permitted) == (True, True)


def test_the_second_signature_does_not_heal_a_change_before_it(read, signer, second_signer, roots):
    with updated(signer.sign(PAPER)) as (writer, result):
        writer.root["/Lang"] = generic.pdf_string("xx")
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
        writer.update_container(page)

    first, second = read(second_signer.sign(result.getvalue(), "Potpis2"), roots)

    assert (first.altered_after, second.altered_after) == ("content", "")


def test_a_paper_that_was_closed_permits_no_further_field(read, signer, roots):
    closed = signer.sign(PAPER, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)

    [found] = read(with_text_field(closed), roots)

    assert (found.intact, found.altered_after) == (True, "content")


def test_a_filled_in_field_is_told_and_permitted(read, signer, roots):
    signed = signer.sign(with_text_field(PAPER))
    with updated(signed) as (writer, result):
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/V"] = generic.pdf_string("5000")
        writer.update_container(field)

    [found] = read(result.getvalue(), roots)

    assert (found.intact, found.altered_after, found.permitted) == (True, "forms", True)


def test_a_filled_in_field_that_the_signature_forbids(read, signer, roots):
    closed = signer.sign(
        with_text_field(PAPER), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES
    )
    with updated(closed) as (writer, result):
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/V"] = generic.pdf_string("5000")
        writer.update_container(field)

    [found] = read(result.getvalue(), roots)

    assert (found.altered_after, found.permitted) == ("forms", False)


def with_text_field(paper: bytes) -> bytes:
    with updated(paper) as (writer, result):
        field = generic.DictionaryObject(
            {
                generic.pdf_name("/FT"): generic.pdf_name("/Tx"),
                generic.pdf_name("/T"): generic.pdf_string("Iznos"),
                generic.pdf_name("/V"): generic.pdf_string(""),
            }
        )
        added = writer.add_object(field)
        if "/AcroForm" in writer.root:
            writer.root["/AcroForm"]["/Fields"].append(added)
            writer.update_container(writer.root["/AcroForm"]["/Fields"])
        else:
            fields = generic.ArrayObject([added])
            form = generic.DictionaryObject({generic.pdf_name("/Fields"): fields})
            writer.root["/AcroForm"] = form
            writer.update_root()
    return result.getvalue()


# Nothing to tell, or nothing that can be told


def test_a_paper_that_nobody_signed(read):
    assert read(PAPER) == []


def test_a_place_for_a_signature_is_no_signature(read):
    assert read(with_empty_field(PAPER)) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "Потписао: нико".encode()])
def test_what_is_no_pdf_has_no_signatures(read, content):
    assert read(content) == []


@pytest.mark.parametrize("damage", [lambda signed: signed[:3000], lambda _signed: b"%PDF-1.7\n?"])
def test_of_a_damaged_file_it_is_said_that_nothing_can_be_said(read, signer, damage):
    assert read(damage(signer.sign(PAPER))) == [Signature(problem="unreadable")]


def test_a_file_that_asks_for_a_password_says_so(read, signer, tmp_path):
    assert read(encrypted(PAPER, tmp_path, "lozinka")) == [Signature(problem="locked")]


def test_a_signed_file_that_only_forbids_printing_is_read(read, signer, roots, tmp_path):
    paper = encrypted(PAPER, tmp_path, "")

    [found] = read(signer.sign(paper, password=""), roots)

    assert (found.name, found.intact, found.trust) == (SIGNER, True, "trusted")


def encrypted(paper: bytes, folder, password: str) -> bytes:
    (folder / "plain").write_bytes(paper)
    writer = PdfWriter(clone_from=folder / "plain")
    writer.encrypt(password, owner_password="vlasnik", algorithm="AES-256")
    writer.write(folder / "locked")
    return (folder / "locked").read_bytes()


@pytest.mark.parametrize("rubbish", [b"00" * 40, b"3003020101", b""])
def test_a_signature_of_rubbish_is_told_beside_a_good_one(
    read, signer, second_signer, roots, rubbish
):
    signed = second_signer.sign(signer.sign(PAPER), "Potpis2")
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    spoilt = signed[:start] + rubbish.ljust(end - start, b"0") + signed[end:]

    found = read(spoilt, roots)

    assert sorted(one.problem for one in found) == ["", "unchecked"]


def test_a_kind_of_signature_that_nobody_knows_is_told(read, signer, roots):
    odd = signer.sign(PAPER).replace(b"/ETSI.CAdES.detached", b"/ETSI.Unknown.detach")

    [found] = read(odd, roots)

    assert (found.name, found.problem) == (SIGNER, "unchecked")


def test_facts_survive_the_record(read, authority, signer, roots):
    clock = authority.issue("Test time stamps", stamps=True)

    for found in read(clock.stamp(signer.sign(PAPER, stamped_by=clock)), roots):
        assert Signature.from_facts(found.facts()) == found
        assert Signature.from_facts(found.facts() | {"of a later release": 1}) == found
