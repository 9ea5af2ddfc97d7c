"""From the bytes of a file to lines of text, with the YAML front matter taken off."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.errors import Problem, Severity
from generator.validation import Path, key_lines

_NEWLINE = re.compile(r"\r\n?|\n")
_SURROGATE = re.compile("[\udc80-\udcff]")
_SAMPLE = 8192
"""Bytes at the head of a file that are looked at to tell text from binary data."""

_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""By byte order mark; UTF-32 stands before UTF-16, whose mark it begins with."""

_FRONT_MATTER = YAMLHandler()


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as text.

    `lines[0]` is line `first_line` of the file. `front_matter` is what the YAML block at the
    file's head holds and `key_lines` the line of each of its keys in the file. `bad_bytes` gives
    the offset of the first byte that is not UTF-8, by line; in `lines` such a byte is a lone
    surrogate.
    """

    lines: tuple[str, ...]
    first_line: int = 1
    front_matter: Mapping[str, object] = field(default_factory=dict)
    key_lines: Mapping[Path, int] = field(default_factory=dict)
    bad_bytes: Mapping[int, int] = field(default_factory=dict)


def read_text_file(data: bytes, origin: str) -> tuple[TextFile, tuple[Problem, ...]]:
    """Decode a file and split it into lines; no lines, and a problem, when it is not text.

    UTF-8 with or without a byte order mark, and UTF-16 or UTF-32 with one; any line ending.
    """
    if is_binary(data):
        offset = max(data.find(b"\0"), 0)
        message = f"this is a binary file (NUL byte at offset {offset}): expected UTF-8 text"
        return TextFile(()), (Problem(origin, None, message, severity=Severity.QUARANTINED),)
    text = _decode(data)
    bad_bytes = _bad_bytes(text, len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
    text = _NEWLINE.sub("\n", text)
    if not _FRONT_MATTER.detect(text):
        return TextFile(tuple(text.split("\n")), bad_bytes=bad_bytes), ()
    return _split_front_matter(text, origin, bad_bytes)


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: NUL bytes, and no byte order mark that explains them."""
    if any(data.startswith(mark) for mark, _ in _ENCODINGS):
        return False
    head = data[:_SAMPLE]
    nul_bytes = head.count(b"\0")
    if nul_bytes == 0:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return nul_bytes * 100 > len(head)


def _decode(data: bytes) -> str:
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            errors = "surrogateescape" if encoding == "utf-8" else "replace"
            return data[len(mark) :].decode(encoding, errors)
    return data.decode("utf-8", "surrogateescape")


def _bad_bytes(text: str, offset: int) -> dict[int, int]:
    """Offset of the first byte that is not UTF-8 in each line that has one, by 1-based line."""
    found: dict[int, int] = {}
    line, last = 1, 0
    for match in _SURROGATE.finditer(text):
        before = text[last : match.start()]
        offset += len(before.encode("utf-8", "surrogateescape"))
        line += len(_NEWLINE.findall(before))
        last = match.start()
        found.setdefault(line, offset)
    return found


def _split_front_matter(
    text: str, origin: str, bad_bytes: Mapping[int, int]
) -> tuple[TextFile, tuple[Problem, ...]]:
    try:
        block, body = _FRONT_MATTER.split(text)
    except ValueError:
        first, _, body = text.partition("\n")
        message = "the front matter begins here and has no end: expected a second line `---`"
        file = TextFile(tuple(body.split("\n")), first_line=2, bad_bytes=bad_bytes)
        return file, (Problem(origin, 1, message, first),)
    opening = text[: text.index(block)].count("\n")
    values, problems = _load_front_matter(block, origin, opening)
    file = TextFile(
        lines=tuple(body.split("\n")),
        first_line=text.count("\n") - body.count("\n") + 1,
        front_matter=values,
        key_lines={path: line + opening for path, line in key_lines(block).items()},
        bad_bytes=bad_bytes,
    )
    return file, problems


def _load_front_matter(
    block: str, origin: str, opening: int
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """The values of a front matter block that `opening` lines stand before."""
    try:
        values: object = _FRONT_MATTER.load(block)
    # An impossible timestamp such as 2026-99-99 is a ValueError, deep nesting a RecursionError.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        line = opening + 1 + (mark.line if mark else 1)
        message = f"the front matter is not valid YAML: {what}"
        return {}, (Problem(origin, line, message, block),)
    if values is None:
        return {}, ()
    if not isinstance(values, dict):
        message = "the front matter is no mapping: expected lines such as `name: Ada Byron`"
        return {}, (Problem(origin, opening + 2, message, block),)
    return {str(key): value for key, value in values.items()}, ()
