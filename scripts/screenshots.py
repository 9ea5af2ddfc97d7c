"""Picture every kind of page of a built site, in both themes, on a desktop and on a phone.

    python scripts/screenshots.py SITE PICTURES

SITE is a built site of content/, PICTURES a folder for PNG files named like
`author-phone-dark.png`. Chromium must be installed as the command `chromium`.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PAGES = {
    "home": "",
    "author": "authors/fuli-luo/",
    "organisation": "authors/deepseek-ai/",
    "paper": "papers/grin-gradient-informed-moe/",
    "published": "papers/understanding-the-difficulty-of-training-transformers/",
    "authors": "authors/",
    "papers": "papers/",
    "topic": "topics/cs-lg/",
    "topics": "topics/",
    "year": "years/2024/",
    "about": "about/",
    "search": "search/?q=attention",
    "list": "list/?papers=grin-gradient-informed-moe,adaptation-of-agentic-ai",
    "missing": "404.html",
}
SIZES = {"desktop": (1440, 900), "tablet": (768, 1024), "phone": (360, 780)}
QUERY = "fuli luo"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the site while the block runs, on this machine alone."""
    handler = functools.partial(QuietHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def take(page: Page, address: str, folder: Path, ending: str) -> None:
    """All pages and the search box, in the state that the browser context sets."""
    for name, path in PAGES.items():
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.viewport_size["width"]:  # type: ignore[index]
            print(f"{name}-{ending}: wider than the screen, {width} px")
        page.screenshot(path=folder / f"{name}-{ending}.png")
    page.goto(address)
    page.locator(".ap-search-open").click()
    page.locator("dialog[open] input").fill(QUERY)
    page.locator("dialog[open] a[href*='/authors/']").first.wait_for()
    page.wait_for_timeout(300)
    page.screenshot(path=folder / f"search-box-{ending}.png")


def main(site: Path, folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for theme in ("light", "dark"):
            for size, (width, height) in SIZES.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=theme
                )
                take(context.new_page(), address, folder, f"{size}-{theme}")
                context.close()
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("pictures", type=Path)
    arguments = parser.parse_args()
    main(arguments.site, arguments.pictures)
