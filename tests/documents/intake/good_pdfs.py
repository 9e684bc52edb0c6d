"""Sound PDFs: by hand, by WeasyPrint, by pypdf, and signed with pyHanko."""

import io
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

import weasyprint
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pypdf import PdfReader, PdfWriter

from tests.documents.intake.pdf_by_hand import pdf, stream

FIGURES = b"<figures><places>20</places></figures>"


def objects_packed(*contents: bytes, first: int = 10, told: bytes = b"/Type /ObjStm") -> bytes:
    """The content of an object that holds others, numbered from `first` on."""
    header, body = b"", b""
    for number, content in enumerate(contents, first):
        header += b"%d %d " % (number, len(body))
        body += content + b"\n"
    told += b" /N %d /First %d" % (len(contents), len(header))
    return stream(header + body, told)


def attached(name: bytes, content: bytes, packed: bool = True) -> bytes:
    """A PDF to which a file of this name is attached."""
    names = b"/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>"
    told = b"<< /Type /Filespec /F %b /UF %b /EF << /F 4 0 R >> >>" % (name, name)
    return pdf(stream(content, b"/Type /EmbeddedFile", packed), told, catalog=names)


def printed(text: str, **options) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves a profile open
        return weasyprint.HTML(string=f"<h1>{text}</h1><p>{text * 40}</p>").write_pdf(**options)


def by_pypdf(compressed: bool = False) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(printed("Akcioni plan"))))
    writer.add_blank_page(200, 200)
    writer.add_outline_item(title="Uvod", page_number=0)
    writer.add_metadata({"/Title": "Akcioni plan"})
    if compressed:
        writer.compress_identical_objects()
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@cache
def signer() -> signers.SimpleSigner:
    """Somebody with a certificate of their own."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test signatory")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    encoded = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return signers.SimpleSigner(
        asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(encoded),
        SimpleCertificateStore(),
    )


def signed(content: bytes, field: str = "Signature1") -> bytes:
    """With an electronic signature (PAdES) added behind what was there."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    how = signers.PdfSignatureMetadata(
        field_name=field, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    return signers.sign_pdf(writer, how, signer=signer()).getvalue()


def archival() -> bytes:
    """PDF/A-3 with the figures behind it attached."""
    figures = weasyprint.Attachment(
        string=FIGURES.decode(), name="figures.xml", relationship="Source"
    )
    return printed("Kikinda", pdf_variant="pdf/a-3u", attachments=[figures])


def good_pdfs() -> Iterator[tuple[str, bytes]]:
    """Name and content of each."""
    yield "Odluka.pdf", pdf()
    yield "Одлука о усвајању.pdf", printed("Одлука о усвајању стратегије чђшћж")
    yield "Za arhivu.pdf", printed("Kikinda", pdf_variant="pdf/a-2u")
    yield "Sa podacima.pdf", archival()
    yield "Potpisano.pdf", signed(printed("Memorandum"))
    yield "Dva potpisa.pdf", signed(signed(archival()), "Signature2")
    yield "Akcioni plan.PDF", by_pypdf()
    yield "Stisnuto.pdf", by_pypdf(compressed=True)
    yield "Sa praznim redovima.pdf", pdf() + b"\r\n\r\n\x00"
    yield "Spakovani objekti.pdf", pdf(objects_packed(b"<< /Title (a) >>", b"[1 2]"))
    yield "O bezbednosti.pdf", pdf(b"<< /Title (kako radi /JavaScript \\( i /Launch) >>")
    yield "Sa slikom.pdf", pdf(stream(bytes(3_000_000), b"/Subtype /Image /Width 1000"))
    yield "Tabela.pdf", attached(b"(podaci.csv)", "mera;iznos\nжива;1\n".encode())
    yield "Tabela 2.pdf", attached(b"<" + "podaci.txt".encode("utf-16").hex().encode() + b">", b"1")
