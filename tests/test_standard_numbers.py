"""Standard numbers are told from what merely looks like one by their check digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.standard_numbers import is_isbn, is_issn


@pytest.mark.parametrize(
    "text", ["978-3-16-148410-0", "9783161484100", "0-306-40615-2", "0 8044 2957 X", "080442957x"]
)
def test_a_right_isbn_is_one(text: str) -> None:
    assert is_isbn(text)


@pytest.mark.parametrize("text", ["2049-3630", "0317-8471", "2434561X", "2434-561x"])
def test_a_right_issn_is_one(text: str) -> None:
    assert is_issn(text)


@given(st.sampled_from(["9783161484100", "0306406152", "20493630"]), st.data())
def test_one_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from(sorted(set("0123456789") - {number[place]})))
    wrong = number[:place] + digit + number[place + 1 :]
    assert not is_isbn(wrong)
    assert not is_issn(wrong)


@pytest.mark.parametrize("text", ["", "-", "978-3-16-148410-0, 0-306-40615-2", "ISBN 0306406152"])
def test_anything_else_is_none(text: str) -> None:
    assert not is_isbn(text)
    assert not is_issn(text)
