"""What held on a day: stated facts, their ends, and days of which nobody knows."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from municipalities.models import Fact, Municipality

DAYS = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1)))


def state(unit, what, value, from_on=None, until_on=None):
    fact = Fact(municipality=unit, what=what, value=value, from_on=from_on, until_on=until_on)
    fact.full_clean()
    fact.save()
    return fact


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2006, 12, 31), ""),
        (date(2007, 4, 1), "municipality"),
        (date(2009, 12, 31), "municipality"),
        (date(2010, 1, 1), ""),
        (date(2022, 12, 31), ""),
        (date(2023, 1, 1), "city"),
        (date(2031, 1, 1), "city"),
    ],
)
def test_kikinda_was_a_municipality_and_is_a_city(register, day, kind):
    assert register("80209").fact_on("kind", day) == kind


def test_where_nobody_speaks_of_the_kind_it_is_todays(register):
    assert register("80187").fact_on("kind", date(2007, 4, 1)) == "municipality"
    assert register("70181").fact_on("kind", date(2023, 5, 26)) == "city_municipality"


def test_a_development_group_that_nobody_stated_is_unknown(register):
    assert register("80209").fact_on("development_group", date(2016, 1, 1)) == ""
    assert not Fact.objects.filter(what="development_group").exists()


def test_a_development_group_holds_on_both_its_end_days(kikinda):
    state(kikinda, "development_group", "II", date(2012, 1, 1), date(2013, 12, 31))
    state(kikinda, "development_group", "I", date(2014, 1, 1))

    groups = [
        kikinda.fact_on("development_group", day)
        for day in (date(2011, 12, 31), date(2012, 1, 1), date(2013, 12, 31), date(2014, 1, 1))
    ]

    assert groups == ["", "II", "II", "I"]


def test_a_fact_without_a_beginning_gives_way_to_one_with_a_beginning(kikinda):
    # Written past the rules on purpose: both databases must agree on which is the later one.
    Fact.objects.create(municipality=kikinda, what="kind", value="municipality")
    Fact.objects.create(municipality=kikinda, what="kind", value="city", from_on=date(2016, 1, 1))

    assert kikinda.fact_on("kind", date(2015, 12, 31)) == "municipality"
    assert kikinda.fact_on("kind", date(2016, 1, 1)) == "city"


def test_earlier_support_names_every_programme_begun_by_that_day(register):
    kikinda = register("80209")
    first = "Support to the Social Welfare Development Strategy"
    second = "IPA 2020, Roma inclusion and mobile teams"

    assert kikinda.earlier_support(date(2006, 12, 31)) == []
    assert kikinda.earlier_support(date(2015, 1, 1)) == [first]
    assert kikinda.earlier_support(date(2023, 6, 1)) == [second, first]


def test_the_stated_lists_are_complete(register):
    def supported(by):
        return set(
            Fact.objects.filter(what="earlier_support", value=by).values_list(
                "municipality__code", flat=True
            )
        )

    packages = supported("IPA 2020, support package")
    extended = supported("IPA 2020, extended support package")
    teams = supported("IPA 2020, Roma inclusion and mobile teams")

    assert len(packages) == 15
    assert extended == {"70025", "70645", "70670", "71021", "80497"}
    assert len(supported("IPA 2020, technical support package")) == 8
    assert len(teams) == 10
    assert packages & teams == {"70459"}  # Vrnjačka Banja is in both
    assert len(supported("SPIS phase 3")) == 10  # the eleventh, Kupres: which one is not known


def test_every_loaded_fact_names_its_source_and_keeps_the_rules(register):
    facts = list(Fact.objects.all())

    for fact in facts:
        fact.full_clean()
    assert len(facts) == 52
    assert all(fact.source for fact in facts)
    single = [fact for fact in facts if fact.what != "earlier_support"]
    for one, other in combinations(single, 2):
        assert (one.municipality_id, one.what) != (other.municipality_id, other.what) or (
            one.until_on < other.from_on
        )


def test_facts_cost_nothing_where_they_were_fetched_before(register, django_assert_num_queries):
    with django_assert_num_queries(2):
        units = list(Municipality.objects.prefetch_related("facts"))
        kinds = [unit.fact_on("kind", date(2023, 5, 26)) for unit in units]
    assert len(kinds) == 318


@pytest.mark.parametrize(("what", "value"), [("kind", "town"), ("development_group", "V")])
def test_a_value_that_means_nothing_is_refused(kikinda, what, value):
    with pytest.raises(ValidationError, match="This value is not known. Enter one of: "):
        state(kikinda, what, value)


def test_two_groups_on_one_day_are_refused(kikinda):
    state(kikinda, "development_group", "II", date(2012, 1, 1), date(2013, 12, 31))

    with pytest.raises(ValidationError, match="Another fact already says this"):
        state(kikinda, "development_group", "III", date(2013, 12, 31))

    assert Fact.objects.count() == 1


def test_support_from_two_sides_at_once_is_no_contradiction(kikinda):
    state(kikinda, "earlier_support", "IPA 2012", date(2013, 1, 1))
    state(kikinda, "earlier_support", "IPA 2014", date(2015, 1, 1))

    assert kikinda.earlier_support(date(2016, 1, 1)) == ["IPA 2012", "IPA 2014"]


def test_a_fact_that_ends_before_it_begins_is_refused_by_form_and_database(kikinda):
    backwards = {"from_on": date(2014, 1, 2), "until_on": date(2014, 1, 1)}

    with pytest.raises(ValidationError, match="The last day is before the first"):
        state(kikinda, "development_group", "II", **backwards)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(municipality=kikinda, what="kind", value="city", **backwards)


@given(DAYS, DAYS, st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_a_fact_holds_exactly_from_its_first_to_its_last_day(first, last, day):
    fact = Fact(from_on=first, until_on=last)
    begun = first is None or day - first >= timedelta(0)
    not_over = last is None or last - day >= timedelta(0)

    assert fact.holds_on(day) is (begun and not_over)
