"""An authority of the tests, its certificates, and papers signed with them.

Everything is made when a test runs; people are named by their role.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from asn1crypto import crl, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNER = "Тест потписник, општина Кикинда"
SECOND_SIGNER = "Test signer, municipality of Irig"
AUTHORITY = "Тест издавалац"
RSA = rsa.generate_private_key(65537, 2048)  # pyHanko's clock for tests knows no other kind
NOWHERE = "http://revocation.example.invalid"


class Authority:
    """Issues certificates; `root` is the one that others may choose to trust."""

    def __init__(self, name: str = AUTHORITY) -> None:
        self.name = name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.root = self._certificate(_subject(name), self.key, days=(-900, 900), is_authority=True)

    def issue(self, name=SIGNER, *, organisation="", days=(-10, 10), stamps=False, usage=None):
        """Somebody with a certificate of this authority, valid between these days from now."""
        key = RSA if stamps else ec.generate_private_key(ec.SECP256R1())
        subject = name if isinstance(name, x509.Name) else _subject(name, organisation)
        certificate = self._certificate(subject, key, days=days, stamps=stamps, usage=usage)
        return Somebody(_asn1(certificate), key, _asn1(self.root))

    def with_revocation_of(self, somebody, paper: bytes) -> bytes:
        """The paper with this authority's word, appended to it, that a certificate is revoked."""
        now = datetime.now(UTC)
        revoked = (
            x509.RevokedCertificateBuilder()
            .serial_number(somebody.certificate.serial_number)
            .revocation_date(now - timedelta(days=1))
            .build()
        )
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(_subject(self.name))
            .last_update(now - timedelta(hours=1))
            .next_update(now + timedelta(days=7))
            .add_revoked_certificate(revoked)
            .sign(self.key, hashes.SHA256())
        )
        written = BytesIO(paper)
        told = crl.CertificateList.load(made.public_bytes(serialization.Encoding.DER))
        DocumentSecurityStore.add_dss(written, None, crls=[told])
        return written.getvalue()

    def trusted_in(self, folder: Path, encoding=serialization.Encoding.PEM) -> Path:
        """The folder with the root in it."""
        folder.mkdir(exist_ok=True)
        (folder / "root.cer").write_bytes(self.root.public_bytes(encoding))
        return folder

    def _certificate(self, subject, key, *, days, is_authority=False, stamps=False, usage=None):
        now = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(_subject(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=days[0]))
            .not_valid_after(now + timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), True)
            .add_extension(usage or key_usage(is_authority), True)
        )
        if stamps:
            purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            made = made.add_extension(purpose, True)
        if not is_authority:
            made = made.add_extension(_where_to_ask(), False)
            made = made.add_extension(_where_the_list_is(), False)
        return made.sign(self.key, hashes.SHA256())


class Somebody:
    """Who can sign: a certificate with its key."""

    def __init__(self, certificate, key, root) -> None:
        self.certificate = certificate
        private = key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        self.key = keys.PrivateKeyInfo.load(private)
        self.root = root

    def sign(self, paper: bytes, field="Potpis1", *, stamped_by=None, password=None, **details):
        """The paper with one more signature, appended as PDF wants it."""
        store = SimpleCertificateStore()
        store.register(self.root)
        signer = signers.SimpleSigner(self.certificate, self.key, store)
        details.setdefault("subfilter", SigSeedSubFilter.PADES)
        written = _writer(paper, password)
        return signers.sign_pdf(
            written,
            signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256", **details),
            signer=signer,
            timestamper=stamped_by.clock() if stamped_by else None,
        ).getvalue()

    def clock(self, moment: datetime | None = None):
        """A time stamping authority of this certificate."""
        store = SimpleCertificateStore()
        store.register(self.root)
        return timestamps.DummyTimeStamper(self.certificate, self.key, store, fixed_dt=moment)

    def stamp(self, paper: bytes) -> bytes:
        """The paper with a time stamp over the whole of it."""
        stamper = signers.PdfTimeStamper(self.clock())
        return stamper.timestamp_pdf(_writer(paper), "sha256").getvalue()


def with_empty_field(paper: bytes, field="Potpis1") -> bytes:
    """The paper with a place for a signature that nobody has signed."""
    writer = _writer(paper)
    append_signature_field(writer, SigFieldSpec(field))
    return _written(writer)


@contextmanager
def updated(paper: bytes) -> Iterator[tuple[IncrementalPdfFileWriter, BytesIO]]:
    """An update appended to a paper: `with updated(paper) as (writer, result): …`."""
    writer, result = _writer(paper), BytesIO()
    yield writer, result
    result.write(_written(writer))


def _writer(paper: bytes, password: str | None = None) -> IncrementalPdfFileWriter:
    writer = IncrementalPdfFileWriter(BytesIO(paper), strict=False)
    if password is not None:
        writer.encrypt(password)
    return writer


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _subject(name: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


def key_usage(is_authority=False, *, signs_contents=True) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=signs_contents and not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _where_to_ask() -> x509.AuthorityInformationAccess:
    """An address that would answer about revocation, and must never be asked."""
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(
                AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(NOWHERE)
            )
        ]
    )


def _where_the_list_is() -> x509.CRLDistributionPoints:
    address = x509.UniformResourceIdentifier(f"{NOWHERE}/list")
    return x509.CRLDistributionPoints([x509.DistributionPoint([address], None, None, None)])


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
