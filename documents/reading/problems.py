"""What can go wrong while a file is read, each with its sentence for the reader of a page."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONG, INCOMPLETE, LOCKED, UNREADABLE = "long", "incomplete", "locked", "unreadable"
GAVE_UP = "gave_up"

PROBLEMS: dict[str, Promise] = {
    LONG: _("The file is very long: only the beginning of its text can be searched and compared."),
    INCOMPLETE: _("Only a part of the text of this file could be read."),
    LOCKED: _("The file is locked with a password, so its text cannot be read."),
    UNREADABLE: _("The text of this file cannot be read."),
    GAVE_UP: _("Reading this file took too much time or memory and was given up."),
}


class Locked(Exception):
    """The file asks for a password."""


class TooLong(Exception):
    """A limit of length is reached; what was read so far counts."""


class TimeIsUp(BaseException):
    """Raised by the clock in the middle of anything, so no parser may take it for its own."""
