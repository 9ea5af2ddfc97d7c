"""Networks of people who wrote together: somebody's co-authors, and everybody with a profile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.catalogue.model import Catalogue, Paper, Person
from generator.catalogue.relations import LARGEST_TEAM, co_authors


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a network: all papers of his, and those shared with the one in the middle."""

    person: str
    name: str
    papers: int
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people, and how many papers they share."""

    people: tuple[str, str]
    papers: int


@dataclass(frozen=True, slots=True)
class Network:
    """People and the ties among them, those with most shared papers first.

    `centre` is whose network it is, None where it is nobody's; he is no member, and his ties are
    the `shared` of the members. `total` counts the people that could be members.
    """

    centre: Member | None
    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    total: int


def neighbourhood(catalogue: Catalogue, person: str, limit: int = 24) -> Network:
    """The co-authors of a person with most shared papers, and how they are tied to each other.

    Who is a co-author, and by which papers, is what `co_authors` says. Ties count the papers that
    two of them wrote together with the person, no others: that takes time linear in his papers.
    """
    people = catalogue.people
    found = co_authors(catalogue, person)
    members = tuple(_member(people[other.person], other.papers) for other in found.shown[:limit])
    papers = (catalogue.papers[paper] for paper in people[person].papers)
    return Network(
        centre=_member(people[person]),
        members=members,
        ties=_ties(papers, [member.person for member in members]),
        total=found.total,
    )


def profiled_map(catalogue: Catalogue, limit: int = 60) -> Network:
    """People whose profile was read, those with most papers first, and the papers they share.

    Those who share none with anybody are members too. Nobody of them is an organisation: whoever
    has a profile is taken for a person.
    """
    profiled = catalogue.profiled
    ranked = sorted(profiled, key=lambda p: (-len(p.papers), p.name, p.id))[:limit]
    theirs = dict.fromkeys(paper for person in ranked for paper in person.papers)
    return Network(
        centre=None,
        members=tuple(map(_member, ranked)),
        ties=_ties((catalogue.papers[paper] for paper in theirs), [p.id for p in ranked]),
        total=len(profiled),
    )


def _member(person: Person, shared: int = 0) -> Member:
    return Member(person.id, person.name, len(person.papers), shared)


def _ties(papers: Iterable[Paper], people: Sequence[str]) -> tuple[Tie, ...]:
    """How many of the papers each two of the people share: most first, then by their order."""
    places = {person: place for place, person in enumerate(people)}
    counts: Counter[tuple[int, int]] = Counter()
    for paper in papers:
        if len(paper.authors) <= LARGEST_TEAM:
            present = sorted(places[person] for person in paper.people if person in places)
            counts.update(combinations(present, 2))
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tie((people[a], people[b]), papers) for (a, b), papers in ranked)
