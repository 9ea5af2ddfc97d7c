"""Style sheets, fonts and theme overrides, as they stand in the template folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import starmap
from pathlib import Path

import rcssmin
import rjsmin

from generator.documents import Document

_LIGHTENERS: Mapping[str, Callable[[str], str]] = {
    ".js": rjsmin.jsmin,
    ".css": rcssmin.cssmin,
}
_SHEET = "assets/stylesheets/author-pages.css"
"""The style sheet of all pages, asked for once."""
_PARTS = "assets/stylesheets/author-pages/"
"""Where its source stands: a file for each noun, joined in the order of their names."""


def asset_documents(folders: Sequence[Path]) -> Iterator[Document]:
    """Everything that the site serves beside its pages; and `.nojekyll` for GitHub Pages."""
    yield Document(".nojekyll", b"")
    files = {file.path: file.data for file in _documents(folders, "assets", "assets/")}
    parts = [path for path in files if path.startswith(_PARTS) and path.endswith(".css")]
    joined = b"".join([files.pop(path) for path in parts])
    # A sheet that stands there as a whole is a site's own, and needs no part of ours.
    files.setdefault(_SHEET, joined)
    yield from starmap(Document, files.items())


def theme_documents(folders: Sequence[Path]) -> Iterator[Document]:
    """Overrides of Material's templates, for MkDocs' `custom_dir`."""
    yield from _documents(folders, "theme", "")


def _documents(folders: Sequence[Path], kind: str, prefix: str) -> Iterator[Document]:
    """Files of all folders by relative path; of two with one path, the earlier folder's."""
    found: dict[str, Path] = {}
    for folder in folders:
        root = folder / kind
        for path in root.rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.relative_to(root).as_posix(), path)
    for relative in sorted(found):
        path = found[relative]
        is_ours = path.is_relative_to(folders[-1])
        yield Document(prefix + relative, _light(path) if is_ours else path.read_bytes())


def _light(path: Path) -> bytes:
    """One of our files; scripts and styles without comments, a third of what is sent of them."""
    lighten = _LIGHTENERS.get(path.suffix)
    if lighten is None:
        return path.read_bytes()
    return lighten(path.read_text(encoding="utf-8")).encode("utf-8")
