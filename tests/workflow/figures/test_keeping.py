"""What was counted is kept: who counts anew and when, and what a person gets to see."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import make_municipality, open_in, walk_on
from workflow.figures import cohort_of, cohort_seen_by, keeping, renew
from workflow.figures.cohort import Cohort
from workflow.models import Figures

ROUTE = ["memorandum", "assessment"]


@pytest.fixture
def track(now, make_track):
    return make_track(route=ROUTE)


@pytest.fixture
def participation(track, municipality, manager):
    return open_in(track, municipality, by=manager)


@pytest.fixture
def large(monkeypatch):
    """From here on a single participation is a large scope."""
    monkeypatch.setattr(keeping, "LARGE", 0)


def standing(cohort: Cohort) -> list[int]:
    return [line.standing for line in cohort.stages]


def command(**options) -> str:
    said = StringIO()
    call_command("figures", stdout=said, **options)
    return said.getvalue()


def test_who_asks_first_counts_and_the_next_one_reads(
    participation, now, django_assert_num_queries
):
    first = cohort_of(participation.track)
    now.let_pass(hours=2)

    with django_assert_num_queries(2):
        second = cohort_of(participation.track)

    assert second.counted_at == first.counted_at
    assert second.stages == first.stages


def test_a_new_entry_makes_the_next_one_count(participation, manager):
    assert standing(cohort_of(participation.track)) == [1, 0]
    walk_on(participation, by=manager)
    assert standing(cohort_of(participation.track)) == [0, 1]


def test_a_new_day_makes_the_next_one_count(participation, now):
    cohort_of(participation.track)
    now.let_pass(days=1)
    assert cohort_of(participation.track).counted_at == now.now


def test_there_is_one_row_however_often_it_is_counted(participation, now):
    for _time in range(3):
        renew(participation.programme)
        now.let_pass(days=1)

    rows = Figures.objects.order_by("pk").values_list("programme__key", "track__key")
    assert set(rows) == {(None, "test_1"), ("test_programme", None)}
    assert len(rows) == 2


def test_a_programme_is_the_sum_of_its_tracks(participation, make_track, neighbour, manager):
    other = make_track(route=["assessment", "strategy_adopted"])
    open_in(other, neighbour, by=manager)

    whole = renew(participation.programme)

    assert [(line.stage, line.standing) for line in whole.stages] == [
        ("memorandum", 1), ("assessment", 1), ("strategy_adopted", 0),
    ]  # fmt: skip
    kept = [
        Figures.objects.get(track=track).participations for track in (participation.track, other)
    ]
    assert (kept, whole.participations) == ([1, 1], 2)


def test_a_large_scope_is_shown_as_it_was_counted_with_its_date(participation, manager, now, large):
    before = renew(participation.programme)
    now.let_pass(days=3)
    walk_on(participation, by=manager)

    shown = cohort_of(participation.programme)

    assert (standing(shown), shown.counted_at) == ([1, 0], before.counted_at)


def test_a_large_scope_that_was_never_counted_has_no_figures(participation, manager, large):
    assert cohort_of(participation.track) is None
    assert cohort_seen_by(manager) is None


def test_the_command_counts_what_is_out_of_date(participation, manager, now, large):
    assert command().splitlines()[0].startswith("test_programme: 1 participations, ")
    assert command() == "All figures are up to date.\n"
    walk_on(participation, by=manager)

    assert len(command(programme="test_programme").splitlines()) == 2
    assert standing(cohort_of(participation.track)) == [0, 1]


def test_the_command_knows_no_other_programmes(programme):
    with pytest.raises(CommandError, match="no programme “elsewhere”"):
        command(programme="elsewhere")


class TestWhatAPersonSees:
    @pytest.fixture
    def others(self, track, manager, participation):
        """Three more municipalities in the same track."""
        units = [make_municipality(f"u{number}", "Ada", "Ада") for number in range(3)]
        return [open_in(track, unit, by=manager) for unit in units]

    @pytest.mark.parametrize("role", ["manager", "evaluator", "auditor", "observer"])
    def test_of_a_programme_all(self, role, others, request):
        assert cohort_seen_by(request.getfixturevalue(role)).participations == 4

    @pytest.mark.parametrize("role", ["coordinator", "signatory"])
    def test_a_municipality_its_own(self, role, others, request):
        assert cohort_seen_by(request.getfixturevalue(role)).participations == 1

    def test_a_mentor_those_it_mentors(self, others, person):
        assert cohort_seen_by(person("mentor", over=others[0])).participations == 1

    def test_a_stranger_nothing(self, others, stranger):
        cohort = cohort_seen_by(stranger)
        assert (cohort.participations, cohort.stages, cohort.months) == (0, [], [])

    def test_nothing_twice_with_two_mandates(self, others, manager, municipality, system):
        from tests.conftest import LONG_AGO
        from workflow import services

        services.give_mandate(
            manager, "coordinator", over=municipality, by=system, starts_on=LONG_AGO
        )
        assert cohort_seen_by(manager).participations == 4

    def test_what_belongs_to_no_programme_of_theirs_is_counted_and_not_kept(
        self, others, coordinator
    ):
        cohort_seen_by(coordinator)
        assert not Figures.objects.exists()
