"""BibTeX: one entry a paper, the same in every file that holds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat, write

from generator.catalogue.model import Authorship, Catalogue, Paper
from generator.dates import MONTHS
from generator.exports.tex_text import TexEncoder
from generator.records import KINDS, Publication
from generator.standard_numbers import is_isbn, is_issn

DETAILS = (
    "volume", "number", "series", "edition", "chapter", "pages", "publisher", "address",
    "organization", "howpublished", "type", "isbn", "issn", "language",
)  # fmt: skip
"""Details of a publication that every reader of BibTeX knows, in the order in which they stand."""
_CHECKED: Mapping[str, Callable[[str], object]] = {
    "isbn": is_isbn,
    "issn": is_issn,
    "volume": re.compile("[0-9]+").fullmatch,
    "pages": re.compile(r"[^\W_]").search,
}
"""Details that biber rejects unless they are of this form."""
_LISTS = frozenset(["publisher", "address", "organization", "school", "institution", "language"])
"""Fields in which biber takes `and` for what divides two values."""
_AND = re.compile(r"\band\b|^others", re.IGNORECASE)
_NOT_OF_THESES = "volume number publisher series isbn issn edition organization howpublished"
_NO_PLACE = {
    kind: frozenset(names.split())
    for kind, names in {
        "article": "publisher address isbn edition chapter organization howpublished type",
        "inproceedings": "issn edition howpublished type",
        "incollection": "issn organization howpublished type",
        "inbook": "issn organization howpublished type",
        "phdthesis": _NOT_OF_THESES,
        "mastersthesis": _NOT_OF_THESES,
        "techreport": "volume publisher series isbn issn edition organization howpublished",
        "book": "issn organization howpublished type",
        "proceedings": "issn edition howpublished type",
        "misc": "volume number pages publisher series isbn issn edition chapter",
    }.items()
}
"""Details that the data model of biblatex has no place for in an entry type; the other formats
have them."""
_NO_EDITOR = frozenset(["phdthesis", "mastersthesis", "techreport"])
_NEEDS_AUTHOR = frozenset(
    ["article", "inproceedings", "incollection", "phdthesis", "mastersthesis"]
)
"""Entry types that no reader accepts without an author."""


_END = "}\n"


def _format() -> BibtexFormat:
    layout = BibtexFormat()  # type: ignore[no-untyped-call]  # bibtexparser 2.1 leaves it so
    layout.indent = "  "
    layout.trailing_comma = True
    return layout


_FORMAT = _format()


def entry_type(paper: Paper) -> str:
    """The BibTeX entry type: that of the publication, where all that it asks for is known."""
    kind = paper.publication.kind
    if kind == "proceedings" and paper.authors:
        return "book"  # biblatex's proceedings have editors alone
    if KINDS.get(kind) and not paper.publication.venue:
        return "misc"
    return "misc" if kind in _NEEDS_AUTHOR and not paper.authors else kind


def _told_already(publication: Publication) -> list[str]:
    """Addresses that say no more than an identifier does."""
    doi, arxiv = publication.doi, publication.arxiv
    found = [f"https://doi.org/{doi}", f"http://dx.doi.org/{doi}"] if doi else []
    return [*found, f"https://arxiv.org/abs/{arxiv}"] if arxiv else found


class BibtexExporter:
    """Renders each paper of a catalogue once and reuses the entry in every file.

    Lists leave abstracts out: with them, those of one paper would stand in each file of its
    authors, its year and its subject, and in that of the site.
    """

    suffix: ClassVar[str] = ".bib"

    def __init__(
        self, catalogue: Catalogue, site_url: str | None, *, ascii_only: bool = False
    ) -> None:
        self._people = catalogue.people
        self._site_url = site_url
        self._encoder = TexEncoder(ascii_only)
        self._entries: dict[str, str] = {}

    def paper(self, paper: Paper) -> str:
        """The entry of one paper with its abstract, and a line break at its end."""
        entry = self.entry(paper)
        if not paper.abstract or paper.abstract_is_summary:
            return entry
        abstract = self._encoder.encode(paper.abstract)
        return f"{entry.removesuffix(_END)}  abstract = {{{abstract}}},\n{_END}"

    def papers(self, papers: Iterable[Paper]) -> str:
        """A list of entries without abstracts, in the order of `papers`."""
        return "\n".join(map(self.entry, papers))

    def entry(self, paper: Paper) -> str:
        """The entry of one paper without its abstract, and a line break at its end."""
        found = self._entries.get(paper.id)
        if found is None:
            found = self._entries[paper.id] = self._render(paper)
        return found

    def _render(self, paper: Paper) -> str:
        fields = [Field(key, value) for key, value in self._fields(paper)]
        return str(write(Library([Entry(entry_type(paper), paper.citation_key, fields)]), _FORMAT))

    def _fields(self, paper: Paper) -> Iterator[tuple[str, str]]:
        if paper.authors:
            yield "author", f"{{{self._authors(paper)}}}"
        if paper.publication.editors and entry_type(paper) not in _NO_EDITOR:
            editors = map(self._encoder.person, paper.publication.editors)
            yield "editor", f"{{{' and '.join(editors)}}}"
        yield "title", f"{{{self._encoder.encode(paper.title, protect=True)}}}"
        yield from self._venue(paper.publication, entry_type(paper))
        date = paper.publication_date
        if date and date.year:
            yield "year", f"{{{date.year}}}"
        if date and date.month:
            yield "month", MONTHS[date.month - 1]
        yield from self._addresses(paper)
        if paper.publication.keywords:
            yield (
                "keywords",
                f"{{{', '.join(map(self._encoder.encode, paper.publication.keywords))}}}",
            )
        note = ". ".join(self._notes(paper))
        if note:
            yield "note", f"{{{note}}}"
        reason = paper.reason_inferred("date")
        if reason:
            yield "annote", f"{{The year is inferred: {self._encoder.escape(reason)}.}}"

    def _venue(self, publication: Publication, kind: str) -> Iterator[tuple[str, str]]:
        """Where the paper stands; `howpublished`, where its entry type has no field for a venue."""
        details = dict(publication.details)
        if publication.venue and KINDS[kind]:
            yield self._field(KINDS[kind] or "", publication.venue, protect=True)
        elif publication.venue and kind == "misc":
            details.setdefault("howpublished", publication.venue)
        for name in DETAILS:
            value = details.get(name)
            if value and name not in _NO_PLACE[kind] and _CHECKED.get(name, bool)(value):
                yield self._field(name, value, protect=name == "series")

    def _field(self, name: str, text: str, *, protect: bool) -> tuple[str, str]:
        value = self._encoder.encode_repeated(text, protect=protect)
        if name == "pages":
            value = value.replace("–", "--").replace("-{}-", "--")
        if name in _LISTS and value.lower() == "others":
            value += "{}"  # else biber takes it for "et al.", in braces or not
        kept_whole = name in _LISTS and _AND.search(value)
        return name, f"{{{{{value}}}}}" if kept_whole else f"{{{value}}}"

    def _addresses(self, paper: Paper) -> Iterator[tuple[str, str]]:
        publication = paper.publication
        if publication.doi:
            yield "doi", f"{{{self._encoder.address(publication.doi)}}}"
        if publication.arxiv:
            yield "eprint", f"{{{self._encoder.address(publication.arxiv)}}}"
            yield "archiveprefix", "{arXiv}"
            if publication.primary_class:
                yield "primaryclass", f"{{{self._encoder.address(publication.primary_class)}}}"
        url = publication.url or self._page(paper)
        if url and url not in _told_already(publication):
            yield "url", f"{{{self._encoder.address(url)}}}"

    def _page(self, paper: Paper) -> str | None:
        """The paper's page, for what has no better address."""
        found = paper.publication
        published = found.doi or found.arxiv or found.venue or found.details.get("howpublished")
        if self._site_url is None or published:
            return None
        return f"{self._site_url}papers/{paper.id}/"

    def _notes(self, paper: Paper) -> Iterator[str]:
        stated = paper.publication.details.get("note")
        if stated:
            yield self._encoder.encode(stated)
        if paper.notes:
            yield from (self._encoder.escape(n) for n in (paper.notes.award, paper.notes.note) if n)

    def _authors(self, paper: Paper) -> str:
        names = [self._author(author) for author in paper.authors]
        return " and ".join([*names, "others"] if paper.truncated else names)

    def _author(self, author: Authorship) -> str:
        if self._people[author.person].is_organisation:
            return self._encoder.literal(author.shown)
        return self._encoder.person(author.printed)
