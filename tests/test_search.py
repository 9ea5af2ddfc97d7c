"""The search in a real browser: what is found, in which order, and how a reader gets there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.axe import violations
from tests.browser.shift import STEADY
from tests.browser_reader import (
    PHONE,
    SCHEMES,
    ColorScheme,
    Reader,
    SiteHandler,
    SiteUnderPath,
    make_reader,
    serve,
    shown_in_order,
)
from tests.search_site import (
    HOSTILE,
    HOSTILE_NAME,
    PARTS,
    RIGHT_TO_LEFT,
    STUDIES,
    build_search_site,
)

WORDS = json.loads((Path(__file__).parent / "data" / "search-words.json").read_text("utf-8"))
"""Texts and their terms; tests/test_search_words.py holds the generator against them."""
IDENTIFIERS = json.loads(
    (Path(__file__).parent / "data" / "search-identifiers.json").read_text("utf-8")
)
"""Identifiers, their words and how they are typed, likewise."""
FIRST_QUERY = 300_000
"""Bytes that the first query may take."""


@pytest.fixture(scope="session")
def search_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_search_site(tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="session")
def search_url(search_site: Path) -> Iterator[str]:
    """A small site with one index."""
    with serve(search_site, SiteHandler) as url:
        yield url


@pytest.fixture(scope="session")
def parts_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same below a path, its index in many parts that say that they are large."""
    site = build_search_site(tmp_path_factory.mktemp("parts"), PARTS)
    file = site / "search" / "parts.json"
    table = json.loads(file.read_text(encoding="utf-8"))
    for part in table["parts"]:
        part["pages"] *= 1000
    file.write_text(json.dumps(table), encoding="utf-8")
    with serve(site, SiteUnderPath) as url:
        yield url


@pytest.fixture
def watched(browser: Browser, search_url: str) -> Iterator[Reader]:
    """Somebody who watches, and who finds no fault with it in the end."""
    with browser.new_context() as context:
        reader = make_reader(context, search_url)
        yield reader
        reader.check()


@pytest.fixture(scope="module")
def shared(browser: Browser, search_url: str) -> Iterator[Reader]:
    """Somebody who asks many questions on one page."""
    with browser.new_context() as context:
        reader = make_reader(context, search_url)
        open_page(reader, "")
        yield reader
        reader.check()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context() as context:
        context.set_default_timeout(20_000)
        yield context


def open_page(reader: Reader, path: str) -> Page:
    reader.open(path)
    expect(reader.page.locator("body[data-ready]")).to_be_attached()
    return reader.page


def look_up(page: Page, words: str) -> list[str]:
    """Search in the box; the paths of the results, in their order."""
    if not page.locator("dialog.ap-search[open]").count():
        page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search")
    field.fill(words)
    expect(page.locator("#ap-search-list")).to_have_attribute("data-query", words)
    return box_paths(page)


def box_paths(page: Page) -> list[str]:
    links = page.locator(".ap-search [role=group] [role=option]")
    return [link.get_attribute("href") or "" for link in links.all()]


def page_paths(page: Page) -> list[str]:
    links = page.locator(".ap-search-results a.ap-title")
    return [link.get_attribute("href") or "" for link in links.all()]


def said(page: Page) -> str:
    return page.locator(".ap-search-main [role=status]").inner_text()


def wait_until_said(page: Page, what: str | re.Pattern[str]) -> None:
    expect(page.locator(".ap-search-main [role=status]")).to_have_text(what)


# -- words -------------------------------------------------------------------------------------


def test_the_browser_takes_words_as_the_generator_does(watched: Reader) -> None:
    page = open_page(watched, "")
    texts = [row["text"] for row in WORDS]
    script = """async (texts) => {
      const { terms } = await import("./assets/javascripts/search-words.js");
      return texts.map((text) => [...terms(text)].sort());
    }"""
    assert page.evaluate(script, texts) == [row["terms"] for row in WORDS]


def test_the_browser_takes_identifiers_as_the_generator_does(watched: Reader) -> None:
    page = open_page(watched, "")
    script = """async (texts) => {
      const { identifierOf } = await import("./assets/javascripts/search-identifiers.js");
      return texts.map((text) => identifierOf(text)?.word ?? null);
    }"""
    for row in IDENTIFIERS:
        found = page.evaluate(script, row["typed"])
        assert found == [row["word"]] * len(row["typed"]), row["typed"]


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("10.18653/v1/2021.acl-long.37", "/papers/relu/"),
        ("https://doi.org/10.18653/v1/2021.acl-long.37", "/papers/relu/"),
        ("doi:10.18653/V1/2021.ACL-long.38", "/papers/big/"),
        ("arXiv:2105.12400", "/papers/big/"),
        ("2105.12400v2", "/papers/big/"),
        ("https://arxiv.org/abs/2105.12400", "/papers/big/"),
        ("wisniewski2024lanterns", "/papers/relu/"),
        ("10.5281/zenodo.1234", "/papers/quilling/"),
    ],
)
def test_an_identifier_finds_its_paper_and_no_other(shared: Reader, typed: str, path: str) -> None:
    assert look_up(shared.page, typed) == [path]
    expect(shared.page.locator(".ap-search-remark")).to_have_count(0)


@pytest.mark.parametrize(
    "typed", ["10.18653/v1/2021.acl-long.3", "https://arxiv.org/abs/2105.12401"]
)
def test_an_identifier_that_no_paper_has_finds_nothing(shared: Reader, typed: str) -> None:
    assert look_up(shared.page, typed) == []
    expect(shared.page.locator(".ap-search-beside")).to_contain_text("Nothing was found for")


@pytest.mark.parametrize("typed", ["10", "2021", "2105", "acl", "long 37", "abs", "doi", "arxiv"])
def test_nothing_is_found_by_what_identifiers_are_made_of(shared: Reader, typed: str) -> None:
    assert not {"/papers/relu/", "/papers/big/"} & set(look_up(shared.page, typed))


def test_an_identifier_is_no_excerpt(watched: Reader) -> None:
    page = open_page(watched, "search/?q=arXiv:2105.12400")
    wait_until_said(page, "1 paper")
    expect(page.locator(".ap-search-results a.ap-title")).to_have_text("Lanterns of 16×3.8B Wicks")
    expect(page.locator(":is(.ap-excerpt, .ap-search-results mark)")).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Lukasz", "/authors/person-2/"),
        ("Łukasz", "/authors/person-2/"),
        ("ŁUKASZ wisniewski", "/authors/person-2/"),
        ("muller", "/authors/person-3/"),
        ("mueller", "/authors/person-3/"),
        ("Müller", "/authors/person-3/"),
        ("李雷", "/authors/person-4/"),
        ("el-amin", "/authors/person-5/"),
        ("elamin", "/authors/person-5/"),
        ("学习", "/papers/chinese/"),
        ("深度学习", "/papers/chinese/"),
        ("深度学习方法", "/papers/chinese/"),
        ("3.8B", "/papers/big/"),
        ("16×3.8B", "/papers/big/"),
        ("R1", "/papers/r1/"),
        ("lumen r1", "/papers/r1/"),
        ("Lumen-R1", "/papers/r1/"),
        ("ReLU²", "/papers/relu/"),
        ("relu2", "/papers/relu/"),
        ('"lantern light"', "/papers/quilling/"),
        ('"light lantern"', None),
        ("zeppelins", "/papers/long/"),
        ("cs.LG", "/topics/cs-lg/"),
        ("seek", "/papers/deepseek/"),
    ],
)
def test_is_found(shared: Reader, words: str, path: str | None) -> None:
    found = look_up(shared.page, words)
    assert (found[0] if found else None) == path


def test_words_of_other_alphabets_do_not_find_everything(watched: Reader) -> None:
    page = open_page(watched, "")
    assert look_up(page, "習") == []
    expect(page.locator(".ap-search-beside")).to_contain_text("Nothing was found for “習”")


def test_a_word_that_nothing_has_is_not_replaced_by_its_beginning(watched: Reader) -> None:
    page = open_page(watched, "")
    assert look_up(page, "wyvern") == []
    assert "/papers/quilling/" in look_up(page, "quilling wyvern")
    expect(page.locator(".ap-search-remark")).to_have_text(
        "Nothing here has “wyvern”: these are results for the other words."
    )


def test_a_word_that_nothing_has_as_a_whole_is_searched_for_in_its_parts(shared: Reader) -> None:
    page = shared.page
    expected = look_up(page, "tallow tinder")
    assert expected == ["/papers/undated/"]
    assert look_up(page, "tallow-tinder") == expected
    expect(page.locator(".ap-search-remark")).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "alone", "gone"),
    [
        ("lantern zeugma", "lantern", "zeugma"),
        ("oil zeugma", "oil", "zeugma"),
        ("Mei Linz", "mei", "linz"),
        ("wisniewskix łukasz", "łukasz", "wisniewskix"),
        ("lantern zeugma qqq", "lantern", "zeugma” or “qqq"),
    ],
)
def test_without_a_word_that_nothing_has_the_others_are_searched_for(
    shared: Reader, words: str, alone: str, gone: str
) -> None:
    page = shared.page
    expected = look_up(page, alone)
    assert expected
    assert look_up(page, words) == expected
    expect(page.locator(".ap-search-remark")).to_have_text(
        f"Nothing here has “{gone}”: these are results for the other words."
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chandelry", "chandlery"),
        ("Chandlry", "Chandlery"),
        ("quiling", "quilling"),
        ("zepelin", "zeppelin"),
        ("ezppelin", "zeppelin"),
        ("zpepelin", "zeppelin"),
        ("Lukazs Wisnewski", "Łukasz Wiśniewski"),
        ("lantern zepplein", "lantern zeppelin"),
        ("Mei Linz", "Mei Lin"),
        ("(quiling), paper!", "(quilling), paper!"),
        ("tallow-tindre", "tallow-tinder"),
        ('"lantern lihgt"', '"lantern light"'),
    ],
)
def test_a_word_that_nothing_has_leads_to_the_one_that_was_meant(
    shared: Reader, typed: str, meant: str
) -> None:
    page = shared.page
    look_up(page, typed)
    expect(page.locator(".ap-search-meant")).to_have_text(f"Did you mean {meant}?")
    status = page.locator("dialog [role=status]")
    expect(status).to_have_text(re.compile(rf"\. Did you mean {re.escape(meant)}\?$"))


@pytest.mark.parametrize(
    "typed", ["wyvern", "xylophone", "xx", "lims", "study 2999", "20245", "習得"]
)
def test_where_no_word_is_near_nothing_else_is_offered(shared: Reader, typed: str) -> None:
    look_up(shared.page, typed)
    expect(shared.page.locator(".ap-search-meant")).to_have_count(0)


def test_what_is_said_of_a_query_stands_above_its_results(watched: Reader) -> None:
    page = open_page(watched, "")
    look_up(page, "wick zepplein")
    meant = page.locator(".ap-search-meant").bounding_box()
    first = page.get_by_role("option").first.bounding_box()
    assert meant
    assert first
    assert meant["y"] + meant["height"] <= first["y"]


def test_a_link_searches_for_what_was_meant(watched: Reader) -> None:
    page = open_page(watched, "")
    assert look_up(page, "zepelin") == []
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="zeppelin")
    expect(link).to_have_attribute("href", re.compile(r"/search/\?q=zeppelin$"))
    for _ in range(3):
        if link.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    expect(page.get_by_role("option").first).to_have_attribute("href", "/papers/long/")


def test_what_was_meant_is_searched_for_with_the_same_choices(watched: Reader) -> None:
    page = open_page(watched, "search/?q=chimny+wick&kind=papers&code=1")
    wait_until_said(page, re.compile(r"Did you mean chimney wick\?$"))
    page.get_by_role("link", name="chimney wick").press("Enter")
    wait_until_said(page, "12 papers")
    assert page.url.endswith("?q=chimney+wick&kind=papers&code=1")
    expect(page.get_by_role("searchbox")).to_have_value("chimney wick")
    expect(page.locator("a.ap-title").first).to_be_focused()
    page.go_back()
    wait_until_said(page, re.compile(r"Did you mean"))


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("kaizer", "kaiser", 1),
        ("maning", "manning", 1),
        ("lukazs", "lukasz", 1),
        ("wicks", "wick", 1),
        ("attentoin", "atention", 2),
        ("lamp", "oil", 4),
    ],
)
def test_mistakes_are_counted(shared: Reader, one: str, other: str, far: int) -> None:
    script = """async (words) => {
      const { distance } = await import("./assets/javascripts/search-spelling.js");
      return distance(...words);
    }"""
    assert shared.page.evaluate(script, [one, other]) == far


@pytest.mark.parametrize("words", ["lanterned oiling", "wicke trimming", "quill zeppel", "wick"])
def test_other_forms_of_words_and_beginnings_are_no_other_words(shared: Reader, words: str) -> None:
    look_up(shared.page, words)
    expect(shared.page.locator(".ap-search-remark")).to_have_count(0)


# -- the order ---------------------------------------------------------------------------------


def test_people_stand_first_where_the_query_is_a_name(watched: Reader) -> None:
    page = open_page(watched, "")
    for words in ("quill", "Quill, Ada", "ada b quill"):
        assert look_up(page, words)[0] == "/authors/person-0/", words
    kinds = page.locator(".ap-search-kind").all_inner_texts()
    assert kinds == ["People", "Papers", "Pages"]


def test_of_people_of_one_name_those_with_most_papers_stand_first(watched: Reader) -> None:
    page = open_page(watched, "search/?q=wick&kind=people")
    wait_until_said(page, "4 people")
    # Bo Wickham, who has more papers than any of them, only begins so.
    assert page_paths(page) == [f"/authors/person-{n}/" for n in (9, 10, 7, 8)]
    assert look_up_on_page(page, "wick li") == ["/authors/person-9/"]


def look_up_on_page(page: Page, words: str) -> list[str]:
    page.get_by_role("searchbox").fill(words)
    wait_until_said(page, "1 person")
    return page_paths(page)


def test_papers_stand_first_where_it_is_none(watched: Reader) -> None:
    page = open_page(watched, "")
    assert look_up(page, "lantern light")[0] == "/papers/quilling/"
    assert look_up(page, "lanterns")[0].startswith("/papers/")


def test_a_person_is_not_found_by_the_names_of_others(watched: Reader) -> None:
    page = open_page(watched, "")
    assert "/authors/person-1/" not in look_up(page, "ada quill")


# -- the box -----------------------------------------------------------------------------------


def test_a_page_loads_no_search_before_somebody_wants_it(watched: Reader) -> None:
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    page = open_page(watched, "")
    page.wait_for_timeout(300)
    assert not [url for url in asked if re.search(r"pagefind|search-(?!open\.js|.*\.css)", url)]
    page.get_by_role("link", name="Search").hover()
    page.wait_for_function("performance.getEntriesByName(document.baseURI).length")
    for _ in range(50):
        if any("pagefind.js" in url for url in asked):
            break
        page.wait_for_timeout(50)
    assert any("pagefind.js" in url for url in asked)
    assert not page.locator("dialog[open]").count()


@pytest.mark.parametrize("key", ["/", "s", "f", "Control+k", "Meta+k"])
def test_a_key_opens_the_box_and_escape_gives_the_focus_back(watched: Reader, key: str) -> None:
    page = open_page(watched, "")
    page.get_by_role("link", name="Search").focus()
    page.keyboard.press(key)
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.ap-search")).to_be_hidden()
    expect(page.get_by_role("link", name="Search")).to_be_focused()


@pytest.mark.parametrize("key", ["Alt+s", "Control+f", "Control+s", "Shift+s", "x"])
def test_other_keys_do_not(watched: Reader, key: str) -> None:
    page = open_page(watched, "")
    page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.locator("dialog.ap-search").count() == 0


def test_a_key_without_a_name_does_no_harm(watched: Reader) -> None:
    page = open_page(watched, "")
    page.evaluate("document.body.dispatchEvent(new Event('keydown', { bubbles: true }))")
    assert page.locator("dialog.ap-search").count() == 0


def test_letters_that_are_typed_elsewhere_stay_there(watched: Reader) -> None:
    page = open_page(watched, "")
    field = page.get_by_role("textbox", name="name")
    field.focus()
    page.keyboard.type("s/f")
    expect(field).to_have_value("s/f")
    assert page.locator("dialog.ap-search").count() == 0
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()


def test_the_box_works_by_keys_alone(watched: Reader) -> None:
    page = open_page(watched, "")
    page.get_by_role("link", name="Search").press("Enter")
    page.keyboard.type("lantern")
    options = page.get_by_role("option")
    expect(options).to_have_count(5)
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(options.last).to_have_text("All 4 results")
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    marked = options.nth(1)
    expect(marked).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == marked.get_attribute("id")
    path = marked.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{path}")


def test_enter_leads_to_all_results(watched: Reader) -> None:
    page = open_page(watched, "papers/relu/")
    page.keyboard.press("/")
    page.keyboard.type("wicks & soot", delay=10)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=wicks+%26+soot")
    wait_until_said(page, f"{STUDIES} papers")


def test_a_click_beside_the_box_closes_it(watched: Reader) -> None:
    page = open_page(watched, "")
    page.get_by_role("link", name="Search").click()
    expect(page.locator("dialog.ap-search")).to_be_visible()
    page.mouse.click(5, 300)
    expect(page.locator("dialog.ap-search")).to_be_hidden()


def test_the_link_in_the_header_still_opens_another_tab(watched: Reader) -> None:
    page = open_page(watched, "")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Search").click(modifiers=["Control"])
    assert opened.value.url.endswith("/search/")
    assert page.locator("dialog.ap-search").count() == 0


def test_the_box_opens_before_the_index_is_there(context: BrowserContext, search_url: str) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    context.route(re.compile(r"/pagefind\.js$"), hold)
    page = context.new_page()
    page.goto(search_url)
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search")
    expect(field).to_be_focused()
    page.keyboard.type("zeppelin")
    expect(page.locator(".ap-search-status")).to_have_text("Searching…")
    waiting.pop().continue_()
    expect(page.get_by_role("option").first).to_have_attribute("href", "/papers/long/")
    expect(page.locator(".ap-search-status")).to_have_text("1 result")


def test_only_the_latest_question_is_answered(watched: Reader) -> None:
    page = open_page(watched, "")
    script = """async () => {
      const { latest } = await import("./assets/javascripts/search-latest.js");
      const ends = [];
      const ask = latest((text) => new Promise((answer) => ends.push(() => answer(text))));
      const all = [ask("slow"), ask("quick")];
      ends[1]();
      ends[0]();
      return Promise.all(all);
    }"""
    assert page.evaluate(script) == [None, "quick"]


def test_nothing_that_is_found_is_run(watched: Reader) -> None:
    page = open_page(watched, "")
    for words in ("bold", "mallory", "alert", "<script>alert(1)</script>"):
        assert "/papers/hostile/" in look_up(page, words), words
    expect(page.locator(".ap-search-title", has_text="<script>")).to_have_text(HOSTILE)
    page = open_page(watched, "search/?q=alert")
    expect(page.locator(".ap-list a[href='/papers/hostile/']")).to_have_text(HOSTILE)
    expect(page.locator(".ap-excerpt")).to_have_text(f"Beware of {HOSTILE} everywhere.")
    expect(page.locator(".ap-authors")).to_have_text(HOSTILE_NAME)
    assert page.locator(".ap-search-results :is(script, img, b)").count() == 0
    open_page(watched, f"search/?q={HOSTILE}&author={HOSTILE_NAME}&subject={HOSTILE}&kind=<b>")
    page.wait_for_timeout(300)


# -- the page ----------------------------------------------------------------------------------


def test_results_come_as_one_types_and_the_address_follows(watched: Reader) -> None:
    page = open_page(watched, "search/")
    page.get_by_role("searchbox").press_sequentially("soot", delay=20)
    wait_until_said(page, f"{STUDIES} papers")
    assert page.url.endswith("/search/?q=soot")
    expect(page).to_have_title("soot · Search")
    expect(page.locator(".ap-excerpt").first).to_contain_text("measure the soot on every chimney")
    expect(page.locator(".ap-excerpt mark").first).to_have_text("soot")


@pytest.mark.parametrize(
    ("search", "count", "first"),
    [
        ("?q=soot&from=2020", "5 papers", None),
        ("?q=soot&from=2010&to=2012", "3 papers", None),
        ("?q=soot&subject=cs.CL", "6 papers", None),
        ("?q=soot&subject=cs.CL&subject=cs.LG", "24 papers", None),
        ("?q=soot&code=1", "12 papers", None),
        ("?q=soot&author=Ada+B.+Quill", "8 papers", None),
        ("?q=soot&author=Ada+B.+Quill&author=Mei+Lin&code=1", "4 papers", None),
        ("?q=soot&sort=newest", "24 papers", "/papers/study-24/"),
        ("?q=soot&sort=oldest", "24 papers", "/papers/study-1/"),
        ("?from=2024", "3 papers", "/papers/r1/"),
        ("?kind=papers", "35 papers", "/papers/r1/"),
        ("?kind=people&q=mei", "1 person", "/authors/person-1/"),
        ("?kind=topics&q=machine", "1 topic", "/topics/cs-lg/"),
        ("?kind=pages&q=oil", "1 page", "/guides/oil/"),
        ("?q=soot&from=1900&to=1950", "No results", None),
        ("?q=soot&from=2012&to=2010", "3 papers", None),
    ],
)
def test_an_address_is_a_search(
    watched: Reader, search: str, count: str, first: str | None
) -> None:
    page = open_page(watched, f"search/{search}")
    wait_until_said(page, count)
    if first:
        assert page_paths(page)[0] == first
    shown = page_paths(page)
    page.reload()
    wait_until_said(page, count)
    assert page_paths(page) == shown


@pytest.mark.parametrize(
    ("search", "count"),
    [("?kind=papers", 35), ("?kind=papers&sort=oldest", 35), ("?q=el-amin&sort=newest", 3)],
)
def test_papers_without_a_date_come_after_those_with_one(
    watched: Reader, search: str, count: int
) -> None:
    page = open_page(watched, f"search/{search}")
    wait_until_said(page, re.compile(rf"\b{count} papers"))
    more = page.get_by_role("button", name="More papers")
    if more.count():
        more.click()
    papers = page.locator("a.ap-title[href^='/papers/']")
    expect(papers).to_have_count(count)
    expect(papers.last).to_have_attribute("href", "/papers/undated/")


def test_choices_go_into_the_address_and_back(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot")
    wait_until_said(page, "24 papers")
    page.get_by_label("With code").check()
    wait_until_said(page, "12 papers")
    page.get_by_label("Computation and Language").check()
    wait_until_said(page, "6 papers")
    page.get_by_label("From").select_option("2010")
    wait_until_said(page, "4 papers")
    page.get_by_label("Sort by").select_option("Oldest first")
    expect(page).to_have_url(re.compile(r"\?q=soot&from=2010&subject=cs\.CL&code=1&sort=oldest$"))
    expect(page.locator(".ap-title").first).to_have_attribute("href", "/papers/study-12/")
    for count in ("4 papers", "6 papers", "12 papers", "24 papers"):
        page.go_back()
        wait_until_said(page, count)
    expect(page.get_by_label("With code")).not_to_be_checked()
    page.go_forward()
    wait_until_said(page, "12 papers")
    expect(page.get_by_label("With code")).to_be_checked()
    page.get_by_role("button", name="Clear all filters").click()
    wait_until_said(page, "24 papers")


def test_years_that_are_exchanged_are_put_in_order(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot&from=2012&to=2010")
    wait_until_said(page, "3 papers")
    first, last = page.locator(".ap-facets select").all()
    expect(first).to_have_value("2010")
    expect(last).to_have_value("2012")
    first.select_option("2015")
    wait_until_said(page, "4 papers")
    expect(first).to_have_value("2012")
    expect(page).to_have_url(re.compile(r"from=2012&to=2015"))


def test_one_step_back_leads_to_the_former_search(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot")
    wait_until_said(page, "24 papers")
    field = page.get_by_role("searchbox")
    field.fill("")
    field.press_sequentially("zeppelin", delay=200)
    wait_until_said(page, "1 paper")
    page.go_back()
    wait_until_said(page, "24 papers")
    expect(field).to_have_value("soot")


def test_choices_say_what_they_would_leave(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot&subject=cs.CL")
    wait_until_said(page, "6 papers")
    classes = page.locator(".ap-facets li")
    expect(classes).to_have_text(["Computation and Language6", "Machine Learning18"])
    expect(page.locator("label", has_text="With code")).to_have_text("With code6")
    expect(page.get_by_label("From").locator("option[value='2024']")).to_have_text("2024 (1)")


def test_authors_are_offered_when_a_name_is_typed(watched: Reader) -> None:
    asked: list[str] = []
    watched.page.context.on("request", lambda request: asked.append(request.url))
    page = open_page(watched, "search/?q=soot")
    wait_until_said(page, "24 papers")
    before = sum("pf_filter" in url for url in asked)
    name = page.get_by_label("Name of an author")
    name.focus()
    offers = page.get_by_role("list", name="Authors").get_by_role("button")
    expect(offers).to_have_text(["Mei Lin24", "Ada B. Quill8"])
    assert sum("pf_filter" in url for url in asked) == before + 1
    name.fill("qui")
    expect(offers).to_have_text(["Ada B. Quill8"])
    offers.first.press("Enter")
    wait_until_said(page, "8 papers")
    assert page.url.endswith("?q=soot&author=Ada+B.+Quill")
    page.get_by_role("button", name="Without Ada B. Quill").click()
    wait_until_said(page, "24 papers")


def test_a_kind_can_be_chosen(watched: Reader) -> None:
    page = open_page(watched, "search/?q=quill")
    wait_until_said(page, re.compile("^11 results: 1 person, 9 papers, 1 page$"))
    page.get_by_role("radio", name="People 1").check()
    wait_until_said(page, "1 person")
    assert page.url.endswith("?q=quill&kind=people")
    assert page_paths(page) == ["/authors/person-0/"]
    page.keyboard.press("ArrowLeft")
    wait_until_said(page, re.compile("papers$"))
    expect(page.get_by_role("radio", name="Papers")).to_be_focused()


def test_more_results_follow_the_first_twenty(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot&sort=newest")
    wait_until_said(page, "24 papers")
    assert len(page_paths(page)) == 20
    page.get_by_role("button", name="More papers").click()
    expect(page.locator(".ap-search-results a.ap-title")).to_have_count(24)
    expect(page.locator("a[href='/papers/study-4/']")).to_be_focused()
    wait_until_said(page, "24 of 24 papers shown")
    expect(page.get_by_role("button", name="More papers")).to_be_hidden()


def open_far_down(page: Page, path: str) -> int:
    """Show all results, and follow one of the last; where the page stood then."""
    page.get_by_role("button", name="More papers").click()
    expect(page.locator(".ap-search-results a.ap-title")).to_have_count(24)
    link = page.locator(f"a.ap-title[href$='{path}']")
    link.scroll_into_view_if_needed()
    top = int(page.evaluate("scrollY"))
    assert top > 0
    link.click()
    page.wait_for_url(f"**{path}")
    return top


def test_back_from_a_paper_leads_to_where_the_reader_was(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot&sort=newest")
    wait_until_said(page, "24 papers")
    top = open_far_down(page, "/papers/study-3/")
    for leave in (page.go_back, page.reload):
        leave()
        expect(page.locator(".ap-search-results a.ap-title")).to_have_count(24)
        expect(page.get_by_role("button", name="More papers")).to_have_count(0)
        page.wait_for_function("top => Math.abs(scrollY - top) < 3", arg=top)
        expect(page.locator("a.ap-title[href$='/papers/study-3/']")).to_be_in_viewport()


def test_another_search_begins_at_its_first_results(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot&sort=newest")
    wait_until_said(page, "24 papers")
    top = open_far_down(page, "/papers/study-3/")
    page.go_back()
    expect(page.locator(".ap-search-results a.ap-title")).to_have_count(24)
    page.get_by_label("Sort by").select_option("Oldest first")
    expect(page.locator(".ap-search-results a.ap-title")).to_have_count(20)
    expect(page.locator(".ap-title").first).to_have_attribute("href", "/papers/study-1/")
    page.go_back()
    expect(page.locator(".ap-search-results a.ap-title")).to_have_count(24)
    page.wait_for_function("top => Math.abs(scrollY - top) < 3", arg=top)


def test_citations_of_the_results_can_be_downloaded(watched: Reader, tmp_path: Path) -> None:
    page = open_page(watched, "search/?q=soot&sort=newest")
    expect(page.locator(".ap-downloads")).to_contain_text("Download these 24 papers as")
    with page.expect_download() as download:
        page.get_by_role("button", name="BibTeX").click()
    saved = tmp_path / "saved.bib"
    download.value.save_as(saved)
    assert download.value.suggested_filename == "search-results.bib"
    papers = [line for line in saved.read_text(encoding="utf-8").splitlines() if line]
    assert papers == [f".bib of study-{number}" for number in range(STUDIES, 0, -1)]


def test_all_papers_that_are_found_are_added_to_the_list(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot&sort=newest")
    page.get_by_role("button", name="Add all to my list").click()
    page.wait_for_function("localStorage.getItem('ap-list')")
    kept = json.loads(page.evaluate("localStorage.getItem('ap-list')"))
    assert [paper["id"] for paper in kept] == [f"study-{n}" for n in range(STUDIES, 0, -1)]
    assert kept[0] == {
        "id": "study-24",
        "title": "Study 24 of Wicks",
        "authors": ["Mei Lin", "Ada B. Quill"],
        "rest": "",
        "year": "2024",
    }
    expect(page.locator("a.ap-title + .ap-add[aria-pressed=true]")).to_have_count(20)


def test_without_a_question_the_page_says_what_can_be_asked(watched: Reader) -> None:
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url))
    page = open_page(watched, "search/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    # Neither the index nor what shows it is loaded before somebody moves.
    scripts = [url.rsplit("/", 1)[1] for url in asked if url.endswith(".js")]
    assert sorted(scripts) == ["search-open.js", "search-wait.js"]
    page.mouse.move(300, 300)
    expect(page.locator(".ap-search-none")).to_contain_text("Type words, a name or a title")
    expect(page.locator("label", has_text="With code")).to_have_text("With code13")
    expect(page.get_by_role("radio")).to_have_count(5)
    for name in ("authors", "years", "topics"):
        link = page.get_by_role("link", name=name, exact=True)
        assert (link.get_attribute("href") or "").endswith(f"/{name}/")


def test_what_is_typed_while_the_scripts_come_is_searched_for(watched: Reader) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    watched.page.route("**/search-page.js", hold)
    page = open_page(watched, "search/")
    with page.expect_request("**/search-page.js"):
        page.keyboard.type("lant")
    with page.expect_response("**/search-page.js"):
        held[0].continue_()
        page.keyboard.type("ern")
    expect(page.locator(".ap-search-results a.ap-title").first).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_value("lantern")
    page.wait_for_function("location.search === '?q=lantern'")
    assert len(held) == 1


@pytest.mark.parametrize("path", ["search/", "search/?q=lantern"])
def test_where_the_scripts_do_not_come_the_page_says_how_else_to_find(
    browser: Browser, search_url: str, path: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/search-page.js", lambda route: route.abort())
        page.goto(search_url + path)
        expect(page.locator("body[data-ready]")).to_be_attached()
        page.mouse.move(300, 300)
        expect(page.locator(".ap-search-noscript")).to_be_visible(timeout=10_000)


def test_names_that_run_from_right_to_left_keep_their_order(watched: Reader) -> None:
    names = [*RIGHT_TO_LEFT, "Lamp, Oil, Inc.", "Mei Lin"]
    page = open_page(watched, "")
    look_up(page, "wickless")
    assert shown_in_order(page.locator(".ap-search bdi")) == names
    page = open_page(watched, "search/?q=wickless")
    shown = page.locator(".ap-authors bdi")
    expect(shown).to_have_text(names)
    assert shown_in_order(shown) == names


def test_a_year_that_is_inferred_is_shown_as_one(watched: Reader) -> None:
    page = open_page(watched, "search/?q=chandlery")
    expect(page.locator(".ap-meta .ap-inferred")).to_have_text("3 February 2019*")


def test_an_excerpt_shows_the_words_around_and_not_the_title(watched: Reader) -> None:
    page = open_page(watched, "search/?q=zeppelin")
    excerpt = page.locator(".ap-excerpt")
    expect(excerpt).to_contain_text("The zeppelin flew.")
    expect(excerpt.locator("mark")).to_have_text("zeppelin")
    text = excerpt.inner_text()
    assert "Everything" not in text
    assert text.startswith("…")
    assert text.endswith("…")
    expect(page.locator(".ap-authors")).to_contain_text("Person Ffark and 6 more")


def test_filters_alone_do_not_load_the_index(watched: Reader, search_site: Path) -> None:
    assert len(list(search_site.glob("pagefind/index/*"))) > 2
    asked: list[str] = []
    watched.page.context.on("request", lambda request: asked.append(request.url))
    page = open_page(watched, "search/?code=1")
    wait_until_said(page, "13 papers")
    assert any("pf_filter" in url for url in asked)
    assert sum("pf_index" in url for url in asked) <= 1


def test_the_first_query_loads_little(watched: Reader) -> None:
    sizes: list[int] = []
    watched.page.context.on(
        "response",
        lambda response: sizes.append(int(response.headers.get("content-length", "0"))),
    )
    page = open_page(watched, "")
    sizes.clear()
    look_up(page, "lantern")
    assert 100_000 < sum(sizes) < FIRST_QUERY


def test_the_field_of_the_page_is_the_one_that_keys_lead_to(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot")
    wait_until_said(page, "24 papers")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.locator("dialog.ap-search").count() == 0


# -- when something fails ----------------------------------------------------------------------


@pytest.mark.parametrize("file", ["pagefind.js", "pagefind-entry.json", "parts.json"])
def test_a_reader_is_told_when_there_is_no_index(
    context: BrowserContext, search_url: str, file: str
) -> None:
    broken = [True]

    def answer(route: Route) -> None:
        route.abort() if broken[0] else route.continue_()

    context.route(re.compile(rf"/{re.escape(file)}(\?.*)?$"), answer)
    page = context.new_page()
    page.goto(f"{search_url}search/?q=soot")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The search index could not be loaded")
    expect(alert.get_by_role("link")).to_have_text(["authors", "years", "topics"])
    page.goto(search_url)
    page.keyboard.press("/")
    page.keyboard.type("soot")
    expect(alert).to_contain_text("The search index could not be loaded")
    broken[0] = False
    alert.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("option").first).to_be_visible()


def test_after_a_failure_the_same_question_can_be_asked_again(
    context: BrowserContext, search_url: str
) -> None:
    page = context.new_page()
    page.goto(f"{search_url}search/?q=soot")
    wait_until_said(page, "24 papers")
    context.set_offline(True)
    page.get_by_role("searchbox").fill("zzdmmmm")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    for beside in (".ap-search-kinds", ".ap-search-sort", ".ap-facets"):
        expect(page.locator(beside)).to_be_hidden()
    page.get_by_role("button", name="Try again").press("Enter")
    expect(page.get_by_role("button", name="Try again")).to_be_focused()
    context.set_offline(False)
    page.get_by_role("searchbox").press("Enter")
    wait_until_said(page, "1 page")
    expect(page.locator(".ap-facets")).to_be_visible()


def test_the_focus_goes_to_the_results_when_trying_again_helps(
    context: BrowserContext, search_url: str
) -> None:
    context.route(re.compile(r"/pagefind\.js"), lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{search_url}search/?q=soot")
    again = page.get_by_role("button", name="Try again")
    again.focus()
    context.unroute(re.compile(r"/pagefind\.js"))
    again.press("Enter")
    wait_until_said(page, "24 papers")
    expect(page.locator("a.ap-title").first).to_be_focused()


def test_an_index_that_was_replaced_is_not_mistaken_for_one_without_results(
    context: BrowserContext, search_url: str
) -> None:
    page = context.new_page()
    page.goto(f"{search_url}search/?q=soot")
    wait_until_said(page, "24 papers")
    context.route(re.compile("pf_index"), lambda route: route.fulfill(status=404, body="gone"))
    newer = {"version": "1.5.2", "languages": {}}
    context.route(re.compile(r"pagefind-entry\.json"), lambda route: route.fulfill(json=newer))
    page.get_by_role("searchbox").fill("zzdmmmm")
    expect(page.get_by_role("alert")).to_contain_text("The search index could not be loaded")


def test_without_scripts_the_page_leads_to_everything(browser: Browser, search_url: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(search_url)
        page.get_by_role("link", name="Search").click()
        page.wait_for_url("**/search/")
        expect(page.locator("form")).to_be_hidden()
        expect(page.locator("article")).to_contain_text("needs JavaScript")
        links = page.locator("article p a")
        assert [link.get_attribute("href") for link in links.all()] == [
            "../authors/",
            "../years/",
            "../topics/",
        ]


def test_a_link_within_the_page_keeps_what_is_being_typed(watched: Reader) -> None:
    page = open_page(watched, "search/?q=soot")
    wait_until_said(page, "24 papers")
    script = """() => {
      document.querySelector("input").value = "soot and mo";
      location.hash = "#results";
    }"""
    page.evaluate(script)
    page.wait_for_timeout(100)
    expect(page.get_by_role("searchbox")).to_have_value("soot and mo")


def test_an_answer_that_is_late_does_not_replace_what_was_asked_again(watched: Reader) -> None:
    page = open_page(watched, "")
    before = look_up(page, "zeppelin")
    script = """() => {
      const field = document.querySelector("dialog input");
      for (const text of ["zeppelin soot", "zeppelin"]) {
        field.value = text;
        field.dispatchEvent(new Event("input"));
      }
    }"""
    page.evaluate(script)
    page.wait_for_timeout(500)
    expect(page.locator("#ap-search-list")).to_have_attribute("data-query", "zeppelin")
    assert box_paths(page) == before


# -- an index in parts -------------------------------------------------------------------------


@pytest.fixture
def parted(browser: Browser, parts_url: str) -> Iterator[Reader]:
    with browser.new_context() as context:
        reader = make_reader(context, parts_url)
        yield reader
        reader.check()


def merged(requests: list[str]) -> set[str]:
    """The parts of the index that were opened, beside the main one."""
    found = (re.search(r"pagefind/parts/([^/]+)/pagefind-entry", url) for url in requests)
    return {match[1] for match in found if match}


def test_only_parts_that_can_hold_the_words_are_opened(parted: Reader) -> None:
    asked: list[str] = []
    parted.page.context.on("request", lambda request: asked.append(request.url))
    page = open_page(parted, "search/?q=zeppelin")
    wait_until_said(page, "1 paper")
    assert page_paths(page) == ["/repo/papers/long/"]
    assert len(merged(asked)) == 1
    assert not page.locator(".ap-search-scope").count()


def test_the_newest_papers_are_searched_first_and_the_others_on_demand(parted: Reader) -> None:
    asked: list[str] = []
    parted.page.context.on("request", lambda request: asked.append(request.url))
    page = open_page(parted, "search/?q=soot&sort=newest")
    scope = page.locator(".ap-search-scope")
    expect(scope).to_contain_text("Searched in papers of")
    assert len(merged(asked)) == 1
    assert page_paths(page)[0] == "/repo/papers/study-24/"
    left = re.search(r"There may be results in papers of (\d{4})–(\d{4})", scope.inner_text())
    assert left
    assert left[1] == "2001"
    while scope.count():
        before = scope.inner_text()
        scope.get_by_role("button", name=re.compile("Search papers of")).click()
        page.wait_for_function(
            "before => document.querySelector('.ap-search-scope')?.innerText !== before", arg=before
        )
    wait_until_said(page, "24 papers")
    page.get_by_role("button", name="More papers").click()
    expect(page.locator(".ap-search-results a.ap-title")).to_have_count(24)
    assert page_paths(page) == [f"/repo/papers/study-{n}/" for n in range(24, 0, -1)]


def test_back_from_a_paper_leads_to_what_was_searched_beyond_the_newest(parted: Reader) -> None:
    page = open_page(parted, "search/?q=soot&sort=newest")
    button = page.get_by_role("button", name=re.compile("Search papers of"))
    expect(button).to_be_visible()
    before = len(page_paths(page))
    button.click()
    expect(page.locator("a.ap-title")).not_to_have_count(before)
    shown = page_paths(page)
    page.locator("a.ap-title").last.click()
    page.wait_for_url(f"**{shown[-1]}")
    page.go_back()
    expect(page.locator("a.ap-title")).to_have_count(len(shown))
    assert page_paths(page) == shown


def test_the_focus_goes_to_what_more_of_the_index_has(parted: Reader) -> None:
    page = open_page(parted, "search/?q=soot&sort=newest")
    button = page.get_by_role("button", name=re.compile("Search papers of"))
    expect(button).to_be_visible()
    before = page_paths(page)
    button.press("Enter")
    page.wait_for_function("document.activeElement.matches('a.ap-title')")
    focused = page.evaluate("document.activeElement.pathname")
    assert focused == page_paths(page)[len(before)]


def test_a_part_that_is_missing_is_named_and_the_others_are_searched(
    context: BrowserContext, parts_url: str
) -> None:
    gone: list[str] = []

    def lose(route: Route) -> None:
        path = route.request.url.partition("/parts/")[2].partition("/")[0]
        if not gone:
            gone.append(path)
        route.abort() if path in gone else route.continue_()

    pattern = re.compile(r"/pagefind/parts/.*/pagefind-entry")
    context.route(pattern, lose)
    page = context.new_page()
    page.goto(f"{parts_url}search/?q=soot&sort=newest")
    scope = page.locator(".ap-search-scope")
    expect(scope).to_contain_text("There may be results in papers of 2001–2024")
    search_more = scope.get_by_role("button", name=re.compile("Search papers of"))
    search_more.click()
    expect(page.locator("a.ap-title").first).to_be_visible()
    expect(scope).to_contain_text("–2024")
    context.unroute(pattern)
    while scope.count():
        before = scope.inner_text()
        search_more.click()
        page.wait_for_function(
            "before => document.querySelector('.ap-search-scope')?.innerText !== before", arg=before
        )
    wait_until_said(page, "24 papers")


def test_papers_without_a_date_are_found_in_parts_too(parted: Reader) -> None:
    page = open_page(parted, "search/?q=tallow&sort=newest")
    wait_until_said(page, "1 paper")
    assert page_paths(page) == ["/repo/papers/undated/"]


def test_years_that_are_chosen_choose_the_parts(parted: Reader) -> None:
    page = open_page(parted, "search/?q=soot&from=2003&to=2004")
    wait_until_said(page, "2 papers")
    assert not page.locator(".ap-search-scope").count()
    expect(page.get_by_label("From").locator("option")).to_have_count(STUDIES + 1)


def test_an_identifier_opens_the_part_that_has_it(parted: Reader) -> None:
    asked: list[str] = []
    parted.page.context.on("request", lambda request: asked.append(request.url))
    page = open_page(parted, "search/?q=arXiv:2105.12400")
    wait_until_said(page, "1 paper")
    assert page_paths(page) == ["/repo/papers/big/"]
    assert len(merged(asked)) == 1
    assert not page.locator(".ap-search-scope").count()


def test_a_name_is_found_in_parts_too(parted: Reader) -> None:
    page = open_page(parted, "")
    assert look_up(page, "mueller")[0] == "/repo/authors/person-3/"
    people = [path for path in look_up(page, "wick") if "/authors/" in path]
    assert people[:2] == ["/repo/authors/person-9/", "/repo/authors/person-10/"]
    assert look_up(page, "ada quill")[0] == "/repo/authors/person-0/"
    assert look_up(page, "深度学习") == ["/repo/papers/chinese/"]


# -- how it looks, on the academy ----------------------------------------------------------------


def choose_box(page: Page, url: str) -> None:
    page.goto(f"{url}authors/", wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("lantern")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")


def choose_page(page: Page, url: str) -> None:
    page.goto(f"{url}search/?q=lantern", wait_until="networkidle")
    wait_until_said(page, re.compile("result"))
    page.evaluate("document.querySelector('.ap-facets').open = true")


def choose_nothing(page: Page, url: str) -> None:
    page.goto(f"{url}search/?q=lantren&from=2020", wait_until="networkidle")
    wait_until_said(page, "No results. Did you mean lantern?")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [PHONE, 1440])
@pytest.mark.parametrize("show", [choose_box, choose_page, choose_nothing])
def test_the_search_keeps_nobody_out_and_fits(
    browser: Browser,
    root_url: str,
    show: Callable[[Page, str], None],
    width: int,
    scheme: ColorScheme,
) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        show(page, root_url)
        found = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
    assert not found, "\n\n".join(map(str, found))
    assert wide <= width


@pytest.mark.parametrize("search", ["", "?q=lantern", "?q=wyvern", "?code=1"])
@pytest.mark.parametrize("width", [PHONE, 1280])
def test_nothing_moves_on_the_page_when_results_come(
    browser: Browser, root_url: str, search: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{root_url}search/{search}", wait_until="networkidle")
        page.mouse.move(300, 300)
        page.wait_for_load_state("networkidle")
        expect(page.locator(".ap-search-results > *").first).to_be_visible()
        shift = page.evaluate(
            """() => new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => done(sum), 300);
            })"""
        )
    assert shift < STEADY
