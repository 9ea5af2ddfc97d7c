"""Bibliographies in BibTeX or biblatex: a record for every entry.

bibtexparser divides the file into entries and sets aside those it cannot read; everything that a
value means (`@string`, `crossref`, LaTeX, names) is understood here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
)
from bibtexparser.splitter import Splitter

from generator.dates import MONTHS
from generator.errors import Problem, Severity
from generator.records import PaperRecord, SourceResult
from generator.sources.bibtex_record import ALIASES, EntryFields, read_entry
from generator.sources.bibtex_text import brace_pairs
from generator.sources.reading import read_text_file

SUFFIXES = frozenset({".bib", ".bibtex"})

_OLD_ENCODING = "cp1252"
"""What a bibliography that is not UTF-8 was most often written in."""
_LIKE_ENTRY = re.compile(r"^\s*\w+\s*\{[^{}\n]*,|^\s*\w+\s*=\s*[{\"]", re.MULTILINE)
_LONGEST_CHAIN = 10
"""Entries that a crossref leads to, one after the other."""
_BOOKS = frozenset(["book", "proceedings", "collection", "mvbook", "mvproceedings", "incollection"])
"""Entry types whose title is the book title of what stands in them."""
_OF_TOOLS = frozenset(
    "bdsk-url-1 bibsource biburl date-added date-modified file owner timestamp".split()
)
"""Fields that programs keep for themselves; some hold paths of somebody's disk."""
_NOT_INHERITED = frozenset(
    """abstract arxiv author crossref doi eprint ids isbn keywords note pages pdf shorttitle
    sortkey subtitle title url xref""".split()
)
"""Fields that say something of a book and nothing of a paper in it."""

# What it warns of is reported as a problem with its place.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def parse(data: bytes, origin: str) -> SourceResult:
    """Understand one bibliography; an entry that cannot be read is quarantined with its line."""
    text, first_line, problems = _decode(data, origin)
    library = Splitter(text).split()
    reader = _Reader(origin, first_line, problems)
    papers = reader.read(library)
    return SourceResult(papers=tuple(papers), problems=tuple(reader.problems))


def _decode(data: bytes, origin: str) -> tuple[str, int, list[Problem]]:
    file, problems = read_text_file(data, origin)
    text = "\n".join(file.lines)
    if file.bad_bytes and file.encoding == "UTF-8":
        line, offset = next(iter(file.bad_bytes.items()))
        text = text.encode("utf-8", "surrogateescape").decode(_OLD_ENCODING, "replace")
        message = (
            f"not valid UTF-8 (the byte at offset {offset}, and {len(file.bad_bytes)} lines in "
            "all): read as Windows-1252; look at the accents, and save the file as UTF-8"
        )
        return text, file.first_line, [*problems, Problem(origin, line, message)]
    return text, file.first_line, [*problems]


class _Reader:
    """Reads the blocks of one file."""

    def __init__(self, origin: str, first_line: int, problems: Sequence[Problem]) -> None:
        self.problems = [*problems]
        self._origin = origin
        self._first_line = first_line
        self._strings = {month: month for month in MONTHS}
        self._entries: dict[str, EntryFields] = {}

    def read(self, library: Library) -> list[PaperRecord]:
        """All records, in the order of the file."""
        for string in library.strings:
            self._strings[string.key.lower()] = self._join(string.value, string.start_line)
        entries = [found for block in library.blocks for found in self._entries_of(block)]
        for entry in entries:
            self._entries.setdefault(entry.key.lower(), entry)
        papers = []
        for entry in entries:
            if "crossref" in entry.values:
                self._inherit(entry)
            record = read_entry(entry)
            self.problems += entry.problems
            if record is not None:
                papers.append(record)
        return papers

    def _entries_of(self, block: Block) -> Iterator[EntryFields]:
        """The entry that a block holds, if it holds one; what is wrong with it is reported."""
        match block:
            case Entry():
                yield self._fields(block)
            case DuplicateBlockKeyBlock(ignore_error_block=Entry() as entry):
                message = f"the key {entry.key!r} stands above too: both entries are read"
                self._note(entry, message, entry.key)
                yield self._fields(entry)
            case DuplicateFieldKeyBlock(ignore_error_block=Entry() as entry):
                names = ", ".join(sorted(block.duplicate_keys))
                message = f"the entry {entry.key!r} has a field twice, the first holds: {names}"
                self._note(entry, message, entry.key)
                yield self._fields(entry)
            case ParsingFailedBlock():
                reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split())
                message = f"this entry cannot be read, those around it can: {reason}"
                self._note(block, message, block.raw or "", Severity.QUARANTINED)
            case ImplicitComment() if _LIKE_ENTRY.search(block.comment):
                message = "text between entries that looks like one: expected it to begin with @"
                self._note(block, message, block.comment, Severity.QUARANTINED)

    def _note(
        self, block: Block, message: str, raw: str, severity: Severity = Severity.NOTE
    ) -> None:
        line = self._line(block.start_line)
        self.problems.append(Problem(self._origin, line, message, raw, severity))

    def _line(self, start_line: int | None) -> int:
        """The line of the file, of a line that bibtexparser counts from 0."""
        return (start_line or 0) + self._first_line

    def _fields(self, entry: Entry) -> EntryFields:
        values: dict[str, str] = {}
        lines: dict[str, int] = {}
        for found in entry.fields:
            name = found.key.lower()
            if name in values or name in _OF_TOOLS:
                continue
            value = _enclosed(found.value)
            if value is None:
                value = self._join(found.value, found.start_line)
            if value and not value.isspace():
                values[name] = value
                lines[name] = self._line(found.start_line)
        for alias, name in ALIASES.items():
            if alias in values:
                values.setdefault(name, values[alias])
        line = self._line(entry.start_line)
        return EntryFields(self._origin, line, entry.entry_type.lower(), entry.key, values, lines)

    def _join(self, value: str, start_line: int | None) -> str:
        """The text of a value: pieces in braces, in quotes, numbers and macros, joined by `#`."""
        if value.isalnum():
            return value if value.isdecimal() else self._macro(value, start_line)
        return "".join(
            text if kind != "macro" else self._macro(text, start_line)
            for kind, text in _pieces(value)
        )

    def _macro(self, name: str, start_line: int | None) -> str:
        found = self._strings.get(name.lower())
        if found is None:
            message = f"{name!r} is no number and no @string above: its name is read as text"
            self.problems.append(Problem(self._origin, self._line(start_line), message, name))
            return name
        return found

    def _inherit(self, entry: EntryFields) -> None:
        """Fill what an entry lacks from the one that its crossref names, as BibTeX does."""
        child = entry
        for _ in range(_LONGEST_CHAIN):
            wanted = child.values.get("crossref", "").strip()
            parent = self._entries.get(wanted.lower()) if wanted else None
            if parent is None:
                if wanted:
                    entry.note(
                        "crossref", f"crossref: no entry of this file has the key {wanted!r}"
                    )
                return
            for name, value in parent.values.items():
                if name not in _NOT_INHERITED:
                    entry.values.setdefault(name, value)
            if parent.kind in _BOOKS and parent.values.get("title"):
                entry.values.setdefault("booktitle", parent.values["title"])
            child = parent


def _enclosed(value: str) -> str | None:
    """What one pair of braces or quotes encloses; None for any other value."""
    if value[:1] == "{" and value[-1:] == "}":
        one = "#" not in value or brace_pairs(value).get(0) == len(value) - 1
        return value[1:-1] if one else None
    if value[:1] == '"' == value[-1:] and len(value) > 1 and '"' not in value[1:-1]:
        return value[1:-1]
    return value if value.isdecimal() else None


def _pieces(value: str) -> Iterator[tuple[str, str]]:
    """The pieces of a value: `text`, without what encloses it, or the name of a `macro`."""
    closing = brace_pairs(value)
    position = 0
    while position < len(value):
        character = value[position]
        if character == "{" and position in closing:
            end = closing[position]
            yield "text", value[position + 1 : end]
        elif character == '"':
            end = _closing_quote(value, position, closing)
            yield "text", value[position + 1 : end]
        elif character.isspace() or character == "#":
            end = position
        else:
            end = _BARE.match(value, position).end() - 1  # type: ignore[union-attr]
            bare = value[position : end + 1]
            yield "text" if bare.isdecimal() else "macro", bare
        position = end + 1


_BARE = re.compile(r"[^\s#{\"]+|.")
"""A number or the name of a macro; any one character where neither stands."""


def _closing_quote(value: str, start: int, closing: dict[int, int]) -> int:
    """The next quote outside of braces, or the end."""
    position = start + 1
    while position < len(value) and value[position] != '"':
        position = closing.get(position, position) + 1
    return position
