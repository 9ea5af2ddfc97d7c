"""Light and dark: as the system has it, until the reader chooses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser_reader import PAGE_KINDS, SCHEMES, ColorScheme, Reader, make_reader

NAMES = {"light": "Dark mode", "dark": "Light mode"}
SHOWN = {"light": "default", "dark": "slate"}
OTHER: dict[ColorScheme, ColorScheme] = {"light": "dark", "dark": "light"}


def expect_shown(page: Page, scheme: ColorScheme) -> None:
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SHOWN[scheme])
    # The button says what it leads to.
    expect(page.get_by_role("button", name=NAMES[scheme])).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_scheme_of_the_system_is_shown_before_any_file_has_come(
    browser: Browser, root_url: str, scheme: ColorScheme
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.route("**/*.js", refuse)
        page.goto(root_url)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SHOWN[scheme])


@pytest.mark.parametrize("kind", ["home", "author", "paper", "missing page"])
def test_what_the_reader_chooses_is_kept_on_every_page(reader: Reader, kind: str) -> None:
    page = reader.page
    reader.open("")
    scheme: ColorScheme = (
        "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    )
    expect_shown(page, scheme)
    page.get_by_role("button", name=NAMES[scheme]).press("Enter")
    expect_shown(page, OTHER[scheme])
    page.goto(reader.url + PAGE_KINDS[kind])
    expect_shown(page, OTHER[scheme])
    page.get_by_role("button", name=NAMES[OTHER[scheme]]).click()
    page.reload()
    expect_shown(page, scheme)


def test_the_system_is_followed_until_the_reader_chooses(browser: Browser, root_url: str) -> None:
    with browser.new_context(color_scheme="light") as context:
        reader = make_reader(context, root_url)
        reader.open("")
        expect_shown(reader.page, "light")
        reader.page.emulate_media(color_scheme="dark")
        expect_shown(reader.page, "dark")
        reader.page.get_by_role("button", name=NAMES["dark"]).click()
        reader.page.emulate_media(color_scheme="light")
        reader.page.emulate_media(color_scheme="dark")
        expect_shown(reader.page, "light")
        reader.check()


def test_a_reader_whose_browser_keeps_nothing_chooses_for_one_page(
    browser: Browser, root_url: str
) -> None:
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(root_url)
        page.evaluate(
            """() => Object.defineProperty(window, "localStorage", {
              get() { throw new DOMException("forbidden", "SecurityError"); }
            })"""
        )
        page.get_by_role("button", name=NAMES["light"]).click()
        expect_shown(page, "dark")


def test_without_scripts_no_button_promises_what_it_cannot_do(
    browser: Browser, root_url: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(root_url)
        expect(page.get_by_role("button", name="Dark mode")).to_be_hidden()
        expect(page.get_by_role("link", name="My list")).to_be_visible()
