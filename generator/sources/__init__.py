"""Sources: one module per format, each a pure function from bytes to records and problems.

A format is a module in this package with

    SUFFIXES: frozenset[str]                       file endings that belong to the format
    parse(data: bytes, origin: str) -> SourceResult

and nothing has to be registered: `formats` finds it. `parse` never raises on bad data; what it
does not understand becomes a `Problem`, and the records beside it survive.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from generator.errors import Problem, UsageError
from generator.records import SourceResult


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
        data = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return SourceResult(problems=(Problem(origin, None, message),))
    return source.parse(data, origin)


def find_source_files(places: Iterable[Path]) -> tuple[Path, ...]:
    """The files among and below `places`, sorted; hidden ones are left out.

    Raises UsageError for a place that does not exist.
    """
    found: set[Path] = set()
    for place in places:
        if not place.exists():
            raise UsageError(f"{place}: no such file or folder")
        found.update(_files_below(place) if place.is_dir() else [place])
    return tuple(sorted(found))


def _files_below(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
