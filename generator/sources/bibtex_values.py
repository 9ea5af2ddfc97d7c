"""Values of BibTeX fields: pieces in braces, in quotes, numbers and macros, joined by `#`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.sources.bibtex_text import brace_pairs

LONGEST_JOINED = 1_000_000
"""Characters of a value of several pieces; macros of macros can double it without end."""
_BARE = re.compile(r"[^\s#{\"]+|.", re.DOTALL)
"""A number or the name of a macro; any one character where neither stands."""
_FIELD = re.compile(r"([A-Za-z][\w-]*)\s*=\s*(?=\S)")


class Joined(NamedTuple):
    """The text of a value, what is wrong with it, and a field behind it that lacks its comma.

    `name`, `value` and `at` are that field and where it begins; "" where there is none.
    """

    text: str
    fault: str = ""
    name: str = ""
    value: str = ""
    at: int = 0


def enclosed(value: str) -> str | None:
    """What one pair of braces or quotes encloses; None for any other value."""
    if value[:1] == "{" and value[-1:] == "}":
        if "#" not in value and "=" not in value:
            return value[1:-1]
        one = brace_pairs(value).get(0) == len(value) - 1
        return value[1:-1] if one else None
    if value[:1] == '"' == value[-1:] and len(value) > 1 and '"' not in value[1:-1]:
        return value[1:-1]
    return value if value.isdecimal() else None


def join(value: str, macro: Callable[[str], str]) -> Joined:
    """The joined pieces of a value; `macro` gives the text of a name."""
    if value.isalnum():
        return Joined(value if value.isdecimal() else macro(value))
    if _is_quoted_with_escapes(value):
        return Joined(value[1:-1], 'a " within quotes must stand in braces; read as text')
    texts: list[str] = []
    length = 0
    for kind, text, start, divided in _pieces(value):
        if texts and not divided:
            return _unjoined("".join(texts), value, start)
        texts.append(macro(text) if kind == "macro" else text)
        length += len(texts[-1])
        if length > LONGEST_JOINED:
            fault = f"a value of more than {LONGEST_JOINED:,} characters; the rest is left out"
            return Joined("".join(texts)[:LONGEST_JOINED], fault)
    return Joined("".join(texts))


def _unjoined(text: str, value: str, start: int) -> Joined:
    """A value in which something stands behind a piece, without `#` between them."""
    found = _FIELD.match(value, start)
    if found:
        return Joined(text, "a comma is missing behind it", found[1], value[found.end() :], start)
    if value[0] == '"' == value[-1]:
        return Joined(value[1:-1], 'a " within quotes must stand in braces; read as text')
    rest = " ".join(value[start : start + 200].split())
    return Joined(text, f"a comma or `#` is missing behind it; left out: {rest!r}")


def _is_quoted_with_escapes(value: str) -> bool:
    r"""Whether quotes enclose the value, and those within it follow a backslash: `"M\"uller"`."""
    if not (value[:1] == '"' == value[-1:] and '\\"' in value):
        return False
    closing = brace_pairs(value)
    position = 1
    while position < len(value) - 1:
        if value[position] == '"' and value[position - 1] != "\\":
            return False
        position = closing.get(position, position) + 1
    return position == len(value) - 1


def _pieces(value: str) -> Iterator[tuple[str, str, int, bool]]:
    """The pieces of a value: `text`, without what encloses it, or the name of a `macro`.

    With each, where it begins, and whether `#` stands before it.
    """
    closing = brace_pairs(value)
    position = 0
    divided = True
    while position < len(value):
        character = value[position]
        end = position
        if character == "{" and position in closing:
            end = closing[position]
            yield "text", value[position + 1 : end], position, divided
        elif character == '"':
            end = _closing_quote(value, position, closing)
            yield "text", value[position + 1 : end], position, divided
        elif not character.isspace() and character != "#":
            found = _BARE.match(value, position)
            bare = found[0] if found else character
            end = position + len(bare) - 1
            yield "text" if bare.isdecimal() else "macro", bare, position, divided
        divided = character == "#" or (divided and character.isspace())
        position = end + 1


def _closing_quote(value: str, start: int, closing: dict[int, int]) -> int:
    """The next quote outside of braces, or the end."""
    position = start + 1
    while position < len(value) and value[position] != '"':
        position = closing.get(position, position) + 1
    return position
