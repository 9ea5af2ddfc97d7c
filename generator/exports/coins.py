"""COinS: papers of a list as OpenURL ContextObjects in empty elements, which Zotero collects.

The form is Z39.88-2004 in key/encoded-value pairs (http://www.openurl.info/registry, formats
`info:ofi/fmt:kev:mtx:…`), within HTML as http://ocoins.info tells.
On a page with COinS, Zotero does not look at the citation tags: no paper's own page may have any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final
from urllib.parse import quote

from generator.catalogue.model import Authorship, Catalogue, Paper
from generator.exports.csl_json import author_name, csl_item
from generator.exports.metadata import ZOTERO_TYPES, page_range
from generator.identifiers import arxiv_address
from generator.names import PersonName

_JOURNAL, _BOOK, _DISSERTATION, _DUBLIN_CORE = (
    f"info:ofi/fmt:kev:mtx:{name}" for name in ("journal", "book", "dissertation", "dc")
)
_FORMATS: Final = {
    "article-journal": (_JOURNAL, "article"),
    "paper-conference": (_BOOK, "proceeding"),
    "chapter": (_BOOK, "bookitem"),
    "book": (_BOOK, "book"),
    "report": (_BOOK, "report"),
    "thesis": (_DISSERTATION, ""),
}
"""Format and genre by CSL type; the rest is Dublin Core. OpenURL has preprints among journal
articles, and Zotero would take them for such; of Dublin Core it reads the type."""
_TITLES: Final = {
    "article-journal": ("rft.atitle", "rft.jtitle"),
    "paper-conference": ("rft.atitle", "rft.btitle"),
    "chapter": ("rft.atitle", "rft.btitle"),
    "book": ("rft.btitle", ""),
    "report": ("rft.btitle", ""),
}
"""Keys of a paper's title and of what it stands in, if it does, by CSL type."""
_DETAILS: Final = {
    "rft.volume": "volume",
    "rft.issue": "issue",
    "rft.series": "collection-title",
    "rft.edition": "edition",
    "rft.pub": "publisher",
    "rft.place": "publisher-place",
    "rft.isbn": "ISBN",
    "rft.issn": "ISSN",
}
_MOST_AUTHORS: Final = 100
"""Authors that are named: a paper of 3,000 would stand with all of them on 3,000 pages. Its own
page names them all."""
_WHOLE_WORDS: Final = re.compile(r"[^\W\d_]{2,}(?:[ '’-][^\W\d_]{2,})*")
_BLOCK: Final = "<div hidden>\n{}\n</div>"
_SPAN: Final = '<span class="Z3988" title="{}"></span>'

Pairs = Iterator[tuple[str, str]]


def coins(paper: Paper, catalogue: Catalogue, site_url: str | None) -> str:
    """The ContextObject of a paper: pairs joined by `&`, percent-encoded UTF-8, `+` for a space.

    Of a cut author list, it has the printed names alone. Without `site_url`, the paper's page is
    not named.
    """
    pairs = _pairs(paper, catalogue, site_url)
    return "&".join(f"{key}={_encode(value)}" for key, value in pairs)


class CoinsBlocks:
    """Renders each paper of a catalogue once and reuses it on every page that lists it."""

    def __init__(self, catalogue: Catalogue, site_url: str | None) -> None:
        self._catalogue = catalogue
        self._site_url = site_url
        self._spans: dict[str, str] = {}

    def block(self, papers: Iterable[Paper]) -> str:
        """One block of raw HTML for Markdown, with an empty element for each paper; "" for none.

        It is `hidden`, and so from screen readers too. Encoded values have nothing but letters,
        digits, `%` and `+-._~:/,`, which no extension of Markdown reads within raw HTML.
        """
        spans = "\n".join(map(self._span, papers))
        return _BLOCK.format(spans) if spans else ""

    def _span(self, paper: Paper) -> str:
        found = self._spans.get(paper.id)
        if found is None:
            text = coins(paper, self._catalogue, self._site_url).replace("&", "&#38;")
            found = self._spans[paper.id] = _SPAN.format(text)
        return found


def _encode(value: str) -> str:
    return quote(value, safe="/:, ").replace(" ", "+")


def _pairs(paper: Paper, catalogue: Catalogue, site_url: str | None) -> Pairs:
    item = csl_item(paper, catalogue, site_url, abstract=False)
    texts = {name: text for name, text in item.items() if isinstance(text, str)}
    kind = texts["type"]
    yield "ctx_ver", "Z39.88-2004"
    format_, genre = _FORMATS.get(kind, (_DUBLIN_CORE, ""))
    yield "rft_val_fmt", format_
    if genre:
        yield "rft.genre", genre
    if format_ == _DUBLIN_CORE:
        yield from _dublin_core(texts)
    elif format_ == _DISSERTATION:
        yield from _dissertation(texts)
    else:
        yield from _publication(texts)
    if paper.publication_date and paper.publication_date.year:
        yield "rft.date", str(paper.publication_date)
    key = "rft.creator" if format_ == _DUBLIN_CORE else "rft.au"
    yield from _authors(paper.authors, catalogue, key)
    yield from _places(paper, site_url)


def _publication(texts: Mapping[str, str]) -> Pairs:
    """A paper in a journal or a book, or a book."""
    title, container = _TITLES[texts["type"]]
    yield title, texts["title"]
    if container and (venue := texts.get("container-title")):
        yield container, venue
    yield from ((key, texts[name]) for key, name in _DETAILS.items() if name in texts)
    pages = page_range(texts.get("page", ""))
    yield from zip(("rft.spage", "rft.epage"), pages, strict=False)


def _dissertation(texts: Mapping[str, str]) -> Pairs:
    yield "rft.title", texts["title"]
    names = (("rft.inst", "publisher"), ("rft.degree", "genre"))
    yield from ((key, texts[name]) for key, name in names if name in texts)


def _dublin_core(texts: Mapping[str, str]) -> Pairs:
    yield "rft.type", ZOTERO_TYPES[texts["type"]]
    yield "rft.title", texts["title"]
    names = (("rft.source", "container-title"), ("rft.publisher", "publisher"))
    yield from ((key, texts[name]) for key, name in names if name in texts)


def _authors(authors: Iterable[Authorship], catalogue: Catalogue, key: str) -> Pairs:
    """The first authors as `Family, Given`; the very first in parts besides, where that is safe.

    Zotero takes the parts for another person where it writes the whole name otherwise, such as an
    initial with its full stop.
    """
    named = islice(authors, _MOST_AUTHORS)
    names = [author_name(author, catalogue.people) for author in named]
    if key == "rft.au" and names and _is_plain(names[0]):
        yield "rft.aulast", names[0].family
        yield "rft.aufirst", names[0].given
    yield from ((key, _inverted(name)) for name in names)


def _is_plain(name: PersonName) -> bool:
    given = _WHOLE_WORDS.fullmatch(name.given)
    family = _WHOLE_WORDS.fullmatch(name.family)
    return bool(given and family and not name.suffix and not name.given.isupper())


def _inverted(name: PersonName) -> str:
    """`Family, Given Suffix`; a name of one part and several words ends in a comma.

    Without it, Zotero takes the last word for the family name.
    """
    given = f"{name.given} {name.suffix}".strip()
    if given:
        return f"{name.family}, {given}"
    return f"{name.family}," if " " in name.family else name.family


def _places(paper: Paper, site_url: str | None) -> Pairs:
    """Identifiers and addresses; of several addresses Zotero keeps the last, our page."""
    if paper.publication.doi:
        yield "rft_id", f"info:doi/{paper.publication.doi}"
    if paper.publication.arxiv:
        yield "rft_id", arxiv_address(paper.publication.arxiv)
    if site_url:
        yield "rft_id", f"{site_url}papers/{paper.id}/"
