"""What is wrong with the parts of a bibliography that cannot be read, said of the entry."""

from __future__ import annotations

import re

_HEAD = re.compile(r"@\s*(\w+)\s*[{(]\s*([^,\s={}()]*)")
_NO_RECORD = frozenset(["string", "preamble", "comment"])
_ENTRY = re.compile(r"^[^\S\n]*\w+\s*\{[^{}\n]*,", re.MULTILINE)
_FIELD = re.compile(r"^[^\S\n]*\w+\s*=\s*[{\"]", re.MULTILINE)
_REST = re.compile(r"\s*[,}]")
_LONGEST_SHOWN = 60


def failure(raw: str, reason: str, next_line: int | None) -> tuple[str, bool]:
    """The message for a block, and whether a record is lost with it.

    `reason` is that of bibtexparser (splitter.py, 2.1); `next_line` is where the next block begins.
    """
    head = _HEAD.match(raw.lstrip())
    kind, key = (head[1].lower(), head[2]) if head else ("", "")
    what = "the entry" if kind not in _NO_RECORD else f"the @{kind}"
    named = f"{what} {key!r}" if key else what
    because = _because(reason, raw, next_line)
    return f"{named} cannot be read, those around it can: {because}", kind not in _NO_RECORD


def _because(reason: str, raw: str, next_line: int | None) -> str:
    if reason.startswith("Unexpected block start"):
        where = f"the next entry begins on line {next_line}" if next_line else "the next entry"
        return f"a brace or quote is never closed before {where}"
    if reason.startswith("Unexpectedly reached end"):
        return "a brace or quote is never closed before the end of the file"
    if reason.startswith("Expected comma after entry key"):
        return "expected a comma after its key"
    shown = " ".join(raw.rstrip(" \n,}").rpartition("\n")[2][-_LONGEST_SHOWN:].split())
    if reason.startswith("Expected either"):
        return f"expected a comma after a field (found {shown!r})"
    return f"expected fields such as title = {{…}} (found {shown!r})"


def remnant(text: str, *, after_entry: bool, after_failure: bool) -> tuple[str, bool] | None:
    """The message for text between entries, and whether a record is lost with it.

    None for what is a comment, or the rest of an entry that is reported as a whole.
    """
    if _ENTRY.search(text):
        return "text between entries that looks like one: expected it to begin with @", True
    if after_failure:
        return None
    if after_entry and (_REST.match(text) or _FIELD.search(text)):
        shown = " ".join(text[:_LONGEST_SHOWN].split())
        return f"text behind the end of an entry is left out (a brace too many?): {shown!r}", False
    if _REST.match(text) or _FIELD.search(text):
        return "text between entries that looks like one: expected it to begin with @", True
    return None
