"""Lists of names in BibTeX: divided by `and`, each in one of the forms that BibTeX reads."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.markup import clean_text
from generator.names import PersonName, parse_name, split_number
from generator.records import NameAsPrinted
from generator.sources.bibtex_text import brace_pairs, read_plain

_AND = re.compile(r"\s+and(?=\s)", re.IGNORECASE)
_OTHERS = frozenset(["others", "et al.", "et al", "et. al.", "et~al."])
_SPACE = re.compile(r"[\s~]+")
_NOT_IN_PLAIN = re.compile(r"[{}]")


@lru_cache(maxsize=65_536)
def read_names(value: str) -> tuple[tuple[NameAsPrinted, ...], bool]:
    """The names of an author or editor field in order, and whether `and others` cuts the list.

    Lists recur: a book of proceedings has the same editors in each of its papers.
    """
    parts = [part.strip() for part in _split(f" {value} ", _AND)]
    names = [part for part in parts if part and part.lower() not in _OTHERS]
    truncated = len(names) < sum(map(bool, parts))
    return tuple(NameAsPrinted(name) for name in map(_read_name, names) if name), truncated


@lru_cache(maxsize=262_144)
def _read_name(text: str) -> str:
    """One name in the plainest printed form that keeps what the field says of its parts; or ""."""
    if "{" not in text and "\\" not in text and "," not in text:
        return read_plain(text)
    closing = brace_pairs(text)
    if closing.get(0) == len(text) - 1:
        return _literal(read_plain(text))
    parts = [part.strip() for part in _split(text, re.compile(","))]
    if len(parts) > 1:
        inverted, number = split_number(", ".join(filter(None, map(_plain, parts))))
        return f"{parse_name(inverted).as_printed} {number}".rstrip()
    return _in_reading_order(text)


def _in_reading_order(text: str) -> str:
    """`Given Family`: braces keep the words of a family name together."""
    words = [word for word in _split(text, _SPACE) if word]
    family = _plain(words[-1])
    number = split_number(f"x {family}")[1]
    if number and len(words) > 1:
        return f"{_in_reading_order(' '.join(words[:-1]))} {number}"
    if " " in family and len(words) > 1:
        return PersonName(family, " ".join(map(_plain, words[:-1]))).as_printed
    plain = _plain(text)
    return _literal(plain) if "," in plain else plain


def _literal(name: str) -> str:
    return f"{{{name}}}" if name.strip("{} ") else ""


def _plain(text: str) -> str:
    """Plain text in which no brace can be taken for those around a whole name."""
    return clean_text(_NOT_IN_PLAIN.sub("", read_plain(text)))


def _split(text: str, separator: re.Pattern[str]) -> list[str]:
    """The text, divided where a separator stands outside of braces."""
    if "{" not in text:
        return separator.split(text)
    closing = brace_pairs(text)
    parts: list[str] = []
    start = position = 0
    while found := separator.search(text, position):
        brace = text.find("{", position, found.start())
        if brace >= 0:
            position = closing.get(brace, brace) + 1
            continue
        parts.append(text[start : found.start()])
        start = position = found.end()
    return [*parts, text[start:]]
