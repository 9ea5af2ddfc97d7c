"""Style sheets, fonts and theme overrides, as they stand in the template folders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.documents import Document


def asset_documents(folders: Sequence[Path]) -> Iterator[Document]:
    """Everything that the site serves beside its pages; and `.nojekyll` for GitHub Pages."""
    yield Document(".nojekyll", b"")
    yield from _documents(folders, "assets", "assets/")


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
        yield Document(prefix + relative, found[relative].read_bytes())
