"""What tests in a real browser share: a server for a built site, and a watched page.

The fixtures `browser`, `root_url`, `repository_url` and `reader` in conftest.py are made of it.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import io
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    Route,
)

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
COMPRESSED = {
    ".bib",
    ".css",
    ".html",
    ".js",
    ".json",
    ".mjs",
    ".ris",
    ".svg",
    ".txt",
    ".webmanifest",
    ".xml",
}
"""The endings of what GitHub Pages compresses."""
ColorScheme = Literal["light", "dark"]
SCHEMES: tuple[ColorScheme, ...] = ("light", "dark")
DESK = 1280
PHONE = 360
"""The widths of a window, in CSS pixels."""

PAGE_KINDS = {
    "home": "",
    "authors": "authors/",
    "authors of a letter": "authors/by/q/",
    "author": "authors/ada-quill/",
    "organisation": "authors/aurora-9/",
    "papers": "papers/",
    "paper": "papers/lanterns-at-scale-relu2-wins-by-16-3-8b/",
    "published paper": "papers/oil-wick-and-flame-a-survey/",
    "citations of a paper": "papers/oil-wick-and-flame-a-survey.cite.html",
    "topics": "topics/",
    "topic": "topics/cs-cl/",
    "years": "years/",
    "year": "years/2024/",
    "search": "search/",
    "search results": "search/?q=lantern",
    "my list": "list/",
    "about": "about/",
    "page written by hand": "guides/reading/",
    "missing page": "no/such/page/",
}
"""A page of each kind on the site of the fixture `library_url`. A new kind of page belongs here:
it is then proved accessible and steady."""
MAIN_KINDS = ("home", "author", "paper", "search")
"""Where most readers land: these are also looked at on a phone, weighed and timed."""


def holding(waiting: list[Route]) -> Callable[[Route], None]:
    """What keeps requests waiting, in a list (Playwright takes no method of a list for it)."""

    def hold(route: Route) -> None:
        waiting.append(route)

    return hold


def chromium_path() -> str:
    """The Chromium of this machine; the test that needs it fails where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no chromium found: `make test` installs it, or `apt-get install chromium`")
    return chromium


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files under their mount, and 404.html for the rest, as GitHub Pages does.

    Texts are compressed with gzip and may be kept for ten minutes; connections stay open. So what
    a test weighs or times here is what readers are sent there.
    """

    mount = "/"
    protocol_version = "HTTP/1.1"
    # Headers and body leave in one packet each; Nagle's algorithm would hold the second back.
    disable_nagle_algorithm = True

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.mount))

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        kind = super().guess_type(path)
        return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer with a text that is compressed, or as the base class does."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        accepted = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (accepted and path.suffix in COMPRESSED and path.is_file()):
            return super().send_head()
        return self._send_text(200, path)

    def send_error(self, code: int, *_: object) -> None:
        """Answer with the site's own page."""
        body = self._send_text(code, Path(self.directory, "404.html"))
        if self.command != "HEAD":
            self.wfile.write(body.read())

    def _send_text(self, code: int, path: Path) -> io.BytesIO:
        body = _gzipped(path.read_bytes())
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Vary", "Accept-Encoding")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@functools.lru_cache(maxsize=64)
def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


class SiteUnderPath(SiteHandler):
    mount = "/repo/"


@contextlib.contextmanager
def serve(folder: Path, handler: type[SiteHandler]) -> Iterator[str]:
    """Serve a folder on this machine alone; the address of its root."""
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(folder))
    ) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{handler.mount}"
        finally:
            server.shutdown()
            thread.join()


@dataclass  # without slots: Playwright marks objects whose methods it calls
class Reader:
    """A page in the browser, and everything that went wrong or went elsewhere on it."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def watch(self) -> None:
        """Listen from the first byte on."""
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.hosts.add("/".join(request.url.split("/")[:3]))

    def _on_failure(self, request: Request) -> None:
        # A page that is left drops what it still loads, which is no fault of the site.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> None:
        """Go to a page of the site."""
        self.page.goto(self.url + path, wait_until="load")

    def check(self) -> None:
        """Nothing went wrong, and nobody else was asked."""
        assert not self.complaints, "\n".join(self.complaints)
        assert self.hosts == {"/".join(self.url.split("/")[:3])}


def shown_in_order(elements: Locator) -> list[str]:
    """The texts of elements that stand on one line, from left to right."""
    places = [(element.bounding_box() or {"x": -1.0})["x"] for element in elements.all()]
    texts = elements.all_inner_texts()
    return [text for _, text in sorted(zip(places, texts, strict=True))]


def open_steady(context: BrowserContext, url: str) -> Page:
    """Open a page and wait until its fonts are there and what moves by itself has come to rest."""
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    page.evaluate(AT_REST)
    return page


AT_REST = """
async () => {
  await document.fonts.ready;
  const ends = document.getAnimations()
    .filter((moving) => Number.isFinite(moving.effect?.getComputedTiming().endTime))
    .map((moving) => moving.finished.catch(() => undefined));
  await Promise.all(ends);
}
"""


def make_reader(context: BrowserContext, url: str) -> Reader:
    """A new page that is being watched."""
    context.set_default_timeout(20_000)
    reader = Reader(context.new_page(), url)
    reader.watch()
    return reader
