"""Serbian dates and numbers where Django's are too strict: typing 1.2.2012 is enough.

`j.n.Y.` as people write it. Long dates with their genitive come from `web.script.dates`.
"""

SHORT_DATE_FORMAT = "j.n.Y."
SHORT_DATETIME_FORMAT = "j.n.Y. G:i"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "j. F Y. G:i"

# The first is what a filled-in field shows.
DATE_INPUT_FORMATS = [
    "%d.%m.%Y.",  # 1.2.2012. and 01.02.2012.
    "%d.%m.%Y",
    "%d. %m. %Y.",
    "%d. %m. %Y",
    "%Y-%m-%d",  # what date fields of browsers send
    "%d/%m/%Y",
]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M"]
DATETIME_INPUT_FORMATS = [
    *(f"{day} {time}" for day in DATE_INPUT_FORMATS for time in ("%H:%M", "%H:%M:%S", "%H.%M")),
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
FIRST_DAY_OF_WEEK = 1
