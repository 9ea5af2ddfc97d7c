"""The generated Markdown is the interface: a stock MkDocs makes the very same site of it.

The search takes one further command: ours gives the same bytes, Pagefind's own the same results.
"""

from __future__ import annotations

import datetime
import gzip
import shutil
import struct
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from tests.academy import (
    ACADEMY,
    REPOSITORY_URL,
    BuiltAcademy,
    build_academy,
    run_python,
    small_academy,
    tree,
)
from tests.pagefind import read_index

PAGEFIND = ("-m", "pagefind", "--site")
INDEX = ("-m", "generator", "index")


def build_epoch(site: Path) -> int:
    """The time of a build, as MkDocs writes it into the head of sitemap.xml.gz (RFC 1952)."""
    head = (site / "sitemap.xml.gz").read_bytes()[:8]
    return int(struct.unpack("<I", head[4:8])[0])


@pytest.mark.parametrize(
    ("url", "command"),
    [("", PAGEFIND), (REPOSITORY_URL, INDEX)],
    ids=["root, indexed by Pagefind", "repository, indexed by us"],
)
def test_stock_mkdocs_in_strict_mode_and_one_command_give_the_same_site(
    request: pytest.FixtureRequest, tmp_path: Path, url: str, command: tuple[str, ...]
) -> None:
    academy: BuiltAcademy = request.getfixturevalue("repository_academy" if url else "academy")
    target = tmp_path / "stock"
    done = run_python(
        *("-m", "mkdocs", "build", "--strict", "--site-dir", str(target)),
        folder=academy.root,
        environment={"SOURCE_DATE_EPOCH": str(build_epoch(academy.site)), "SITE_URL": url},
    )
    assert done.returncode == 0, done.stderr
    done = run_python(*command, str(target), folder=academy.root)
    assert done.returncode == 0, done.stderr
    ours, stock = tree(academy.site), tree(target)
    if command == PAGEFIND:
        assert read_index(target) == read_index(academy.site)
        ours, stock = (
            {path: data for path, data in files.items() if not has_numbers(path)}
            for files in (ours, stock)
        )
    assert sorted(ours) == sorted(stock)
    assert [path for path in ours if ours[path] != stock[path]] == []


def has_numbers(path: str) -> bool:
    """Whether a file numbers pages, which Pagefind by itself does as the file system lists them."""
    endings = (".pf_filter", ".pf_index", ".pf_meta", "/pagefind-entry.json")
    return path.startswith("pagefind/") and path.endswith(endings)


def test_an_index_that_was_made_by_pagefind_does_not_spoil_the_next_build(tmp_path: Path) -> None:
    built = build_academy(small_academy(tmp_path / "academy"))
    expected = tree(built.site)
    done = run_python(*PAGEFIND, str(built.site), folder=built.root)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(built.site)
    build_academy(built.root)
    assert tree(built.site) == expected


def test_the_site_needs_no_plugin_or_hook_of_ours() -> None:
    settings = yaml_load((ACADEMY / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["plugins"] == []
    assert "hooks" not in settings


def test_all_link_and_anchor_validation_is_on() -> None:
    settings = yaml_load((ACADEMY / "mkdocs.yml").read_text(encoding="utf-8"))
    levels = [level for kind in settings["validation"].values() for level in kind.values()]
    assert len(levels) == 7
    assert set(levels) == {"warn"}


def test_mkdocs_has_nothing_to_complain_of(academy: BuiltAcademy) -> None:
    assert [str(p) for p in academy.report.problems if p.origin == "mkdocs"] == []


def test_the_time_of_the_site_is_that_of_its_newest_written_date(academy: BuiltAcademy) -> None:
    newest = datetime.datetime.fromtimestamp(build_epoch(academy.site), tz=datetime.UTC)
    assert newest.isoformat() == "2024-12-24T00:00:00+00:00"
    assert gzip.decompress((academy.site / "sitemap.xml.gz").read_bytes())
