"""Settings of a site: what `mkdocs.yml` says, and our part of it under `extra.authorpages`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError as MkDocsConfigurationError
from mkdocs.utils.yaml import yaml_load
from pydantic import BaseModel, ConfigDict, Field

from generator.errors import ConfigurationError, Problem, UsageError
from generator.validation import key_lines, nearest, validate

OUR_KEY = "authorpages"
_MKDOCS_KEYS = frozenset(map(str, MkDocsConfig()))
DOCS_DIR = "build/docs"
"""Where the Markdown is written, beside mkdocs.yml; `docs_dir` there must name it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Organisations(_Strict):
    """Names that are organisations, beyond those known by their form, and names that are not."""

    add: list[str] = []
    remove: list[str] = []


class Settings(_Strict):
    """Everything that may stand under `extra.authorpages` in mkdocs.yml."""

    organisations: Organisations = Organisations()
    subject_classes: dict[str, str] = {}
    """Full arXiv code for a class printed without its archive, such as `SP: eess.SP`."""
    entries_per_page: int = Field(default=500, ge=10, le=5000)
    """Lists of papers or authors that are longer go on, on a page of their own."""
    newest_papers: int = Field(default=8, ge=0, le=100)
    """Papers on the home page."""
    related_papers: int = Field(default=4, ge=0, le=50)
    """Related papers on a paper's page."""
    co_author_networks: Literal["all", "profiled", "none"] = "all"
    """On whose page his co-authors are drawn: everybody's, those with a profile, nobody's."""
    social_cards: Literal["all", "people", "none"] = "all"
    """Which pages have a picture of their own for previews of links; the others share one."""
    formats: list[Literal["ris", "csl-json", "json", "atom"]] = ["ris", "csl-json", "json", "atom"]
    """What is written beside BibTeX: other formats of citations, the site as data, feeds."""
    citation_styles: list[Literal["apa", "mla", "chicago", "ieee"]] = [
        "apa",
        "mla",
        "chicago",
        "ieee",
    ]
    """Styles in which a paper's page shows its citation."""
    ascii_bibtex: bool = False
    """Write BibTeX in ASCII with LaTeX accents, for a BibTeX that reads no UTF-8."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """What the generator needs to know of one site."""

    path: Path
    site_name: str
    site_url: str | None
    """Absolute address with a trailing slash, or None while it is not known."""
    site_dir: Path
    """Where the site goes unless the command line says otherwise."""
    settings: Settings
    notes: tuple[Problem, ...] = ()
    """What a person should change, though the site can be built."""

    @property
    def root(self) -> Path:
        """The folder that holds mkdocs.yml."""
        return self.path.parent

    @property
    def build_dir(self) -> Path:
        """Where generated files stand that are not the site itself."""
        return self.root / "build"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Folders with `pages/`, `theme/` and `assets/`: the site's own, which win, and ours."""
        own = self.root / "site_templates"
        ours = package_templates()
        return (own, ours) if own.is_dir() and own.resolve() != ours else (ours,)


def package_templates() -> Path:
    """The templates that come with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "site_templates"
    return inside if inside.is_dir() else package.parent / "site_templates"


def load_config(path: Path) -> SiteConfig:
    """Read a site's mkdocs.yml.

    Raises UsageError when there is no such file, ConfigurationError with every fault and its
    line otherwise. MkDocs' own keys are checked by MkDocs when it builds.
    """
    if not path.is_file():
        raise UsageError(
            f"{path}: no such configuration file. Run this in a folder that has a mkdocs.yml, "
            "name one with --config, or make a new site with: authorpages new DIR"
        )
    values = _read(path)
    lines = key_lines(path.read_text(encoding="utf-8"))
    settings, problems = _our_settings(path, values, lines)
    problems += _mkdocs_faults(path, values, lines)
    if problems:
        raise ConfigurationError(problems)
    url = str(values.get("site_url") or "")
    return SiteConfig(
        path=path.resolve(),
        site_name=str(values["site_name"]),
        site_url=url.rstrip("/") + "/" if url else None,
        site_dir=path.resolve().parent / str(values.get("site_dir", "site")),
        settings=settings,
        notes=_mkdocs_notes(path, values, lines),
    )


def _read(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            values: object = yaml_load(stream)
    except (yaml.YAMLError, MkDocsConfigurationError, UnicodeDecodeError) as error:
        # MkDocs wraps what YAML says, and leaves out the line.
        cause = error.__context__ if isinstance(error.__context__, yaml.YAMLError) else error
        mark = getattr(cause, "problem_mark", None)
        what = getattr(cause, "problem", None) or str(cause)
        line = mark.line + 1 if mark else None
        message = f"this is not valid YAML: {what}"
        raise ConfigurationError([Problem(str(path), line, message)]) from error
    if not isinstance(values, dict):
        message = "expected a mapping such as `site_name: My papers`"
        raise ConfigurationError([Problem(str(path), 1, message)])
    return values


def _our_settings(
    path: Path, values: dict[str, object], lines: dict[tuple[int | str, ...], int]
) -> tuple[Settings, tuple[Problem, ...]]:
    extra = values.get("extra")
    extra = extra if isinstance(extra, dict) else {}
    for key in extra:
        if key != OUR_KEY and nearest(str(key), [OUR_KEY]):
            message = f"unknown key 'extra.{key}': did you mean 'extra.{OUR_KEY}'?"
            return Settings(), (Problem(str(path), lines.get(("extra", key)), message),)
    ours = extra.get(OUR_KEY) or {}
    prefix = ("extra", OUR_KEY)
    if not isinstance(ours, dict):
        message = f"extra.{OUR_KEY}: expected a mapping of settings"
        return Settings(), (Problem(str(path), lines.get(prefix), message),)
    return validate(Settings, ours, origin=str(path), lines=lines, prefix=prefix)


def _mkdocs_faults(
    path: Path, values: dict[str, object], lines: dict[tuple[int | str, ...], int]
) -> tuple[Problem, ...]:
    """The few MkDocs keys that we rely on."""
    faults = []
    for key in values.keys() - _MKDOCS_KEYS:
        meant = nearest(str(key), _MKDOCS_KEYS)
        if meant:
            message = f"unknown key {key!r}: did you mean {meant!r}?"
            faults.append(Problem(str(path), lines.get((key,)), message))
    if not isinstance(values.get("site_name"), str):
        message = "site_name: expected the name of the site, such as `site_name: Our papers`"
        faults.append(Problem(str(path), lines.get(("site_name",)), message))
    docs_dir = values.get("docs_dir", "docs")
    if os.path.normpath(str(docs_dir)) != os.path.normpath(DOCS_DIR):
        message = (
            f"docs_dir: expected `docs_dir: {DOCS_DIR}` (found {docs_dir!r}): the generated "
            "Markdown is written there, and files of yours could be overwritten elsewhere"
        )
        faults.append(Problem(str(path), lines.get(("docs_dir",)), message))
    if values.get("use_directory_urls") is False:
        message = "use_directory_urls: expected true: links and scripts rely on it"
        faults.append(Problem(str(path), lines.get(("use_directory_urls",)), message))
    instant = sorted(f for f in _features(values) if f.startswith("navigation.instant"))
    if instant:
        message = (
            f"theme.features: {instant[0]} exchanges pages without loading their scripts, so lists "
            "and filters would not work: take it out"
        )
        faults.append(Problem(str(path), lines.get(("theme", "features")), message))
    return tuple(faults)


def _features(values: dict[str, object]) -> list[str]:
    theme = values.get("theme")
    found = theme.get("features") if isinstance(theme, dict) else None
    return [str(feature) for feature in found] if isinstance(found, list) else []


def _mkdocs_notes(
    path: Path, values: dict[str, object], lines: dict[tuple[int | str, ...], int]
) -> tuple[Problem, ...]:
    """What an older configuration asks for and nothing reads any more."""
    plugins = values.get("plugins", ["search"])  # that is MkDocs' default
    named = plugins if isinstance(plugins, (list, dict)) else []
    keys = {next(iter(p), "") if isinstance(p, dict) else p for p in named}
    if not keys & {"search", "material/search"}:
        return ()
    message = "plugins: nothing reads the index of `search` any more: write `plugins: []`"
    return (Problem(str(path), lines.get(("plugins",)), message),)
