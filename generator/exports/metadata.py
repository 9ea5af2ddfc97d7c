"""What a page tells machines of itself: citation tags, OpenGraph, JSON-LD, links to other formats.

All of it is the plain value of one front matter key, `head`, which `theme/main.html` prints and
escapes. The citation tags are Highwire's, as Google Scholar asks for them
(https://scholar.google.com/intl/en/scholar/inclusion.html#indexing) and Zotero reads them
(https://www.zotero.org/support/dev/exposing_metadata); JSON-LD speaks https://schema.org. What
they say of a paper is what its item in CSL-JSON says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from generator.catalogue.additions import published_name
from generator.catalogue.model import Authorship, Catalogue, Paper, Person
from generator.dates import PartialDate
from generator.exports.csl_json import author_name, csl_item, plain_line
from generator.exports.feeds import SITE_FEED, author_feed
from generator.exports.files import ATOM, CITATIONS, EVERYTHING, Format, Offer
from generator.exports.json_ld import (
    Node,
    addresses,
    named,
    node,
    orcid_address,
    part_of,
    same_as,
    script,
)
from generator.exports.social_cards import SITE_CARD, paper_card, person_card
from generator.markup import clean_text
from generator.records import AuthorNotes
from generator.subjects import subject_name

Cards = Literal["all", "people", "none"]
"""Who has a card of his own for previews of links."""
Head = dict[str, object]
"""The front matter key `head`: `type`, `image`, `meta`, `links`, `jsonld`, each if needed."""


ZOTERO_TYPES: Final = {
    "article-journal": "journalArticle",
    "paper-conference": "conferencePaper",
    "chapter": "bookSection",
    "thesis": "thesis",
    "report": "report",
    "book": "book",
    "article": "preprint",
    "document": "document",
}
"""Zotero's item types by CSL type (https://www.zotero.org/support/kb/item_types_and_fields)."""
_VENUES: Final = {
    "article-journal": ("citation_journal_title", "container-title"),
    "paper-conference": ("citation_conference_title", "container-title"),
    "chapter": ("citation_book_title", "container-title"),
    "thesis": ("citation_dissertation_institution", "publisher"),
    "report": ("citation_technical_report_institution", "publisher"),
}
"""The tag that names where a paper stands, from which readers tell its type, and whence its value
comes, by CSL type."""
_DETAILS: Final = {
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_technical_report_number": "number",
    "citation_series_title": "collection-title",
    "citation_publisher": "publisher",
    "citation_issn": "ISSN",
    "citation_isbn": "ISBN",
    "citation_doi": "DOI",
    "citation_language": "language",
}
_SCHEMA_TYPES: Final[Mapping[str, object]] = {
    "chapter": ["ScholarlyArticle", "Chapter"],
    "thesis": ["ScholarlyArticle", "Thesis"],
    "report": ["ScholarlyArticle", "Report"],
    "book": "Book",
}
_PAGES: Final = re.compile(r"[^\s,;-]+")
_CONTEXT: Final = "https://schema.org"


def alternates(
    path: str, formats: Iterable[Format] = CITATIONS, feed: str | None = None
) -> list[dict[str, str]]:
    """Links from the head of a page to what it says in other formats, and to a feed.

    Formats whose files the page offers for download need none: those links say what they lead to.

    `path` is that of the page without its ending, `feed` that of the feed, both from the site's
    root. Every `rel` has two tokens: Material takes a link with `rel="alternate"` alone for another
    language of the site and asks for a sitemap beside it, whatever its type. Both tokens of the
    second kind are looked for by feed readers.
    """
    links = [
        _link("alternate describedby", f.media_type, f.title, path + f.suffix) for f in formats
    ]
    if feed:
        links.append(_link("alternate feed", ATOM.media_type, ATOM.title, feed))
    return links


def _link(rel: str, media_type: str, title: str, href: str) -> dict[str, str]:
    return {"rel": rel, "type": media_type, "title": title, "href": href}


def home_head(
    site_name: str,
    site_url: str | None,
    description: str | None = None,
    offer: Offer = EVERYTHING,
    cards: Cards = "none",
) -> Head:
    """The head of the home page: the site itself, with its lists in other formats."""
    site = node("WebSite", url=site_url, name=site_name, description=description)
    image = {"image": SITE_CARD} if site_url and cards != "none" else {}
    return image | {
        "links": alternates(
            "papers", offer.beside_papers, SITE_FEED if offer.feeds and site_url else None
        ),
        "jsonld": script({"@context": _CONTEXT, **site}),
    }


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """Makes the heads of the pages of papers and people.

    Without `site_url`, which is absolute and ends in a slash, no address of the site is named.
    """

    catalogue: Catalogue
    notes: Mapping[str, AuthorNotes]
    site_url: str | None
    offer: Offer = EVERYTHING
    cards: Cards = "none"

    def paper(self, paper: Paper) -> Head:
        """The head of a paper's page; of a cut author list, it has the printed names alone."""
        item = csl_item(paper, self.catalogue, self.site_url, abstract=False)
        tags = [{"name": name, "content": text} for name, text in self._citation(paper, item)]
        head: Head = {"type": "article", "meta": tags}
        if self.site_url and self.cards != "none":
            head["image"] = paper_card(paper.id) if self.cards == "all" else SITE_CARD
        head["links"] = alternates(f"papers/{paper.id}", self.offer.unseen)
        head["jsonld"] = script(self._scholarly_article(paper, item))
        return head

    def person(self, person: Person) -> Head:
        """The head of the page of a person or an organisation."""
        feed = author_feed(person.id) if self.offer.feeds and self.site_url else None
        image = self._image(self.notes.get(person.id))
        names = () if person.is_organisation else _profile_names(person)
        tags = [_property("profile", name, text) for name, text in names]
        card = {"image": person_card(person.id)} if self.site_url and self.cards != "none" else {}
        if image and not card:
            tags.append(_property("og", "image", image))
        return card | {
            "type": "website" if person.is_organisation else "profile",
            "meta": tags,
            "links": alternates(f"authors/{person.id}", self.offer.unseen, feed),
            "jsonld": script(self._profile_page(person, image)),
        }

    # -- papers -----------------------------------------------------------------------------------

    def _citation(self, paper: Paper, item: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Highwire's tags; a type that none of them tells stands in Dublin Core's."""
        texts = {name: text for name, text in item.items() if isinstance(text, str)}
        kind = texts["type"]
        yield "citation_title", texts["title"]
        for author in paper.authors:
            yield "citation_author", self._inverted(author, alone=len(paper.authors) == 1)
        yield from _dates(paper)
        tag, variable = _VENUES.get(kind, ("", ""))
        venue = texts.pop(variable, "")
        yield (tag, venue) if venue else ("DC.type", ZOTERO_TYPES[kind])
        if kind != "report":
            texts.pop("number", "")
        yield from ((name, texts[key]) for name, key in _DETAILS.items() if key in texts)
        pages = page_range(texts.get("page", ""))
        yield from zip(("citation_firstpage", "citation_lastpage"), pages, strict=False)
        if paper.publication.arxiv:
            yield "citation_arxiv_id", paper.publication.arxiv
        if keywords := _keywords(paper):
            yield "citation_keywords", "; ".join(keywords)
        yield from self._places(paper)

    def _places(self, paper: Paper) -> Iterator[tuple[str, str]]:
        """The address of a PDF of ours, which Google Scholar wants in the page's own folder."""
        if pdf := self._own_pdf(paper):
            yield "citation_pdf_url", pdf

    def _inverted(self, author: Authorship, *, alone: bool) -> str:
        """`Family, Given`; a name of one part as it is printed.

        Readers know one comma, so a suffix follows the given names. Zotero takes the name of an
        only author for two names where each part has a space, which a no-break space has not.
        """
        name = author_name(author, self.catalogue.people)
        given = clean_text(f"{name.given} {name.suffix}")
        if alone and " " in name.family:
            given = given.replace(" ", "\N{NO-BREAK SPACE}")
        return f"{name.family}, {given}" if given else name.family

    def _own_pdf(self, paper: Paper) -> str | None:
        """The address of a PDF that stands in the folder of the paper's page."""
        name = published_name(paper.notes.pdf) if paper.notes else None
        return f"{self.site_url}papers/{paper.id}/{name}" if name and self.site_url else None

    def _pdf(self, paper: Paper) -> str | None:
        """The address of the paper's text: ours, or one that somebody states."""
        stated = paper.notes.pdf if paper.notes and not published_name(paper.notes.pdf) else None
        return self._own_pdf(paper) or stated or paper.publication.pdf

    def _scholarly_article(self, paper: Paper, item: Mapping[str, object]) -> Node:
        page = self._page("papers", paper.id)
        pdf = self._pdf(paper)
        publication, date = paper.publication, paper.publication_date
        return {"@context": _CONTEXT} | node(
            _SCHEMA_TYPES.get(str(item["type"]), "ScholarlyArticle"),
            {"@id": page, "headline": item["title"]},
            author=[self._author(author) for author in paper.authors],
            datePublished=str(date) if date and date.year else None,
            inLanguage=item.get("language"),
            sameAs=addresses(publication),
            isPartOf=part_of(item),
            pagination=item.get("page"),
            publisher=named("Organization", item.get("publisher")),
            encoding=pdf and node("MediaObject", contentUrl=pdf, encodingFormat="application/pdf"),
        )

    def _author(self, author: Authorship) -> Node:
        person = self.catalogue.people[author.person]
        notes = self.notes.get(person.id)
        return node(
            "Organization" if person.is_organisation else "Person",
            name=author.shown,
            url=self._page("authors", person.id),
            sameAs=notes and orcid_address(notes),
        )

    # -- people -----------------------------------------------------------------------------------

    def _profile_page(self, person: Person, image: str | None) -> Node:
        page = self._page("authors", person.id)
        organisation = person.is_organisation
        about = node(
            "Organization" if organisation else "Person",
            {"@id": page and f"{page}#it"},
            name=person.name,
            givenName=None if organisation else person.parts.given,
            familyName=None if organisation else person.parts.family,
            honorificSuffix=None if organisation else person.parts.suffix,
            alternateName=list(person.other_names),
            url=page,
            sameAs=same_as(self.notes.get(person.id)),
            image=image,
        )
        return {"@context": _CONTEXT} | node("ProfilePage", url=page, mainEntity=about)

    def _image(self, notes: AuthorNotes | None) -> str | None:
        if self.site_url is None or notes is None or notes.photo is None:
            return None
        return f"{self.site_url}assets/authors/{quote(notes.photo)}"

    def _page(self, folder: str, slug: str) -> str | None:
        return f"{self.site_url}{folder}/{slug}/" if self.site_url else None


def page_range(pages: str) -> tuple[str, ...]:
    """First and last page of `101-118`, the only page of `e7`, nothing of nothing."""
    found = _PAGES.findall(pages)
    return (found[0], found[-1]) if len(found) > 1 else tuple(found)


def _dates(paper: Paper) -> Iterator[tuple[str, str]]:
    """When the paper was published, and the first day on which some source has it."""
    published = paper.publication_date
    if published is None or not published.year:
        return
    yield "citation_publication_date", _slashed(published)
    days = [
        record.date
        for record in (listing.record for listing in paper.listings)
        if record.date and record.date.year and record.date.day
    ]
    first = min(days, key=lambda day: day.sort_key, default=published)
    yield "citation_online_date", _slashed(first)


def _slashed(date: PartialDate) -> str:
    """`2024/8/15`, `2024/8` or `2024`."""
    parts = (date.year, date.month, date.day)
    return "/".join(str(part) for part in parts if part)


def _keywords(paper: Paper) -> list[str]:
    stated = map(plain_line, paper.publication.keywords)
    subject = [subject_name(paper.subject)] if paper.subject else []
    return [*subject, *stated]


def _profile_names(person: Person) -> list[tuple[str, str]]:
    names = (("first_name", person.parts.given), ("last_name", person.parts.family))
    return [(name, text) for name, text in names if text]


def _property(prefix: str, name: str, content: str) -> dict[str, str]:
    return {"property": f"{prefix}:{name}", "content": content}
