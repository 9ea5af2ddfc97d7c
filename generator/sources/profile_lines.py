"""The lines of a saved profile, and what a line can be by its form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.dates import PRINTED_DATE, PRINTED_MONTH
from generator.markup import clean_text
from generator.names import cut_tags, looks_like_name, split_author_line
from generator.sources.reading import TextFile, show_bytes
from generator.subjects import PRINTED_CLASSES

EXPECTED_BADGES = "expected a line such as `CLAug 15, 2024Code`"
LONGEST_BADGES = 64
"""Characters of the longest badge line; a longer line is not matched at all."""
LONGEST_LIST = 640
"""Characters of an author line that is looked for where none is expected."""
_SHORTEST_BADGES = 5
_FEWEST_WORDS_OF_PROSE = 12

_CLASSES = "|".join(sorted((c for c in PRINTED_CLASSES if not c.isupper()), key=len, reverse=True))
_SUBJECT = rf"(?P<subject>(?:[a-z-]+\.)?[A-Z]{{2,5}}|{_CLASSES})"
_SCORE = r"(?P<score>\d{1,3}(?:[.,]\d{1,4})?)?"
_BADGES = re.compile(rf"{_SCORE}\s*{_SUBJECT}\s*{PRINTED_DATE}\s*(?P<code>(?i:Code))?")

_ALMOST_BADGES = re.compile(
    rf"""[\d.,]{{0,8}}\s*(?:
      [A-Z]{{2,5}}(?:
          [A-Za-z]{{0,12}}\.?\s*\d{{1,4}}\w{{0,3}}(?:\s*,\s*\w{{0,6}})?   # CLFoo 15, 20x4
        | [\d\s/,.-]{{4,12}}                                              # CL15/8 2024
        | \s*(?i:{PRINTED_MONTH})[\d\s,.]{{0,12}}\w{{0,6}}                # CLAug
      )
    | (?:[A-Za-z.-]{{2,12}})?\s*(?:
          (?i:{PRINTED_MONTH})\s*\d[\d\s,.]{{0,12}}\w{{0,3}}              # Aug 15, 2024
        | \d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}                           # 2024-08-15
        | \d{{1,2}}\s*(?i:{PRINTED_MONTH})\s*,?\s*\d{{4}}                 # 15 Aug 2024
      )
    )\s*(?:Code)?
    | .{{0,32}}\d\s*Code""",
    re.VERBOSE,
)
"""A line in a record's place that begins like a badge line and has something wrong with it."""

_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")
_CLOSING = "\"'”’)]}*"


class Line(NamedTuple):
    """A line that is not blank: its 1-based number in the file, and its text, made clean."""

    number: int
    text: str
    opens_block: bool
    """Whether a blank line stands before it."""


class AuthorLine(NamedTuple):
    """A line read as an author line, which it need not be."""

    names: tuple[str, ...]
    truncated: bool
    tags: tuple[str, ...]
    may_be_name: bool
    """Whether each name has the form of a name; so may a short title be."""
    is_list: bool
    """Whether the line looks like nothing but an author line."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The lines from one badge line (or what should be one) to the next.

    `badges` is the match of the first line, or None where it is none.
    """

    lines: Sequence[Line]
    badges: re.Match[str] | None


def cut_passages(file: TextFile) -> Iterator[Passage]:
    """Cut the file before every badge line; the first passage is what precedes them all.

    One by one, because a million lines kept at once cost the garbage collector half of the time.
    """
    lines: list[Line] = []
    badges: re.Match[str] | None = None
    after_blank = False
    for number, raw in enumerate(file.lines, start=file.first_line):
        text = clean_text(raw) if raw else ""
        if not text:
            if number not in file.bad_bytes:
                after_blank = True
                continue
            text = show_bytes(raw)
        found = match_badges(text)
        if found:
            yield Passage(lines, badges)
            lines, badges = [], found
        lines.append(Line(number, text, after_blank))
        after_blank = False
    yield Passage(lines, badges)


def match_badges(text: str) -> re.Match[str] | None:
    """The parts of a badge line, or None when the text is none."""
    if not _SHORTEST_BADGES <= len(text) <= LONGEST_BADGES:
        return None
    return _BADGES.fullmatch(text)


def is_almost_badges(text: str) -> bool:
    """Whether the text was most likely meant to be a badge line."""
    return len(text) <= LONGEST_BADGES and _ALMOST_BADGES.fullmatch(text) is not None


def cut_broken(passage: Passage) -> Iterator[Passage]:
    """The passage, cut before each later line that was meant to be a badge line."""
    lines = passage.lines
    least = 2 if passage.badges else 1
    cuts = [i for i in range(least, len(lines)) if is_almost_badges(lines[i].text)]
    if not cuts:
        yield passage
        return
    starts, ends = [0, *cuts], [*cuts, len(lines)]
    for start, end in zip(starts, ends, strict=True):
        yield Passage(lines[start:end], None if start else passage.badges)


def read_author_line(text: str) -> AuthorLine:
    """The names and tags of a line, if it is an author line."""
    authors, tags = cut_tags(text)
    names, truncated = split_author_line(authors)
    may_be_name = bool(names) and all(map(looks_like_name, names))
    marked = truncated or len(names) > 1 or bool(tags) or text.endswith(",")
    is_list = may_be_name and marked
    return AuthorLine(names, truncated, tags, may_be_name, is_list)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def is_prose(text: str) -> bool:
    """Whether the text is a whole sentence at least, as no title or name is."""
    return text.count(" ") >= _FEWEST_WORDS_OF_PROSE - 1 and ends_sentence(text)


def looks_glued(text: str) -> bool:
    """Whether a line ends in an author list, whatever stands before its first name."""
    tail, _ = cut_tags(text[-200:])
    names, truncated = split_author_line(tail)
    later = names[1:]
    return truncated or (bool(later) and all(map(_is_full_name, later[-2:])))


def _is_full_name(name: str) -> bool:
    return looks_like_name(name) and (" " in name or not name[0].isascii())


_GLUE = re.compile(r"[^\W_][A-Z][^\WA-Z\d_]+(?: |$)")


def may_be_glued(text: str) -> bool:
    """Whether a late word may hold the end of a title and the beginning of a name."""
    return _GLUE.search(" ".join(text[-120:].split()[-4:])) is not None
