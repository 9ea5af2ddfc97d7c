"""Build the catalogue: join records to papers and names to people, and give both permanent ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.catalogue.ids import (
    IdLock,
    PaperId,
    find_papers,
    join_redirects,
    taken_ids,
)
from generator.catalogue.merged import MergedPaper, lock_identifiers, merge_works
from generator.catalogue.merging import MergedFields
from generator.catalogue.model import Authorship, Catalogue, Listing, Paper, Person
from generator.catalogue.papers import group_records
from generator.catalogue.people import (
    Namesakes,
    assign_person_ids,
    collect_names,
    is_organisation,
    note_retrievals,
)
from generator.catalogue.settle import Load
from generator.errors import Problem
from generator.identifiers import choose_citation_key, choose_slug
from generator.names import (
    OrganisationNames,
    PersonName,
    parse_name,
    person_key,
)

_Key = TypeVar("_Key", int, str)


@dataclass(frozen=True, slots=True)
class Built:
    """A catalogue, the ids that it froze, and what was noticed."""

    catalogue: Catalogue
    lock: IdLock
    problems: tuple[Problem, ...]


def build_catalogue(load: Load, lock: IdLock, organisations: OrganisationNames) -> Built:
    """Join the records of a load; the order in which they were read changes nothing."""
    works, problems = group_records(load.papers)
    found = merge_works(works, load.profiles)
    merged = found.papers
    problems += found.problems
    lock = _with_owners(lock, found.owners)
    names = collect_names((m.fields.authors for m in merged), load.profiles)
    person_ids = assign_person_ids(names, lock.people)
    paper_ids, redirects = _paper_ids(merged, lock, names, organisations)
    owners = {p.key: person_ids[person_key(p.name)] for p in load.profiles if p.name}
    papers = [_paper(m, i, person_ids, owners) for m, i in zip(merged, paper_ids, strict=True)]
    papers.sort(key=_reading_order)
    ids = {paper.id for paper in papers}
    catalogue = Catalogue(
        papers={paper.id: paper for paper in papers},
        people=_people(papers, names, person_ids, organisations),
        subjects=_index(papers, lambda paper: paper.subject),
        years=dict(reversed(_index(papers, lambda paper: paper.year).items())),
        redirects={
            old: new
            for old, new in redirects.items()
            if not new.startswith("papers/") or new.removeprefix("papers/") in ids
        },
    )
    new_lock = _extend_lock(lock, merged, paper_ids, person_ids, redirects)
    problems += note_retrievals(names.values())
    problems += _unnamed_owners(catalogue)
    problems += _gone(lock, new_lock, catalogue)
    return Built(catalogue, new_lock, tuple(problems))


def _with_owners(lock: IdLock, owners: Mapping[str, str]) -> IdLock:
    """The lock, in which owners have the ids that they had under a name with DBLP's number."""
    people, redirects = dict(lock.people), dict(lock.redirects)
    for key, numbered in owners.items():
        former = people.pop(numbered, None)
        if former is None:
            continue
        present = people.setdefault(key, former)
        if present != former:
            redirects[f"authors/{former}"] = f"authors/{present}"
    return replace(lock, people=people, redirects=redirects)


def _paper_ids(
    merged: Sequence[MergedPaper],
    lock: IdLock,
    names: Mapping[str, Namesakes],
    organisations: OrganisationNames,
) -> tuple[list[PaperId], dict[str, str]]:
    """The id of each paper, old ones found again; and all redirects from former addresses."""
    found, moved = find_papers([m.traits for m in merged], lock, _identifiers(merged))
    taken = taken_ids(lock)
    keys = {paper.citation_key for paper in lock.papers}
    for index, paper in enumerate(merged):
        if index in found:
            continue
        slug = choose_slug(paper.plain_title, "paper", taken)
        family = _family_name(paper.fields, names, organisations)
        year = paper.fields.date.year if paper.fields.date else None
        key = choose_citation_key(family, year, paper.plain_title, keys)
        found[index] = PaperId(slug, key)
        taken.add(slug)
        keys.add(key)
    live = {f"papers/{paper.id}" for paper in found.values()}
    new = {f"papers/{old}": f"papers/{found[index].id}" for old, index in moved.items()}
    redirects = join_redirects(lock.redirects, new, live)
    return [found[index] for index in range(len(merged))], redirects


def _family_name(
    fields: MergedFields, names: Mapping[str, Namesakes], organisations: OrganisationNames
) -> str:
    if not fields.authors:
        editors = fields.publication.editors
        return parse_name(editors[0]).family if editors else ""
    first = fields.authors[0]
    if is_organisation(names[person_key(first)], organisations):
        return names[person_key(first)].name
    return parse_name(first).family


def _paper(
    merged: MergedPaper, paper: PaperId, person_ids: Mapping[str, str], owners: Mapping[str, str]
) -> Paper:
    fields = merged.fields
    authors = tuple(Authorship(person_ids[person_key(n)], n) for n in fields.authors)
    listings = tuple(Listing(r, owners.get(r.profile or "")) for r in merged.work)
    shown = {author.person for author in authors}
    hidden = {listing.owner for listing in listings if listing.owner} - shown
    return Paper(
        id=paper.id,
        citation_key=paper.citation_key,
        title=fields.title,
        plain_title=merged.plain_title,
        authors=authors,
        truncated=fields.truncated,
        hidden=tuple(sorted(hidden)) if fields.truncated else (),
        date=fields.date,
        subject=fields.subject,
        code=any(record.code for record in merged.work),
        affiliations=fields.affiliations,
        abstract=fields.abstract.abstract if fields.abstract else None,
        abstract_is_summary=bool(fields.abstract and fields.abstract.abstract_is_summary),
        listings=listings,
        inferred=fields.inferred,
        merge_reason=fields.reason,
        publication=fields.publication,
    )


def _unnamed_owners(catalogue: Catalogue) -> list[Problem]:
    """Papers whose list a bibliography completes without the owner of a profile that cut it."""
    problems = []
    for paper in catalogue.papers.values():
        for listing in paper.listings if not paper.truncated else ():
            if listing.owner and listing.record.truncated and listing.owner not in paper.people:
                owner, where = catalogue.people[listing.owner].name, listing.record.provenance
                message = (
                    f"the complete author list does not name {owner}, whose profile lists the "
                    "paper; it is shown as listed there, not as written by that person"
                )
                problems.append(Problem(where.origin, where.line, message, paper.title))
    return problems


def _reading_order(paper: Paper) -> tuple[object, ...]:
    """Newest first; papers of one day by title."""
    year, month, day = paper.date.sort_key if paper.date else (0, 0, 0)
    return (-year, -month, -day, paper.plain_title.casefold(), paper.id)


def _people(
    papers: Sequence[Paper],
    names: Mapping[str, Namesakes],
    ids: Mapping[str, str],
    organisations: OrganisationNames,
) -> dict[str, Person]:
    works: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for person in paper.people:
            works[person].append(paper.id)
    people = []
    for key, found in names.items():
        organisation = is_organisation(found, organisations)
        people.append(
            Person(
                id=ids[key],
                name=found.name,
                parts=PersonName(found.name) if organisation else found.parts,
                number=found.number,
                is_organisation=organisation,
                other_names=tuple(sorted(found.shown_names - {found.name})),
                profiles=tuple(found.profiles),
                papers=tuple(works[ids[key]]),
            )
        )
    people.sort(key=_name_order)
    return {person.id: person for person in people}


def _name_order(person: Person) -> tuple[str, str, str]:
    return (person.parts.family.casefold(), person.parts.given.casefold(), person.id)


def _index(papers: Sequence[Paper], key: Callable[[Paper], _Key | None]) -> dict[_Key, list[str]]:
    """Ids of papers by a property, sorted by it; papers without it are left out."""
    index: dict[_Key, list[str]] = defaultdict(list)
    for paper in papers:
        value = key(paper)
        if value is not None:
            index[value].append(paper.id)
    return dict(sorted(index.items()))


def _extend_lock(
    lock: IdLock,
    merged: Sequence[MergedPaper],
    ids: Sequence[PaperId],
    person_ids: Mapping[str, str],
    redirects: Mapping[str, str],
) -> IdLock:
    """The old ids and the new ones; a paper that was found again has its traits renewed."""
    papers = {**lock.papers, **{p: m.traits[0] for p, m in zip(ids, merged, strict=True)}}
    identifiers = {name: ids[index].id for name, index in _identifiers(merged).items()}
    people = {**lock.people, **person_ids}
    return IdLock(papers, people, redirects, {**lock.identifiers, **identifiers})


def _identifiers(merged: Sequence[MergedPaper]) -> dict[str, int]:
    """What only one paper has, a DOI, an arXiv id or a key in a bibliography, by its index."""
    found: dict[str, set[int]] = defaultdict(set)
    for index, paper in enumerate(merged):
        for record in paper.work:
            for name in lock_identifiers(record):
                found[name].add(index)
    return {name: next(iter(places)) for name, places in found.items() if len(places) == 1}


def _gone(lock: IdLock, new_lock: IdLock, catalogue: Catalogue) -> list[Problem]:
    """Pages that were published before and are not any more."""
    papers = [p.id for p in lock.papers if p.id not in catalogue.papers]
    gone = [f"papers/{p}/" for p in papers if f"papers/{p}" not in new_lock.redirects]
    gone += [f"authors/{p}/" for p in lock.people.values() if p not in catalogue.people]
    if not gone:
        return []
    shown = ", ".join(sorted(gone)[:5]) + (", …" if len(gone) > 5 else "")
    message = f"{len(gone)} pages that the lock knows are not published any more: {shown}"
    return [Problem("ids.lock", None, message)]
