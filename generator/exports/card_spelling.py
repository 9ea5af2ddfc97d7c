"""How a text is spelled of which some letters cannot be drawn.

On an image, for which no browser fetches another font, a box in place of a letter would be worse
than another spelling. What `spell` makes of a text, in this order:

- it is NFC, on one line, without control and other invisible characters;
- a compatibility character is what it stands for: `ℝ` is R, `₂` is 2;
- a sign of mathematics is spelled as in `_SIGNS`; a Greek letter by itself is its name, so that
  a β-VAE is a beta-VAE and no b-VAE;
- words of other scripts are left out, with an ellipsis in their place: a romanisation without
  vowels or tones is no name that anybody has. Of a text that is for the most part in other
  scripts, nothing is left;
- anything else, such as an emoji or an accent that has no place, is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from anyascii import anyascii

from generator.markup import clean_text

_SIGNS: Final = {
    "→": "->", "⟶": "->", "↦": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⟹": "=>", "⇔": "<=>",
    "≠": "!=", "≤": "<=", "⩽": "<=", "≥": ">=", "⩾": ">=", "≪": "<<", "≫": ">>", "≡": "=",
    "∈": " in ", "∀": "for all ", "∃": "exists ", "∇": "nabla ", "∑": "sum ", "∏": "prod ",
    "∫": "int ", "∧": " and ", "∨": " or ", "¬": "not ", "∖": "\\", "⋅": "·", "∙": "·",
    "μ": "µ", "∆": "Delta", "‐": "-", "‑": "-", "‒": "–", "―": "—",
}  # fmt: skip
"""How signs are spelled for which there is no compatible character, or anyascii has one that says
something else (`=` for ≠, `E` for ∈)."""
_PICTURES: Final = frozenset(("So", "Sk"))
"""Categories of characters that show something: emoji, dingbats, and what changes their colour."""
_GREEK_LETTER: Final = re.compile("GREEK (SMALL|CAPITAL) LETTER ([A-Z]+)")
_GREEK_WORD: Final = 3
"""Greek letters in a row that are a word, and no symbols any more."""
_LEFT_OUT: Final = "…"
_GAP: Final = re.compile(r"…(?:[\s\x02\x03.,:;·-]*…)+")
_BEFORE_WORD: Final = re.compile(r"(?<=[^\W\d_])\x02|(?<=[,;:!?)])\x02")
_AFTER_WORD: Final = re.compile(r"\x03(?=[^\W\d_]|\()")
"""Marks around a word where it needs a space; control characters are in no text."""


def spell(text: str, drawn_with: Callable[[str], str]) -> str:
    """The text as far as it can be drawn.

    `drawn_with` gives what a character is drawn with, "" where it cannot be.
    """
    text = clean_text(text)
    if all(map(drawn_with, text)):
        return text
    text = "".join([c if drawn_with(c) else _compatible(c) for c in text])
    text = unicodedata.normalize("NFC", text)
    missing = [piece for is_there, piece in _runs(text, drawn_with) if not is_there]
    foreign = sum(_is_foreign(c) for piece in missing if not _is_symbol(piece) for c in piece)
    if foreign > sum(c.isalpha() and bool(drawn_with(c)) for c in text):
        return ""
    text = _GAP.sub(_LEFT_OUT, "".join(_with_words(text, drawn_with)))
    text = _BEFORE_WORD.sub(" ", _AFTER_WORD.sub(" ", text))
    return " ".join("".join(filter(drawn_with, text)).split())


def _with_words(text: str, drawn_with: Callable[[str], str]) -> Iterator[str]:
    """The text with words, between marks, for the letters that are still missing in it."""
    for is_there, piece in _runs(text, drawn_with):
        word = "" if is_there else _word(piece)
        yield f"\x02{word}\x03" if word else piece


def _runs(text: str, drawn_with: Callable[[str], str]) -> Iterator[tuple[bool, str]]:
    """The text in pieces of which all can be drawn, or nothing."""
    for is_there, run in groupby(text, lambda character: bool(drawn_with(character))):
        yield is_there, "".join(run)


def _compatible(character: str) -> str:
    """What may stand for a character that no font has; a letter that has nothing is kept."""
    sign = _SIGNS.get(character) or unicodedata.normalize("NFKC", character)
    if sign != character:
        return sign
    category = unicodedata.category(character)
    if category[0] in "LM":
        return character
    return "" if category[0] == "C" or category in _PICTURES else anyascii(character)


def _word(letters: str) -> str:
    """What stands for letters that cannot be drawn: of rare Latin ones, common ones."""
    if _is_symbol(letters):
        names = [_GREEK_LETTER.fullmatch(unicodedata.name(letter)) for letter in letters]
        return " ".join(_greek_name(*found.groups()) for found in names if found)
    return _LEFT_OUT if any(map(_is_foreign, letters)) else anyascii(letters).strip("`' ")


def _is_symbol(letters: str) -> bool:
    """Whether these are Greek letters by themselves."""
    names = (unicodedata.name(letter, "") for letter in letters)
    return len(letters) < _GREEK_WORD and all(map(_GREEK_LETTER.fullmatch, names))


def _is_foreign(character: str) -> bool:
    """Whether it is a letter of another script than the Latin one."""
    if unicodedata.category(character) not in ("Lu", "Ll", "Lt", "Lo"):
        return False
    return not unicodedata.name(character, "").startswith("LATIN")


def _greek_name(case: str, name: str) -> str:
    name = name.replace("LAMDA", "LAMBDA")
    return name.capitalize() if case == "CAPITAL" else name.lower()
