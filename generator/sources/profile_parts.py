"""Which passages of a file belong to which profile, and which layout each profile has.

A file may hold several profiles that were joined: a head may stand after records, and where the
layout changes another profile begins, of which the head is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

from generator.sources.profile_header import LONGEST_FIELD, find_head, head_length
from generator.sources.profile_lines import (
    LONGEST_LIST,
    Line,
    Passage,
    cut_broken,
    is_prose,
    looks_glued,
    may_be_glued,
    read_author_line,
)

_HEADED_BLOCKS = [False, True, True]
"""Blank lines before title, authors and abstract as the headed layout has them."""


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """How a profile begins; one is never equal to another.

    `may_be_name` is a line that may be the whole head: it is, when an author line bears it out.
    """

    head: Sequence[Line] = ()
    may_be_name: Line | None = None

    @property
    def first_line(self) -> int | None:
        """The line of the head, if there is one."""
        if self.may_be_name is not None:
            return self.may_be_name.number
        return self.head[0].number if self.head else None


_Placed: TypeAlias = tuple[Beginning, Passage | None]
Part: TypeAlias = tuple[Beginning, Passage | None, bool]
"""A passage, the profile that it is part of, and whether that has the compact layout.

Each profile comes once without a passage, because it may have none.
"""


def cut_profiles(passages: Iterator[Passage]) -> Iterator[Part]:
    """Place each passage in its profile, all of one profile in a row."""
    for beginning, placed in groupby(_by_head(passages), key=itemgetter(0)):
        yield beginning, None, False
        found = (passage for _, passage in placed if passage is not None)
        yield from _in_layouts(beginning, found)


def _by_head(passages: Iterator[Passage]) -> Iterator[_Placed]:
    """The passages of each head; broken badge lines begin a passage too."""
    first, following = next(passages), next(passages, None)
    beginning, orphans = _begin(first.lines, before_records=following is not None)
    yield from _place(beginning, [None, *orphans])
    while following is not None:
        passage, following = following, next(passages, None)
        lines, start = passage.lines, find_head(passage.lines)
        if start is not None:
            yield from _place(beginning, cut_broken(Passage(lines[:start], passage.badges)))
            beginning, orphans = _begin(lines[start:], before_records=following is not None)
            yield from _place(beginning, [None, *orphans])
        elif following is not None and _ends_in_name(lines):
            yield from _place(beginning, cut_broken(Passage(lines[:-1], passage.badges)))
            beginning = Beginning(may_be_name=lines[-1])
        else:
            yield from _place(beginning, cut_broken(passage))


def _place(beginning: Beginning, passages: Iterable[Passage | None]) -> Iterator[_Placed]:
    return ((beginning, passage) for passage in passages)


def _begin(lines: Sequence[Line], *, before_records: bool) -> tuple[Beginning, Sequence[Passage]]:
    """The head at the beginning of these lines, and what follows it without a badge line."""
    end = head_length(lines, before_records=before_records)
    orphans = list(cut_broken(Passage(lines[end:], None))) if lines[end:] else []
    return Beginning(lines[:end]), orphans


def _ends_in_name(lines: Sequence[Line]) -> bool:
    """Whether a record's last line is a name that stands behind all that belongs to the record."""
    if len(lines) < 4 or len(lines[-1].text) > LONGEST_FIELD or " " not in lines[-1].text:
        return False
    if not lines[-1].opens_block and any(line.opens_block for line in lines[1:]):
        return False
    authors = read_author_line(lines[-1].text)
    if authors.is_list or not authors.may_be_name:
        return False
    return is_prose(lines[-2].text) or read_author_line(lines[-2].text).may_be_name


def _in_layouts(beginning: Beginning, passages: Iterable[Passage]) -> Iterator[Part]:
    """The passages of one head with their layout, in the order in which they stand.

    One record in another layout is a damaged one; two in a row begin another profile. Passages
    wait until that is known.
    """
    layout: bool | None = None
    other: bool | None = None  # the layout that one record has shown, and not yet a second one
    leaning = 0
    waiting: list[Passage] = []
    for passage in passages:
        waiting.append(passage)
        vote = _vote_compact(passage)
        leaning += vote
        if abs(vote) > 1:
            shown: bool | None = vote > 0
        else:
            shown = layout if other is None else None
        if shown is None:
            continue
        if shown not in (layout, other):
            other = shown
            continue
        if shown != layout:
            beginning = beginning if layout is None else Beginning()
            layout = shown
        other = None
        yield from ((beginning, known, layout) for known in waiting)
        waiting = []
    compact = leaning > 0 if layout is None else layout
    yield from ((beginning, known, compact) for known in waiting)


def _vote_compact(passage: Passage) -> int:
    """How far a record shows its layout: below zero headed, above compact, 2 when it is sure."""
    lines = passage.lines[1:]
    if not lines or passage.badges is None:
        return 0
    second = lines[1].text if len(lines) > 1 else ""
    if 0 < len(second) <= LONGEST_LIST:
        if [line.opens_block for line in lines] == _HEADED_BLOCKS:
            return -2
        authors = read_author_line(second)
        if authors.may_be_name and (authors.is_list or len(lines) > 2):
            return -2
        if authors.may_be_name:
            return -1
    first = lines[0].text
    if looks_glued(first):
        return 2
    return 1 if second and may_be_glued(first) else 0
