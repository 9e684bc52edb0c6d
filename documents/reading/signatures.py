"""The signatures in a PDF, read with pyHanko. No network is ever asked.

Whether a certificate was revoked is known only as far as the file carries the answer itself.
Trust means that the chain ends at a certificate in the folder of roots, and nothing more.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.crypt import AuthStatus
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate, AdESSubIndic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.status import (
    ModificationInfo,
    SignatureCoverageLevel,
    SignatureStatus,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleTrustManager

from documents.reading import signature as facts
from documents.reading.names import name_in
from documents.reading.problems import Locked
from documents.reading.roots import roots_in
from documents.reading.signature import Signature

MOST = 100  # signatures told of one file
HEAD = 1024  # bytes in which a PDF says that it is one

_DONE_SINCE: dict[ModificationLevel | None, str] = {
    ModificationLevel.NONE: facts.UNCLEAR,  # bytes at the end that belong to no update
    ModificationLevel.LTA_UPDATES: facts.PROOFS,
    ModificationLevel.FORM_FILLING: facts.FORMS,
}
_DOUBTS: dict[AdESSubIndic | None, str] = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: facts.UNKNOWN_ISSUER,
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: facts.NOT_FOR_SIGNING,
}


def signatures_in(path: Path, roots: Path | None = None) -> list[Signature]:
    """Every signature and time stamp of a PDF in the order of signing; of other files, none.

    A file that cannot be read gives one entry that says so: it may well be signed.
    """
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(HEAD):
            return []
        try:
            return list(_Signed(stream, roots_in(roots)).signatures())
        except Locked:
            return [Signature(problem=facts.LOCKED)]
        except Exception:  # libraries raise whatever they like at what people upload
            return [Signature(problem=facts.UNREADABLE)]


class _Signed:
    """One open PDF and what its signatures are judged by."""

    def __init__(self, stream: Any, roots: list[x509.Certificate]) -> None:
        # Not strict: much of what offices print bends the rules, and is signed all the same.
        self.reader = PdfFileReader(stream, strict=False)
        self.roots = roots
        self.now = datetime.now(UTC)
        if self.reader.encrypted and not self._opens_without_password():
            raise Locked
        self.store = self._store()

    def _opens_without_password(self) -> bool:
        try:
            return self.reader.decrypt("").status != AuthStatus.FAILED
        except PdfError:  # locked with a certificate, or in a way that pyHanko does not know
            return False

    def _store(self) -> DocumentSecurityStore | None:
        """Certificates and answers about revocation that the file brings along."""
        try:
            return DocumentSecurityStore.read_dss(self.reader)
        except Exception:  # none, or a damaged one: the signatures can be read without
            return None

    def signatures(self) -> Iterator[Signature]:
        fields = list(enumerate_sig_fields(self.reader, filled_status=True))[:MOST]
        opened = [self._opened(name, field) for name, _value, field in fields]
        for embedded in sorted(opened, key=_order_of_signing):
            yield self._told(embedded)

    def _opened(self, name: str, field: Any) -> EmbeddedPdfSignature | None:
        try:
            return EmbeddedPdfSignature(self.reader, field, name)
        except Exception:  # no CMS in it, or a damaged one
            return None

    def _told(self, embedded: EmbeddedPdfSignature | None) -> Signature:
        if embedded is None:
            return Signature(problem=facts.UNCHECKED)
        try:
            is_stamp = embedded.sig_object_type == "/DocTimeStamp"
            return self._stamp(embedded) if is_stamp else self._signature(embedded)
        except Exception:  # an unusual kind of signature, or a damaged one
            return Signature(**_people_if_told(embedded), problem=facts.UNCHECKED)

    def _signature(self, embedded: EmbeddedPdfSignature) -> Signature:
        status = validate_pdf_signature(embedded, self._context())
        stamp = _good_stamp(status.timestamp_validity)
        trust = self._trust(status, self.now)
        if stamp and stamp.trusted and not status.trusted:
            trust = self._trust_at(embedded, stamp.timestamp)
        return Signature(
            **_people(embedded),
            **self._state(embedded, status),
            **trust,
            claimed_at=_aware(status.signer_reported_dt),
            stamped_at=stamp.timestamp if stamp else None,
            stamp_trust=_as_trust(stamp) if stamp else "",
        )

    def _stamp(self, embedded: EmbeddedPdfSignature) -> Signature:
        status = validate_pdf_timestamp(embedded, self._context())
        return Signature(
            **_people(embedded),
            **self._state(embedded, status),
            **self._trust(status, self.now),
            is_stamp=True,
            stamped_at=status.timestamp,
            stamp_trust=_as_trust(status),
        )

    def _state(self, embedded: EmbeddedPdfSignature, status: Any) -> dict[str, Any]:
        """Whether the signature fits the file, and what was done to it afterwards."""
        return {
            "intact": status.intact and status.valid,
            "altered_after": self._done_since(status),
            "permitted": status.docmdp_ok is not False,
        }

    def _done_since(self, status: ModificationInfo) -> str:
        """Hybrid files show different readers different contents; nothing is certain there."""
        if self.reader.xrefs.hybrid_xrefs_present:
            return facts.UNCLEAR
        if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
            return facts.NOTHING
        if status.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
            return facts.UNCLEAR
        return _DONE_SINCE.get(status.modification_level, facts.CONTENT)

    # Trust

    def _context(self, moment: datetime | None = None) -> ValidationContext:
        known: dict[str, Any] = {
            "trust_manager": SimpleTrustManager.build(self.roots),
            "allow_fetching": False,
            "revocation_mode": "soft-fail",
            "moment": moment,
            "retroactive_revinfo": moment is not None,
        }
        return self.store.as_validation_context(known) if self.store else ValidationContext(**known)

    def _trust_at(self, embedded: EmbeddedPdfSignature, moment: datetime) -> dict[str, Any]:
        """As it was when a trusted time stamp was made: a certificate may end afterwards."""
        status = validate_pdf_signature(embedded, self._context(moment), skip_diff=True)
        return self._trust(status, moment)

    def _trust(self, status: SignatureStatus, moment: datetime) -> dict[str, Any]:
        return {"trust": _as_trust(status), "doubt": self._doubt(status, moment)}

    def _doubt(self, status: SignatureStatus, moment: datetime) -> str:
        if status.trusted:
            return ""
        if not self.roots:
            return facts.NO_ROOTS
        if status.revoked:
            return facts.REVOKED
        if status.signing_cert.not_valid_after < moment:
            return facts.EXPIRED
        return _DOUBTS.get(status.trust_problem_indic, facts.OTHER)


def _order_of_signing(embedded: EmbeddedPdfSignature | None) -> int:
    return -1 if embedded is None else embedded.signed_revision


def _as_trust(status: SignatureStatus) -> str:
    return facts.TRUSTED if status.trusted else facts.NOT_VERIFIABLE


def _good_stamp(stamp: TimestampSignatureStatus | None) -> TimestampSignatureStatus | None:
    return stamp if stamp and stamp.intact and stamp.valid else None


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _people_if_told(embedded: EmbeddedPdfSignature) -> dict[str, Any]:
    try:
        return _people(embedded)
    except Exception:  # a signature without its certificate, or with a damaged one
        return {}


def _people(embedded: EmbeddedPdfSignature) -> dict[str, Any]:
    """Who signed and who vouches for them, as the certificate says."""
    certificate = embedded.signer_cert
    return {
        "name": name_in(certificate.subject, "common_name"),
        "organisation": name_in(certificate.subject, "organization_name"),
        "issuer": name_in(certificate.issuer, "common_name"),
        "certificate_ends": certificate.not_valid_after.date(),
    }
