"""RIS: one entry a paper, for EndNote, Zotero, Mendeley and other reference managers.

An entry says what the paper's item in CSL-JSON says. What a tag means differs by type and by
program; chosen are those that EndNote, by whose makers the specification of 2011 is, and Zotero
(https://github.com/zotero/translators/blob/master/RIS.js) read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from rispy import RisWriter

from generator.catalogue.model import Catalogue, Paper
from generator.dates import PartialDate
from generator.exports.csl_json import (
    PLAIN,
    PREPRINT,
    abstract_text,
    author_name,
    csl_item,
    plain_line,
    remarks,
)
from generator.markup import clean_text
from generator.names import PersonName, parse_name

_TYPES = {
    "article-journal": "JOUR",
    # EndNote's CPAPER was read at a conference and is in no proceedings; Zotero reads both alike.
    "paper-conference": "CONF",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    # RIS has no preprints. EndNote keeps unpublished work apart from articles. Zotero knows it no
    # better than GEN: both become journal articles, with all that we say of them.
    PREPRINT: "UNPB",
    PLAIN: "GEN",
}
"""RIS types by CSL type."""
_NUMBERS = ("issue", "number", "collection-number")
_NUMBER_LABELS = {"report": "issn", "book": "note", PREPRINT: "accession_number"}
"""Where a number stands that is no issue (`IS`): `SN`, `M1` and `AN`, as rispy calls them."""
_PAGES = re.compile(r"([^\s,;-]+)-([^\s,;-]+)")
_COMMAS = re.compile(r"\s*,\s*")
_WEB_ADDRESS = re.compile(r"https?://", re.IGNORECASE)

Value = str | list[str]


class _Writer(RisWriter):  # type: ignore[misc]  # rispy has no types
    """Writes entries without rispy's running number before each, which RIS does not have."""

    def set_header(self, count: int) -> str:  # noqa: ARG002  # rispy's signature
        return ""


_WRITER = _Writer()
_END = "ER  - \n"


def ris_entry(paper: Paper, catalogue: Catalogue, site_url: str | None, *, abstract: bool) -> str:
    """The entry of a paper, from `TY` to `ER` and a line break.

    Every value is one line without control characters, so none can be read as a tag. A cut author
    list holds the printed names alone, and a note says that it is cut.
    """
    item = csl_item(paper, catalogue, site_url, abstract=False)
    texts = {variable: text for variable, text in item.items() if isinstance(text, str)}
    fields: dict[str, Value] = {
        "type_of_reference": _TYPES[texts["type"]],
        "id": texts["id"],
        "title": texts["title"],
        "authors": [_person(author_name(a, catalogue.people)) for a in paper.authors],
        **_editors(paper, texts["type"]),
        **_date(paper.publication_date),
        **_titles(texts),
        **_numbers(texts),
        **_common(texts),
        "file_attachments1": _pdf(paper),
        "keywords": list(map(plain_line, paper.publication.keywords)),
        "notes": list(remarks(paper)),
    }
    entry = str(_WRITER.formats([_cleaned(fields)]))
    return _with_abstract(entry, paper) if abstract else entry


def _with_abstract(entry: str, paper: Paper) -> str:
    text = abstract_text(paper)
    return f"{entry.removesuffix(_END)}AB  - {text}\n{_END}" if text else entry


def _cleaned(fields: Mapping[str, Value]) -> dict[str, Value]:
    cleaned: dict[str, Value] = {}
    for name, value in fields.items():
        if isinstance(value, list):
            cleaned[name] = list(filter(None, map(clean_text, value)))
        elif text := clean_text(value):
            cleaned[name] = text
    return cleaned


def _person(name: PersonName) -> str:
    """`Family, Given, Suffix`; a name of one part and several words ends in a comma.

    Without it, EndNote and others would take the last word for the family name
    (https://docs.endnote.com, "Author and Editor Names"). RIS cannot write a comma within a part.
    """
    family, given, suffix = (
        _COMMAS.sub(" ", part).strip() for part in (name.family, name.given, name.suffix)
    )
    if given:
        return ", ".join(filter(None, (family, given, suffix)))
    whole = " ".join(filter(None, (family, suffix))) or name.family
    return f"{whole}," if " " in whole else whole


def _editors(paper: Paper, kind: str) -> dict[str, Value]:
    """Editors of a book are third: the second people of a book are its series' editors."""
    editors = [_person(parse_name(name)) for name in paper.publication.editors]
    return {"tertiary_authors" if kind == "book" else "secondary_authors": editors}


def _date(date: PartialDate | None) -> dict[str, Value]:
    """Year and date as far as they are known; RIS has no date without a year."""
    if date is None or not date.year:
        return {}
    year = f"{date.year:04}"
    if not date.month:
        return {"year": year}
    day = f"{date.day:02}" if date.day else ""
    return {"year": year, "date": f"{year}/{date.month:02}/{day}/"}


def _titles(texts: Mapping[str, str]) -> dict[str, Value]:
    """What the paper stands in, and the series; of a book or a report, the series alone.

    Journals are no `JO`, for Zotero's journal abbreviation. The title of proceedings is both `T2`,
    the conference to EndNote and Zotero and the proceedings to others, and their own `C3`.
    """
    container, series = texts.get("container-title", ""), texts.get("collection-title", "")
    if not container:
        return {"secondary_title": series}
    proceedings = container if texts["type"] == "paper-conference" else ""
    return {"secondary_title": container, "tertiary_title": series, "custom3": proceedings}


def _numbers(texts: Mapping[str, str]) -> dict[str, Value]:
    """Volume, pages and numbers, under the tags that they have for the type."""
    kind = texts["type"]
    first, last = _page_range(texts.get("page", ""))
    serials = ("ISSN", "ISBN") if kind == "article-journal" else ("ISBN", "ISSN")
    numbers: dict[str, Value] = {
        "volume": texts.get("volume", ""),
        "start_page": first,
        "end_page": last,
        "issn": next((texts[serial] for serial in serials if serial in texts), ""),
    }
    number = next((texts[name] for name in _NUMBERS if name in texts), "")
    # Of a chapter, `IS` would be the number of volumes of its book.
    if number and kind != "chapter":
        numbers[_NUMBER_LABELS.get(kind, "number")] = number
    return numbers


def _page_range(pages: str) -> tuple[str, str]:
    found = _PAGES.fullmatch(pages)
    return (found[1], found[2]) if found else (pages, "")


def _common(texts: Mapping[str, str]) -> dict[str, Value]:
    """What has one tag for every type; of a preprint, arXiv is the database as well."""
    return {
        "edition": texts.get("edition", ""),
        "section": texts.get("chapter-number", ""),
        "type_of_work": texts.get("genre", ""),
        "publisher": texts.get("publisher", ""),
        "name_of_database": texts.get("publisher", "") if texts["type"] == PREPRINT else "",
        "place_published": texts.get("publisher-place", ""),
        "doi": texts.get("DOI", ""),
        "urls": [texts.get("URL", "")],
        "language": texts.get("language", ""),
    }


def _pdf(paper: Paper) -> str:
    """The web address of the paper's text, or ""."""
    stated = (paper.notes.pdf if paper.notes else None, paper.publication.pdf)
    return next((pdf for pdf in stated if pdf and _WEB_ADDRESS.match(pdf)), "")


class RisExporter:
    """Writes each paper of a catalogue once and reuses the entry in every list that holds it."""

    suffix: ClassVar[str] = ".ris"

    def __init__(self, catalogue: Catalogue, site_url: str | None) -> None:
        self._catalogue = catalogue
        self._site_url = site_url
        self._entries: dict[str, str] = {}

    def paper(self, paper: Paper) -> str:
        """The entry of a paper with its abstract."""
        return _with_abstract(self._entry(paper), paper)

    def papers(self, papers: Iterable[Paper]) -> str:
        """A list of entries in the order of `papers`, without abstracts."""
        return "\n".join(map(self._entry, papers))

    def _entry(self, paper: Paper) -> str:
        found = self._entries.get(paper.id)
        if found is None:
            found = self._entries[paper.id] = ris_entry(
                paper, self._catalogue, self._site_url, abstract=False
            )
        return found
