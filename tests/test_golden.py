"""The generated Markdown and BibTeX of the academy, file by file, as it was last approved.

After a change of what pages say: `pytest tests/test_golden.py --update-golden`, then read
`git diff tests/golden`.
"""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.academy import (
    TESTS,
    BuiltAcademy,
    build_academy,
    copy_academy,
    make_documents,
    run_authorpages,
    tree,
)

GOLDEN = TESTS / "golden"
COMPARED = (".md", ".bib", ".ris", ".json", ".xml", ".cite.html")
CITED = (".md", ".bib", ".ris", ".csl.json", ".xml", ".cite.html")
"""Files that do not say at which line of which file a record stands."""


def texts(folder: Path) -> dict[str, str]:
    """The compared files below a folder, decoded."""
    files = tree(folder) if folder.is_dir() else {}
    return {path: data.decode() for path, data in files.items() if path.endswith(COMPARED)}


def write_golden(found: dict[str, str]) -> None:
    """Replace the golden site."""
    for folder in (path for path in GOLDEN.iterdir() if path.is_dir()):
        shutil.rmtree(folder)
    for path in GOLDEN.iterdir():
        if path.suffix in COMPARED:
            path.unlink()
    for name, text in found.items():
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_bytes(text.encode())


def differences(golden: dict[str, str], found: dict[str, str]) -> Iterable[str]:
    """What a person must see to judge a change: missing files, new files, lines that differ."""
    for path in sorted(golden.keys() | found.keys()):
        if path not in found:
            yield f"not generated any more: {path}"
        elif path not in golden:
            yield f"generated, and not in tests/golden: {path}"
        elif golden[path] != found[path]:
            lines = difflib.unified_diff(
                golden[path].splitlines(),
                found[path].splitlines(),
                f"golden/{path}",
                f"generated/{path}",
                lineterm="",
                n=1,
            )
            yield "\n".join(lines) or f"only line endings differ: {path}"


def test_generated_site_is_the_golden_one(
    library: BuiltAcademy, request: pytest.FixtureRequest
) -> None:
    found = texts(library.docs)
    if request.config.getoption("--update-golden"):
        write_golden(found)
    report = "\n\n".join(differences(texts(GOLDEN), found))
    assert not report, f"{report}\n\nIf this is meant: --update-golden, and read the diff"


def test_a_difference_in_one_character_is_reported_with_its_file_and_line() -> None:
    report = list(differences({"a.md": "one\ntwo\n"}, {"a.md": "one\ntow\n", "b.md": ""}))
    assert report[0].splitlines()[:2] == ["--- golden/a.md", "+++ generated/a.md"]
    assert report[0].splitlines()[-2:] == ["-two", "+tow"]
    assert report[1:] == ["generated, and not in tests/golden: b.md"]


def test_a_second_build_writes_nothing_new(tmp_path: Path) -> None:
    root = copy_academy(tmp_path / "academy")
    first = build_academy(root)
    lock = (root / "content" / "ids.lock").read_bytes()
    before = {path: path.stat().st_mtime_ns for path in first.docs.rglob("*") if path.is_file()}
    times = {p: p.stat().st_mtime_ns for p in first.site.rglob("*") if p.is_file()}
    pages = tree(first.site)
    second = build_academy(root)
    assert first.report.written is not None
    assert second.report.written is not None
    assert first.report.written.new == len(before)
    written = second.report.written
    assert (written.new, written.changed, written.deleted) == (0, 0, 0)
    assert written.unchanged == len(before)
    assert {p: p.stat().st_mtime_ns for p in first.docs.rglob("*") if p.is_file()} == before
    assert tree(second.site) == pages
    assert {p: p.stat().st_mtime_ns for p in second.site.rglob("*") if p.is_file()} == times
    assert (root / "content" / "ids.lock").read_bytes() == lock
    assert not second.report.lock_grew


def test_a_frozen_address_survives_a_new_spelling_of_the_name(academy: BuiltAcademy) -> None:
    lock = (academy.root / "content" / "ids.lock").read_text(encoding="utf-8")
    assert "person\tada-quill\tada b quill\n" in lock
    assert (academy.docs / "authors" / "ada-quill.md").is_file()
    assert not (academy.docs / "authors" / "ada-b-quill.md").exists()


def test_names_of_profile_files_change_no_page(academy: BuiltAcademy, tmp_path: Path) -> None:
    root = copy_academy(tmp_path / "academy")
    folder = root / "content" / "profiles"
    files = sorted(folder.iterdir())
    for number, path in enumerate(reversed(files)):
        path.rename(folder / f"{number:03}.txt")
    found = {p: t.decode() for p, t in make_documents(root).items() if p.endswith(CITED)}
    expected = {p: t for p, t in texts(academy.docs).items() if p.endswith(CITED)}
    assert not "\n".join(differences(expected, found))


def test_order_of_records_changes_no_page(academy: BuiltAcademy, tmp_path: Path) -> None:
    root = copy_academy(tmp_path / "academy")
    path = root / "content" / "profiles" / "mallory.txt"
    head, *records = path.read_text(encoding="utf-8").split("\nCRJan ")
    shuffled = [record.rstrip("\n") + "\n" for record in reversed(records)]
    path.write_text("\nCRJan ".join([head, *shuffled]), encoding="utf-8")
    found = {p: t.decode() for p, t in make_documents(root).items() if p.endswith(CITED)}
    expected = {p: t for p, t in texts(academy.docs).items() if p.endswith(CITED)}
    assert not "\n".join(differences(expected, found))


def test_hash_seed_time_zone_and_locale_change_no_byte(
    academy: BuiltAcademy, tmp_path: Path
) -> None:
    root = copy_academy(tmp_path / "academy")
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C", "COLUMNS": "20"}
    assert run_authorpages("build", folder=root, environment=elsewhere).returncode == 0
    for name in ("site", "build/docs"):
        ours, theirs = tree(academy.root / name), tree(root / name)
        assert [path for path in ours if ours[path] != theirs.get(path)] == []
        assert sorted(ours) == sorted(theirs)


def test_a_deleted_profile_takes_its_own_pages_and_no_others(tmp_path: Path) -> None:
    root = copy_academy(tmp_path / "academy")
    before = build_academy(root)
    pages = set(tree(before.docs))
    foreign = before.docs / "papers" / "mine.txt"
    foreign.write_text("put here by somebody else", encoding="utf-8")
    (root / "content" / "profiles" / "han-xuemei.txt").unlink()
    after = build_academy(root)
    gone = pages - set(tree(after.docs))
    papers = {"deng-long-de-ji-he-xue", "lantern-r1-deng-long-recognition-for-everyone"}
    people = {"han-xue-mei", "ou-yang-ming", "i-sun-sin"}
    pages_gone = {f"papers/{paper}" for paper in papers} | {f"authors/{p}" for p in people}
    lists_gone = {"authors/by/h.md", "authors/by/o.md", "authors/by/i.md"}
    endings = {*COMPARED, *CITED} - {".xml", ".cite.html"}  # feeds have to name the site's address
    expected = {f"{page}{ending}" for page in pages_gone for ending in endings}
    expected |= {f"papers/{paper}.cite.html" for paper in papers}
    assert gone - expected <= lists_gone | {"years/2024-2.md"}
    assert expected <= gone
    assert foreign.is_file()
    assert after.report.written is not None
    assert after.report.written.new == 0
    assert not (after.site / "authors" / "han-xue-mei").exists()
    assert any("han-xue-mei" in problem.message for problem in after.report.problems)
