"""One PDF of the demo bears a signature: by a certificate of its own, whose key nobody keeps."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

SIGNER = "Пример потписника, само за показ"
VALID_FOR = timedelta(days=3650)


def signed(paper: bytes) -> bytes:
    """The PDF with a signature appended, as PAdES wants it. Nobody can trust it, and none shall."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    details = signers.PdfSignatureMetadata(
        field_name="Potpis1", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    written = IncrementalPdfFileWriter(BytesIO(paper))
    result: BytesIO = signers.sign_pdf(written, details, signer=throw_away_signer())
    return result.getvalue()


def throw_away_signer() -> Any:
    """A key, a certificate that it has signed itself, and both only in memory."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = ec.generate_private_key(ec.SECP256R1())
    certificate = certificate_of(key).public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        x509.Certificate.load(certificate),
        keys.PrivateKeyInfo.load(private),
        SimpleCertificateStore(),
    )


def certificate_of(key: Any) -> Any:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER)])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
