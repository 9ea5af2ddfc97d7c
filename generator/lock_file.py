"""The file of permanent ids, `content/ids.lock`: read before a catalogue is built, and written."""

from __future__ import annotations

from pathlib import Path

from generator.catalogue.ids import IdLock, parse_lock
from generator.errors import BuildError


def read_lock(path: Path) -> IdLock:
    """The ids of a file, none where it is missing. Raises BuildError when it cannot be read."""
    data = path.read_bytes() if path.is_file() else b""
    try:
        lock, problems = parse_lock(data.decode(), path.as_posix())
    except UnicodeDecodeError as error:
        raise BuildError(
            f"{path}: not valid UTF-8: the byte at offset {error.start} of the file; restore it "
            "from its last commit, or every address may change"
        ) from error
    if problems:
        # Written anew, the lock would lose what these lines keep.
        raise BuildError("\n".join(map(str, problems)))
    return lock


def write_lock(path: Path, lock: IdLock) -> bool:
    """Freeze new ids; says whether there were any in addition to those known before."""
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if before == lock.text:
        return False
    fresh = path.with_name(".ids.lock.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(lock.text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise BuildError(f"{path}: the ids cannot be frozen: {error.strerror}") from error
    return bool(before)
