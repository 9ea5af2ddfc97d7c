"""Lists of papers filtered and sorted in place, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.academy import BuiltAcademy
from tests.browser.axe import violations
from tests.browser.shift import assert_steady, layout_shifts
from tests.browser_reader import (
    DESK,
    PHONE,
    SCHEMES,
    ColorScheme,
    Reader,
    make_reader,
    open_steady,
)

ADA = "authors/ada-quill/"
MALLORY = "authors/eve-em-mallory-em-7-7/"
ALL = [
    "lanterns-at-scale-relu2-wins-by-16-3-8b",
    "method-a-bold-but-unbalanced-brace-for-lamp-oil",
    "do-lanterns-dream-of-llms",
    "costs-5-more-and-is-100-percent-brighter-a-lone-dollar-and-percent-1",
    "on-the-naming-of-3d-llms-and-r1-in-covid-19-times-with-iphone-like-c-plus-plus",
    "paper-8e5b38c2",
    "con-paper",
    "shared-light-two-profiles-one-paper",
    "oil-wick-and-flame-a-survey",
    "an-introduction-to-lanterns",
]
"""Ada's papers, newest first."""
RELU, METHOD, DREAM, COSTS, NAMING, ASKED, CON, SHARED, SURVEY, INTRODUCTION = ALL
YEARS = ["2025", "2024", "2023", "2022", "2021"]


@pytest.fixture
def visitor(browser: Browser, root_url: str) -> Iterator[Reader]:
    """Somebody at a desk."""
    with browser.new_context(viewport={"width": DESK, "height": 800}) as context:
        yield make_reader(context, root_url)


def shown(page: Page) -> list[str]:
    """The papers that are shown, by id, in the order in which they stand."""
    links = page.locator(".ap-list .ap-title:visible").all()
    return [(link.get_attribute("href") or "").rstrip("/").split("/")[-1] for link in links]


def field(page: Page, name: str) -> Locator:
    form = page.get_by_role("search", name="Filter papers")
    roles: tuple[Literal["searchbox", "combobox", "checkbox"], ...]
    roles = ("searchbox", "combobox", "checkbox")
    found = [form.get_by_role(role, name=name, exact=True) for role in roles]
    return found[0].or_(found[1]).or_(found[2])


def expect_count(page: Page, text: str) -> None:
    """The filter says so, once its script has come: that takes its time on a busy machine."""
    expect(page.locator(".ap-filter [role=status]")).to_have_text(text, timeout=20_000)


def expect_query(page: Page, query: str) -> None:
    """The address comes to ask for this; it follows after a while."""
    page.wait_for_function("query => location.search === query", arg=query)


def more(page: Page) -> None:
    page.get_by_role("button", name="More filters").click()


# -- what is found ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lantern", [RELU, DREAM, COSTS, INTRODUCTION]),
        ("lantern ada dream", [DREAM]),
        ("angstrom", [RELU, CON, SHARED]),
        ("ÅNGSTRÖM", [RELU, CON, SHARED]),
        ("aangstroem", [RELU, SHARED]),
        ("lucja zolc", [SHARED]),
        ("relu2", [RELU]),
        ("pena", [RELU, SURVEY]),
        ("cs.LG", [COSTS]),
        ("machine learning", [COSTS]),
        ("el-amin", [METHOD, ASKED]),
        ("???", [ASKED]),
        ("  ", ALL),
        ("first author", []),
        ("nothing like it", []),
    ],
)
def test_text_is_found_however_it_is_spelled(visitor: Reader, text: str, found: list[str]) -> None:
    visitor.open(ADA)
    field(visitor.page, "Filter").fill(text)
    assert shown(visitor.page) == found
    visitor.check()


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Müller", ["muller", "mueller"]),
        ("Mu\u0308ller", ["muller", "mueller"]),
        ("Łukasz Żółć", ["lukasz zolc"]),
        ("Søren", ["soren", "soeren"]),
        ("Weiß", ["weiss"]),
        ("Đặng Þór Œuvre İstanbul ıki", ["dang thor oeuvre istanbul iki"]),
        ("ReLU² x₁ ﬁn  Ｆｕｌｌ", ["relu2 x1 fin full"]),
        ("O’Neil – D‐Day", ["o'neil - d-day"]),
        ("韩雪梅", ["韩雪梅"]),
    ],
)
def test_letters_are_read_without_their_marks(
    visitor: Reader, text: str, spelled: list[str]
) -> None:
    visitor.open("about/")
    script = f"{visitor.url}assets/javascripts/folded-text.js"
    found = visitor.page.evaluate(
        "async ([script, text]) => (await import(script)).spellings(text)", [script, text]
    )
    assert found == spelled


def test_each_filter_leaves_what_fits_and_the_headings_of_it(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(ADA)
    expect_count(page, "10 papers")
    more(page)
    field(page, "From").select_option("2022")
    field(page, "To").select_option("2024")
    assert shown(page) == ALL[1:9]
    assert page.locator("h3:visible").all_inner_texts() == ["2024", "2023", "2022"]
    contents = page.locator(".md-nav--secondary li:not([inert]) > a[href^='#20']")
    assert [text.strip() for text in contents.all_inner_texts()] == ["2024", "2023", "2022"]
    expect_count(page, "8 of 10 papers")
    field(page, "Subject").select_option(label="Machine Learning (1)")
    assert shown(page) == [COSTS]
    field(page, "Subject").select_option(label="All subjects")
    field(page, "Has code").check()
    assert shown(page) == [COSTS]
    expect(page.get_by_role("button", name="More filters (3)")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    assert shown(page) == ALL
    expect(field(page, "Has code")).not_to_be_checked()
    expect(field(page, "From")).to_have_value("")
    expect(page.get_by_role("button", name="Reset")).to_be_hidden()
    visitor.check()


def test_papers_are_found_by_the_place_among_their_authors(visitor: Reader) -> None:
    page = visitor.page
    marks = {RELU: "first author", DREAM: "last author", CON: "only author"}

    def mark(route: Route) -> None:
        html = re.sub(r'<span class="ap-badge ap-position">[^<]*</span>', "", route.fetch().text())
        for paper, text in marks.items():
            badge = f'<span class="ap-badge ap-position">{text}</span>'
            html = re.sub(
                rf"(<li><a [^>]*papers/{paper}/.*?)</li>", rf"\1{badge}</li>", html, flags=re.DOTALL
            )
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route(f"**/{ADA}", mark)
    visitor.open(ADA)
    more(page)
    field(page, "Signed as").select_option("First author")
    assert shown(page) == [RELU, CON]
    field(page, "Signed as").select_option("Last author")
    assert shown(page) == [DREAM, CON]
    visitor.check()


def test_only_what_distinguishes_papers_is_offered(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(MALLORY)
    more(page)
    years = page.locator(".ap-list .ap-meta").all_inner_texts()
    assert len({re.search(r"\d{4}", text).group() for text in years}) == 1  # type: ignore[union-attr] # each has a date
    for name in ("From", "To"):
        expect(field(page, name)).to_have_count(0)
    visitor.check()


@pytest.mark.parametrize(
    ("sort", "papers", "headings"),
    [
        ("oldest", ALL[::-1], YEARS[::-1]),
        (
            "title",
            [ASKED, INTRODUCTION, CON, COSTS, DREAM, RELU, METHOD, SURVEY, NAMING, SHARED],
            [],
        ),
        ("", ALL, YEARS),
    ],
)
def test_papers_are_sorted_in_place(
    visitor: Reader, sort: str, papers: list[str], headings: list[str]
) -> None:
    page = visitor.page
    visitor.open(ADA)
    field(page, "Sort").select_option("title" if sort != "title" else "oldest")
    field(page, "Sort").select_option(sort)
    assert shown(page) == papers
    assert page.locator("h3:visible").all_inner_texts() == headings
    field(page, "Filter").fill("lantern")
    assert shown(page) == [paper for paper in papers if paper in {RELU, DREAM, COSTS, INTRODUCTION}]
    # What follows the list still follows it.
    below = "e => e.getBoundingClientRect().top"
    last = page.locator(".ap-title:visible").last.evaluate(below)
    assert page.locator("#co-authors").evaluate(below) > last
    visitor.check()


# -- the address --------------------------------------------------------------------------------


def test_the_address_brings_the_same_papers_back(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(f"{ADA}?utm=x#papers")
    field(page, "Filter").fill("lantern")
    field(page, "Sort").select_option("oldest")
    more(page)
    field(page, "To").select_option("2024")
    found = shown(page)
    assert found == [INTRODUCTION, COSTS, DREAM]
    expect_query(page, "?utm=x&text=lantern&to=2024&sort=oldest")
    assert page.evaluate("location.hash") == "#papers"
    page.reload()
    expect_count(page, "3 of 10 papers")
    assert shown(page) == found
    expect(field(page, "Filter")).to_have_value("lantern")
    expect(field(page, "To")).to_have_value("2024")
    page.get_by_role("button", name="Reset").click()
    expect_query(page, "?utm=x")
    visitor.check()


def test_an_address_that_asks_for_papers_opens_at_their_list(visitor: Reader) -> None:
    page = visitor.page
    top = "document.getElementById('papers').getBoundingClientRect().top"
    visitor.open(f"{ADA}?text=lantern")
    expect_count(page, "4 of 10 papers")
    bar = page.locator(".md-header").evaluate("bar => bar.getBoundingClientRect().bottom")
    assert bar <= page.evaluate(top) <= bar + 100
    page.evaluate("scrollTo(0, 0)")
    # A click of Playwright's would scroll to the link.
    page.locator(".ap-title:visible").first.evaluate("link => link.click()")
    page.wait_for_url("**/papers/**")
    page.go_back()
    expect_count(page, "4 of 10 papers")
    assert page.evaluate("scrollY") == 0
    visitor.open(ADA)
    expect_count(page, "10 papers")
    assert page.evaluate("scrollY") == 0
    visitor.check()


def test_the_address_is_left_as_it_is_where_nothing_is_asked_for(visitor: Reader) -> None:
    visitor.open(f"{ADA}?a=b%20c&d")
    expect_count(visitor.page, "10 papers")
    visitor.open("about/")
    visitor.page.go_back()
    assert visitor.page.evaluate("location.search") == "?a=b%20c&d"
    visitor.check()


@pytest.mark.parametrize(
    "query",
    [
        "from=1812&to=abc&subject=x&code=2&position=third&with=nobody&sort=random",
        "from=%3Cimg%20src=x%20onerror=alert(1)%3E&with=%22%5D&sort=__proto__&position=toString",
        "text=",
    ],
)
def test_what_an_address_cannot_ask_for_is_passed_over(visitor: Reader, query: str) -> None:
    visitor.open(f"{ADA}?{query}")
    expect_count(visitor.page, "10 papers")
    assert shown(visitor.page) == ALL
    visitor.check()


def test_a_link_to_shared_papers_can_be_followed_and_gone_back_from(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(ADA)
    page.locator("a[href='?with=jan-van-der-lamp#papers']").first.click()
    expect_count(page, "2 of 10 papers")
    # Jan's own profile lists the second, where a source hides his name.
    assert shown(page) == [NAMING, SHARED]
    chip = page.get_by_role("button", name="with Jan van der Lamp: remove this filter")
    expect(chip).to_have_text("with Jan van der Lamp")
    page.go_back()
    expect_count(page, "10 papers")
    page.go_forward()
    chip.click()
    assert shown(page) == ALL
    expect(field(page, "Filter")).to_be_focused()
    expect_query(page, "")
    visitor.check()


def test_a_step_back_takes_back_a_choice_and_not_a_letter(visitor: Reader) -> None:
    page = visitor.page
    visitor.open("about/")
    visitor.open(ADA)
    text = field(page, "Filter")
    text.press_sequentially("lan", delay=400)
    expect_query(page, "?text=lan")
    text.press_sequentially("tern")
    # What is typed and has not come to the address yet is part of the step.
    field(page, "Sort").select_option("oldest")
    expect_query(page, "?text=lantern&sort=oldest")
    more(page)
    field(page, "Has code").check()
    expect_query(page, "?text=lantern&code=1&sort=oldest")
    coded = shown(page)
    page.get_by_role("button", name="Reset").click()
    expect_query(page, "")
    page.go_back()
    expect(field(page, "Has code")).to_be_checked()
    assert shown(page) == coded == [COSTS, RELU]
    page.go_back()
    expect(field(page, "Has code")).not_to_be_checked()
    assert shown(page) == [INTRODUCTION, COSTS, DREAM, RELU]
    page.go_back()
    expect(field(page, "Sort")).to_have_value("")
    expect(text).to_have_value("lantern")
    expect_count(page, "4 of 10 papers")
    page.go_forward()
    expect(field(page, "Sort")).to_have_value("oldest")
    assert shown(page) == [INTRODUCTION, COSTS, DREAM, RELU]
    page.go_back()
    page.go_back()
    page.wait_for_url("**/about/")
    visitor.check()


def test_options_that_arrow_keys_pass_are_one_step(visitor: Reader) -> None:
    page = visitor.page
    visitor.open("about/")
    visitor.open(ADA)
    sort = field(page, "Sort")
    sort.focus()
    sort.press("ArrowDown")
    sort.press("ArrowDown")
    expect_query(page, "?sort=title")
    page.go_back()
    expect(sort).to_have_value("")
    expect_query(page, "")
    page.go_back()
    page.wait_for_url("**/about/")


def test_a_choice_that_changes_nothing_is_no_step(visitor: Reader) -> None:
    page = visitor.page
    visitor.open("about/")
    visitor.open(f"{ADA}?sort=oldest")
    expect_count(page, "10 papers")
    for _ in range(2):
        field(page, "Sort").select_option("oldest")
    page.go_back()
    page.wait_for_url("**/about/")
    visitor.check()


def test_a_step_back_drops_a_text_that_has_just_been_typed(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(ADA)
    field(page, "Sort").select_option("oldest")
    expect_query(page, "?sort=oldest")
    field(page, "Filter").fill("lantern")
    page.evaluate("history.back()")
    expect_count(page, "10 papers")
    expect(field(page, "Filter")).to_have_value("")
    expect_query(page, "")
    assert shown(page) == ALL
    visitor.check()


def test_a_link_within_the_page_keeps_what_was_just_typed(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(ADA)
    field(page, "Filter").fill("lantern")
    page.evaluate("location.hash = '#co-authors'")
    expect_query(page, "?text=lantern")
    expect_count(page, "4 of 10 papers")
    expect(field(page, "Filter")).to_have_value("lantern")
    visitor.check()


# -- what is shown can be taken along -------------------------------------------------------------


@pytest.mark.parametrize(("name", "suffix"), [("BibTeX", ".bib"), ("RIS", ".ris")])
def test_the_papers_that_are_shown_are_saved_in_their_order(
    visitor: Reader, academy: BuiltAcademy, tmp_path: Path, name: str, suffix: str
) -> None:
    page = visitor.page
    visitor.open(f"{ADA}?text=lantern&sort=oldest")
    take = page.locator(".ap-filter-take")
    with page.expect_download() as download:
        take.get_by_role("button", name=name).click()
    assert download.value.suggested_filename == f"ada-quill-selection{suffix}"
    saved = tmp_path / "saved"
    download.value.save_as(saved)
    ids = (INTRODUCTION, COSTS, DREAM, RELU)
    files = [(academy.docs / "papers" / f"{i}{suffix}").read_bytes() for i in ids]
    assert saved.read_bytes() == b"\n".join(files)
    page.get_by_role("button", name="Reset").click()
    expect(take).to_be_hidden()
    visitor.check()


def test_the_papers_that_are_shown_are_added_to_the_readers_list(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(f"{ADA}?with=jan-van-der-lamp")
    page.locator(".ap-filter-take").get_by_role("button", name="Add to my list").click()
    kept = page.evaluate("JSON.parse(localStorage.getItem('ap-list')).map((paper) => paper.id)")
    assert kept == [NAMING, SHARED]
    visitor.check()


# -- where it stands, and how it is used --------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "has"),
    [
        (ADA, True),
        ("topics/cs-cr/", True),
        ("topics/cs-cl/", True),
        ("authors/plato/", False),
        ("years/2024/", False),
        ("years/2023/", False),
    ],
)
def test_long_lists_that_are_complete_on_their_page_have_a_filter(
    visitor: Reader, path: str, has: bool
) -> None:
    visitor.open(path)
    items = visitor.page.locator(".ap-list .ap-title").count()
    complete = visitor.page.locator(".ap-pager").count() == 0
    assert (items >= 6 and complete) == has
    expect(visitor.page.get_by_role("search", name="Filter papers")).to_have_count(int(has))
    visitor.check()


def test_a_short_list_shows_what_two_people_wrote_together(visitor: Reader) -> None:
    page = visitor.page
    visitor.open("authors/jan-van-der-lamp/")
    papers = shown(page)
    assert 2 <= len(papers) < 6
    page.locator("a[href='?with=ada-quill#papers']").first.click()
    expect_count(page, f"2 of {len(papers)} papers")
    assert shown(page) == [NAMING, SHARED]
    page.get_by_role("button", name="remove this filter").click()
    assert shown(page) == papers
    expect(page.get_by_role("search", name="Filter papers")).to_have_count(0)
    expect(page.locator(".ap-list .ap-title").first).to_be_focused()
    expect_query(page, "")
    visitor.check()


def with_folded_names(route: Route) -> None:
    """Ada's page, on which entries fold all names but the first."""
    body = route.fetch().text()
    fold = re.compile(r'(<span class="ap-authors">.*?</a>)(, <a.*?</a>)(?=</span>)')
    route.fulfill(body=fold.sub(r"\1<span hidden>\2</span>", body), content_type="text/html")


def test_names_that_a_long_list_folds_are_found_and_not_counted_as_shown(visitor: Reader) -> None:
    page = visitor.page
    page.route("**/authors/ada-quill/**", with_folded_names)
    visitor.open(f"{ADA}?with=jan-van-der-lamp")
    assert page.locator(".ap-authors [hidden] a[href*='jan-van-der-lamp']").count() > 0
    expect(page.get_by_role("button", name="with Jan van der Lamp")).to_be_visible()
    assert len(shown(page)) > 0
    page.get_by_role("button", name="Add to my list", exact=True).first.click()
    kept = page.evaluate("JSON.parse(localStorage.getItem('ap-list'))")
    assert {len(paper["authors"]) for paper in kept} == {1}
    visitor.check()


def test_a_topic_is_filtered_too(visitor: Reader) -> None:
    visitor.open("topics/cs-cr/?text=zerowidth")
    expect_count(visitor.page, "1 of 6 papers")
    visitor.check()


def test_everything_is_done_by_keyboard(visitor: Reader) -> None:
    page = visitor.page
    visitor.open(ADA)
    field(page, "Filter").focus()
    page.keyboard.type("lantern")
    expect_count(page, "4 of 10 papers")
    page.keyboard.press("Tab")
    expect(field(page, "Sort")).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert shown(page) == [INTRODUCTION, COSTS, DREAM, RELU]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for name in ("From", "To", "Subject"):
        page.keyboard.press("Tab")
        expect(field(page, name)).to_be_focused()
    page.keyboard.press("l")
    while not field(page, "Has code").evaluate("e => e === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert shown(page) == [COSTS, RELU]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert shown(page) == ALL
    expect(field(page, "Filter")).to_be_focused()
    visitor.check()


def test_an_enter_in_the_field_sends_nothing(visitor: Reader) -> None:
    visitor.open(ADA)
    field(visitor.page, "Filter").fill("dream")
    field(visitor.page, "Filter").press("Enter")
    expect_query(visitor.page, "?text=dream")
    visitor.check()


def test_hostile_texts_stay_text(visitor: Reader) -> None:
    page = visitor.page
    evil = "<img src=x onerror=alert(1)>"
    visitor.open(f"{MALLORY}?text={evil}")
    expect(field(page, "Filter")).to_have_value(evil)
    assert page.locator(".ap-filter img").count() == 0
    # A name that is markup: what it is shown as on a chip is its text.
    visitor.open(f"{MALLORY}?with=b-onclick-alert-2-bob-b-x-y")
    expect(page.locator(".ap-filter-chip")).to_contain_text('<b onclick="alert(2)">Bob</b>')
    assert page.locator(".ap-filter :is(b, script)").count() == 0
    visitor.check()


# -- how it feels -------------------------------------------------------------------------------


def long_list(route: Route) -> None:
    """Ada's page, with each of her papers fifty times."""
    html = route.fetch().text()
    html = re.sub(
        r"<li><a class=\"ap-title\".*?</li>", lambda item: item[0] * 50, html, flags=re.DOTALL
    )
    route.fulfill(body=html, content_type="text/html; charset=utf-8")


def test_500_papers_are_filtered_by_the_last_letter_of_a_word_that_is_typed(
    visitor: Reader,
) -> None:
    page = visitor.page
    page.route(f"**/{ADA}", long_list)
    visitor.open(ADA)
    expect_count(page, "500 papers")
    page.locator(".ap-filter [name=text]").press_sequentially("angstrom")
    expect_count(page, "150 of 500 papers")
    visitor.check()


def without_fonts(route: Route) -> None:
    style = route.fetch().text()
    route.fulfill(body=re.sub(r"@font-face ?\{[^}]*\}", "", style), content_type="text/css")


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize(
    "path",
    [
        ADA,
        "topics/cs-cr/",
        f"{ADA}?with=jan-van-der-lamp#papers",
        f"{ADA}?text=lantern&from=2023&sort=oldest",
        f"{ADA}?text=nothing+like+it",
        "authors/jan-van-der-lamp/?with=ada-quill#papers",
    ],
)
def test_nothing_moves_when_the_filter_comes(
    browser: Browser, root_url: str, path: str, width: int
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        # Fonts that come late move texts as well: they have a test of their own.
        context.route("**/author-pages.css", without_fonts)
        shifts = layout_shifts(context, root_url + path)
        form = context.pages[0].locator(".ap-filter")
        expect(form).to_be_visible()
        if path == ADA:
            style = "e => [e.offsetHeight, Math.round(parseFloat(getComputedStyle(e).minHeight))]"
            height, reserved = form.evaluate(style)
            assert height == reserved
    assert_steady(shifts, f"{path}, {width} px wide")


def test_the_open_filter_fits_on_a_phone(browser: Browser, root_url: str) -> None:
    with browser.new_context(viewport={"width": PHONE, "height": 800}, has_touch=True) as context:
        reader = make_reader(context, root_url)
        reader.open(f"{ADA}?with=jan-van-der-lamp&from=2021&code=1")
        expect(field(reader.page, "Subject")).to_be_visible()
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE
        controls = reader.page.locator(".ap-filter :is(button, input, select):visible")
        heights = controls.evaluate_all(
            "all => all.map((e) => (e.closest('label') ?? e).offsetHeight)"
        )
        assert len(heights) > 8
        assert min(heights) >= 24  # https://www.w3.org/TR/WCAG22/#target-size-minimum
        reader.check()


def test_all_papers_are_shown_when_the_script_does_not_come(visitor: Reader) -> None:
    page = visitor.page
    page.route("**/list-filter.js", lambda route: route.abort())
    visitor.open(f"{ADA}?text=lantern")
    expect(page.locator(".ap-list .ap-title").first).to_be_visible(timeout=6000)
    assert shown(page) == ALL


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [DESK, PHONE])
def test_axe_finds_no_violation_in_an_open_filter(
    browser: Browser, root_url: str, scheme: ColorScheme, width: int
) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = open_steady(context, f"{root_url}{ADA}?with=jan-van-der-lamp&from=2021&text=a")
        expect_count(page, "2 of 10 papers")
        found = violations(page)
    assert not found, "\n\n".join(map(str, found))
