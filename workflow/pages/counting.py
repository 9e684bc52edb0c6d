"""Counting rows as far as a bound, several kinds of them in one statement."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


class _Counted(Subquery):
    """How many rows a query has that was cut off."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counted(rows: QuerySet[Any], at_most: int) -> Coalesce:
    """An expression: the number of these rows, or `at_most` where there are more."""
    return Coalesce(_Counted(rows.values("pk")[:at_most]), 0)
