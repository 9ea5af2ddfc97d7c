"""The built academy in a real browser: what a reader does, and that nobody else is asked.

Debian's Chromium, driven by Playwright. `make test` installs it; without it these tests fail.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.academy import BuiltAcademy, academy_with_sections, build_academy
from tests.browser_reader import SCHEMES, ColorScheme, Reader, make_reader

PHONE = 360
PAPER = "lanterns-at-scale-relu2-wins-by-16-3-8b"
HOSTILE = "script-alert-title-script-bold-link-javascript-alert-1-config-site-name-percent"
PAGES = (
    "",
    "about/",
    "authors/",
    "authors/ada-quill/",
    "authors/by/q/",
    "authors/eve-em-mallory-em-7-7/",
    "guides/reading/",
    "list/",
    "papers/",
    f"papers/{PAPER}/",
    f"papers/{HOSTILE}/",
    "papers/a-title-that-goes-on-and-on-because-its-author-could-not-decide-which-of-the/",
    "search/",
    "search/?q=lantern",
    "topics/",
    "topics/cs-cl/",
    "years/",
    "years/2024/",
)


def search_for(reader: Reader, words: str, path: str) -> None:
    """Open the search, type, wait for what it finds, and follow it to `path`."""
    page = reader.page
    page.get_by_role("link", name="Search").click()
    page.get_by_role("combobox", name="Search").press_sequentially(words, delay=20)
    found = page.locator(f".ap-search [role=option][href*='{path}']").first
    expect(found).to_be_visible()
    found.click()
    page.wait_for_url(f"**/{path}**")


def test_a_reader_finds_an_author_a_paper_and_its_bibtex(
    reader: Reader, academy: BuiltAcademy, tmp_path: Path
) -> None:
    page = reader.page
    reader.open("")
    expect(page).to_have_title("Quill Academy")
    search_for(reader, "Quill Ada", "authors/ada-quill/")
    expect(page.locator("h1").first).to_contain_text(re.compile(r"Ada B\.? Quill"))
    page.locator(f"article a[href$='/papers/{PAPER}/']").first.click()
    page.wait_for_url(f"**/papers/{PAPER}/")
    expect(page.locator("h1 math").first).to_be_visible()
    entry = (academy.docs / "papers" / f"{PAPER}.bib").read_text(encoding="utf-8")
    page.locator(".md-code__button[data-md-type='copy'], .md-clipboard").first.click()
    expect(page.locator(".md-dialog--active, .md-dialog[data-md-state='open']")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    # The page has the abstract above; the file has it in the entry.
    assert copied.strip() == re.sub(r"(?m)^  abstract = .*\n", "", entry).strip() != entry.strip()
    with page.expect_download() as download:
        page.locator("a[download][href$='.bib']").first.click()
    saved = tmp_path / "saved.bib"
    download.value.save_as(saved)
    assert download.value.suggested_filename == f"{PAPER}.bib"
    assert saved.read_text(encoding="utf-8") == entry
    reader.check()


def test_search_finds_a_paper_by_its_title(reader: Reader) -> None:
    reader.open("years/")
    search_for(reader, "flame detection", "papers/2d-flame-detection/")
    expect(reader.page.locator("h1").first).to_contain_text("2D Flame Detection")
    reader.check()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_is_wider_than_a_phone(
    browser: Browser, root_url: str, scheme: ColorScheme
) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, color_scheme=scheme, has_touch=True
    )
    reader = make_reader(context, root_url)
    wide = []
    for path in PAGES:
        reader.open(path)
        width = reader.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE:
            wide.append(f"/{path}: {width} px")
    shown = reader.page.evaluate("document.body.getAttribute('data-md-color-scheme')")
    context.close()
    assert wide == []
    assert shown == ("slate" if scheme == "dark" else "default")
    reader.check()


def test_every_kind_of_page_opens_without_a_complaint(browser: Browser, root_url: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    reader = make_reader(context, root_url)
    for path in PAGES:
        reader.open(path)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 1280, path
    context.close()
    reader.check()


def test_the_fonts_are_those_of_the_site(browser: Browser, root_url: str) -> None:
    context = browser.new_context()
    reader = make_reader(context, root_url)
    reader.open("authors/ada-quill/")
    loaded = reader.page.evaluate(
        "document.fonts.ready.then(f => [...f].filter(x => x.status == 'loaded').length)"
    )
    context.close()
    assert loaded > 0
    reader.check()


def test_the_site_works_under_a_path(browser: Browser, repository_url: str) -> None:
    context = browser.new_context()
    reader = make_reader(context, repository_url)
    reader.open("")
    search_for(reader, "Lamp", "authors/jan-van-der-lamp/")
    reader.page.locator("article a[href*='papers/']").first.click()
    reader.page.wait_for_url("**/repo/papers/**")
    context.close()
    reader.check()


@pytest.mark.parametrize("place", ["root_url", "repository_url"])
def test_a_missing_page_looks_like_the_site_at_any_depth(
    browser: Browser, request: pytest.FixtureRequest, place: str
) -> None:
    url: str = request.getfixturevalue(place)
    context = browser.new_context()
    reader = make_reader(context, url)
    reader.open("no/such/page/at/all")
    expect(reader.page.locator("h1").first).to_be_visible()
    expect(reader.page).to_have_title(re.compile("Quill Academy"))
    background = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
    assert reader.page.evaluate(background) not in ("rgba(0, 0, 0, 0)", "transparent")
    reader.complaints = [c for c in reader.complaints if "404" not in c]
    reader.check()
    reader.page.locator(".md-header a.md-logo").click()
    reader.page.wait_for_url(url)
    context.close()


@pytest.mark.parametrize("path", ["no/such/page/", "guides/reading/", "about/"])
def test_every_page_is_laid_out_alike(browser: Browser, root_url: str, path: str) -> None:
    left = "document.querySelector('h1').getBoundingClientRect().left"
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = make_reader(context, root_url).page
        page.goto(root_url + "topics/")
        expected = page.evaluate(left)
        page.goto(root_url + path)
        assert page.evaluate(left) == expected
        contents = page.locator(".md-sidebar--secondary nav")
        assert contents.is_visible() == ("no/" not in path)
    with browser.new_context(
        viewport={"width": PHONE, "height": 740}, has_touch=True, is_mobile=True
    ) as context:
        page = make_reader(context, root_url).page
        page.goto(root_url + path)
        expect(page.locator(".md-tabs")).to_be_visible()
        expect(page.locator(".md-header label[for=__drawer]")).to_have_count(0)
        expect(page.get_by_text("(press /)")).to_be_hidden()


def test_a_navigation_with_sections_keeps_its_sidebar(tmp_path: Path) -> None:
    site = build_academy(academy_with_sections(tmp_path / "academy")).site
    page = (site / "guides" / "reading" / "index.html").read_text(encoding="utf-8")
    assert "md-sidebar--primary" in page
    assert 'for="__drawer"' in page.partition("</header>")[0]


def test_a_former_address_takes_the_reader_on(browser: Browser, root_url: str) -> None:
    context = browser.new_context()
    reader = make_reader(context, root_url)
    reader.open("papers/lamps-old-title/")
    reader.page.wait_for_url("**/papers/an-introduction-to-lanterns/")
    expect(reader.page.locator("h1").first).to_contain_text("An Introduction to Lanterns")
    context.close()
    reader.check()


@pytest.mark.parametrize("text", [".ap-abstract", ".ap-styled"])
def test_sentences_that_run_from_right_to_left_keep_their_order(
    reader: Reader, academy: BuiltAcademy, text: str
) -> None:
    reader.open("papers/an-introduction-to-lanterns/")
    if text == ".ap-styled":
        reader.page.locator(".ap-tabs label").last.click()
    first, second = reader.page.locator(text).last.evaluate(PLACES)
    assert first["left"] >= second["right"] > second["left"]
    reader.check()


PLACES = """
(paragraph) => {
  paragraph.textContent = "نشعل المصابيح. ثم نطفئها (Lamps) ليلا.";
  const text = paragraph.firstChild;
  return ["نشعل", "ليلا."].map((word) => {
    const range = document.createRange();
    const start = text.data.indexOf(word);
    range.setStart(text, start);
    range.setEnd(text, start + word.length);
    return range.getBoundingClientRect().toJSON();
  });
}
"""
