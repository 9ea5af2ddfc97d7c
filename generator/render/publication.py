"""Where a paper was published, as one line; and where its links lead, as buttons."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from generator.catalogue.additions import published_name
from generator.catalogue.model import Paper
from generator.identifiers import arxiv_address, doi_address, parse_arxiv, parse_doi
from generator.markup import escape_markdown, link_target
from generator.names import display_name
from generator.records import PaperNotes, Publication
from generator.render.inline import (
    CODE_HOSTS,
    WebLink,
    host_and_path,
    render_title,
    urls_in,
    web_link,
)

_WORKS = {
    "phdthesis": "PhD thesis",
    "mastersthesis": "Master’s thesis",
    "techreport": "Technical report",
}
"""Kinds that stand in nothing else, with the words for them where `type` does not say."""
_WITHIN = frozenset({"inproceedings", "incollection", "inbook"})
_OPENING = re.compile("volume |number |chapter |pages? |edited by ")
_SEVERAL = frozenset("–,&+")
"""In a statement of pages, what tells that they are several."""


def publication_line(publication: Publication) -> Markup | None:
    """Venue, volume, pages, publisher, as far as they are known; None where nothing is.

    Parts and order are those of BibTeX's standard styles (https://ctan.org/pkg/bibtex, plain.bst),
    each part as its source has it.
    """
    details = {name: render_title(text) for name, text in publication.details.items() if text}

    def part(name: str, form: str = "{}") -> str:
        return form.format(details[name]) if name in details else ""

    article = publication.kind == "article"
    pages = "pages {}" if _SEVERAL & set(details.get("pages", "")) else "page {}"
    parts = (
        _venue(publication, details),
        _issue(details) if article else _volume(publication.kind, details),
        part("edition", "{} edition"),
        part("chapter", "chapter {}"),
        part("pages", pages),
        _editors(publication),
        part("howpublished"),
        part("publisher"),
    )
    line = ", ".join(filter(None, parts))
    # Where no venue opens the line, a word of ours may.
    opening = _OPENING.match(line)
    return Markup(line[:1].upper() + line[1:] if opening else line) or None


def _venue(publication: Publication, details: Mapping[str, str]) -> str:
    """What the paper stands in, or what it is and to whom it was given."""
    venue = render_title(publication.venue) if publication.venue else ""
    if publication.kind in _WORKS:
        words = [details.get("type", _WORKS[publication.kind])]
        if publication.kind == "techreport":
            words.append(details.get("number", ""))
        return ", ".join(filter(None, (" ".join(filter(None, words)), venue)))
    cited = f"<cite>{venue}</cite>" if venue else ""
    return f"In {cited}" if cited and publication.kind in _WITHIN else cited


def _issue(details: Mapping[str, str]) -> str:
    """Volume and number of a journal: `12(3)`."""
    volume, number = details.get("volume", ""), details.get("number", "")
    if volume and number:
        return f"{volume}&#40;{number}&#41;"
    return volume or (number and f"number {number}")


def _volume(kind: str, details: Mapping[str, str]) -> str:
    """Volume of a book, and the series in which it is counted."""
    number = "" if kind in _WORKS else details.get("number", "")
    names = (("volume", details.get("volume", "")), ("number", number))
    counted = next((f"{name} {value}" for name, value in names if value), "")
    series = details.get("series", "")
    return f"{counted} of {series}" if counted and series else counted or series


def _editors(publication: Publication) -> str:
    """Those of a book as a whole: for it they are what authors are for a paper."""
    if publication.kind not in ("book", "proceedings") or not publication.editors:
        return ""
    names = [escape_markdown(display_name(editor)) for editor in publication.editors]
    return "edited by " + " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


_ORDER = ("Code", "Project", "PDF", "DOI", "arXiv", "Slides", "Video", "Web page")
"""Kinds of links in the order of their buttons."""


def paper_links(paper: Paper) -> list[WebLink]:
    """The links of a paper's page: what is stated, then what its abstract holds, each place once.

    A DOI and its address are one place, and so are an arXiv id and its page.
    """
    stated: dict[str, WebLink] = {}
    for place, link in _stated(paper):
        stated.setdefault(place, link)
    found = ((url, web_link(url)) for url in urls_in(paper.abstract or ""))
    others = (link for url, link in found if link and _place(url) not in stated)
    return sorted((*stated.values(), *others), key=lambda link: _ORDER.index(link.kind))


_TEXTS = frozenset(("PDF", "DOI", "arXiv", "Web page"))
"""Kinds of links that lead to a paper itself."""


def search_for_text(paper: Paper, links: Sequence[WebLink]) -> Markup | None:
    """The address of a search for the title, where no link leads to the text.

    Google Scholar reads up to 256 characters of it, quotation marks and all.
    """
    if any(link.kind in _TEXTS for link in links):
        return None
    words = textwrap.shorten(paper.plain_title, 160, placeholder="") or paper.plain_title[:160]
    target = link_target(f"https://scholar.google.com/scholar?q=%22{quote(words, safe='')}%22")
    return Markup(target) if target else None


def _stated(paper: Paper) -> Iterator[tuple[str, WebLink]]:
    """Links with the places that they lead to; of two that lead to one, the first holds."""
    publication = paper.publication
    if publication.arxiv:
        yield from _address(arxiv_address(publication.arxiv))
    if publication.doi:
        yield from _address(doi_address(publication.doi))
    if paper.notes:
        yield from _written(paper.id, paper.notes)
    if publication.pdf:
        yield from _address(publication.pdf, "PDF")
    if publication.url:
        yield from _address(publication.url)


def _written(paper: str, notes: PaperNotes) -> Iterator[tuple[str, WebLink]]:
    """What people gave for a paper: addresses, and files that stand in its page's folder."""
    for kind, value in (("PDF", notes.pdf), ("Slides", notes.slides)):
        name = published_name(value)
        if name is not None:
            yield name, WebLink(Markup(f"{paper}/{name}"), "", kind, is_file=True)
        elif value:
            yield from _address(value, kind)
    for kind, value in (("Code", notes.code), ("Video", notes.video)):
        if value:
            yield from _address(value, kind)


def _address(url: str, kind: str | None = None) -> Iterator[tuple[str, WebLink]]:
    """The link to an address and its place, if it is one; its kind is told by it if not given."""
    link = web_link(url)
    if link is None:
        return
    identifier = _identifier(url)
    kind = kind or (identifier[0] if identifier else _kind(url))
    if identifier and identifier[0] == kind:
        label = identifier[1]
    else:
        # The host says enough of a PDF or a video; of a page it does not.
        label = link.label if kind in ("Code", "Web page") else host_and_path(url)[0]
    yield _place(url), replace(link, kind=kind, label=label)


def _identifier(url: str) -> tuple[str, str] | None:
    """The kind of an identifier and the bare one, where an address is the page of one."""
    arxiv = None if "/pdf/" in url else parse_arxiv(url)
    if arxiv is not None:
        return "arXiv", arxiv
    doi = parse_doi(url)
    return None if doi is None else ("DOI", doi)


def _kind(url: str) -> str:
    """What a page leads to that a bibliography gives for a paper."""
    host, path = host_and_path(url)
    if host in CODE_HOSTS:
        return "Code"
    is_pdf = path.lower().endswith(".pdf") or (host == "arxiv.org" and path.startswith("pdf/"))
    return "PDF" if is_pdf else "Web page"


def _place(url: str) -> str:
    """What two safe addresses have in common that lead to one place."""
    identifier = _identifier(url)
    if identifier is not None:
        return ":".join(identifier).lower()
    host, path = host_and_path(url)
    if host in CODE_HOSTS:
        path = path.lower().removesuffix(".git")
    parts = urlsplit(url)
    return f"{host}/{path}?{parts.query}#{parts.fragment}"
