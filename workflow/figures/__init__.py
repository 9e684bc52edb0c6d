"""Figures counted from the log: days per stage, funnel, flow by month, whose turn it was.

`life.py` hears the entries of one participation in their order, `counting.py` streams those of
many, `tally.py` is what was counted, `cohort.py` reads it. Counting grows with the log, so
`keeping.py` keeps what was counted: one row for each track and each programme.

Two clocks. Stages, funnel, flow and holds go by `decided_on`, the legal date. Whose turn it was
goes by the server's clock (`recorded_us`), since an act on a step bears no other.
"""

from workflow.figures.cohort import Cohort
from workflow.figures.keeping import cohort_of, cohort_seen_by, renew
from workflow.figures.parties import Party
from workflow.figures.place import Place, places_of

__all__ = ["Cohort", "Party", "Place", "cohort_of", "cohort_seen_by", "places_of", "renew"]
