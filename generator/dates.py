"""Dates as sources print them: often without a day, sometimes without a year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from functools import lru_cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = tuple(calendar.month_name)
"""English month names; index 1 is January. Output does not depend on the locale's language."""

PRINTED_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
"""Pattern of a month as printed, to be matched in any case: `Aug`, `Sept.`, `October`."""
PRINTED_DATE = rf"(?P<month>(?i:{PRINTED_MONTH}))\s*(?P<day>\d{{1,2}})(?:\s*,\s*(?P<year>\d{{4}}))?"
"""Pattern of a date such as `Aug 15, 2024`, or `May 2` within the source's current year."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the later parts may be unknown; `year` None is a date within some year."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """ISO 8601 form of what is known: `2024-08-15`, `2024-08`, `2024`, `--05-02`."""
        year = "-" if self.year is None else f"{self.year:04}"
        parts = [year, *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Orders by time; what is unknown comes before everything known."""
        return (self.year or 0, self.month or 0, self.day or 0)

    @property
    def in_words(self) -> str:
        """`15 August 2024`, `August 2024`, `2024`."""
        month = MONTH_NAMES[self.month] if self.month else None
        parts = (self.day if month else None, month, self.year)
        return " ".join(str(part) for part in parts if part is not None)


@lru_cache(maxsize=65_536)
def make_date(year: int | None, month: int, day: int) -> PartialDate | None:
    """A date that exists in the calendar, or None. Without a year, 29 February exists."""
    if not 1 <= month <= 12 or (year is not None and not 1000 <= year <= 9999):
        return None
    last = calendar.monthrange(2000 if year is None else year, month)[1]
    return PartialDate(year, month, day) if 1 <= day <= last else None


def date_of_match(match: re.Match[str]) -> PartialDate | None:
    """The date that the groups of `PRINTED_DATE` hold, or None when no calendar has it."""
    month = MONTHS.index(match["month"][:3].lower()) + 1
    return make_date(int(match["year"]) if match["year"] else None, month, int(match["day"]))


def with_year(date: PartialDate, year: int) -> PartialDate:
    """The date in that year; 29 February of a common year keeps its month alone."""
    if date.month and date.day and make_date(year, date.month, date.day) is None:
        return PartialDate(year, date.month)
    return replace(date, year=year)
