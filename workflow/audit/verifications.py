"""Verifying for the record: what came out is kept as a row, for everybody who may read the log."""

from collections.abc import Iterable
from typing import Any

from workflow.audit.chain import Why
from workflow.audit.models import Verification
from workflow.audit.trace import current_trace
from workflow.audit.verify import Damage, Report, verify


def verify_and_keep(participations: Iterable[Any] | None = None, *, by: Any = None) -> Report:
    """Verify as `verify` does, and keep what came out. `by` is None for a command."""
    report = verify(participations)
    Verification.objects.create(
        by=by,
        channel=current_trace().channel,
        is_complete=participations is None,
        entries=report.entries,
        participations=report.participations,
        seconds=report.seconds,
        is_whole=report.is_whole,
        damages=[kept(damage) for damage in report.damages],
    )
    return report


def kept(damage: Damage) -> dict[str, Any]:
    """A damage as a row keeps it: readers of every language read it in theirs."""
    why: Any = damage.why  # of `verify` always a Why
    return {
        "reference": str(damage.reference),
        "seq": damage.seq,
        "why": why.sentence,
        "told": dict(why.told),
    }


def damages_in(verification: Verification) -> list[Damage]:
    """The damages that a verification found, as `verify` reports them."""
    return [
        Damage(one["reference"], one["seq"], Why(one["why"], one["told"]))
        for one in verification.damages
    ]
