"""Pages: every Markdown document of the site, from the catalogue and what people wrote."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.catalogue.model import Catalogue, Paper, Person
from generator.catalogue.relations import Related, RelatedPapers, co_authors, subjects_of
from generator.config import SiteConfig
from generator.dates import MONTH_NAMES
from generator.documents import Document
from generator.identifiers import slugify, subject_slug
from generator.markup import escape_markdown, fenced_code, front_matter, link_target, page_title
from generator.names import parse_name
from generator.records import AuthorNotes, Content
from generator.render.views import (
    AuthorView,
    LinkView,
    PageOfList,
    RelatedView,
    YearGroup,
    paper_entry,
    paper_view,
    person_link,
    profile_view,
    subject_link,
)
from generator.subjects import archive_name, subject_name

Item = TypeVar("Item")
EntryOf = Callable[[Paper], str]
"""The BibTeX entry of a paper."""


def _finalize(value: object) -> object:
    """What a template prints: Markdown that is safe already as it is, anything else escaped."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    return Markup(escape_markdown(str(value)))


def make_environment(folders: Sequence[Path]) -> Environment:
    """Jinja over template folders, the first of which wins; everything printed is escaped."""
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["oneline"] = lambda text: Markup(" ".join(text.split()))
    environment.filters["thousands"] = lambda number: Markup(f"{number:,}")
    environment.filters["plural"] = lambda n, one, many: Markup(f"{n:,} {one if n == 1 else many}")
    return environment


@dataclass(frozen=True, slots=True)
class Site:
    """All that pages are made from."""

    catalogue: Catalogue
    content: Content
    config: SiteConfig
    bibtex: EntryOf
    totals: Mapping[str, int]
    """The ledger's counts, for the page about the data."""


class Pages:
    """Renders the pages of one site; each paper's list entry is rendered once."""

    def __init__(self, site: Site, templates: Sequence[Path]) -> None:
        self._site = site
        self._catalogue = site.catalogue
        self._settings = site.config.settings
        self._environment = make_environment(templates)
        self._entries: dict[str, Markup] = {}
        self._listed = Counter(
            listing.profile for paper in site.catalogue.papers.values() for listing in paper.listings
        )

    def documents(self) -> Iterator[Document]:
        """Every generated page, and the hand-written ones, in a fixed order."""
        yield self._home()
        yield self._about()
        yield from self._papers()
        yield from self._paper_index()
        yield from map(self._author, self._catalogue.people.values())
        yield from self._author_index()
        yield from self._topics()
        yield from self._years()
        yield from self._redirects()
        yield from self._hand_written()

    # -- single pages ---------------------------------------------------------------------------

    def _home(self) -> Document:
        newest = list(self._catalogue.papers.values())[: self._settings.newest_papers]
        entries = [self._at_root(self._entry(paper)) for paper in newest]
        return self._page(
            "index.md",
            "home",
            {"title": None, "hide": ["navigation", "toc"], "search": {"exclude": True}},
            site_name=self._site.config.site_name,
            intro=self._hand_written_body("index.md"),
            profiled=[self._profile_card(person) for person in self._catalogue.profiled],
            newest=entries,
            papers=len(self._catalogue.papers),
            persons=len(self._catalogue.persons),
            organisations=len(self._catalogue.people) - len(self._catalogue.persons),
            subjects=self._subject_links("topics/"),
            years=self._year_links("years/"),
        )

    def _profile_card(self, person: Person) -> tuple[LinkView, object]:
        profile = person.profiles[0]
        view = profile_view(profile, self._listed[profile.key])
        return person_link(person, "authors/"), view

    def _about(self) -> Document:
        return self._page(
            "about.md",
            "about",
            {"title": "About", "hide": ["navigation"], "search": {"exclude": True}},
            text=self._hand_written_body("about.md"),
            totals=self._site.totals,
            pages=self._own_pages(),
            profiles=[
                (person_link(person, "authors/"), profile_view(p, self._listed[p.key]))
                for person in self._catalogue.profiled
                for p in person.profiles
            ],
        )

    def _own_pages(self) -> list[LinkView]:
        own = {"index.md", "about.md"}
        return [
            LinkView(str(page.front_matter.get("title") or page.path.removesuffix(".md")), page.path)
            for page in self._site.content.pages
            if page.path not in own
        ]

    # -- papers ---------------------------------------------------------------------------------

    def _papers(self) -> Iterator[Document]:
        related = RelatedPapers(self._catalogue)
        for paper in self._catalogue.papers.values():
            close = related.of(paper, self._settings.related_papers)
            yield self._paper(paper, close)

    def _paper(self, paper: Paper, close: Sequence[Related]) -> Document:
        view = paper_view(
            self._catalogue, paper, [self._related(r) for r in close], self._site.bibtex(paper)
        )
        head: dict[str, object] = {
            "title": view.plain_title,
            "description": view.description,
            "kind": "paper",
            "date": str(paper.date) if paper.date else None,
            "bibtex": view.bib_name,
            "hide": ["navigation", "toc"],
        }
        code = Markup(fenced_code(view.bibtex, "bibtex"))
        return self._page(f"papers/{paper.id}.md", "paper", head, paper=view, bibtex=code)

    def _related(self, related: Related) -> RelatedView:
        people = [self._catalogue.people[p].name for p in related.shared_people]
        reasons = []
        if people:
            more = f" and {len(people) - 2} more" if len(people) > 2 else ""
            reasons.append("also by " + ", ".join(people[:2]) + more)
        if related.shared_words:
            reasons.append("title shares " + ", ".join(f"“{w}”" for w in related.shared_words[:3]))
        entry = paper_entry(self._catalogue, self._catalogue.papers[related.paper])
        return RelatedView(entry, "; ".join(reasons))

    def _entry(self, paper: Paper) -> Markup:
        """The paper as an item of a list, for pages one folder below the root."""
        found = self._entries.get(paper.id)
        if found is None:
            entry = paper_entry(self._catalogue, paper)
            found = Markup(self._template("entry").render(entry=entry).strip())
            self._entries[paper.id] = found
        return found

    @staticmethod
    def _at_root(entry: Markup) -> Markup:
        """An entry for a page at the root."""
        return Markup(entry.replace("](../", "]("))

    def _paper_index(self) -> Iterator[Document]:
        papers = list(self._catalogue.papers)
        shown = papers[: self._settings.entries_per_page]
        head = {"title": "Papers", "search": {"exclude": True}}
        yield self._page(
            "papers/index.md",
            "papers",
            head,
            total=len(papers),
            complete=len(shown) == len(papers),
            years=self._by_year(shown),
            year_links=self._year_links(),
        )

    def _by_year(self, papers: Iterable[str]) -> list[YearGroup]:
        """Papers in reading order, grouped by year."""
        groups = groupby(papers, key=lambda paper: self._catalogue.papers[paper].year)
        return [
            YearGroup(
                str(year) if year else "Year unknown",
                [self._entry(self._catalogue.papers[paper]) for paper in group],
            )
            for year, group in groups
        ]

    # -- authors --------------------------------------------------------------------------------

    def _author(self, person: Person) -> Document:
        view = self._author_view(person)
        head: dict[str, object] = {
            "title": view.name,
            "description": _author_description(view),
            "kind": "organisation" if view.is_organisation else "author",
            "bibtex": view.bib_name,
            "hide": ["navigation"],
            "search": {"boost": 4 if person.profiles else 2},
        }
        biography = Markup(view.notes.biography) if view.notes else None
        return self._page(
            f"authors/{person.id}.md", "author", head, author=view, biography=biography
        )

    def _author_view(self, person: Person) -> AuthorView:
        papers = self._catalogue.papers
        notes = self._site.content.authors.get(person.id)
        tags = Counter(tag for p in person.papers for tag in papers[p].affiliations)
        return AuthorView(
            name=person.name,
            is_organisation=person.is_organisation,
            other_names=person.other_names,
            profiles=[profile_view(p, self._listed[p.key]) for p in person.profiles],
            notes=notes,
            orcid_target=_target(f"https://orcid.org/{notes.orcid}") if notes else None,
            homepage_target=_target(notes.homepage) if notes else None,
            note_links=_note_links(notes),
            paper_count=len(person.papers),
            hidden_count=sum(person.id in papers[p].hidden for p in person.papers),
            years=self._by_year(person.papers),
            co_authors=[
                replace(person_link(self._catalogue.people[c.person]), count=c.papers)
                for c in co_authors(self._catalogue, person.id)
            ],
            organisations=self._organisations_with(person),
            subjects=[
                subject_link(subject, count)
                for subject, count in subjects_of(self._catalogue, person.papers).items()
            ],
            affiliations=sorted(tags.items(), key=lambda item: (-item[1], item[0])),
            bib_name=f"{person.id}.bib",
        )

    def _organisations_with(self, person: Person) -> list[LinkView]:
        """Organisations that sign papers together with a person."""
        counts: Counter[str] = Counter()
        for paper in person.papers:
            counts.update(set(self._catalogue.papers[paper].people) - {person.id})
        people = self._catalogue.people
        found = [o for o in counts if people[o].is_organisation]
        return [
            replace(person_link(people[o]), count=counts[o])
            for o in sorted(found, key=lambda o: (-counts[o], o))
        ]

    def _author_index(self) -> Iterator[Document]:
        persons = self._catalogue.persons
        organisations = [p for p in self._catalogue.people.values() if p.is_organisation]
        letters: dict[str, list[Person]] = {}
        for person in persons:
            letters.setdefault(_letter(person), []).append(person)
        letters = dict(sorted(letters.items()))
        limit = self._settings.entries_per_page
        split = len(persons) > limit
        yield self._page(
            "authors/index.md",
            "authors",
            {"title": "Authors", "search": {"exclude": True}},
            total=len(persons),
            profiled=[self._profile_card_below(p) for p in self._catalogue.profiled],
            organisations=[person_link(p, "") for p in organisations],
            letters=[] if split else _linked(letters, ""),
            letter_pages=[
                LinkView(letter.upper(), f"by/{letter}.md", count=len(found))
                for letter, found in letters.items()
            ]
            if split
            else [],
        )
        for letter, found in letters.items() if split else ():
            yield from self._letter_pages(letter, found, limit)

    def _profile_card_below(self, person: Person) -> tuple[LinkView, object]:
        link, view = self._profile_card(person)
        return replace(link, href=link.href.removeprefix("authors/")), view

    def _letter_pages(self, letter: str, found: Sequence[Person], limit: int) -> Iterator[Document]:
        for part, place in _paginate(found, limit, letter):
            yield self._page(
                f"authors/by/{_page_name(letter, place.number)}.md",
                "letter",
                {"title": f"Authors: {letter.upper()}", "search": {"exclude": True}},
                letter=letter.upper(),
                people=[person_link(person, "../") for person in part],
                place=place,
            )

    # -- topics and years -----------------------------------------------------------------------

    def _topics(self) -> Iterator[Document]:
        archives: dict[str, list[LinkView]] = {}
        for link in self._subject_links(""):
            archives.setdefault(archive_name(link.label), []).append(link)
        head = {"title": "Topics", "search": {"exclude": True}}
        yield self._page("topics/index.md", "topics", head, archives=sorted(archives.items()))
        for subject, papers in self._catalogue.subjects.items():
            slug = subject_slug(subject)
            top = Counter(p for paper in papers for p in self._catalogue.papers[paper].people)
            ranked = sorted(top, key=lambda p: (-top[p], p))[:12]
            for part, place in _paginate(papers, self._settings.entries_per_page, slug):
                yield self._page(
                    f"topics/{_page_name(slug, place.number)}.md",
                    "topic",
                    {
                        "title": f"{subject} · {subject_name(subject)}",
                        "bibtex": f"{slug}.bib",
                        "search": {"exclude": place.number > 1},
                        "hide": ["navigation"],
                    },
                    code=subject,
                    name=subject_name(subject),
                    archive=archive_name(subject),
                    total=len(papers),
                    years=self._by_year(part),
                    authors=[
                        replace(person_link(self._catalogue.people[p]), count=top[p])
                        for p in ranked
                    ],
                    bib_name=f"{slug}.bib",
                    place=place,
                )

    def _years(self) -> Iterator[Document]:
        head = {"title": "Years", "search": {"exclude": True}}
        yield self._page("years/index.md", "years", head, years=self._year_links(""))
        for year, papers in self._catalogue.years.items():
            for part, place in _paginate(papers, self._settings.entries_per_page, str(year)):
                yield self._page(
                    f"years/{_page_name(str(year), place.number)}.md",
                    "year",
                    {
                        "title": str(year),
                        "bibtex": f"{year}.bib",
                        "search": {"exclude": True},
                        "hide": ["navigation"],
                    },
                    year=str(year),
                    total=len(papers),
                    months=self._by_month(part),
                    bib_name=f"{year}.bib",
                    place=place,
                )

    def _by_month(self, papers: Iterable[str]) -> list[YearGroup]:
        def month(paper: str) -> int:
            date = self._catalogue.papers[paper].date
            return (date.month or 0) if date else 0

        return [
            YearGroup(
                MONTH_NAMES[number] or "Month unknown",
                [self._entry(self._catalogue.papers[paper]) for paper in group],
            )
            for number, group in groupby(papers, key=month)
        ]

    def _subject_links(self, prefix: str) -> list[LinkView]:
        subjects = self._catalogue.subjects
        ranked = sorted(subjects, key=lambda s: (-len(subjects[s]), s))
        return [subject_link(subject, len(subjects[subject]), prefix) for subject in ranked]

    def _year_links(self, prefix: str = "../years/") -> list[LinkView]:
        return [
            LinkView(str(year), f"{prefix}{year}.md", count=len(papers))
            for year, papers in self._catalogue.years.items()
        ]

    # -- the rest -------------------------------------------------------------------------------

    def _redirects(self) -> Iterator[Document]:
        """A page at each former address that leads to the present one."""
        for old, new in sorted(self._catalogue.redirects.items()):
            folder, _, slug = new.partition("/")
            known = self._catalogue.papers if folder == "papers" else self._catalogue.people
            if slug in known:
                head = {
                    "title": "Moved",
                    "template": "moved.html",
                    "moved_to": f"{new}/",
                    "search": {"exclude": True},
                }
                target = f"../{new}.md"
                yield self._page(f"{old}.md", "moved", head, target=Markup(target))

    def _hand_written(self) -> Iterator[Document]:
        for page in self._site.content.pages:
            if page.path not in ("index.md", "about.md"):
                yield Document(page.path, page.text)
        for path, data in self._site.content.files.items():
            yield Document(path, data)

    def _hand_written_body(self, path: str) -> Markup | None:
        bodies = (page.body for page in self._site.content.pages if page.path == path)
        body = next(bodies, None)
        return Markup(body) if body else None

    def _page(
        self, path: str, template: str, head: Mapping[str, object], **values: object
    ) -> Document:
        values_of_head = {
            key: page_title(str(value)) if key in ("title", "description") else value
            for key, value in head.items()
            if value is not None
        }
        body = self._template(template).render(values)
        return Document(path, f"{front_matter(values_of_head)}\n{body.strip()}\n")

    def _template(self, name: str):  # type: ignore[no-untyped-def]
        return self._environment.get_template(f"{name}.md.j2")


def _author_description(view: AuthorView) -> str:
    papers = "1 paper" if view.paper_count == 1 else f"{view.paper_count} papers"
    with_whom = [link.label for link in view.co_authors[:3]]
    suffix = f", with {', '.join(with_whom)}" if with_whom else ""
    return f"{papers} by {view.name}{suffix}"


def _target(url: str | None) -> Markup | None:
    target = link_target(url) if url else None
    return Markup(target) if target else None


def _note_links(notes: AuthorNotes | None) -> list[tuple[str, Markup]]:
    if notes is None:
        return []
    targets = ((link.label, _target(link.url)) for link in notes.links)
    return [(label, target) for label, target in targets if target]


def _letter(person: Person) -> str:
    """The letter under which a person is listed: that of the family name, romanised."""
    return slugify(parse_name(person.name).family)[:1] or "other"


def _linked(letters: Mapping[str, Sequence[Person]], prefix: str) -> list[object]:
    return [
        (letter.upper(), [person_link(person, prefix) for person in found])
        for letter, found in letters.items()
    ]


def _page_name(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"


def _paginate(
    items: Sequence[Item], limit: int, slug: str
) -> Iterator[tuple[Sequence[Item], PageOfList]]:
    """The items in parts of at most `limit`, each with its place among the others."""
    total = max(math.ceil(len(items) / limit), 1)
    pages = [LinkView(str(n), f"{_page_name(slug, n)}.md") for n in range(1, total + 1)]
    for number in range(1, total + 1):
        part = items[(number - 1) * limit : number * limit]
        yield part, PageOfList(number, total, pages)
