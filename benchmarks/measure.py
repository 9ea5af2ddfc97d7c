"""Measure what Author Pages costs, beside a peer in the same run.

    python benchmarks/measure.py [MEASURE] [--rounds N]

MEASURE is site, parse, generate, formats, bibliography, search, split or all. It prints
Markdown tables. Everything is made in a temporary folder from a fixed seed; `bibliography`,
`search` and `split` download a public bibliography from the package index that pip is set up with.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from bibtexparser.entrypoint import parse_string

from benchmarks.bibliography import (
    parse_bibliography,
    parse_with_pybtex,
    rewrite,
    rewrite_with_bibtexparser,
    rewrite_with_pybtex,
    write_bibliographies,
    write_sample,
)
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


FRUGAL = {
    "formats": "[]",
    "citation_styles": "[]",
    "co_author_networks": "none",
    "social_cards": "none",
}
EXTRAS: dict[str, dict[str, str]] = {
    "Markdown and BibTeX alone": FRUGAL,
    "and RIS": FRUGAL | {"formats": "[ris]"},
    "and CSL-JSON": FRUGAL | {"formats": "[csl-json]"},
    "and JSON": FRUGAL | {"formats": "[json]"},
    "and feeds": FRUGAL | {"formats": "[atom]"},
    "and networks of co-authors": FRUGAL | {"co_author_networks": "all"},
    "and pictures for previews": FRUGAL | {"social_cards": "all"},
    "and citations in four styles": FRUGAL | {"citation_styles": "[apa, mla, chicago, ieee]"},
    "everything": {},
}
FORMATS = {
    name: "\n    ".join(f"{key}: {value}" for key, value in settings.items()) or "{}"
    for name, settings in EXTRAS.items()
}
"""What stands under `extra.authorpages` in mkdocs.yml, by what is written beside Markdown."""


def measure_formats(folder: Path, rounds: int) -> None:
    """What each format costs at 10,000 papers: CPU time and bytes, from nothing."""
    tasks: dict[str, Callable[[], Cost]] = {}
    sites = {}
    script = (str(ROOT / "benchmarks" / "generate.py"), ".")
    for number, (name, settings) in enumerate(FORMATS.items()):
        site = sites[name] = site_folder(folder / str(number), MANY)
        config = (site / "mkdocs.yml").read_text(encoding="utf-8")
        config = config.replace('site_url: !ENV [SITE_URL, ""]', "site_url: https://x.example/")
        config = config.replace("authorpages: {}", f"authorpages:\n    {settings}")
        (site / "mkdocs.yml").write_text(config.replace("\n    {}", " {}"), encoding="utf-8")
        tasks[name] = Command(script, site, fresh=("build",))
    everything = "everything, nothing changed"
    sites[everything] = sites["everything"]
    tasks[everything] = Command(script, sites[everything])
    costs = alternate(tasks, rounds)
    base = min(FORMATS, key=lambda name: cpu(costs[name]))
    rows = []
    for name, found in costs.items():
        files = [path for path in (sites[name] / "build/docs").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 10**6
        more = cpu(found) - cpu(costs[base])
        memory = max(cost.memory for cost in found)
        rows.append(
            (
                name,
                f"{cpu(found):.1f}",
                f"{more:+.1f}",
                f"{memory:.0f}",
                f"{len(files):,}",
                f"{size:.0f}",
            )
        )
    print(f"## What formats cost at {MANY:,} papers, from nothing\n")
    print_table(("", "CPU s", "more than Markdown and BibTeX", "peak MB", "files", "MB"), rows)


def measure_search(folder: Path, _rounds: int) -> None:
    """The search index of 10,000 papers of a real archive, and what a first query loads of it."""
    corpus = folder / "bib"
    write_bibliographies(fetch_corpus(folder), corpus)
    print(f"## The search of {MANY:,} papers\n", flush=True)
    script = str(ROOT / "benchmarks" / "search.py")
    subprocess.run(
        [sys.executable, script, str(corpus), "--papers", str(MANY)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )


def measure_bibliography(folder: Path, rounds: int) -> None:
    """A whole archive, stage by stage; then 10,000 of its entries beside the peers."""
    corpus = folder / "bib"
    entries = write_bibliographies(fetch_corpus(folder), corpus)
    print(f"## {entries:,} entries of bibliographies\n", flush=True)
    script = str(ROOT / "benchmarks" / "bibliography.py")
    subprocess.run(
        [sys.executable, script, str(corpus)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    sample = folder / "sample.bib"
    count = write_sample(corpus, sample, MANY)
    text = sample.read_text(encoding="utf-8")
    peer = "bibtexparser: to blocks"
    costs = alternate(
        {
            "ours: to records": lambda: _timed(lambda: parse_bibliography(text)),
            "ours: to records, a catalogue and BibTeX": lambda: _timed(lambda: rewrite(text)),
            peer: lambda: _timed(lambda: parse_string(text, parse_stack=[])),
            "bibtexparser: to entries, names split, and BibTeX": lambda: _timed(
                lambda: rewrite_with_bibtexparser(text)
            ),
            "pybtex: to entries with persons": lambda: _timed(lambda: parse_with_pybtex(text)),
            "pybtex: to entries and BibTeX": lambda: _timed(lambda: rewrite_with_pybtex(text)),
        },
        rounds,
    )
    rows = [
        (
            name,
            f"{cpu(found):.2f}",
            f"{count / cpu(found):,.0f}",
            f"{ratio(found, costs[peer]):.2f}",
        )
        for name, found in costs.items()
    ]
    print(f"## {count:,} entries in one process, beside the peers\n")
    print_table(("", "CPU s", "entries a CPU second", f"ratio to {peer}"), rows)


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
    "formats": measure_formats,
    "bibliography": measure_bibliography,
    "search": measure_search,
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
