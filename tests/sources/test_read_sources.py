"""Files of sources: read in order, in one process or several, whatever is wrong with one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator import sources
from generator.sources import find_source_files, read_source, read_sources
from tests.academy import ACADEMY, LIBRARY


def academy_files() -> tuple[Path, ...]:
    """Profiles and bibliographies of every layout."""
    places = [ACADEMY / "content" / "profiles", LIBRARY / "content" / "bibliography"]
    return find_source_files(places)


def test_several_processes_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    files = academy_files()
    assert len(files) > 5
    assert list(read_sources(files)) == list(map(read_source, files))


def test_an_enormous_file_is_reported_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST_FILE", 2**20)
    (tmp_path / "large.bib").write_bytes(b"x" * (2**20 + 1))
    (tmp_path / "small.bib").write_text("@misc{a, title={One}}", encoding="utf-8")
    large, small = read_sources(find_source_files([tmp_path]))
    assert [(p.quarantined, p.message) for p in large.problems] == [
        (True, "the file is larger than 1 MB and is not read: divide it")
    ]
    assert [paper.title for paper in small.papers] == ["One"]


def test_a_file_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    (result,) = read_sources([tmp_path / "gone.bib"])
    assert [(p.quarantined, p.place) for p in result.problems] == [
        (True, (tmp_path / "gone.bib").as_posix())
    ]
