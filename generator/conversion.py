"""Conversion: what the parsers read of some files, in one of the formats of citations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK, IdLock
from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.settle import settle
from generator.config import SiteConfig
from generator.errors import Problem, UsageError
from generator.exports.bibtex import BibtexExporter
from generator.exports.csl_json import CslJsonExporter
from generator.exports.ris import RisExporter
from generator.exports.site_json import SiteJson
from generator.identifiers import subject_slug
from generator.lock_file import read_lock
from generator.names import OrganisationNames
from generator.sources import find_source_files, read_sources
from generator.validation import nearest


class ExportFormat(StrEnum):
    """Formats that papers can be converted to."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers are wanted: those that fit all that is given; slugs as in addresses."""

    author: str | None = None
    topic: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """The text of a conversion, how many papers it holds, and what could not be read."""

    text: str
    papers: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """What a site has settled already, so that a conversion gives the ids and keys it has."""

    lock: IdLock = EMPTY_LOCK
    organisations: OrganisationNames = field(default_factory=OrganisationNames)
    subject_classes: Mapping[str, str] = field(default_factory=dict)
    site_url: str | None = None
    ascii_bibtex: bool = False

    @classmethod
    def of_site(cls, config: SiteConfig, lock: Path) -> Naming:
        """That of a site. Raises BuildError when its file of ids cannot be read."""
        settings = config.settings
        return cls(
            read_lock(lock),
            OrganisationNames.of(settings.organisations.add, settings.organisations.remove),
            settings.subject_classes,
            config.site_url,
            settings.ascii_bibtex,
        )


def convert(
    places: Sequence[Path],
    to: ExportFormat,
    selection: Selection,
    naming: Naming,
) -> Converted:
    """Read files of any source as one load, and write their papers with abstracts, newest first.

    Raises UsageError for a missing file, and for an author, topic or year that no paper has.
    """
    load = settle(
        read_sources(find_source_files(places, sources_alone=True)), naming.subject_classes
    )
    built = build_catalogue(load, naming.lock, naming.organisations)
    papers = _selected(built.catalogue, selection)
    text = _writer(to, built.catalogue, naming)(papers)
    # That pages of a site are not among some files says nothing about the files.
    found = tuple(problem for problem in built.problems if problem.origin != "ids.lock")
    return Converted(text, len(papers), load.problems + found)


def _selected(catalogue: Catalogue, selection: Selection) -> list[Paper]:
    topics = {subject_slug(subject): papers for subject, papers in catalogue.subjects.items()}
    people = {person.id: person.papers for person in catalogue.people.values()}
    years = {str(year): papers for year, papers in catalogue.years.items()}
    chosen = [
        _index(people, "author", selection.author),
        _index(topics, "topic", selection.topic),
        _index(years, "year", str(selection.year) if selection.year is not None else None),
    ]
    wanted = [set(papers) for papers in chosen if papers is not None]
    return [
        paper for paper in catalogue.papers.values() if all(paper.id in papers for papers in wanted)
    ]


def _index(
    index: Mapping[str, Sequence[str]], what: str, wanted: str | None
) -> Sequence[str] | None:
    """The papers under a key, or None when none is asked for."""
    if wanted is None or wanted in index:
        return None if wanted is None else index[wanted]
    meant = nearest(wanted, index)
    hint = f"; did you mean {meant!r}?" if meant else ""
    raise UsageError(f"--{what}: no paper of these files has the {what} {wanted!r}{hint}")


def _writer(
    to: ExportFormat, catalogue: Catalogue, naming: Naming
) -> Callable[[Iterable[Paper]], str]:
    site_url = naming.site_url
    match to:
        case ExportFormat.BIBTEX:
            bibtex = BibtexExporter(catalogue, site_url, ascii_only=naming.ascii_bibtex)
            return lambda papers: "\n".join(map(bibtex.paper, papers))
        case ExportFormat.RIS:
            ris = RisExporter(catalogue, site_url)
            return lambda papers: "\n".join(map(ris.paper, papers))
        case ExportFormat.CSL_JSON:
            csl_json = CslJsonExporter(catalogue, site_url)
            return lambda papers: _joined(map(csl_json.paper, papers))
        case ExportFormat.JSON:
            rows = SiteJson(catalogue, {}, site_url)
            return lambda papers: _dumped(rows.paper_rows(papers))


def _joined(lists: Iterable[str]) -> str:
    """Lists of one item each as one list."""
    return _dumped([item for text in lists for item in json.loads(text)])


def _dumped(rows: object) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
