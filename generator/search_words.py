"""Words by which the search finds what is written otherwise.

Pagefind finds `Müller` for `muller` by itself, for it takes marks off letters. What it does not
know is said to it in words of their own, which no reader sees: letters that are no letter with a
mark (`Łukasz`: lukasz), the German spelling (`Müller`: mueller), the parts of compound words
(`DeepSeek-R1`: r1, `16×3.8B`: 38b), and Chinese, Japanese and Korean, which have no spaces, in
overlapping pairs (`深度学习`: 深度 度学 学习).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from anyascii import anyascii

LONGEST_TERM: Final = 5
"""Characters of a term: its first ones, which grammatical endings leave alone."""
_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
_SPELLED_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_RUN: Final = re.compile(r"[^\W_]+")
_CJK: Final = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
_CJK_RUN: Final = re.compile(f"[{_CJK}\uf900-\ufaff\U00020000-\U0003ffff]+")
_SYLLABLE: Final = re.compile("(?<=[a-z])(?=[A-Z])")
_MOST_ALIASES: Final = 2000
"""Words that are told of one text: a Chinese abstract has one for nearly every character."""


def fold(text: str) -> str:
    """Lower-case letters without marks, compatibility characters (`²`, `ﬁ`) as plain ones."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(c for c in decomposed if not _is_mark(c))
    return unicodedata.normalize("NFC", bare).lower().translate(_LETTERS)


def search_terms(text: str) -> set[str]:
    """The terms of a text, for the table that tells which part of an index holds them.

    Each run of letters and digits, folded and cut to `LONGEST_TERM` characters; of Chinese,
    Japanese and Korean, every two neighbours. `search-words.js` does the same to a query.
    """
    found: set[str] = set()
    for run in _RUN.findall(fold(text)):
        spaced = _CJK_RUN.sub(" ", run)
        found.update(word[:LONGEST_TERM] for word in spaced.split())
        for characters in _CJK_RUN.findall(run):
            found.update(pairs(characters))
    return found


def pairs(characters: str) -> Iterator[str]:
    """Every two neighbours; a single character by itself."""
    if len(characters) == 1:
        yield characters
    for i in range(len(characters) - 1):
        yield characters[i : i + 2]


def name_aliases(names: Iterable[str]) -> list[str]:
    """Other spellings of names, each once: folded, spelled out, and romanised."""
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(aliases(name)))
        if not name.isascii():
            romanised = anyascii(name)
            # `HanXuemei` is read as one word and as its syllables.
            words = _RUN.findall(f"{romanised} {_SYLLABLE.sub(r' ', romanised)}".lower())
            known = set(_RUN.findall(_bare(name)))
            found.update(dict.fromkeys(word for word in words if word not in known))
    return list(found)


def aliases(text: str) -> list[str]:
    """Words that find a text beside those that Pagefind takes from it, each once, in order."""
    found: dict[str, None] = {}
    for token in text.split():
        if (token.isascii() and token.isalnum()) or "://" in token:
            continue
        found.update(dict.fromkeys(_of_token(token)))
    return list(found)[:_MOST_ALIASES]


def _of_token(token: str) -> Iterator[str]:
    lower = unicodedata.normalize("NFC", token.lower())
    folded = fold(token)
    runs = _RUN.findall(folded)
    spoken = fold(lower.translate(_SPELLED_OUT))
    known = _joined(_bare(token))
    if len(runs) > 1:
        yield from (r for r in runs if len(r) > 1 and r != known and not r.isdecimal())
    if not _CJK_RUN.search(token):
        for spelling in (*_numbers(folded), _joined(folded), _joined(spoken)):
            if spelling and spelling != known:
                yield spelling
    for characters in _CJK_RUN.findall(lower):
        if len(characters) > 2 or characters != lower:
            yield from pairs(characters)


_DECIMAL: Final = re.compile(r"\d+(?:[.,]\d+)+[^\W_]*")


def _numbers(folded: str) -> Iterator[str]:
    """`38b` of `16×3.8b`: a reader's `3.8B` loses its point in the search."""
    for number in _DECIMAL.findall(folded):
        if number != folded and not number[-1].isdecimal():
            yield _joined(number)


def _joined(text: str) -> str:
    return "".join(_RUN.findall(text))


def _bare(text: str) -> str:
    """Lower-case letters without marks: what Pagefind makes of a word."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not _is_mark(c)))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
