"""Atom feeds (RFC 4287): the newest papers of the site, of each author, of each subject class.

They are built without a clock: what time there is in them comes from the papers, and an entry has
the same bytes in every feed and every build until its paper changes.

The id of an entry is the address of the paper's page, frozen as that is. A `tag:` URI (RFC 4151)
would have to take its authority from the same address, and claim a day on which that was ours.

Feeds end in `.xml`: every server sends that as XML, while many do not know `.atom`, Python's own
and that of `authorpages serve` among them. The links of pages say `application/atom+xml`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice

from generator.catalogue.additions import published_name
from generator.catalogue.model import Catalogue, Paper
from generator.dates import PartialDate
from generator.documents import Document
from generator.identifiers import arxiv_address, doi_address, subject_slug
from generator.markup import clean_text, link_target
from generator.subjects import SUBJECT_NAMES, subject_name
from generator.tex import plain_text

NEWEST = 50
"""Papers in a feed. Readers keep what they have seen and come back within days: nobody adds more
in between, and the first import of a site is no news to anyone."""
MOST_AUTHORS = 100
"""Authors that an entry names: a paper of 3,000 stands in 3,000 feeds, that is 1 GB."""
UNDATED = "1970-01-01T00:00:00Z"
"""When a paper without a year was last changed. RFC 4287 asks for some time (section 4.1.2); this
one is never news, and stands where such papers stand in every list: last."""
SITE_FEED = "feed.xml"
"""The path of the site's feed."""

_ATOM = "http://www.w3.org/2005/Atom"
_ARXIV_CLASSES = "http://arxiv.org/schemas/atom"
"""The scheme under which arXiv's own feeds name its subject classes
(https://info.arxiv.org/help/api/user-manual.html)."""
_END = "</feed>"


def author_feed(person: str) -> str:
    """The path of an author's feed."""
    return f"authors/{person}.xml"


def topic_feed(subject: str) -> str:
    """The path of a subject class's feed."""
    return f"topics/{subject_slug(subject)}.xml"


def note_address(paper: str, place: str, site_url: str | None) -> str:
    """Where a PDF or slides that people add to a paper are: on the web, or in its page's folder.

    Without an address of the site, a file of its own is told relative to its root.
    """
    name = published_name(place)
    return place if name is None else f"{site_url or ''}papers/{paper}/{name}"


class FeedExporter:
    """Renders each paper of a catalogue once and reuses the entry in every feed."""

    def __init__(self, catalogue: Catalogue, site_name: str, site_url: str | None) -> None:
        self._catalogue = catalogue
        self._site_name = site_name
        self._site_url = site_url
        self._entries: dict[str, _Entry] = {}

    def documents(self) -> Iterator[Document]:
        """All feeds; none while the site's address is not known, for a feed has to name it."""
        if self._site_url is None:
            return
        site = _Site(self._site_name, self._site_url, self._catalogue)
        yield self._feed(site, SITE_FEED, "", "", self._catalogue.papers)
        for person in self._catalogue.people.values():
            page = f"authors/{person.id}/"
            yield self._feed(site, author_feed(person.id), page, person.name, person.papers)
        for subject, papers in self._catalogue.subjects.items():
            page = f"topics/{subject_slug(subject)}/"
            yield self._feed(site, topic_feed(subject), page, subject_name(subject), papers)

    def _feed(
        self, site: _Site, path: str, page: str, about: str, papers: Iterable[str]
    ) -> Document:
        entries = [self._entry(site, paper) for paper in islice(papers, NEWEST)]
        updated = max((entry.updated for entry in entries), default=UNDATED)
        head = ET.tostring(_head(site, path, page, about, updated), encoding="unicode")
        texts = "".join([f"{entry.text}\n" for entry in entries])
        return Document(
            path,
            f'<?xml version="1.0" encoding="utf-8"?>\n{head.removesuffix(_END)}\n{texts}{_END}\n',
        )

    def _entry(self, site: _Site, paper: str) -> _Entry:
        found = self._entries.get(paper)
        if found is None:
            found = self._entries[paper] = _render(site, self._catalogue.papers[paper])
        return found


@dataclass(frozen=True, slots=True)
class _Site:
    name: str
    url: str
    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class _Entry:
    """A paper as the text of an element, and when it was last changed."""

    text: str
    updated: str


def _head(site: _Site, path: str, page: str, about: str, updated: str) -> ET.Element:
    """A feed without its entries, whose publisher is the site.

    The site is named as its author: RFC 4287 (section 4.1.1) asks for one unless each entry has
    one, and there are papers of which no author is known.
    """
    feed = ET.Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", site.url + path)
    _add(feed, "title", f"{about} – {site.name}" if about else site.name)
    _add(feed, "updated", updated)
    _add(feed, "link", rel="self", type="application/atom+xml", href=site.url + path)
    _add(feed, "link", rel="alternate", type="text/html", href=site.url + page)
    _add_person(feed, site.name, site.url)
    return feed


def _render(site: _Site, paper: Paper) -> _Entry:
    entry = ET.Element("entry")
    address = f"{site.url}papers/{paper.id}/"
    moment = _first_moment(paper.date)
    _add(entry, "id", address)
    _add(entry, "title", clean_text(paper.plain_title) or paper.id)
    _add(entry, "updated", moment or UNDATED)
    if moment and not paper.reason_inferred("date"):
        _add(entry, "published", moment)
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    for title, href in _related(site, paper):
        _add(entry, "link", rel="related", title=title, href=href)
    for name, person in _authors(site.catalogue, paper):
        _add_person(entry, name, f"{site.url}authors/{person}/")
    if paper.subject:
        _add_category(entry, paper.subject)
    if paper.abstract:
        _add(entry, "summary", _summary(paper.abstract, is_foreign=paper.abstract_is_summary))
    return _Entry(ET.tostring(entry, encoding="unicode"), moment or UNDATED)


def _add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> None:
    """Add an element; of its text, only what XML can hold."""
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = clean_text(text)


def _add_person(parent: ET.Element, name: str, page: str) -> None:
    author = ET.SubElement(parent, "author")
    _add(author, "name", name)
    _add(author, "uri", page)


def _add_category(parent: ET.Element, subject: str) -> None:
    scheme = {"scheme": _ARXIV_CLASSES} if subject in SUBJECT_NAMES else {}
    label = clean_text(subject_name(subject))
    _add(parent, "category", term=clean_text(subject), label=label, **scheme)


def _authors(catalogue: Catalogue, paper: Paper) -> Iterator[tuple[str, str]]:
    """Names and ids of the known authors: as printed, then those that "et al." hides.

    Of a long list, the first `MOST_AUTHORS`. Atom has no way to say that a list goes on, and nobody
    is made up to say it.
    """
    for author in paper.authors[:MOST_AUTHORS]:
        yield author.shown, author.person
    for person in paper.hidden:
        yield catalogue.people[person].name, person


def _related(site: _Site, paper: Paper) -> Iterator[tuple[str, str]]:
    """Where else the paper is, with a name for each place."""
    publication = paper.publication
    if publication.doi:
        yield "DOI", doi_address(publication.doi)
    if publication.arxiv:
        yield "arXiv", arxiv_address(publication.arxiv)
    pdf = publication.pdf
    if paper.notes and paper.notes.pdf:
        pdf = note_address(paper.id, paper.notes.pdf, site.url)
    target = link_target(pdf) if pdf else None
    if target:
        # The address as a browser has it; a link target is written for Markdown, in entities.
        yield "PDF", unescape(target)


def _summary(abstract: str, *, is_foreign: bool) -> str:
    """The abstract as plain text; what somebody else wrote in its place says so."""
    text = plain_text(abstract)
    return f"Summary, not the authors’ abstract: {text}" if is_foreign else text


def _first_moment(date: PartialDate | None) -> str | None:
    """The first moment of a date as RFC 3339 writes it, or None where no year is known."""
    if date is None or date.year is None:
        return None
    return f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"
