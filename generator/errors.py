"""What can go wrong, in two kinds.

A `Problem` is a value: something in the input was not understood or deserves a look, and the
run goes on. An exception means that the run cannot go on:

    AuthorPagesError            every error of ours; carries the exit code of the command line
    ├── UsageError              exit 2: the command or the configuration is wrong
    │   └── ConfigurationError  exit 2: all faults of a configuration file, each with its line
    └── BuildError              exit 3: nothing could be built; the old site is untouched
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much of the input a problem keeps from being published."""

    QUARANTINED = "quarantined"
    """A record could not be understood; it stands in the report and not on the site."""
    NOTE = "note"
    """Everything is published, but a person should look."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something found in the input at `origin:line` (1-based), with the text it stands in.

    `records` counts the records that the problem keeps from being published: one for a
    quarantined record, none for a note.
    """

    origin: str
    line: int | None
    message: str
    raw: str = ""
    severity: Severity = Severity.NOTE

    @property
    def place(self) -> str:
        """`file:line`, or the file alone where no line is to blame."""
        return self.origin if self.line is None else f"{self.origin}:{self.line}"

    @property
    def quarantined(self) -> bool:
        """Whether this problem kept a record from being published."""
        return self.severity is Severity.QUARANTINED

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class AuthorPagesError(Exception):
    """The run cannot go on; the message says what was expected, found, where, and what to do."""

    exit_code = 3


class UsageError(AuthorPagesError):
    """The command line or the configuration asks for something that cannot be done."""

    exit_code = 2


class ConfigurationError(UsageError):
    """A configuration file has faults; `problems` lists every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class BuildError(AuthorPagesError):
    """There is nothing to publish, or the site could not be built; the old site is untouched."""

    exit_code = 3


def template_place(error: Exception, suffix: str) -> str:
    """Where a template is wrong, as `file:line`; "" where nobody knows.

    Jinja tells the place of wrong syntax; whatever fails while a template is rendered has it in
    its traceback, in the last frame of a file whose name ends in `suffix`.
    """
    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(suffix)]
    if line is None and frames:
        file, line = frames[-1].filename, frames[-1].lineno
    return f"{file}:{line}" if file and line else str(file or "")
