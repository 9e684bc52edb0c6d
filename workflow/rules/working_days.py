"""Working days of Serbia and of Bosnia and Herzegovina, from the `holidays` package.

Bosnia and Herzegovina has no holidays of its own as a state; they are those of the entity. Without
an entity only the days count that the package lists for the whole country. Eid is estimated.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

SUBDIVISIONS = {"FBiH": "BIH", "RS": "SRP", "BD": "BRC"}
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def holidays_of(year: int, country: str, entity: str = "") -> frozenset[date]:
    """All public holidays of a year. ValueError for a country or entity that is not known."""
    if country == "RS":
        return frozenset(holidays.country_holidays("RS", years=year))
    if country != "BA" or entity not in ("", *SUBDIVISIONS):
        raise ValueError(f"No calendar for {country!r} with entity {entity!r}.")
    subdivision = SUBDIVISIONS.get(entity)
    return frozenset(holidays.country_holidays("BA", subdiv=subdivision, years=year))


def is_working_day(day: date, country: str, entity: str = "") -> bool:
    """Monday to Friday and no public holiday there. In Serbia `entity` is ignored."""
    entity = entity if country == "BA" else ""
    return day.weekday() < 5 and day not in holidays_of(day.year, country, entity)


def add_working_days(day: date, n: int, country: str, entity: str = "") -> date:
    """The n-th working day after `day` (before it when n is negative); the day itself never counts.

    With n = 0 the day itself, or the first working day after it.
    """
    step = -ONE_DAY if n < 0 else ONE_DAY
    left = abs(n)
    if not left and is_working_day(day, country, entity):
        return day
    while left or not is_working_day(day, country, entity):
        day += step
        if left and is_working_day(day, country, entity):
            left -= 1
    return day
