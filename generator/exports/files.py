"""Files of citations: for each paper, author, subject class and year, and for the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from generator.catalogue.model import Catalogue, Paper
from generator.documents import Document
from generator.identifiers import subject_slug


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
    yield listed("papers", catalogue.papers)
