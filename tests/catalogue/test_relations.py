"""Relations: who wrote with whom, which papers are close, and what a list of thousands costs."""

from __future__ import annotations

import re

import pytest

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue
from generator.catalogue.relations import (
    LARGEST_TEAM,
    MOST_CO_AUTHORS,
    RelatedPapers,
    co_authors,
)
from generator.catalogue.settle import Load
from generator.config import SiteConfig, load_config, package_templates
from generator.documents import Document
from generator.exports.formatted import CitationFormatter
from generator.exports.site_exports import SiteExports
from generator.exports.site_json import SiteJson
from generator.names import OrganisationNames
from generator.records import Content, NameAsPrinted, PaperRecord, Provenance
from generator.render.authors import author_documents
from generator.render.lists import Lists, Site
from generator.render.papers import paper_documents
from generator.render.templates import Templates
from tests.academy import small_academy

ORGANISATIONS = OrganisationNames.of(["Aurora-9"], [])
ADA = "Ada Quill"


def catalogue_of(*papers: tuple[str, tuple[str, ...]]) -> Catalogue:
    """The catalogue of some papers, each a title and its authors."""
    records = [
        PaperRecord(Provenance("a.bib", line), title, tuple(map(NameAsPrinted, authors)))
        for line, (title, authors) in enumerate(papers, start=1)
    ]
    return build_catalogue(Load((), tuple(records), ()), EMPTY_LOCK, ORGANISATIONS).catalogue


def team(size: int, mark: str = "a") -> tuple[str, ...]:
    """As many names."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return tuple(
        f"Bo Pe{mark}{letters[n // 676]}{letters[n // 26 % 26]}{letters[n % 26]}"
        for n in range(size)
    )


# -- co-authors -----------------------------------------------------------------------------------


def test_co_authors_stand_by_shared_papers_then_by_name() -> None:
    catalogue = catalogue_of(
        ("Lamps", (ADA, "Cy Wick", "Bo Peep", "Aurora-9")), ("Oil", (ADA, "Di Glow", "Cy Wick"))
    )
    found = co_authors(catalogue, "ada-quill")
    assert [(c.person, c.papers) for c in found.shown] == [
        ("cy-wick", 2),
        ("bo-peep", 1),
        ("di-glow", 1),
    ]
    assert (found.total, found.uncounted) == (3, 0)


@pytest.mark.parametrize(("size", "total"), [(LARGEST_TEAM, LARGEST_TEAM), (LARGEST_TEAM + 1, 1)])
def test_a_paper_of_a_crowd_makes_nobody_a_co_author(size: int, total: int) -> None:
    catalogue = catalogue_of(
        ("Lamps", (ADA, *team(size - 1))), ("Oil of every kind", (ADA, "Cy Wick"))
    )
    found = co_authors(catalogue, "ada-quill")
    assert found.total == total
    assert found.uncounted == (size > LARGEST_TEAM)
    assert "cy-wick" in {c.person for c in found.shown}


def test_of_many_co_authors_those_with_most_papers_are_shown() -> None:
    crowds = [(f"Lamps {mark}", (ADA, "Zoe Last", *team(98, mark))) for mark in "abc"]
    found = co_authors(catalogue_of(*crowds), "ada-quill")
    assert len(found.shown) == MOST_CO_AUTHORS
    assert found.total == 3 * 98 + 1
    assert found.shown[0].person == "zoe-last"


# -- related papers -------------------------------------------------------------------------------


def related(catalogue: Catalogue, title: str) -> list[str]:
    """Titles of the papers related to that of this title."""
    paper = next(paper for paper in catalogue.papers.values() if paper.title == title)
    found = RelatedPapers(catalogue).of(paper, 5)
    return [catalogue.papers[close.paper].title for close in found]


def test_one_shared_word_relates_nothing_but_two_or_an_author_do() -> None:
    catalogue = catalogue_of(
        ("Study of Brass Lamps", (ADA,)),
        ("Study of Oil", ("Bo Peep",)),
        ("Brass Lamps Revisited", ("Cy Wick",)),
        ("Wicks", (ADA,)),
        ("Unlike Anything", ("Di Glow",)),
    )
    assert sorted(related(catalogue, "Study of Brass Lamps")) == ["Brass Lamps Revisited", "Wicks"]
    assert related(catalogue, "Study of Oil") == []


# -- what pages make of a crowd -------------------------------------------------------------------


@pytest.fixture
def config(tmp_path_factory: pytest.TempPathFactory) -> SiteConfig:
    """Of a small site."""
    return load_config(small_academy(tmp_path_factory.mktemp("site") / "academy") / "mkdocs.yml")


def lists_of(catalogue: Catalogue, config: SiteConfig) -> Lists:
    """The lists of a site that has this catalogue."""
    exports = SiteExports(catalogue, {}, config, CitationFormatter(["apa", "mla"]).format)
    site = Site(catalogue, Content({}, {}, (), {}, ()), config, exports, {})
    return Lists(site, Templates([package_templates() / "pages"]))


def text_of(documents: list[Document], path: str) -> str:
    """The body of a page."""
    (found,) = (document for document in documents if document.path == path)
    return found.data.decode().split("\n---\n", 1)[1]


def names_in(text: str) -> int:
    """How many links to people a text has."""
    return len(re.findall(r"\]\(\.\./authors/", text))


@pytest.mark.parametrize(("size", "shown"), [(60, 60), (61, 50), (2950, 50)])
def test_lists_show_the_first_names_of_a_crowd_and_its_own_page_shows_all(
    size: int, shown: int, config: SiteConfig
) -> None:
    catalogue = catalogue_of(("Lamps", team(size)))
    lists = lists_of(catalogue, config)
    entry = lists.entry("lamps")
    assert names_in(entry) == shown
    more = f" and [{size - shown:,} more](../papers/lamps.md)"
    assert (more in entry) == (size > shown)
    assert (more.replace("../", "") in lists.entry_at_root("lamps")) == (size > shown)
    page = text_of(list(paper_documents(lists)), "papers/lamps.md")
    assert names_in(page.split("## Cite")[0]) == size


def test_the_page_of_a_person_says_which_papers_make_no_co_authors(config: SiteConfig) -> None:
    catalogue = catalogue_of(("Lamps", (ADA, *team(100))), ("Oil of whales", (ADA, "Cy Wick")))
    documents = list(author_documents(lists_of(catalogue, config)))
    note = "1 paper with more than 100 authors is left out of the count."
    assert note in text_of(documents, "authors/ada-quill.md")
    assert note in text_of(documents, "authors/bo-peaaaa.md")
    assert "left out of the count" not in text_of(documents, "authors/cy-wick.md")
    assert "Download 2 papers as" in text_of(documents, "authors/ada-quill.md")
    assert "Download 1 paper as" in text_of(documents, "authors/cy-wick.md")


def test_a_paper_offers_its_citations_as_text_and_as_markdown(config: SiteConfig) -> None:
    documents = list(paper_documents(lists_of(catalogue_of(("Lamps", (ADA,))), config)))
    page = text_of(documents, "papers/lamps.md")
    assert "<summary>Citations as text: APA, MLA</summary>" in page
    assert "<summary>Citations as Markdown</summary>" in page


def test_what_is_written_of_a_crowd_grows_with_its_number_alone(config: SiteConfig) -> None:
    sizes = []
    for size in (400, 800):
        catalogue = catalogue_of(("Lamps", team(size)))
        documents = [
            *author_documents(lists_of(catalogue, config)),
            *SiteJson(catalogue, {}, None).documents(),
        ]
        sizes.append(sum(len(document.data) for document in documents))
    assert sizes[1] < 2.2 * sizes[0]
