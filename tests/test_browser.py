"""The built academy in a real browser: what a reader does, and that nobody else is asked.

Debian's Chromium, driven by Playwright. `make test` installs it; without it these tests fail.
"""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.academy import BuiltAcademy

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
ColorScheme = Literal["light", "dark"]
SCHEMES: tuple[ColorScheme, ...] = ("light", "dark")
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
    "papers/",
    f"papers/{PAPER}/",
    f"papers/{HOSTILE}/",
    "papers/a-title-that-goes-on-and-on-because-its-author-could-not-decide-which-of-the/",
    "topics/",
    "topics/cs-cl/",
    "years/",
    "years/2024/",
)


class _Silent(http.server.SimpleHTTPRequestHandler):
    """Serves files under their mount, and 404.html for the rest, as GitHub Pages does."""

    mount = "/"

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.mount))

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_error(self, code: int, *_: object) -> None:
        """Answer with the site's own page."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _UnderPath(_Silent):
    mount = "/repo/"


def serve(folder: Path, handler: type[_Silent]) -> Iterator[str]:
    """Serve a folder on this machine alone, until the generator is closed."""
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


@pytest.fixture(scope="module")
def root_url(academy: BuiltAcademy) -> Iterator[str]:
    """The academy at the root of a host."""
    yield from serve(academy.site, _Silent)


@pytest.fixture(scope="module")
def repository_url(repository_academy: BuiltAcademy) -> Iterator[str]:
    """The academy under /repo/."""
    yield from serve(repository_academy.site, _UnderPath)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("no chromium found: `make test` installs it, or `apt-get install chromium`")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


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


def make_reader(context: BrowserContext, url: str) -> Reader:
    """A new page that is being watched."""
    context.set_default_timeout(20_000)
    reader = Reader(context.new_page(), url)
    reader.watch()
    return reader


@pytest.fixture(params=SCHEMES)
def reader(request: pytest.FixtureRequest, browser: Browser, root_url: str) -> Iterator[Reader]:
    """Somebody at a desk, who likes it light, or dark."""
    context = browser.new_context(
        color_scheme=request.param, permissions=["clipboard-read", "clipboard-write"]
    )
    yield make_reader(context, root_url)
    context.close()


def search_for(reader: Reader, words: str, path: str) -> None:
    """Type into the search field, wait for what it finds, and follow it to `path`."""
    page = reader.page
    field_ = page.get_by_role("textbox", name="Search")
    field_.click()
    field_.press_sequentially(words, delay=20)
    found = page.locator(f".md-search-result__link[href*='{path}']").first
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
    assert copied.rstrip("\n") == entry.rstrip("\n")
    with page.expect_download() as download:
        page.locator("a[download$='.bib']").first.click()
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


def test_a_former_address_takes_the_reader_on(browser: Browser, root_url: str) -> None:
    context = browser.new_context()
    reader = make_reader(context, root_url)
    reader.open("papers/lamps-old-title/")
    reader.page.wait_for_url("**/papers/an-introduction-to-lanterns/")
    expect(reader.page.locator("h1").first).to_contain_text("An Introduction to Lanterns")
    context.close()
    reader.check()
