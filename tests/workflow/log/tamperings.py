"""What somebody with the whole database, but without the key, may do to a log.

Each tampering changes something and names the references that a verifier must name; `also` may
be named besides. All use plain SQL, with the triggers switched off.
"""

import json
import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.workflow.log.hands import (
    STORED,
    TAMPERINGS,
    Done,
    a_participation,
    an_entry,
    change_entry,
    change_participation,
    flipped,
    key,
    of,
    other_value,
    sql,
    tampering,
)
from workflow.audit.canonical import canonical, first_link, link
from workflow.audit.log import COLUMNS
from workflow.audit.models import Entry
from workflow.models import Participation, Track


def column_edit(column: str) -> Callable[[random.Random], Done]:
    def edit(chance: random.Random) -> Done:
        entry = an_entry(chance)
        change_entry(entry, column, other_value(chance, entry, column))
        return Done(of(entry))

    return edit


for _column in (*COLUMNS, *STORED):
    TAMPERINGS[f"column {_column} edited"] = column_edit(_column)


@tampering
def entry_given_to_another_participation(chance: random.Random) -> Done:
    entry = an_entry(chance)
    other = chance.choice(list(Participation.objects.exclude(pk=entry.participation_id)))
    sql(
        "UPDATE audit_entry SET participation_id = %s, seq = %s, version = NULL WHERE id = %s",
        other.pk, other.head_seq + 1, key(entry.id),
    )  # fmt: skip
    return Done({*of(entry), other.reference})


@tampering
def middle_deleted(chance: random.Random) -> Done:
    participation = a_participation(chance, 3)
    seq = chance.randrange(2, participation.head_seq)
    sql("DELETE FROM audit_entry WHERE participation_id = %s AND seq = %s", participation.pk, seq)
    return Done({participation.reference})


@tampering
def middle_deleted_and_the_rest_moved_up(chance: random.Random) -> Done:
    participation = a_participation(chance, 3)
    seq = chance.randrange(2, participation.head_seq)
    where = "WHERE participation_id = %s AND seq"
    sql(f"DELETE FROM audit_entry {where} = %s", participation.pk, seq)
    for later in range(seq + 1, participation.head_seq + 1):
        sql(f"UPDATE audit_entry SET seq = seq - 1 {where} = %s", participation.pk, later)
    return Done({participation.reference})


@tampering
def beginning_deleted(chance: random.Random) -> Done:
    participation = a_participation(chance, 3)
    sql("DELETE FROM audit_entry WHERE participation_id = %s AND seq <= 2", participation.pk)
    return Done({participation.reference})


def cut_tail(chance: random.Random) -> tuple[Participation, Entry]:
    participation = a_participation(chance, 3)
    last = chance.randrange(1, participation.head_seq)
    sql("DELETE FROM audit_entry WHERE participation_id = %s AND seq > %s", participation.pk, last)
    return participation, participation.entries.get(seq=last)


@tampering
def tail_deleted(chance: random.Random) -> Done:
    participation, _last = cut_tail(chance)
    return Done({participation.reference})


@tampering
def tail_deleted_and_head_repaired(chance: random.Random) -> Done:
    participation, last = cut_tail(chance)
    moved = participation.entries.transitions().order_by("seq").last()
    change_participation(
        participation, head_seq=last.seq, head_hash=last.entry_hash,
        stage=moved.target, version=moved.version,
    )  # fmt: skip
    return Done({participation.reference})


@tampering
def every_entry_deleted(chance: random.Random) -> Done:
    participation = a_participation(chance)
    sql("DELETE FROM audit_entry WHERE participation_id = %s", participation.pk)
    return Done({participation.reference})


def erase(participation: Participation) -> None:
    sql("DELETE FROM audit_entry WHERE participation_id = %s", participation.pk)
    sql("DELETE FROM workflow_participation WHERE id = %s", participation.pk)


@tampering
def participation_erased(chance: random.Random) -> Done:
    participation = a_participation(chance)
    erase(participation)
    return Done({participation.reference})


@tampering
def participation_erased_and_count_repaired(chance: random.Random) -> Done:
    participation = a_participation(chance)
    erase(participation)
    sql("UPDATE workflow_track SET opened = opened - 1 WHERE id = %s", participation.track_id)
    return Done({participation.reference}, also={participation.track.code})


@tampering
def participation_erased_but_not_its_entries(chance: random.Random) -> Done:
    participation = a_participation(chance)
    sql("DELETE FROM workflow_participation WHERE id = %s", participation.pk)
    return Done({participation.reference}, also={f"id {participation.pk}"})


@tampering
def count_of_a_track_edited(chance: random.Random) -> Done:
    track = chance.choice(list(Track.objects.order_by("pk")))
    sql("UPDATE workflow_track SET opened = opened + 3 WHERE id = %s", track.pk)
    return Done({track.code})


@tampering
def seal_of_a_track_edited(chance: random.Random) -> Done:
    track = chance.choice(list(Track.objects.order_by("pk")))
    mac = flipped(chance, track.opened_mac)
    sql("UPDATE workflow_track SET opened_mac = %s WHERE id = %s", mac, track.pk)
    return Done({track.code})


def insert(entry: Entry) -> None:
    Entry.objects.bulk_create([entry])


def forged(participation: Participation, last: Entry) -> Entry:
    """The next entry, chained as it should be; only the seal cannot be made without the key."""
    entry = Entry.objects.get(pk=last.pk)
    entry.pk, entry.seq, entry.version = uuid4(), participation.head_seq + 1, None
    entry.verb, entry.reason_kept_id = "accept", None
    told = entry.told | {"id": str(entry.pk), "seq": entry.seq, "version": None, "verb": "accept"}
    entry.canonical = canonical(told | {"reason_kept_id": None})
    entry.prev_hash = participation.head_hash
    entry.entry_hash = link(entry.canonical, entry.prev_hash)
    return entry


@tampering
def bad_entry_inserted(chance: random.Random) -> Done:
    participation = a_participation(chance)
    entry = forged(participation, participation.entries.order_by("seq").last())
    entry.entry_hash = flipped(chance, entry.entry_hash)
    insert(entry)
    return Done({participation.reference})


@tampering
def forged_entry_inserted(chance: random.Random) -> Done:
    participation = a_participation(chance)
    entry = forged(participation, participation.entries.order_by("seq").last())
    insert(entry)
    change_participation(participation, head_seq=entry.seq, head_hash=entry.entry_hash)
    return Done({participation.reference})


@tampering
def two_entries_reordered(chance: random.Random) -> Done:
    participation = a_participation(chance, 2)
    one, two = chance.sample(range(1, participation.head_seq + 1), 2)
    where = "UPDATE audit_entry SET seq = %s WHERE participation_id = %s AND seq = %s"
    for seq, before in ((99_999, one), (one, two), (two, 99_999)):
        sql(where, seq, participation.pk, before)
    return Done({participation.reference})


@tampering
def times_of_two_entries_swapped(chance: random.Random) -> Done:
    participation = a_participation(chance, 2)
    one, two = chance.sample(list(participation.entries.order_by("seq")), 2)
    change_entry(one, "recorded_us", two.recorded_us + 1)
    change_entry(two, "recorded_us", one.recorded_us)
    return Done({participation.reference})


def swap_chains(chance: random.Random) -> list[Participation]:
    pair = chance.sample(list(Participation.objects.order_by("pk")), 2)
    one, two = pair
    where = "UPDATE audit_entry SET participation_id = %s, seq = seq + %s, version = version + %s"
    sql(f"{where} WHERE participation_id = %s", two.pk, 10_000, 10_000, one.pk)
    sql(f"{where} WHERE participation_id = %s AND seq < 10000", one.pk, 0, 0, two.pk)
    sql(f"{where} WHERE participation_id = %s", two.pk, -10_000, -10_000, two.pk)
    return pair


@tampering
def chains_swapped(chance: random.Random) -> Done:
    return Done({one.reference for one in swap_chains(chance)})


@tampering
def chains_and_heads_swapped(chance: random.Random) -> Done:
    one, two = swap_chains(chance)
    for to, source in ((one, two), (two, one)):
        columns = ["head_seq", "head_hash", "head_key_id", "head_mac", "stage", "version"]
        change_participation(to, **{column: getattr(source, column) for column in columns})
    return Done({one.reference, two.reference})


@tampering
def stage_alone(chance: random.Random) -> Done:
    participation = a_participation(chance)
    stages = [s for s in ("assessment", "cofinancing", "completed") if s != participation.stage]
    change_participation(participation, stage=chance.choice(stages))
    return Done({participation.reference})


@tampering
def version_alone(chance: random.Random) -> Done:
    participation = a_participation(chance)
    change_participation(participation, version=participation.version + chance.randrange(1, 9))
    return Done({participation.reference})


@tampering
def head_edited(chance: random.Random) -> Done:
    participation = a_participation(chance)
    column = chance.choice(["head_hash", "head_mac", "head_key_id"])
    change_participation(participation, **{column: flipped(chance, getattr(participation, column))})
    return Done({participation.reference})


@tampering
def identity_edited(chance: random.Random) -> Done:
    participation = a_participation(chance)
    change_participation(participation, uuid=key(uuid4()))
    return Done({participation.reference})


@tampering
def renumbered(chance: random.Random) -> Done:
    participation = a_participation(chance)
    change_participation(participation, number=77, reference="X-077")
    gone = participation.reference
    return Done({"X-077", gone}, also={f"{participation.track.code}-077"})


@tampering
def reason_edited(chance: random.Random) -> Done:
    entry = an_entry(chance, reason_kept__isnull=False)
    column = chance.choice(["value", "salt"])
    value = flipped(chance, getattr(entry.reason_kept, column))
    sql(
        f'UPDATE audit_commitment SET {column} = %s WHERE "commit" = %s',
        value,
        entry.reason_kept_id,
    )
    return Done(of(entry))


@tampering
def reasons_swapped(chance: random.Random) -> Done:
    one = an_entry(chance, reason_kept__isnull=False)
    two = an_entry(chance, reason_kept__isnull=False, entry_hash__gt="")
    change_entry(one, "reason_kept_id", two.reason_kept_id if one != two else None)
    return Done(of(one))


@tampering
def rewritten_from_one_entry_on(chance: random.Random) -> Done:
    """Text and column changed alike, every later hash and the head made anew: only seals fail."""
    participation = a_participation(chance)
    entries = list(participation.entries.order_by("seq"))
    first = chance.randrange(len(entries))
    told = entries[first].told | {
        "role": "mentor" if entries[first].role != "mentor" else "auditor"
    }
    before = entries[first - 1].entry_hash if first else first_link(participation.identity())
    for number, entry in enumerate(entries[first:]):
        text = canonical(told) if number == 0 else entry.canonical
        after = link(text, before)
        sql(
            "UPDATE audit_entry SET canonical = %s, prev_hash = %s, entry_hash = %s, role = %s"
            " WHERE id = %s",
            text, before, after, json.loads(text)["role"], key(entry.id),
        )  # fmt: skip
        before = after
    change_participation(participation, head_hash=before)
    return Done({participation.reference})


@tampering
def text_spelt_otherwise(chance: random.Random) -> Done:
    entry = an_entry(chance)
    change_entry(entry, "canonical", entry.canonical.replace(":", ": ", 1))
    return Done(of(entry))


@tampering
def text_that_cannot_be_read(chance: random.Random) -> Done:
    entry = an_entry(chance)
    spoilt = chance.choice(["", "{", "[]", "null", "[" * 100_000, '{"facts":1e999}', "1" * 5000])
    change_entry(entry, "canonical", spoilt)
    return Done(of(entry))


@tampering
def participation_made_up(chance: random.Random) -> Done:
    row = a_participation(chance)
    made_up = Participation.objects.get(pk=row.pk)
    made_up.pk, made_up.uuid, made_up.number = None, uuid4(), 50
    made_up.reference, made_up.municipality = "T9-050", elsewhere()
    Participation.objects.bulk_create([made_up])
    return Done({"T9-050"}, also={f"{row.track.code}-050"})


def elsewhere() -> Any:
    from tests.conftest import make_municipality

    return make_municipality(f"x{uuid4().hex[:8]}", "Nigde", "Нигде")
