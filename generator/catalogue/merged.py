"""Papers before they have an id: their records put together, and by what they are found again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.catalogue.ids import NO_YEAR, PaperTrait
from generator.catalogue.merging import MergedFields, merge_work, note_conflicts
from generator.catalogue.papers import Work, record_order, title_key
from generator.dates import PartialDate
from generator.errors import Problem
from generator.names import name_key, person_key, split_number
from generator.records import NameAsPrinted, ProfileRecord
from generator.tex import plain_text


@dataclass(frozen=True, slots=True)
class MergedPaper:
    """One paper before it has an id."""

    work: Work
    fields: MergedFields
    plain_title: str
    traits: tuple[PaperTrait, ...]
    """That of the paper, then those of its records."""


def merge_works(
    works: Sequence[Work], profiles: Iterable[ProfileRecord]
) -> tuple[list[MergedPaper], list[Problem]]:
    """Put the records of each work together, and note where they contradict each other.

    Works that come out with one title, one first author and one year are one paper, too: their
    records may each lack what another has. Only two namesakes with DBLP's numbers are two.
    """
    merged = [_merge(work, name_key) for work in works]
    while namesakes := [same for same in _by_trait(merged) if len(same) > 1]:
        joined: list[MergedPaper] = []
        for same in namesakes:
            joined.extend(_join_or_tell_apart(same))
        affected = {id(paper) for same in namesakes for paper in same}
        merged = [paper for paper in merged if id(paper) not in affected] + joined
    merged = list(_with_owners_known(merged, {p.key: p for p in profiles}))
    merged.sort(key=lambda paper: record_order(paper.work[0]))
    return merged, [problem for paper in merged for problem in note_conflicts(paper.work)]


def _by_trait(merged: Sequence[MergedPaper]) -> Iterable[list[MergedPaper]]:
    """Papers by title, first author and year, of those that have all three."""
    same: dict[tuple[str, str, str], list[MergedPaper]] = defaultdict(list)
    for paper in merged:
        whole = paper.traits[0]
        if paper.fields.authors and whole.year != NO_YEAR:
            same[whole.title, whole.first_author, whole.year].append(paper)
    return same.values()


def _join_or_tell_apart(same: Sequence[MergedPaper]) -> list[MergedPaper]:
    numbers = {split_number(paper.fields.authors[0])[1] for paper in same}
    if len(numbers) == len(same):
        return [_merge(paper.work, person_key) for paper in same]
    records = [record for paper in same for record in paper.work]
    return [_merge(tuple(sorted(records, key=record_order)), name_key)]


def _merge(work: Work, first_author_key: Callable[[str], str]) -> MergedPaper:
    fields = merge_work(work)
    inferred = any(item.field == "date" for item in fields.inferred)
    whole = _trait(fields.title, fields.authors, fields.date, first_author_key, inferred=inferred)
    records = [
        _trait(
            record.title,
            record.authors,
            record.date,
            first_author_key,
            inferred=record.reason_inferred("date") is not None,
        )
        for record in (work if len(work) > 1 else ())
    ]
    return MergedPaper(work, fields, plain_text(fields.title), (whole, *dict.fromkeys(records)))


def _trait(
    title: str,
    authors: Sequence[str],
    date: PartialDate | None,
    first_author_key: Callable[[str], str],
    *,
    inferred: bool,
) -> PaperTrait:
    first = [first_author_key(name) for name in authors[:1]]
    return PaperTrait.of(
        title_key(title),
        [*first, *map(name_key, authors[1:])],
        date.year if date and not inferred else None,
        f"{date.month}-{date.day}" if date and date.day else "",
    )


# -- owners of profiles ---------------------------------------------------------------------------


def _with_owners_known(
    merged: Sequence[MergedPaper], profiles: Mapping[str, ProfileRecord]
) -> Iterator[MergedPaper]:
    """The papers, on which the owner of a profile has one name, with DBLP's number or without.

    A paper on somebody's profile whose author list has that name with a number says who the number
    stands for; where a profile's papers have two numbers, it says nothing.
    """
    numbered: dict[str, set[NameAsPrinted]] = defaultdict(set)
    for paper in merged:
        owners = {_owner_key(profiles, record.profile) for record in paper.work} - {""}
        for name in paper.fields.authors if owners else ():
            if split_number(name)[1] and name_key(name) in owners:
                numbered[name_key(name)].add(name)
    known = {
        person_key(next(iter(names)))
        for names in numbered.values()
        if len({split_number(name)[1] for name in names}) == 1
    }
    for paper in merged:
        yield _without_numbers(paper, known) if known else paper


def _owner_key(profiles: Mapping[str, ProfileRecord], profile: str | None) -> str:
    """The name key of a profile's owner, or "" where there is none, or one with a number."""
    owner = profiles.get(profile or "")
    name = owner.name if owner else None
    return name_key(name) if name and not split_number(name)[1] else ""


def _without_numbers(paper: MergedPaper, known: set[str]) -> MergedPaper:
    authors = tuple(
        NameAsPrinted(split_number(name)[0]) if person_key(name) in known else name
        for name in paper.fields.authors
    )
    if authors == paper.fields.authors:
        return paper
    return replace(paper, fields=replace(paper.fields, authors=authors))
