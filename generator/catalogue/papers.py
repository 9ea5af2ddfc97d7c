"""Which records are one paper."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from generator.dates import PartialDate
from generator.errors import Problem
from generator.names import has_initials, name_key, person_key, short_name, split_number
from generator.records import PaperRecord, Provenance
from generator.tex import plain_text

_WORD = re.compile(r"\w+")
_MOST_APART = 50
"""Papers with one identifier that a further one is compared with: a placeholder that was left in a
template may stand in thousands."""
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
    author, who may stand with initials where all names fit; with the same full date, any author in
    common is enough. So is the same DOI or arXiv id with the same title, or with the same first
    author and an alike title or the same year. Publications with two DOIs stay apart, and so do
    papers that agree in title and first author but not in year, and in title and year but not in
    first author; a note says so.
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
    """Join works of different titles that have one identifier and one first author.

    Their titles must be alike, or their years the same: an identifier is easily copied with an
    entry that somebody then fills in anew.
    """
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, work in enumerate(works):
        for identifier in {i for record in work for i in identifiers_of(record)}:
            by_id[identifier].append(index)
    sets = DisjointSets(len(works))
    problems = []
    for identifier, indices in sorted(by_id.items()):
        ranked = sorted(indices, key=lambda index: record_order(works[index][0]))
        apart: list[int] = []
        for index in ranked:
            same = (i for i in apart[:_MOST_APART] if _may_be_joined(works[i], works[index]))
            first = next(same, None)
            if first is not None:
                sets.join(first, index)
                continue
            if apart:
                there = works[apart[0]][0]
                problems.append(_shared_identifier(identifier, works[index][0], there))
            apart.append(index)
    joined: dict[int, list[PaperRecord]] = defaultdict(list)
    for index, work in enumerate(works):
        joined[sets.root(index)].extend(work)
    return [tuple(sorted(group, key=record_order)) for group in joined.values()], problems


def _may_be_joined(one: Work, other: Work) -> bool:
    """Whether two works that share an identifier can be one paper."""
    if _first_author(one) != _first_author(other) or not _first_author(one):
        return False
    dois = [_dois_of_publications(work) for work in (one, other)]
    if all(dois) and dois[0].isdisjoint(dois[1]):
        return False
    years = {written_year(record) for record in one} & {written_year(record) for record in other}
    return bool(years - {None}) or _alike(one[0].title, other[0].title)


def _dois_of_publications(work: Work) -> set[str]:
    """The DOIs of publications in a venue, each of which is a paper of its own."""
    found = (_doi_of_publication(record) for record in work)
    return {doi for doi in found if doi}


def _doi_of_publication(record: PaperRecord) -> str | None:
    publication = record.publication
    return publication.doi.lower() if publication.doi and publication.venue else None


def _alike(one: str, other: str) -> bool:
    """Whether half of the words of the shorter title stand in the other."""
    words, others = (set(_WORD.findall(plain_text(title).casefold())) for title in (one, other))
    return 2 * len(words & others) >= min(len(words), len(others))


def _first_author(work: Work) -> str:
    return next((name_key(record.authors[0]) for record in work if record.authors), "")


def _shared_identifier(identifier: str, record: PaperRecord, other: PaperRecord) -> Problem:
    here, there = record.provenance, other.provenance
    message = (
        f"{identifier} is also that of {plain_text(other.title)[:80]!r} at {there}, which is "
        "another paper by its title, first author or DOI: kept as two papers"
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
    _join_initials(records, sets)
    _join_undated(records, sets)
    groups: dict[int, list[PaperRecord]] = defaultdict(list)
    for index, record in enumerate(records):
        groups[sets.root(index)].append(record)
    return [work for group in groups.values() for work in _apart_by_doi(group)]


def _apart_by_doi(records: Sequence[PaperRecord]) -> list[Work]:
    """The records as one work, or one for each DOI of a publication in a venue.

    Two such DOIs are two publications, an article after a paper at a meeting or two editorials.
    What has none of its own stays with the first.
    """
    buckets: dict[str, list[PaperRecord]] = {}
    rest: list[PaperRecord] = []
    for record in records:
        doi = _doi_of_publication(record)
        (buckets.setdefault(doi, []) if doi else rest).append(record)
    if len(buckets) < 2:
        return [tuple(records)]
    first, *others = buckets.values()
    return [tuple(sorted((*first, *rest), key=record_order)), *map(tuple, others)]


def _join_initials(records: Sequence[PaperRecord], sets: DisjointSets) -> None:
    """A record with initials joins the one work of its year whose names they can stand for."""
    in_full: dict[tuple[object, ...], list[int]] = defaultdict(list)
    shortened = []
    for index, record in enumerate(records):
        if record.authors and has_initials(record.authors[0]):
            shortened.append(index)
        elif record.authors and written_year(record) is not None:
            in_full[(*short_name(record.authors[0]), written_year(record))].append(index)
    works = {key: {sets.root(index) for index in found} for key, found in in_full.items()}
    for index in shortened:
        record = records[index]
        key = (*short_name(record.authors[0]), written_year(record))
        if len(works.get(key, ())) == 1 and _names_fit(record, records[in_full[key][0]]):
            sets.join(in_full[key][0], index)


def _names_fit(one: PaperRecord, other: PaperRecord) -> bool:
    """Whether two author lists agree by family name and initial, as far as both are printed."""
    if not (one.truncated or other.truncated) and len(one.authors) != len(other.authors):
        return False
    pairs = zip(one.authors, other.authors, strict=False)
    return all(short_name(name) == short_name(same) for name, same in pairs)


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
    members: dict[int, list[PaperRecord]] = defaultdict(list)
    for index, record in enumerate(records):
        members[sets.root(index)].append(record)
        if record.authors and written_year(record) is not None:
            by_author[name_key(record.authors[0])].add(sets.root(index))
    for index, record in enumerate(records):
        if not record.authors or written_year(record) is not None:
            continue
        candidates = by_author[name_key(record.authors[0])]
        if len(candidates) == 1:
            (root,) = candidates
            if _may_be(record, members[root]):
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
        if _first_author(work):
            by_author[_first_author(work)].append(work)
        for year in {written_year(record) for record in work} - {None}:
            by_year[year].append(work)
    for same in by_author.values():
        for work in same[1:]:
            yield _doubt(work[0], same[0][0], "first author", _difference(work, same[0]))
    for _, same in sorted(by_year.items(), key=lambda item: item[0] or 0):
        for work in same[1:]:
            if _first_author(work) != _first_author(same[0]) and _share_author(work, same[0]):
                yield _doubt(work[0], same[0][0], "year", "another first author")


def _difference(work: Work, other: Work) -> str:
    """Why works of one title and one first author are not one."""
    firsts = (record.authors[0] for record in (*work, *other) if record.authors)
    numbers = {split_number(name)[1] for name in firsts} - {""}
    if len(numbers) > 1:
        return "by another person of that name"
    years = [{written_year(record) for record in records} - {None} for records in (work, other)]
    return "another DOI" if years[0] & years[1] else "another year"


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
