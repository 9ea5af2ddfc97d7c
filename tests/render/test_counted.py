"""Numbers with their nouns."""

from __future__ import annotations

from generator.render.counted import counted


def test_one_is_singular_and_thousands_are_parted() -> None:
    assert [counted(n) for n in (0, 1, 2)] == ["0 papers", "1 paper", "2 papers"]
    assert counted(1_234_567, "wick", "wicks") == "1,234,567 wicks"
    assert counted(1, "wick", "wicks") == "1 wick"
