r"""Letters beyond ASCII as LaTeX commands, for a BibTeX and styles that know no Unicode.

Accents are taken apart by Unicode's own decomposition, so every accented letter that LaTeX can set
is covered. A script that LaTeX's default fonts cannot set is romanised: readable, and ASCII.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from generator.mathml import SYMBOLS
from generator.mathtext import math_text
from generator.tex import ACCENTS, CHARACTERS, LETTERS

_NOT_ASCII = re.compile(r"[^\x00-\x7f][\u0300-\u036f]*|[A-Za-z][\u0300-\u036f]+")
_COMMANDS = {mark: command for command, mark in ACCENTS.items()}
_LETTERS = {letter: f"{{\\{command}}}" for command, letter in LETTERS.items()}
_SIGNS = {
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "‐": "-", "…": "...",
    "©": r"{\copyright}", "®": "(R)", "™": "TM", "°": r"$^\circ$", "±": r"$\pm$",
    "×": r"$\times$", "µ": r"$\mu$", "½": "1/2", "¼": "1/4",
}  # fmt: skip
"""Signs in forms that pandoc and pybtex read too: they know few of LaTeX's text symbols."""
_CHARACTERS = {
    character: f"{{\\{command}}}"
    for command, character in CHARACTERS.items()
    if not character.isascii() and len(character) == 1
}
_SPECIAL = re.compile(r"[&%#_$~^\\{}]")
_SPACE = "~"
"""What stands for a no-break space in TeX."""


def _symbols() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in sorted(SYMBOLS, key=lambda name: (len(name), name)):
        character = math_text(f"\\{name}")
        if len(character) == 1 and not character.isascii():
            found.setdefault(character, name)
    return found


_SYMBOLS = _symbols()


def text_to_ascii(source: str) -> str:
    """TeX source outside math, without a character beyond ASCII."""
    return _NOT_ASCII.sub(lambda found: _character(found[0]), source)


def math_to_ascii(source: str) -> str:
    """TeX source within math, without a character beyond ASCII."""
    return _NOT_ASCII.sub(lambda found: _in_math(found[0]), source)


@lru_cache(maxsize=4096)
def _character(found: str) -> str:
    found = unicodedata.normalize("NFC", found)
    table = _CHARACTERS | _LETTERS | _SIGNS
    if found in table:
        return table[found]
    if found == "\u00a0":
        return _SPACE
    if found in _SYMBOLS and not found.isalpha():
        return f"$\\{_SYMBOLS[found]}$"
    return _accented(found) or _romanised(found)


def _accented(found: str) -> str | None:
    r"""`{\'e}`; several accents one in the other; None for what LaTeX has no accent for."""
    base, *marks = tuple(unicodedata.normalize("NFD", found))
    if not marks or not all(mark in _COMMANDS for mark in marks):
        return None
    if base in _LETTERS:
        letter = _LETTERS[base][1:-1]
    elif base.isascii() and base.isalpha():
        letter = base  # no dotless i: LaTeX takes its dot off, and readers do not
    else:
        return None
    for mark in marks:
        command = _COMMANDS[mark]
        letter = f"\\{command}{{{letter}}}"
    return f"{{{letter}}}"


def _romanised(found: str) -> str:
    return _SPECIAL.sub("", anyascii(found))


@lru_cache(maxsize=4096)
def _in_math(found: str) -> str:
    found = unicodedata.normalize("NFC", found)
    return f"\\{_SYMBOLS[found]} " if found in _SYMBOLS else f"\\mbox{{{_character(found)}}}"
