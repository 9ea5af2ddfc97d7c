"""Dates as sources print them, and dates of which parts are unknown."""

from __future__ import annotations

import calendar
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import (
    MONTH_NAMES,
    PRINTED_DATE,
    PartialDate,
    date_of_match,
    make_date,
    with_year,
)


def read(text: str) -> PartialDate | None:
    match = re.fullmatch(PRINTED_DATE, text)
    return date_of_match(match) if match else None


@given(st.integers(1, 12), st.integers(1, 31), st.one_of(st.none(), st.integers(1000, 9999)))
def test_a_printed_date_is_read_when_the_calendar_has_it(
    month: int, day: int, year: int | None
) -> None:
    exists = day <= calendar.monthrange(year or 2000, month)[1]
    for name in (MONTH_NAMES[month], MONTH_NAMES[month][:3], MONTH_NAMES[month][:3].upper()):
        printed = f"{name} {day}" + (f", {year}" if year else "")
        assert read(printed) == (PartialDate(year, month, day) if exists else None)


@pytest.mark.parametrize("text", ["Agu 15, 2024", "Augst 15, 2024", "Aug 0", "Aug 15, 24", "Aug"])
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("date", "iso", "words"),
    [
        (PartialDate(2024, 8, 15), "2024-08-15", "15 August 2024"),
        (PartialDate(2024, 8), "2024-08", "August 2024"),
        (PartialDate(2024), "2024", "2024"),
        (PartialDate(None, 5, 2), "--05-02", "2 May"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: PartialDate, iso: str, words: str) -> None:
    assert (str(date), date.in_words) == (iso, words)


def test_the_29th_of_february_gets_a_year_that_has_it_or_keeps_its_month() -> None:
    leap_day = make_date(None, 2, 29)
    assert leap_day is not None
    assert with_year(leap_day, 2024) == PartialDate(2024, 2, 29)
    assert with_year(leap_day, 2025) == PartialDate(2025, 2)
