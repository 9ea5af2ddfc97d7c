"""Which records are one paper."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from generator.dates import PartialDate
from generator.errors import Problem
from generator.names import name_key, person_key, short_name, split_number
from generator.records import PaperRecord, Provenance
from generator.tex import plain_text

Work = tuple[PaperRecord, ...]
"""Records of one paper, in the order of `record_order`."""


@lru_cache(maxsize=262_144)
def title_key(title: str) -> str:
    """Form under which two printings of one title are equal: letters and digits alone.

    TeX becomes plain text first, and Unicode compatibility forms are folded, so that
    `ReLU$^2$ Wins` and `ReLU² wins!` are one title. Never empty.
    """
    folded = unicodedata.normalize("NFKC", plain_text(title)).casefold()
    return "".join(filter(str.isalnum, folded)) or folded.strip() or title.strip()


def record_order(record: PaperRecord) -> tuple[object, ...]:
    """A total order of records that does not depend on the order in which they were read."""
    date = record.date.sort_key if record.date else (0, 0, 0)
    return (
        date,
        title_key(record.title),
        record.title,
        record.authors,
        record.truncated,
        record.provenance.origin,
        record.provenance.line,
    )


def group_records(records: Iterable[PaperRecord]) -> tuple[list[Work], list[Problem]]:
    """Put the records of one paper together; the result does not depend on their order.

    One paper has one normalised title, one year as far as it is written, and the same first
    author; with the same full date, any author in common is enough. So is the same DOI or arXiv
    id, with the same title or the same first author. Papers that agree in title and first author
    but not in year stay apart, and so do those that agree in title and year but not in first
    author; a note says so.
    """
    by_title: dict[str, list[PaperRecord]] = defaultdict(list)
    for record in records:
        by_title[title_key(record.title)].append(record)
    works: list[Work] = []
    problems: list[Problem] = []
    for same_title in by_title.values():
        if len(same_title) == 1:
            works.append(tuple(same_title))
            continue
        groups = _same_work(sorted(same_title, key=record_order))
        works.extend(groups)
        problems.extend(_doubts(groups))
    works, more = _join_identified(works)
    problems += more
    for work in works:
        if len(work) > 1:
            problems.extend(_repeats(work))
    works.sort(key=lambda work: record_order(work[0]))
    return works, problems


def _join_identified(works: Sequence[Work]) -> tuple[list[Work], list[Problem]]:
    """Join works of different titles that have one identifier and one first author."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, work in enumerate(works):
        for identifier in {i for record in work for i in identifiers_of(record)}:
            by_id[identifier].append(index)
    sets = DisjointSets(len(works))
    problems = []
    for identifier, indices in sorted(by_id.items()):
        first, *others = sorted(indices, key=lambda index: record_order(works[index][0]))
        for other in others:
            if _first_author(works[first]) == _first_author(works[other]) != "":
                sets.join(first, other)
            else:
                problems.append(_shared_identifier(identifier, works[other][0], works[first][0]))
    joined: dict[int, list[PaperRecord]] = defaultdict(list)
    for index, work in enumerate(works):
        joined[sets.root(index)].extend(work)
    return [tuple(sorted(group, key=record_order)) for group in joined.values()], problems


def _first_author(work: Work) -> str:
    return name_key(work[0].authors[0]) if work[0].authors else ""


def _shared_identifier(identifier: str, record: PaperRecord, other: PaperRecord) -> Problem:
    here, there = record.provenance, other.provenance
    message = (
        f"{identifier} is also that of the paper at {there}, whose title and first author are "
        "others: kept as two papers"
    )
    return Problem(here.origin, here.line, message, record.title)


class DisjointSets:
    """Which of some numbered things belong together; joining and asking take almost no time."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, index: int) -> int:
        """The thing that stands for all that belong to this one."""
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        """From now on these two belong together."""
        self._parent[self.root(other)] = self.root(one)


def _same_work(records: Sequence[PaperRecord]) -> list[Work]:
    """Records of one title, joined where they share a piece of evidence; near-linear."""
    sets = DisjointSets(len(records))
    seen: dict[object, int] = {}
    first_author = _first_author_keys(records)
    for index, record in enumerate(records):
        for evidence in (("year", first_author(record), written_year(record)), *_evidence(record)):
            sets.join(seen.setdefault(evidence, index), index)
    _join_undated(records, sets)
    groups: dict[int, list[PaperRecord]] = defaultdict(list)
    for index, record in enumerate(records):
        groups[sets.root(index)].append(record)
    return [tuple(group) for group in groups.values()]


def _first_author_keys(records: Sequence[PaperRecord]) -> Callable[[PaperRecord], str]:
    """Who the first author is: of namesakes to whom DBLP gives two numbers here, which one."""
    numbers: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.authors and split_number(record.authors[0])[1]:
            numbers[name_key(record.authors[0])].add(split_number(record.authors[0])[1])

    def key(record: PaperRecord) -> str:
        if not record.authors:
            return ""
        first = record.authors[0]
        return person_key(first) if len(numbers[name_key(first)]) > 1 else name_key(first)

    return key


def _evidence(record: PaperRecord) -> Iterator[object]:
    """What two records of one title may share instead of first author and year."""
    for identifier in identifiers_of(record):
        yield ("identifier", identifier)
    if record.date and record.date.day and written_year(record):
        for author in record.authors:
            yield ("date", name_key(author), record.date)


def _join_undated(records: Sequence[PaperRecord], sets: DisjointSets) -> None:
    """A record whose year is not written joins the one work it can belong to, if it is one."""
    by_author: dict[str, set[int]] = defaultdict(set)
    for index, record in enumerate(records):
        if record.authors and written_year(record) is not None:
            by_author[name_key(record.authors[0])].add(sets.root(index))
    for index, record in enumerate(records):
        if not record.authors or written_year(record) is not None:
            continue
        candidates = {sets.root(c) for c in by_author[name_key(record.authors[0])]}
        if len(candidates) == 1:
            (root,) = candidates
            work = [other for place, other in enumerate(records) if sets.root(place) == root]
            if _may_be(record, work):
                sets.join(root, index)


def _may_be(undated: PaperRecord, work: Sequence[PaperRecord]) -> bool:
    """Whether a record without a written year can be of a day that a work with a year has.

    The month of a publication in a venue is that of a meeting or an issue, and says nothing here.
    """
    seen = [record for record in work if record.publication.venue is None]
    days = [record for record in seen if record.date and record.date.day]
    compared = days or seen
    return not compared or any(_fits(undated.date, record.date) for record in compared)


def _fits(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates can be one, as far as month and day are known of both."""
    if one is None or other is None:
        return True
    pairs = ((one.month, other.month), (one.day, other.day))
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def written_year(record: PaperRecord) -> int | None:
    """The year that the source itself states."""
    if record.date is None or record.reason_inferred("date"):
        return None
    return record.date.year


def _doubts(works: Sequence[Work]) -> Iterator[Problem]:
    """A note for works of one title that may be one: same first author, or same year."""
    by_author: dict[str, list[Work]] = defaultdict(list)
    by_year: dict[int | None, list[Work]] = defaultdict(list)
    for work in works:
        if work[0].authors:
            by_author[name_key(work[0].authors[0])].append(work)
        for year in {written_year(record) for record in work} - {None}:
            by_year[year].append(work)
    for same in by_author.values():
        for work in same[1:]:
            yield _doubt(work[0], same[0][0], "first author", "another year")
    for _, same in sorted(by_year.items(), key=lambda item: item[0] or 0):
        for work in same[1:]:
            if _share_author(work, same[0]):
                yield _doubt(work[0], same[0][0], "year", "another first author")


def _doubt(record: PaperRecord, other: PaperRecord, same: str, different: str) -> Problem:
    here, there = record.provenance, other.provenance
    message = f"title and {same} as at {there}, but {different}: kept as two papers"
    return Problem(here.origin, here.line, message, record.title)


def _share_author(one: Work, other: Work) -> bool:
    """Whether some name of one may be a name of the other: equal, or with equal initials."""
    names = {short_name(name) for record in one for name in record.authors}
    return any(short_name(name) in names for record in other for name in record.authors)


def _repeats(work: Work) -> Iterator[Problem]:
    """A note for each record that one profile lists again."""
    places: dict[str, Provenance] = {}
    for record in sorted(work, key=_place):
        here, key = record.provenance, record.profile or record.provenance.origin
        first = places.setdefault(key, here)
        if first != here:
            message = f"listed twice: the paper at {first} stands here again; merged into one"
            yield Problem(here.origin, here.line, message, record.title)


def _place(record: PaperRecord) -> tuple[str, int]:
    return (record.provenance.origin, record.provenance.line)


def identifiers_of(record: PaperRecord) -> tuple[str, ...]:
    """Identifiers that only one paper has, in words."""
    publication = record.publication
    # DOIs are the same in capitals (https://www.doi.org/doi-handbook/HTML/index.html, 3.4).
    doi = (f"the DOI {publication.doi.lower()}",) if publication.doi else ()
    arxiv = (f"the arXiv id {publication.arxiv}",) if publication.arxiv else ()
    return (*doi, *arxiv)
