"""What the parsers understand of files, as plain rows: one for each profile, paper and problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.catalogue.settle import settle
from generator.errors import Problem
from generator.records import PaperRecord, ProfileRecord
from generator.sources import find_source_files, read_source

Row = dict[str, object]


def inspect_files(places: Sequence[Path]) -> Iterator[Row]:
    """Rows of all files as one load, so that what one file lacks is inferred from the others.

    Within a file, rows stand in the order of its lines. Raises UsageError for a missing file.
    """
    load = settle([read_source(path) for path in find_source_files(places)], {})
    rows = [
        *map(_profile_row, load.profiles),
        *map(_paper_row, load.papers),
        *map(problem_row, load.problems),
    ]
    order = {"profile": 0, "paper": 1, "problem": 2}
    rows.sort(key=lambda r: (str(r["file"]), _line(r), order[str(r["kind"])]))
    yield from rows


def _line(row: Row) -> int:
    line = row["line"]
    return line if isinstance(line, int) else 0


def _profile_row(profile: ProfileRecord) -> Row:
    return {
        "file": profile.provenance.origin,
        "line": profile.provenance.line,
        "kind": "profile",
        "name": profile.name,
        "name_inferred": profile.name_inferred,
        "category": profile.subject,
        "h_index": profile.h_index,
        "declared_papers": profile.declared_papers,
        "citations": profile.citations,
        "novelty": profile.novelty,
        "ai_score": profile.ai_score,
        "retrieved": profile.retrieved.isoformat() if profile.retrieved else None,
        "source": profile.source,
        "inferred": {item.field: item.reason for item in profile.inferred},
    }


def _paper_row(paper: PaperRecord) -> Row:
    return {
        "file": paper.provenance.origin,
        "line": paper.provenance.line,
        "kind": "paper",
        "title": paper.title,
        "authors": list(paper.authors),
        "truncated": paper.truncated,
        "affiliations": list(paper.affiliations),
        "date": str(paper.date) if paper.date else None,
        "date_inferred": paper.reason_inferred("date") is not None,
        "category": paper.subject,
        "code": paper.code,
        "score": paper.score,
        "abstract": paper.abstract,
        "inferred": {item.field: item.reason for item in paper.inferred},
    }


def problem_row(problem: Problem) -> Row:
    """A problem as a row; `severity` says whether it kept a record from being understood."""
    return {
        "file": problem.origin,
        "line": problem.line,
        "kind": "problem",
        "severity": problem.severity.value,
        "message": problem.message,
        "raw": problem.raw,
    }
