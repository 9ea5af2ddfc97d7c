"""Lists of names in BibTeX: divided by `and`, each in one of the forms that BibTeX reads."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from generator.markup import clean_text
from generator.names import PersonName, cut_et_al, parse_name, split_number
from generator.records import NameAsPrinted
from generator.sources.bibtex_text import brace_pairs, read_plain

_AND = re.compile(r"(?<=\s)and(?=\s)", re.IGNORECASE)
_OTHERS = frozenset(["others", "et al", "et. al", "et~al", "et.~al"])
_MAY_BE_CUT = re.compile(r"[Oo][Tt][Hh][Ee][Rr][Ss]|(?<=[\s~.&])[Aa][Ll]|等|…|\.\.\.")
_SPACE = re.compile(r"[\s~]+")
_COMMA = re.compile(r"(?<!\\),")
_SEMICOLON = re.compile(r"(?<=[\w.]);\s*(?=\w)")
_NOT_IN_PLAIN = re.compile(r"[{}]")
_JUNIOR = re.compile(r"(?:jr|sr|esq|ph\.?\s?d|m\.?\s?d)\.?|[ivx]+", re.IGNORECASE)
"""What stands between the commas of `Family, Jr, Given`."""
_PART = re.compile(r"[\s\"{]*(family|given|prefix|suffix)\s*=", re.IGNORECASE)
_QUOTED = re.compile(r'(?<!\\)"([^"]*)(?<!\\)"')
_MOST_COMMAS = 3
"""So many in a name divide several, whatever stands between them."""


class NameList(NamedTuple):
    """The names of a field in order, and whether `and others` or "et al." cuts the list.

    `doubtful` is the first part that holds several names, divided by commas or semicolons; each
    such part is one literal name.
    """

    names: tuple[NameAsPrinted, ...] = ()
    truncated: bool = False
    doubtful: str = ""


@lru_cache(maxsize=65_536)
def read_names(value: str) -> NameList:
    """The names of an author or editor field.

    Lists recur: a book of proceedings has the same editors in each of its papers.
    """
    parts = [part for part in map(str.strip, _split(f" {value} ", _AND)) if part]
    names, truncated = _cut_others(parts) if _MAY_BE_CUT.search(value) else (parts, False)
    several = ";" in value or ("," in value and value.count(",") != sum("," in n for n in names))
    doubtful = _doubtful(names) if several or len(names) == 2 else ()
    if not doubtful:
        plain = tuple(NameAsPrinted(name) for name in map(_read_name, names) if name)
        return NameList(plain, truncated)
    read = (_literal(_plain(n)) if n in doubtful else _read_name(n) for n in names)
    kept = tuple(NameAsPrinted(name) for name in read if name)
    return NameList(kept, truncated, clean_text(doubtful[0]))


def _cut_others(parts: list[str]) -> tuple[list[str], bool]:
    """The parts that are names, and whether some say that names are left out."""
    names = [part for part in parts if not _is_others(part)]
    cut = False
    if names:
        names[-1], cut = cut_et_al(names[-1])
    return names, cut or len(names) < len(parts)


def _is_others(part: str) -> bool:
    """Whether it says that names are left out; the empty group of `{others{}}` makes it a name."""
    return len(part) < 16 and part.strip("{} .,").lower() in _OTHERS and "{}" not in part


def _doubtful(names: list[str]) -> list[str]:
    """The parts that hold several names."""
    found = [
        name
        for name in names
        if (";" in name or name.count(",") > 1) and "=" not in name and _holds_several(name)
    ]
    if not found and len(names) == 2 and "," not in names[1] and "," in names[0]:
        # `John Smith, Jane Doe and Al Roe`: as BibTeX reads it, Jane Doe is a given name.
        pieces = _split(names[0], _COMMA)
        found = names[:1] if all(map(_is_full_name, (*pieces, names[1]))) else []
    return found


def _holds_several(name: str) -> bool:
    if brace_pairs(name).get(0) == len(name) - 1:
        return False
    if ";" in name and _SEMICOLON.search(_plain(name)):
        return True
    pieces = [piece.strip() for piece in _split(name, _COMMA) if piece.strip()]
    if len(pieces) > _MOST_COMMAS:
        return True
    return len(pieces) == _MOST_COMMAS and not any(map(_JUNIOR.fullmatch, pieces[1:]))


def _is_full_name(text: str) -> bool:
    """Two words that are written out, neither of them an initial or a particle."""
    words = text.split()
    return len(words) == 2 and all(w.isalpha() and len(w) > 1 and w[0].isupper() for w in words)


@lru_cache(maxsize=262_144)
def _read_name(text: str) -> str:
    """One name in the plainest printed form that keeps what the field says of its parts; or ""."""
    if "=" in text and _PART.search(text):
        return _read_extended(text)
    if "{" not in text and "\\" not in text and "," not in text:
        return read_plain(text)
    closing = brace_pairs(text)
    if closing.get(0) == len(text) - 1:
        return _literal(read_plain(text))
    parts = [part.strip() for part in _split(text, _COMMA)]
    if len(parts) > 1:
        inverted, number = split_number(", ".join(filter(None, map(_plain, parts))))
        return f"{parse_name(inverted).as_printed} {number}".rstrip()
    return _in_reading_order(text)


def _read_extended(text: str) -> str:
    """A name of biblatex: `family=Berg, given=Jan, prefix=van der`; values may be enclosed.

    Initials and options such as `useprefix` say nothing of how the name is written.
    """
    found: dict[str, str] = {}
    for part in _split(_QUOTED.sub(r"{\1}", text), _COMMA):
        name = _PART.match(part)
        if name:
            found[name[1].lower()] = _plain(part[name.end() :])
    family = " ".join(filter(None, (found.get("prefix"), found.get("family"))))
    if not family:
        return found.get("given", "")
    return PersonName(family, found.get("given", ""), found.get("suffix", "")).as_printed


def _in_reading_order(text: str) -> str:
    """`Given Family`: braces keep the words of a family name together."""
    words = [word for word in _split(text, _SPACE) if word]
    number = split_number(f"x {_plain(words[-1])}")[1]
    if not number or len(words) == 1:
        return _ordered(words, text)
    return f"{_ordered(words[:-1], ' '.join(words[:-1]))} {number}"


def _ordered(words: list[str], text: str) -> str:
    family = _plain(words[-1])
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
