"""The box of citations on a paper's page, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, ViewportSize, expect

from generator.exports.formatted import CitationFormatter, FormattedCitation
from generator.exports.formatted_page import citation_page
from tests.academy import BuiltAcademy
from tests.browser_reader import PHONE, Reader, holding, make_reader
from tests.page_html import PageHtml

LAMPS = "an-introduction-to-lanterns"
STYLES = ("APA", "MLA", "Chicago", "IEEE")
TABS = ("BibTeX", "RIS", *STYLES)
CLIPBOARD = "navigator.clipboard.readText()"


@pytest.fixture
def visitor(browser: Browser, root_url: str) -> Iterator[Reader]:
    """Somebody whose browser allows copying."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        yield make_reader(context, root_url)


def choose(reader: Reader, tab: str) -> None:
    reader.page.locator(".ap-tabs label").get_by_text(tab, exact=True).click()


def copied(reader: Reader, button: str) -> str:
    reader.page.locator(".ap-copy").get_by_role("button", name=button, exact=True).click()
    expect(reader.page.locator(".ap-status [role=status]")).to_have_text("Copied to the clipboard.")
    text: str = reader.page.evaluate(CLIPBOARD)
    return text


def test_each_tab_shows_its_citation_alone(visitor: Reader, academy: BuiltAcademy) -> None:
    visitor.open(f"papers/{LAMPS}/")
    labels = visitor.page.locator(".ap-tabs label")
    expect(labels).to_have_text(list(TABS))
    bibtex = visitor.page.locator(".ap-cite .highlight")
    expect(bibtex).to_be_visible()
    file = PageHtml((academy.site / "papers" / f"{LAMPS}.cite.html").read_text(encoding="utf-8"))
    headings = ["".join(e.text) for e in file.all("h2")]
    texts = ["".join(e.text) for e in file.all("p")]
    for style in STYLES:
        choose(visitor, style)
        shown = visitor.page.locator(".ap-styled")
        expect(shown).to_have_text(texts[headings.index(style)])
        expect(bibtex).to_be_hidden()
    choose(visitor, "RIS")
    ris = (academy.site / "papers" / f"{LAMPS}.ris").read_text(encoding="utf-8").strip()
    expect(visitor.page.locator(".ap-cite pre:visible")).to_have_text(ris)
    choose(visitor, "BibTeX")
    expect(bibtex).to_be_visible()
    expect(visitor.page.locator(".ap-cite pre:visible")).to_have_count(1)
    visitor.check()


def test_tabs_are_chosen_with_the_keys(visitor: Reader) -> None:
    visitor.open(f"papers/{LAMPS}/")
    visitor.page.get_by_role("radio", name="BibTeX").focus()
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.keyboard.press("ArrowRight")
    expect(visitor.page.get_by_role("radio", name="APA")).to_be_checked()
    expect(visitor.page.locator(".ap-styled")).to_be_visible()


def test_what_is_shown_is_what_is_copied(visitor: Reader, academy: BuiltAcademy) -> None:
    visitor.open(f"papers/{LAMPS}/")
    choose(visitor, "MLA")
    shown = visitor.page.locator(".ap-styled").inner_text()
    assert copied(visitor, "Copy") == shown
    choose(visitor, "RIS")
    ris = (academy.site / "papers" / f"{LAMPS}.ris").read_text(encoding="utf-8")
    assert copied(visitor, "Copy") == ris


HARD = "doi.example *a* _b_ `c` [d](e) <f> &amp; $x^2$ @g ~h 1. {i} \\ # --- https://i.example/j_k"


def test_markdown_is_copied_as_the_formatter_writes_it(visitor: Reader) -> None:
    item = {
        "type": "article-journal",
        "title": HARD,
        "author": [{"family": "Quill_a*", "given": "Ada"}],
        "container-title": f"Lamps {HARD}",
        "issued": {"date-parts": [[2020]]},
        "DOI": "10.5555/lumen_2",
        "URL": "https://lamps.example/a_b",
    }
    made = CitationFormatter().format(item)
    visitor.page.route("**/*.cite.html", lambda route: answer(route, made))
    visitor.open(f"papers/{LAMPS}/")
    for citation in made:
        choose(visitor, citation.label)
        expect(visitor.page.locator(".ap-styled")).to_have_text(citation.text)
        assert copied(visitor, "Copy as Markdown") == citation.markdown


def answer(route: Route, made: tuple[FormattedCitation, ...]) -> None:
    body = citation_page("lamps", "Lamps", made, ())
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


def test_the_last_choice_is_shown_however_slow_the_files_are(visitor: Reader) -> None:
    waiting: list[Route] = []
    visitor.page.route("**/*.ris", holding(waiting))
    visitor.open(f"papers/{LAMPS}/")
    choose(visitor, "RIS")
    choose(visitor, "IEEE")
    expect(visitor.page.locator(".ap-styled")).to_be_visible()
    waiting[0].continue_()
    visitor.page.wait_for_load_state("networkidle")
    expect(visitor.page.locator(".ap-styled")).to_be_visible()
    expect(visitor.page.locator(".ap-cite pre:visible")).to_have_count(0)


def test_a_file_that_cannot_be_had_is_linked_and_tried_again(
    browser: Browser, root_url: str
) -> None:
    context = browser.new_context()
    reader = make_reader(context, root_url)
    reader.page.route("**/*.cite.html", lambda route: route.abort())
    reader.open(f"papers/{LAMPS}/")
    choose(reader, "APA")
    link = reader.page.locator(".ap-cite a")
    expect(link).to_have_attribute("href", re.compile(f"/{LAMPS}.cite.html$"))
    expect(reader.page.locator(".ap-status [role=status]")).to_have_text(
        "APA could not be fetched."
    )
    reader.page.unroute("**/*.cite.html")
    reader.page.get_by_role("button", name="Try again").click()
    expect(reader.page.locator(".ap-styled")).to_be_visible()
    expect(reader.page.get_by_role("radio", name="APA")).to_be_focused()
    context.close()


def test_where_the_rest_of_the_script_does_not_come_the_link_is_shown(visitor: Reader) -> None:
    visitor.page.route("**/citation.js", lambda route: route.abort())
    visitor.open(f"papers/{LAMPS}/")
    choose(visitor, "IEEE")
    expect(visitor.page.locator(".ap-cite a")).to_have_text(", ".join(TABS[1:]))


def test_a_page_in_place_of_a_file_is_no_citation(visitor: Reader) -> None:
    visitor.page.route(
        "**/*.ris", lambda route: route.fulfill(body="<h1>Log in</h1>", content_type="text/html")
    )
    visitor.open(f"papers/{LAMPS}/")
    choose(visitor, "RIS")
    expect(visitor.page.locator(".ap-cite")).to_contain_text("RIS could not be fetched")
    visitor.page.unroute("**/*.ris")
    visitor.page.get_by_role("button", name="Try again").click()
    expect(visitor.page.locator(".ap-cite pre:visible")).to_contain_text("TY  - ")


def test_what_is_shown_stays_until_the_citation_is_there(visitor: Reader) -> None:
    waiting: list[Route] = []
    visitor.page.route("**/*.cite.html", holding(waiting))
    visitor.open(f"papers/{LAMPS}/")
    before = visitor.page.locator(".ap-cite").bounding_box()
    choose(visitor, "APA")
    expect(visitor.page.locator(".ap-cite")).to_have_attribute("aria-busy", "true")
    expect(visitor.page.locator(".ap-cite .highlight")).to_be_visible()
    assert visitor.page.locator(".ap-cite").bounding_box() == before
    waiting[0].continue_()
    expect(visitor.page.locator(".ap-styled")).to_be_visible()
    expect(visitor.page.locator(".ap-cite")).not_to_have_attribute("aria-busy", "true")


def test_the_focus_stays_where_tabs_take_the_place_of_the_link(visitor: Reader) -> None:
    waiting: list[Route] = []
    visitor.page.route("**/cite.js", holding(waiting))
    visitor.page.goto(f"{visitor.url}papers/{LAMPS}/")
    visitor.page.locator(".ap-tabs a").focus()
    waiting[0].continue_()
    expect(visitor.page.get_by_role("radio", name="BibTeX")).to_be_focused()


def test_without_scripts_bibtex_is_shown_and_a_page_has_the_rest(
    browser: Browser, root_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{root_url}papers/{LAMPS}/")
        expect(page.locator(".ap-cite pre")).to_be_visible()
        expect(page.locator(".ap-cite .ap-tabs")).to_have_text(f"BibTeX {', '.join(TABS[1:])}")
        page.locator(".ap-tabs a").click()
        expect(page.locator("h2")).to_have_text([*STYLES, "Files"])
        page.get_by_text("About this paper").click()
        expect(page.locator("h1")).to_have_text("An Introduction to Lanterns")


def test_the_page_of_citations_is_no_wider_than_a_phone(browser: Browser, root_url: str) -> None:
    size: ViewportSize = {"width": PHONE, "height": 740}
    with browser.new_context(viewport=size, is_mobile=True) as context:
        page = context.new_page()
        page.goto(f"{root_url}papers/{LAMPS}.cite.html")
        page.locator("h1").evaluate("(title, word) => title.textContent = word", "Lamps" * 40)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_tabs_come_without_moving_anything(browser: Browser, root_url: str, width: int) -> None:
    heights = []
    for scripts in (False, True):
        size: ViewportSize = {"width": width, "height": 4000}
        context = browser.new_context(viewport=size, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{root_url}papers/{LAMPS}/")
        if scripts:
            expect(page.locator(".ap-tabs label")).to_have_count(len(TABS))
        box = page.locator(".ap-cite").bounding_box()
        assert box
        heights.append(box["height"])
        context.close()
    assert heights[0] == heights[1]
