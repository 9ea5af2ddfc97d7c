"""What all hand-written files have in common: a text below the front matter, and addresses."""

from __future__ import annotations

from generator.errors import Problem
from generator.markup import link_target
from generator.sources.reading import TextFile


def body_of(file: TextFile) -> str:
    """The text below the front matter, without blank lines around it."""
    text = "\n".join(file.lines).strip()
    return text.encode("utf-8", "replace").decode()


def body_line(file: TextFile) -> int:
    """The line on which the body's text begins."""
    blank = next((n for n, line in enumerate(file.lines) if line.strip()), 0)
    return file.first_line + blank


def undecoded(file: TextFile, origin: str) -> tuple[Problem, ...]:
    """A problem for every line that holds bytes which are no text."""
    return tuple(
        Problem(origin, line, f"not valid UTF-8: the byte at offset {offset} of the file")
        for line, offset in file.bad_bytes.items()
    )


def is_web_address(url: str | None) -> bool:
    """Whether a page may link to it as an http or https address."""
    return bool(url and link_target(url) and url.lower().startswith("http"))
