"""Permanent ids, frozen in `content/ids.lock`: chosen once, found again in every later build.

The lock is a text file of tab-separated lines, sorted, one a page, made to be committed:

    paper     <id>  <citation key>  <title>  <first author>  <year>  <authors and date>
    person    <id>  <name key>
    redirect  <former address>  <present address>

Title and authors stand as fingerprints. A paper is found again by title, first author and year;
failing that by title and first author where a year is not known; failing that (its title was
changed) by authors and date. An id that no paper has any more stays reserved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.errors import Problem
from generator.identifiers import fingerprint

HEADER = (
    "# Addresses and citation keys of every page that was ever published.\n"
    "# Commit this file with your content. Written by authorpages: do not edit.\n"
)
NO_YEAR = "-"
_Item = TypeVar("_Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class PaperTrait:
    """By what a paper is found again in the next build."""

    title: str
    first_author: str
    year: str
    signature: str

    @classmethod
    def of(cls, title_key: str, authors: Sequence[str], year: int | None, date: str) -> PaperTrait:
        """Fingerprints of a normalised title, name keys in order, a written year and a date."""
        return cls(
            title=fingerprint(title_key),
            first_author=fingerprint(authors[0] if authors else ""),
            year=str(year) if year else NO_YEAR,
            signature=fingerprint("\n".join((*authors, date))),
        )


@dataclass(frozen=True, slots=True)
class PaperId:
    """The permanent id and citation key of one paper."""

    id: str
    citation_key: str


@dataclass(frozen=True, slots=True)
class IdLock:
    """What `content/ids.lock` holds."""

    papers: Mapping[PaperId, PaperTrait]
    people: Mapping[str, str]
    """Ids by name key."""
    redirects: Mapping[str, str]

    @property
    def text(self) -> str:
        """The file's content; the same ids give the same bytes."""
        rows = [
            "\t".join(("paper", p.id, p.citation_key, t.title, t.first_author, t.year, t.signature))
            for p, t in self.papers.items()
        ]
        rows += [f"person\t{person}\t{key}" for key, person in self.people.items()]
        rows += [f"redirect\t{old}\t{new}" for old, new in self.redirects.items()]
        return HEADER + "".join(row + "\n" for row in sorted(rows))


EMPTY_LOCK = IdLock({}, {}, {})


def parse_lock(text: str, origin: str) -> tuple[IdLock, tuple[Problem, ...]]:
    """Read a lock file; a line that is not understood is a problem, and the rest holds."""
    papers: dict[PaperId, PaperTrait] = {}
    people: dict[str, str] = {}
    redirects: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        match line.split("\t"):
            case ["paper", paper, key, title, author, year, signature]:
                papers[PaperId(paper, key)] = PaperTrait(title, author, year, signature)
            case ["person", person, key]:
                people[key] = person
            case ["redirect", old, new]:
                redirects[old] = new
            case _ if line.strip() and not line.startswith("#"):
                message = "not a line of an id lock: restore the file from its last commit"
                problems.append(Problem(origin, number, message, line))
    return IdLock(papers, people, redirects), tuple(problems)


def find_papers(
    traits: Sequence[PaperTrait], lock: IdLock
) -> tuple[dict[int, PaperId], dict[str, int]]:
    """Known ids by index into `traits`, and ids that now belong to another's paper.

    The second mapping holds ids of which the paper was merged into that of an index: its former
    address must lead there.
    """
    found: dict[int, PaperId] = {}
    open_ids = dict(lock.papers)
    open_traits = dict(enumerate(traits))

    def match(key: Callable[[PaperTrait], Hashable | None], *, any_year: bool = False) -> None:
        known = _unique({p: key(t) for p, t in open_ids.items()})
        wanted = _unique({i: key(t) for i, t in open_traits.items()})
        for value, index in wanted.items():
            paper = known.get(value)
            if paper is None or (any_year and not _years_fit(open_ids[paper], traits[index])):
                continue
            found[index] = paper
            del open_ids[paper], open_traits[index]

    match(lambda t: (t.title, t.first_author, t.year))
    match(lambda t: (t.title, t.first_author), any_year=True)
    match(lambda t: t.signature)
    same_work = {(t.title, t.first_author): index for index, t in enumerate(traits)}
    merged = {
        paper.id: same_work[t.title, t.first_author]
        for paper, t in open_ids.items()
        if (t.title, t.first_author) in same_work
        and _years_fit(t, traits[same_work[t.title, t.first_author]])
    }
    return found, merged


def _years_fit(one: PaperTrait, other: PaperTrait) -> bool:
    return one.year == other.year or NO_YEAR in (one.year, other.year)


def _unique(keys: Mapping[_Item, Hashable | None]) -> dict[Hashable, _Item]:
    """Items by key, for keys that one item alone has."""
    items: dict[Hashable, list[_Item]] = defaultdict(list)
    for item, key in keys.items():
        if key is not None:
            items[key].append(item)
    return {key: found[0] for key, found in items.items() if len(found) == 1}


def taken_ids(lock: IdLock) -> set[str]:
    """Ids of papers that no new paper may have."""
    former = (old.removeprefix("papers/") for old in lock.redirects if old.startswith("papers/"))
    return {paper.id for paper in lock.papers} | set(former)


def follow_redirects(redirects: Mapping[str, str]) -> dict[str, str]:
    """Each former address with the address at the end of its chain; loops are cut."""
    final = {}
    for old in redirects:
        target, seen = redirects[old], {old}
        while target in redirects and target not in seen:
            seen.add(target)
            target = redirects[target]
        if target != old:
            final[old] = target
    return final
