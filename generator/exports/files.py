"""Files of citations: for each paper, author, subject class and year, and for the site."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from generator.catalogue.model import Catalogue, Paper
from generator.documents import Document
from generator.identifiers import UNKNOWN_YEAR, subject_slug


@dataclass(frozen=True, slots=True)
class Format:
    """A format that stands beside pages: its name in settings and data, the ending of its files,
    its media type, its name for people.
    """

    name: str
    suffix: str
    media_type: str
    title: str


CITATIONS: Final = (
    Format("bibtex", ".bib", "application/x-bibtex", "BibTeX"),
    Format("ris", ".ris", "application/x-research-info-systems", "RIS"),
    Format("csl-json", ".csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON"),
)
"""Formats of citations: beside each paper, author, subject class and year, and the site."""
JSON: Final = Format("json", ".json", "application/json", "JSON")
"""The format of data: beside papers, authors and the site."""
ATOM: Final = Format("atom", ".xml", "application/atom+xml", "Atom")
"""The format of feeds: of the site, and beside authors and subject classes."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Which formats a site writes."""

    citations: tuple[Format, ...] = CITATIONS
    data: bool = True
    feeds: bool = True

    @classmethod
    def of(cls, names: Container[str], site_url: str | None) -> Offer:
        """BibTeX, and the formats that are named; a feed has to name the site's address."""
        citations = tuple(f for f in CITATIONS if f.name == "bibtex" or f.name in names)
        feeds = ATOM.name in names and site_url is not None
        return cls(citations, JSON.name in names, feeds)

    @property
    def unseen(self) -> tuple[Format, ...]:
        """The formats beside papers and authors to which their pages show no link."""
        return (JSON,) if self.data else ()

    @property
    def beside_papers(self) -> tuple[Format, ...]:
        """The formats of the files beside papers, authors and the site."""
        return (*self.citations, *self.unseen)


EVERYTHING: Final = Offer()


class Exporter(Protocol):
    """One format of citations."""

    @property
    def suffix(self) -> str:
        """The ending of its files: `.bib`."""

    def paper(self, paper: Paper) -> str:
        """The file of one paper, with its abstract."""

    def papers(self, papers: Iterable[Paper]) -> str:
        """The file of a list of papers, without abstracts."""


def citation_documents(catalogue: Catalogue, exporter: Exporter) -> Iterator[Document]:
    """All files of one format, each beside the page that it belongs to."""

    def listed(path: str, papers: Iterable[str]) -> Document:
        found = (catalogue.papers[paper] for paper in papers)
        return Document(path + exporter.suffix, exporter.papers(found))

    for paper in catalogue.papers.values():
        yield Document(f"papers/{paper.id}{exporter.suffix}", exporter.paper(paper))
    for person in catalogue.people.values():
        yield listed(f"authors/{person.id}", person.papers)
    for subject, papers in catalogue.subjects.items():
        yield listed(f"topics/{subject_slug(subject)}", papers)
    for year, papers in catalogue.years.items():
        yield listed(f"years/{year}", papers)
    if catalogue.undated:
        yield listed(f"years/{UNKNOWN_YEAR}", catalogue.undated)
    yield listed("papers", catalogue.papers)
