"""Standard numbers of books and serials, by their check digits."""

from __future__ import annotations

import re

_ISBN_10 = re.compile(r"\d{9}[\dX]")
_ISBN_13 = re.compile(r"97[89]\d{10}")
_ISSN = re.compile(r"\d{7}[\dX]")
_SEPARATORS = re.compile(r"[\s‐‑–-]")


def is_isbn(text: str) -> bool:
    """Whether the text is one ISBN, of 10 or 13 digits, with a right check digit (ISO 2108)."""
    digits = _digits(text)
    if _ISBN_10.fullmatch(digits):
        return _weighted(digits, 10) % 11 == 0
    if not _ISBN_13.fullmatch(digits):
        return False
    return sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits)) % 10 == 0


def is_issn(text: str) -> bool:
    """Whether the text is one ISSN with a right check digit (ISO 3297)."""
    digits = _digits(text)
    return _ISSN.fullmatch(digits) is not None and _weighted(digits, 8) % 11 == 0


def _digits(text: str) -> str:
    return _SEPARATORS.sub("", text).upper()


def _weighted(digits: str, first: int) -> int:
    """The sum of digits with falling weights from `first`; X is 10."""
    return sum((10 if d == "X" else int(d)) * (first - n) for n, d in enumerate(digits))
