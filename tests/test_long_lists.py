"""Lists of all papers, of a topic and of a year: filtered where they stand, or by the search.

In a real browser. What the filter finds is tested in `test_list_filter.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.render.overview import overview_documents
from generator.render.papers import paper_documents
from tests.academy import BuiltAcademy, build_academy, copy_academy
from tests.browser_reader import DESK, PHONE, Reader, SiteHandler, make_reader, serve
from tests.small_pages import catalogue_of, html, lists_of, record, text_of

LINK = "Search and filter these papers"


@pytest.fixture(scope="module")
def whole_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The academy with room for all its papers on a page."""
    root = copy_academy(tmp_path_factory.mktemp("whole") / "academy")
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert "entries_per_page: 10" in text
    settings.write_text(text.replace("entries_per_page: 10", ""), encoding="utf-8")
    with serve(build_academy(root).site, SiteHandler) as url:
        yield url


@pytest.fixture(params=[DESK, PHONE])
def visitor(request: pytest.FixtureRequest, browser: Browser, root_url: str) -> Iterator[Reader]:
    """Somebody on a site whose lists go on on further pages."""
    with browser.new_context(viewport={"width": request.param, "height": 800}) as context:
        yield make_reader(context, root_url)


@pytest.fixture
def whole(browser: Browser, whole_url: str) -> Iterator[Reader]:
    """Somebody on a site whose lists stand on a page each."""
    with browser.new_context(viewport={"width": DESK, "height": 800}) as context:
        yield make_reader(context, whole_url)


def expect_count(page: Page, text: str) -> None:
    """The filter says so, once its script has come."""
    expect(page.locator(".ap-filter [role=status]")).to_have_text(text, timeout=20_000)


# -- on several pages ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["papers/", "years/2024/", "years/2024-2/"])
def test_a_list_on_several_pages_leads_to_the_search_of_all_of_it(
    visitor: Reader, academy: BuiltAcademy, path: str
) -> None:
    page = visitor.page
    visitor.open(path)
    expect(page.get_by_role("search", name="Filter papers")).to_have_count(0)
    page.get_by_role("link", name=LINK).click()
    page.wait_for_url("**/search/?**")
    papers = len(list(academy.docs.glob("papers/*.bib")))
    total = papers if path == "papers/" else 14
    expect(page.locator(".ap-search-status")).to_have_text(f"{total} papers")
    if path != "papers/":
        years = page.locator(".ap-facet-years select")
        expect(years).to_have_count(2)
        for year in years.all():
            expect(year).to_have_value("2024")
    visitor.check()


def test_a_topic_on_several_pages_leads_to_the_search_of_its_papers() -> None:
    papers = [record(f"Lamps {n}", 2024, "Ada Quill", subject="cs.CL", line=n) for n in range(11)]
    documents = list(overview_documents(lists_of(catalogue_of(papers), entries_per_page=10)))
    for path in ("topics/cs-cl.md", "topics/cs-cl-2.md"):
        page = html(text_of(documents, path))
        (link,) = (e for e in page.all("a") if ".ap-filter-elsewhere" in e.inside)
        assert link.attributes["href"] == "../search.md?subject=cs.CL"
        assert "".join(link.text) == LINK
        assert not page.all("form")
    few = list(overview_documents(lists_of(catalogue_of(papers))))
    assert "ap-filter-elsewhere" not in text_of(few, "topics/cs-cl.md")


def test_a_topic_that_a_link_names_is_chosen_in_the_search(visitor: Reader) -> None:
    visitor.open("search/?subject=cs.CR")
    page = visitor.page
    expect(page.locator(".ap-search-status")).to_have_text("6 papers")
    visitor.check()


def test_without_scripts_no_link_leads_to_the_search(browser: Browser, root_url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        reader = make_reader(context, root_url)
        reader.open("years/2024/")
        expect(reader.page.locator(".ap-filter-elsewhere")).to_be_hidden()
        reader.check()


# -- on one page -----------------------------------------------------------------------------------


def test_all_papers_of_a_site_are_filtered_in_place(whole: Reader) -> None:
    page = whole.page
    whole.open("papers/?text=relu2&from=2024")
    total = page.locator(".ap-list .ap-title").count()
    assert total > 10
    expect_count(page, f"1 of {total} papers")
    expect(page.locator(".ap-list .ap-title:visible")).to_have_count(1)
    expect(page.locator("h2:visible")).to_have_count(1)
    expect(page.get_by_role("link", name=LINK)).to_have_count(0)
    page.get_by_role("button", name="Reset").click()
    expect_count(page, f"{total} papers")
    page.get_by_role("button", name="Add all to my list").click()
    assert page.evaluate("JSON.parse(localStorage.getItem('ap-list')).length") == total
    whole.check()


def test_months_without_a_paper_that_is_looked_for_are_not_shown(whole: Reader) -> None:
    page = whole.page
    whole.open("years/2024/")
    expect_count(page, "14 papers")
    months = page.locator("h2:visible").all_inner_texts()
    assert len(months) > 2
    page.get_by_role("search", name="Filter papers").get_by_role("searchbox").fill("convex hulls")
    expect_count(page, "1 of 14 papers")
    assert page.locator("h2:visible").all_inner_texts() == ["December"]
    page.get_by_label("Sort").select_option("oldest")
    page.get_by_role("searchbox", name="Filter").fill("")
    expect_count(page, "14 papers")
    assert page.locator("h2:visible").all_inner_texts() == months[::-1]
    whole.check()


# -- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formats", "site", "files"),
    [
        (["ris", "csl-json", "json", "atom"], "https://x.example/", "bib ris csl.json json xml"),
        (["ris", "json", "atom"], None, "bib ris json"),
        ([], None, "bib"),
    ],
)
def test_all_papers_are_offered_in_the_formats_that_the_site_has(
    formats: list[str], site: str | None, files: str
) -> None:
    papers = [record(f"Lamps {n}", 2024, "Ada Quill", line=n) for n in range(3)]
    lists = lists_of(catalogue_of(papers), site, formats=formats)
    page = html(text_of(paper_documents(lists), "papers/index.md"))
    found = [e for e in page.all("a") if ".ap-downloads" in e.inside]
    names = {"xml": "../feed.xml"}
    assert [e.attributes["href"] for e in found] == [
        names.get(ending, f"../papers.{ending}") for ending in files.split()
    ]
    assert all(
        ("download" in e.attributes) != (e.attributes["href"] in names.values()) for e in found
    )


def test_the_files_of_all_papers_are_there(visitor: Reader, academy: BuiltAcademy) -> None:
    visitor.open("papers/")
    links = visitor.page.locator(".ap-downloads a")
    expect(links).to_have_text(["BibTeX", "RIS", "CSL-JSON", "JSON"])
    for link in links.all():
        with visitor.page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        data = Path(download.value.path()).read_bytes()
        assert data == (academy.site / name).read_bytes()
    visitor.check()
