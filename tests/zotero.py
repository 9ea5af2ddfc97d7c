"""What Zotero saves from a page, by the conventions that it documents and keeps.

https://www.zotero.org/support/dev/exposing_metadata names them; their particulars are those of the
translators "COinS" and "Embedded Metadata" (https://github.com/zotero/translators) and of
`parseContextObject` and `cleanAuthor` (https://github.com/zotero/utilities), told here in our own
words. Of several translators Zotero takes the one with the lowest priority number: COinS (310)
before embedded metadata (320).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from tests.page_html import PageHtml

ITEM_TYPES = frozenset(
    """artwork blogPost book bookSection conferencePaper dataset document journalArticle manuscript
    magazineArticle newspaperArticle preprint presentation report thesis webpage""".split()
)


@dataclass(frozen=True, slots=True)
class Creator:
    """An author as Zotero keeps one: a name of one part has no given names."""

    family: str
    given: str = ""

    @property
    def shown(self) -> str:
        """`Given Family`."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a library: its type, its authors, and its fields by Zotero's names."""

    type: str
    creators: tuple[Creator, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


def save(page: PageHtml, address: str = "https://page.example/") -> list[Item]:
    """What a click on Zotero's button saves from the page at an address, everything selected."""
    return list(_coins(page)) or [_Embedded(page, address).item()]


# -- names ----------------------------------------------------------------------------------------

_EDGE = " \t\r\n\u00a0.,/[]:"
_INITIAL = re.compile(r"-?[A-Z\u0400-\u042f]")
_CAPITALS = re.compile(r"[A-Z\u0400-\u042f]{1,3}")
_DASH = re.compile(r"\s*[-\u00ad\u2010-\u2015\u2212]\s*")


def clean_author(text: str, *, inverted: bool) -> Creator:
    """A name taken apart: at its first comma, or before its last word."""
    text = re.sub(r"\s+", " ", text.strip(_EDGE), count=1)
    if inverted:
        family, *rest = re.split(", ?", re.sub(r"\.(?=[^ ])", ". ", text, count=1))
        return Creator(family, _given(rest[0], family) if rest else "")
    words = text.split(" ")
    # A last word that does not begin with a letter is no family name: `Smith [Peru]`.
    cut = next((n for n in range(len(words) - 1, 0, -1) if words[n][:1].isalpha()), 0)
    family = " ".join(words[cut:])
    return Creator(family, _given(" ".join(words[:cut]), family))


def _given(given: str, family: str) -> str:
    """Given names with a full stop behind each initial."""
    if _CAPITALS.fullmatch(given) and (len(given) == 1 or family.upper() != family):
        given = " ".join(f"{letter}." for letter in given)
    given = _DASH.sub("-", given.lstrip(" .").rstrip(" ,"), count=1)
    names = re.split(r"[\s.]+|(?=-)", given)
    full = (f"{name}." if _INITIAL.fullmatch(name) else name for name in names)
    return " ".join(full).replace(" -", "-").strip()


# -- COinS ----------------------------------------------------------------------------------------

_MTX = "info:ofi/fmt:kev:mtx:"
_BY_FORMAT = {"journal": "journalArticle", "dissertation": "thesis", "dc": "webpage"}
_BY_GENRE = {
    "bookitem": "bookSection",
    "conference": "conferencePaper",
    "proceeding": "conferencePaper",
    "report": "report",
    "document": "document",
}
_IN_SOMETHING = frozenset(["journalArticle", "bookSection", "conferencePaper"])
_COINS_FIELDS = {
    "rft.date": "date",
    "rft.volume": "volume",
    "rft.issue": "issue",
    "rft.issn": "ISSN",
    "rft.isbn": "ISBN",
    "rft.pub": "publisher",
    "rft.publisher": "publisher",
    "rft.inst": "publisher",
    "rft.place": "place",
    "rft.edition": "edition",
    "rft.series": "series",
    "rft.degree": "type",
    "rft.source": "publicationTitle",
    "rft.language": "language",
}


def _coins(page: PageHtml) -> Iterator[Item]:
    for span in page.all("span"):
        if "Z3988" in span.attributes.get("class", "").split() and "title" in span.attributes:
            item = parse_context_object(span.attributes["title"])
            # What has no title Zotero looks up elsewhere; nothing of ours may need that.
            if item is not None:
                assert item["title"], span.attributes["title"]
                yield item


def parse_context_object(text: str) -> Item | None:
    """The item that a ContextObject stands for, or None for one of an unknown format."""
    parts = text.split("&")
    kind = _coins_type(parts)
    if kind is None:
        return None
    pairs = [(key, _decode(value)) for key, _, value in (part.partition("=") for part in parts)]
    pairs = [(key, value) for key, value in pairs if value]
    fields: dict[str, str] = {}
    for key, value in pairs:
        fields |= _coins_field(kind, key, value)
    fields |= _coins_pages([key for key, _ in pairs], dict(pairs))
    stated = dict(pairs).get("rft.type", "")
    return Item(stated if stated in ITEM_TYPES else kind, _coins_creators(pairs), fields)


def _coins_type(parts: Sequence[str]) -> str | None:
    formats = [unquote(p.partition("=")[2]) for p in parts if p.startswith("rft_val_fmt=")]
    name = formats[0].removeprefix(_MTX) if formats else ""
    if name != "book":
        return _BY_FORMAT.get(name)
    genres = [kind for genre, kind in _BY_GENRE.items() if f"rft.genre={genre}" in parts]
    return genres[0] if genres else "book"


def _decode(value: str) -> str:
    # A plus sign that is encoded becomes a space as well.
    return unquote(re.sub(r"\+|%2[bB]", " ", value), errors="strict")


def _coins_field(kind: str, key: str, value: str) -> dict[str, str]:
    if key == "rft_id":
        return _coins_identifier(value)
    if key in ("rft.atitle", "rft.btitle", "rft.jtitle", "rft.title"):
        within = kind in _IN_SOMETHING and key != "rft.atitle"
        fits = {"rft.atitle": kind in _IN_SOMETHING, "rft.jtitle": kind == "journalArticle"}
        fits["rft.btitle"] = kind in ("book", "report", "bookSection", "conferencePaper")
        return {"publicationTitle" if within else "title": value} if fits.get(key, True) else {}
    name = _COINS_FIELDS.get(key)
    return {name: value} if name else {}


def _coins_identifier(value: str) -> dict[str, str]:
    if value.lower().startswith("info:doi/"):
        return {"DOI": value[9:]}
    if value.lower().startswith("urn:isbn:"):
        return {"ISBN": value[9:]}
    return {"url": value} if re.match("https?://", value) else {}


def _coins_pages(keys: Sequence[str], values: Mapping[str, str]) -> dict[str, str]:
    if "rft.pages" in keys:
        return {"pages": values["rft.pages"]}
    ends = [values[key] for key in ("rft.spage", "rft.epage") if key in values]
    return {"pages": "-".join(dict.fromkeys(ends))} if ends else {}


def _coins_creators(pairs: Sequence[tuple[str, str]]) -> tuple[Creator, ...]:
    """Whole names, and before them a name in parts unless one of them is taken for the same."""
    plain = [
        clean_author(value, inverted="," in value)
        for key, value in pairs
        if key in ("rft.au", "rft.creator")
    ]
    parts = dict(pair for pair in pairs if pair[0] in ("rft.aulast", "rft.aufirst"))
    if not parts:
        return tuple(plain)
    first = Creator(parts.get("rft.aulast", ""), parts.get("rft.aufirst", ""))
    known = any(
        c.family == first.family and c.given and c.given.startswith(first.given) for c in plain
    )
    return tuple(plain if known else [first, *plain])


# -- embedded metadata ----------------------------------------------------------------------------

_HIGHWIRE = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_book_title": "bookTitle",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_series_title": "series",
    "citation_conference_title": "conferenceName",
    "citation_dissertation_institution": "university",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_publisher": "publisher",
    "citation_isbn": "ISBN",
    "citation_issn": "ISSN",
    "citation_abstract": "abstractNote",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_language": "language",
}
_SURE_TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_book_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}
_PAGES = ("citation_firstpage", "citation_lastpage")
_FROM_OPENGRAPH = {
    "og:title": "title",
    "og:site_name": "publicationTitle",
    "og:description": "abstractNote",
    "og:url": "url",
}


class _Embedded:
    """The tags of one page's head."""

    def __init__(self, page: PageHtml, address: str) -> None:
        self._page = page
        self._address = address
        self._tags = [
            (e.attributes.get("name") or e.attributes.get("property", ""), e.attributes["content"])
            for e in page.all("meta")
            if "head" in e.inside and e.attributes.get("content")
        ]

    def item(self) -> Item:
        fields = {name: self._first(tag.__eq__) for tag, name in _FROM_OPENGRAPH.items()}
        for tag, name in _HIGHWIRE.items():
            fields[name] = self._cited(tag) or fields.get(name, "")
        fields["pages"] = "-".join(filter(None, map(self._cited, _PAGES)))
        fields["date"] = fields["date"] or self._cited("citation_online_date")
        fields["url"] = fields["url"] or self._cited("citation_abstract_html_url")
        fields["attachment"] = self._cited("citation_pdf_url")
        found = Item(self._type(), tuple(self._creators()), fields)
        return self._completed(found)

    def _first(self, matches: Callable[[str], bool]) -> str:
        return next((" ".join(text.split()) for name, text in self._tags if matches(name)), "")

    def _cited(self, ending: str) -> str:
        """The first tag whose name ends so: `bepress_citation_title` is one, too."""
        return self._first(lambda name: name.endswith(ending))

    def _type(self) -> str:
        """A venue tells the type; else OpenGraph's websites and books, then Dublin Core's type."""
        names = [name for name, _ in self._tags]
        sure = [kind for name in names if (kind := _SURE_TYPES.get(name))]
        if sure:
            return sure[-1]
        og = {"website": "webpage", "book": "book"}.get(self._first("og:type".__eq__))
        stated = self._first(lambda name: name.lower() == "dc.type")
        guess = "book" if "citation_isbn" in names else "journalArticle"
        # That something is an article, as OpenGraph has it, decides nothing.
        usual = guess if "citation_title" in names else "webpage"
        return og or (stated if stated in ITEM_TYPES else "") or usual

    def _creators(self) -> Iterator[Creator]:
        tags = [text for name, text in self._tags if name.endswith("citation_author")]
        for tag in tags:
            authors = re.split(r"\s*;\s*", tag)
            by_comma = re.split(r"\s*,\s*", tag)
            two_names = len(by_comma) > 1 and " " in by_comma[0] and " " in by_comma[1]
            particle = re.match("van|de|von", tag, re.IGNORECASE)
            if len(tags) == len(authors) == 1 and two_names and not particle:
                authors = by_comma
            for author in filter(None, authors):
                yield _with_case(clean_author(author, inverted="," in author))

    def _completed(self, item: Item) -> Item:
        """The item with what stands elsewhere in the page, where its tags leave a gap."""
        fields = dict(item.fields)
        fields["title"] = fields["title"] or "".join(self._page.all("title")[0].text)
        if fields["publicationTitle"]:
            name = re.escape(fields["publicationTitle"])
            fields["title"] = re.sub(rf"(?i)\s*[-–—=_:|~#]\s*{name}\s*$", "", fields["title"])
        fields["abstractNote"] = fields["abstractNote"] or self._first("description".__eq__)
        fields["url"] = fields["url"] or self._canonical() or self._address
        language = self._page.all("html")[0].attributes.get("lang", "")
        fields["language"] = fields["language"] or language
        doi = re.search(r"10(?:\.[0-9]{4,})?/\S*[^\s.,]", fields["DOI"])
        fields["DOI"] = doi[0] if doi else ""
        return replace(item, fields=fields)

    def _canonical(self) -> str:
        links = self._page.all("link")
        found = (e.attributes["href"] for e in links if e.attributes.get("rel") == "canonical")
        return next(found, "")


def _with_case(creator: Creator) -> Creator:
    """A personal name that is all capitals, or has none, is written as names are."""
    if not creator.given:
        return creator
    return Creator(*(_as_name(part) for part in (creator.family, creator.given)))


def _as_name(part: str) -> str:
    return part.title() if part in (part.upper(), part.lower()) else part
