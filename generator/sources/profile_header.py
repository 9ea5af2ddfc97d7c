"""The head of a profile: name, main field and metrics, in any order and with any of them missing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from generator.errors import Problem, Severity
from generator.markup import clean_text
from generator.records import NameAsPrinted, ProfileRecord, Provenance
from generator.sources.reading import TextFile
from generator.subjects import PRINTED_CLASSES, SUBJECT_NAMES
from generator.validation import validate

Line = tuple[int, str]
"""A line that is not blank: its 1-based number in the file, and its text, stripped."""

_NUMBER = r"(\d[\d.,'’\s_]*?)"
_LONGEST_FIELD = 80
"""Characters; what is longer is no metric, and is not matched against any pattern."""

_FIELDS: Mapping[str, re.Pattern[str]] = {
    "h_index": re.compile(rf"h\s*-?\s*index\s*:?\s*{_NUMBER}|{_NUMBER}\s*h\s*-?\s*index", re.I),
    "declared_papers": re.compile(rf"{_NUMBER}\s*papers?|papers?\s*:?\s*{_NUMBER}", re.I),
    "citations": re.compile(rf"{_NUMBER}\s*citations?|citations?\s*:?\s*{_NUMBER}", re.I),
    "novelty": re.compile(rf"novelty\s*:?\s*{_NUMBER}\s*[%٪]?", re.I),
    "ai_score": re.compile(rf"ai\s*score\s*:?\s*{_NUMBER}\s*[%٪]?", re.I),
}
_NOT_IN_HEAD = (
    "not understood in the profile's head: expected a name, a subject class or a metric such as "
    "`h-index38`"
)
_DECIMAL_FIELDS = frozenset({"novelty", "ai_score"})
_GROUPED = re.compile(
    r"\d{1,3}(?P<separator>[,.'’_]|\s)\d{3}(?:(?P=separator)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}"
)
"""Thousands in groups of three with any separator, or grouped as in India (`1,23,456`)."""


class ProfileFrontMatter(BaseModel):
    """What a person may write above a saved profile."""

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    """The profile's owner, where the text does not name him."""
    retrieved: datetime.date | None = None
    source: str | None = None
    """Where the profile was saved from: a name or an address."""
    abstracts: str = "full"
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
    return len(text) <= _LONGEST_FIELD and any(p.fullmatch(text) for p in _FIELDS.values())


def is_main_field(text: str) -> bool:
    """Whether a line holds a subject class and nothing else."""
    return text in PRINTED_CLASSES or text in SUBJECT_NAMES


def parse_header(
    lines: Sequence[Line], start: Provenance, notes: ProfileFrontMatter
) -> tuple[ProfileRecord, tuple[Problem, ...]]:
    """Understand the lines before the first record; `start` is where the profile begins."""
    origin = start.origin
    problems: tuple[Problem, ...] = ()
    values: dict[str, int | float] = {}
    names: list[Line] = []
    subject = None
    for number, text in lines:
        found = _metric(text)
        if found is not None:
            problems += _keep_metric(values, found, Problem(origin, number, "", text))
        elif subject is None and is_main_field(text):
            subject = text
        elif not names and len(text) <= _LONGEST_FIELD:
            names.append((number, text))
        else:
            problems += (Problem(origin, number, _NOT_IN_HEAD, text, Severity.QUARANTINED),)
    name = notes.name or (names[0][1] if names else None)
    profile = ProfileRecord(
        provenance=start,
        name=NameAsPrinted(clean_text(name)) if name else None,
        subject=subject,
        h_index=_whole(values, "h_index"),
        declared_papers=_whole(values, "declared_papers"),
        citations=_whole(values, "citations"),
        novelty=values.get("novelty"),
        ai_score=values.get("ai_score"),
        retrieved=notes.retrieved,
        source=notes.source,
        has_header=bool(lines),
        subject_overrides=MappingProxyType(notes.subject_classes),
    )
    return profile, problems


def read_front_matter(
    file: TextFile, origin: str
) -> tuple[ProfileFrontMatter, tuple[Problem, ...]]:
    """What stands above the profile, and a problem for each key that is wrong."""
    notes, problems = validate(
        ProfileFrontMatter, file.front_matter, origin=origin, lines=file.key_lines
    )
    if notes.abstracts not in ("full", "summary"):
        message = f"abstracts: expected `full` or `summary` (found {notes.abstracts!r})"
        problems += (Problem(origin, file.key_lines.get(("abstracts",)), message),)
    for printed, code in notes.subject_classes.items():
        if code not in SUBJECT_NAMES:
            message = f"subject_classes: {printed}: {code!r} is no arXiv subject class"
            line = file.key_lines.get(("subject_classes", printed))
            problems += (Problem(origin, line, message),)
    return notes, problems


def _metric(text: str) -> tuple[str, str] | None:
    """The field a line states and its number as printed."""
    if len(text) > _LONGEST_FIELD:
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
