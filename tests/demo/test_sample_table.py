"""The table of the sample, and the days it is walked on."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from config.demo.sample_rows import ENDS, REASONS, ROWS, STAGES
from config.demo.sample_steps import day
from config.demo.world import NotForThisDatabase, load_world

AGO = st.integers(min_value=0, max_value=3000)


def test_with_the_joint_applications_there_are_sixty():
    assert len(ROWS) + 3 + 2 == 60


@pytest.mark.parametrize("row", ROWS)
def test_nothing_happens_to_a_row_before_it_enters_its_stage(row):
    assert row.stage in STAGES
    assert 0 <= row.days < row.since <= row.arrived


@pytest.mark.parametrize("row", [row for row in ROWS if row.ended])
def test_every_end_has_its_reason(row):
    assert row.ended in ENDS
    assert REASONS[row.ended]


def test_every_end_and_every_kind_of_waiting_is_shown():
    assert set(Counter(row.ended for row in ROWS)) == {*ENDS, ""}
    assert {row.then for row in ROWS} == {
        "", "submitted", "returned", "second", "waived", "proposed", "held", "resumed",
    }  # fmt: skip


@given(AGO, AGO)
def test_days_keep_their_order_and_are_no_weekend(one, other):
    longer, shorter = max(one, other), min(one, other)

    assert day(longer) <= day(shorter) <= timezone.localdate()
    assert day(one).weekday() < 5
    assert timezone.localdate() - day(one) <= timedelta(days=one + 2)


@pytest.mark.django_db
def test_a_database_with_other_accounts_is_left_alone():
    get_user_model().objects.create_user("somebody@example.org")

    with pytest.raises(NotForThisDatabase, match="other accounts"):
        load_world()

    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_a_loading_that_broke_off_is_not_taken_for_a_whole_world():
    get_user_model().objects.create_user("sistem@example.org")

    with pytest.raises(NotForThisDatabase, match="--reset"):
        load_world()
