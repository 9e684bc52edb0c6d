"""The exact text that is hashed, and the hashes: RFC 9162 style, each kind with its own prefix.

A text is made once, stored, and checked as stored; nothing is ever hashed from what a database
gives back as JSON. Only str, int, bool, None, lists and dicts of them: no floats, decimals as
text, moments as microseconds. Text is NFC, since RFC 8785 leaves that out.
"""

import hashlib
import hmac
import json
import unicodedata
from typing import Any

from django.conf import settings

LEAF = b"\x00"


def canonical(facts: dict[str, Any]) -> str:
    """The one spelling of `facts`. ValueError for what has no stable spelling."""
    text = json.dumps(
        facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_refuse
    )
    if "\\u0000" in text:
        raise ValueError("NUL cannot be recorded")
    if "." in text:
        json.loads(text, parse_float=_refuse, parse_constant=_refuse)
    return unicodedata.normalize("NFC", text)


def _refuse(value: object) -> None:
    raise ValueError(f"{type(value).__name__} has no canonical spelling")


def link(text: str, prev_hash: str) -> str:
    """The hash of an entry: its text and the hash of the entry before it."""
    return hashlib.sha256(LEAF + text.encode() + bytes.fromhex(prev_hash)).hexdigest()


def first_link(identity: dict[str, Any]) -> str:
    """What the first entry follows: the identity of its participation, so chains cannot swap."""
    return hashlib.sha256(LEAF + canonical(identity).encode()).hexdigest()


def commit(salt: str, value: str) -> str:
    """A commitment to a personal text: it proves the text while the salt exists, never after."""
    return hashlib.sha256(bytes.fromhex(salt) + value.encode()).hexdigest()


def seal(*parts: str, key_id: str) -> str:
    """HMAC with the key that the database does not know. KeyError for an unknown key."""
    return hmac.digest(_key(key_id), "\n".join(parts).encode(), "sha256").hex()


def _key(key_id: str) -> bytes:
    if key_id == settings.LOG_HMAC_KEY_ID:
        return settings.LOG_HMAC_KEY.encode()
    return settings.LOG_HMAC_OLD_KEYS[key_id].encode()
