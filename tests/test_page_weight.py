"""Pages are light: the HTML of a paper, and what a first view needs beyond Material's own files."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.academy import TESTS, BuiltAcademy, build_academy
from tests.browser.weight import page_weight
from tests.browser_reader import MAIN_KINDS, PAGE_KINDS
from tests.profile_samples import REAL

KB = 1000
BEYOND = 60 * KB
"""The most of a first view that is neither its page nor Material's."""
_EUROPE = "<h1>Łucja Żółć</h1><p>Václav Dvořák: <em>Čtení</em></p>"
LETTERS = {
    **{f"{kind}, Europe, italics": (kind, _EUROPE, "sans-italic-latin") for kind in MAIN_KINDS},
    "author, Vietnam": ("author", "<h1>Nguyễn Văn Ạn</h1>", "serif-vietnamese"),
    "paper, Vietnam": ("paper", "<p>Nguyễn Văn Ạn</p>", "sans-vietnamese"),
}
"""What is added to a page, and the font that it then loads."""


def assert_light(site: Path) -> None:
    """Every paper's page of a built site is 16 kB of HTML at most, and 5 kB compressed."""
    heavy = []
    pages = sorted(site.glob("papers/*/index.html"))
    assert len(pages) > 25
    for page in pages:
        html = page.read_bytes()
        sizes = len(html), len(gzip.compress(html, compresslevel=6))
        if sizes[0] > 16 * KB or sizes[1] > 5 * KB:
            heavy.append(f"{sizes[0]:>8,} {sizes[1]:>6,}  {page.parent.name}")
    assert not heavy, "\n".join(["bytes, compressed, paper:", *heavy])


def test_a_paper_is_16_kb_of_html_and_5_kb_compressed(library: BuiltAcademy) -> None:
    assert_light(library.site)


def test_so_are_real_papers_with_whole_abstracts_under_an_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The profiles of content/, with their summaries, where the real ones are not at hand."""
    content = TESTS.parent / "content"
    shutil.copy(TESTS.parent / "mkdocs.yml", tmp_path)
    shutil.copytree(content / "bibliography", tmp_path / "content" / "bibliography")
    profiles = REAL if REAL.is_dir() else content / "profiles"
    shutil.copytree(profiles, tmp_path / "content" / "profiles")
    monkeypatch.setenv("SITE_URL", "https://lab.example.org/people/")
    assert_light(build_academy(tmp_path).site)


# Where something is asked for, the index comes too: benchmarks/search.py weighs it.
@pytest.mark.parametrize("kind", sorted(PAGE_KINDS.keys() - {"search results"}))
def test_a_first_view_needs_60_kb_beyond_material(
    browser: Browser, library: BuiltAcademy, kind: str
) -> None:
    weight = page_weight(browser, library.site, PAGE_KINDS[kind])
    assert weight.beyond_size <= BEYOND, f"{kind}: {weight}"


@pytest.mark.parametrize("letters", LETTERS)
def test_names_of_other_languages_and_italics_keep_to_the_limit(
    browser: Browser, library: BuiltAcademy, tmp_path: Path, letters: str
) -> None:
    kind, added, font = LETTERS[letters]
    shutil.copytree(library.site / "assets", tmp_path / "assets")
    shutil.copy(library.site / "404.html", tmp_path)
    page = tmp_path / PAGE_KINDS[kind] / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    html = (library.site / PAGE_KINDS[kind] / "index.html").read_text(encoding="utf-8")
    page.write_text(html.replace("</h1>", f"</h1>{added}"), encoding="utf-8")
    weight = page_weight(browser, tmp_path, PAGE_KINDS[kind])
    assert f"assets/fonts/{font}.woff2" in {one.path for one in weight.beyond}
    assert weight.beyond_size <= BEYOND, f"{letters}: {weight}"


def test_everything_that_is_sent_is_weighed(browser: Browser, tmp_path: Path) -> None:
    files = {
        "index.html": "<!doctype html><title>x</title><script>new Worker('worker.js')</script>"
        "<link rel=icon href=icon.svg><link rel=stylesheet "
        "href=assets/stylesheets/main.0123abcd.min.css>",
        "worker.js": "fetch('data.json')",
        "data.json": "{}",
        "icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "assets/stylesheets/main.0123abcd.min.css": "p{}",
        "404.html": "",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    weight = page_weight(browser, tmp_path, "")
    assert weight.page.path == ""
    assert [one.path for one in weight.material] == ["assets/stylesheets/main.0123abcd.min.css"]
    assert sorted(one.path for one in weight.beyond) == ["data.json", "icon.svg", "worker.js"]
    assert weight.beyond_size == sum(
        len(gzip.compress(files[one.path].encode(), compresslevel=6)) for one in weight.beyond
    )
