"""Make the Markdown of one site folder, as `authorpages build` does before it calls MkDocs.

    python benchmarks/generate.py FOLDER

reads FOLDER/mkdocs.yml and FOLDER/content, and writes FOLDER/build.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TypeVar

from generator import pipeline
from generator.config import load_config

Item = TypeVar("Item")


class Silent:
    """Shows no progress."""

    def track(self, items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
        """Pass the items on."""
        del what, total
        return iter(items)

    def count(self, what: str, total: int) -> AbstractContextManager[Callable[[], None]]:
        """Something to call that does nothing."""
        del what, total
        return nullcontext(lambda: None)


def generate(folder: Path) -> None:
    """Parse the profiles of a site folder and write build/docs and build/theme in it."""
    config = load_config(folder / "mkdocs.yml")
    known = pipeline.understand(config, pipeline.find_inputs(folder / "content", []), Silent())
    pipeline.generate(config, known, Silent())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the Markdown of one site folder.")
    parser.add_argument("folder", type=Path)
    generate(parser.parse_args().folder)
