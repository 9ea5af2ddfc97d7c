"""Papers before they have an id: their records put together, and by what they are found again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.catalogue.ids import PaperTrait
from generator.catalogue.merging import MergedFields, merge_work, note_conflicts
from generator.catalogue.papers import Work, record_order, title_key
from generator.dates import PartialDate
from generator.errors import Problem
from generator.identifiers import fingerprint
from generator.names import name_key, person_key, split_number
from generator.records import NameAsPrinted, PaperRecord, ProfileRecord
from generator.tex import plain_text


@dataclass(frozen=True, slots=True)
class MergedPaper:
    """One paper before it has an id."""

    work: Work
    fields: MergedFields
    plain_title: str
    traits: tuple[PaperTrait, ...]
    """That of the paper, then those of its records."""


@dataclass(frozen=True, slots=True)
class Merged:
    """All papers, what was noticed, and which person key with a number is an owner's name."""

    papers: list[MergedPaper]
    problems: list[Problem]
    owners: Mapping[str, str]
    """Person keys with DBLP's number, by those without."""


def merge_works(works: Sequence[Work], profiles: Iterable[ProfileRecord]) -> Merged:
    """Put the records of each work together, and note where they contradict each other.

    Works that come out with one title, one first author and one year are one paper, too: their
    records may each lack what another has. Those of two namesakes with DBLP's numbers are two, and
    so are those with two DOIs.
    """
    merged = [_merge(work) for work in works]
    while namesakes := [same for same in _by_trait(merged) if len(same) > 1]:
        joined: list[MergedPaper] = []
        for same in namesakes:
            joined.extend(_join_or_tell_apart(same))
        affected = {id(paper) for same in namesakes for paper in same}
        merged = [paper for paper in merged if id(paper) not in affected] + joined
    owners = _numbers_of_owners(merged, {p.key: p for p in profiles})
    if owners:
        known = frozenset(owners.values())
        merged = [_without_numbers(paper, known) for paper in merged]
    merged.sort(key=lambda paper: record_order(paper.work[0]))
    problems = [problem for paper in merged for problem in note_conflicts(paper.work)]
    return Merged(merged, problems, owners)


def lock_identifiers(record: PaperRecord) -> Iterator[str]:
    """By what a paper is found again when its title was changed; no white space but single spaces.

    A key in a bibliography counts together with the first author: many have a `smith2020`.
    """
    if record.publication.doi:
        yield f"doi:{record.publication.doi.lower()}"
    if record.publication.arxiv:
        yield f"arxiv:{record.publication.arxiv}"
    if record.source_key and record.authors:
        yield f"key:{record.source_key}:{fingerprint(name_key(record.authors[0]))}"


def _by_trait(merged: Sequence[MergedPaper]) -> Iterable[list[MergedPaper]]:
    """Papers by title, first author and written year."""
    same: dict[tuple[str, str, str], list[MergedPaper]] = defaultdict(list)
    for paper in merged:
        whole = paper.traits[0]
        same[whole.title, whole.first_author, whole.year].append(paper)
    return same.values()


def _join_or_tell_apart(same: Sequence[MergedPaper]) -> list[MergedPaper]:
    """One paper, or those that differ in the namesake who wrote them or in their DOI."""
    apart: dict[str, list[MergedPaper]] = defaultdict(list)
    for paper in same:
        apart[_what_tells_apart(paper)].append(paper)
    if len(apart) > 1 and "" in apart:
        # What says nothing of itself belongs to the first that does.
        first = min(key for key in apart if key)
        apart[first] += apart.pop("")
    joined = []
    for key, papers in sorted(apart.items()):
        records = sorted((r for paper in papers for r in paper.work), key=record_order)
        joined.append(_merge(tuple(records), key if len(apart) > 1 else ""))
    return joined


def _what_tells_apart(paper: MergedPaper) -> str:
    """DBLP's number of the first author, and the DOI of the publication in a venue."""
    number = split_number(paper.fields.authors[0])[1] if paper.fields.authors else ""
    publication = paper.fields.publication
    doi = publication.doi.lower() if publication.doi and publication.venue else ""
    return f"{number} {doi}".strip()


def _merge(work: Work, told_apart_by: str = "") -> MergedPaper:
    fields = merge_work(work)
    inferred = any(item.field == "date" for item in fields.inferred)
    whole = _trait(fields.title, fields.authors, fields.date, told_apart_by, inferred=inferred)
    records = [
        _trait(
            record.title,
            record.authors,
            record.date,
            told_apart_by,
            inferred=record.reason_inferred("date") is not None,
        )
        for record in (work if len(work) > 1 else ())
    ]
    return MergedPaper(work, fields, plain_text(fields.title), (whole, *dict.fromkeys(records)))


def _trait(
    title: str,
    authors: Sequence[str],
    date: PartialDate | None,
    told_apart_by: str,
    *,
    inferred: bool,
) -> PaperTrait:
    first = f"{name_key(authors[0]) if authors else ''} {told_apart_by}".strip()
    return PaperTrait.of(
        title_key(title),
        [first, *map(name_key, authors[1:])],
        date.year if date and not inferred else None,
        f"{date.month}-{date.day}" if date and date.day else "",
    )


# -- owners of profiles ---------------------------------------------------------------------------


def _numbers_of_owners(
    merged: Sequence[MergedPaper], profiles: Mapping[str, ProfileRecord]
) -> dict[str, str]:
    """Person keys with DBLP's number that are owners of profiles, by the owners' own keys.

    A paper on somebody's profile whose author list has that name with a number says who the number
    stands for; where a profile's papers have two numbers, it says nothing.
    """
    numbered: dict[str, set[str]] = defaultdict(set)
    for paper in merged:
        owners = {_owner_key(profiles, record.profile) for record in paper.work} - {""}
        for name in paper.fields.authors if owners else ():
            if split_number(name)[1] and name_key(name) in owners:
                numbered[name_key(name)].add(person_key(name))
    return {owner: next(iter(keys)) for owner, keys in numbered.items() if len(keys) == 1}


def _owner_key(profiles: Mapping[str, ProfileRecord], profile: str | None) -> str:
    """The name key of a profile's owner, or "" where there is none, or one with a number."""
    owner = profiles.get(profile or "")
    name = owner.name if owner else None
    return name_key(name) if name and not split_number(name)[1] else ""


def _without_numbers(paper: MergedPaper, known: Container[str]) -> MergedPaper:
    authors = tuple(
        NameAsPrinted(split_number(name)[0]) if person_key(name) in known else name
        for name in paper.fields.authors
    )
    if authors == paper.fields.authors:
        return paper
    return replace(paper, fields=replace(paper.fields, authors=authors))
