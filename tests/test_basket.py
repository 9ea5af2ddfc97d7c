"""The reader's own list in a real browser: filled, put in order, exported, shared, and kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Download, Page, Route, expect

from tests.academy import BuiltAcademy
from tests.browser.axe import violations
from tests.browser.shift import assert_steady, layout_shifts
from tests.browser_reader import (
    DESK,
    PHONE,
    SCHEMES,
    ColorScheme,
    Reader,
    holding,
    make_reader,
    shown_in_order,
)

INTRODUCTION = "an-introduction-to-lanterns"
SURVEY = "oil-wick-and-flame-a-survey"
CUT = "do-lanterns-dream-of-llms"
RELU = "lanterns-at-scale-relu2-wins-by-16-3-8b"
MALLORY = "authors/eve-em-mallory-em-7-7/"
KEPT = "JSON.parse(localStorage.getItem('ap-list') ?? '[]')"
SUFFIXES = (".bib", ".ris", ".csl.json")
FORBID = """
Object.defineProperty(window, "localStorage", { get() {
  // Material needs it while the page is read.
  if (document.readyState !== "loading") throw new DOMException("forbidden", "SecurityError");
  return { getItem: () => null, setItem() {} };
} });
"""


@pytest.fixture
def visitor(browser: Browser, root_url: str) -> Iterator[Reader]:
    """Somebody who comes for the first time."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        yield make_reader(context, root_url)


def kept(reader: Reader) -> list[dict[str, Any]]:
    """What the browser keeps."""
    found: list[dict[str, Any]] = reader.page.evaluate(KEPT)
    return found


def kept_ids(reader: Reader) -> list[str]:
    return [paper["id"] for paper in kept(reader)]


def keep(reader: Reader, *ids: str, **more: object) -> None:
    """Have papers in the list before a page is opened; the next page shows them."""
    papers = [
        {"id": i, "title": f"Title of {i}", "authors": ["A"], "rest": "", "year": "2020"} | more
        for i in ids
    ]
    reader.open("about/")
    reader.page.evaluate("list => localStorage.setItem('ap-list', list)", json.dumps(papers))


def press(reader: Reader, paper: str) -> None:
    """Press the button beside a paper of a list."""
    reader.page.locator(f".ap-list [data-ap-paper='{paper}']").click()


def expect_said(reader: Reader, text: str | re.Pattern[str]) -> None:
    expect(reader.page.locator(".ap-status [role=status]")).to_have_text(text)


def titles(page: Page) -> list[str]:
    found = page.locator("[data-ap-my-list] .ap-title")
    found.first.wait_for()
    return found.all_inner_texts()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of that accessible name has the focus."""
    target = page.get_by_role("button", name=name, exact=True)
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"no way by keyboard to {name}")


def text_of(download: Download, folder: Path) -> str:
    target = folder / download.suggested_filename
    download.save_as(target)
    return target.read_bytes().decode()


# -- adding and taking out ----------------------------------------------------------------------


def test_a_paper_is_added_on_its_page_and_stays_added(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(f"papers/{RELU}/")
    button = page.locator("button.ap-add.md-button")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect_said(visitor, "Added. 1 paper in your list.")
    expect(button).to_have_text("In my list")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert kept(visitor) == [
        {
            "id": RELU,
            "title": "Lanterns at Scale: ReLU² Wins by 16×3.8B",
            "authors": ["Ada B. Quill", "Søren Ångström", "María-José Peña"],
            "rest": "",
            "year": "2025",
        }
    ]
    visitor.open("authors/ada-quill/")
    expect(page.get_by_role("link", name="My list, 1 paper")).to_contain_text("1")
    beside = page.get_by_role(
        "button", name="Add “Lanterns at Scale: ReLU² Wins by 16×3.8B” to my list"
    )
    expect(beside).to_have_attribute("aria-pressed", "true")
    beside.click()
    expect_said(visitor, "Removed. Nothing is left in your list.")
    expect(page.get_by_role("link", name="My list", exact=True).locator("span").last).to_be_hidden()
    assert page.evaluate("localStorage.getItem('ap-list')") is None
    visitor.check()


def test_an_entry_tells_as_much_as_the_page_of_its_paper(visitor: Reader) -> None:
    found = []
    for path in ("authors/ada-quill/", f"papers/{RELU}/"):
        visitor.open(path)
        visitor.page.locator(f"[data-ap-paper='{RELU}']").click()
        found.append(kept(visitor))
        visitor.page.locator(f"[data-ap-paper='{RELU}']").click()
    assert found[0] == found[1]
    visitor.check()


def test_names_that_a_source_cuts_stay_cut(visitor: Reader) -> None:
    visitor.open("authors/ada-quill/")
    press(visitor, CUT)
    press(visitor, "method-a-bold-but-unbalanced-brace-for-lamp-oil")
    assert [(paper["authors"], paper["rest"]) for paper in kept(visitor)] == [
        (["Ada B. Quill", "Mei Lin", "Liang Tan"], "et al."),
        (["Wei Chen", "Noor El-Amin", "Otto Finch Jr."], "et al."),
    ]
    visitor.open("list/")
    expect(visitor.page.locator("[data-ap-my-list] .ap-authors").first).to_have_text(
        "Ada B. Quill, Mei Lin, Liang Tan et al."
    )
    visitor.check()


def test_names_that_run_from_right_to_left_keep_their_order(visitor: Reader) -> None:
    names = ["نور الامين", "אבנר כהן", "Mei Lin"]
    keep(visitor, SURVEY, authors=names, rest="and 2 more")
    visitor.open("list/")
    shown = visitor.page.locator("[data-ap-my-list] .ap-authors")
    expect(shown).to_have_text(", ".join(names) + " and 2 more")
    assert shown_in_order(shown.locator("bdi")) == names
    visitor.check()


def test_a_list_that_was_kept_with_names_as_one_text_is_still_shown(visitor: Reader) -> None:
    keep(visitor, SURVEY, authors="Mei Lin, Ada B. Quill et al.")
    visitor.open("list/")
    shown = visitor.page.locator("[data-ap-my-list] .ap-authors")
    expect(shown).to_have_text("Mei Lin, Ada B. Quill et al.")


def test_an_entry_without_names_is_completed_from_the_papers_own_page(visitor: Reader) -> None:
    visitor.open(f"papers/{RELU}/")
    related = visitor.page.locator(".ap-list .ap-add").first
    paper = related.get_attribute("data-ap-paper")
    related.click()
    visitor.page.wait_for_function(f"{KEPT}[0].authors.length > 0")
    visitor.open(f"papers/{paper}/")
    names = visitor.page.locator(".ap-byline a").all_inner_texts()
    assert kept(visitor)[0]["authors"][0] == names[0]
    assert kept_ids(visitor) == [paper]
    visitor.check()


def test_all_papers_of_an_author_are_added_in_their_order(visitor: Reader) -> None:
    page = visitor.page
    keep(visitor, SURVEY)
    visitor.open("authors/ada-quill/")
    page.get_by_role("button", name="Add all to my list").click()
    expect_said(visitor, "Added 9 papers. 10 papers in your list.")
    shown = page.locator(".ap-list .ap-add").evaluate_all("all => all.map(b => b.dataset.apPaper)")
    assert kept_ids(visitor) == [SURVEY, *(paper for paper in shown if paper != SURVEY)]
    page.get_by_role("button", name="Add all to my list").click()
    expect_said(visitor, "Nothing to add: your list has all of them.")
    visitor.check()


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("years/2024/", "Add this page to my list"),
        ("years/2023/", "Add all to my list"),
        ("topics/cs-cr/", "Add all to my list"),
    ],
)
def test_the_papers_of_a_topic_or_a_year_are_added(visitor: Reader, path: str, name: str) -> None:
    visitor.open(path)
    count = visitor.page.locator(".ap-list .ap-title").count()
    visitor.page.get_by_role("button", name=name).click()
    expect_said(visitor, f"Added {count} papers. {count} papers in your list.")
    assert len(kept(visitor)) == count > 1
    visitor.check()


def test_a_list_has_an_end(visitor: Reader) -> None:
    keep(visitor, *(f"paper-{n}" for n in range(498)))
    visitor.open("authors/ada-quill/")
    visitor.page.get_by_role("button", name="Add all to my list").click()
    expect_said(
        visitor,
        "Added 2 papers. 500 papers in your list. 8 papers had no room: a list holds at most 500.",
    )
    press(visitor, INTRODUCTION)
    expect_said(visitor, "Nothing was added: a list holds at most 500 papers.")
    assert len(kept(visitor)) == 500
    visitor.check()


# -- what is kept, and where --------------------------------------------------------------------


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "null",
        "7",
        '{"id": "con-paper"}',
        '[1, null, "x", [], {"id": "../../x"}, {"id": 5}, {"title": "T"}]',
    ],
)
def test_what_else_stands_in_the_storage_does_no_harm(visitor: Reader, stored: str) -> None:
    visitor.open("about/")
    visitor.page.evaluate("text => localStorage.setItem('ap-list', text)", stored)
    visitor.open("list/")
    expect(visitor.page.locator("[data-part=empty]")).to_be_visible()
    visitor.open("authors/ada-quill/")
    press(visitor, INTRODUCTION)
    assert kept_ids(visitor) == [INTRODUCTION]
    visitor.check()


def test_parts_of_a_paper_that_are_no_text_are_passed_over(visitor: Reader) -> None:
    visitor.open("about/")
    stored = json.dumps([{"id": "con-paper", "title": {"a": 1}, "year": 2023}, {"id": "con-paper"}])
    visitor.page.evaluate("text => localStorage.setItem('ap-list', text)", stored)
    visitor.open("list/")
    assert titles(visitor.page) == ["con-paper"]
    visitor.check()


def test_a_browser_that_keeps_nothing_says_so(visitor: Reader) -> None:
    visitor.page.add_init_script(FORBID)
    visitor.open("authors/ada-quill/")
    button = visitor.page.locator(f"[data-ap-paper='{INTRODUCTION}']")
    button.click()
    expect_said(visitor, re.compile("does not let the site keep anything"))
    expect(button).to_have_attribute("aria-pressed", "false")
    visitor.open("list/")
    expect(visitor.page.locator("[data-part=empty]")).to_contain_text("Allow it to store data")
    visitor.check()


def test_a_full_storage_changes_nothing_and_says_so(visitor: Reader) -> None:
    keep(visitor, INTRODUCTION)
    visitor.page.evaluate(
        """() => {
          for (let size = 2 ** 22; size >= 1; size /= 2) {
            try { for (let n = 0; ; n++) localStorage.setItem(`${size} ${n}`, "x".repeat(size)) }
            catch { /* half of it may fit */ }
          }
        }"""
    )
    visitor.open("authors/ada-quill/")
    press(visitor, SURVEY)
    expect_said(visitor, "Nothing was changed: the browser has no room left for your list.")
    assert kept_ids(visitor) == [INTRODUCTION]
    expect(visitor.page.get_by_role("link", name="My list, 1 paper")).to_be_visible()
    visitor.check()


def test_other_tabs_show_the_same_list(visitor: Reader) -> None:
    other = make_reader(visitor.page.context, visitor.url)
    visitor.open("list/")
    other.open("authors/ada-quill/")
    press(other, INTRODUCTION)
    expect(visitor.page.locator("[data-ap-my-list] .ap-title")).to_have_count(1)
    visitor.page.get_by_role("button", name=re.compile("^Remove")).click()
    beside = other.page.locator(f"[data-ap-paper='{INTRODUCTION}']")
    expect(beside).to_have_attribute("aria-pressed", "false")
    for reader in (visitor, other):
        reader.check()


def test_a_page_that_is_gone_back_to_has_the_present_list(visitor: Reader) -> None:
    visitor.open("authors/ada-quill/")
    visitor.open(f"papers/{INTRODUCTION}/")
    visitor.page.locator("button.ap-add.md-button").click()
    visitor.page.go_back()
    beside = visitor.page.locator(f"[data-ap-paper='{INTRODUCTION}']")
    expect(beside).to_have_attribute("aria-pressed", "true")
    visitor.check()


def test_sites_on_one_host_have_lists_of_their_own(browser: Browser, repository_url: str) -> None:
    with browser.new_context() as context:
        reader = make_reader(context, repository_url)
        reader.open("authors/ada-quill/")
        press(reader, INTRODUCTION)
        keys = reader.page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('ap'))")
        assert keys == ["ap-list /repo/"]
        reader.open("list/")
        link = reader.page.locator("[data-ap-my-list] .ap-title")
        expect(link).to_have_attribute("href", f"{repository_url}papers/{INTRODUCTION}/")
        field = reader.page.get_by_label("Link to these papers")
        expect(field).to_have_value(f"{repository_url}list/?papers={INTRODUCTION}")
        reader.check()


def test_nothing_is_kept_in_cookies(visitor: Reader) -> None:
    visitor.open("authors/ada-quill/")
    press(visitor, INTRODUCTION)
    visitor.open("list/")
    assert visitor.page.context.cookies() == []
    visitor.check()


# -- the page of the list -----------------------------------------------------------------------


def test_papers_are_put_in_order_and_taken_out_by_keyboard(visitor: Reader) -> None:
    page = visitor.page
    keep(visitor, "a", "b", "c")
    visitor.open("list/")
    tab_to(page, "Move “Title of c” up")
    page.keyboard.press("Enter")
    expect_said(visitor, "“Title of c” is number 2 of 3.")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect_said(visitor, "It is the first already.")
    for name, disabled in (("c” up", 1), ("c” down", 0), ("b” up", 0), ("b” down", 1)):
        button = page.get_by_role("button", name=f"Move “Title of {name}", disabled=bool(disabled))
        expect(button).to_have_count(1)
    assert kept_ids(visitor) == ["c", "a", "b"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert titles(page) == ["Title of a", "Title of c", "Title of b"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect_said(visitor, "“Title of c” is removed.")
    expect(page.get_by_role("button", name="Remove “Title of b”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove “Title of a”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert kept_ids(visitor) == ["a"]
    visitor.check()


def test_a_list_that_was_cleared_comes_back_with_what_was_added_since(visitor: Reader) -> None:
    page = visitor.page
    keep(visitor, "a", "b")
    visitor.open("list/")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    page.get_by_role("button", name="Clear the list").click()
    expect(page.locator("[data-part=empty]")).to_be_visible()
    expect(page.get_by_role("button", name="BibTeX")).to_be_hidden()
    assert kept_ids(visitor) == []
    other = make_reader(page.context, visitor.url)
    other.open("authors/ada-quill/")
    press(other, INTRODUCTION)
    page.get_by_role("button", name="Undo").click()
    assert kept_ids(visitor) == ["a", "b", INTRODUCTION]
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    visitor.check()


def test_what_is_undone_leaves_papers_in_the_order_that_they_have_now(visitor: Reader) -> None:
    page = visitor.page
    keep(visitor, "a", "b", "c", "d")
    visitor.open("list/")
    page.get_by_role("button", name="Remove “Title of b”").click()
    page.get_by_role("button", name="Move “Title of d” up").click()
    page.get_by_role("button", name="Move “Title of d” up").click()
    assert kept_ids(visitor) == ["d", "a", "c"]
    page.get_by_role("button", name="Undo").click()
    assert kept_ids(visitor) == ["d", "a", "b", "c"]
    visitor.check()


def test_an_empty_list_leads_on(visitor: Reader) -> None:
    visitor.open("list/")
    visitor.page.locator("[data-part=empty] a", has_text="authors").click()
    visitor.page.wait_for_url("**/authors/")
    visitor.check()


def test_the_list_is_copied_as_text_and_as_a_link(visitor: Reader) -> None:
    page = visitor.page
    visitor.open("authors/ada-quill/")
    press(visitor, SURVEY)
    press(visitor, "paper-8e5b38c2")
    visitor.open("list/")
    page.get_by_role("button", name="Copy as text").click()
    expect_said(visitor, "Copied as text.")
    papers = f"{visitor.url}papers/"
    assert page.evaluate("navigator.clipboard.readText()").splitlines() == [
        f"Ada B. Quill, María-José Peña. Oil, Wick and Flame: A Survey. 2022. {papers}{SURVEY}/",
        f"Ada B. Quill, Noor El-Amin. ??? 2023. {papers}paper-8e5b38c2/",
    ]
    page.get_by_role("button", name="Copy the link").click()
    expect_said(visitor, "The link is copied.")
    link = f"{visitor.url}list/?papers={SURVEY},paper-8e5b38c2"
    assert page.evaluate("navigator.clipboard.readText()") == link
    visitor.check()


# -- exports ------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_list_is_saved_in_each_format_as_the_site_writes_lists(
    visitor: Reader, academy: BuiltAcademy, tmp_path: Path, suffix: str
) -> None:
    ids = [SURVEY, RELU, INTRODUCTION]
    keep(visitor, *ids)
    visitor.open("list/")
    with visitor.page.expect_download() as download:
        visitor.page.locator(f"[data-ap-my-list] [data-suffix='{suffix}']").click()
    expect_said(visitor, "3 citations saved.")
    assert download.value.suggested_filename == f"my-list{suffix}"
    files = [(academy.docs / "papers" / f"{i}{suffix}").read_bytes().decode() for i in ids]
    found = text_of(download.value, tmp_path)
    if suffix == ".csl.json":
        assert json.loads(found) == [json.loads(text)[0] for text in files]
        expected = "[\n" + ",\n".join(t.removeprefix("[\n").removesuffix("\n]\n") for t in files)
        assert found == f"{expected}\n]\n"
    else:
        assert found == "\n".join(files)
    visitor.check()


def test_a_paper_whose_citation_fails_is_named_and_the_others_are_saved(
    visitor: Reader, academy: BuiltAcademy, tmp_path: Path
) -> None:
    keep(visitor, SURVEY, RELU, INTRODUCTION)
    visitor.page.route(f"**/{RELU}.bib", lambda route: route.fulfill(status=500))
    visitor.open("list/")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="BibTeX").click()
    expect_said(visitor, f"2 citations saved. No citation could be fetched of “Title of {RELU}”.")
    files = [academy.docs / "papers" / f"{i}.bib" for i in (SURVEY, INTRODUCTION)]
    expected = "\n".join(file.read_bytes().decode() for file in files)
    assert text_of(download.value, tmp_path) == expected
    # A failure stays until it is dismissed.
    visitor.page.get_by_role("button", name="Dismiss the message").click()
    expect(visitor.page.locator(".ap-shown")).to_have_count(0)
    visitor.complaints = [c for c in visitor.complaints if "500" not in c]
    visitor.check()


def test_a_page_in_place_of_a_missing_file_is_no_citation(visitor: Reader) -> None:
    keep(visitor, SURVEY)
    visitor.page.route(
        "**/*.bib", lambda route: route.fulfill(body="<p>Nothing", content_type="text/html")
    )
    visitor.open("list/")
    visitor.page.get_by_role("button", name="BibTeX").click()
    expect_said(visitor, f"Nothing was saved. No citation could be fetched of “Title of {SURVEY}”.")
    visitor.check()


def collect(reader: Reader, ids: list[str]) -> dict[str, Any]:
    """Call `collect` of the module itself, with a server that counts what is asked at one time."""
    found: dict[str, Any] = reader.page.evaluate(
        """async ([script, ids]) => {
          const { collect } = await import(script);
          let now = 0, most = 0;
          window.fetch = async (address) => {
            most = Math.max(most, ++now);
            await new Promise((done) => setTimeout(done, 5 + 20 * Math.random()));
            now--;
            return new Response(String(address).split("/").pop());
          };
          const seen = [];
          const made = await collect(ids, ".bib", (done) => seen.push(done));
          return { ...made, most, seen };
        }""",
        [f"{reader.url}assets/javascripts/citation-files.js", ids],
    )
    return found


def test_eight_files_are_fetched_at_a_time_and_joined_in_order(visitor: Reader) -> None:
    visitor.open("about/")
    found = collect(visitor, [f"p{n}" for n in range(30)])
    assert found["text"] == "\n".join(f"p{n}.bib" for n in range(30))
    assert found["failed"] == []
    assert found["most"] == 8
    assert found["seen"] == list(range(1, 31))
    visitor.check()


def test_no_more_files_are_fetched_than_a_server_should_be_asked_for(visitor: Reader) -> None:
    visitor.open("about/")
    with pytest.raises(Exception, match=r"At most 2000 papers .* these are 2001"):
        collect(visitor, [f"p{n}" for n in range(2001)])


def test_the_citation_of_a_paper_that_has_moved_is_taken_from_its_present_place(
    visitor: Reader, academy: BuiltAcademy, tmp_path: Path
) -> None:
    keep(visitor, "lamps-old-title")
    visitor.open("list/")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="BibTeX").click()
    expect_said(visitor, "1 citation saved.")
    expected = (academy.docs / "papers" / f"{INTRODUCTION}.bib").read_bytes().decode()
    assert text_of(download.value, tmp_path) == expected
    visitor.complaints = [c for c in visitor.complaints if "404" not in c]
    visitor.check()


def test_a_paper_in_the_list_by_its_former_id_too_is_cited_and_kept_once(
    visitor: Reader, academy: BuiltAcademy, tmp_path: Path
) -> None:
    keep(visitor, "lamps-old-title", SURVEY, INTRODUCTION)
    visitor.open("list/")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="BibTeX").click()
    expect_said(visitor, "2 citations saved.")
    files = [academy.docs / "papers" / f"{i}.bib" for i in (INTRODUCTION, SURVEY)]
    expected = "\n".join(file.read_bytes().decode() for file in files)
    assert text_of(download.value, tmp_path) == expected
    expect(visitor.page.locator("[data-ap-my-list] .ap-title")).to_have_count(2)
    assert kept_ids(visitor) == [INTRODUCTION, SURVEY]
    visitor.complaints = [c for c in visitor.complaints if "404" not in c]
    visitor.check()


def test_a_second_press_while_citations_are_fetched_says_so(visitor: Reader) -> None:
    waiting: list[Route] = []
    keep(visitor, SURVEY)
    visitor.page.route("**/*.bib", holding(waiting))
    visitor.open("list/")
    button = visitor.page.get_by_role("button", name="BibTeX")
    button.click()
    button.click()
    expect_said(visitor, "Still fetching…")
    with visitor.page.expect_download():
        waiting.pop().continue_()
    expect_said(visitor, "1 citation saved.")
    visitor.check()


# -- shared lists -------------------------------------------------------------------------------


def test_a_shared_list_is_shown_beside_the_readers_own(visitor: Reader, tmp_path: Path) -> None:
    page = visitor.page
    keep(visitor, INTRODUCTION)
    visitor.open(f"list/?papers={RELU},no-such-paper,{CUT},{INTRODUCTION}")
    expect(page.get_by_role("heading", level=1)).to_have_text("A shared list")
    expect(page).to_have_title(re.compile("^A shared list . "))
    items = page.locator("[data-ap-my-list] li")
    expect(items).to_have_count(4)
    expect(items.nth(0)).to_contain_text("Lanterns at Scale: ReLU² Wins by 16×3.8B")
    expect(items.nth(0)).to_contain_text("Ada B. Quill, Søren Ångström, María-José Peña")
    expect(items.nth(0)).to_contain_text("2025")
    expect(items.nth(1)).to_contain_text("There is no such paper on this site, or not any more.")
    expect(items.nth(2)).to_contain_text("Ada B. Quill, Mei Lin, Liang Tan et al.")
    assert kept_ids(visitor) == [INTRODUCTION]
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    assert download.value.suggested_filename == "shared-list.bib"
    assert text_of(download.value, tmp_path).count("@") == 3
    page.get_by_role("button", name="Add all to my list").click()
    expect_said(visitor, "Added 2 papers. 3 papers in your list.")
    assert kept_ids(visitor) == [INTRODUCTION, RELU, CUT]
    page.get_by_role("link", name="Show my own list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My list")
    assert len(titles(page)) == 3
    visitor.complaints = [c for c in visitor.complaints if "404" not in c]
    visitor.check()


def test_one_paper_of_a_shared_list_is_added(visitor: Reader) -> None:
    visitor.open(f"list/?papers={RELU},{SURVEY}")
    press(visitor, SURVEY)
    assert kept_ids(visitor) == [SURVEY]
    assert kept(visitor)[0]["title"] == "Oil, Wick and Flame: A Survey"
    visitor.check()


def test_a_paper_that_has_moved_is_found_in_a_shared_list(visitor: Reader) -> None:
    visitor.open("list/?papers=lamps-old-title")
    link = visitor.page.locator("[data-ap-my-list] .ap-title")
    expect(link).to_have_text("An Introduction to Lanterns")
    expect(link).to_have_attribute("href", f"{visitor.url}papers/{INTRODUCTION}/")
    visitor.check()


def test_a_paper_that_an_address_names_by_its_former_id_too_is_shown_once(
    visitor: Reader, tmp_path: Path
) -> None:
    page = visitor.page
    visitor.open(f"list/?papers={SURVEY},lamps-old-title,{INTRODUCTION},no-such-paper")
    lead = page.locator("[data-part=lead]")
    expect(lead).to_have_text("Somebody put these 3 papers together. Your own list is as it was.")
    expect(page.locator("[data-ap-my-list] li")).to_have_count(3)
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    assert text_of(download.value, tmp_path).count("@") == 2
    page.get_by_role("button", name="Add all to my list").click()
    expect_said(visitor, "Added 2 papers. 2 papers in your list.")
    visitor.complaints = [c for c in visitor.complaints if "404" not in c]
    visitor.check()


def test_a_paper_that_cannot_be_read_is_told_from_one_that_is_gone(visitor: Reader) -> None:
    visitor.page.route(f"**/papers/{RELU}/", lambda route: route.fulfill(status=503))
    visitor.open(f"list/?papers={RELU},{SURVEY}")
    items = visitor.page.locator("[data-ap-my-list] li")
    expect(items.nth(0)).to_contain_text("This paper could not be read now.")
    expect(items.nth(1)).to_contain_text("Oil, Wick and Flame: A Survey")
    visitor.complaints = [c for c in visitor.complaints if "503" not in c]
    visitor.check()


def test_a_list_too_long_for_a_server_is_shared_in_the_part_it_does_not_see(
    visitor: Reader,
) -> None:
    ids = [f"a-paper-with-a-rather-long-address-{n}" for n in range(70)]
    keep(visitor, *ids)
    visitor.open("list/")
    link = visitor.page.get_by_label("Link to these papers").input_value()
    assert link == f"{visitor.url}list/#papers={','.join(ids)}"
    # The address alone changes: the page stays, and shows what it asks for now.
    visitor.page.goto(link)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("A shared list")
    expect(visitor.page.locator("[data-ap-my-list] li")).to_have_count(70)
    visitor.page.go_back()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("My list")
    visitor.check()


def test_the_list_that_the_address_asked_for_last_is_the_one_that_is_shown(
    visitor: Reader,
) -> None:
    page = visitor.page
    waiting: list[Route] = []
    visitor.open("list/")
    page.route(f"**/papers/{RELU}/", holding(waiting))
    with page.expect_request(f"**/papers/{RELU}/"):
        page.evaluate("id => { location.hash = `papers=${id}` }", RELU)
    page.evaluate("id => { location.hash = `papers=${id}` }", SURVEY)
    item = page.locator("[data-ap-my-list] li")
    expect(item).to_contain_text("Oil, Wick and Flame: A Survey")
    with page.expect_response(f"**/papers/{RELU}/"):
        waiting.pop().continue_()
    page.wait_for_timeout(200)
    expect(item).to_have_count(1)
    expect(item).to_contain_text("Oil, Wick and Flame: A Survey")
    visitor.check()


def test_what_was_cleared_can_be_undone_after_a_link_within_the_page(visitor: Reader) -> None:
    page = visitor.page
    keep(visitor, "a", "b")
    visitor.open("list/")
    page.get_by_role("button", name="Clear the list").click()
    for fragment in ("elsewhere", f"papers={SURVEY}", ""):
        page.evaluate("fragment => { location.hash = fragment }", fragment)
        page.wait_for_timeout(50)
    expect(page.get_by_role("heading", level=1)).to_have_text("My list")
    page.get_by_role("button", name="Undo").click()
    assert kept_ids(visitor) == ["a", "b"]
    visitor.check()


@pytest.mark.parametrize("asked", ["", ",,", "<img src=x onerror=alert(1)>", "../../evil", "A"])
def test_an_address_that_names_no_papers_says_so(visitor: Reader, asked: str) -> None:
    visitor.page.goto(f"{visitor.url}list/?papers={asked}")
    expect(visitor.page.locator("[data-part=lead]")).to_have_text("The address names no papers.")
    expect(visitor.page.get_by_role("button", name="Add all to my list")).to_be_hidden()
    visitor.check()


# -- hostile texts ------------------------------------------------------------------------------


def assert_inert(page: Page) -> None:
    """The list holds no element that its page does not make itself."""
    parts = page.locator("[data-ap-my-list] *:not(.ap-add *)")
    found = parts.evaluate_all("all => all.map(e => e.localName)")
    known = set("div p a ul li br bdi span button label input code".split())
    assert set(found) <= known


def test_hostile_titles_stay_text_in_the_list_and_in_a_shared_one(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(MALLORY)
    page.get_by_role("button", name="Add all to my list").click()
    expect_said(visitor, "Added 6 papers. 6 papers in your list.")
    printed = page.locator(".ap-list .ap-title").all_inner_texts()
    visitor.open("list/")
    assert titles(page) == printed
    assert '<script>alert("title")</script>' in "".join(titles(page))
    assert_inert(page)
    page.get_by_role("button", name="Remove “").first.click()
    link = page.get_by_label("Link to these papers").input_value()
    page.evaluate("localStorage.clear()")
    page.goto(link)
    expect(page.locator("[data-ap-my-list] li")).to_have_count(5)
    assert_inert(page)
    visitor.check()


def test_hostile_texts_in_the_storage_stay_text(visitor: Reader) -> None:
    evil = "<img src=x onerror=alert(1)>"
    keep(visitor, "a", "javascript:alert(1)", '"><script>', title=evil, authors=evil, year=evil)
    visitor.open("list/")
    assert titles(visitor.page) == [evil]
    assert_inert(visitor.page)
    visitor.page.get_by_role("button", name=f"Move “{evil}” up").press("Enter")
    visitor.check()


# -- what readers have to bear ------------------------------------------------------------------


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize(
    "path", ["", "authors/ada-quill/", f"papers/{RELU}/", "list/", f"list/?papers={RELU},{SURVEY}"]
)
def test_nothing_moves_when_the_list_is_shown(
    browser: Browser, root_url: str, path: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        reader = make_reader(context, root_url)
        keep(reader, RELU, INTRODUCTION)
        # Fonts that come late move texts as well: they have a test of their own.
        context.route("**/author-pages.css", without_fonts)
        shifts = layout_shifts(context, root_url + path)
        reader.open(path)
        width_shown = reader.page.evaluate("document.documentElement.scrollWidth")
    assert_steady(shifts, f"{path}, {width} px wide")
    assert width_shown <= width


def without_fonts(route: Route) -> None:
    style = route.fetch().text()
    route.fulfill(body=re.sub(r"@font-face ?\{[^}]*\}", "", style), content_type="text/css")


def test_without_scripts_the_page_says_what_it_needs_and_where_citations_are(
    browser: Browser, root_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        reader = make_reader(context, root_url)
        reader.open("list/")
        shown = reader.page.locator("[data-ap-my-list]")
        expect(shown.get_by_text("needs JavaScript")).to_be_visible()
        links = [link.get_attribute("href") or "" for link in shown.locator("a").all()]
        for link in links:
            assert reader.page.request.get(f"{root_url}list/{link}").ok, link
        assert {f"../papers{suffix}" for suffix in SUFFIXES} <= set(links)
        reader.open("authors/ada-quill/")
        expect(reader.page.locator("[data-ap-add-all]")).to_be_hidden()
        expect(reader.page.get_by_role("search", name="Filter papers")).to_be_hidden()
        reader.check()


def test_messages_go_away_and_are_told_to_screen_readers(visitor: Reader) -> None:
    page = visitor.page
    page.clock.install()
    visitor.open("authors/ada-quill/")
    # There before the first message, or it would not be told.
    expect(page.locator(".ap-status [role=status]")).to_have_text("")
    press(visitor, INTRODUCTION)
    expect(page.locator(".ap-status")).to_have_class(re.compile("ap-shown"))
    page.clock.fast_forward(7000)
    expect(page.locator(".ap-status")).not_to_have_class(re.compile("ap-shown"))
    visitor.check()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", ["list/", f"list/?papers={RELU},{SURVEY}", "authors/ada-quill/"])
def test_axe_finds_no_violation_where_papers_are_kept(
    browser: Browser, root_url: str, path: str, scheme: ColorScheme
) -> None:
    with browser.new_context(color_scheme=scheme, reduced_motion="reduce") as context:
        reader = make_reader(context, root_url)
        reader.open("authors/ada-quill/")
        press(reader, RELU)
        press(reader, INTRODUCTION)
        if path.startswith("list/"):
            reader.open(path)
            reader.page.locator("[data-ap-my-list] li").first.wait_for()
        found = violations(reader.page)
    assert not found, "\n\n".join(map(str, found))
