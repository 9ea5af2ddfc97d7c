"""From the bytes of a file to lines of text, with the YAML front matter taken off."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.errors import Problem, Severity
from generator.sources.front_matter import FrontMatter, cut_front_matter, find_front_matter
from generator.validation import Path

_SURROGATE = re.compile("[\udc80-\udcff]")
_SAMPLE = 8192
"""Bytes at the head of a file that are looked at to tell text from binary data."""

_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
"""By byte order mark; UTF-32 stands before UTF-16, whose mark it begins with."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file as text, or one of several files that were joined into one.

    `lines[0]` is line `first_line` of the file. `front_matter` is what the YAML block above it
    holds, `front_lines` the lines of that block by number, and `key_lines` the line of each of its
    keys. `bad_bytes` gives, by line, the offset of the first byte that is no text in `encoding`.
    """

    lines: tuple[str, ...]
    first_line: int = 1
    front_matter: Mapping[str, object] = field(default_factory=dict)
    front_lines: Mapping[int, str] = field(default_factory=dict)
    key_lines: Mapping[Path, int] = field(default_factory=dict)
    bad_bytes: Mapping[int, int] = field(default_factory=dict)
    encoding: str = "UTF-8"

    def raw(self, first: int, last: int) -> str:
        r"""Lines `first` to `last` as they stand in the file; a byte that is no text as `\xff`."""
        lines = self.lines[first - self.first_line : last - self.first_line + 1]
        return show_bytes("\n".join(lines))


@dataclass(frozen=True, slots=True)
class _Decoded:
    text: str
    encoding: str
    bad_bytes: Mapping[int, int]


def read_text_file(data: bytes, origin: str) -> tuple[TextFile, tuple[Problem, ...]]:
    """Decode a file and split it into lines; no lines, and a problem, when it is not text.

    UTF-8 with or without a byte order mark, and UTF-16 or UTF-32 with one; any line ending.
    """
    if is_binary(data):
        offset = max(data.find(b"\0"), 0)
        message = f"this is a binary file (NUL byte at offset {offset}): expected UTF-8 text"
        return TextFile(()), (Problem(origin, None, message, severity=Severity.QUARANTINED),)
    decoded = _decode(data)
    lines = tuple(decoded.text.split("\n"))
    found, problems = cut_front_matter(lines, origin)
    file = TextFile(lines, bad_bytes=decoded.bad_bytes, encoding=decoded.encoding)
    return _without_front_matter(file, found), problems


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text: NUL bytes, and no byte order mark that explains them."""
    if any(data.startswith(mark) for mark, _, _ in _ENCODINGS):
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


def show_bytes(text: str) -> str:
    r"""The text with every undecoded byte as `\xff`, so that it can be written again."""
    if text.isascii():
        return text
    try:
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return data.decode("utf-8", "backslashreplace")


def split_joined(file: TextFile, origin: str) -> tuple[TextFile, ...]:
    """The file, cut before each front matter in its middle: there another file was joined to it.

    Front matter in the middle is what stands between two lines `---` not far apart and is YAML
    with keys; any other such lines are left as they are.
    """
    blocks = list(find_front_matter(file.lines, file.first_line, origin))
    if not blocks:
        return (file,)
    starts = [block.first_line for block in blocks]
    head = replace(file, lines=file.lines[: starts[0] - file.first_line])
    parts = [head] if any(line.strip() for line in head.lines) else []
    ends = [*starts[1:], file.first_line + len(file.lines)]
    for block, start, end in zip(blocks, starts, ends, strict=True):
        lines = file.lines[start - file.first_line : end - file.first_line]
        part = replace(file, lines=lines, first_line=start)
        parts.append(_without_front_matter(part, block))
    return tuple(parts)


def _without_front_matter(file: TextFile, found: FrontMatter | None) -> TextFile:
    if found is None:
        return file
    return replace(
        file,
        lines=file.lines[found.body_line - file.first_line :],
        first_line=found.body_line,
        front_matter=found.values,
        front_lines={
            number: show_bytes(file.lines[number - file.first_line])
            for number in range(found.first_line, found.body_line)
        },
        key_lines=found.key_lines,
    )


def _decode(data: bytes) -> _Decoded:
    """The text with newlines for all line ends, and where it is not text."""
    mark, encoding, name = next(
        (known for known in _ENCODINGS if data.startswith(known[0])), (b"", "utf-8", "UTF-8")
    )
    body = data[len(mark) :]
    try:
        return _Decoded(_with_newlines(body.decode(encoding)), name, {})
    except UnicodeDecodeError:
        pass
    if encoding == "utf-8":
        text = _with_newlines(body.decode(encoding, "surrogateescape"))
        return _Decoded(text, name, _bad_bytes(data, len(mark)))
    text = _with_newlines(body.decode(encoding, "replace"))
    lines = enumerate(text.split("\n"), start=1)
    bad = [number for number, line in lines if "\ufffd" in line]
    return _Decoded(text, name, dict.fromkeys(bad, _first_fault(data, len(mark), encoding)))


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_LINE_END = re.compile(rb"\r\n?|\n")


def _bad_bytes(data: bytes, offset: int) -> dict[int, int]:
    """Offset of the first byte that is not UTF-8 in each line that has one, by 1-based line."""
    found: dict[int, int] = {}
    start = offset
    ends = [match.span() for match in _LINE_END.finditer(data, offset)]
    for number, (end, after) in enumerate([*ends, (len(data), len(data))], start=1):
        line = data[start:end]
        if not line.isascii():
            text = line.decode("utf-8", "surrogateescape")
            match = _SURROGATE.search(text)
            if match:
                before = text[: match.start()].encode("utf-8")
                found[number] = start + len(before)
        start = after
    return found


def _first_fault(data: bytes, offset: int, encoding: str) -> int:
    try:
        data[offset:].decode(encoding)
    except UnicodeDecodeError as error:
        return offset + error.start
    return offset
