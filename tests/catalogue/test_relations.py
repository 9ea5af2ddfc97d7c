"""Relations: who wrote with whom, which papers are close, and what a list of thousands costs."""

from __future__ import annotations

import re

import pytest

from generator.catalogue.model import Catalogue
from generator.catalogue.relations import (
    LARGEST_TEAM,
    MOST_CO_AUTHORS,
    Neighbouring,
    Neighbours,
    RelatedPapers,
    co_authors,
)
from generator.exports.site_json import SiteJson
from generator.render.authors import author_documents
from generator.render.papers import paper_documents
from tests import small_pages
from tests.small_pages import lists_of, profile, record, text_of

ADA = "Ada Quill"


def catalogue_of(*papers: tuple[str, tuple[str, ...]]) -> Catalogue:
    """The catalogue of some papers, each a title and its authors."""
    return dated(*((title, None, authors) for title, authors in papers))


def dated(
    *papers: tuple[str, int | None, tuple[str, ...]], profiles: tuple[str, ...] = ()
) -> Catalogue:
    """The catalogue of some papers, each a title, a year and its authors, and of some profiles."""
    records = [
        record(title, year, *authors, line=line)
        for line, (title, year, authors) in enumerate(papers, start=1)
    ]
    return small_pages.catalogue_of(records, map(profile, profiles))


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


def test_co_authors_have_the_years_of_the_first_and_the_last_shared_paper() -> None:
    catalogue = dated(
        ("Lamps", 2019, (ADA, "Bo Peep")),
        ("Oil", 2024, (ADA, "Bo Peep", "Cy Wick")),
        ("Wicks", 2021, (ADA, "Bo Peep")),
        ("Glass", 2030, (ADA,)),
        ("Soot", None, (ADA, "Cy Wick", "Di Glow")),
        ("Smoke", 1999, ("Bo Peep", "Cy Wick")),
    )
    found = {c.person: (c.papers, c.years) for c in co_authors(catalogue, "ada-quill").shown}
    assert found == {
        "bo-peep": (3, (2019, 2024)),
        "cy-wick": (2, (2024, 2024)),
        "di-glow": (1, None),
    }


def test_papers_of_a_crowd_have_no_years_of_co_authors() -> None:
    catalogue = dated(
        ("Lamps", 1999, (ADA, "Cy Wick", *team(LARGEST_TEAM))), ("Oil", 2024, (ADA, "Cy Wick"))
    )
    (found,) = co_authors(catalogue, "ada-quill").shown
    assert (found.person, found.papers, found.years) == ("cy-wick", 1, (2024, 2024))


# -- newer and older papers -----------------------------------------------------------------------


def beside(catalogue: Catalogue, paper: str) -> Neighbouring | None:
    """The papers beside one."""
    return Neighbours(catalogue).of(catalogue.papers[paper])


def test_from_paper_to_paper_one_walks_through_all_of_somebody() -> None:
    catalogue = dated(*((f"Lamp {n}", 2000 + n, (ADA, "Bo Peep")) for n in range(5)))
    neighbours = Neighbours(catalogue)
    papers = catalogue.people["ada-quill"].papers
    assert papers == ("lamp-4", "lamp-3", "lamp-2", "lamp-1", "lamp-0")
    for newer, paper, older in zip((None, *papers), papers, (*papers[1:], None), strict=False):
        found = neighbours.of(catalogue.papers[paper])
        assert found == Neighbouring("ada-quill", newer, older)


def test_newer_and_older_papers_are_those_of_the_first_author_with_a_profile() -> None:
    papers = (
        ("Lamps", 2020, ("Bo Peep", ADA, "Cy Wick")),
        ("Oil", 2021, ("Bo Peep",)),
        ("Wicks", 2022, (ADA,)),
        ("Glass", 2019, ("Cy Wick",)),
    )
    assert beside(dated(*papers), "lamps") == Neighbouring("bo-peep", "oil", None)
    of_ada = dated(*papers, profiles=(ADA, "Cy Wick"))
    assert beside(of_ada, "lamps") == Neighbouring("ada-quill", "wicks", None)
    of_cy = dated(*papers, profiles=("Cy Wick",))
    assert beside(of_cy, "lamps") == Neighbouring("cy-wick", None, "glass")


def test_whoever_has_one_paper_leads_nowhere() -> None:
    catalogue = dated(
        ("Lamps", 2020, (ADA, "Bo Peep")),
        ("Oil", 2021, ("Bo Peep",)),
        ("Wicks", 2022, ("Di Glow",)),
        ("Glass", 2022, ()),
        profiles=(ADA, "Di Glow"),
    )
    assert beside(catalogue, "lamps") == Neighbouring("bo-peep", "oil", None)
    assert beside(catalogue, "wicks") is None
    assert beside(catalogue, "glass") is None


def test_one_whom_et_al_hides_leads_on_from_the_own_profile() -> None:
    ada = profile(ADA)
    cut = record("Lamps", 2020, "Bo Peep", truncated=True, profile=ada.key)
    own = record("Oil", 2021, ADA, line=9, profile=ada.key)
    catalogue = small_pages.catalogue_of([cut, own], [ada])
    assert catalogue.papers["lamps"].hidden == ("ada-quill",)
    assert beside(catalogue, "lamps") == Neighbouring("ada-quill", "oil", None)


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


def names_in(text: str) -> int:
    """How many links to people a text has."""
    return len(re.findall(r"\]\(\.\./authors/", text))


@pytest.mark.parametrize(("size", "shown"), [(12, 12), (13, 10), (2950, 10)])
def test_lists_show_the_first_names_of_a_crowd_and_its_own_page_shows_all(
    size: int, shown: int
) -> None:
    catalogue = catalogue_of(("Lamps", team(size)))
    lists = lists_of(catalogue)
    entry = lists.entry("lamps")
    assert names_in(re.sub("<span hidden>.*?</span>", "", entry)) == shown
    assert names_in(entry) == min(size, 50)
    more = f" and [{size - shown:,} more](../papers/lamps.md)"
    assert (more in entry) == (size > shown)
    assert (more.replace("../", "") in lists.entry_at_root("lamps")) == (size > shown)
    page = text_of(list(paper_documents(lists)), "papers/lamps.md")
    byline, _, rest = page.split("## Cite")[0].partition("<details")
    assert names_in(byline) == (size if size <= 24 else 20)
    assert names_in(byline + rest) == size
    if rest:
        assert f"<summary>and {size - 20:,} more authors</summary>" in rest


def test_the_page_of_a_late_author_shows_the_own_name_and_the_first_ones() -> None:
    catalogue = catalogue_of(("Lamps", team(100)))
    documents = list(author_documents(lists_of(catalogue)))
    last = catalogue.papers["lamps"].authors[-1]
    page = text_of(documents, f"authors/{last.person}.md")
    shown = re.sub("<span hidden>.*?</span>", "", page.split("## Co-authors")[0])
    assert names_in(shown) == 11
    assert f", … [{last.shown}](../authors/{last.person}.md){{ .ap-self }} and [89 more]" in shown


def test_the_page_of_a_person_says_which_papers_make_no_co_authors() -> None:
    catalogue = catalogue_of(("Lamps", (ADA, *team(100))), ("Oil of whales", (ADA, "Cy Wick")))
    documents = list(author_documents(lists_of(catalogue)))
    note = "1 paper with more than 100 authors is left out of the count."
    assert note in text_of(documents, "authors/ada-quill.md")
    assert note in text_of(documents, "authors/bo-peaaaa.md")
    assert "left out of the count" not in text_of(documents, "authors/cy-wick.md")
    assert "Cite all 2 papers as" in text_of(documents, "authors/ada-quill.md")
    assert "Cite 1 paper as" in text_of(documents, "authors/cy-wick.md")


def test_what_is_written_of_a_crowd_grows_with_its_number_alone() -> None:
    sizes = []
    for size in (400, 800):
        catalogue = catalogue_of(("Lamps", team(size)))
        documents = [
            *author_documents(lists_of(catalogue)),
            *SiteJson(catalogue, {}, None).documents(),
        ]
        sizes.append(sum(len(document.data) for document in documents))
    assert sizes[1] < 2.2 * sizes[0]
