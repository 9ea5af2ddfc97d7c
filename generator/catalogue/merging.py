"""What a paper is when its records are put together, and where they contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.papers import Work, title_key, written_year
from generator.catalogue.publications import merge_publications
from generator.dates import PartialDate
from generator.errors import Problem
from generator.names import display_name, name_key, short_name
from generator.records import Inferred, NameAsPrinted, PaperRecord, Publication


def note_conflicts(work: Work) -> Iterator[Problem]:
    """A note for each thing in which the records of one paper contradict each other."""
    whole = _fullest_list(work)
    years = {written_year(r): r for r in reversed(work) if written_year(r) is not None}
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


def _merge_reason(work: Work) -> str | None:
    if len(work) == 1:
        return None
    same = [what for what, values in _traits(work) if len(values) == 1 and None not in values]
    years = {written_year(record) for record in work}
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
    yield ("date", dates) if len(dates) == 1 else ("year", {written_year(r) for r in work})
    yield "DOI", {record.publication.doi for record in work}
    yield "arXiv id", {record.publication.arxiv for record in work}


def _listed(things: Sequence[str]) -> str:
    """`title`, `title and date`, `title, first author and date`."""
    *most, last = things or ["identifier"]
    return f"{', '.join(most)} and {last}" if most else last
