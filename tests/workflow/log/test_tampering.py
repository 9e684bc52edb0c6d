"""Whatever a superuser of the database does to the log, the verifier names the participation."""

import os
import random
from collections import Counter

import pytest
from django.db import transaction

from tests.workflow.log.hands import Done, change_entry, switch_triggers_off
from tests.workflow.log.tamperings import TAMPERINGS
from workflow.audit.verify import Damage, verify

SEED = int(os.environ.get("TAMPER_SEED", "2007"))
TRIALS = int(os.environ.get("TAMPER_TRIALS", "200"))


def test_every_one_of_two_hundred_random_tamperings_is_found(lived, capsys):
    chance = random.Random(SEED)
    kinds = chance.sample(list(TAMPERINGS), len(TAMPERINGS))
    tried: Counter[str] = Counter()
    switch_triggers_off()

    for number in range(TRIALS):
        name = kinds[number % len(kinds)]
        expect_to_be_found(name, chance)
        tried[name] += 1

    with capsys.disabled():
        print(f"\n{TRIALS} tamperings of {len(tried)} kinds, seed {SEED}: all found")  # noqa: T201
    assert len(tried) >= 20
    assert verify().is_whole


def expect_to_be_found(name: str, chance: random.Random) -> None:
    done, damages = tampered(name, chance)

    found = {damage.reference for damage in damages}
    assert done.named <= found <= done.named | done.also, f"{name}, seed {SEED}"


def tampered(name: str, chance: random.Random) -> tuple[Done, list[Damage]]:
    """Tamper, verify, and put everything back as it was."""
    with transaction.atomic():
        done = TAMPERINGS[name](chance)
        damages = verify().damages
        transaction.set_rollback(True)
    return done, damages


@pytest.mark.parametrize("name", ["middle_deleted", "tail_deleted", "column verb edited"])
def test_the_first_bad_entry_is_named(lived, name):
    switch_triggers_off()

    _done, [damage] = tampered(name, random.Random(SEED))

    assert damage.seq > 0
    assert str(damage).startswith(f"{damage.reference}, entry {damage.seq}: ")


@pytest.mark.parametrize("seed", range(5))
def test_of_two_bad_entries_the_first_is_named(lived, seed):
    switch_triggers_off()
    participation = lived.participations[0]
    chance = random.Random(seed)
    one, two = sorted(chance.sample(range(1, participation.entries.count() + 1), 2))

    for seq in (one, two):
        change_entry(participation.entries.get(seq=seq), "verb", "forged")
    [damage] = verify().damages

    assert (damage.reference, damage.seq) == (participation.reference, one)
    assert "verb" in str(damage.why)
