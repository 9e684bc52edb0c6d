"""The words of papers as filters."""

from django import template

from documents import wording
from documents.reading.wording import folded_in_words

register = template.Library()
for function in (
    wording.reviews_in_words,
    wording.size_in_words,
    wording.type_in_words,
    folded_in_words,
):
    register.filter(function.__name__, function)
