"""Numbers with their nouns, as pages say them: 1 paper, 1,234 papers."""

from __future__ import annotations


def counted(number: int, one: str = "paper", many: str = "papers") -> str:
    """A number, its thousands parted by commas, with its noun in the singular or the plural."""
    return f"{number:,} {one if number == 1 else many}"
