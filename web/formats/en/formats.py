"""English as Europe writes it: day before month, weeks from Monday, 24 hours.

Django's own "en" is American and would read 1/2/2012 as the second of January.
"""

from web.formats.sr import formats as serbian

DATE_FORMAT = "j F Y"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j F Y, G:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, G:i"
FIRST_DAY_OF_WEEK = 1

# A filled-in field shows the first; the forms of Serbian are read as well, day always first.
DATE_INPUT_FORMATS = [
    "%Y-%m-%d",
    "%d %B %Y",
    "%d %b %Y",
    *(form for form in serbian.DATE_INPUT_FORMATS if form != "%Y-%m-%d"),
]
TIME_INPUT_FORMATS = serbian.TIME_INPUT_FORMATS
DATETIME_INPUT_FORMATS = [
    "%Y-%m-%d %H:%M",
    "%d %B %Y %H:%M",
    "%d %b %Y %H:%M",
    *(form for form in serbian.DATETIME_INPUT_FORMATS if form != "%Y-%m-%d %H:%M"),
]

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
