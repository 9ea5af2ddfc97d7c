"""What the search finds of a built site, and how it is divided into parts of bearable size.

Pagefind needs some 0.14 MB of memory a paper while it indexes, and a reader of its index some
8 bytes a page before the first result. So a large site is divided: people with most papers, other
people, and papers by year, newest first. What stands in a page decides where it belongs, so any
site that was built from our Markdown can be indexed, by whatever it was built.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

from generator.search_words import search_terms


@dataclass(frozen=True, slots=True)
class Limits:
    """How much stands in one part of an index.

    Measured with abstracts of 1.2 kB: 5,000 papers take 0.7 GB to index, 40 kB for what every
    query loads first, and 50 kB for each word that many of them have; people take a tenth.
    A site of at most `papers_alone` papers and `people_alone` people has one part.
    """

    papers_alone: int = 5000
    people_alone: int = 12_000
    papers: int = 2500
    people: int = 2500
    first_people: int = 1000
    """People with most papers, who stand in the main part, which every query loads."""


LIMITS: Final = Limits()

Kind = Literal["author", "paper", "other"]

_MARK: Final = b"data-pagefind-body"
_META: Final = re.compile(rb"<meta[^>]*\sdata-pagefind-[^>]*>")
_KIND: Final = re.compile(
    rb'data-pagefind-filter="kind\[content\](?:,year:(\d+))?" content="([^"]*)"'
)
_NOTE: Final = re.compile(rb'data-pagefind-meta="note\[content\]" content="([\d,]+)')
_ARTICLE: Final = re.compile(rb"<article.*</article>", re.DOTALL)
_CONTENT: Final = re.compile(r'content="([^"]*)"')
_MARKED: Final = re.compile(r"\sdata-pagefind-(?:body|meta|filter)")
_TAG: Final = re.compile(r"<[^>]*>")
_PEOPLE: Final = frozenset({"author", "organisation"})


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that the search finds: its path in the site, and a fingerprint of what is found.

    `papers` is that of a person's page, `year` that of a paper's, 0 where it says none.
    """

    path: str
    kind: Kind
    year: int
    papers: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Part:
    """Pages that are indexed together; `years` are the first and the last of papers."""

    name: str
    kind: Kind
    pages: Sequence[FoundPage]
    years: tuple[int, int] | None = None

    @property
    def fingerprint(self) -> str:
        """Changes when a page of it does."""
        digest = hashlib.sha256()
        for page in self.pages:
            digest.update(f"{page.path}\n{page.fingerprint}\n".encode())
        return digest.hexdigest()


def find_pages(site: Path) -> list[FoundPage]:
    """Every page of a built site that is marked for the search, in the order of paths."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    read = (
        (path, (site / path).read_bytes()) for path in paths if not path.startswith("pagefind/")
    )
    return [_found(path, html) for path, html in read if _MARK in html]


def _found(path: str, html: bytes) -> FoundPage:
    article = _ARTICLE.search(html)
    metas = _META.findall(html)
    digest = hashlib.sha256(b"\n".join([*metas, article[0] if article else html]))
    told = _KIND.search(b"".join(metas))
    kind = told[2].decode() if told else ""
    note = _NOTE.search(b"".join(metas))
    return FoundPage(
        path,
        "author" if kind in _PEOPLE else "paper" if kind == "paper" else "other",
        int((told and told[1]) or 0),
        int(note[1].replace(b",", b"")) if note else 0,
        digest.hexdigest(),
    )


def divide(pages: Sequence[FoundPage], limits: Limits = LIMITS) -> list[Part]:
    """The parts of an index; the first one is the main one, then come people, then papers.

    One part holds all where they are few. Otherwise what changes often is kept apart from what
    does not: a new paper of this year changes the part of this year alone.
    """
    people = [page for page in pages if page.kind == "author"]
    papers = [page for page in pages if page.kind == "paper"]
    if len(papers) <= limits.papers_alone and len(people) <= limits.people_alone:
        return [Part("all", "other", pages)]
    others = [page for page in pages if page.kind == "other"]
    people.sort(key=lambda page: (-page.papers, page.path))
    first = limits.first_people
    return [
        Part("main", "author", [*people[:first], *others]),
        *_by_name(people[first:], limits.people),
        *_by_year(papers, limits.papers),
    ]


def _by_name(people: Sequence[FoundPage], limit: int) -> Iterator[Part]:
    """People by family name, so that a query for a name needs one part: borders are letters."""
    waiting: list[tuple[str, list[FoundPage]]] = []
    for beginning, group in _by_beginning(sorted(people, key=_family), 1, limit):
        if sum(len(pages) for _, pages in waiting) + len(group) > limit:
            yield from _people(waiting)
            waiting.clear()
        waiting.append((beginning, group))
    yield from _people(waiting)


def _people(groups: Sequence[tuple[str, list[FoundPage]]]) -> Iterator[Part]:
    if groups:
        name = f"people-{groups[0][0]}-{groups[-1][0]}"
        yield Part(name, "author", [page for _, pages in groups for page in pages])


def _by_beginning(
    people: Iterable[FoundPage], length: int, limit: int
) -> Iterator[tuple[str, list[FoundPage]]]:
    """People by the first letters of their family name, by more of them where they are many."""
    for beginning, found in groupby(people, key=lambda page: _family(page)[0][:length]):
        group = list(found)
        if len(group) <= limit or len(beginning) < length:
            yield beginning, group
        else:
            yield from _by_beginning(group, length + 1, limit)


def _family(page: FoundPage) -> tuple[str, str]:
    """The last part of somebody's address, and all of it."""
    slug = page.path.split("/")[-2]
    return slug.split("-")[-1], slug


def _hashed(pages: Sequence[FoundPage], name: str, kind: Kind, limit: int) -> Iterator[Part]:
    """Parts in which a page stays wherever others come and go; twice as many when they are full."""
    count = 1
    while count * limit < len(pages):
        count *= 2
    buckets: dict[int, list[FoundPage]] = defaultdict(list)
    for page in pages:
        buckets[zlib.crc32(page.path.encode()) % count].append(page)
    for number, bucket in sorted(buckets.items()):
        yield Part(f"{name}-{number + 1}-of-{count}", kind, bucket)


def _by_year(papers: Iterable[FoundPage], limit: int) -> list[Part]:
    """Neighbouring years together as far as they fit; a year that does not fit is divided."""
    years: dict[int, list[FoundPage]] = defaultdict(list)
    for paper in papers:
        years[paper.year].append(paper)
    parts: list[Part] = []
    waiting: list[int] = []

    def close() -> None:
        if waiting:
            pages = [page for year in waiting for page in years[year]]
            span = (waiting[0], waiting[-1])
            parts.append(Part(f"papers-{span[0]}-{span[1]}", "paper", pages, span))
            waiting.clear()

    undated = years.pop(0, [])
    parts.extend(_hashed(undated, "papers-undated", "paper", limit))
    # From the oldest on: what is added at the new end moves no border.
    for year in sorted(years):
        size = len(years[year])
        if sum(len(years[y]) for y in waiting) + size > limit:
            close()
        if size <= limit:
            waiting.append(year)
            continue
        divided = _hashed(years[year], f"papers-{year}", "paper", limit)
        parts.extend(Part(part.name, "paper", part.pages, (year, year)) for part in divided)
    close()
    return parts[::-1]


def page_terms(html: str) -> set[str]:
    """The terms that a page may be found by; a few more than Pagefind takes do no harm."""
    metas = (content for tag in _META_TEXT.findall(html) for content in _CONTENT.findall(tag))
    shown = " ".join([*metas, *_marked_elements(html)])
    return search_terms(unescape(_TAG.sub(" ", shown)))


def _marked_elements(html: str) -> Iterator[str]:
    """The elements of a page that are marked for the search; of a `div`, all that follows it."""
    end = html.rfind("</article>")
    done = html.find("<article")
    while found := _MARKED.search(html, done, end):
        start = html.rfind("<", 0, found.start())
        name = html[start + 1 : found.start()].split(maxsplit=1)[0]
        # Where a div ends is not looked for: others may stand in it.
        whole = name == "div" and "body" in found[0]
        closed = -1 if whole else html.find(f"</{name}>", start)
        done = end if closed < 0 else closed
        yield html[start:done]


_META_TEXT: Final = re.compile(r'<meta[^>]*\sdata-pagefind-meta="(?:title|also)\[[^>]*>')
"""What is searched of the head: a person's note names topics, and leads to nobody."""


def shard_name(term: str) -> str:
    """The file of a term's table: its first two characters, as hexadecimal UTF-8."""
    return term[:2].encode("utf-8", "surrogatepass").hex()


def bitmap(parts: Iterable[int]) -> str:
    """Numbers of parts as a hexadecimal number, the least significant bit being part 0."""
    return f"{sum(1 << number for number in parts):x}"
