"""One index of Pagefind: its order, its bytes, and what is said when it cannot be made."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.search_bundle import make_bundle
from tests.academy import tree
from tests.pagefind import read_index, read_page_order

PAGE = """<html lang="en"><head>
<meta data-pagefind-filter="author[content]" content="Ada {number}">
<meta data-pagefind-filter="year[content]" content="{year}">
<meta data-pagefind-sort="date[content]" content="{year}-01-01">
<meta data-pagefind-sort="papers[content]" content="{number:06}">
</head><body data-pagefind-body><h1>Lamp {number}</h1><p>Of Müller and Muller.</p></body></html>
"""
PAGES = [
    (f"papers/p{number}/index.html", PAGE.format(number=number, year=2000 + number % 5))
    for number in range(40)
]
"""More than are sent ahead of the answers, with more values than come in order by chance."""


def addresses(pages: list[tuple[str, str]]) -> list[str]:
    return ["/" + path.removesuffix("index.html") for path, _ in pages]


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    make_bundle(PAGES, tmp_path / "0")
    expected = tree(tmp_path / "0")
    assert len([path for path in expected if path.endswith(".pf_filter")]) == 2
    for number in range(1, 6):
        make_bundle(PAGES, tmp_path / str(number))
        assert tree(tmp_path / str(number)) == expected


@pytest.mark.parametrize("pages", [PAGES, PAGES[::-1], PAGES[20:] + PAGES[:20]])
def test_pages_have_the_order_in_which_they_are_given(
    tmp_path: Path, pages: list[tuple[str, str]]
) -> None:
    make_bundle(pages, tmp_path / "pagefind")
    assert read_page_order(tmp_path / "pagefind") == addresses(pages)
    found = read_index(tmp_path)["en"]
    assert found["filters"] == {
        **{("author", f"Ada {n}"): [f"/papers/p{n}/"] for n in range(40)},
        **{("year", str(2000 + year)): sorted(addresses(PAGES[year::5])) for year in range(5)},
    }


def test_languages_have_an_order(tmp_path: Path) -> None:
    languages = ["fr", "en", "de", "sv", "nl", "it"]
    pages = [
        (f"{name}/index.html", f"<html lang={name}><body data-pagefind-body>Lux</body></html>")
        for name in languages
    ]
    make_bundle(pages, tmp_path / "pagefind")
    assert list(read_index(tmp_path)) == sorted(languages)


def test_settings_for_another_pagefind_are_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pagefind.yml").write_text("site: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "nowhere")
    make_bundle(PAGES, tmp_path / "bundle")
    assert (tmp_path / "bundle" / "pagefind.js").is_file()


def test_pages_without_a_word_are_no_index(tmp_path: Path) -> None:
    page = ("a/index.html", '<html lang="en"><body data-pagefind-body></body></html>')
    with pytest.raises(BuildError, match="could not be made: no page has a word"):
        make_bundle([page], tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_what_pagefind_complains_of_is_said_before_all_pages_are_read(tmp_path: Path) -> None:
    pages = iter([("\ud800/index.html", PAGES[0][1]), *PAGES])
    with pytest.raises(BuildError, match="pagefind says: unexpected end of hex escape"):
        make_bundle(pages, tmp_path / "bundle")
    assert next(pages, None)


def test_a_pagefind_that_does_not_start_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ("-m", "pagefind", "--service", "--such-an-option")
    monkeypatch.setattr("generator.site.search_bundle._SERVICE", (sys.executable, *command))
    with pytest.raises(BuildError, match=r"pagefind says: .*--such-an-option"):
        make_bundle(PAGES * 9, tmp_path / "bundle")


def test_a_page_that_cannot_be_read_ends_it(tmp_path: Path) -> None:
    def pages() -> Iterator[tuple[str, str]]:
        yield from PAGES
        yield "papers/gone/index.html", (tmp_path / "gone").read_text(encoding="utf-8")

    with pytest.raises(FileNotFoundError):
        make_bundle(pages(), tmp_path / "bundle")
