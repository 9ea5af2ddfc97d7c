"""Values in the form in which a style wants them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports.formatted_values import Prose, initials, page_ranges, with_full_stops


@pytest.mark.parametrize(
    ("pages", "form", "expected"),
    [
        ("101-118", None, "101-118"),
        ("101-18", "expanded", "101-118"),
        ("1-20", "minimal-two", "1-20"),
        ("5-9", "minimal-two", "5-9"),
        ("100-107", "minimal-two", "100-07"),
        ("1100-1207", "minimal-two", "1100-207"),
        ("99-103", "minimal-two", "99-103"),
        ("71-72", "chicago-16", "71-72"),
        ("100-104", "chicago-16", "100-104"),
        ("107-108", "chicago-16", "107-8"),
        ("321-328", "chicago-16", "321-28"),
        ("498-532", "chicago-16", "498-532"),
        ("1087-1089", "chicago-16", "1087-89"),
        ("1496-1500", "chicago-16", "1496-500"),
        ("11564-11615", "chicago-16", "11564-615"),
        ("5-5", "minimal-two", "5-5"),
        ("107-107", "chicago-16", "107-7"),
        ("S3-S14", "chicago-16", "S3-S14"),
        ("e1234", "expanded", "e1234"),
        ("1-3, 107-108", "chicago-16", "1-3, 107-8"),
    ],
)
def test_page_ranges_are_shortened_as_the_style_asks(
    pages: str, form: str | None, expected: str
) -> None:
    assert page_ranges(pages, form) == expected


def test_a_first_capital_is_given_to_lower_case_words_alone() -> None:
    capitalised = [str(Prose(text).capitalize_first()) for text in ("arXiv:1", "second ed.")]
    assert capitalised == ["arXiv:1", "Second ed."]


@pytest.mark.parametrize(
    ("given_name", "short", "full"),
    [
        ("Ada Byron", "A. B.", "Ada Byron"),
        ("Ada B", "A. B.", "Ada B."),
        ("A. B.", "A. B.", "A. B."),
        ("A.B.", "A. B.", "A.B."),
        ("Jean-Paul", "J.-P.", "Jean-Paul"),
        ("J.-P.", "J.-P.", "J.-P."),
        ("Xiao-ming", "X.", "Xiao-ming"),
        ("Maria de la", "M. de la", "Maria de la"),
        ("Élodie", "É.", "Élodie"),
        ("D’Arcy", "D.", "D’Arcy"),
        ("雷", "雷", "雷"),
    ],
)
def test_given_names_are_shortened_to_initials(given_name: str, short: str, full: str) -> None:
    assert (initials(given_name), with_full_stops(given_name)) == (short, full)


@given(st.text())
def test_initials_are_left_of_any_name(given_name: str) -> None:
    assert bool(initials(given_name)) == bool(given_name.strip())
