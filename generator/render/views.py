"""Views: everything one page shows, self-contained, so that a page renders without a catalogue.

A plain `str` in a view is data and is escaped when a template prints it; a `Markup` is Markdown
that is already safe. Addresses are relative to a page one folder below the root
(`../papers/x.md`), where all generated pages but the home page stand. Here are papers, lists and
links; people are in `author_views`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from markupsafe import Markup

from generator.catalogue.model import Authorship, Catalogue, Paper, Person
from generator.catalogue.relations import LARGEST_TEAM
from generator.identifiers import subject_slug
from generator.markup import escape_markdown
from generator.render.inline import WebLink, render_abstract, render_title
from generator.render.publication import paper_links, publication_line, search_for_text
from generator.subjects import subject_name
from generator.tex import plain_text

NAMES_IN_LISTS = 10
"""Names of a long list of authors that lists of papers show."""
LONG_LIST = 12
"""Authors of the longest list that is shown whole: to save a few names is worth no gap."""
NAMES_KEPT = 50
"""Names of more than `LARGEST_TEAM` that an entry holds, shown or not, for the filter of its list:
on the page of each of its 3,000 authors, a paper would otherwise repeat 3,000. Of fewer, who are
each other's co-authors, it holds all, so that every link to what two people wrote finds it."""
NAMES_ON_PAGE = 20
"""Names of a long list of authors that a paper's own page shows before it is unfolded."""
LONG_ON_PAGE = 24


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to a page of the site."""

    label: str
    href: Markup
    note: str = ""
    count: int = 0
    media_type: Markup | None = None
    """That of a file, where the link leads to one."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One paper in a list, or on its own page, which holds all authors."""

    title: Markup
    href: Markup
    authors: Sequence[LinkView]
    """Under their printed names; the note is somebody's own name where that is another."""
    own: LinkView | None
    """The person on whose page the list stands, where a gap parts the name from the first ones."""
    folded: Sequence[LinkView]
    """Further authors, who are there and not shown."""
    more_authors: int
    """How many of the named authors are not shown."""
    hidden: Sequence[LinkView]
    truncated: bool
    date: str
    year: str
    date_inferred: str | None
    venue: str
    subject: LinkView | None
    code: bool
    award: str | None


@dataclass(frozen=True, slots=True)
class ListingView:
    """A profile that lists a paper."""

    owner: LinkView
    score: str | None


@dataclass(frozen=True, slots=True)
class BibliographyView:
    """A bibliography that lists a paper: the name of its file, and where the paper stands in it."""

    file: str
    places: str


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A related paper, and why it is one."""

    entry: EntryView
    reason: Markup


@dataclass(frozen=True, slots=True)
class SiblingsView:
    """The papers beside one in the list of one of its authors."""

    person: LinkView
    newer: EntryView | None
    older: EntryView | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper's page."""

    entry: EntryView
    plain_title: str
    title_is_marked_up: bool
    publication: Markup | None
    note: Markup | None
    links: Sequence[WebLink]
    names_are_found: bool
    """Whether the search is told the authors, to choose papers by them."""
    search: Markup | None
    """Where to look for a paper to which no link leads."""
    abstract: Markup | None
    abstract_label: Literal["Abstract", "Summary"]
    description: str
    affiliations: Sequence[str]
    notes: Markup | None
    """What people wrote about it."""
    listings: Sequence[ListingView]
    bibliographies: Sequence[BibliographyView]
    merge_reason: str | None
    title_inferred: str | None
    related: Sequence[RelatedView]


@dataclass(frozen=True, slots=True)
class Group:
    """Papers of one year or month, as rendered entries."""

    label: str
    entries: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of a list this is, and all of its pages."""

    number: int
    total: int
    pages: Sequence[LinkView]


def person_link(person: Person, prefix: str = "../authors/", count: int | None = None) -> LinkView:
    """A link to somebody's page, with a count, which is that of papers when none is given."""
    papers = len(person.papers) if count is None else count
    return LinkView(person.name, Markup(f"{prefix}{person.id}.md"), count=papers)


def subject_link(code: str, count: int = 0, prefix: str = "../topics/") -> LinkView:
    """A link to a subject's page, noted with its name."""
    href = Markup(f"{prefix}{subject_slug(code)}.md")
    return LinkView(code, href, subject_name(code), count)


def has_co_authors(paper: Paper) -> bool:
    """Whether those who signed a paper count as each other's co-authors, and are all told to the
    search.
    """
    return len(paper.authors) <= LARGEST_TEAM


def is_left_out(paper: Paper, person: str) -> bool:
    """Whether lists do not show this author."""
    if len(paper.authors) <= LONG_LIST:
        return False
    return all(author.person != person for author in paper.authors[:NAMES_IN_LISTS])


def paper_entry(catalogue: Catalogue, paper: Paper, own: str | None = None) -> EntryView:
    """A paper as lists show it, each author under the name that the paper prints.

    Of more than `LONG_LIST` authors, the first `NAMES_IN_LISTS` are shown, and `own`.
    """
    people = catalogue.people
    long = len(paper.authors) > LONG_LIST
    authors = paper.authors[:NAMES_IN_LISTS] if long else paper.authors
    others = paper.authors[len(authors) :]
    mine = [author for author in others if author.person == own][:1]
    kept = len(others) if has_co_authors(paper) else NAMES_KEPT - len(authors)
    folded = [author for author in others[:kept] if author not in mine]
    return EntryView(
        title=render_title(paper.title),
        href=Markup(f"../papers/{paper.id}.md"),
        authors=_author_links(catalogue, authors),
        own=next(iter(_author_links(catalogue, mine)), None),
        folded=_author_links(catalogue, folded),
        more_authors=len(others) - len(mine),
        hidden=[person_link(people[person]) for person in paper.hidden],
        truncated=paper.truncated,
        date=paper.date.in_words if paper.date else "",
        year=str(paper.year or ""),
        date_inferred=paper.reason_inferred("date"),
        venue=plain_text(paper.publication.venue or ""),
        subject=subject_link(paper.subject) if paper.subject else None,
        code=paper.code,
        award=paper.notes.award if paper.notes else None,
    )


def _author_links(catalogue: Catalogue, authors: Sequence[Authorship]) -> list[LinkView]:
    named = ((a.shown, a.person, _own_name(catalogue.people[a.person])) for a in authors)
    return [
        LinkView(shown, Markup(f"../authors/{person}.md"), name if name != shown else "")
        for shown, person, name in named
    ]


def _own_name(person: Person) -> str:
    """Somebody's name, with the number that tells him from others of that name."""
    return f"{person.name} {person.number}".strip()


def _with_all_authors(catalogue: Catalogue, paper: Paper, entry: EntryView) -> EntryView:
    """The entry as a paper's own page has it: nobody is left out, and a long list is folded."""
    if not entry.more_authors:
        return entry
    whole = len(paper.authors) if len(paper.authors) <= LONG_ON_PAGE else NAMES_ON_PAGE
    folded = _author_links(catalogue, paper.authors[whole:])
    return replace(
        entry,
        authors=_author_links(catalogue, paper.authors[:whole]),
        folded=folded,
        more_authors=len(folded),
    )


def paper_view(
    catalogue: Catalogue, paper: Paper, entry: EntryView, related: Sequence[RelatedView]
) -> PaperView:
    """Everything on a paper's page, all authors that lists leave out among it."""
    entry = _with_all_authors(catalogue, paper, entry)
    links = paper_links(paper)
    abstract = paper.abstract or ""
    names = [author.shown for author in paper.authors]
    by = ", ".join(names) + (" et al." if paper.truncated else "")
    by = f" by {by[:200]}" if names else ""
    year = f" ({paper.year})" if paper.year else ""
    return PaperView(
        entry=entry,
        plain_title=paper.plain_title,
        title_is_marked_up="<" in entry.title,
        publication=publication_line(paper.publication),
        note=_note(paper),
        links=links,
        names_are_found=has_co_authors(paper),
        search=search_for_text(paper, links),
        abstract=render_abstract(abstract) if abstract else None,
        abstract_label="Summary" if paper.abstract_is_summary else "Abstract",
        # Zotero takes a page's description for the abstract.
        description=plain_text(abstract)
        if abstract and not paper.abstract_is_summary
        else f"{'Paper' if names else paper.plain_title[:200]}{by}{year}",
        affiliations=paper.affiliations,
        notes=Markup(paper.notes.body) if paper.notes and paper.notes.body else None,
        listings=_listings(catalogue, paper),
        bibliographies=_bibliographies(paper),
        merge_reason=paper.merge_reason,
        title_inferred=paper.reason_inferred("title"),
        related=related,
    )


def _note(paper: Paper) -> Markup | None:
    """What people note in a few plain words, or else what a bibliography does."""
    if paper.notes and paper.notes.note:
        return Markup(escape_markdown(paper.notes.note))
    stated = paper.publication.details.get("note")
    return render_abstract(stated) if stated else None


def _bibliographies(paper: Paper) -> list[BibliographyView]:
    """Where bibliographies list a paper; of a path, which may be the builder's own, the name."""
    places: dict[str, dict[str, None]] = {}
    for listing in paper.listings:
        record = listing.record
        if record.profile is None:
            file = PurePosixPath(record.provenance.origin).name
            key = record.source_key
            place = f"key {key}" if key else f"line {record.provenance.line}"
            places.setdefault(file, {})[place] = None
    return [BibliographyView(file, ", ".join(places[file])) for file in sorted(places)]


def _listings(catalogue: Catalogue, paper: Paper) -> list[ListingView]:
    found: dict[str, ListingView] = {}
    for listing in paper.listings:
        if listing.owner:
            score = None if listing.record.score is None else f"{listing.record.score:g}"
            known = found.get(listing.owner)
            if known is None or (known.score is None and score):
                owner = person_link(catalogue.people[listing.owner])
                found[listing.owner] = ListingView(owner, score)
    return [found[owner] for owner in sorted(found)]
