"""Readers that are none of ours accept every entry, and find in it what the site shows."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.casing import WORD, needs_protection
from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.settle import settle
from generator.config import load_config
from generator.exports.bibtex import BibtexExporter, entry_type
from generator.exports.tex_text import encode_address
from generator.names import OrganisationNames, display_name
from generator.records import KINDS
from generator.sources import find_source_files, read_source
from generator.tex import Footnote, Link, Macro, Math, Span, Styled, Text, parse_tex, plain_text
from tests.academy import QUIET, TESTS
from tests.exports import hostile, readers
from tests.exports.readers import AND_OTHERS, ReadEntry, Reading, letters, math_form, plain_form
from tests.exports.test_bibtex import catalogue_of, rewritten
from tests.profile_samples import NO_REAL, REAL

SITE = "https://papers.example/repo/"
EXPORTS: Mapping[str, Mapping[str, Any]] = {"utf-8": {}, "ascii": {"ascii_only": True}}
"""Options of the exporter under which every reader must accept every entry."""
READERS: Mapping[str, Callable[[Path], Reading]] = {
    "biber": readers.read_with_biber,
    "pandoc": readers.read_with_pandoc,
    "pybtex": readers.read_with_pybtex,
}


def default_site() -> Catalogue:
    with contextlib.chdir(TESTS.parent):
        config = load_config(Path("mkdocs.yml"))
        inputs = pipeline.find_inputs(Path("content"), ())
        return pipeline.understand(config, inputs, QUIET).built.catalogue


def real_profiles() -> Catalogue:
    if not REAL.is_dir():
        pytest.skip(NO_REAL)
    load = settle([read_source(path) for path in find_source_files([REAL])], {})
    return build_catalogue(load, EMPTY_LOCK, OrganisationNames()).catalogue


CATALOGUES: Mapping[str, Callable[[], Catalogue]] = {
    "site": default_site,
    "real": real_profiles,
    "hostile": lambda: catalogue_of(*hostile.records()),
}


@dataclass(frozen=True, slots=True)
class Export:
    """A catalogue, all entries of it, and what each reader makes of them."""

    papers: Mapping[str, Paper]
    """By citation key."""
    text: str
    readings: Mapping[str, Reading]
    ascii_only: bool


@pytest.fixture(scope="session", params=EXPORTS)
def options(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    return EXPORTS[request.param]


@pytest.fixture(scope="session", params=CATALOGUES)
def catalogue(request: pytest.FixtureRequest) -> Catalogue:
    return CATALOGUES[request.param]()


@pytest.fixture(scope="session")
def export(
    catalogue: Catalogue, options: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Export:
    exporter = BibtexExporter(catalogue, SITE, **options)
    papers = {paper.citation_key: paper for paper in catalogue.papers.values()}
    text = "\n".join(map(exporter.paper, papers.values()))
    path = tmp_path_factory.mktemp("readers") / "papers.bib"
    path.write_text(text, encoding="utf-8")
    readings = {name: read(path) for name, read in READERS.items()}
    return Export(papers, text, readings, ascii_only=options.get("ascii_only", False))


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reading(export: Export, reader: str) -> Reading:
    return export.readings[reader]


@pytest.fixture
def pairs(export: Export, reading: Reading) -> list[tuple[Paper, ReadEntry]]:
    """Each paper with its entry as read; that none is missing, a test of its own says."""
    return [(export.papers[key], entry) for key, entry in reading.entries.items()]


# -- what a reader must find ----------------------------------------------------------------------


def source_text(spans: Iterable[Span], *, footnotes: bool) -> str:
    """Plain text of a title but for its math, which stays in its source."""
    return "".join(_source_text(span, footnotes) for span in spans)


def _source_text(span: Span, footnotes: bool) -> str:
    match span:
        case Text(text) | Macro(text):
            return text
        case Math(source):
            return f"${source}$"
        case Styled(_, children):
            return source_text(children, footnotes=footnotes)
        case Footnote(children):
            return source_text(children, footnotes=footnotes) if footnotes else ""
        case Link(url):
            return encode_address(url)


def has_math(spans: Iterable[Span]) -> bool:
    return any(isinstance(span, Math) or has_math(getattr(span, "children", ())) for span in spans)


def protected_words(spans: Iterable[Span]) -> Iterator[str]:
    """Words that a style must not lower-case."""
    for span in spans:
        if isinstance(span, Text):
            yield from filter(needs_protection, WORD.findall(span.text))
        elif isinstance(span, Styled):
            yield from protected_words(span.children)


def same_text(expected: str, read: str, *, ascii_only: bool) -> bool:
    """Whether a text is read as it was printed.

    In ASCII, what LaTeX cannot set is romanised: of such a text, words that it can set are there.
    """
    if not ascii_only or readers.is_latex(expected):
        return expected == read
    return bool(read) and all(w in read for w in filter(readers.is_latex, expected.split()))


def same_names(expected: Sequence[str], read: Sequence[str], *, ascii_only: bool) -> bool:
    """Whether a list has all its names, and each of them its letters."""
    if ascii_only:
        pairs = [(e, r) for e, r in zip(expected, read, strict=False) if readers.is_latex(e)]
        if len(expected) != len(read) or not all(read):
            return False
        expected, read = [e for e, _ in pairs], [r for _, r in pairs]
    return letters(expected) == letters(read)


def same_title(paper: Paper, read: str, reader: str, *, ascii_only: bool) -> bool:
    """Whether a reader has the title that the site shows."""
    spans = parse_tex(paper.title)
    title = plain_form(source_text(spans, footnotes=reader != "pandoc"))
    if reader == "pandoc":
        title, read = plain_form(readers.without_html(title)).casefold(), read.casefold()
    if has_math(spans):
        title, read = math_form(title), math_form(read)
    return same_text(title, read, ascii_only=ascii_only)


def shown_authors(paper: Paper) -> list[str]:
    """The author list as the site shows it."""
    names = [plain_form(author.shown) for author in paper.authors]
    return [*names, AND_OTHERS] if paper.truncated else names


def shown_editors(paper: Paper) -> list[str]:
    """The editors that an entry can name."""
    editors = () if entry_type(paper) in UNEDITED else paper.publication.editors
    return [plain_form(display_name(name)) for name in editors]


def unstated(paper: Paper) -> set[str]:
    """Fields that biber asks for, and that no source states: nothing may be invented."""
    publication = paper.publication
    known = {
        "date, year": paper.year,
        "author": paper.authors,
        "editor": publication.editors,
        "journaltitle": publication.venue,
        "booktitle": publication.venue,
        "institution": publication.venue,
    }
    return {name for name, value in known.items() if not value}


UNEDITED = ("phdthesis", "mastersthesis", "techreport")
"""Entry types for which biber knows no editors."""
_MISSING = re.compile(
    r"Datamodel: Entry '([^']+)' \([^()]*\): Missing mandatory field"
    r"(?: '([^']+)'| - one of '([^']+)' must be defined)"
)


def invents_nothing(complaint: str, papers: Mapping[str, Paper]) -> bool:
    """Whether biber misses a field that no source states."""
    missing = _MISSING.fullmatch(complaint)
    return missing is not None and (missing[2] or missing[3]) in unstated(papers[missing[1]])


# -- tests ----------------------------------------------------------------------------------------


def test_no_reader_complains(export: Export, reading: Reading) -> None:
    assert [c for c in reading.complaints if not invents_nothing(c, export.papers)] == []


def test_every_entry_is_read_under_its_key(export: Export, reading: Reading) -> None:
    assert sorted(reading.entries) == sorted(export.papers)


def test_author_lists_have_all_their_names(
    export: Export, pairs: list[tuple[Paper, ReadEntry]]
) -> None:
    wrong = [
        (shown_authors(paper), entry.authors)
        for paper, entry in pairs
        if not same_names(shown_authors(paper), entry.authors, ascii_only=export.ascii_only)
    ]
    assert wrong == []


def test_editors_are_all_read(export: Export, pairs: list[tuple[Paper, ReadEntry]]) -> None:
    wrong = [
        (shown_editors(paper), entry.editors)
        for paper, entry in pairs
        if not same_names(shown_editors(paper), entry.editors, ascii_only=export.ascii_only)
    ]
    assert wrong == []


def test_titles_are_read_as_the_site_shows_them(
    export: Export, pairs: list[tuple[Paper, ReadEntry]], reader: str
) -> None:
    wrong = [
        (paper.title, entry.title)
        for paper, entry in pairs
        if not same_title(paper, entry.title, reader, ascii_only=export.ascii_only)
    ]
    assert wrong == []


def test_words_with_a_case_of_their_own_keep_it(
    export: Export, pairs: list[tuple[Paper, ReadEntry]]
) -> None:
    lost = [
        (word, entry.lowered)
        for paper, entry in pairs
        for word in map(plain_form, protected_words(parse_tex(paper.title)))
        if not (export.ascii_only and not readers.is_latex(word)) and word not in entry.lowered
    ]
    assert lost == []


def test_addresses_are_read_as_they_are(
    export: Export, pairs: list[tuple[Paper, ReadEntry]]
) -> None:
    for paper, entry in pairs:
        stated = {"doi": paper.publication.doi, "url": paper.publication.url}
        for name, text in stated.items():
            if text and (text.isascii() or not export.ascii_only):
                assert entry.addresses.get(name) == encode_address(text)


def test_an_export_in_ascii_is_ascii(export: Export) -> None:
    assert export.text.isascii() or not export.ascii_only


def test_a_place_is_one_and_reads_as_it_was_printed(
    export: Export, pairs: list[tuple[Paper, ReadEntry]]
) -> None:
    wrong = []
    for paper, entry in pairs:
        venue = paper.publication.venue if KINDS[entry_type(paper)] else None
        if venue and not has_math(parse_tex(venue)):
            name = plain_form(plain_text(venue)).casefold()
            found = (place.casefold() for place in entry.places)
            if not any(same_text(name, place, ascii_only=export.ascii_only) for place in found):
                wrong.append((venue, entry.places))
    assert wrong == []


def test_entries_parsed_and_written_again_have_the_same_bytes(export: Export) -> None:
    assert rewritten(export.text) == export.text


def test_what_is_compared_is_what_the_site_shows() -> None:
    """The comparison's form of a title is the shown one, unless math or a footnote is in it."""
    for record in hostile.records():
        spans = parse_tex(record.title)
        plain = source_text(spans, footnotes=True)
        if not has_math(spans) and "\\footnote" not in record.title and "\\url" not in record.title:
            assert plain_form(plain) == plain_form(plain_text(record.title))


def test_the_hostile_list_has_five_hundred_entries_of_every_kind() -> None:
    catalogue = catalogue_of(*hostile.records())
    assert len(catalogue.papers) == hostile.COUNT == 500
    assert {paper.publication.kind for paper in catalogue.papers.values()} == set(KINDS)
