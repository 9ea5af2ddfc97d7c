"""A new site folder with everything in it that a first build and a first publication need."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from generator.config import package_templates
from generator.errors import BuildError, UsageError

DISTRIBUTION = "authorpages"
_RENAMED = {"gitignore": ".gitignore"}
"""Files that must not act on our own repository under their real name."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A line of a requirements file, and whether other machines can install from it."""

    line: str
    is_local: bool = False


def create_site(folder: Path, needed: Requirement) -> list[Path]:
    """Make a site in a folder that does not exist yet, or is empty; returns its files.

    `needed` is what `requirement` found.

    Raises UsageError when there is something in the folder, BuildError when it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: there is something here already: name a new folder")
    source = package_templates() / "new"
    try:
        shutil.copytree(source, folder, dirs_exist_ok=True)
        for old, new in _RENAMED.items():
            (folder / old).rename(folder / new)
        (folder / "requirements.txt").write_text(needed.line + "\n", encoding="utf-8")
    except OSError as error:
        raise BuildError(f"{error.filename or folder}: cannot write: {error.strerror}") from error
    return sorted(path for path in folder.rglob("*") if path.is_file())


def requirement() -> Requirement:
    """How another machine installs this very program.

    A release by its version; what was installed from a repository, or from a checkout that has a
    public one, by its address and commit; else by the folder on this machine
    (https://packaging.python.org/en/latest/specifications/direct-url/).
    """
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        return _of_checkout(Path(__file__).resolve().parents[1])
    recorded = json.loads(installed.read_text("direct_url.json") or "{}")
    if not recorded:
        return Requirement(f"{DISTRIBUTION}=={installed.version}")
    repository = recorded.get("vcs_info")
    if repository:
        origin, commit = recorded["url"], repository["commit_id"]
        return Requirement(f"{DISTRIBUTION} @ {repository['vcs']}+{origin}@{commit}")
    return _of_checkout(Path(url2pathname(urlsplit(recorded["url"]).path)))


def _of_checkout(folder: Path) -> Requirement:
    """A checkout by the address and commit of its repository, where it has a public one."""
    origin, commit = _git(folder, "remote", "get-url", "origin"), _git(folder, "rev-parse", "HEAD")
    if origin.startswith("https://") and commit:
        return Requirement(f"{DISTRIBUTION} @ git+{origin}@{commit}")
    return Requirement(f"{DISTRIBUTION} @ {folder.as_uri()}", is_local=True)


def _git(folder: Path, *arguments: str) -> str:
    """What git says, or "" where it says nothing."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
