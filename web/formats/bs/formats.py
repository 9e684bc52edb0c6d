"""Bosnian: as Serbian. Django's own write "2026 Jan. 21" and separate no thousands."""

from web.formats.sr.formats import *  # noqa: F403

DATE_FORMAT = "j. F Y."
