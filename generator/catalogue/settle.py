"""Decide what one file alone cannot say, from the evidence of the whole load.

Compact titles are split from their authors by the names that stand elsewhere, dates without a
year get one, printed subject classes get their archive, and profiles without a name get their
owner. Each such value is marked as inferred, with its reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.catalogue.owners import infer_owners, note_owner_conflicts
from generator.dates import PartialDate, with_year
from generator.errors import Problem, Severity
from generator.names import split_author_line
from generator.records import (
    Inferred,
    NameAsPrinted,
    PaperRecord,
    ProfileRecord,
    SourceResult,
)
from generator.subjects import resolve_subject
from generator.title_split import split_title_and_authors

_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Load:
    """All records of one run, complete; and every problem found on the way."""

    profiles: tuple[ProfileRecord, ...]
    papers: tuple[PaperRecord, ...]
    problems: tuple[Problem, ...]


def settle(results: Iterable[SourceResult], overrides: Mapping[str, str]) -> Load:
    """Complete the records of all sources; `overrides` are full subject codes by printed class.

    A record whose title cannot be told from its authors is quarantined.
    """
    results = tuple(results)
    profiles = {p.key: p for result in results for p in result.profiles}
    problems = [problem for result in results for problem in result.problems]
    papers, more = _split_glued([p for result in results for p in result.papers], profiles)
    problems += more
    papers, more = _with_years(papers, profiles)
    problems += more
    papers, more = _with_subjects(papers, profiles, overrides)
    problems += more
    named, more = infer_owners(papers, profiles)
    problems += more
    problems += note_owner_conflicts(papers, named)
    settled = [_with_subject(profile, overrides) for profile in named.values()]
    counted = _with_counts(papers, settled, problems)
    problems += _count_conflicts(counted)
    return Load(counted, tuple(papers), tuple(problems))


def _split_glued(
    papers: Sequence[PaperRecord], profiles: Mapping[str, ProfileRecord]
) -> tuple[list[PaperRecord], list[Problem]]:
    if not any(paper.glued for paper in papers):
        return list(papers), []
    known = {name for paper in papers for name in _names_for_sure(paper)}
    known |= {profile.name for profile in profiles.values() if profile.name}
    names = frozenset(known)
    kept: list[PaperRecord] = []
    problems: list[Problem] = []
    for paper in papers:
        settled = _split(paper, names) if paper.glued else paper
        if settled is not None:
            kept.append(settled)
            continue
        problems.append(_not_split(paper))
    return kept, problems


def _not_split(paper: PaperRecord) -> Problem:
    message = "no boundary found between the title and its first author on the line after this"
    badges = " ".join(str(part) for part in (paper.score, paper.subject, paper.date) if part)
    code = " Code" if paper.code else ""
    shown = f"{paper.title} et al." if paper.truncated else paper.title
    shown = " · ".join(filter(None, (shown, ", ".join(paper.affiliations))))
    raw = "\n".join(filter(None, (badges + code, shown, paper.abstract)))
    where = paper.provenance
    return Problem(where.origin, where.line, message, raw, Severity.QUARANTINED)


def _names_for_sure(paper: PaperRecord) -> Sequence[NameAsPrinted]:
    """Names that stand between commas, where nothing is run together with them."""
    if not paper.glued:
        return paper.authors
    return tuple(map(NameAsPrinted, split_author_line(paper.title[-500:])[0][1:]))


def _split(paper: PaperRecord, known_names: frozenset[str]) -> PaperRecord | None:
    words = frozenset(_WORD.findall((paper.abstract or "")[:20_000].lower()))
    found = split_title_and_authors(paper.title, known_names, words)
    if found is None:
        return None
    return replace(
        paper,
        title=found.title,
        authors=tuple(map(NameAsPrinted, found.authors)),
        glued=False,
        inferred=(*paper.inferred, Inferred("title", found.reason)),
    )


def _with_years(
    papers: Sequence[PaperRecord], profiles: Mapping[str, ProfileRecord]
) -> tuple[list[PaperRecord], list[Problem]]:
    """Give a year to dates that lack one: the source leaves it out within the current year."""
    # A bibliography leaves no year out, and may hold one that is still to come.
    written = [p.date.year for p in papers if p.profile and p.date and p.date.year]
    latest = max(written, default=None)
    settled: list[PaperRecord] = []
    problems: list[Problem] = []
    for paper in papers:
        if paper.date is None or paper.date.year:
            settled.append(paper)
            continue
        year, reason = _current_year(paper.date, profiles.get(paper.profile or ""), latest)
        if year is None:
            settled.append(paper)
            problems.append(_note(paper, f"the date {paper.date.in_words} has no year: {reason}"))
            continue
        settled.append(
            replace(
                paper,
                date=with_year(paper.date, year),
                inferred=(*paper.inferred, Inferred("date", reason)),
            )
        )
    return settled, problems


def _current_year(
    date: PartialDate, profile: ProfileRecord | None, latest: int | None
) -> tuple[int | None, str]:
    retrieved = profile.retrieved if profile else None
    if retrieved is None:
        if latest is None:
            return None, "no year is written anywhere; put `retrieved:` above the profile"
        return (
            latest + 1,
            f"the source leaves out the current year, and {latest} is the latest written",
        )
    passed = (date.month or 0, date.day or 0) <= (retrieved.month, retrieved.day)
    year = retrieved.year if passed else retrieved.year - 1
    return year, f"the source leaves out the current year, and was retrieved on {retrieved}"


def _with_subjects(
    papers: Sequence[PaperRecord],
    profiles: Mapping[str, ProfileRecord],
    overrides: Mapping[str, str],
) -> tuple[list[PaperRecord], list[Problem]]:
    settled: list[PaperRecord] = []
    problems: list[Problem] = []
    merged = {key: {**overrides, **p.subject_overrides} for key, p in profiles.items()}
    for paper in papers:
        if paper.subject is None:
            settled.append(paper)
            continue
        code = resolve_subject(paper.subject, merged.get(paper.profile or "", overrides))
        settled.append(replace(paper, subject=code))
        if code is None:
            message = f"{paper.subject!r} is no arXiv subject class; the paper has none"
            problems.append(_note(paper, message))
    return settled, problems


def _with_subject(profile: ProfileRecord, overrides: Mapping[str, str]) -> ProfileRecord:
    if profile.subject is None:
        return profile
    code = resolve_subject(profile.subject, {**overrides, **profile.subject_overrides})
    return replace(profile, subject=code)


def _with_counts(
    papers: Sequence[PaperRecord],
    profiles: Sequence[ProfileRecord],
    problems: Sequence[Problem],
) -> tuple[ProfileRecord, ...]:
    """The profiles with the number of their records; what is quarantined was listed too."""
    read = Counter(paper.profile for paper in papers)
    unread = _quarantined_by_profile(profiles, problems)
    return tuple(
        replace(p, listed_papers=read[p.key] + unread[p.key], unread_papers=unread[p.key])
        for p in profiles
    )


def _count_conflicts(profiles: Sequence[ProfileRecord]) -> list[Problem]:
    """Profiles that count other than they list."""
    conflicts = []
    for profile in profiles:
        declared, found = profile.declared_papers, profile.listed_papers
        if declared is not None and declared != found:
            which = "cut its list" if found < declared else "lists more than it counts"
            message = (
                f"the profile declares {declared} papers and lists {found}: the source {which}"
            )
            where = profile.provenance
            conflicts.append(Problem(where.origin, where.line, message))
    return conflicts


def _quarantined_by_profile(
    profiles: Sequence[ProfileRecord], problems: Sequence[Problem]
) -> Counter[str]:
    """How many problems of quarantined records stand behind the beginning of each profile."""
    starts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for profile in profiles:
        starts[profile.provenance.origin].append((profile.provenance.line, profile.key))
    for places in starts.values():
        places.sort()
    counts: Counter[str] = Counter()
    for problem in problems:
        if problem.quarantined and problem.line is not None:
            places = starts[problem.origin]
            index = bisect_right(places, problem.line, key=lambda place: place[0]) - 1
            if index >= 0:
                counts[places[index][1]] += 1
    return counts


def _note(paper: PaperRecord, message: str) -> Problem:
    return Problem(paper.provenance.origin, paper.provenance.line, message)
