"""Bibliographies in BibTeX or biblatex: a record for every entry.

bibtexparser divides the file into entries and sets aside those it cannot read; everything that a
value means (`@string`, `crossref`, LaTeX, names) is understood here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import partial

from bibtexparser.library import Library
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from generator.dates import MONTH_NAMES, MONTHS
from generator.errors import Problem, Severity
from generator.records import PaperRecord, SourceResult
from generator.sources.bibtex_entry import ALIASES, EntryFields
from generator.sources.bibtex_failures import failure, remnant
from generator.sources.bibtex_inheritance import inherit, inherit_data
from generator.sources.bibtex_journals import JOURNALS, command_alone
from generator.sources.bibtex_record import read_entry
from generator.sources.bibtex_values import Joined, enclosed, join
from generator.sources.reading import read_text_file

SUFFIXES = frozenset({".bib", ".bibtex"})

_OLD_ENCODING = "cp1252"
"""What a bibliography that is not UTF-8 was most often written in."""
_OF_TOOLS = frozenset(
    "bdsk-url-1 bibsource biburl date-added date-modified file owner timestamp".split()
)
"""Fields that programs keep for themselves; some hold paths of somebody's disk."""
_MONTH_MACROS = frozenset([*MONTHS, "sept", *(name.lower() for name in MONTH_NAMES if name)])
_QUARANTINED = Severity.QUARANTINED

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
        self._strings = {month: month for month in _MONTH_MACROS}
        self._entries: dict[str, EntryFields] = {}

    def read(self, library: Library) -> list[PaperRecord]:
        """All records, in the order of the file."""
        for string in library.strings:
            self._strings[string.key.lower()] = self._string(string)
        blocks = library.blocks
        entries = [
            found
            for block, before, after in zip(
                blocks, [None, *blocks], [*blocks[1:], None], strict=False
            )
            for found in self._entries_of(block, before, after)
        ]
        for entry in entries:
            self._entries.setdefault(entry.key.lower(), entry)
        for entry in entries:
            if "xdata" in entry.values:
                inherit_data(entry, self._entries)
        papers = []
        for entry in entries:
            record = self._record(entry)
            self.problems += entry.problems
            if record is not None:
                papers.append(record)
        return papers

    def _record(self, entry: EntryFields) -> PaperRecord | None:
        if entry.kind == "xdata":
            return None
        if entry.kind == "set":
            entry.note("", "@set is no paper, and left out; the entries that it names are read")
            return None
        if "crossref" in entry.values:
            inherit(entry, self._entries)
        return read_entry(entry)

    def _entries_of(
        self, block: Block, before: Block | None, after: Block | None
    ) -> Iterator[EntryFields]:
        """The entry that a block holds, if it holds one; what is wrong with it is reported."""
        match block:
            case Entry():
                yield self._fields(block)
            case DuplicateBlockKeyBlock(ignore_error_block=Entry() as entry):
                message = f"the key {entry.key!r} stands above too: both entries are read"
                self._note(entry, message, entry.key)
                yield self._fields(entry)
            case DuplicateBlockKeyBlock(ignore_error_block=String() as string):
                message = f"the @string {string.key!r} stands above too: the first holds"
                self._note(string, message, string.key)
            case DuplicateFieldKeyBlock(ignore_error_block=Entry() as entry):
                names = ", ".join(sorted(block.duplicate_keys))
                message = f"the entry {entry.key!r} has a field twice, the first holds: {names}"
                self._note(entry, message, entry.key)
                yield self._fields(entry)
            case ParsingFailedBlock():
                self._failed(block, after)
            case ImplicitComment():
                self._remnant(block, before)

    def _failed(self, block: ParsingFailedBlock, after: Block | None) -> None:
        reason = " ".join(str(getattr(block.error, "abort_reason", block.error)).split())
        next_line = self._line(after.start_line) if after else None
        message, lost = failure(block.raw or "", reason, next_line)
        self._note(block, message, block.raw or "", _QUARANTINED if lost else Severity.NOTE)

    def _remnant(self, block: ImplicitComment, before: Block | None) -> None:
        duplicate = isinstance(before, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock)
        found = remnant(
            block.comment,
            after_entry=duplicate or isinstance(before, Entry),
            after_failure=not duplicate and isinstance(before, ParsingFailedBlock),
        )
        if found:
            message, lost = found
            self._note(block, message, block.comment, _QUARANTINED if lost else Severity.NOTE)

    def _note(
        self, block: Block, message: str, raw: str, severity: Severity = Severity.NOTE
    ) -> None:
        line = self._line(block.start_line)
        self.problems.append(Problem(self._origin, line, message, raw, severity))

    def _line(self, start_line: int | None) -> int:
        """The line of the file, of a line that bibtexparser counts from 0."""
        return (start_line or 0) + self._first_line

    def _fields(self, block: Entry) -> EntryFields:
        line = self._line(block.start_line)
        entry = EntryFields(self._origin, line, block.entry_type.lower(), block.key, {})
        values = entry.values
        for found in block.fields:
            name = found.key.lower()
            if name in values or name in _OF_TOOLS:
                continue
            value = enclosed(found.value)
            if value is None and found.value.isalnum():
                value = self._macro(self._line(found.start_line), found.value)
            if value is None:
                self._joined(entry, name, found.value, self._line(found.start_line))
            elif value and not value.isspace():
                values[name] = value
                entry.lines[name] = self._line(found.start_line)
                if value[0] == "\\" or value.startswith("\\", 1):
                    self._command(entry, name, value)
        for alias, name in ALIASES.items():
            if alias in values:
                values.setdefault(name, values[alias])
        return entry

    def _joined(self, entry: EntryFields, name: str, value: str, line: int) -> None:
        """Read a value of pieces, and the fields behind it that lack a comma before them."""
        while name:
            found = join(value, partial(self._macro, line))
            if name not in entry.values and name not in _OF_TOOLS and found.text.strip():
                entry.values[name] = found.text
                entry.lines[name] = line
                self._command(entry, name, found.text)
            if found.fault:
                message = f"{name}: {found.fault}"
                self.problems.append(Problem(self._origin, line, message, entry.key))
            line += value.count("\n", 0, found.at)
            name, value = found.name.lower(), found.value

    def _string(self, string: String) -> str:
        line = self._line(string.start_line)
        text = enclosed(string.value)
        found = join(string.value, partial(self._macro, line)) if text is None else Joined(text)
        if found.fault:
            message = f"@string {string.key}: {found.fault}"
            self.problems.append(Problem(self._origin, line, message, string.key))
        return found.text

    def _macro(self, line: int, name: str) -> str:
        found = self._strings.get(name.lower())
        if found is None:
            message = f"{name!r} is no number and no @string above: its name is read as text"
            self.problems.append(Problem(self._origin, line, message, name))
            return name
        return found

    @staticmethod
    def _command(entry: EntryFields, name: str, value: str) -> None:
        """Write out the journal that a command stands for; an unknown command is noted."""
        command = command_alone(value) if "\\" in value[:2] else None
        if command is None:
            return
        if name == "journal" and command in JOURNALS:
            entry.values[name] = JOURNALS[command]
        else:
            entry.note(name, f"{name}: \\{command} is a command that nobody here knows")
