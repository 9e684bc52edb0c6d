"""Two that count at once."""

from tests.conftest import open_in
from tests.own_database import db, own_database, together  # noqa: F401
from workflow.figures import cohort_of, renew
from workflow.models import Figures


def test_two_that_count_at_once_leave_one_row(make_track, municipality, manager, programme):
    track = make_track(route=["assessment"])
    open_in(track, municipality, by=manager)

    counted = together([lambda: renew(programme), lambda: renew(programme)] * 3)

    assert [cohort.participations for cohort in counted] == [1] * 6
    assert Figures.objects.count() == 2
    assert cohort_of(track).participations == 1
