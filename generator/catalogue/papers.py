"""Which records are one paper, and what that paper is when its records are put together."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.catalogue.publications import merge_publications
from generator.dates import PartialDate
from generator.errors import Problem
from generator.names import display_name, name_key, parse_name
from generator.records import Inferred, NameAsPrinted, PaperRecord, Provenance, Publication
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
            problems.extend(note_conflicts(work))
    works.sort(key=lambda work: record_order(work[0]))
    return works, problems


def _join_identified(works: Sequence[Work]) -> tuple[list[Work], list[Problem]]:
    """Join works of different titles that have one identifier and one first author."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, work in enumerate(works):
        for identifier in sorted({i for record in work for i in identifiers_of(record)}):
            by_id[identifier].append(index)
    target = list(range(len(works)))
    problems = []
    for identifier, indices in by_id.items():
        first, *others = sorted(indices, key=lambda index: record_order(works[index][0]))
        for other in others:
            if target[first] == target[other]:
                continue
            if _first_author(works[first]) == _first_author(works[other]):
                old, new = target[other], target[first]
                target = [new if index == old else index for index in target]
            else:
                problems.append(_shared_identifier(identifier, works[other][0], works[first][0]))
    if target == list(range(len(works))):
        return list(works), problems
    joined: dict[int, list[PaperRecord]] = defaultdict(list)
    for index, work in enumerate(works):
        joined[target[index]].extend(work)
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


def _same_work(records: Sequence[PaperRecord]) -> list[Work]:
    """Records of one title, joined where they share a piece of evidence; near-linear."""
    parent = list(range(len(records)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    seen: dict[object, int] = {}
    for index, record in enumerate(records):
        for evidence in _evidence(record):
            first = seen.setdefault(evidence, index)
            parent[root(index)] = root(first)
    _join_undated(records, root, parent)
    groups: dict[int, list[PaperRecord]] = defaultdict(list)
    for index, record in enumerate(records):
        groups[root(index)].append(record)
    return [tuple(group) for group in groups.values()]


def _evidence(record: PaperRecord) -> Iterator[object]:
    """What two records of one title must share to be one paper."""
    first = name_key(record.authors[0]) if record.authors else ""
    yield ("year", first, _written_year(record))
    for identifier in identifiers_of(record):
        yield ("identifier", identifier)
    if record.date and record.date.day and _written_year(record):
        for author in record.authors:
            yield ("date", name_key(author), record.date)


def _join_undated(
    records: Sequence[PaperRecord], root: Callable[[int], int], parent: list[int]
) -> None:
    """A record whose year is not written joins the one work it can belong to, if it is one."""
    by_author: dict[str, set[int]] = defaultdict(set)
    for index, record in enumerate(records):
        if record.authors and _written_year(record) is not None:
            by_author[name_key(record.authors[0])].add(root(index))
    for index, record in enumerate(records):
        if not record.authors or _written_year(record) is not None:
            continue
        candidates = {root(c) for c in by_author[name_key(record.authors[0])]}
        if len(candidates) == 1 and _may_be(record, records[min(candidates)]):
            parent[root(index)] = candidates.pop()


def _may_be(undated: PaperRecord, dated: PaperRecord) -> bool:
    """Whether a record without a written year can be of the same day as one with a year."""
    if undated.date is None or dated.date is None:
        return True
    days = ((undated.date.month, dated.date.month), (undated.date.day, dated.date.day))
    return all(None in pair or pair[0] == pair[1] for pair in days)


def _written_year(record: PaperRecord) -> int | None:
    if record.date is None or record.reason_inferred("date"):
        return None
    return record.date.year


def _doubts(works: Sequence[Work]) -> Iterator[Problem]:
    """A note for works of one title that may be one: same first author, or same year."""
    by_author: dict[str, list[Work]] = defaultdict(list)
    by_year: dict[int, list[Work]] = defaultdict(list)
    for work in works:
        if work[0].authors:
            by_author[name_key(work[0].authors[0])].append(work)
        year = _written_year(work[0])
        if year is not None:
            by_year[year].append(work)
    for same in by_author.values():
        for work in same[1:]:
            yield _doubt(work[0], same[0][0], "first author", "another year")
    for same in by_year.values():
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


def note_conflicts(work: Work) -> Iterator[Problem]:
    """A note for each thing in which the records of one paper contradict each other."""
    whole = _fullest_list(work)
    years = {_written_year(r): r for r in reversed(work) if _written_year(r) is not None}
    chosen = _chosen_date(work)
    for year, record in sorted(years.items(), key=lambda item: item[0] or 0):
        if chosen is not None and chosen.date is not None and year != chosen.date.year:
            yield _conflict(record, chosen, f"the year {year} contradicts {chosen.date.year}")
    for record in work:
        if record.authors and whole.authors:
            first, other = record.authors[0], whole.authors[0]
            if name_key(first) != name_key(other):
                yield _conflict(record, whole, f"the first author {first} contradicts {other}")
        if not whole.truncated and record is not whole:
            known = {short_name(name) for name in whole.authors}
            missing = [name for name in record.authors if short_name(name) not in known]
            if missing:
                names = ", ".join(map(display_name, missing))
                yield _conflict(record, whole, f"the complete author list does not name {names}")
    yield from _conflicting_dois(work)


def _conflicting_dois(work: Work) -> Iterator[Problem]:
    with_doi = [record for record in work if record.publication.doi]
    for record in with_doi[1:]:
        mine, other = record.publication.doi, with_doi[0].publication.doi
        if mine != other:
            yield _conflict(record, with_doi[0], f"the DOI {mine} contradicts {other}")


def _conflict(record: PaperRecord, other: PaperRecord, what: str) -> Problem:
    here, there = record.provenance, other.provenance
    message = f"{what} at {there}: the records are one paper, and the latter holds"
    return Problem(here.origin, here.line, message, record.title)


@dataclass(frozen=True, slots=True)
class MergedFields:
    """What a paper's records say together."""

    title: str
    authors: tuple[NameAsPrinted, ...]
    truncated: bool
    date: PartialDate | None
    subject: str | None
    affiliations: tuple[str, ...]
    abstract: PaperRecord | None
    inferred: tuple[Inferred, ...]
    reason: str | None
    publication: Publication


def merge_work(work: Work) -> MergedFields:
    """Choose, field by field, the fullest and surest value that a record has.

    A complete author list beats a cut one, a longer one a shorter one; a written date beats an
    inferred one, that of a publication in a venue any other, an earlier year a later one, and a
    day within that year the year alone; an author's abstract beats a summary.
    """
    lists = _fullest_list(work)
    date = _chosen_date(work)
    with_abstract = [r for r in work if r.abstract]
    abstract = max(
        with_abstract,
        key=lambda r: (not r.abstract_is_summary, len(r.abstract or ""), r.abstract or ""),
        default=None,
    )
    subjects = Counter(r.subject for r in work if r.subject)
    chosen = {"title": work[0], "date": date}
    return MergedFields(
        title=work[0].title,
        authors=lists.authors,
        truncated=lists.truncated,
        date=date.date if date else None,
        subject=min(subjects, key=lambda s: (-subjects[s], s), default=None),
        affiliations=tuple(sorted({tag for r in work for tag in r.affiliations})),
        abstract=abstract,
        inferred=tuple(
            item
            for name, record in chosen.items()
            if record is not None
            for item in record.inferred
            if item.field == name
        ),
        reason=_merge_reason(work),
        publication=merge_publications([record.publication for record in work]),
    )


def _fullest_list(work: Work) -> PaperRecord:
    """The record whose author list holds."""
    return max(
        work,
        key=lambda r: (not r.truncated, len(r.authors), sum("," in name for name in r.authors)),
    )


def _chosen_date(work: Work) -> PaperRecord | None:
    """The record whose date holds, if any has one."""
    dated = [record for record in work if record.date]
    if not dated:
        return None
    first = min(dated, key=_date_trust)
    year = first.date.year if first.date else None
    same_year = [r for r in dated if r.date and r.date.year == year]
    trusted = [r for r in same_year if not r.reason_inferred("date")] or same_year
    return min(trusted, key=_precision)


def _date_trust(record: PaperRecord) -> tuple[bool, bool, tuple[int, int, int]]:
    date = record.date.sort_key if record.date else (0, 0, 0)
    inferred = record.reason_inferred("date") is not None
    return (inferred, record.publication.venue is None, date)


def _precision(record: PaperRecord) -> tuple[bool, bool, tuple[int, int, int]]:
    """Orders dates of one year: those with a day first, then those with a month; then by time."""
    _, month, day = record.date.sort_key if record.date else (0, 0, 0)
    return (day == 0, month == 0, (0, month, day))


def identifiers_of(record: PaperRecord) -> tuple[str, ...]:
    """Identifiers that only one paper has, in words."""
    publication = record.publication
    doi = (f"the DOI {publication.doi}",) if publication.doi else ()
    arxiv = (f"the arXiv id {publication.arxiv}",) if publication.arxiv else ()
    return (*doi, *arxiv)


@lru_cache(maxsize=262_144)
def short_name(name: str) -> tuple[str, str]:
    """Family name and first initial, under which `L. Liu` and `Liyuan Liu` may be one."""
    parts = parse_name(name)
    return (name_key(parts.family), name_key(parts.given)[:1])


def _merge_reason(work: Work) -> str | None:
    if len(work) == 1:
        return None
    same = [what for what, values in _traits(work) if len(values) == 1 and None not in values]
    years = {_written_year(record) for record in work}
    if "first author" in same and None in years and len(years) == 2:
        return f"same {_listed(same)}, no other year written"
    if "first author" not in same and same == ["title", "date"]:
        return "same title and date, authors in common"
    return f"same {_listed(same)}"


def _traits(work: Work) -> Iterator[tuple[str, set[object]]]:
    """What can be equal in all records of a paper, and its values in them."""
    yield "title", {title_key(record.title) for record in work}
    yield "first author", {name_key(r.authors[0]) if r.authors else None for r in work}
    dates: set[object] = {record.date for record in work}
    yield ("date", dates) if len(dates) == 1 else ("year", {_written_year(r) for r in work})
    yield "DOI", {record.publication.doi for record in work}
    yield "arXiv id", {record.publication.arxiv for record in work}


def _listed(things: Sequence[str]) -> str:
    """`title`, `title and date`, `title, first author and date`."""
    *most, last = things or ["identifier"]
    return f"{', '.join(most)} and {last}" if most else last
