"""The generated Markdown is the interface: a stock MkDocs makes the very same site of it."""

from __future__ import annotations

import datetime
import filecmp
import gzip
import struct
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from tests.academy import ACADEMY, REPOSITORY_URL, BuiltAcademy, run_python, tree

ALLOWED_PLUGINS = ["search"]


def build_epoch(site: Path) -> int:
    """The time of a build, as MkDocs writes it into the head of sitemap.xml.gz (RFC 1952)."""
    head = (site / "sitemap.xml.gz").read_bytes()[:8]
    return int(struct.unpack("<I", head[4:8])[0])


@pytest.mark.parametrize("url", ["", REPOSITORY_URL], ids=["root", "repository"])
def test_stock_mkdocs_in_strict_mode_gives_the_same_bytes(
    request: pytest.FixtureRequest, tmp_path: Path, url: str
) -> None:
    academy: BuiltAcademy = request.getfixturevalue("repository_academy" if url else "academy")
    target = tmp_path / "stock"
    done = run_python(
        *("-m", "mkdocs", "build", "--strict", "--site-dir", str(target)),
        folder=academy.root,
        environment={"SOURCE_DATE_EPOCH": str(build_epoch(academy.site)), "SITE_URL": url},
    )
    assert done.returncode == 0, done.stderr
    ours, stock = tree(academy.site), tree(target)
    assert sorted(ours) == sorted(stock)
    assert [path for path in ours if ours[path] != stock[path]] == []
    assert not filecmp.dircmp(academy.site, target).diff_files


def test_the_site_needs_no_plugin_or_hook_of_ours() -> None:
    settings = yaml_load((ACADEMY / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["plugins"] == ALLOWED_PLUGINS
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
