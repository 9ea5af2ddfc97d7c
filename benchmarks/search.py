"""Measure the search: what it takes to index a site of any size, and what a first query loads.

    python benchmarks/search.py FOLDER --papers 10000

FOLDER holds `.bib` files (see bibliography.py). Of their papers and people pages are written that
hold what the search reads of a page and nothing else: MkDocs would take ten minutes for 160,000 of
them. Titles and names are real; the abstracts are words of the titles, drawn with their frequency.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import random
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from itertools import islice
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.bibliography import catalogue_of
from benchmarks.costs import ROOT, print_table
from generator.catalogue.model import Catalogue, Paper, Person
from generator.catalogue.settle import settle
from generator.render.findable import findable_paper, findable_person
from generator.site.search import index_site
from generator.site.search_pages import Limits
from generator.sources import find_source_files, read_sources

ABSTRACT_WORDS = 180
MOST_FOR_PEER = 20_000
"""Papers up to which all pages are indexed as one, too: 160,000 would take 20 GB."""
QUERIES = ("neural machine translation", "manning", "christopher manning", "attention", "müller")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking".split()
_META = '<meta data-pagefind-{}="{}[content]" content="{}">'


def write_site(catalogue: Catalogue, site: Path, papers: int) -> tuple[int, int]:
    """Write pages of so many papers and all their authors; returns both numbers."""
    rng = random.Random(1)
    chosen = list(islice(catalogue.papers.values(), papers))
    words = [word for paper in chosen for word in paper.plain_title.split()]
    people: dict[str, None] = {}
    for paper in chosen:
        people.update(dict.fromkeys(paper.people))
        text = " ".join(rng.choices(words, k=ABSTRACT_WORDS))
        write(site / "papers" / paper.id, paper_page(catalogue, paper, text))
    for person in people:
        write(site / "authors" / person, person_page(catalogue.people[person]))
    shutil.copytree(ROOT / "site_templates" / "assets", site / "assets")
    (site / "search").mkdir()
    (site / "search" / "parts.json").write_text('{"parts": []}\n', encoding="utf-8")
    (site / "index.html").write_text(f"<!doctype html>{head({}, 'Home')}", encoding="utf-8")
    return len(chosen), len(people)


def write(folder: Path, text: str) -> None:
    """One page."""
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


def head(found: dict[str, object], title: str) -> str:
    """What `theme/main.html` prints for the search."""
    marks = [_META.format("meta", "title", escape(title))]
    if "kind" in found:
        year = f",year:{found['year']}" if "year" in found else ""
        marks.append(f'<meta data-pagefind-filter="kind[content]{year}" content="{found["kind"]}">')
    kinds = {"subject": "filter", "note": "meta", "also": "meta"}
    marks += [_META.format(k, n, escape(str(found[n]))) for n, k in kinds.items() if n in found]
    if "papers" in found:
        marks.append(f'<meta data-pagefind-sort="papers[content]" content="{found["papers"]}">')
    if "date" in found:
        marks.append(
            '<meta data-pagefind-sort="date[content]" data-pagefind-meta="date[content]" '
            f'content="{found["date"]}">'
        )
    return f'<html lang="en"><head><meta charset="utf-8">{"".join(marks)}</head>'


def paper_page(catalogue: Catalogue, paper: Paper, text: str) -> str:
    """A paper's page as far as the search reads it."""
    names = ", ".join(
        f'<a data-pagefind-filter="author">{escape(author.shown)}</a>' for author in paper.authors
    )
    return (
        f"{head(dict(findable_paper(catalogue, paper)), paper.plain_title)}<body><article>"
        f"<h1 data-pagefind-body>{escape(paper.plain_title)}</h1>"
        f'<div data-pagefind-meta="authors">{names}</div>'
        f"<p data-pagefind-body>{escape(text)}</p></article></body></html>"
    )


def person_page(person: Person) -> str:
    """Somebody's page as far as the search reads it."""
    found = dict(findable_person(person, f"{len(person.papers):,} papers"))
    return (
        f"{head(found, person.name)}<body><article><h1 data-pagefind-body>{escape(person.name)}"
        "</h1></article></body></html>"
    )


# -- the browser ----------------------------------------------------------------------------------


SENT: list[int] = []
"""Bytes of each answer, whoever asked: Pagefind asks from a worker."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files, texts compressed as GitHub Pages does it."""

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        """A file, compressed where it is text."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in (".html", ".js", ".json", ".css", ".svg"):
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        SENT.append(len(data))


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site on this machine while the block runs."""
    handler = functools.partial(Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


SEARCH = """async (query) => {
  const { openEngine } = await import("/assets/javascripts/search-engine.js");
  const rows = () => ({ people: 3, papers: 5 });
  const first = performance.now();
  const found = await (await openEngine()).search(query, {}, { rows });
  const between = performance.now();
  await (await openEngine()).search(query, {}, { rows });
  return [found.total, between - first, performance.now() - between];
}"""


def measure_queries(site: Path) -> None:
    """The first query of a reader who comes to the site, and the same one again."""
    rows = []
    with served(site) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for query in QUERIES:
            context = browser.new_context()
            page = context.new_page()
            page.goto(url)
            page.wait_for_load_state("networkidle")
            SENT.clear()
            results, first, again = page.evaluate(SEARCH, query)
            rows.append(
                [
                    f"`{query}`",
                    f"{results:,}",
                    f"{sum(SENT) / 1000:.0f}",
                    str(len(SENT)),
                    f"{first:.0f}",
                    f"{again:.0f}",
                ]
            )
            context.close()
        browser.close()
    columns = ["query", "results", "kB of the first", "requests", "ms", "ms, data there"]
    print_table(columns, rows)


def main(folder: Path, papers: int) -> None:
    """Index and search a site of so many papers."""
    files = find_source_files([folder])
    catalogue = catalogue_of(settle(read_sources(files), {}))
    with tempfile.TemporaryDirectory() as place:
        site, store = Path(place, "site"), Path(place, "store")
        written, people = write_site(catalogue, site, papers)
        del catalogue
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        parts = index_site(site, store)
        seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        index_site(site, store)
        again = time.perf_counter() - start
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        size = sum(f.stat().st_size for f in (site / "pagefind").rglob("*") if f.is_file())
        columns = ["papers", "people", "parts", "s", "CPU s of Pagefind", "its peak MB"]
        columns += ["s, nothing changed", "MB of index"]
        row = [f"{written:,}", f"{people:,}", str(parts), f"{seconds:.0f}", f"{cpu:.0f}"]
        row += [f"{after.ru_maxrss / 1024:.0f}", f"{again:.1f}", f"{size / 1e6:.0f}"]
        print_table(columns, [row])
        measure_queries(site)
        if papers > MOST_FOR_PEER:
            return
        print("The same pages as one index, as Pagefind makes it by itself:\n", flush=True)
        shutil.rmtree(site / "pagefind")
        (site / "search" / "parts.json").write_text('{"parts": []}\n', encoding="utf-8")
        index_site(site, store, Limits(papers_alone=papers, people_alone=people))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"(peak of Pagefind: {peak:.0f} MB)\n")
        measure_queries(site)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--papers", type=int, default=10_000)
    arguments = parser.parse_args()
    main(arguments.folder, arguments.papers)
