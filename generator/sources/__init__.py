"""Sources: one module per format, each a pure function from bytes to records and problems.

A format is a module in this package with

    SUFFIXES: frozenset[str]                       file endings that belong to the format
    parse(data: bytes, origin: str) -> SourceResult

and nothing has to be registered: `formats` finds it. `parse` never raises on bad data; what it
does not understand becomes a `Problem`, and the records beside it survive.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from generator.errors import Problem, Severity, UsageError
from generator.records import SourceResult

LARGEST_FILE = 512 * 2**20
"""Bytes of the largest file that is read; all of the ACL Anthology's BibTeX is a fifth of it."""
_WORTH_PROCESSES = 4 * 2**20
"""Bytes from which on two processes, with the time to start them, read faster than one."""


class SourceFormat(Protocol):
    """What a module of this package offers when it is a format."""

    SUFFIXES: frozenset[str]

    def parse(self, data: bytes, origin: str) -> SourceResult:
        """Understand one file."""


@cache
def formats() -> dict[str, SourceFormat]:
    """Every format of this package, by file ending."""
    found: dict[str, SourceFormat] = {}
    for module_info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        for suffix in getattr(module, "SUFFIXES", ()):
            found[suffix] = cast("SourceFormat", module)
    return found


def read_source(path: Path) -> SourceResult:
    """Read and parse one file; a file that cannot be read is a problem, not an exception."""
    origin = path.as_posix()
    source = formats().get(path.suffix.lower())
    if source is None:
        known = ", ".join(sorted(formats()))
        message = f"not read: expected a file ending in {known}"
        return SourceResult(problems=(Problem(origin, None, message),))
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        return _unread(origin, f"the file cannot be read: {error.strerror}")
    if size > LARGEST_FILE:
        largest = LARGEST_FILE // 2**20
        return _unread(origin, f"the file is larger than {largest} MB and is not read: divide it")
    return source.parse(data, origin)


def _unread(origin: str, message: str) -> SourceResult:
    return SourceResult(problems=(Problem(origin, None, message, "", Severity.QUARANTINED),))


def read_sources(paths: Sequence[Path]) -> Iterator[SourceResult]:
    """Read and parse files, in their order; where they are many and large, in several processes."""
    processes = min(os.cpu_count() or 1, len(paths))
    if processes < 2 or sum(map(_size, paths)) < _WORTH_PROCESSES:
        yield from map(read_source, paths)
        return
    with ProcessPoolExecutor(processes, initializer=_live_to_the_end) as executor:
        yield from executor.map(read_source, paths)


def _live_to_the_end() -> None:
    """Records are kept until all is read: to look for garbage among them costs a sixth."""
    gc.set_threshold(100_000, 50, 50)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def find_source_files(places: Iterable[Path], *, sources_alone: bool = False) -> tuple[Path, ...]:
    """The files among and below `places`, sorted, each once; hidden ones are left out.

    With `sources_alone`, of a folder only those are taken that can be a source by their ending.
    Raises UsageError for a place that does not exist.
    """
    found: dict[Path, Path] = {}
    for place in places:
        if not place.exists():
            raise UsageError(f"{place}: no such file or folder")
        below = _files_below(place) if place.is_dir() else iter([place])
        for path in below:
            if path == place or not sources_alone or path.suffix.lower() in formats():
                found.setdefault(path.resolve(), path)
    return tuple(sorted(found.values()))


def _files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
