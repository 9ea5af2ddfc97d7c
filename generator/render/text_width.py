"""How wide a text is that a drawing shows, reckoned from a table instead of from a font.

Text in the letters of Source Sans 3 is never wider than said here, and little narrower; of other
scripts, whose font is the reader's own, a generous average is taken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

FONT_SIZE: Final = 15
"""The size of the letters, in units of the drawing."""
BOLD: Final = 107
"""The width of bold letters, in per cent of that of regular ones."""

_EM: Final[Mapping[str, int]] = {
    character: width
    for width, characters in (
        (20, " "),
        (27, "',.:;Iijl|ı·’"),
        (32, "!()-[]f{}ł"),
        (37, "/\\rt"),
        (42, "*?sz"),
        (47, '"cvxy'),
        (52, "#$+0123456789<=>FJLVXY^_aegkŁ~–"),
        (57, "ACEPRSTZ`bdhnopquß"),
        (62, "&BDGKøđ"),
        (67, "HNOQUØĐ"),
        (72, "w"),
        (77, "M"),
        (85, "%Wæœ"),
        (88, "@mÆŒ"),
        (100, "…"),
    )
    for character in characters
}
"""Widths in hundredths of the letters' height: Source Sans 3, rounded up."""
_OTHER_EM: Final = 75
"""What letters of other alphabets take on average, generously; Chinese ones take 100."""


@lru_cache(maxsize=4096)
def _em(character: str) -> int:
    """The width of a character in hundredths of the letters' height."""
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 100
    base = unicodedata.normalize("NFD", character)[0]
    return _EM.get(character) or _EM.get(base, _OTHER_EM)


def text_width(text: str) -> int:
    """The width of a text in units, rounded up."""
    return -(-sum(map(_em, text)) * FONT_SIZE // 100)


def shorten(text: str, most: int) -> str:
    """A text of at most `most` units: where it is wider, it is cut and ends with an ellipsis.

    It is never cut between a letter and its mark.
    """
    if text_width(text) <= most:
        return text
    room = most * 100 // FONT_SIZE - _em("…")
    kept = 0
    for character in text:
        room -= _em(character)
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip(" -") + "…"
