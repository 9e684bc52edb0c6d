"""The same as in Cyrillic: dates and numbers have no script."""

from web.formats.sr.formats import *  # noqa: F403
