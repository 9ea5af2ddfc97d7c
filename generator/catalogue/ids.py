"""Permanent ids, frozen in `content/ids.lock`: chosen once, found again in every later build.

The lock is a text file of tab-separated lines, sorted, one a page, made to be committed:

    paper     <id>  <citation key>  <title>  <first author>  <year>  <authors and date>
    person    <id>  <name key>
    redirect  <former address>  <present address>
    identifier  <DOI, arXiv id or key in a bibliography>  <id>

Title and authors stand as fingerprints. A paper is found again by title, first author and year of
any of its records; failing that (its title was changed) by an identifier; failing that by title and
first author; failing that by authors and date. A line is never taken out: an id that no paper has
any more stays reserved, and papers that were merged by mistake get their own ids back when they are
two again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from typing import TypeVar

from generator.errors import Problem
from generator.identifiers import fingerprint, is_slug

HEADER = (
    "# Addresses and citation keys of every page that was ever published.\n"
    "# Commit this file with your content. Written by authorpages: do not edit.\n"
)
NO_YEAR = "-"
NO_SIGNATURE = "-"
"""Of a paper without a day: authors alone do not tell it from their other papers."""
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
        """Fingerprints of a normalised title, name keys in order, a written year, month and day.

        `date` is month and day alone, for the year may be inferred; "" when they are not known.
        """
        return cls(
            title=fingerprint(title_key),
            first_author=fingerprint(authors[0] if authors else ""),
            year=str(year) if year else NO_YEAR,
            signature=fingerprint("\n".join((*authors, date))) if date else NO_SIGNATURE,
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
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Ids of papers by identifier."""

    @property
    def text(self) -> str:
        """The file's content; the same ids give the same bytes."""
        rows = [
            "\t".join(["paper", p.id, p.citation_key, *astuple(t)]) for p, t in self.papers.items()
        ]
        rows += [f"person\t{person}\t{key}" for key, person in self.people.items()]
        rows += [f"redirect\t{old}\t{new}" for old, new in self.redirects.items()]
        rows += [f"identifier\t{name}\t{paper}" for name, paper in self.identifiers.items()]
        return HEADER + "".join(row + "\n" for row in sorted(rows))


EMPTY_LOCK = IdLock({}, {}, {})


def parse_lock(text: str, origin: str) -> tuple[IdLock, tuple[Problem, ...]]:
    """Read a lock file; a line that is not understood is a problem, and the rest holds."""
    reader = _LockReader()
    problems = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        fault = reader.read(line) if line.strip() and not line.startswith("#") else None
        if fault:
            message = f"{fault}: restore the file from its last commit"
            problems.append(Problem(origin, number, message, line))
    lock = IdLock(reader.papers, reader.people, reader.redirects, reader.identifiers)
    return lock, tuple(problems)


class _LockReader:
    """Takes the lines of a lock one by one; an id or a citation key that is given twice, once."""

    def __init__(self) -> None:
        self.papers: dict[PaperId, PaperTrait] = {}
        self.people: dict[str, str] = {}
        self.redirects: dict[str, str] = {}
        self.identifiers: dict[str, str] = {}
        self._given: set[tuple[str, str]] = set()

    def read(self, line: str) -> str | None:
        """Take a line, or say what is wrong with it."""
        match line.split("\t"):
            case ["paper", paper, key, title, author, year, signature] if _are_slugs(paper, key):
                if not self._is_new(("paper", paper), ("key", key)):
                    return f"the id {paper!r} or the key {key!r} stands in a line above"
                self.papers[PaperId(paper, key)] = PaperTrait(title, author, year, signature)
            case ["person", person, key] if _are_slugs(person):
                if not self._is_new(("person", person), ("name", key)):
                    return f"the id {person!r} or the name {key!r} stands in a line above"
                self.people[key] = person
            case ["redirect", old, new] if _are_slugs(*old.split("/"), *new.split("/")):
                self.redirects[old] = new
            case ["identifier", name, paper] if name and _are_slugs(paper):
                if not self._is_new(("identifier", name)):
                    return f"the identifier {name!r} stands in a line above"
                self.identifiers[name] = paper
            case _:
                return "not a line of an id lock"
        return None

    def _is_new(self, *given: tuple[str, str]) -> bool:
        if not self._given.isdisjoint(given):
            return False
        self._given.update(given)
        return True


def _are_slugs(*parts: str) -> bool:
    return all(map(is_slug, parts))


def find_papers(
    records: Sequence[Sequence[PaperTrait]],
    lock: IdLock,
    identifiers: Mapping[str, int] | None = None,
) -> tuple[dict[int, PaperId], dict[str, int]]:
    """Known ids by index into `records`, and ids that now belong to another's paper.

    `records` are the traits of each paper as a whole, then those of its records; `identifiers` are
    those that only one paper has, with its index. The second
    mapping holds ids of which the paper was merged into that of an index: its former address must
    lead there.
    """
    search = _Search(records)
    unclaimed = [(p, t) for p, t in lock.papers.items() if not search.claim(p, search.same(t))]
    known = _only_identifiers(lock, identifiers or {})
    unclaimed = [
        (paper, trait)
        for paper, trait in unclaimed
        if not search.claim(
            paper, known.get(paper.id) if known.get(paper.id) in search.free else None
        )
    ]
    unclaimed = search.claim_by(_title_and_author, unclaimed)
    unclaimed = search.claim_by(_signature, unclaimed)
    unclaimed = search.claim_by(_title_and_year, unclaimed)
    for paper, trait in unclaimed:
        search.claim(paper, search.only_of(trait))
    found: dict[int, PaperId] = {}
    moved: dict[str, int] = {}
    for index, papers in search.claims.items():
        whole = records[index][0]
        own, *others = sorted(papers, key=lambda p: (_exact(lock.papers[p]) != _exact(whole), p.id))
        found[index] = own
        moved |= {other.id: index for other in others}
    return found, moved


class _Search:
    """Which known papers are which of the papers that were read."""

    def __init__(self, records: Sequence[Sequence[PaperTrait]]) -> None:
        self.claims: dict[int, list[PaperId]] = defaultdict(list)
        self._records = records
        self._exact: dict[Hashable, int] = {}
        self._by_author: dict[Hashable, set[int]] = defaultdict(set)
        for index, traits in enumerate(records):
            for trait in traits:
                self._exact[_exact(trait)] = index
                self._by_author[_title_and_author(trait)].add(index)

    @property
    def free(self) -> Container[int]:
        """Papers that nobody claims, by index."""
        return set(range(len(self._records))) - self.claims.keys()

    def claim(self, paper: PaperId, index: int | None) -> bool:
        """Note that a known paper is the one of that index, if it is one."""
        if index is not None:
            self.claims[index].append(paper)
        return index is not None

    def same(self, trait: PaperTrait) -> int | None:
        """The one paper with this title and first author, and no other year."""
        exact = self._exact.get(_exact(trait))
        if exact is not None:
            return exact
        same = self._by_author.get(_title_and_author(trait), ())
        fit = [i for i in same if any(_years_fit(trait, r) for r in self._records[i])]
        return fit[0] if len(fit) == 1 else None

    def only_of(self, trait: PaperTrait) -> int | None:
        """The one paper with this title and first author, of whatever year."""
        same = self._by_author.get(_title_and_author(trait), ())
        return next(iter(same)) if len(same) == 1 else None

    def claim_by(
        self,
        key: Callable[[PaperTrait], Hashable | None],
        known: Sequence[tuple[PaperId, PaperTrait]],
    ) -> list[tuple[PaperId, PaperTrait]]:
        """Claim papers that nobody claims by a key that one alone has on both sides; the rest."""
        free = (i for i in range(len(self._records)) if i not in self.claims)
        wanted = _unique((key(self._records[i][0]), i) for i in free)
        offered = _unique((key(trait), paper) for paper, trait in known)
        rest = []
        for paper, trait in known:
            index = wanted.get(key(trait)) if key(trait) in offered else None
            if not self.claim(paper, index):
                rest.append((paper, trait))
        return rest


def _only_identifiers(lock: IdLock, identifiers: Mapping[str, int]) -> dict[str, int]:
    """The index of the one paper that has the identifiers of a known id."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, paper in lock.identifiers.items():
        if name in identifiers:
            found[paper].add(identifiers[name])
    return {paper: next(iter(places)) for paper, places in found.items() if len(places) == 1}


def _exact(trait: PaperTrait) -> Hashable:
    return (trait.title, trait.first_author, trait.year)


def _title_and_author(trait: PaperTrait) -> Hashable:
    return (trait.title, trait.first_author)


def _title_and_year(trait: PaperTrait) -> Hashable | None:
    """Finds a paper again whose first author's name was corrected."""
    return None if trait.year == NO_YEAR else (trait.title, trait.year)


def _signature(trait: PaperTrait) -> Hashable | None:
    return None if trait.signature == NO_SIGNATURE else (trait.year, trait.signature)


def _years_fit(one: PaperTrait, other: PaperTrait) -> bool:
    return one.year == other.year or NO_YEAR in (one.year, other.year)


def _unique(pairs: Iterable[tuple[Hashable | None, _Item]]) -> dict[Hashable, _Item]:
    """Items by key, for keys that one item alone has."""
    items: dict[Hashable, list[_Item]] = defaultdict(list)
    for key, item in pairs:
        if key is not None:
            items[key].append(item)
    return {key: found[0] for key, found in items.items() if len(found) == 1}


def taken_ids(lock: IdLock) -> set[str]:
    """Ids of papers that no new paper may have."""
    former = (old.removeprefix("papers/") for old in lock.redirects if old.startswith("papers/"))
    return {paper.id for paper in lock.papers} | set(former)


def join_redirects(
    known: Mapping[str, str], new: Mapping[str, str], live: Container[str]
) -> dict[str, str]:
    """Former addresses with those that they lead to: the known ones, and over them the new ones.

    An address that is `live` leads nowhere else. Where it led to one that is not, the two were one
    page: the way is turned round.
    """
    redirects: dict[str, str] = {}
    for old, target in {**known, **new}.items():
        if old not in live:
            redirects[old] = target
        elif target not in live:
            redirects.setdefault(target, old)
    return follow_redirects(redirects)


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
