"""What the generator produces: files, by their path within the folder that MkDocs reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One file to write: a `/`-separated relative path, and its whole content."""

    path: str
    content: str | bytes

    @property
    def data(self) -> bytes:
        """The bytes as they stand in the file; text is UTF-8."""
        return self.content.encode() if isinstance(self.content, str) else self.content
