"""One record of a saved profile: from the lines after a badge line to title, authors, abstract.

What stands where is told by the form of the lines. Blank lines help where some stand and some do
not; where none stands, or one after every line, they say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.dates import date_of_match
from generator.errors import Problem, Severity
from generator.names import cut_et_al, cut_tags
from generator.records import NameAsPrinted, PaperRecord, Provenance
from generator.sources.profile_lines import (
    EXPECTED_BADGES,
    LONGEST_BADGES,
    LONGEST_LIST,
    AuthorLine,
    Line,
    Passage,
    ends_sentence,
    is_prose,
    looks_glued,
    read_author_line,
)
from generator.sources.reading import TextFile

Found: TypeAlias = PaperRecord | Problem

_LONGEST_NAME = 160
"""Characters; a "name" beyond that is a line that was not understood."""
_LAST_PLACE = 4
"""Lines after the badge line among which the author line may stand, when a title is broken."""
_LONGEST_TAG = 40


@dataclass(frozen=True, slots=True)
class Setting:
    """What all records of one profile share."""

    file: TextFile
    origin: str
    profile: str
    compact: bool
    abstracts_are_summaries: bool

    def quarantine(self, lines: Sequence[Line], message: str) -> Problem:
        """A problem for these lines, with all that stands from the first to the last of them."""
        first, last = lines[0].number, lines[-1].number
        raw = self.file.raw(first, last)
        return Problem(self.origin, first, message, raw, Severity.QUARANTINED)


def parse_record(passage: Passage, setting: Setting) -> Iterator[Found]:
    """The record of one passage, or the problem that it is; and one for what is left over."""
    badges, fault = passage.badges, _fault(passage, setting)
    if badges is None or fault is not None:
        message = fault or f"not understood: {EXPECTED_BADGES} here"
        yield setting.quarantine(passage.lines, message)
        return
    lines = passage.lines[1:]
    split = _glued_split(lines) if setting.compact else _headed_split(lines)
    if split is None:
        expected = "title and authors" if setting.compact else "a title, authors and an abstract"
        message = f"not understood: expected {expected} after the badge line"
        yield setting.quarantine(passage.lines, message)
        return
    place = Provenance(setting.origin, passage.lines[0].number)
    yield _paper(badges, place, split, setting)
    if split.end < len(lines):
        message = f"not understood after a record's abstract: {EXPECTED_BADGES} before it"
        yield setting.quarantine(lines[split.end :], message)


def _fault(passage: Passage, setting: Setting) -> str | None:
    """Why a passage cannot be a record, told before its fields are looked at."""
    bad = setting.file.bad_bytes
    number = (
        next((line.number for line in passage.lines if line.number in bad), None) if bad else None
    )
    if number is not None:
        where = f"the byte at offset {bad[number]} of the file, on line {number}"
        return f"not valid {setting.file.encoding}: {where}; save the file as UTF-8"
    if passage.badges is not None and date_of_match(passage.badges) is None:
        return f"no calendar has the date in {passage.lines[0].text!r}: {EXPECTED_BADGES}"
    return None


@dataclass(frozen=True, slots=True)
class _Split:
    """The fields of a record, and how many lines after the badge line they take.

    Without `authors`, title and author line are one.
    """

    title: str
    authors: AuthorLine | None
    abstract: str | None
    end: int


def _glued_split(lines: Sequence[Line]) -> _Split | None:
    """The fields of a compact record; a record among them may still be in the headed layout."""
    if not lines:
        return None
    if len(lines) > 1 and not looks_glued(lines[0].text):
        second = lines[1].text
        if len(second) <= LONGEST_LIST and read_author_line(second).is_list:
            return _headed_split(lines)
    end = _abstract_end(lines, 1, compact=True)
    return _Split(lines[0].text, None, _joined(lines[1:end]), end)


def _headed_split(lines: Sequence[Line]) -> _Split | None:
    usual = read_author_line(lines[1].text) if len(lines) > 1 else None
    if usual is None:
        return None
    if usual.is_list and (len(lines) <= 3 or lines[1].opens_block):
        place: int | None = 1
    else:
        place = _author_place(lines, usual)
    if place is None:
        return None
    after = place + 1
    while after < len(lines) and _goes_on(lines[after - 1].text):
        after += 1
    authors = usual if after == 2 else read_author_line(_joined(lines[place:after]) or "")
    if not authors.names or max(map(len, authors.names)) > _LONGEST_NAME:
        return None
    end = _abstract_end(lines, after, compact=False)
    return _Split(_joined(lines[:place]) or "", authors, _joined(lines[after:end]), end)


def _goes_on(text: str) -> bool:
    """Whether an editor broke the author line here."""
    return text.endswith(",") and not read_author_line(text).truncated


def _joined(lines: Sequence[Line]) -> str | None:
    if len(lines) == 1:
        return lines[0].text
    return " ".join([line.text for line in lines]) or None


def _author_place(lines: Sequence[Line], usual: AuthorLine) -> int | None:
    """Which line is the author line: the second, unless an editor has broken the title."""
    likely = len(lines) > 2 and _may_be_authors(lines[1].text, usual)
    best, place = (1, 1) if likely else (0, None)
    blocks = _has_blocks(lines)
    for index in range(1, min(len(lines), _LAST_PLACE + 1)):
        text = lines[index].text
        authors = read_author_line(text) if len(text) <= LONGEST_LIST else None
        if authors is not None and authors.may_be_name:
            score = 4 if authors.is_list else 2
            score += 3 if blocks and _stands_alone(lines, index) else 0
            if score > best:
                best, place = score, index
        if is_prose(text):
            break
    return place


def _may_be_authors(text: str, authors: AuthorLine) -> bool:
    """Whether the line in the place of the author line is no prose, whatever its names are like."""
    if authors.truncated or authors.tags:
        return True
    if not authors.names or not ends_sentence(text):
        return bool(authors.names)
    words = text.split()
    return 2 * sum(word.islower() for word in words) <= len(words)


def _has_blocks(lines: Sequence[Line]) -> bool:
    """Whether blank lines tell anything: some lines have one before them, and some have not."""
    return len({line.opens_block for line in lines}) == 2


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    ends = index + 1 == len(lines) or lines[index + 1].opens_block
    return ends and lines[index].opens_block


def _abstract_end(lines: Sequence[Line], start: int, *, compact: bool) -> int:
    """Where an abstract ends that begins at `start`, if there is one; editors break abstracts.

    It ends before what looks like another record, and before what is no sentence.
    """
    if len(lines) <= start + 1:
        return len(lines)
    stop = _next_record(lines, start, compact=compact)
    if _has_blocks(lines):
        for index in range(start + 1, stop):
            if lines[index].opens_block and not is_prose(lines[index].text):
                return index
        return stop
    sentences = [i for i in range(start, stop) if ends_sentence(lines[i].text)]
    end = sentences[-1] + 1 if sentences else stop
    stray = all(len(t) <= LONGEST_BADGES and "://" not in t for _, t, _ in lines[end:stop])
    return end if stray else stop


def _next_record(lines: Sequence[Line], start: int, *, compact: bool) -> int:
    """Where a record begins whose badge line is lost, told by its author line; else the end."""
    blocks = _has_blocks(lines)
    for index in range(start + 1, len(lines)):
        _, text, opens_block = lines[index]
        if len(text) > LONGEST_LIST or (blocks and not opens_block):
            continue
        if looks_glued(text) if compact else read_author_line(text).is_list:
            usual = index if compact else max(index - 1, start + 1)
            begin = (
                _block_begin(lines, usual, start) if blocks else _line_begin(lines, usual, start)
            )
            if begin is not None:
                return begin
    return len(lines)


def _block_begin(lines: Sequence[Line], begin: int, abstract: int) -> int:
    while begin > abstract + 1 and not lines[begin].opens_block:
        begin -= 1
    return begin


def _line_begin(lines: Sequence[Line], begin: int, abstract: int) -> int | None:
    """The line at `begin`, or that before it; None within a sentence: abstracts list names too."""
    for first in (begin, begin - 1):
        short = first == begin or len(lines[first].text) <= LONGEST_BADGES
        if first > abstract and short and ends_sentence(lines[first - 1].text):
            return first
    return None


def _paper(
    badges: re.Match[str], place: Provenance, split: _Split, setting: Setting
) -> PaperRecord:
    title, authors = split.title, split.authors
    if authors is None:
        title, truncated, tags = _cut_glued(title)
        names: tuple[str, ...] = ()
    else:
        names, truncated, tags = authors.names, authors.truncated, authors.tags
    score = badges["score"]
    return PaperRecord(
        provenance=place,
        title=title,
        authors=tuple(map(NameAsPrinted, names)),
        truncated=truncated,
        affiliations=tags,
        date=date_of_match(badges),
        subject=badges["subject"],
        code=badges["code"] is not None,
        score=float(score.replace(",", ".")) if score else None,
        abstract=split.abstract,
        abstract_is_summary=setting.abstracts_are_summaries,
        profile=setting.profile,
        glued=authors is None,
    )


def _cut_glued(line: str) -> tuple[str, bool, tuple[str, ...]]:
    """Title and names, whether more names were cut off, and tags; a title may hold a dot too."""
    before, dot, after = line.rpartition(" · ")
    tags = cut_tags(f" · {after}")[1]
    if not dot or not all(len(tag) <= _LONGEST_TAG and " " not in tag for tag in tags):
        before, tags = line, ()
    before, truncated = cut_et_al(before)
    return before, truncated, tags
