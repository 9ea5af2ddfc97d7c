"""What relates people and papers: who wrote with whom, and which papers are close."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest, nsmallest

from generator.catalogue.model import Catalogue, Paper
from generator.identifiers import STOP_WORDS

_WORD = re.compile(r"\w+")
COMMON = 40
"""A title word or an author on more papers than that says little about any of them; leaving
such ones out keeps the work of `RelatedPapers` linear in the number of papers."""
LARGEST_TEAM = 100
"""Papers of more authors make nobody a co-author: the 3,000 of one are nine million pairs, and to
stand in a list of thousands is no acquaintance."""
MOST_CO_AUTHORS = 200
"""Co-authors that are told of one person, those with most shared papers."""


@dataclass(frozen=True, slots=True)
class CoAuthor:
    """Somebody who shares papers with a person: how many, and the years of the first and the last.

    `years` is None where no shared paper has a year.
    """

    person: str
    papers: int
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class CoAuthors:
    """The co-authors of a person: at most `MOST_CO_AUTHORS` of `total`.

    `uncounted` is the number of papers left out because more than `LARGEST_TEAM` signed them.
    """

    shown: tuple[CoAuthor, ...]
    total: int
    uncounted: int


def co_authors(catalogue: Catalogue, person: str) -> CoAuthors:
    """Persons on papers of `person`, most shared papers first, then by name.

    Organisations are none, and neither is anyone whom "et al." hides, unless his own profile
    lists the paper. It is not remembered: to count takes less than to write down what is found,
    and the pages and files of a large site would hold millions of pairs in memory.
    """
    people = catalogue.people
    papers = [catalogue.papers[paper] for paper in people[person].papers]
    counted = [paper for paper in papers if len(paper.authors) <= LARGEST_TEAM]
    counts = Counter(other for paper in counted for other in paper.people)
    del counts[person]
    found = [CoAuthor(p, n) for p, n in counts.items() if not people[p].is_organisation]
    first = nsmallest(
        MOST_CO_AUTHORS, found, key=lambda c: (-c.papers, people[c.person].name, c.person)
    )
    years = _years_with({other.person for other in first}, counted)
    told = (replace(other, years=years.get(other.person)) for other in first)
    return CoAuthors(tuple(told), len(found), len(papers) - len(counted))


def _years_with(others: Container[str], papers: Iterable[Paper]) -> dict[str, tuple[int, int]]:
    """Years of the first and the last of some papers that each of these people wrote."""
    found: dict[str, tuple[int, int]] = {}
    for paper in papers:
        year = paper.year
        if year is None:
            continue
        for person in paper.people:
            if person in others:
                first, last = found.get(person, (year, year))
                found[person] = (min(first, year), max(last, year))
    return found


@dataclass(frozen=True, slots=True)
class Related:
    """A paper close to another, and why."""

    paper: str
    shared_people: tuple[str, ...]
    shared_words: tuple[str, ...]


class RelatedPapers:
    """Papers that share rare authors and rare title words, best first.

    Each shared author or word counts by how rare it is (inverse document frequency). One shared
    word alone relates nothing: in a small site every word is rare.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._features = {paper.id: _features(paper) for paper in catalogue.papers.values()}
        postings: dict[str, list[str]] = defaultdict(list)
        for paper, features in self._features.items():
            for feature in features:
                postings[feature].append(paper)
        total = len(catalogue.papers)
        self._postings = {f: ids for f, ids in postings.items() if 1 < len(ids) <= COMMON}
        self._weights = {f: math.log(total / len(ids)) for f, ids in self._postings.items()}

    def of(self, paper: Paper, limit: int) -> tuple[Related, ...]:
        """At most `limit` papers related to this one."""
        scores: dict[str, float] = defaultdict(float)
        shared = [f for f in self._features[paper.id] if f in self._postings]
        close = self._close(shared) - {paper.id}
        for feature in shared:
            weight = self._weights[feature]
            for other in close.intersection(self._postings[feature]):
                scores[other] += weight
        # Most candidates share one author: only those that can be among the best are sorted.
        least = min(nlargest(limit, scores.values()), default=0.0)
        ranked = sorted((-score, other) for other, score in scores.items() if score >= least)
        return tuple(_related(other, self._shared(paper, other)) for _, other in ranked[:limit])

    def _close(self, features: Sequence[str]) -> set[str]:
        """The papers that have one of the people, or two of the words."""
        close: set[str] = set()
        seen: set[str] = set()
        for feature in features:
            others = self._postings[feature]
            if feature.startswith("@"):
                close.update(others)
            else:
                close.update(seen.intersection(others))
                seen.update(others)
        return close

    def _shared(self, paper: Paper, other: str) -> list[str]:
        others = set(self._features[other])
        return [f for f in self._features[paper.id] if f in others and f in self._postings]


@dataclass(frozen=True, slots=True)
class Neighbouring:
    """The papers beside one in the list of somebody's papers, None at either end."""

    person: str
    newer: str | None
    older: str | None


class Neighbours:
    """Finds the papers before and after one, among those of one of its authors.

    That is the first whose profile was read, else the first author who has other papers.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._people = catalogue.people
        self._places: dict[str, Mapping[str, int]] = {}

    def of(self, paper: Paper) -> Neighbouring | None:
        """None for a paper whose authors have no other."""
        person = self._guide(paper)
        if person is None:
            return None
        papers = self._people[person].papers
        places = self._places.get(person)
        if places is None:
            places = self._places[person] = {p: i for i, p in enumerate(papers)}
        place = places[paper.id]
        newer = papers[place - 1] if place else None
        older = papers[place + 1] if place + 1 < len(papers) else None
        return Neighbouring(person, newer, older)

    def _guide(self, paper: Paper) -> str | None:
        productive = [p for p in paper.people[:LARGEST_TEAM] if len(self._people[p].papers) > 1]
        profiled = (person for person in productive if self._people[person].profiles)
        return next(profiled, productive[0] if productive else None)


def _features(paper: Paper) -> Sequence[str]:
    """People (`@id`) and telling title words of a paper, each once, in order."""
    words = _WORD.findall(paper.plain_title[:500].casefold())
    telling = (w for w in words if len(w) > 2 and w not in STOP_WORDS and not w.isdigit())
    return tuple(dict.fromkeys((*(f"@{person}" for person in paper.people), *telling)))


def _related(paper: str, features: Sequence[str]) -> Related:
    return Related(
        paper,
        shared_people=tuple(f[1:] for f in features if f.startswith("@")),
        shared_words=tuple(f for f in features if not f.startswith("@")),
    )


def subjects_of(catalogue: Catalogue, papers: Sequence[str]) -> Mapping[str, int]:
    """Number of papers by subject class, most first."""
    counts = Counter(catalogue.papers[p].subject for p in papers)
    ranked = sorted((s for s in counts if s), key=lambda s: (-counts[s], s))
    return {subject: counts[subject] for subject in ranked}
