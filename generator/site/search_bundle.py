"""One index of Pagefind: the same pages in the same order give the same bytes.

Run over a folder, Pagefind numbers the pages as the file system happens to list them, and writes
what stands in its hash maps in another order each time. So its service is given the pages one by
one, and what is left to chance is sorted in what it answers. What is found stays the same.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import BufferedReader, BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, cast

import cbor2

from generator.errors import BuildError

_SERVICE: Final = (sys.executable, "-m", "pagefind", "--service")
_AHEAD: Final = 16
"""Requests that wait for an answer: enough to keep it busy, and few in memory."""
_ENTRY: Final = "pagefind-entry.json"
_HEAD: Final = b"pagefind_dcd"
"""Stands before the CBOR of each file of an index."""


def make_bundle(pages: Iterable[tuple[str, str]], bundle: Path) -> None:
    """Index pages, each a path in the site and its HTML, into a new folder.

    Raises BuildError when Pagefind fails, or when no page has a word.
    """
    files = _run_pagefind(pages)
    _sort_files(files)
    for folder in {(bundle / path).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (bundle / path).write_bytes(data)


def _failure(reason: str) -> BuildError:
    return BuildError(f"the search index could not be made: {reason}")


# -- Pagefind's service ---------------------------------------------------------------------------


def _run_pagefind(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The files of an index by their paths.

    Pagefind 1.5.2 says that it has written them before it has, and loses the rest when it ends
    (https://github.com/Pagefind/pagefind/issues/1271), so it is asked for what they hold.
    """
    # A pagefind.yml where the command runs, or a variable, is not meant for us.
    environment = {name: value for name, value in os.environ.items() if "PAGEFIND" not in name}
    with (
        tempfile.TemporaryDirectory() as nowhere,
        tempfile.TemporaryFile() as log,
        subprocess.Popen(  # noqa: S603  # our own interpreter
            _SERVICE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=nowhere,
            env=environment,
        ) as process,
    ):
        stdin, stdout = cast("IO[bytes]", process.stdin), cast("BufferedReader", process.stdout)
        for answer in _ask(_requests(pages), stdin, stdout):
            if answer["type"] == "Error":
                raise _failure(f"pagefind says: {answer['message']}")
            if answer["type"] == "GetFiles":
                return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        process.wait()
        log.seek(0)
        raise _failure(f"pagefind says: {log.read().decode('utf-8', 'replace').strip()}")


def _requests(pages: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    """What its own packages for Python and Node.js send: JSON in Base64, ended by a comma."""

    def encode(kind: str, **values: object) -> bytes:
        request = {"message_id": 0, "payload": {"type": kind, **values}}
        return base64.b64encode(json.dumps(request).encode()) + b","

    yield encode("NewIndex", config=None)
    for path, html in pages:
        yield encode("AddFile", index_id=0, file_path=path, url=None, file_contents=html)
    yield encode("GetFiles", index_id=0)


def _ask(
    requests: Iterable[bytes], stdin: IO[bytes], stdout: BufferedReader
) -> Iterator[Mapping[str, Any]]:
    """The answers, in the order of the requests; they end early where Pagefind does."""
    answers = _read_answers(stdout)
    # Its input is left open until the last answer: it stops where that ends.
    with suppress(BrokenPipeError), stdin:
        for number, request in enumerate(requests):
            stdin.write(request)
            stdin.flush()
            if number >= _AHEAD:
                yield from islice(answers, 1)
        yield from answers


def _read_answers(stdout: BufferedReader) -> Iterator[Mapping[str, Any]]:
    message = bytearray()
    while received := stdout.read1(1 << 16):
        *ends, begun = received.split(b",")
        for end in ends:
            message += end
            yield json.loads(base64.b64decode(message))["payload"]
            message.clear()
        message += begun


# -- its files ------------------------------------------------------------------------------------


def _sort_files(files: dict[str, bytes]) -> None:
    """Sort what Pagefind has in no order; files are named by their content, so names change."""
    entry = json.loads(files[_ENTRY])
    if not entry["languages"]:
        raise _failure("no page has a word")
    entry["languages"] = dict(sorted(entry["languages"].items()))
    for language, facts in entry["languages"].items():
        facts["hash"] = _sort_language(files, language, facts["hash"])
    files[_ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


def _sort_language(files: dict[str, bytes], language: str, name: str) -> str:
    """Sort the filters of a language and the table of its files; returns the table's new name."""
    release, pages, chunks, filters, orders, fields = _take(files, f"pagefind.{name}.pf_meta")
    for described in filters:
        title, values = _take(files, f"filter/{described[1]}.pf_filter")
        described[1] = _put(files, "filter/{}.pf_filter", language, [title, sorted(values)])
    table = [release, pages, chunks, sorted(filters), sorted(orders), fields]
    return _put(files, "pagefind.{}.pf_meta", language, table)


def _take(files: dict[str, bytes], path: str) -> Any:
    return cbor2.loads(gzip.decompress(files.pop(path)).removeprefix(_HEAD))


def _put(files: dict[str, bytes], path: str, language: str, content: object) -> str:
    """Add a file, named as Pagefind does it by language and content; returns the name."""
    data = cbor2.dumps(content)
    name = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
    packed = BytesIO()
    # No time, no name, and one head whichever Python writes it.
    with gzip.GzipFile("", "wb", fileobj=packed, mtime=0) as file:
        file.write(_HEAD + data)
    files[path.format(name)] = packed.getvalue()
    return name
