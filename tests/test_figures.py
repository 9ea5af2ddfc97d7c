"""Charts and networks in a real browser: they can be read on a phone, and at a desk."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from playwright.sync_api import Browser

from tests.academy import BuiltAcademy
from tests.browser_reader import DESK, PHONE, make_reader

HEIGHTS = """drawing => [...drawing.querySelectorAll("text")].map(
  (text) => Number.parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
"""How high the letters of a drawing come out, in pixels."""


@pytest.mark.parametrize(("width", "least"), [(PHONE, 12.0), (DESK, 16.0)])
@pytest.mark.parametrize("figure", [".ap-network", ".ap-chart"])
def test_the_letters_of_a_drawing_are_large_enough_to_be_read_and_no_larger_than_the_text(
    browser: Browser, root_url: str, figure: str, width: int, least: float
) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        reader = make_reader(context, root_url)
        for path in ("", "authors/ada-quill/"):
            reader.open(path)
            heights = reader.page.locator(f"{figure} > svg").evaluate(HEIGHTS)
            assert heights
            assert least <= min(heights) <= max(heights) <= 16.5
        reader.check()


def test_a_topic_has_the_same_colour_on_all_pages(library: BuiltAcademy) -> None:
    colours: defaultdict[str, list[str]] = defaultdict(list)
    orders = set()
    for page in library.docs.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        found = re.findall(r'<li class="ap-s([1-9])"><a href="(?:\S+/)?([a-z-]+)/">', text)
        for colour, topic in found:
            colours[topic].append(colour)
        orders.add(tuple(topic for _, topic in found))
    assert len(orders) > 3
    assert any(len(found) > 2 for found in colours.values())
    assert {topic: set(found) for topic, found in colours.items() if len(set(found)) > 1} == {}
