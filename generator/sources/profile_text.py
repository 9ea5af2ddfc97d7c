"""Author profiles saved as text from a profile site, in both layouts.

Headed: a head (name, main field, metrics), then records of a badge line, a title, an author line
and an abstract, with a blank line between blocks. Compact: no head, no blank lines, three lines a
record, title and author line run together.

The parser finds the badge lines first (`CLAug 15, 2024Code`), because they alone have a form of
their own; what stands between two of them is one record. Each line is looked at a fixed number of
times, so the time is linear in the file's size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from operator import itemgetter

from generator.errors import Problem, Severity
from generator.markup import clean_text
from generator.names import name_key
from generator.records import PaperRecord, ProfileRecord, Provenance, SourceResult
from generator.sources.profile_header import ProfileFrontMatter, parse_header, read_front_matter
from generator.sources.profile_lines import EXPECTED_BADGES, Line, cut_passages
from generator.sources.profile_parts import Beginning, Part, cut_profiles
from generator.sources.profile_record import Setting, parse_record
from generator.sources.reading import TextFile, read_text_file, show_bytes, split_joined

SUFFIXES = frozenset({".txt", ".text", ".profile"})

_UNNAMED = {"name": None}
"""A name in the front matter is the first profile's alone."""


def parse(data: bytes, origin: str) -> SourceResult:
    """Understand one file of saved profile text; it may hold several profiles, one by one.

    Compact records come back `glued`, dates without a year without one, and subjects as printed:
    what they are is decided when all files have been read. Whatever is not understood is
    quarantined with its line and text.
    """
    file, problems = read_text_file(data, origin)
    if not problems and not file.front_lines and not any(map(clean_text, file.lines)):
        problems = (Problem(origin, None, "the file is empty: expected an author profile"),)
        return SourceResult(problems=problems)
    results = [
        result for part in split_joined(file, origin) for result in _parse_part(part, origin)
    ]
    return SourceResult(
        profiles=tuple(profile for result in results for profile in result.profiles),
        papers=tuple(paper for result in results for paper in result.papers),
        problems=problems + tuple(problem for result in results for problem in result.problems),
    )


def _parse_part(file: TextFile, origin: str) -> Iterator[SourceResult]:
    """Understand the profiles below one front matter."""
    notes, problems = read_front_matter(file, origin)
    yield SourceResult(problems=problems)
    found_any = False
    for beginning, parts in groupby(cut_profiles(cut_passages(file)), key=itemgetter(0)):
        result = _parse_profile(beginning, parts, file, origin, notes)
        found_any = found_any or bool(result.profiles)
        yield result
        notes = notes.model_copy(update=_UNNAMED)
    if file.front_lines and not found_any:
        message = "no profile is understood below this front matter"
        raw = "\n".join(file.front_lines.values())
        yield SourceResult(problems=(Problem(origin, min(file.front_lines), message, raw),))


def _parse_profile(
    beginning: Beginning,
    parts: Iterator[Part],
    file: TextFile,
    origin: str,
    notes: ProfileFrontMatter,
) -> SourceResult:
    """Understand the passages of one profile and its head."""
    passages = ((passage, compact) for _, passage, compact in parts if passage is not None)
    first = next(passages, None)
    line = beginning.first_line or (first[0].lines[0].number if first else 1)
    bad = [line for line in beginning.head if line.number in file.bad_bytes]
    head = [line for line in beginning.head if line.number not in file.bad_bytes]
    record, problems = parse_header(head, Provenance(origin, line), notes)
    problems += tuple(_bad_head_line(line, file, origin) for line in bad)
    papers: tuple[PaperRecord, ...] = ()
    if first is not None:
        summaries = notes.abstracts == "summary"
        setting = Setting(file, origin, record.key, first[1], abstracts_are_summaries=summaries)
        everything = chain([first[0]], (passage for passage, _ in passages))
        found = [item for passage in everything for item in parse_record(passage, setting)]
        papers = tuple(item for item in found if isinstance(item, PaperRecord))
        problems += tuple(item for item in found if isinstance(item, Problem))
    if beginning.may_be_name is not None:
        record, doubt = _named_by(beginning.may_be_name, record, papers)
        problems += doubt
    if not papers and not beginning.head:
        return SourceResult(problems=problems)
    return SourceResult((record,), papers, problems)


def _named_by(
    line: Line, record: ProfileRecord, papers: Sequence[PaperRecord]
) -> tuple[ProfileRecord, tuple[Problem, ...]]:
    """The profile with that line as its head, when a paper in it has that name as an author."""
    name = parse_header([line], record.provenance, ProfileFrontMatter())[0].name
    key = name_key(line.text)
    if any(key in map(name_key, p.authors) or (p.glued and line.text in p.title) for p in papers):
        return replace(record, name=record.name or name), ()
    message = (
        f"not understood: either {EXPECTED_BADGES}, or the name of another profile's owner, which "
        "no author line below it has; the papers below it are taken for another profile's"
    )
    place = record.provenance
    return record, (Problem(place.origin, line.number, message, line.text, Severity.QUARANTINED),)


def _bad_head_line(line: Line, file: TextFile, origin: str) -> Problem:
    offset = file.bad_bytes[line.number]
    message = (
        f"not valid {file.encoding}: the byte at offset {offset} of the file; save it as UTF-8"
    )
    raw = show_bytes(file.raw(line.number, line.number))
    return Problem(origin, line.number, message, raw)
