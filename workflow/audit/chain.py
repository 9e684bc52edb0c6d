"""One chain, walked entry by entry: the first thing that is wrong with it, in a sentence.

Works on plain rows, since a million entries must pass in half a minute. Nothing that stands in
the database may stop it with an exception: a row that cannot be read is a finding.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring as quote
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from unicodedata import is_normalized

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from workflow.audit.canonical import commit, first_link, link, seal
from workflow.audit.log import COLUMNS

if TYPE_CHECKING:
    from workflow.models import Participation

SCHEMA = 1
WIDTH = len(COLUMNS)
ID, SEQ, VERSION, SCHEMA_AT, SOURCE, TARGET, REASON, KEY_ID = map(
    COLUMNS.index,
    ("id", "seq", "version", "schema", "source", "target", "reason_kept_id", "key_id"),
)  # fmt: skip

# The text of an entry is what `canonical` makes of its columns, its participation, its function
# and its facts: keys sorted, so facts and function stand side by side. Around them the text is
# put together from the columns; only those two are read and spelt anew. A test holds this to
# `canonical`; it is why a million entries pass in half a minute.
SPOKEN = (*COLUMNS, "participation")
BEFORE = [key for key in sorted(SPOKEN) if key < "facts"]
AFTER = [key for key in sorted(SPOKEN) if key > "function"]
before_facts = itemgetter(*map(SPOKEN.index, BEFORE))
after_function = itemgetter(*map(SPOKEN.index, AFTER))
FORM_BEFORE = "{" + "".join(f'"{key}":%s,' for key in BEFORE)
FORM_AFTER = "".join(f',"{key}":%s' for key in AFTER) + "}"
spell = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
).encode


def _no_number(text: str) -> None:
    raise ValueError(f"{text} cannot be recorded")


read = json.JSONDecoder(parse_float=_no_number, parse_constant=_no_number).decode

# What a spoilt row may raise while it is read; each means that the row is no entry of ours.
SPOILT = (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError)


@dataclass(frozen=True)
class Why:
    """What is wrong, to be said in the language of whoever reads it."""

    sentence: str  # as it stands in the sources
    told: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.sentence) % self.told


class Chain:
    """The entries of one participation, in order. `judge` each, `judge_head` at the end."""

    def __init__(self, participation: "Participation") -> None:
        self.participation = participation
        self.uuid = str(participation.uuid)
        self.seq, self.version = 0, -1
        self.stage = ""
        self.last_hash = first_link(participation.identity())

    def judge(self, row: Sequence[Any]) -> tuple[int, Why | None]:
        """Number of the next entry and what is wrong with it, None if nothing is.

        A row is the columns of `COLUMNS`, fetched as the text spells them, then text, previous
        hash, hash, seal, and the salt and text of the reason.
        """
        here = self.seq + 1
        if row[SEQ] != here:
            return here, self._out_of_order(row[SEQ])
        try:
            why = self._judge_content(row[:WIDTH], *row[WIDTH:])
        except SPOILT:
            why = Why(_("What stands there cannot be read as an entry."))
        self.seq = here
        return here, why

    def _out_of_order(self, seq: Any) -> Why:
        if isinstance(seq, int) and seq > self.seq:
            return Why(_("This entry is missing."))
        return Why(_("This number is taken twice or is none."))

    def _judge_content(
        self,
        columns: Sequence[Any],
        text: str,
        prev_hash: str,
        entry_hash: str,
        mac: str,
        salt: str | None,
        reason: str | None,
    ) -> Why | None:
        if not spelt_rightly(text, columns, self.uuid):
            return self._what_differs(json.loads(text), columns)
        if prev_hash != self.last_hash:
            said = _("It does not follow the entry before it, or the participation was changed.")
            return Why(said)
        if entry_hash != link(text, prev_hash):
            return Why(_("Its text is not the one that was recorded."))
        self.last_hash = entry_hash
        if reason is not None and salt is not None and commit(salt, reason) != columns[REASON]:
            return Why(_("The text of its reason is not the one that was recorded."))
        return sealed(mac, entry_hash, key_id=columns[KEY_ID]) or self._judge_order(columns)

    def _what_differs(self, told: dict[str, Any], columns: Sequence[Any]) -> Why:
        for column, value in zip(COLUMNS, columns, strict=True):
            if told.get(column) != (dashed(value) if column == "id" else value):
                said = _("The column “%(column)s” says something else than was recorded.")
                return Why(said, {"column": column})
        if told.get("participation") != self.uuid:
            return Why(_("It belongs to another participation."))
        return Why(_("Its text is not in the form in which entries are recorded."))

    def _judge_order(self, columns: Sequence[Any]) -> Why | None:
        """Form and moves: what only somebody who holds the key could have spoilt.

        Not the times: a clock that was set back is no damage, and the order is the chain's.
        """
        if columns[SCHEMA_AT] != SCHEMA:
            return Why(_("It is in a form that this version does not know."))
        if columns[VERSION] is None and self.version >= 0:
            return None
        if columns[VERSION] != self.version + 1 or columns[SOURCE] != self.stage:
            return Why(_("A move is missing before it, or was added."))
        self.version, self.stage = columns[VERSION], columns[TARGET]
        return None

    def judge_head(self) -> tuple[int, Why | None]:
        """Where the chain ends and what is wrong with that end, None if nothing is."""
        head = self.participation
        if self.seq == 0:
            return 1, Why(_("There is no entry at all."))
        if head.head_seq != self.seq or head.head_hash != self.last_hash:
            said = _("The log does not end here: entries are missing or were added.")
            return self.seq + 1, Why(said)
        if (head.stage, head.version) != (self.stage, self.version):
            said = _("The participation says “%(says)s”, its last move “%(moved)s”.")
            return self.seq, Why(said, {"says": str(head.stage), "moved": str(self.stage)})
        return self.seq, sealed(head.head_mac, *head.head(), key_id=head.head_key_id)


def sealed(mac: str, *parts: str, key_id: str) -> Why | None:
    """None when the seal fits, else what is wrong with it."""
    try:
        expected = seal(*parts, key_id=key_id)
    except KeyError:
        said = _("It is sealed with the key “%(key)s”, which is not set here.")
        return Why(said, {"key": str(key_id)})
    if hmac.compare_digest(expected.encode(), str(mac).encode()):
        return None
    return Why(_("Its seal does not fit: this application did not write it."))


def spelt_rightly(text: str, columns: Sequence[Any], participation: str) -> bool:
    """Whether `text` is the canonical text of these columns with some facts and a function."""
    values = [
        "null" if value is None else str(value) if type(value) is int else quote(value)
        for value in (dashed(columns[ID]), *columns[1:], participation)
    ]
    before, after = FORM_BEFORE % before_facts(values), FORM_AFTER % after_function(values)
    if not (text.startswith(before) and text.endswith(after)):
        return False
    free = "{" + text[len(before) : -len(after)] + "}"
    told = read(free)
    return (
        told.keys() == {"facts", "function"} and spell(told) == free and is_normalized("NFC", text)
    )


def dashed(text: str) -> str:
    """An id as the hashed text spells it; SQLite keeps the 32 digits alone."""
    if len(text) != 32:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
