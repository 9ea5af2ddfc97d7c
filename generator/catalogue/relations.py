"""What relates people and papers: who wrote with whom, and which papers are close."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from generator.catalogue.model import Catalogue, Paper
from generator.identifiers import STOP_WORDS

_WORD = re.compile(r"\w+")
COMMON = 40
"""A title word or an author on more papers than that says little about any of them; leaving
such ones out keeps the work of `RelatedPapers` linear in the number of papers."""


@dataclass(frozen=True, slots=True)
class CoAuthor:
    """Somebody who shares papers with a person, and how many."""

    person: str
    papers: int


def co_authors(catalogue: Catalogue, person: str) -> tuple[CoAuthor, ...]:
    """Persons on papers of `person`, most shared papers first, then by name.

    Organisations are none, and neither is anyone whom "et al." hides, unless his own profile
    lists the paper.
    """
    counts: Counter[str] = Counter()
    for paper in catalogue.people[person].papers:
        counts.update(catalogue.papers[paper].people)
    del counts[person]
    people = catalogue.people
    found = [CoAuthor(p, n) for p, n in counts.items() if not people[p].is_organisation]
    return tuple(sorted(found, key=lambda c: (-c.papers, people[c.person].name, c.person)))


@dataclass(frozen=True, slots=True)
class Related:
    """A paper close to another, and why."""

    paper: str
    shared_people: tuple[str, ...]
    shared_words: tuple[str, ...]


class RelatedPapers:
    """Papers that share rare authors and rare title words, best first.

    Each shared author or word counts by how rare it is (inverse document frequency).
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
        for feature in self._features[paper.id]:
            weight = self._weights.get(feature, 0.0)
            for other in self._postings.get(feature, ()):
                scores[other] += weight
        scores.pop(paper.id, None)
        # Most candidates share one feature: only those that can be among the best are sorted.
        least = min(nlargest(limit, scores.values()), default=0.0)
        ranked = sorted((-score, other) for other, score in scores.items() if score >= least)
        return tuple(_related(other, self._shared(paper, other)) for _, other in ranked[:limit])

    def _shared(self, paper: Paper, other: str) -> list[str]:
        others = set(self._features[other])
        return [f for f in self._features[paper.id] if f in others and f in self._postings]


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
