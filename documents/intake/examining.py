"""May this file be kept? `quick_look` for the web process, `examine` for everything else.

`examine` opens the file, so it runs in a process of its own (`apart.examine_apart`).
"""

import mmap
from pathlib import Path

from documents.intake.containers import demand_container
from documents.intake.foreign import Content, demand_no_test_virus, demand_no_zip, demand_one_kind
from documents.intake.jpegs import demand_jpeg
from documents.intake.kinds import Kind, demand_beginning, kind_of
from documents.intake.names import demand_good_name
from documents.intake.pdfs import demand_pdf
from documents.intake.pngs import demand_png
from documents.intake.verdict import LIMITS, MB, Limits, Unfit, Verdict

HEAD = 64


def quick_look(name: str, head: bytes, size: int, *, limits: Limits = LIMITS) -> Verdict:
    """By name, size and first bytes alone; nothing is opened, nothing is unpacked."""
    try:
        kind = demand_look(name, head, size, limits)
    except Unfit as refused:
        return refused.verdict
    return Verdict(True, kind.content_type)


def examine(path: Path, name: str, *, limits: Limits = LIMITS) -> Verdict:
    """The whole examination, in this process. Whatever goes wrong with a file is a refusal."""
    try:
        return Verdict(True, demand_fit(path, name, limits).content_type)
    except Unfit as refused:
        return refused.verdict
    except Exception:
        # A file that breaks the examination itself has not been examined.
        return Verdict(False, problem="not_examined")


def demand_look(name: str, head: bytes, size: int, limits: Limits) -> Kind:
    """What can be said without opening the file."""
    demand_good_name(name, limits)
    kind = kind_of(name)
    if size == 0:
        raise Unfit("empty")
    if size > limits.size:
        raise Unfit("too_large", limit=limits.size // MB)
    demand_beginning(kind, head)
    return kind


def demand_fit(path: Path, name: str, limits: Limits) -> Kind:
    """Every rule, the cheap ones first. The file is mapped, never read as a whole."""
    with path.open("rb") as file:
        kind = demand_look(name, file.read(HEAD), path.stat().st_size, limits)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            demand_good_content(content, kind, limits)
    return kind


def demand_good_content(content: Content, kind: Kind, limits: Limits) -> None:
    """It is of its kind through and through, and of no other."""
    demand_no_test_virus(content)
    demand_one_kind(content)
    if kind.label in ("DOCX", "XLSX", "ODT", "ODS"):
        demand_container(content, kind.label, limits)
        return
    demand_no_zip(content)
    RULES[kind.label](content, limits)


RULES = {"PDF": demand_pdf, "JPG": demand_jpeg, "PNG": demand_png}
