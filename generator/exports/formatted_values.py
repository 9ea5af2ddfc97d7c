"""Values in the form in which a style wants them: initials, page ranges, words in title case.

citeproc-py 0.11 makes `X.-. ming .` of Xiao-ming, `1–0` of the pages 1–20, and `ArXiv` of arXiv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from citeproc.string import String

_INNER_STOP: Final = re.compile(r"\.(?=\w)")
_HYPHENS: Final = re.compile("[-‐]")
_PAGE_RANGE: Final = re.compile(r"(?<![\w-])(\d+)-(\d+)(?![\w-])")
_COMPOUND: Final = re.compile(r"([-‐–—/])")
_NOT_A_WORD: Final = re.compile(r"[\\$^_@<>\d²³¹\u2070-\u209c]|\w\.\w|://")
"""Formulas, file names and addresses: their case means something."""
_SYMBOL: Final = re.compile(r"[\W_]*[b-z][\W_]*")
"""A letter by itself that is not the article stands for a quantity."""
_SMALL: Final = frozenset("a an and as at but by for from in of on or the to up via with".split())
"""Words that stay small within a compound: State-of-the-Art."""


def initials(given: str) -> str:
    """`Ada Byron` as `A. B.`, `Jean-Paul` as `J.-P.`.

    The lower-case part of a compound has no initial (`Xiao-ming`: `X.`); a lower-case word is a
    particle and stays, as does what has no case.
    """
    return " ".join(map(_initials_of, _INNER_STOP.sub(". ", given).split()))


def _initials_of(word: str) -> str:
    letters = (_first_letter(part) for part in _HYPHENS.split(word))
    return "-".join(f"{letter}." for letter in letters if letter.isupper()) or word


def _first_letter(text: str) -> str:
    return next(filter(str.isalpha, text), "")


def with_full_stops(given: str) -> str:
    """The names in full, an initial among them with its full stop: `Ada B` as `Ada B.`."""
    words = given.split()
    return " ".join(f"{word}." if len(word) == 1 and word.isupper() else word for word in words)


def page_ranges(pages: str, form: str | None) -> str:
    """`101-118` in a form of CSL 1.0.2, appendix V: `101-18` where numbers are cut short."""
    if form is None:
        return pages
    return _PAGE_RANGE.sub(lambda found: f"{found[1]}-{_last_page(found, form)}", pages)


def _last_page(pages: re.Match[str], form: str) -> str:
    first, last = pages[1], pages[2]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    if len(last) > len(first):
        return last
    changed = next((n for n, digit in enumerate(first) if digit != last[n]), len(first) - 1)
    return last[min(changed, len(first) - _fewest_digits(first, form)) :]


def _fewest_digits(first: str, form: str) -> int:
    """Digits that the last page keeps in any case."""
    page = int(first)
    if form.startswith("minimal-two"):
        return min(2, len(first))
    if form == "minimal" or (form.startswith("chicago") and page > 100 and 0 < page % 100 < 10):
        return 1
    if form.startswith("chicago") and page > 100 and page % 100:
        return 2
    return len(first)


class Prose(String):  # type: ignore[misc]  # citeproc-py has no types
    """Text whose case citeproc-py sets word by word, as CSL 1.0.2 says under "text-case"."""

    def words(self) -> Iterator[Word]:
        """The words, each of which knows how to be capitalised.

        citeproc-py capitalises what is in lower case; in a compound that is not (`Twenty-one`),
        parts may be.
        """
        words = map(Word, self.split())
        return (word if word.islower() else word.with_capital_parts() for word in words)

    def capitalize_first(self) -> Prose:
        """With a capital, unless the first word has capitals of its own (`arXiv`, `iOS`)."""
        first = self.split(maxsplit=1)[0]
        return Prose(_capitalised(self)) if first.islower() else self


class Word(String):  # type: ignore[misc]  # citeproc-py has no types
    """A word of a title."""

    def capitalize_first(self) -> Word:
        """In title case: `State-of-the-Art`, `“Lamp”`; formulas and file names as they are."""
        if self[0] == "(" and self[1:] in _SMALL:
            return self
        return self if self._is_symbol() else Word(_capitalised(self)).with_capital_parts()

    def with_capital_parts(self) -> Word:
        """With all parts of a compound but the first in title case."""
        first, *parts = _COMPOUND.split(self)
        if not parts or self._is_symbol():
            return self
        return Word(first + "".join(p if p in _SMALL else _capitalised(p) for p in parts))

    def _is_symbol(self) -> bool:
        return bool(_NOT_A_WORD.search(self) or _SYMBOL.fullmatch(self))


def _capitalised(text: str) -> str:
    letter = _first_letter(text)
    return text.replace(letter, letter.title(), 1) if letter else text
