"""Writing documents: only what changed is written, only what was written is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.documents import Document
from generator.errors import BuildError
from generator.site.manifest import Manifest, Written, write_documents
from tests.academy import tree


def write(folder: Path, *documents: Document) -> Written:
    """Write documents into a folder whose manifest stands beside it."""
    return write_documents(documents, folder / "docs", Manifest(folder / "docs.manifest"))


def counts(written: Written) -> tuple[int, int, int, int]:
    """New, changed, unchanged and deleted files."""
    return written.new, written.changed, written.unchanged, written.deleted


def test_files_are_new_then_unchanged_then_changed_then_deleted(tmp_path: Path) -> None:
    a, b = Document("a.md", "A"), Document("papers/b.md", "Ä")
    assert counts(write(tmp_path, a, b)) == (2, 0, 0, 0)
    assert tree(tmp_path / "docs") == {"a.md": b"A", "papers/b.md": "Ä".encode()}
    assert counts(write(tmp_path, a, b)) == (0, 0, 2, 0)
    assert counts(write(tmp_path, Document("a.md", "B"), b)) == (0, 1, 1, 0)
    assert counts(write(tmp_path, Document("a.md", "B"))) == (0, 0, 1, 1)
    assert tree(tmp_path / "docs") == {"a.md": b"B"}
    assert not (tmp_path / "docs" / "papers").exists()


def test_a_file_that_did_not_change_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path, Document("a.md", "A"))
    before = (tmp_path / "docs" / "a.md").stat()
    write(tmp_path, Document("a.md", "A"))
    after = (tmp_path / "docs" / "a.md").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_a_file_that_somebody_spoilt_is_mended(tmp_path: Path) -> None:
    write(tmp_path, Document("a.md", "A"))
    (tmp_path / "docs" / "a.md").write_text("spoilt", encoding="utf-8")
    assert counts(write(tmp_path, Document("a.md", "A"))) == (0, 1, 0, 0)
    (tmp_path / "docs" / "a.md").unlink()
    write(tmp_path, Document("a.md", "A"))
    assert tree(tmp_path / "docs") == {"a.md": b"A"}


def test_files_of_others_are_never_deleted(tmp_path: Path) -> None:
    write(tmp_path, Document("papers/a.md", "A"), Document("b.md", "B"))
    (tmp_path / "docs" / "papers" / "mine.md").write_text("mine", encoding="utf-8")
    written = write(tmp_path, Document("b.md", "B"))
    assert written.deleted == 1
    assert tree(tmp_path / "docs") == {"b.md": b"B", "papers/mine.md": b"mine"}


@pytest.mark.parametrize("second", ["a.md", "A.md"])
def test_of_two_documents_with_one_path_the_first_is_written(tmp_path: Path, second: str) -> None:
    written = write(tmp_path, Document("a.md", "first"), Document(second, "second"))
    assert tree(tmp_path / "docs") == {"a.md": b"first"}
    assert [problem.origin for problem in written.problems] == [second]
    assert written.paths == {"a.md"}


def test_a_run_that_was_stopped_leaves_no_file_that_nobody_knows_of(tmp_path: Path) -> None:
    def stopped() -> Iterator[Document]:
        yield Document("b.md", "B")
        for number in range(1000):
            yield Document(f"papers/{number}.md", "old")
        raise KeyboardInterrupt

    write(tmp_path, Document("a.md", "A"))
    with pytest.raises(KeyboardInterrupt):
        write_documents(stopped(), tmp_path / "docs", Manifest(tmp_path / "docs.manifest"))
    write(tmp_path, Document("c.md", "C"))
    assert tree(tmp_path / "docs") == {"c.md": b"C"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "docs.manifest"]


def test_a_place_that_cannot_be_written_ends_the_run_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "docs").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(BuildError, match=r"docs.*: cannot write: "):
        write(tmp_path, Document("papers/a.md", "A"))
