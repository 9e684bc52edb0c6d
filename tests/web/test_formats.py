"""What people may type and how numbers look (`web/formats`)."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats, translation


def read_date(typed):
    return forms.DateField(localize=True).clean(typed)


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
@pytest.mark.parametrize(
    "typed", ["1.2.2012", "1.2.2012.", "01.02.2012.", "1. 2. 2012.", "2012-02-01", "1/2/2012"]
)
def test_the_first_of_february_in_every_way_people_type_it(language, typed):
    with translation.override(language):
        assert read_date(typed) == date(2012, 2, 1)


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
@pytest.mark.parametrize("typed", ["31.2.2012", "2012", "1.2.", "februar 2012", "13/13/2012"])
def test_what_is_no_day_is_refused(language, typed):
    with translation.override(language), pytest.raises(forms.ValidationError):
        read_date(typed)


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
def test_a_moment_can_be_typed_and_comes_from_browsers(language, settings):
    settings.USE_TZ = False
    field = forms.DateTimeField()

    with translation.override(language):
        for typed in ["3.8.2018. 15:00", "3.8.2018 15:00", "2018-08-03T15:00", "2018-08-03 15:00"]:
            assert field.clean(typed) == datetime(2018, 8, 3, 15, 0)


@pytest.mark.parametrize(
    ("language", "number"),
    [
        ("sr", "6.500.000,5"),
        ("sr-latn", "6.500.000,5"),
        ("bs", "6.500.000,5"),
        ("en", "6,500,000.5"),
    ],
)
def test_numbers_have_the_comma_and_the_thousands_of_the_language(language, number):
    with translation.override(language):
        assert formats.number_format(6500000.5, force_grouping=True) == number


@pytest.mark.parametrize(
    ("language", "shown"),
    [("sr", "1.2.2012."), ("sr-latn", "1.2.2012."), ("bs", "1.2.2012."), ("en", "1 Feb 2012")],
)
def test_short_dates_put_the_day_first(language, shown):
    with translation.override(language):
        assert formats.date_format(date(2012, 2, 1), "SHORT_DATE_FORMAT") == shown
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
def test_a_filled_in_field_can_be_sent_back_unchanged(language):
    with translation.override(language):
        shown = forms.DateField(localize=True).widget.format_value(date(2012, 2, 1))

        assert read_date(shown) == date(2012, 2, 1)
