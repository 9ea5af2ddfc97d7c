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
from itertools import groupby

from generator.dates import PartialDate, with_year
from generator.errors import Problem, Severity
from generator.names import name_key, split_author_line
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
    named, more = _with_owners(papers, profiles)
    problems += more
    settled = tuple(_with_subject(p, overrides) for p in named.values())
    problems += _owner_conflicts(papers, named)
    problems += _count_conflicts(papers, settled, problems)
    return Load(settled, tuple(papers), tuple(problems))


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
    written = [p.date.year for p in papers if p.date and p.date.year]
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
        return latest + 1, f"the source leaves out the current year, and {latest} is the latest written"
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


def _with_owners(
    papers: Sequence[PaperRecord], profiles: Mapping[str, ProfileRecord]
) -> tuple[dict[str, ProfileRecord], list[Problem]]:
    lists: dict[str, list[Sequence[NameAsPrinted]]] = {
        key: [] for key, profile in profiles.items() if profile.name is None
    }
    for paper in papers:
        if paper.profile in lists:
            lists[paper.profile].append(paper.authors)
    named = dict(profiles)
    problems: list[Problem] = []
    for key in sorted(lists):
        name, reason = _owner(lists[key])
        if name is not None:
            inferred = (*profiles[key].inferred, Inferred("name", reason))
            named[key] = replace(profiles[key], name=name, inferred=inferred)
        else:
            where = profiles[key].provenance
            message = f"whose profile this is cannot be told: {reason}; put `name:` above the profile"
            problems.append(Problem(where.origin, where.line, message))
    return named, problems


_LONGEST_ABSENCE = 12
"""Author lists in a row that may lack the owner's name. In profiles of which the owner is known
that prints three names a paper, it stands in half the lists at least, and 8 in a row lacked it."""


def _owner(lists: Sequence[Sequence[NameAsPrinted]]) -> tuple[NameAsPrinted | None, str]:
    """The name that stands in more author lists than any other, in two at least; and why.

    None, and why not, when there is no such name, or when it stands in one part of a long profile
    alone: then two profiles were joined, and the other part is somebody else's.
    """
    counts = Counter(name for names in lists for name in dict.fromkeys(names))
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None, "no name stands in more of its author lists than every other"
    name, times = ranked[0]
    absences = (len(list(run)) for present, run in groupby(name in a for a in lists) if not present)
    longest = max(absences, default=0)
    if longest > _LONGEST_ABSENCE:
        return None, f"{name} stands in most author lists, but in none of {longest} in a row"
    reason = f"this name stands in {times} of its {len(lists)} author lists, more than any other"
    return name, reason


def _owner_conflicts(
    papers: Sequence[PaperRecord], profiles: Mapping[str, ProfileRecord]
) -> list[Problem]:
    """Papers whose complete author list does not name the profile's owner."""
    problems = []
    for paper in papers:
        profile = profiles.get(paper.profile or "")
        if paper.truncated or profile is None or profile.name is None:
            continue
        if name_key(profile.name) not in map(name_key, paper.authors):
            message = (
                f"the complete author list does not name {profile.name}, whose profile lists the "
                "paper; it is shown as listed there, not as written by that person"
            )
            problems.append(_note(paper, message))
    return problems


def _count_conflicts(
    papers: Sequence[PaperRecord],
    profiles: Sequence[ProfileRecord],
    problems: Sequence[Problem],
) -> list[Problem]:
    """Profiles that count other than they list; what is quarantined was listed too."""
    listed = Counter(paper.profile for paper in papers)
    broken = _quarantined_by_profile(profiles, problems)
    conflicts = []
    for profile in profiles:
        declared, found = profile.declared_papers, listed[profile.key] + broken[profile.key]
        if declared is not None and declared != found:
            which = "cut its list" if found < declared else "lists more than it counts"
            message = f"the profile declares {declared} papers and lists {found}: the source {which}"
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
