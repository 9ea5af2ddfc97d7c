"""What a paper is when its records are put together, and where they contradict each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.papers import Work, title_key, written_year
from generator.catalogue.publications import merge_publications
from generator.dates import PartialDate
from generator.errors import Problem
from generator.names import display_name, has_initials, name_key, short_name
from generator.records import Inferred, NameAsPrinted, PaperRecord, Publication


def note_conflicts(work: Work) -> Iterator[Problem]:
    """A note for each thing in which the records of one paper contradict each other."""
    if len(work) == 1:
        return
    yield from _conflicting_years(work)
    whole = _fullest_list(work)
    for record in work:
        if record is not whole and record.authors and whole.authors:
            yield from _conflicting_authors(record, whole)
    yield from _conflicting_dois(work)


def _conflicting_years(work: Work) -> Iterator[Problem]:
    chosen = _chosen_date(work)
    first = {written_year(r): r for r in reversed(work)}
    for year, record in sorted(first.items(), key=lambda item: item[0] or 0):
        if year and chosen and chosen.date and year != chosen.date.year:
            yield _conflict(record, chosen, f"the year {year} contradicts {chosen.date.year}")


def _conflicting_authors(record: PaperRecord, whole: PaperRecord) -> Iterator[Problem]:
    first, other = record.authors[0], whole.authors[0]
    if not _may_be_one(first, other):
        names = f"{display_name(first)} contradicts {display_name(other)}"
        yield _conflict(record, whole, f"the first author {names}")
    elif not whole.truncated:
        known = {key for name in whole.authors for key in (name_key(name), short_name(name))}
        missing = [n for n in record.authors if known.isdisjoint((name_key(n), short_name(n)))]
        if missing:
            names = ", ".join(map(display_name, missing))
            yield _conflict(record, whole, f"the complete author list does not name {names}")


def _may_be_one(name: str, other: str) -> bool:
    """Whether two printings can be of one name: the same, or family name and initial are."""
    return name_key(name) == name_key(other) or short_name(name) == short_name(other)


def _conflicting_dois(work: Work) -> Iterator[Problem]:
    holds = merge_publications([record.publication for record in work]).doi
    chosen = next((r for r in work if holds and r.publication.doi == holds), None)
    for record in work:
        doi = record.publication.doi
        if chosen and holds and doi and doi.lower() != holds.lower():
            yield _conflict(record, chosen, f"the DOI {doi} contradicts {holds}")


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
    publication = merge_publications([record.publication for record in work])
    titled = _best_title(work, publication)
    chosen = {"title": titled, "date": date}
    return MergedFields(
        title=titled.title,
        authors=_names_in_full(work),
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
        publication=publication,
    )


def _best_title(work: Work, publication: Publication) -> PaperRecord:
    """The record whose title holds: that of the publication, printed with most capitals.

    Many tools lower-case titles, and none puts a capital where there was none; but a title in
    nothing but capitals says least.
    """
    stated = [r for r in work if publication.venue and r.publication.venue == publication.venue]
    key = title_key((stated or work)[0].title)
    same = [record for record in work if title_key(record.title) == key]
    return max(same, key=lambda record: _capitals(record.title))


def _capitals(title: str) -> int:
    return 0 if title.isupper() else sum(map(str.isupper, title))


def _fullest_list(work: Work) -> PaperRecord:
    """The record whose author list holds: complete, long, with names in full."""
    return max(
        work,
        key=lambda r: (
            bool(r.authors),
            not r.truncated,
            len(r.authors),
            sum(len(display_name(name)) for name in r.authors),
            sum("," in name for name in r.authors),
        ),
    )


def _names_in_full(work: Work) -> tuple[NameAsPrinted, ...]:
    """The author list that holds, each initial replaced where another record prints the name."""
    names = _fullest_list(work).authors
    if len(work) == 1:
        return names
    printed: dict[tuple[str, str], set[NameAsPrinted]] = defaultdict(set)
    for record in work:
        for name in record.authors:
            printed[short_name(name)].add(name)
    times = Counter(map(short_name, names))
    return tuple(
        _fuller(name, printed[short_name(name)]) if times[short_name(name)] == 1 else name
        for name in names
    )


def _fuller(name: NameAsPrinted, printed: Collection[NameAsPrinted]) -> NameAsPrinted:
    """The name that an initial stands for, where only one is printed; else the name itself."""
    if not has_initials(name):
        return name
    full = {name_key(other): other for other in sorted(printed) if not has_initials(other)}
    return next(iter(full.values())) if len(full) == 1 else name


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
    same = [what for what, values in _traits(work) if len(set(values)) == 1 and None not in values]
    shared = [what for what, values in _traits(work) if what not in same and _repeat(values)]
    years = {written_year(record) for record in work}
    if not shared and "first author" in same and None in years and len(years) == 2:
        return f"same {_listed(same)}, no other year written"
    if "first author" not in same and same == ["title", "date"]:
        return "same title and date, authors in common"
    partly = f"some of them have the same {_listed(shared)}" if shared else ""
    return "; ".join(filter(None, (f"same {_listed(same)}" if same else "", partly)))


def _repeat(values: Sequence[object]) -> bool:
    """Whether several records state one thing."""
    return max(Counter(value for value in values if value is not None).values(), default=0) > 1


def _traits(work: Work) -> Iterator[tuple[str, list[object]]]:
    """What can be equal in all records of a paper, and its values in them."""
    yield "title", [title_key(record.title) for record in work]
    yield "first author", [name_key(r.authors[0]) if r.authors else None for r in work]
    dates: list[object] = [record.date for record in work]
    yield ("date", dates) if len(set(dates)) == 1 else ("year", [written_year(r) for r in work])
    yield "DOI", [r.publication.doi and r.publication.doi.lower() for r in work]
    yield "arXiv id", [record.publication.arxiv for record in work]


def _listed(things: Sequence[str]) -> str:
    """`title`, `title and date`, `title, first author and date`."""
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last
