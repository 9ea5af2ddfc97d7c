"""How a text is spelled of which some letters cannot be drawn.

On an image, for which no browser fetches another font, a box in place of a letter would be worse
than another spelling. What `spell` makes of a text, in this order:

- it is NFC, on one line, without control and other invisible characters;
- a compatibility character is what it stands for: `ℝ` is R, `₂` is 2;
- a sign of mathematics is spelled as in `_SIGNS`; a Greek letter by itself is its name, so that
  a β-VAE is a beta-VAE and no b-VAE;
- words of other scripts are romanised, Han and Hangul a syllable each, and begin with a capital
  where their script has none: `李明` is Li Ming. Nothing is left that runs from right to left;
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
_SYLLABIC: Final = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff])")
_BEFORE_WORD: Final = re.compile(r"(?<=[^\W\d_])\x02|(?<=[,;:!?)])\x02")
_AFTER_WORD: Final = re.compile(r"\x03(?=[^\W\d_]|\()")
"""Marks around a romanised word where it needs a space; control characters are in no text."""


def spell(text: str, drawn_with: Callable[[str], str]) -> str:
    """The text as far as it can be drawn.

    `drawn_with` gives what a character is drawn with, "" where it cannot be.
    """
    text = clean_text(text)
    if all(map(drawn_with, text)):
        return text
    text = "".join([c if drawn_with(c) else _compatible(c) for c in text])
    text = "".join(_with_words(unicodedata.normalize("NFC", text), drawn_with))
    text = _BEFORE_WORD.sub(" ", _AFTER_WORD.sub(" ", text))
    return " ".join("".join(filter(drawn_with, text)).split())


def _with_words(text: str, drawn_with: Callable[[str], str]) -> Iterator[str]:
    """The text with words, between marks, for the letters that are still missing in it."""
    for is_there, run in groupby(text, lambda character: bool(drawn_with(character))):
        piece = "".join(run)
        word = "" if is_there else _word(piece)
        yield f"\x02{word}\x03" if word else piece


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
    """Letters of other scripts in Latin ones."""
    names = [_GREEK_LETTER.fullmatch(unicodedata.name(letter, "")) for letter in letters]
    if len(letters) < _GREEK_WORD and all(names):
        return " ".join(_greek_name(*found.groups()) for found in names if found)
    romanised = anyascii(_SYLLABIC.sub(r" \1 ", letters)).replace("`", "").split()
    # A breathing at a word's head would look like a quotation that never ends.
    words = [word for word in (word.lstrip("'") for word in romanised) if word]
    if letters.lower() == letters.upper():
        words = [word[:1].upper() + word[1:] for word in words]
    return " ".join(words)


def _greek_name(case: str, name: str) -> str:
    name = name.replace("LAMDA", "LAMBDA")
    return name.capitalize() if case == "CAPITAL" else name.lower()
