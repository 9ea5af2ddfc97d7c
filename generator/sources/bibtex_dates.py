"""The date of an entry: `year`, `month` and `day` of BibTeX, or the `date` of biblatex."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.dates import MONTHS, PartialDate, make_date
from generator.sources.bibtex_entry import EntryFields
from generator.sources.bibtex_text import read_plain
from generator.tex import plain_text

_YEAR = re.compile(r"\d{4}")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:/.*)?")
_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")


def read_date(entry: EntryFields) -> PartialDate | None:
    """The date that an entry states, as exactly as it does; what is wrong with it is noted."""
    stated = entry.get("year")
    if not stated:
        return _iso_date(entry)
    year = read_plain(stated)
    if not _YEAR.fullmatch(year) or int(year) < 1000:
        entry.note("year", f"year: expected four digits (found {year!r}); the paper has no date")
        return None
    month = entry.get("month")
    if not month and "date" in entry.values:
        exact = _iso_date(entry)
        return exact if exact and exact.year == int(year) else PartialDate(int(year))
    date = _with_month(int(year), month, entry.get("day"))
    if month and not date.month:
        message = f"month: expected one such as jul or 7 (found {read_plain(month)!r}); left out"
        entry.note("month", message)
    return date


def _iso_date(entry: EntryFields) -> PartialDate | None:
    """The date of biblatex: `2019-07-28`, `2019-07`, `2019`; of a span its beginning."""
    stated = read_plain(entry.get("date"))
    found = _ISO_DATE.fullmatch(stated) if stated else None
    if found is None:
        if stated:
            entry.note("date", f"date: expected a date such as 2019-07-28 (found {stated!r})")
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    date = make_date(year, month or 1, day or 1)
    if year is None or date is None:
        entry.note("date", f"date: no calendar has the date {stated!r}; it is left out")
        return None
    return PartialDate(year, month, day)


@lru_cache(maxsize=65_536)
def _with_month(year: int, month: str, day: str) -> PartialDate:
    """The date with the first month that is named, and its day where it is one single day."""
    text = plain_text(month)
    named = _MONTH.search(text)
    if named is None:
        number = int(text) if text.strip().isdecimal() and len(text) < 9 else 0
        return PartialDate(year, number) if 1 <= number <= 12 else PartialDate(year)
    number = MONTHS.index(named[0].lower()) + 1
    days = _DAY.findall(text) or _DAY.findall(day)
    exact = make_date(year, number, int(days[0])) if len(days) == 1 else None
    return exact or PartialDate(year, number)
