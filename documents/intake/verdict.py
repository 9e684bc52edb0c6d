"""What an examination says, what it is held to, and how a rule refuses."""

from dataclasses import dataclass, field

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much a file may be and may ask for; sizes in bytes."""

    size: int = 50 * MB
    name_bytes: int = 150
    entries: int = 1_000
    unpacked: int = 200_000_000
    ratio: int = 100
    # What unpacks to no more than this harms nobody, however well it was packed.
    unpacked_freely: int = 2 * MB
    pixels: int = 40_000_000
    pdf_objects: int = 200_000
    seconds: int = 9
    # Beside the file itself, which is mapped: together at most 300 MB for a file of 50 MB.
    memory: int = 220 * MB


LIMITS = Limits()


@dataclass(frozen=True)
class Verdict:
    """May this file be kept? `problem` is a key of `problems.PROBLEMS`, `values` fill it."""

    accepted: bool
    content_type: str = ""
    problem: str = ""
    values: dict[str, str | int] = field(default_factory=dict)


class Unfit(Exception):
    """A rule is broken: the file is refused for this reason."""

    def __init__(self, problem: str, **values: str | int):
        super().__init__(problem)
        self.problem = problem
        self.values = values

    @property
    def verdict(self) -> Verdict:
        """The refusal, to be told."""
        return Verdict(False, problem=self.problem, values=self.values)
