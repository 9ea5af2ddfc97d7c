"""The tabs say where a reader is, on pages that stand in no navigation too, in few bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.academy import BuiltAcademy, academy_with_sections, build_academy
from tests.browser_reader import PHONE, make_reader
from tests.page_html import PageHtml, read_pages

PAPER = "papers/an-introduction-to-lanterns/"


def marked(page: PageHtml) -> list[tuple[str, str]]:
    """The tabs that are marked, and as what."""
    links = [e for e in page.elements if e.attributes.get("class") == "md-tabs__link"]
    assert len(links) >= 6
    found = [("".join(e.text).strip(), e.attributes.get("aria-current", "")) for e in links]
    return [(text, current) for text, current in found if current]


@pytest.mark.parametrize(
    ("path", "tabs"),
    [
        ("", [("Home", "page")]),
        ("authors/", [("Authors", "page")]),
        ("authors/by/q/", [("Authors", "true")]),
        ("authors/ada-quill/", [("Authors", "true")]),
        (PAPER, [("Papers", "true")]),
        ("topics/cs-cl/", [("Topics", "true")]),
        ("years/2024/", [("Years", "true")]),
        ("about/", [("About", "page")]),
        ("search/", []),
        ("list/", []),
        ("guides/reading/", []),
        ("404.html", []),
    ],
)
def test_the_tab_of_the_part_to_which_a_page_belongs_is_marked(
    pages: Mapping[str, PageHtml], path: str, tabs: list[tuple[str, str]]
) -> None:
    assert marked(pages[path if path.endswith(".html") else f"{path}index.html"]) == tabs


def test_a_tab_of_several_pages_is_marked_on_all_that_belong_to_them(tmp_path: Path) -> None:
    root = academy_with_sections(tmp_path / "academy")
    settings = root / "mkdocs.yml"
    papers, topics = "  - Papers: papers/index.md\n", "  - Topics: topics/index.md\n"
    text = settings.read_text(encoding="utf-8").replace(topics, "")
    section = "  - Browse:\n      - topics/index.md\n      - papers/index.md\n"
    settings.write_text(text.replace(papers, section), encoding="utf-8")
    found = read_pages(build_academy(root).site)
    paper, person = (
        next(path for path in sorted(found) if path.startswith(folder) and path.count("/") == 2)
        for folder in ("papers/", "authors/")
    )
    assert marked(found[paper]) == [("Browse", "true")]
    assert marked(found["papers/index.html"]) == [("Browse", "true")]
    assert marked(found[person]) == [("Authors", "true")]
    assert marked(found["guides/reading/index.html"]) == [("Guides", "true")]
    browse = [e for e in found[paper].elements if e.tag == "a" and "Browse" in e.text]
    assert {e.attributes["href"] for e in browse} == {"../../topics/"}


def test_six_tabs_take_600_bytes_of_a_papers_page(academy: BuiltAcademy) -> None:
    html = (academy.site / PAPER / "index.html").read_text(encoding="utf-8")
    tabs = html[html.index('<nav class="md-tabs"') :].partition("</nav>")[0]
    assert tabs.count("<li") == 6
    assert len(tabs.encode()) < 600


@pytest.mark.parametrize("width", [PHONE, 240])
def test_every_tab_is_reached_on_a_small_screen(
    browser: Browser, root_url: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 700}, has_touch=True) as context:
        reader = make_reader(context, root_url)
        reader.open("about/")
        for tab in reader.page.locator(".md-tabs__link").all():
            tab.focus()
            expect(tab).to_be_in_viewport(ratio=1)
        reader.check()
