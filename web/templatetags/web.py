"""Filters for language, script, dates and numbers, in every template without `{% load %}`.

Also `blocktranslate`: Django's own, whose sentences end well after a date in Serbian and whose
counts have their thousands apart.
"""

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.templatetags.i18n import do_block_translate

from web.script import content, dates, numbers

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
def long_date(day):
    """21. јануара 2026."""
    return dates.long_date(day)


@register.filter
def short_date(day):
    """21.1.2026."""
    return dates.short_date(day)


@register.filter
def month_year(day):
    """јануар 2026."""
    return dates.month_year(day)


@register.filter
def date_and_time(moment):
    """21. јануара 2026. у 9:30, by the clock of the reader: when something was done."""
    return dates.date_and_time(moment)


@register.filter
def readers_hour(moment):
    """9:30, by the clock of the reader."""
    return dates.readers_hour(moment)


@register.filter
def date_and_legal_time(moment):
    """The same by the clock of Belgrade: when something had to be done, or counts as done."""
    return dates.date_and_legal_time(moment)


@register.filter
def due_in_words(due, today=None):
    """`{{ deadline.due|due_in_words:today }}`: in 9 days, today, 3 days late."""
    return dates.due_in_words(due, today)


@register.filter
def number(value, places=None):
    """12.418 · 7,4; `{{ median|number:1 }}` with one decimal."""
    return numbers.number(value, places)


@register.filter
def money(amount, currency):
    """`{{ grant.amount|money:"RSD" }}`: 1.250.000 RSD."""
    return numbers.money(amount, currency)


class Counter:
    """The count of a sentence; it writes itself with thousands apart."""

    def __init__(self, expression: FilterExpression) -> None:
        self.expression = expression

    def resolve(self, context: Context) -> object:
        value = self.expression.resolve(context)
        return numbers.Count(value) if isinstance(value, int) else value


class Sentence(Node):
    """A translated sentence in which a date may stand before another sign."""

    def __init__(self, translated: Node) -> None:
        self.translated = translated

    def render(self, context: Context) -> str:
        return dates.without_double_stops(self.translated.render(context))


@register.tag
def blocktranslate(parser: Parser, token: Token) -> Sentence:
    """Django's tag, with thousands apart, and one stop after "2026" where two would meet."""
    translated = do_block_translate(parser, token)
    if translated.counter:
        translated.counter = Counter(translated.counter)  # type: ignore[assignment]
    return Sentence(translated)
