"""Which words of a title must keep their case when a citation style lower-cases the rest."""

from __future__ import annotations

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:[-'’./][^\W_]+)*")
"""A word of a title, with what joins its parts."""
_PART = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65_536)
def needs_protection(word: str) -> bool:
    """Whether a style that lower-cases titles would spoil the word.

    So it is with an inner capital (`ReLU`, `DeepSeek-R1`) and with nothing but capitals (`AI`,
    `R1`, `C`); a capital at the head of each part (`Pre-Training`) is title case and no more.
    """
    if word in ("A", "I"):
        return word == "I"
    parts = _PART.findall(word)
    return any(not part.islower() and _has_case_of_its_own(part, len(parts)) for part in parts)


def _has_case_of_its_own(part: str, parts: int) -> bool:
    if any(letter.isupper() for letter in part[1:]):
        return True
    return part.isupper() and (len(part) > 1 or parts == 1)
