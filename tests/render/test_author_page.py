"""The page of a person: whose papers these are, at which place, with whom, and in what formats."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalogue.model import Catalogue
from generator.catalogue.relations import LARGEST_TEAM
from generator.records import Inferred, PaperRecord
from generator.render.year_bars import MOST_CLASSES
from generator.subjects import SUBJECT_NAMES
from tests.page_html import Element, PageHtml
from tests.small_pages import catalogue_of, html, person_page, profile, record

ADA = "Ada Quill"


def page_of(catalogue: Catalogue, person: str = "ada-quill", **chosen: Any) -> PageHtml:
    """Somebody's page, rendered."""
    return html(person_page(catalogue, person, **chosen))


def read(element: Element) -> str:
    """What an element reads, on one line."""
    return " ".join("".join(element.text).split())


def classed(page: PageHtml, name: str) -> list[Element]:
    """Elements that carry a class."""
    return [e for e in page.elements if name in e.attributes.get("class", "").split()]


def entries(page: PageHtml) -> list[str]:
    """The papers of the page, as they read."""
    return [read(e) for e in page.all("li") if ".ap-list" in e.inside]


# -- the list of papers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authors", "truncated", "place"),
    [
        ((ADA, "Bo Peep", "Cy Wick"), False, "first author"),
        (("Bo Peep", ADA, "Cy Wick"), False, None),
        (("Bo Peep", "Cy Wick", ADA), False, "last author"),
        ((ADA, "Bo Peep"), True, "first author"),
        (("Bo Peep", ADA), True, None),
        ((ADA,), False, "only author"),
        ((ADA,), True, "first author"),
    ],
)
def test_the_place_among_the_authors_is_marked_where_it_is_known(
    authors: tuple[str, ...], truncated: bool, place: str | None
) -> None:
    page = page_of(catalogue_of([record("Lamps", 2024, *authors, truncated=truncated)]))
    assert [read(e) for e in classed(page, "ap-position")] == ([place] if place else [])


def test_one_whom_et_al_hides_has_no_place_and_is_marked() -> None:
    ada = profile(ADA)
    cut = record("Lamps", 2024, "Bo Peep", truncated=True, profile=ada.key)
    page = page_of(catalogue_of([cut], [ada]))
    assert classed(page, "ap-position") == []
    assert [read(e) for e in classed(page, "ap-self")] == [ADA]
    assert entries(page) == ["Lamps Bo Peep et al. with Ada Quill 2024"]


def test_the_own_name_is_marked_once_in_every_entry_and_nobody_elses() -> None:
    records = [
        record("Lamps", 2024, "ADA B. QUILL", "Bo Peep"),
        record("Oil", 2023, "Ada Quillfeather", "Ada B. Quill", line=2),
        record("Wicks", 2022, "Ada B. Quill", line=3),
    ]
    catalogue = catalogue_of(records)
    page = page_of(catalogue, "ada-b-quill")
    own = [e for e in classed(page, "ap-self") if ".ap-list" in e.inside]
    assert [read(e) for e in own] == ["ADA B. QUILL", "Ada B. Quill", "Ada B. Quill"]
    assert {e.tag for e in own} == {"a"}
    places = [read(e) for e in classed(page, "ap-position")]
    assert places == ["first author", "last author", "only author"]
    other = page_of(catalogue, "bo-peep")
    assert [read(e) for e in classed(other, "ap-self") if ".ap-list" in e.inside] == ["Bo Peep"]


def test_entries_are_those_of_other_lists_but_for_the_marks() -> None:
    inferred = (Inferred("date", "the source leaves its year out"),)
    records = [
        record("Lamps", 2024, ADA, "Bo Peep", subject="cs.CL", inferred=inferred),
        record("Oil", 2023, "Bo Peep", "Cy Wick", ADA, line=2),
    ]
    page = page_of(catalogue_of(records))
    assert entries(page) == [
        "Lamps Ada Quill, Bo Peep 2024* · cs.CL first author",
        "Oil Bo Peep, Cy Wick, Ada Quill 2023 last author",
    ]


# -- co-authors -----------------------------------------------------------------------------------


def co_authored() -> list[PaperRecord]:
    return [
        record("Lamps", 2019, ADA, "Bo Peep"),
        record("Oil", 2024, ADA, "Bo Peep", "Cy Wick", line=2),
        record("Wicks", None, ADA, "Di Glow", line=3),
    ]


def test_co_authors_have_counts_and_years_that_lead_to_the_shared_papers() -> None:
    page = page_of(catalogue_of(co_authored()))
    people = [e for e in page.all("li") if ".ap-people" in e.inside]
    assert [read(e) for e in people] == [
        "Bo Peep 2 papers, 2019–2024",
        "Cy Wick 1 paper, 2024",
        "Di Glow 1 paper",
    ]
    counts = [e for e in classed(page, "ap-count") if ".ap-people" in e.inside]
    assert [e.attributes["href"] for e in counts] == [
        "?with=bo-peep#papers",
        "?with=cy-wick#papers",
        "?with=di-glow#papers",
    ]
    (papers,) = (e for e in page.all("h2") if read(e) == "Papers")
    assert papers.attributes["id"] == "papers"


def test_one_who_wrote_alone_has_no_co_authors() -> None:
    page = page_of(catalogue_of([record("Lamps", 2024, ADA)]))
    assert "Co-authors" not in page.content_text


@pytest.mark.parametrize(
    ("chosen", "drawn"),
    [("all", (True, True)), ("profiled", (True, False)), ("none", (False,) * 2)],
)
def test_co_authors_are_drawn_on_the_pages_that_the_settings_say(
    chosen: str, drawn: tuple[bool, bool]
) -> None:
    names = (ADA, "Bo Peep", "Cy Wick", "Di Glow")
    records = [record(f"Lamps {n}", 2020 + n, *names, line=n) for n in range(1, 4)]
    catalogue = catalogue_of(records, [profile(ADA)])
    found = [
        bool(classed(page_of(catalogue, person, co_author_networks=chosen), "ap-network"))
        for person in ("ada-quill", "bo-peep")
    ]
    assert tuple(found) == drawn


# -- what can be done with all papers -------------------------------------------------------------


def test_all_papers_are_offered_in_every_format_and_as_a_feed() -> None:
    page = page_of(catalogue_of(co_authored()))
    (downloads,) = classed(page, "ap-downloads")
    assert read(downloads) == ("Cite all 3 papers as BibTeX RIS CSL-JSON Feed Add all to my list")
    links = [e for e in page.all("a") if ".ap-downloads" in e.inside]
    assert [(e.attributes["href"], e.attributes.get("download")) for e in links] == [
        ("ada-quill.bib", ""),
        ("ada-quill.ris", ""),
        ("ada-quill.csl.json", ""),
        ("ada-quill.xml", None),
    ]
    single = page_of(catalogue_of([record("Lamps", 2024, ADA)]))
    (downloads,) = classed(single, "ap-downloads")
    assert read(downloads) == "Cite 1 paper as BibTeX RIS CSL-JSON Feed"


@pytest.mark.parametrize(("formats", "site_url"), [(["ris"], "https://a.example/"), (["atom"], "")])
def test_no_feed_is_offered_where_there_is_none(formats: list[str], site_url: str) -> None:
    page = page_of(catalogue_of(co_authored()), formats=formats, site_url=site_url or None)
    (downloads,) = classed(page, "ap-downloads")
    assert "Feed" not in read(downloads)


def test_a_list_can_be_cut_down_where_it_has_more_than_one_paper() -> None:
    (filter_,) = classed(page_of(catalogue_of(co_authored())), "ap-filter")
    assert (filter_.tag, filter_.attributes["aria-label"]) == ("form", "Filter papers")
    assert classed(page_of(catalogue_of([record("Lamps", 2024, ADA)])), "ap-filter") == []


# -- what the search takes ------------------------------------------------------------------------


def test_the_search_reads_the_name_and_no_list() -> None:
    text = person_page(catalogue_of(co_authored()), "ada-quill")
    page = html(text)
    marked = [e for e in page.elements if "data-pagefind-body" in e.attributes]
    assert [(e.tag, read(e)) for e in marked] == [("h1", ADA)]
    assert "data-pagefind-filter" not in text


def test_topics_stand_once_in_the_chart_or_else_as_links() -> None:
    one = [record("Lamps", 2024, ADA, subject="cs.CL"), record("Oil", 2024, ADA, line=2)]
    page = page_of(catalogue_of(one))
    chips = [e for e in page.all("a") if ".ap-chips" in e.inside]
    assert [(read(e), e.attributes["href"]) for e in chips] == [
        ("Computation and Language", "../topics/cs-cl.md")
    ]
    two = [
        record(f"Lamps {n}", 2020 + n, ADA, subject="cs.CL" if n % 2 else "cs.LG", line=n)
        for n in range(6)
    ]
    page = page_of(catalogue_of(two))
    assert not [e for e in page.all("a") if ".ap-chips" in e.inside]
    legend = {e.attributes["href"] for e in page.all("a") if ".ap-legend" in e.inside}
    assert legend == {"../../topics/cs-cl/", "../../topics/cs-lg/"}


def test_topics_of_papers_without_a_year_are_links_where_the_chart_leaves_them_out() -> None:
    papers = [
        record(f"Lamps {n}", 2020 + n, ADA, subject="cs.CL" if n % 2 else "cs.LG", line=n)
        for n in range(6)
    ]
    papers.append(record("Numbers", None, ADA, subject="math.NT", line=9))
    page = page_of(catalogue_of(papers))
    assert [e for e in page.all("figure") if e.attributes.get("class") == "ap-chart"]
    chips = {e.attributes["href"] for e in page.all("a") if ".ap-chips" in e.inside}
    assert "../topics/math-nt.md" in chips


def test_topics_are_links_too_where_the_legend_does_not_name_them_all() -> None:
    codes = list(SUBJECT_NAMES)[: 2 * MOST_CLASSES + 1]
    papers = [
        record(f"Lamps of {code} {n}", 2020 + n, "Bo Peep", subject=code, line=99 * place + n)
        for place, code in enumerate(codes)
        for n in range(len(codes) - place)
    ]
    of_one_colour = codes[::MOST_CLASSES]
    papers += [
        record(f"Oil of {code}", 2020 + n, ADA, subject=code, line=9_000 + n)
        for n, code in enumerate(of_one_colour)
    ]
    page = page_of(catalogue_of(papers))
    chips = {e.attributes["href"] for e in page.all("a") if ".ap-chips" in e.inside}
    assert chips == {f"../topics/{code.lower().replace('.', '-')}.md" for code in of_one_colour}


def test_every_link_to_what_two_people_wrote_finds_it() -> None:
    """The filter goes by the links of an entry, shown or not."""
    names = [f"Bo Pe{a}{b}" for a in "abcdefghijk" for b in "abcdefghijk"][: LARGEST_TEAM - 1]
    page = page_of(catalogue_of([record("Lamps", 2024, ADA, *names)]))
    paired = {e.attributes["href"] for e in page.all("a") if "?with=" in e.attributes["href"]}
    entries = (e.attributes["href"] for e in page.all("a") if ".ap-list" in e.inside)
    held = {address.rpartition("/")[2].removesuffix(".md") for address in entries}
    assert len(paired) == LARGEST_TEAM - 1
    assert {link.partition("?with=")[2].partition("#")[0] for link in paired} <= held
