"""No page keeps anybody out: all rules of axe-core, on every kind of page, light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.academy import academy_with_sections, build_academy
from tests.browser.axe import violations
from tests.browser_reader import (
    AT_REST,
    DESK,
    MAIN_KINDS,
    PAGE_KINDS,
    PHONE,
    SCHEMES,
    ColorScheme,
    SiteHandler,
    open_steady,
    serve,
)

LOOKS = [(kind, DESK) for kind in PAGE_KINDS] + [(kind, PHONE) for kind in MAIN_KINDS]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("kind", "width"), LOOKS)
def test_axe_finds_no_violation(
    browser: Browser, library_url: str, kind: str, width: int, scheme: ColorScheme
) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = open_steady(context, library_url + PAGE_KINDS[kind])
        found = violations(page)
    where = f"{kind} (/{PAGE_KINDS[kind]}), {scheme}, {width} px wide"
    assert not found, "\n\n".join([f"{len(found)} on {where}:", *map(str, found)])


@pytest.fixture(scope="module")
def sections_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose navigation has a section, and so a menu."""
    root = academy_with_sections(tmp_path_factory.mktemp("sections") / "academy")
    with serve(build_academy(root).site, SiteHandler) as url:
        yield url


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_no_violation_in_the_menu_of_a_phone(
    browser: Browser, sections_url: str, scheme: ColorScheme
) -> None:
    with browser.new_context(
        viewport={"width": PHONE, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page = open_steady(context, sections_url + PAGE_KINDS["page written by hand"])
        page.locator(".md-header label[for='__drawer']").click()
        expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
        page.evaluate(AT_REST)
        found = violations(page)
    assert not found, "\n\n".join(map(str, found))


def test_axe_sees_what_is_wrong(browser: Browser, library_url: str) -> None:
    with browser.new_context() as context:
        page = open_steady(context, library_url + "about/")
        page.evaluate("document.querySelector('article').append(new Image())")
        found = [one for one in violations(page) if one.rule == "image-alt"]
    assert [one.html for one in found] == ["<img>"]
    assert "alt attribute" in str(found[0])
