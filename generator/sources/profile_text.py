"""Author profiles saved as text from a profile site, in both layouts.

Headed: a head (name, main field, metrics), then records of a badge line, a title, an author line
and an abstract, with a blank line between blocks. Compact: no head, no blank lines, three lines a
record, title and author line run together.

The parser finds the badge lines first (`CLAug 15, 2024Code`), because they alone have a form of
their own; what stands between two of them is one record. Each line is looked at a fixed number of
times, so the time is linear in the file's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.dates import PRINTED_DATE, date_of_match
from generator.errors import Problem, Severity
from generator.markup import clean_text
from generator.names import cut_et_al, split_author_line
from generator.records import NameAsPrinted, PaperRecord, Provenance, SourceResult
from generator.sources.profile_header import (
    Line,
    ProfileFrontMatter,
    is_main_field,
    is_metric,
    parse_header,
    read_front_matter,
)
from generator.sources.reading import TextFile, read_text_file
from generator.subjects import PRINTED_CLASSES

SUFFIXES = frozenset({".txt", ".text", ".profile"})

_LONGEST_BADGES = 64
"""Characters of the longest badge line; a longer line is not matched at all."""
_LONGEST_NAME = 160
"""Characters; a "name" beyond that is a line that was not understood."""

_CLASSES = "|".join(sorted((c for c in PRINTED_CLASSES if not c.isupper()), key=len, reverse=True))
_SUBJECT = rf"(?P<subject>(?:[a-z-]+\.)?[A-Z]{{2}}|{_CLASSES})"
_SCORE = r"(?P<score>\d{1,3}(?:\.\d{1,4})?)?"
_BADGES = re.compile(rf"{_SCORE}\s*{_SUBJECT}\s*{PRINTED_DATE}\s*(?P<code>Code)?")
_ALMOST_BADGES = re.compile(
    r"[\d.]{0,8}\s*[A-Z]{2}(?:[A-Za-z]{0,12}\.?\s*\d{1,4}(?:\s*,\s*\w{0,6})?|[\d\s/,.-]{4,12})"
    r"\s*(?:Code)?"
)
"""A line in a record's place that begins like a badge line and has something wrong with it."""

_EXPECTED_BADGES = "expected a line such as `CLAug 15, 2024Code`"
_BEFORE_TAGS = re.compile(r"\s+·\s+")


@dataclass(frozen=True, slots=True)
class _Segment:
    """The lines from one badge line (or what should be one) to the next, in blocks.

    A block is what stands between two blank lines: a tuple of lines.
    """

    blocks: tuple[tuple[Line, ...], ...]
    badges: re.Match[str] | None

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for block in self.blocks for line in block)

    @property
    def raw(self) -> str:
        return "\n".join(text for _, text in self.lines)


def parse(data: bytes, origin: str) -> SourceResult:
    """Understand one file of saved profile text; it may hold several profiles, one by one.

    Compact records come back `glued`, dates without a year without one, and subjects as printed:
    what they are is decided when all files have been read. Whatever is not understood is
    quarantined with its line and text.
    """
    file, problems = read_text_file(data, origin)
    notes, note_problems = read_front_matter(file, origin)
    problems += note_problems
    if not any(line.strip() for line in file.lines):
        if not problems:
            problems = (Problem(origin, None, "the file is empty: expected an author profile"),)
        return SourceResult(problems=problems)
    results = [
        _parse_profile(segments, origin, file, notes if first else notes.model_copy(update=_UNNAMED))
        for first, segments in _profiles(_segments(file))
    ]
    return SourceResult(
        profiles=tuple(profile for result in results for profile in result.profiles),
        papers=tuple(paper for result in results for paper in result.papers),
        problems=problems + tuple(problem for result in results for problem in result.problems),
    )


_UNNAMED = {"name": None}
"""A name in the front matter is the first profile's alone."""


def _segments(file: TextFile) -> list[_Segment]:
    """Cut the file before every badge line; the first segment is what precedes them all."""
    segments: list[_Segment] = []
    blocks: list[tuple[Line, ...]] = []
    block: list[Line] = []
    badges: re.Match[str] | None = None
    for number, raw in enumerate(file.lines, start=file.first_line):
        text = raw.strip()
        found = _BADGES.fullmatch(text) if 4 < len(text) <= _LONGEST_BADGES else None
        if (found or not text) and block:
            blocks.append(tuple(block))
            block = []
        if found:
            segments.append(_Segment(tuple(blocks), badges))
            blocks, badges = [], found
        if text:
            block.append((number, text))
    if block:
        blocks.append(tuple(block))
    segments.append(_Segment(tuple(blocks), badges))
    return segments


def _profiles(segments: Sequence[_Segment]) -> Iterator[tuple[bool, list[_Segment]]]:
    """Group segments by profile: a head may stand after records, when files were joined."""
    current: list[_Segment] = [segments[0]]
    first = True
    for segment in segments[1:]:
        record, head = _split_at_head(segment)
        current.append(record)
        if head:
            yield first, current
            first, current = False, [_Segment(head, None)]
    yield first, current


def _split_at_head(
    segment: _Segment,
) -> tuple[_Segment, tuple[tuple[Line, ...], ...]]:
    """The segment without the head of another profile at its end, and the blocks of that head."""
    lines = segment.lines
    metrics = [index for index, (_, text) in enumerate(lines) if index and is_metric(text)]
    if len(metrics) < 2:
        return segment, ()
    start = metrics[0]
    if is_main_field(lines[start - 1][1]):
        start -= 1
    start = max(start - 1, 1)
    kept, head = lines[:start], lines[start:]
    inside = {number for number, _ in kept}
    blocks = tuple(
        tuple(line for line in block if line[0] in inside) for block in segment.blocks
    )
    return _Segment(tuple(block for block in blocks if block), segment.badges), (head,)


def _parse_profile(
    segments: Sequence[_Segment], origin: str, file: TextFile, notes: ProfileFrontMatter
) -> SourceResult:
    """Understand the segments of one profile, the first of which is its head."""
    head, *records = segments
    head_lines, orphans = _cut_orphans(head)
    first_line = next((line for segment in segments for line, _ in segment.lines), 1)
    profile, problems = parse_header(head_lines, Provenance(origin, first_line), notes)
    found: list[PaperRecord | Problem] = []
    compact = _is_compact(records)
    for segment in [*orphans, *(part for record in records for part in _cut_broken(record))]:
        found.extend(_parse_segment(segment, compact, origin, file))
    summary = notes.abstracts == "summary"
    papers = tuple(
        replace(item, profile=profile.key, abstract_is_summary=summary)
        for item in found
        if isinstance(item, PaperRecord)
    )
    problems += tuple(item for item in found if isinstance(item, Problem))
    if not papers and not head_lines:
        return SourceResult(problems=problems)
    return SourceResult((profile,), papers, problems)


def _cut_orphans(head: _Segment) -> tuple[tuple[Line, ...], list[_Segment]]:
    """The lines of a head, and what stands behind it without a good badge line, if anything.

    Several lines with neither a metric nor a main field among them are no head.
    """
    lines = head.lines
    end = len(lines)
    for index, (_, text) in enumerate(lines):
        if _is_almost_badges(text) and not is_metric(text):
            end = index
            break
    known = any(is_metric(text) or is_main_field(text) for _, text in lines[:end])
    name_alone = end == 1 and len(lines[0][1]) <= _LONGEST_NAME
    end = end if known or name_alone else 0
    return lines[:end], [_Segment((lines[end:],), None)] if lines[end:] else []


def _cut_broken(segment: _Segment) -> Iterator[_Segment]:
    """The segment, cut before each later line that should have been a badge line."""
    lines = segment.lines
    cuts = [i for i, (_, text) in enumerate(lines) if i >= 2 and _is_almost_badges(text)]
    if not cuts:
        yield segment
        return
    inside = {number for number, _ in lines[: cuts[0]]}
    blocks = (tuple(line for line in block if line[0] in inside) for block in segment.blocks)
    yield _Segment(tuple(block for block in blocks if block), segment.badges)
    for start, end in pairwise([*cuts, len(lines)]):
        yield _Segment((lines[start:end],), None)


def _is_almost_badges(text: str) -> bool:
    return len(text) <= _LONGEST_BADGES and _ALMOST_BADGES.fullmatch(text) is not None


def _fields(segment: _Segment) -> list[Line]:
    """The fields of a record after its badge line, each with its line.

    Where blank lines stand between blocks, the lines of one block are one field, broken by an
    editor; where none stands, each line is a field.
    """
    if len(segment.blocks) == 1:
        return list(segment.blocks[0][1:])
    blocks = [segment.blocks[0][1:], *segment.blocks[1:]]
    return [(block[0][0], " ".join(text for _, text in block)) for block in blocks if block]


def _is_compact(records: Sequence[_Segment]) -> bool:
    """Whether most records of a file without a head run title and authors together."""
    votes = 0
    for record in records:
        fields = _fields(record)
        if len(fields) == 3 or (len(fields) == 2 and _looks_like_authors(fields[1][1])):
            votes -= 1
        elif len(fields) in (1, 2):
            votes += 1
    return votes > 0


def _looks_like_authors(text: str) -> bool:
    """Whether a line is short names between commas, as no abstract is."""
    if len(text) > 4 * _LONGEST_NAME:
        return False
    names, truncated = split_author_line(_BEFORE_TAGS.split(text)[0])
    shape = all(len(name) <= 60 and len(name.split()) <= 6 for name in names)
    return shape and (truncated or not text.endswith((".", "?", "!")) or len(names) > 1)


def _may_be_authors(text: str) -> bool:
    """Whether a line between a title and an abstract can be the author line."""
    return len(text) <= 4 * _LONGEST_NAME


def _parse_segment(
    segment: _Segment, compact: bool, origin: str, file: TextFile
) -> Iterator[PaperRecord | Problem]:
    """The record of one segment, or the problem that it is; and one for what is left over."""
    number = segment.lines[0][0]
    for line, _ in segment.lines:
        if line in file.bad_bytes:
            message = f"not valid UTF-8: the byte at offset {file.bad_bytes[line]} of the file"
            yield _quarantine(origin, line, message + "; save the file as UTF-8", segment.raw)
            return
    if segment.badges is None:
        yield _quarantine(origin, number, f"not understood: {_EXPECTED_BADGES} here", segment.raw)
        return
    fields = _fields(segment)
    date = date_of_match(segment.badges)
    if date is None:
        printed = segment.lines[0][1]
        message = f"no calendar has the date in {printed!r}: {_EXPECTED_BADGES}"
        yield _quarantine(origin, number, message, segment.raw)
        return
    record = PaperRecord(
        provenance=Provenance(origin, number),
        title="",
        date=date,
        subject=segment.badges["subject"],
        code=segment.badges["code"] is not None,
        score=float(segment.badges["score"]) if segment.badges["score"] else None,
    )
    yield from _fill(record, fields, compact, segment)


def _fill(
    record: PaperRecord, fields: list[Line], compact: bool, segment: _Segment
) -> Iterator[PaperRecord | Problem]:
    """Put title, authors and abstract into a record, in the layout that its fields show."""
    origin = record.provenance.origin
    texts = [text for _, text in fields]
    if compact and not (len(texts) == 3 and _looks_like_authors(texts[1])):
        used = 2
        filled = _glued(record, texts) if texts else None
    else:
        used = 3
        fits = _may_be_authors if len(texts) >= used else _looks_like_authors
        filled = _headed(record, texts) if len(texts) > 1 and fits(texts[1]) else None
    if filled is None:
        expected = "title and authors" if compact else "a title, an author line and an abstract"
        message = f"not understood: expected {expected} after the badge line"
        yield _quarantine(origin, record.provenance.line, message, segment.raw)
        return
    yield filled
    if len(fields) > used:
        rest = "\n".join(texts[used:])
        message = f"not understood after a record's abstract: {_EXPECTED_BADGES} before it"
        yield _quarantine(origin, fields[used][0], message, rest)


def _headed(record: PaperRecord, texts: Sequence[str]) -> PaperRecord | None:
    names, truncated, affiliations = _author_line(texts[1])
    if not names or max(map(len, names)) > _LONGEST_NAME:
        return None
    return replace(
        record,
        title=clean_text(texts[0]),
        authors=names,
        truncated=truncated,
        affiliations=affiliations,
        abstract=clean_text(texts[2]) if len(texts) > 2 else None,
    )


def _glued(record: PaperRecord, texts: Sequence[str]) -> PaperRecord:
    """A compact record: title and names stay together until the whole load is known."""
    line = clean_text(texts[0])
    before, separator, tags = line.rpartition(" · ")
    if not separator or not _are_tags(tags):
        before, tags = line, ""
    title, truncated = cut_et_al(before)
    return replace(
        record,
        title=title,
        truncated=truncated,
        affiliations=_tags([tags]),
        abstract=clean_text(texts[1]) if len(texts) > 1 else None,
        glued=True,
    )


def _author_line(text: str) -> tuple[tuple[NameAsPrinted, ...], bool, tuple[str, ...]]:
    line, *tags = _BEFORE_TAGS.split(clean_text(text))
    names, truncated = split_author_line(line)
    return tuple(map(NameAsPrinted, names)), truncated, _tags(tags)


def _are_tags(text: str) -> bool:
    """Whether the text is affiliation tags (`pku, tencent-ai`), and not the end of a title."""
    return all(len(tag) <= 40 and " " not in tag for tag in re.split(r"\s*,\s*", text))


def _tags(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(tag for part in parts for tag in re.split(r"\s*,\s*", part) if tag)


def _quarantine(origin: str, line: int, message: str, raw: str) -> Problem:
    return Problem(origin, line, message, raw, Severity.QUARANTINED)
