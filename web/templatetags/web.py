"""Filters for language, script and dates, in every template without `{% load %}`.

Dates take the sign that follows as an argument, so that "2026." loses its stop before a comma:
`{{ day|long_date:"," }}`.
"""

from django import template

from web.script import content, dates

register = template.Library()


@register.filter
def localized(text, language=None):
    """`{{ step.title|localized }}`: content {"sr", "en"} for this reader."""
    return content.localized(text, language)


@register.filter(is_safe=True)
def in_script(text, language=None):
    """`{{ municipality.name|in_script }}`: Serbian text in the reader's script."""
    return content.in_script(text, language)


@register.filter
def long_date(day, then=""):
    """21. јануара 2026."""
    return dates.long_date(day, then)


@register.filter
def short_date(day, then=""):
    """21.1.2026."""
    return dates.short_date(day, then)


@register.filter
def month_year(day, then=""):
    """јануар 2026."""
    return dates.month_year(day, then)


@register.filter
def date_and_time(moment, then=""):
    """21. јануара 2026. у 9:30"""
    return dates.date_and_time(moment, then)


@register.filter
def due_in_words(due, today=None):
    """`{{ deadline.due|due_in_words:today }}`: in 9 days, today, 3 days late."""
    return dates.due_in_words(due, today)
