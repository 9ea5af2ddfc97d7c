"""The head of a profile: name, main field and metrics, in any order, any of them missing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from generator.errors import Problem
from generator.markup import clean_text
from generator.records import NameAsPrinted, ProfileRecord, Provenance
from generator.sources.profile_lines import (
    Line,
    ends_sentence,
    is_almost_badges,
    looks_glued,
    read_author_line,
)
from generator.sources.reading import TextFile
from generator.subjects import PRINTED_CLASSES, SUBJECT_NAMES
from generator.validation import validate

_SEPARATORS = ",.'’٬_"
"""Thousands separators besides white space, NBSP and thin spaces included."""
_NUMBER = rf"(\d[\d\s{_SEPARATORS}]*?)"
LONGEST_FIELD = 80
"""Characters; what is longer is no metric, and is not matched against any pattern."""

_PERCENT = rf"{_NUMBER}\s*[%٪]?"


def _either_way(label: str, number: str) -> re.Pattern[str]:
    """A label and a number, run together or apart, in either order."""
    return re.compile(rf"{label}\s*:?\s*{number}|{number}\s*{label}", re.IGNORECASE)


_FIELDS: Mapping[str, re.Pattern[str]] = {
    "h_index": _either_way(r"h\s*-?\s*index", _NUMBER),
    "declared_papers": _either_way("papers?", _NUMBER),
    "citations": _either_way("citations?", _NUMBER),
    "novelty": _either_way("novelty", _PERCENT),
    "ai_score": _either_way(r"ai\s*score", _PERCENT),
}
_DIGIT = re.compile(r"\d")
_NOT_IN_HEAD = (
    "not understood in the profile's head: expected a name, a subject class or a metric such as "
    "`h-index38`"
)
_DECIMAL_FIELDS = frozenset({"novelty", "ai_score"})
_GROUPED = re.compile(
    rf"\d{{1,3}}(?P<separator>[\s{_SEPARATORS}])\d{{3}}(?:(?P=separator)\d{{3}})*"
    r"|\d{1,2}(?:,\d{2})+,\d{3}"
)
"""Thousands in groups of three with any separator, or grouped as in India (`1,23,456`)."""


def _calendar_date(value: object) -> object:
    """ISO 8601 alone: a bare number would be taken for seconds since 1970."""
    if value is None or isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value).strip() if isinstance(value, str) else "")
    except ValueError:
        raise ValueError("expected a date of the calendar such as 2026-08-15") from None


class ProfileFrontMatter(BaseModel):
    """What a person may write above a saved profile."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    """The profile's owner, where the text does not name him."""
    retrieved: Annotated[datetime.date | None, BeforeValidator(_calendar_date)] = None
    source: str | None = None
    """Where the profile was saved from: a name or an address."""
    abstracts: Literal["full", "summary"] = "full"
    """`summary` when the abstracts are summaries by somebody else than the authors."""
    subject_classes: dict[str, str] = {}
    """Full arXiv code by printed class, such as `SP: eess.SP`."""


def parse_count(text: str) -> int | None:
    """A whole number with thousands separators of any kind, or None when it is not one."""
    text = text.strip()
    if not text.isdecimal() and not _GROUPED.fullmatch(text):
        return None
    return int(re.sub(r"\D", "", text))


def is_metric(text: str) -> bool:
    """Whether a line is one of a header's metrics, or the heading of the list of papers."""
    return _metric(text) is not None


def is_main_field(text: str) -> bool:
    """Whether a line holds a subject class and nothing else."""
    return text in PRINTED_CLASSES or text in SUBJECT_NAMES


def find_head(lines: Sequence[Line]) -> int | None:
    """Where the head of another profile begins among the lines from a badge line on.

    A metric or a main field on a line of its own is part of a head, unless it is the title; the
    name stands before those, or else after them.
    """
    start = next((i for i in range(2, len(lines)) if _is_known(lines[i].text)), None)
    if start is None:
        return None
    end = start
    while end < len(lines) and _is_known(lines[end].text):
        end += 1
    after = lines[end].text if end < len(lines) else ""
    if after and read_author_line(after).may_be_name and not is_almost_badges(after):
        return start
    before = lines[start - 1].text
    first = 2 if looks_glued(lines[1].text) else 3  # before that stand title and authors
    may_be_name = start > first and len(before) <= LONGEST_FIELD and not ends_sentence(before)
    return start - 1 if may_be_name and not read_author_line(before).is_list else start


def head_length(lines: Sequence[Line], *, before_records: bool) -> int:
    """How many of the lines before the first good badge line are a head; the rest are orphans.

    Without a metric or a main field only a name alone is a head, and only `before_records`.
    """
    broken = (i for i, line in enumerate(lines) if _is_broken(line.text))
    end = next(broken, len(lines))
    known = [i for i in range(end) if _is_known(lines[i].text)]
    if not known:
        alone = end == 1 and (before_records or len(lines) > 1)
        return 1 if alone and len(lines[0].text) <= LONGEST_FIELD else 0
    after = known[-1] + 1
    if known[0] == 0 and after < end and len(lines[after].text) <= LONGEST_FIELD:
        authors = read_author_line(lines[after].text)
        after += after + 1 == end or (authors.may_be_name and not authors.is_list)
    return after


def _is_known(text: str) -> bool:
    return is_main_field(text) or is_metric(text)


def _is_broken(text: str) -> bool:
    return is_almost_badges(text) and not _is_known(text)


def parse_header(
    lines: Sequence[Line], start: Provenance, notes: ProfileFrontMatter
) -> tuple[ProfileRecord, tuple[Problem, ...]]:
    """Understand the lines before the first record; `start` is where the profile begins."""
    origin = start.origin
    problems: tuple[Problem, ...] = ()
    values: dict[str, int | float] = {}
    name: str | None = None
    subject = None
    for number, text, _ in lines:
        found = _metric(text)
        if found is not None:
            problems += _keep_metric(values, found, Problem(origin, number, "", text))
        elif subject is None and is_main_field(text):
            subject = text
        elif name is None and len(text) <= LONGEST_FIELD:
            name = text
            problems += _other_name(notes, Problem(origin, number, "", text))
        else:
            problems += (Problem(origin, number, _NOT_IN_HEAD, text),)
    name = clean_text(notes.name or "") or name
    profile = ProfileRecord(
        provenance=start,
        name=NameAsPrinted(name) if name else None,
        subject=subject,
        h_index=_whole(values, "h_index"),
        declared_papers=_whole(values, "declared_papers"),
        citations=_whole(values, "citations"),
        novelty=values.get("novelty"),
        ai_score=values.get("ai_score"),
        retrieved=notes.retrieved,
        source=notes.source,
        subject_overrides=notes.subject_classes,
    )
    return profile, problems


def _other_name(notes: ProfileFrontMatter, place: Problem) -> tuple[Problem, ...]:
    """A note where the head prints another name than the front matter, which holds."""
    if not notes.name or clean_text(notes.name) == place.raw:
        return ()
    message = f"the head names {place.raw}; {notes.name}, as the front matter says, is taken"
    return (replace(place, message=message),)


def read_front_matter(
    file: TextFile, origin: str
) -> tuple[ProfileFrontMatter, tuple[Problem, ...]]:
    """What stands above the profile, and a problem for each key that is wrong."""
    notes, problems = validate(
        ProfileFrontMatter, file.front_matter, origin=origin, lines=file.key_lines
    )
    for printed, code in notes.subject_classes.items():
        if code not in SUBJECT_NAMES:
            message = f"subject_classes: {printed}: {code!r} is no arXiv subject class"
            line = file.key_lines.get(("subject_classes", printed))
            problems += (Problem(origin, line, message),)
    lines = file.front_lines
    return notes, tuple(replace(p, raw=lines.get(p.line or 0, "")) for p in problems)


def _metric(text: str) -> tuple[str, str] | None:
    """The field a line states and its number as printed."""
    if len(text) > LONGEST_FIELD or not _DIGIT.search(text):
        return None
    for field, pattern in _FIELDS.items():
        match = pattern.fullmatch(text)
        if match:
            return field, next(group for group in match.groups() if group is not None)
    return None


def _keep_metric(
    values: dict[str, int | float], found: tuple[str, str], place: Problem
) -> tuple[Problem, ...]:
    """Add a metric to `values`; a problem when it is no number, or another than before."""
    field, printed = found
    value = parse_decimal(printed) if field in _DECIMAL_FIELDS else parse_count(printed)
    if value is None:
        message = f"{printed.strip()!r} is not a number that can be read without guessing"
        return (Problem(place.origin, place.line, message, place.raw),)
    if values.setdefault(field, value) != value:
        message = f"stated twice: {values[field]} before, {value} here; the first is kept"
        return (Problem(place.origin, place.line, message, place.raw),)
    return ()


def parse_decimal(text: str) -> float | int | None:
    """A number with an optional decimal point or comma; whole numbers come back as int."""
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _whole(values: Mapping[str, int | float], field: str) -> int | None:
    value = values.get(field)
    return None if value is None else int(value)
