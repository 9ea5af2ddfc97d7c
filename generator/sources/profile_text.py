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
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator.errors import Problem, Severity
from generator.names import name_key
from generator.records import PaperRecord, ProfileRecord, Provenance, SourceResult
from generator.sources.profile_header import (
    LONGEST_FIELD,
    ProfileFrontMatter,
    find_head,
    head_length,
    parse_header,
    read_front_matter,
)
from generator.sources.profile_lines import (
    EXPECTED_BADGES,
    Line,
    Passage,
    cut_broken,
    cut_passages,
    is_prose,
    read_author_line,
)
from generator.sources.profile_record import Setting, parse_record, vote_compact
from generator.sources.reading import TextFile, read_text_file, show_bytes, split_joined

SUFFIXES = frozenset({".txt", ".text", ".profile"})

_UNNAMED = {"name": None}
"""A name in the front matter is the first profile's alone."""


@dataclass(slots=True)
class _Profile:
    """The passages of one profile while they are gathered.

    `may_be_name` is a line that may be the whole head: it is, when an author line bears it out.
    """

    head: Sequence[Line] = ()
    may_be_name: Line | None = None
    passages: list[Passage] = field(default_factory=list)

    @property
    def first_line(self) -> int | None:
        """Where it begins, if anything is in it."""
        passages = (passage.lines for passage in self.passages)
        places = (self.head, [self.may_be_name] if self.may_be_name else (), *passages)
        return next((lines[0].number for lines in places if lines), None)


def parse(data: bytes, origin: str) -> SourceResult:
    """Understand one file of saved profile text; it may hold several profiles, one by one.

    Compact records come back `glued`, dates without a year without one, and subjects as printed:
    what they are is decided when all files have been read. Whatever is not understood is
    quarantined with its line and text.
    """
    file, problems = read_text_file(data, origin)
    if not any(line.strip() for line in file.lines):
        problems += read_front_matter(file, origin)[1]
        if not problems:
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
    for profile in _profiles(cut_passages(file)):
        for passages, compact in _layouts(profile.passages):
            run = _Profile(profile.head, profile.may_be_name, passages)
            yield _parse_profile(run, compact=compact, file=file, origin=origin, notes=notes)
            # What follows in another layout is another profile, of which the head is missing.
            profile = _Profile()  # noqa: PLW2901  # the head is used up
            notes = notes.model_copy(update=_UNNAMED)


def _profiles(passages: Sequence[Passage]) -> Iterator[_Profile]:
    """Gather passages by profile: a head may stand after records, when files were joined."""
    first, *records = passages
    profile = _begin(first.lines, before_records=bool(records))
    for number, passage in enumerate(records, start=1):
        lines, is_last = passage.lines, number == len(records)
        start = find_head(lines)
        lone = start is None and not is_last and _ends_in_name(passage)
        end = len(lines) - 1 if lone else start
        profile.passages.extend(cut_broken(Passage(lines[:end], passage.badges)))
        if start is not None or lone:
            yield profile
            profile = (
                _Profile(may_be_name=lines[-1])
                if lone
                else _begin(lines[start:], before_records=not is_last)
            )
    yield profile


def _begin(lines: Sequence[Line], *, before_records: bool) -> _Profile:
    end = head_length(lines, before_records=before_records)
    orphans = list(cut_broken(Passage(lines[end:], None))) if lines[end:] else []
    return _Profile(lines[:end], None, orphans)


def _ends_in_name(passage: Passage) -> bool:
    """Whether a record's last line is a name that stands behind all that belongs to the record."""
    lines = passage.lines
    if len(lines) < 4 or len(lines[-1].text) > LONGEST_FIELD or " " not in lines[-1].text:
        return False
    if not lines[-1].opens_block and any(line.opens_block for line in lines[1:]):
        return False
    authors = read_author_line(lines[-1].text)
    if authors.is_list or not authors.may_be_name:
        return False
    return is_prose(lines[-2].text) or read_author_line(lines[-2].text).may_be_name


def _layouts(passages: Sequence[Passage]) -> Iterator[tuple[list[Passage], bool]]:
    """Runs of one layout, each with whether it is the compact one.

    One record in another layout is a damaged one; two in a row begin another profile.
    """
    votes = [vote_compact(passage) for passage in passages]
    sure = [(index, vote > 0) for index, vote in enumerate(votes) if abs(vote) > 1]
    starts: list[tuple[int, bool]] = []
    for (index, vote), (_, following) in pairwise(sure):
        if vote == following and (not starts or starts[-1][1] != vote):
            starts.append((index if starts else 0, vote))
    if not starts:
        starts = [(0, sum(votes) > 0)]
    ends = [*(start for start, _ in starts[1:]), len(passages)]
    for (start, compact), end in zip(starts, ends, strict=True):
        yield list(passages[start:end]), compact


def _parse_profile(
    profile: _Profile, *, compact: bool, file: TextFile, origin: str, notes: ProfileFrontMatter
) -> SourceResult:
    """Understand the passages of one profile and its head."""
    start = Provenance(origin, profile.first_line or 1)
    bad = [line for line in profile.head if line.number in file.bad_bytes]
    head = [line for line in profile.head if line.number not in file.bad_bytes]
    record, problems = parse_header(head, start, notes)
    problems += tuple(_bad_head_line(line, file, origin) for line in bad)
    setting = Setting(
        file, origin, record.key, compact, abstracts_are_summaries=notes.abstracts == "summary"
    )
    found = [item for passage in profile.passages for item in parse_record(passage, setting)]
    papers = tuple(item for item in found if isinstance(item, PaperRecord))
    problems += tuple(item for item in found if isinstance(item, Problem))
    if profile.may_be_name is not None:
        record, doubt = _named_by(profile.may_be_name, record, papers)
        problems += doubt
    if not papers and not profile.head:
        return SourceResult(problems=problems)
    return SourceResult((record,), papers, problems)


def _named_by(
    line: Line, record: ProfileRecord, papers: Sequence[PaperRecord]
) -> tuple[ProfileRecord, tuple[Problem, ...]]:
    """The profile with that line as its head, when a paper in it has that name as an author."""
    name = parse_header([line], record.provenance, ProfileFrontMatter())[0].name
    key = name_key(line.text)
    if any(key in map(name_key, p.authors) or (p.glued and line.text in p.title) for p in papers):
        return replace(record, name=record.name or name, has_header=True), ()
    message = (
        f"not understood: either {EXPECTED_BADGES}, or the name of another profile's owner, which "
        "no author line below it has; the papers below it are taken for another profile's"
    )
    place = record.provenance
    return record, (Problem(place.origin, line.number, message, line.text, Severity.QUARANTINED),)


def _bad_head_line(line: Line, file: TextFile, origin: str) -> Problem:
    offset = file.bad_bytes[line.number]
    message = f"not valid {file.encoding}: the byte at offset {offset} of the file; save it as UTF-8"
    raw = show_bytes(file.raw(line.number, line.number))
    return Problem(origin, line.number, message, raw, Severity.QUARANTINED)
