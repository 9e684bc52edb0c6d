"""Addresses of pages that are the same for everybody: /sr-latn/public/…, and /public/… for data.

Such an address names its language itself. No cookie is read for it, so that one copy of the page,
kept by any cache in front, serves all its readers.
"""

import re

from django.conf import settings

CODES = "|".join(code for code, _name in settings.LANGUAGES)
PUBLIC = re.compile(rf"/(?:({CODES})/)?public/")


class LanguageConverter:
    """`<language:language>/public/`: one of our languages by its code."""

    regex = CODES

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def is_for_everybody(path: str) -> bool:
    """Whether this is the address of a public page or of open data."""
    return PUBLIC.match(path) is not None


def language_in(path: str) -> str:
    """The language that a public address names; "" for any other address, and for data."""
    found = PUBLIC.match(path)
    return (found[1] or "") if found else ""


def in_language(path: str, code: str) -> str:
    """The same public page in another language."""
    return f"/{code}/{path.lstrip('/').partition('/')[2]}"
