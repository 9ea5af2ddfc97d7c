"""What the first view of a page transfers, weighed where it is sent."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from playwright.sync_api import Browser

from tests.browser_reader import SiteUnderPath, open_steady, serve

MATERIAL = re.compile(
    r"assets/(?:javascripts/(?:bundle|workers/search)\.\w+\.min\.js|javascripts/lunr/.*"
    r"|stylesheets/(?:main|palette)\.\w+\.min\.css)"
)
"""What every site made with Material loads. Not the index of its search: that grows with a site."""
LOAD_ICONS = """
() => Promise.all([...document.querySelectorAll("link[rel~=icon]")].map(({ href }) => fetch(href)))
"""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: its path below the site's root, and the bytes of its body."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Weight:
    """All that a first view transferred, compressed as GitHub Pages compresses it."""

    page: Sent
    material: Sequence[Sent]
    beyond: Sequence[Sent]

    @property
    def beyond_size(self) -> int:
        """The bytes that are neither the page's HTML nor Material's."""
        return sum(sent.size for sent in self.beyond)

    def __str__(self) -> str:
        rows = [f"{sent.size:>8,}  {sent.path}" for sent in sorted(self.beyond, key=_size)]
        material = sum(sent.size for sent in self.material)
        total = f"HTML {self.page.size:,}, Material {material:,}, beyond {self.beyond_size:,} bytes"
        return "\n".join([total, *reversed(rows)])


def _size(sent: Sent) -> int:
    return sent.size


def page_weight(browser: Browser, site: Path, path: str) -> Weight:
    """Weigh the first view of a page of a built site: nothing kept from before, icon included.

    Counted is what the server sends until the network is idle, whoever asked for it: the page,
    a style sheet, a worker. Fonts come late, as on a slow line: a browser that waits for one may
    ask for others.
    """
    sent: list[Sent] = []

    class Scale(SiteUnderPath):
        def send_header(self, keyword: str, value: str) -> None:
            if keyword.lower() == "content-length":
                sent.append(Sent(self.path.removeprefix(self.mount), int(value)))
            super().send_header(keyword, value)

        def send_head(self) -> io.BytesIO | BinaryIO | None:
            if self.path.endswith(".woff2"):
                time.sleep(0.3)
            return super().send_head()

    with serve(site, Scale) as url, browser.new_context() as context:
        open_steady(context, url + path).evaluate(LOAD_ICONS)
    page, *rest = sent
    return Weight(
        page,
        [one for one in rest if MATERIAL.fullmatch(one.path)],
        [one for one in rest if not MATERIAL.fullmatch(one.path)],
    )
