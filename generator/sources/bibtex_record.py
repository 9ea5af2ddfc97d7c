"""One entry of a bibliography as a record; what is wrong in a field costs that field alone."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.dates import PartialDate
from generator.errors import Problem, Severity
from generator.markup import clean_text
from generator.names import is_organisation, name_key
from generator.records import KINDS, NameAsPrinted, PaperRecord, Provenance, Publication
from generator.sources.bibtex_addresses import (
    ARXIV_JOURNAL,
    read_address,
    read_howpublished,
    read_identifiers,
)
from generator.sources.bibtex_dates import read_date
from generator.sources.bibtex_entry import EntryFields
from generator.sources.bibtex_names import NameList, read_names
from generator.sources.bibtex_text import read_long_text, read_plain, read_text
from generator.subjects import SUBJECT_NAMES
from generator.validation import nearest

_KINDS = {
    "conference": "inproceedings",
    "collection": "book",
    "mvbook": "book",
    "mvproceedings": "proceedings",
    "thesis": "phdthesis",
    "report": "techreport",
    "bookinbook": "inbook",
    "suppbook": "inbook",
    "inreference": "incollection",
    "suppcollection": "incollection",
    "suppperiodical": "article",
} | dict.fromkeys(
    """artwork audio bibnote booklet commentary custom customa customb customc dataset electronic
    image jurisdiction legislation legal letter manual movie mvcollection mvreference music online
    patent performance periodical reference review set software standard unpublished video webpage
    www xdata""".split(),
    "misc",
)
"""Entry types of BibTeX and biblatex that records do not tell apart from another."""
_VENUES = {
    "journal": ("journal",),
    "booktitle": ("booktitle",),
    "school": ("school", "institution"),
    "institution": ("institution", "school", "organization"),
}
_DETAILS = (
    "volume", "number", "series", "edition", "chapter", "pages", "publisher", "address",
    "organization", "howpublished", "type", "isbn", "issn", "language", "note",
)  # fmt: skip
_LONGEST_TITLE = 5_000
_PAGES = re.compile(r"(?<=[\w.])\s*(?:-{1,3}|[‐‑–—])\s*(?=[\w.])")
_ISSN = re.compile(r"\d{7}[\dXx]")


def read_entry(entry: EntryFields) -> PaperRecord | None:
    """The record of an entry; None, and a quarantined problem, when it has no usable title."""
    kind = _kind(entry)
    title = read_text(_titled(entry, "title", "subtitle"))
    if not title and kind != "article":
        title = read_text(_titled(entry, "booktitle", "booksubtitle"))
    if not title or len(title) > _LONGEST_TITLE:
        found = "has no title" if not title else f"has a title of {len(title):,} characters"
        message = f"the entry {entry.key!r} {found}: expected a field such as title = {{…}}"
        raw = "\n".join(f"{name} = {value[:200]}" for name, value in entry.values.items())
        problem = Problem(entry.origin, entry.line, message, raw, Severity.QUARANTINED)
        entry.problems.append(problem)
        return None
    authors, truncated, _ = _names(entry, "author")
    if "collaboration" in entry.values:
        authors += _collaborations(entry, authors)
    abstract = entry.get("abstract")
    date = read_date(entry)
    publication = _publication(entry, kind, date)
    return PaperRecord(
        Provenance(entry.origin, entry.line),
        title,
        authors,
        truncated=truncated,
        date=date,
        subject=publication.primary_class,
        abstract=(read_long_text(abstract) or None) if abstract else None,
        publication=publication,
        source_key=clean_text(entry.key) or None,
    )


def _kind(entry: EntryFields) -> str:
    kind = entry.kind
    if kind == "thesis" and "master" in entry.get("type").lower():
        return "mastersthesis"
    if kind in KINDS:
        return kind
    if kind not in _KINDS:
        meant = nearest(kind, [*KINDS, *_KINDS]) or "misc"
        entry.note("", f"@{kind} is no entry type of BibTeX: read as @{meant}")
        return _KINDS.get(meant, meant)
    return _KINDS[kind]


def _titled(entry: EntryFields, name: str, second: str) -> str:
    """A title with its subtitle behind a colon, or behind what ends it already."""
    title, subtitle = entry.get(name), entry.values.get(second)
    if not subtitle or not title:
        return title
    joint = " " if title.rstrip("} ")[-1:] in ":?!." else ": "
    return f"{title}{joint}{subtitle}"


def _collaborations(
    entry: EntryFields, authors: tuple[NameAsPrinted, ...]
) -> tuple[NameAsPrinted, ...]:
    """Those of INSPIRE's field `collaboration` (`ATLAS`) that are no authors already."""
    known = {name_key(author) for author in authors}
    stated = (name.strip(" {}") for name in read_plain(entry.get("collaboration")).split(","))
    names = (
        name if is_organisation(name_key(name)) else f"{name} Collaboration"
        for name in stated
        if name and name_key(name) not in known
    )
    return tuple(NameAsPrinted(f"{{{name}}}") for name in names if name_key(name) not in known)


def _names(entry: EntryFields, name: str) -> NameList:
    value = entry.get(name)
    found = read_names(value) if value else NameList()
    if found.doubtful:
        message = f"{name}: names are divided by `and`; read as one name: {found.doubtful[:200]!r}"
        entry.note(name, message)
    return found


def _publication(entry: EntryFields, kind: str, date: PartialDate | None) -> Publication:
    doi, arxiv = read_identifiers(entry)
    venue = _venue(entry, kind)
    if arxiv and kind == "article" and ARXIV_JOURNAL.fullmatch(venue or ""):
        kind, venue = "misc", None
        details = {n: v for n, v in _details(entry).items() if n not in ("volume", "number")}
    else:
        details = _details(entry)
    primary_class = read_plain(entry.get("primaryclass"))
    url = read_address(entry, "url") or read_howpublished(entry)
    keywords = read_plain(entry.get("keywords"))
    return Publication(
        kind=kind,
        venue=venue,
        date=date if venue else None,
        doi=doi,
        arxiv=arxiv,
        primary_class=primary_class if primary_class in SUBJECT_NAMES else None,
        url=url,
        pdf=read_address(entry, "pdf") or (url if url and url.lower().endswith(".pdf") else None),
        editors=_names(entry, "editor").names,
        keywords=tuple(filter(None, map(str.strip, re.split("[,;]", keywords)))),
        details=details,
    )


def _venue(entry: EntryFields, kind: str) -> str | None:
    name = KINDS[kind]
    value = entry.get(*_VENUES[name]) if name else ""
    if name == "booktitle":
        value = _titled(entry, name, "booksubtitle")
    return (read_text(value) or None) if value else None


def _details(entry: EntryFields) -> dict[str, str]:
    values = entry.values
    found = {
        name: _pages(values[name]) if name == "pages" else read_text(values[name])
        for name in _DETAILS
        if name in values
    }
    issn = found.get("issn", "")
    if _ISSN.fullmatch(issn):
        found["issn"] = f"{issn[:4]}-{issn[4:]}"
    if "\\url" in found.get("howpublished", ""):
        del found["howpublished"]
    return found


@lru_cache(maxsize=65_536)
def _pages(value: str) -> str:
    """Page ranges as BibTeX has them: `91--101`."""
    return _PAGES.sub("--", read_plain(value))
