"""Nothing moves under the reader's eyes while a page loads, on a phone or at a desk."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import BinaryIO

import pytest
from playwright.sync_api import Browser, Route, ViewportSize, expect

from tests.academy import BuiltAcademy
from tests.browser.shift import assert_steady, layout_shifts
from tests.browser_reader import DESK, MAIN_KINDS, PAGE_KINDS, PHONE, SiteUnderPath, serve

BAR = 48
"""The height of the bar at the top, in CSS pixels: Material's."""


class SlowFonts(SiteUnderPath):
    """Fonts come late, as on a slow line: after the text has been shown without them."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        if self.path.endswith(".woff2"):
            time.sleep(0.5)
        return super().send_head()


@pytest.fixture(scope="module")
def slow_url(library: BuiltAcademy) -> Iterator[str]:
    with serve(library.site, SlowFonts) as url:
        yield url


def _assert_steady(browser: Browser, url: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        shifts = layout_shifts(context, url)
    assert_steady(shifts, f"{url}, {width} px wide")


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("kind", PAGE_KINDS)
def test_nothing_moves_while_a_page_loads(
    browser: Browser, library_url: str, kind: str, width: int
) -> None:
    _assert_steady(browser, library_url + PAGE_KINDS[kind], width)


@pytest.mark.parametrize("kind", MAIN_KINDS)
def test_nothing_moves_when_fonts_come_late(browser: Browser, slow_url: str, kind: str) -> None:
    _assert_steady(browser, slow_url + PAGE_KINDS[kind], PHONE)


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("fonts", [True, False], ids=["fonts", "no fonts"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_bar_is_as_high_whatever_comes_into_it(
    browser: Browser, library_url: str, scripts: bool, fonts: bool, width: int
) -> None:
    size: ViewportSize = {"width": width, "height": 800}
    with browser.new_context(viewport=size, java_script_enabled=scripts) as context:
        if not fonts:
            context.route("**/*.woff2", lambda route: route.abort())
        page = context.new_page()
        for kind in MAIN_KINDS:
            page.goto(library_url + PAGE_KINDS[kind], wait_until="networkidle")
            # The button for light and dark is there for scripts alone.
            toggle = page.locator(".md-header .ap-scheme:visible")
            expect(toggle).to_have_count(1 if scripts else 0)
            box = page.locator(".md-header__inner").bounding_box()
            assert box
            assert box["height"] == BAR, kind


def test_what_moves_is_seen(browser: Browser, library_url: str) -> None:
    def push(route: Route) -> None:
        html = route.fetch().text()
        script = "setTimeout(() => document.body.prepend(document.createElement('hr')), 100)"
        style = "hr { height: 300px }"
        route.fulfill(
            body=html.replace("</body>", f"<style>{style}</style><script>{script}</script>")
        )

    with browser.new_context(viewport={"width": DESK, "height": 800}) as context:
        context.route("**/about/", push)
        shifts = layout_shifts(context, library_url + "about/")
    assert sum(shift.score for shift in shifts) > 0.05
    assert "from y" in str(shifts[-1])
