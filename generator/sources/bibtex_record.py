"""One entry of a bibliography as a record; what is wrong in a field costs that field alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from generator.dates import MONTHS, PartialDate, make_date
from generator.errors import Problem, Severity
from generator.identifiers import ARXIV_DOI_PREFIX, parse_arxiv, parse_doi
from generator.markup import clean_text, link_target
from generator.records import KINDS, NameAsPrinted, PaperRecord, Provenance, Publication
from generator.sources.bibtex_names import read_names
from generator.sources.bibtex_text import read_long_text, read_plain, read_text
from generator.subjects import SUBJECT_NAMES
from generator.tex import plain_text
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
ALIASES = {
    "location": "address",
    "issue": "number",
    "langid": "language",
    "journaltitle": "journal",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "keyword": "keywords",
}
"""Names that biblatex has for fields of BibTeX."""
_LONGEST_TITLE = 5_000
_YEAR = re.compile(r"\d{4}")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:/.*)?")
_MONTH = re.compile("|".join(MONTHS), re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_PAGES = re.compile(r"(?<=[\w.])\s*(?:-{1,3}|[‐‑–—])\s*(?=[\w.])")
_ESCAPED = re.compile(r"\\([&%#_$~{}])")
_ARXIV_JOURNAL = re.compile(r"(?:CoRR|arXiv.*)", re.IGNORECASE)
_CORR_VOLUME = re.compile(r"abs/(.+)")
_ARXIV_IN_TEXT = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})")
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")


@dataclass(slots=True)
class EntryFields:
    """The fields of one entry that say something: the joined text of each by its lower-case name.

    `line` is that of the entry, `lines` are those of fields.
    """

    origin: str
    line: int
    kind: str
    key: str
    values: dict[str, str]
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def get(self, *names: str) -> str:
        """The first of these fields that the entry has, or ""."""
        for name in names:
            if name in self.values:
                return self.values[name]
        return ""

    def note(self, name: str, message: str) -> None:
        """Report a fault of one field."""
        line = self.lines.get(name, self.line)
        self.problems.append(Problem(self.origin, line, message, self.key))


def read_entry(entry: EntryFields) -> PaperRecord | None:
    """The record of an entry; None, and a quarantined problem, when it has no usable title."""
    kind = _kind(entry)
    title = read_text(entry.get("title") or (entry.get("booktitle") if kind != "article" else ""))
    if not title or len(title) > _LONGEST_TITLE:
        found = "has no title" if not title else f"has a title of {len(title):,} characters"
        message = f"the entry {entry.key!r} {found}: expected a field such as title = {{…}}"
        raw = "\n".join(f"{name} = {value[:200]}" for name, value in entry.values.items())
        problem = Problem(entry.origin, entry.line, message, raw, Severity.QUARANTINED)
        entry.problems.append(problem)
        return None
    authors, truncated = _names(entry, "author")
    abstract = entry.get("abstract")
    date = _date(entry)
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


def _names(entry: EntryFields, name: str) -> tuple[tuple[NameAsPrinted, ...], bool]:
    value = entry.get(name)
    return read_names(value) if value else ((), False)


def _publication(entry: EntryFields, kind: str, date: PartialDate | None) -> Publication:
    doi, arxiv = _identifiers(entry)
    venue = _venue(entry, kind)
    if arxiv and kind == "article" and _ARXIV_JOURNAL.fullmatch(venue or ""):
        # DBLP and others file a preprint under a journal: CoRR, "arXiv preprint arXiv:…".
        kind, venue = "misc", None
        details = {n: v for n, v in _details(entry).items() if n not in ("volume", "number")}
    else:
        details = _details(entry)
    primary_class = read_plain(entry.get("primaryclass"))
    url = _address(entry, "url") or _howpublished(entry)
    keywords = read_plain(entry.get("keywords"))
    return Publication(
        kind=kind,
        venue=venue,
        date=date if venue else None,
        doi=doi,
        arxiv=arxiv,
        primary_class=primary_class if primary_class in SUBJECT_NAMES else None,
        url=url,
        pdf=_address(entry, "pdf") or (url if url and url.lower().endswith(".pdf") else None),
        editors=_names(entry, "editor")[0],
        keywords=tuple(filter(None, map(str.strip, re.split("[,;]", keywords)))),
        details=details,
    )


def _venue(entry: EntryFields, kind: str) -> str | None:
    name = KINDS[kind]
    value = entry.get(*_VENUES[name]) if name else ""
    return (read_text(value) or None) if value else None


def _details(entry: EntryFields) -> dict[str, str]:
    values = entry.values
    found = {
        name: _pages(values[name]) if name == "pages" else read_text(values[name])
        for name in _DETAILS
        if name in values
    }
    if "\\url" in found.get("howpublished", ""):
        del found["howpublished"]
    return found


@lru_cache(maxsize=65_536)
def _pages(value: str) -> str:
    """Page ranges as BibTeX has them: `91--101`."""
    return _PAGES.sub("--", read_plain(value))


def _identifiers(entry: EntryFields) -> tuple[str | None, str | None]:
    """The DOI and the arXiv id; arXiv's own DOIs are ids of arXiv."""
    stated = _plain_address(entry.get("doi"))
    doi = parse_doi(stated) if stated else None
    if stated and doi is None:
        entry.note("doi", f"doi: expected a DOI such as 10.1000/182 (found {stated!r})")
    arxiv = _arxiv(entry)
    if doi and doi.lower().startswith(ARXIV_DOI_PREFIX):
        return None, arxiv or parse_arxiv(doi)
    return doi, arxiv


def _arxiv(entry: EntryFields) -> str | None:
    eprint = _plain_address(entry.get("eprint"))
    archive = entry.get("archiveprefix").strip(" {}").lower()
    if eprint and archive in ("", "arxiv"):
        found = parse_arxiv(eprint)
        if found is None and archive:
            entry.note("eprint", f"eprint: expected an arXiv id like 2412.19437 (found {eprint!r})")
        if found:
            return found
    url = entry.get("url")
    if "arxiv" in url.lower():
        return parse_arxiv(_plain_address(url))
    return _arxiv_of_journal(entry)


def _arxiv_of_journal(entry: EntryFields) -> str | None:
    journal = entry.get("journal")
    if not _ARXIV_JOURNAL.match(journal):
        return None
    volume = _CORR_VOLUME.match(entry.get("volume"))
    number = volume or _ARXIV_IN_TEXT.search(journal)
    return parse_arxiv(number[1]) if number else None


def _address(entry: EntryFields, name: str) -> str | None:
    value = entry.get(name)
    if not value:
        return None
    url = _plain_address(value)
    if url[:4].lower() == "http" and link_target(url):
        return url
    entry.note(name, f"{name}: expected an http or https address (found {url[:200]!r})")
    return None


def _howpublished(entry: EntryFields) -> str | None:
    found = _URL.search(entry.get("howpublished"))
    url = _plain_address(found[1]) if found else ""
    return url if url[:4].lower() == "http" and link_target(url) else None


def _plain_address(value: str) -> str:
    r"""An address or an identifier: `\_` is an underscore, and `\url{…}` may stand around it."""
    inner = _URL.search(value) if "\\url" in value else None
    text = "".join((inner[1] if inner else value).split())
    return _ESCAPED.sub(r"\1", text).strip("{}") if "\\" in text or "{" in text else text


def _date(entry: EntryFields) -> PartialDate | None:
    stated = entry.get("year")
    if not stated:
        return _iso_date(entry)
    year = read_plain(stated)
    if not _YEAR.fullmatch(year) or int(year) < 1000:
        entry.note("year", f"year: expected four digits (found {year!r}); the paper has no date")
        return None
    return _with_month(int(year), entry.get("month"), entry.get("day"))


def _iso_date(entry: EntryFields) -> PartialDate | None:
    """The date of biblatex: `2019-07-28`, `2019-07`, `2019`; of a span its beginning."""
    stated = read_plain(entry.get("date"))
    found = _ISO_DATE.fullmatch(stated) if stated else None
    if found is None:
        if stated:
            entry.note("date", f"date: expected a date such as 2019-07-28 (found {stated!r})")
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    date = make_date(year, month or 1, day or 1)
    if year is None or date is None:
        entry.note("date", f"date: no calendar has the date {stated!r}; the paper has no date")
        return None
    return PartialDate(year, month, day)


@lru_cache(maxsize=65_536)
def _with_month(year: int, month: str, day: str) -> PartialDate:
    """The date with the first month that is named, and its day where it is one single day."""
    text = plain_text(month)
    named = _MONTH.search(text)
    if named is None:
        number = int(text) if text.strip().isdecimal() else 0
        return PartialDate(year, number) if 1 <= number <= 12 else PartialDate(year)
    number = MONTHS.index(named[0].lower()) + 1
    days = _DAY.findall(text) or _DAY.findall(day)
    exact = make_date(year, number, int(days[0])) if len(days) == 1 else None
    return exact or PartialDate(year, number)
