"""Which records are one paper, and what that paper is when its records are put together."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.dates import PartialDate
from generator.errors import Problem
from generator.names import name_key
from generator.records import Inferred, NameAsPrinted, PaperRecord, Provenance
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
    return "".join(filter(str.isalnum, folded)) or title.strip()


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
    author; with the same full date, any author in common is enough. Papers that agree in title
    and first author but not in year stay apart, and a note says so.
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
        for work in groups:
            problems.extend(_repeats(work))
    works.sort(key=lambda work: record_order(work[0]))
    return works, problems


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
    return (undated.date.month, undated.date.day) == (dated.date.month, dated.date.day)


def _written_year(record: PaperRecord) -> int | None:
    if record.date is None or record.reason_inferred("date"):
        return None
    return record.date.year


def _doubts(works: Sequence[Work]) -> Iterator[Problem]:
    """A note for works of one title and one first author: two papers, or one with two years."""
    by_author: dict[str, list[Work]] = defaultdict(list)
    for work in works:
        if work[0].authors:
            by_author[name_key(work[0].authors[0])].append(work)
    for same in by_author.values():
        for work in same[1:]:
            here, other = work[0].provenance, same[0][0].provenance
            message = f"title and first author as at {other}, but another year: kept as two papers"
            yield Problem(here.origin, here.line, message, work[0].title)


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


def merge_work(work: Work) -> MergedFields:
    """Choose, field by field, the fullest and surest value that a record has.

    A complete author list beats a cut one, a longer one a shorter one; a written date beats an
    inferred one, an earlier one a later one; an author's abstract beats a summary.
    """
    lists = max(work, key=lambda r: (not r.truncated, len(r.authors)))
    dated = [r for r in work if r.date]
    date = min(dated, key=_date_trust, default=None)
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
    )


def _date_trust(record: PaperRecord) -> tuple[bool, tuple[int, int, int]]:
    date = record.date.sort_key if record.date else (0, 0, 0)
    return (record.reason_inferred("date") is not None, date)


def _merge_reason(work: Work) -> str | None:
    if len(work) == 1:
        return None
    if len({(r.authors[:1], r.date) for r in work}) == 1:
        return "same title, first author and date"
    if len({r.authors[:1] for r in work}) == 1:
        return "same title and first author, no other year written"
    return "same title and date, authors in common"
