"""What was found, in words and in the language of the reader. Information, never a verdict."""

from collections import Counter
from collections.abc import Sequence
from unicodedata import normalize

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.reading import signature as facts
from documents.reading.differences import ADDED, CHANGED, FOLDED, REMOVED, Difference
from documents.reading.signature import Signature
from web.script.dates import date_and_time, long_date, without_double_stops
from web.script.transliterate import to_latin

# Signatures


def sentence_of(signature: Signature) -> str:
    """Who signed and when, whether the file is still the same, and whether one can rely on it."""
    if signature.problem:
        return _hindrance(signature)
    if not signature.intact:
        return _misfit(signature)
    parts = [_who_and_when(signature), _since(signature), _trust(signature)]
    return " ".join(without_double_stops(part) for part in parts)


def _hindrance(signature: Signature) -> str:
    if signature.problem == facts.LOCKED:
        return _("The file is locked with a password, so its signatures cannot be read.")
    if signature.problem == facts.UNREADABLE:
        return _("Whether the file is signed cannot be read: it is damaged or unusual.")
    if signature.name:
        return _("The file bears a signature by %(who)s that cannot be read.") % _who(signature)
    return _("The file bears a signature that cannot be read.")


def _misfit(signature: Signature) -> str:
    if signature.is_stamp:
        return _(
            "The time stamp by %(who)s does not fit the file: the file was changed afterwards, "
            "or is damaged."
        ) % _who(signature)
    return _(
        "The signature by %(who)s does not fit the file: the file was changed after signing, "
        "or is damaged."
    ) % _who(signature)


def _who(signature: Signature) -> dict[str, str]:
    name = signature.name or _("somebody without a name")
    has_both = signature.organisation and signature.organisation != name
    return {"who": f"{name} ({signature.organisation})" if has_both else name}


def _who_and_when(signature: Signature) -> str:
    stated = _who(signature) | {
        "when": date_and_time(signature.stamped_at or signature.claimed_at or "")
    }
    if signature.is_stamp:
        return _("Time stamp by %(who)s on %(when)s.") % stated
    if signature.stamp_trust == facts.TRUSTED:
        return _("Signed by %(who)s on %(when)s, which a time stamp confirms.") % stated
    if signature.stamped_at:
        return _("Signed by %(who)s on %(when)s, by a time stamp of unknown origin.") % stated
    if signature.claimed_at:
        return _("Signed by %(who)s on %(when)s, by the signer's own clock.") % stated
    return _("Signed by %(who)s; when is not stated.") % stated


def _since(signature: Signature) -> str:
    if signature.altered_after == facts.NOTHING:
        return _("The file was not changed since.")
    if signature.altered_after == facts.PROOFS:
        return _("Since then only time stamps or proofs of the signature were added.")
    if signature.altered_after == facts.FORMS and signature.permitted:
        return _(
            "Since then only further signatures or entries in form fields were added, as this "
            "signature permits."
        )
    if signature.altered_after == facts.FORMS:
        return _(
            "Since then further signatures or entries in form fields were added, which this "
            "signature does not permit."
        )
    if signature.altered_after == facts.CONTENT:
        return _("The content of the file was changed since.")
    return _("Whether the file was changed since cannot be told.")


def _trust(signature: Signature) -> str:
    if signature.trust == facts.TRUSTED:
        return _("The certificate comes from an issuer on the list of trusted issuers.")
    if signature.doubt == facts.NO_ROOTS:
        return _("The certificate cannot be verified: no list of trusted issuers is set up.")
    if signature.doubt == facts.UNKNOWN_ISSUER:
        return _(
            "The certificate cannot be verified: its issuer is not on the list of trusted issuers."
        )
    if signature.doubt == facts.EXPIRED:
        return _("The certificate cannot be verified: it was valid until %(day)s.") % {
            "day": long_date(signature.certificate_ends)
        }
    if signature.doubt == facts.REVOKED:
        return _("The certificate cannot be relied on: its issuer revoked it.")
    if signature.doubt == facts.NOT_FOR_SIGNING:
        return _("The certificate cannot be verified: it was not issued for signing documents.")
    return _("The certificate cannot be verified.")


# Differences


def only_the_script_differs(before: str, after: str) -> bool:
    """The same words, once in Cyrillic and once in Latin: not the same paper all the same."""
    return before != after and _in_latin(before) == _in_latin(after)


def _in_latin(text: str) -> str:
    return normalize("NFC", to_latin(text))


def comparison_in_words(before: str, after: str, found: Sequence[Difference]) -> str:
    """One sentence above a comparison."""
    if not found:
        return _("The text is the same.")
    if only_the_script_differs(before, after):
        return _("Only the script differs: the same text, once in Cyrillic and once in Latin.")
    counted = Counter[str]()
    for difference in found:
        counted[difference.kind] += difference.count
    parts = [
        _changed_lines(counted[CHANGED]),
        _added_lines(counted[ADDED]),
        _removed_lines(counted[REMOVED]),
    ]
    return capfirst(", ".join(part for part in parts if part) + ".")


def folded_in_words(difference: Difference) -> str:
    """What stands in place of unchanged lines far from any change."""
    assert difference.kind == FOLDED
    count = difference.count
    return ngettext("%(count)d unchanged line", "%(count)d unchanged lines", count) % {
        "count": count
    }


def _changed_lines(count: int) -> str:
    said = ngettext("%(count)d line changed", "%(count)d lines changed", count)
    return said % {"count": count} if count else ""


def _added_lines(count: int) -> str:
    said = ngettext("%(count)d line added", "%(count)d lines added", count)
    return said % {"count": count} if count else ""


def _removed_lines(count: int) -> str:
    said = ngettext("%(count)d line removed", "%(count)d lines removed", count)
    return said % {"count": count} if count else ""
