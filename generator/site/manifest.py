"""Write documents into a folder: only what changed, and delete only what was written before.

The manifest lists every file that was written. While a run writes, each new path goes to a
journal first, so that a run that was killed leaves no file that nobody knows of.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from generator.documents import Document
from generator.errors import BuildError, Problem

_BATCH = 500
"""Documents that are written after one entry in the journal."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did to a folder; the counts are of files."""

    new: int
    changed: int
    unchanged: int
    deleted: int
    paths: frozenset[str]
    problems: tuple[Problem, ...]


class Manifest:
    """The list of files written into a folder, kept beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._journal = path.with_suffix(".journal")

    def read(self) -> set[str]:
        """Every path that an earlier run wrote or was about to write."""
        known: set[str] = set()
        for file in (self._path, self._journal):
            if file.is_file():
                known.update(file.read_text(encoding="utf-8").splitlines())
        return known

    def write(self, paths: Iterable[str]) -> None:
        """Replace the list; the journal of the run is closed."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text("".join(f"{path}\n" for path in sorted(paths)), encoding="utf-8")
        fresh.replace(self._path)
        self._journal.unlink(missing_ok=True)

    def journal(self, paths: Iterable[str]) -> None:
        """Note paths that are about to be written for the first time."""
        lines = "".join(f"{path}\n" for path in paths)
        if lines:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._journal.open("a", encoding="utf-8") as stream:
                stream.write(lines)


def write_documents(documents: Iterable[Document], folder: Path, manifest: Manifest) -> Written:
    """Make `folder` hold exactly these documents, beside files that others put there.

    Of two documents with one path (in any case: some file systems know no case), the first is
    written and the second becomes a problem. Raises BuildError when a file cannot be written.
    """
    known = manifest.read()
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    try:
        for batch in _batches(_first_of_each(documents, seen, problems)):
            manifest.journal(d.path for d in batch if d.path not in known)
            for document in batch:
                path = f"{folder}/{document.path}"
                counts[_write(path, document.data, known=document.path in known)] += 1
        paths = frozenset(seen.values())
        gone = known - paths
        for path in gone:
            _delete(folder, path)
        manifest.write(paths)
    except OSError as error:
        raise BuildError(f"{error.filename or folder}: cannot write: {error.strerror}") from error
    return Written(deleted=len(gone), paths=paths, problems=tuple(problems), **counts)


def paths_of(documents: Iterable[Document]) -> tuple[frozenset[str], tuple[Problem, ...]]:
    """The paths that `write_documents` would write, and the problems that it would find."""
    seen: dict[str, str] = {}
    problems: list[Problem] = []
    for _ in _first_of_each(documents, seen, problems):
        pass
    return frozenset(seen.values()), tuple(problems)


def _first_of_each(
    documents: Iterable[Document], seen: dict[str, str], problems: list[Problem]
) -> Iterator[Document]:
    """The documents of which no earlier one has the address, which are noted in `seen`."""
    for document in documents:
        folded = _address(document.path)
        if folded in seen:
            message = f"{seen[folded]} has this address already; this one is left out: rename it"
            problems.append(Problem(document.path, None, message))
            continue
        seen[folded] = document.path
        yield document


def _address(path: str) -> str:
    """Where a document will stand on the site: `x.md`, `x/index.md` and `X.md` are one address."""
    folded = path.casefold()
    return folded.removesuffix(".md").removesuffix("/index") if folded.endswith(".md") else folded


def _batches(documents: Iterator[Document]) -> Iterator[list[Document]]:
    """The documents some hundreds at a time, so that the journal is not opened for each."""
    while batch := list(islice(documents, _BATCH)):
        yield batch


def _write(path: str, data: bytes, *, known: bool) -> str:
    """Write a file unless it holds the data already; says what was done.

    A file that a killed run left half written differs from its data, and is written again.
    """
    if not known:
        try:
            _put(path, data, "xb")
        except FileExistsError:
            pass
        else:
            return "new"
    try:
        with open(path, "rb") as stream:
            if stream.read() == data:
                return "unchanged"
    except FileNotFoundError:
        known = False
    _put(path, data, "wb")
    return "changed" if known else "new"


def _put(path: str, data: bytes, mode: str) -> None:
    try:
        with open(path, mode) as stream:
            stream.write(data)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, mode) as stream:
            stream.write(data)


def _delete(folder: Path, path: str) -> None:
    """Delete a file that was written before, and the folders that it leaves empty."""
    file = folder / path
    file.unlink(missing_ok=True)
    for parent in file.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            break
        parent.rmdir()
