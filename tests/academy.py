"""The invented academy of `tests/data`, copied, read and built as tests need it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import pipeline
from generator.cli import Terminal
from generator.config import load_config
from generator.exports.formatted import CitationFormatter

TESTS = Path(__file__).resolve().parent
ACADEMY = TESTS / "data" / "academy"
LIBRARY = TESTS / "data" / "library"
"""What makes the academy a site with a bibliography and notes on papers."""
REPOSITORY_URL = "https://x.example/repo/"
"""An address with a path, as project sites on GitHub Pages have it."""
QUIET = Terminal(quiet=True)


@dataclass(frozen=True, slots=True)
class BuiltAcademy:
    """A copy of the academy that has been built: its folder, and what the build reported."""

    root: Path
    report: pipeline.Report

    @property
    def docs(self) -> Path:
        """The generated Markdown."""
        return self.root / "build" / "docs"

    @property
    def site(self) -> Path:
        """The built site."""
        return self.root / "site"


def copy_academy(target: Path, *, profiles: Sequence[str] | None = None) -> Path:
    """Copy the academy; with `profiles`, only the profile files of those names."""
    shutil.copytree(ACADEMY, target)
    for path in (target / "content" / "profiles").iterdir():
        if profiles is not None and path.name not in profiles:
            path.unlink()
    return target


def copy_library(target: Path) -> Path:
    """Copy the academy, with a bibliography and notes on papers."""
    shutil.copytree(LIBRARY, copy_academy(target), dirs_exist_ok=True)
    return target


def small_academy(target: Path) -> Path:
    """The academy with one profile and nothing that people wrote: the quickest to build."""
    copy_academy(target, profiles=["han-xuemei.txt"])
    for folder in ("authors", "pages"):
        shutil.rmtree(target / "content" / folder)
    (target / "content" / "ids.lock").unlink()
    return target


def academy_with_sections(target: Path) -> Path:
    """The academy with one profile, and with a section in its navigation."""
    copy_academy(target, profiles=["han-xuemei.txt"])
    (target / "content" / "ids.lock").unlink()
    shutil.rmtree(target / "content" / "authors")
    settings = target / "mkdocs.yml"
    about = "  - About: about.md\n"
    guides = "  - Guides:\n      - guides/reading.md\n"
    text = settings.read_text(encoding="utf-8").replace(about, guides + about)
    settings.write_text(text, encoding="utf-8")
    return target


def understand(root: Path) -> pipeline.Understood:
    """Read the academy at `root`, without writing anything."""
    with contextlib.chdir(root):
        config = load_config(Path("mkdocs.yml"))
        return pipeline.understand(config, pipeline.find_inputs(Path("content"), ()), QUIET)


def make_documents(root: Path) -> dict[str, bytes]:
    """Every generated file of the academy at `root` by its path, without writing anything."""
    with contextlib.chdir(root):
        config = load_config(Path("mkdocs.yml"))
        known = pipeline.understand(config, pipeline.find_inputs(Path("content"), ()), QUIET)
        return {
            d.path: d.data
            for d in pipeline.make_documents(config, known, QUIET, CitationFormatter().format)
        }


def build_academy(root: Path) -> BuiltAcademy:
    """Build the academy at `root` within this process, as the command line does."""
    with contextlib.chdir(root):
        config = load_config(Path("mkdocs.yml"))
        inputs = pipeline.find_inputs(Path("content"), ())
        return BuiltAcademy(root, pipeline.build(config, inputs, Path("site"), QUIET))


def run_python(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python in `folder`, with this project importable and no site address in the air."""
    variables = {k: v for k, v in os.environ.items() if k not in ("SITE_URL", "SOURCE_DATE_EPOCH")}
    variables |= {"PYTHONPATH": str(TESTS.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=variables | dict(environment or {}),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def run_authorpages(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, in a process of its own."""
    return run_python("-m", "generator", *arguments, folder=folder, environment=environment)


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder by their path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
