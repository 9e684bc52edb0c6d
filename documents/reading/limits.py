"""How much of a file is read at most, and with how much memory and time."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Beyond the first four the rest of the text is left out; beyond the others, everything."""

    characters: int = 2_000_000
    pages: int = 500
    rows: int = 100_000
    unpacked: int = 100 * MEGABYTE  # of the parts of one document, while they are read
    # Seconds of the processor, so that a busy machine reads no less than an idle one.
    seconds_for_signatures: int = 10
    seconds_for_text: int = 30
    seconds: int = 45
    seconds_by_the_clock: int = 180
    memory: int = 384 * MEGABYTE  # of addresses; what is really used is a good part less


LIMITS = Limits()
