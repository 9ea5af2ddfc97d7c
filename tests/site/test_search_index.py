"""The search index of a built site: its parts, and that only changed ones are made again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.search import index_site
from generator.site.search_pages import (
    FoundPage,
    Kind,
    Limits,
    bitmap,
    divide,
    find_pages,
    page_terms,
    shard_name,
)
from tests.academy import tree
from tests.pagefind import read_found, read_index

PAGE = """<!doctype html><html lang="en"><head>
<meta property="og:title" content="{title}" data-pagefind-meta="title[content]">
<meta data-pagefind-filter="kind[content]{year}" content="{kind}">
{more}
</head><body><nav>{nav}</nav><article><h1 data-pagefind-body>{title}</h1>
<p data-pagefind-body>{text}</p><p>Not marked: obscured</p></article></body></html>
"""


def write(site: Path, path: str, title: str, kind: str = "paper", **values: str) -> None:
    given = {"text": "Of lamps.", "nav": "", "more": "", "year": "", **values}
    file = site / path / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(title=title, kind=kind, **given), encoding="utf-8")


def limits(size: int, first: int = 3) -> Limits:
    return Limits(size, size, size, size, first)


def year(number: int) -> str:
    return f",year:{number}"


def papers(count: int) -> str:
    return f'<meta data-pagefind-meta="note[content]" content="{count:,} papers · Lamps">'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Six papers of three years, four people, a topic, and a list that is not found."""
    folder = tmp_path / "site"
    for number in range(6):
        write(folder, f"papers/p{number}", f"Lamp{number}", year=year(2020 + number // 2))
    for number in range(4):
        write(folder, f"authors/a{number}", f"Ada{number}", "author", more=papers(number + 1))
    write(folder, "topics/cs-cl", "Computation", "topic")
    (folder / "index.html").write_text("<p>A list</p>", encoding="utf-8")
    return folder


def found(path: str, kind: Kind = "paper", in_year: int = 0, count: int = 0) -> FoundPage:
    return FoundPage(path, kind, in_year, count, path)


def test_pages_that_are_marked_are_found_with_what_they_say(site: Path) -> None:
    pages = {page.path: page for page in find_pages(site)}
    assert len(pages) == 11
    assert "index.html" not in pages
    assert (pages["papers/p5/index.html"].kind, pages["papers/p5/index.html"].year) == (
        "paper",
        2022,
    )
    assert (pages["authors/a3/index.html"].kind, pages["authors/a3/index.html"].papers) == (
        "author",
        4,
    )
    assert pages["topics/cs-cl/index.html"].kind == "other"


def test_what_stands_around_a_page_does_not_change_it(site: Path) -> None:
    before = {page.path: page.fingerprint for page in find_pages(site)}
    write(site, "papers/p0", "Lamp0", year=year(2020), nav="Another menu")
    write(site, "papers/p1", "Lamp1", year=year(2020), text="Of other lamps.")
    after = {page.path: page.fingerprint for page in find_pages(site)}
    changed = [path for path in before if before[path] != after[path]]
    assert changed == ["papers/p1/index.html"]


def test_few_pages_are_one_part() -> None:
    parts = divide([found("papers/a"), found("authors/b", "author")], limits(1))
    assert [(part.name, len(part.pages)) for part in parts] == [("all", 2)]


def test_people_with_most_papers_come_first_and_papers_newest_first() -> None:
    people = [found(f"authors/{n}/index.html", "author", count=n) for n in range(6)]
    papers = [found(f"papers/{n}", in_year=2000 + n // 3) for n in range(12)]
    parts = divide([*people, *papers, found("topics/x", "other")], limits(4))
    assert [page.path for page in parts[0].pages] == [
        *(f"authors/{n}/index.html" for n in (5, 4, 3)),
        "topics/x",
    ]
    assert [part.years for part in parts if part.years] == [
        *((2003, 2003), (2002, 2002), (2001, 2001)),
        (2000, 2000),
    ]
    everything = [page.path for part in parts for page in part.pages]
    assert sorted(everything) == [*sorted(p.path for p in (*people, *papers)), "topics/x"]
    assert len({part.name for part in parts}) == len(parts)


def test_people_stand_with_those_of_like_family_names() -> None:
    names = ["ada-quill", "bo-quill", "cy-quince", "di-reed", "ed-ash", "flo-quire", "gus-quill"]
    people = [found(f"authors/{name}/index.html", "author") for name in names]
    parts = divide(people, limits(3, first=0))
    shown = {part.name: [page.path.split("/")[1] for page in part.pages] for part in parts[1:]}
    assert shown == {
        "people-a-a": ["ed-ash"],
        "people-quil-quil": ["ada-quill", "bo-quill", "gus-quill"],
        "people-quin-r": ["cy-quince", "flo-quire", "di-reed"],
    }


def test_a_family_name_of_many_is_one_part_however_large() -> None:
    people = [found(f"authors/a{n}-wang/index.html", "author") for n in range(9)]
    parts = divide(people, limits(3, first=0))
    assert [(part.name, len(part.pages)) for part in parts[1:]] == [("people-wang-wang", 9)]


def test_a_year_that_is_too_large_is_divided() -> None:
    parts = divide([found(f"papers/{n}", in_year=2024) for n in range(50)], limits(10))
    assert all(part.years == (2024, 2024) for part in parts[1:])
    assert max(len(part.pages) for part in parts[1:]) <= 15
    assert sum(len(part.pages) for part in parts) == 50


def test_papers_without_a_year_stand_apart_and_last() -> None:
    papers = [found(f"papers/{n}", in_year=2000 * (n % 2)) for n in range(8)]
    parts = divide(papers, limits(5))
    assert [(part.years, len(part.pages)) for part in parts[1:]] == [((2000, 2000), 4), (None, 4)]


def test_a_new_paper_changes_the_part_of_its_year_alone() -> None:
    papers = [found(f"papers/{n}", in_year=2000 + n % 5) for n in range(40)]
    before = {part.name: part.fingerprint for part in divide(papers, limits(10))}
    papers.append(found("papers/new", in_year=2004))
    after = {part.name: part.fingerprint for part in divide(papers, limits(10))}
    assert before.keys() == after.keys()
    assert [n for n in before if before[n] != after[n]] == ["papers-2004-2004"]


def test_one_part_finds_what_pagefind_finds_by_itself(site: Path, tmp_path: Path) -> None:
    assert index_site(site, tmp_path / "store") == 1
    ours = read_index(site)
    assert len(read_found(site)) == 11
    assert "lamp0" in str(ours)
    command = [sys.executable, "-m", "pagefind", "--site", str(site)]
    shutil.rmtree(site / "pagefind")
    subprocess.run(command, check=True, capture_output=True)
    assert read_index(site) == ours
    assert not (site / "search" / "parts.json").exists()


@pytest.mark.parametrize("size", [3, 100], ids=["in parts", "in one"])
def test_what_is_kept_stays_as_it_is_when_pagefind_runs_over_the_site(
    site: Path, tmp_path: Path, size: int
) -> None:
    store = tmp_path / "store"
    index_site(site, store, limits(size))
    before = tree(store)
    # Once over the index that stands there, once with other pages.
    for text in ("Of lamps.", "Of wicks."):
        write(site, "papers/p5", "Lamp5", more=year(2022), text=text)
        command = [sys.executable, "-m", "pagefind", "--site", str(site)]
        subprocess.run(command, check=True, capture_output=True)
        assert tree(store) == before


def test_an_index_is_complete_where_files_cannot_be_linked(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    index_site(site, tmp_path / "store", limits(3))
    linked = tree(site)
    shutil.rmtree(site / "pagefind")
    monkeypatch.setattr(os, "link", fail)
    index_site(site, tmp_path / "store", limits(3))
    assert tree(site) == linked


@pytest.mark.parametrize("size", [3, 100], ids=["in parts", "in one"])
def test_the_same_pages_are_indexed_to_the_same_bytes(
    site: Path, tmp_path: Path, size: int
) -> None:
    index_site(site, tmp_path / "store", limits(size))
    for number in range(3):
        other = tmp_path / str(number)
        # In another order, which is how some file systems list them.
        for path in sorted(site.rglob("index.html"), reverse=number == 0):
            target = other / path.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
        index_site(other, tmp_path / f"store {number}", limits(size))
        assert tree(other) == tree(site)


def test_a_part_that_an_older_release_made_is_made_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("generator.site.search._FORM", 1)
        index_site(site, tmp_path / "store")
    assert index_site(site, tmp_path / "store") == 1


def test_only_changed_parts_are_made_again(site: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    parts = index_site(site, store, limits(3))
    assert parts == 5
    assert index_site(site, store, limits(3)) == 0
    write(site, "papers/p5", "Lamp5", year=year(2022), text="Of changed lamps.")
    assert index_site(site, store, limits(3)) == 1
    table = json.loads((site / "search" / "parts.json").read_bytes())
    assert len(table["parts"]) == parts
    assert [part["kind"] for part in table["parts"]] == sorted(p["kind"] for p in table["parts"])
    for part in table["parts"]:
        assert (site / part["path"] / "pagefind-entry.json").is_file()
    assert (site / "pagefind" / "pagefind.js").is_file()
    assert sum(part["pages"] for part in table["parts"]) == 11


def test_an_index_that_was_not_finished_is_made_again(site: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    index_site(site, store)
    (stamp,) = store.glob("*/stamp")
    stamp.unlink()
    assert index_site(site, store) == 1


def test_the_table_of_terms_leads_to_every_page(site: Path, tmp_path: Path) -> None:
    index_site(site, tmp_path / "store", limits(3))
    table = json.loads((site / "search" / "parts.json").read_bytes())
    parts = {part["path"]: 1 << number for number, part in enumerate(table["parts"])}
    terms = json.loads((site / table["terms"] / f"{shard_name('lamp5')}.json").read_bytes())
    places = [path for path, bit in parts.items() if int(terms["lamp5"], 16) & bit]
    assert places == ["pagefind/parts/papers-2022-2022/"]
    assert "obscu" not in terms


def test_a_page_has_the_terms_of_all_that_is_marked_and_of_nothing_else() -> None:
    html = PAGE.format(
        title="Of O&#39;Neill",
        kind="paper",
        text="Lanterns &amp; oil",
        nav="menu",
        year="",
        more='<meta data-pagefind-meta="also[content]" content="mueller">',
    )
    assert page_terms(html) == {"of", "o", "neill", "lante", "oil", "muell"}
    rest = '<article><div data-pagefind-body=""><div>one</div> two</div> three</article>'
    assert page_terms(rest) >= {"one", "two"}
    assert page_terms('<article><h1 data-pagefind-body="">open</article>') == {"open"}


def test_a_site_without_marked_pages_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no page here is marked for the search"):
        index_site(tmp_path, tmp_path / "store")


def test_a_missing_pagefind_is_named_with_what_installs_it(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is installed is found by the folders of sys.path.
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    with pytest.raises(BuildError, match=r"pip install 'pagefind\[bin\]'"):
        index_site(site, tmp_path / "store")


def test_a_bitmap_has_a_bit_for_each_part() -> None:
    assert (bitmap([0]), bitmap([0, 4]), bitmap([100])) == ("1", "11", f"{1 << 100:x}")
