"""Drive MkDocs: from the generated Markdown to a site folder, swapped in at one moment."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from generator.config import SiteConfig
from generator.errors import BuildError, ConfigurationError, Problem, UsageError, template_place
from generator.identifiers import fingerprint
from generator.site.manifest import Manifest
from generator.site.search import BUNDLE

Tick = Callable[[], None]
"""Called once for every page that is built."""

_GENERATED_BY_MKDOCS = b'content="mkdocs-'
_MARK_WITHIN = 20_000
"""Bytes of a home page within which MkDocs names itself."""


def check_mkdocs_config(config: SiteConfig) -> None:
    """Let MkDocs check its own part of mkdocs.yml.

    Raises ConfigurationError with everything that MkDocs objects to.
    """
    load_mkdocs_config(config, config.build_dir / "site")


def load_mkdocs_config(config: SiteConfig, site_dir: Path, **overrides: str) -> MkDocsConfig:
    """MkDocs' own view of the configuration, for a build into `site_dir`."""
    (config.build_dir / "docs").mkdir(parents=True, exist_ok=True)
    (config.build_dir / "theme").mkdir(parents=True, exist_ok=True)
    with _collected_warnings() as warnings:
        try:
            return load_config(str(config.path), site_dir=str(site_dir), **overrides)
        except Exception as error:  # hooks are imported here, and raise whatever they like
            found = warnings or [_reason(error, config)]
            raise ConfigurationError(
                [Problem(str(config.path), None, message) for message in found]
            ) from error


def build_site(
    config: SiteConfig,
    site_dir: Path,
    *,
    epoch: int,
    tick: Tick = lambda: None,
    preview_url: str | None = None,
    finish: Callable[[Path], object] = lambda _site: None,
    before_swap: Callable[[], None] = lambda: None,
) -> tuple[Problem, ...]:
    """Build `build/docs` into `site_dir`; the old site stands until the new one is complete.

    `epoch` (seconds since 1970) is the time of the build where the environment names none in
    SOURCE_DATE_EPOCH; `preview_url` is the address to build for instead of the configured one.
    `finish` completes the new site in its folder, which is not its place yet; `before_swap` is
    called when it is complete.
    Returns what MkDocs warned about. Raises UsageError when the folder is
    somebody else's, BuildError when MkDocs fails.
    """
    site_dir = site_dir.resolve()
    manifest = Manifest(config.build_dir / f"site-{fingerprint(site_dir.as_posix())}.manifest")
    _recover(site_dir)
    ours = _files_of_ours(config, site_dir, manifest)
    fresh = _beside(site_dir, "new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        warnings = _run_mkdocs(config, fresh, epoch, tick, preview_url)
        finish(fresh)
        written = {path.relative_to(fresh).as_posix() for path in _files(fresh)}
        _keep_times(site_dir, fresh, written)
        _carry_over(site_dir, fresh, ours | written)
        before_swap()
        _swap(site_dir, fresh)
    except OSError as error:
        raise BuildError(f"{error.filename or site_dir}: cannot write: {error.strerror}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    if preview_url is None:
        manifest.write(written)
    return tuple(Problem("mkdocs", None, warning) for warning in warnings)


def _run_mkdocs(
    config: SiteConfig, fresh: Path, epoch: int, tick: Tick, preview_url: str | None
) -> list[str]:
    overrides = {"site_url": preview_url} if preview_url else {}
    settings = load_mkdocs_config(config, fresh, **overrides)
    settings.plugins.events["post_page"].append(_counting(tick))
    with _collected_warnings() as warnings, _source_date(epoch):
        try:
            settings.plugins.on_startup(command="build", dirty=False)
            build(settings)
        except Exception as error:  # themes, plugins and hooks raise whatever they like
            reasons = "; ".join([*warnings, _reason(error, config)])
            raise BuildError(f"MkDocs could not build the site: {reasons}") from error
        finally:
            settings.plugins.on_shutdown()
    return warnings


def _reason(error: Exception, config: SiteConfig) -> str:
    """What went wrong, and in which template: that which somebody wrote, not our copy of it."""
    if isinstance(error, MkDocsException):
        return str(error)
    place = template_place(error, ".html")
    name = place.removeprefix(f"{config.build_dir / 'theme'}{os.sep}")
    written = (folder / "theme" / name for folder in config.template_folders)
    own = next((path for path in written if Path(str(path).rpartition(":")[0]).is_file()), place)
    reason = f"{type(error).__name__}: {error}"
    return f"{own}: {reason}" if place else reason


def _counting(tick: Tick) -> Callable[..., str]:
    """An event handler that counts pages and changes none."""

    def count(output: str, **_: object) -> str:
        tick()
        return output

    return count


@contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    """What MkDocs logs as a warning or worse, instead of printing it."""
    messages: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagates


@contextmanager
def _source_date(epoch: int) -> Iterator[None]:
    """MkDocs dates its sitemap by the clock unless SOURCE_DATE_EPOCH is set."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]


def _files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        for name in names:
            yield Path(root, name)


def _beside(site_dir: Path, ending: str) -> Path:
    return site_dir.with_name(f".{site_dir.name}.{ending}")


def _recover(site_dir: Path) -> None:
    """Put the old site back when a run was killed between the two renames of a swap."""
    old = _beside(site_dir, "old")
    if old.is_dir() and not site_dir.exists():
        old.rename(site_dir)
    shutil.rmtree(old, ignore_errors=True)


def _files_of_ours(config: SiteConfig, site_dir: Path, manifest: Manifest) -> set[str]:
    """Files in the site folder that an earlier build put there and this one may delete.

    Raises UsageError for a folder that holds the project, or files of which none is ours.
    """
    root = config.root
    ours = [root / name for name in ("content", "site_templates", "build/docs", "build/theme")]
    inside = any(site_dir.is_relative_to(folder) for folder in ours)
    if inside or site_dir == root or site_dir in root.parents:
        raise UsageError(f"{site_dir}: this folder holds the project: choose another --site-dir")
    if site_dir.exists() and not site_dir.is_dir():
        raise UsageError(f"{site_dir}: this is a file: choose another --site-dir")
    if not site_dir.is_dir() or not any(site_dir.iterdir()):
        return set()
    known = manifest.read()
    if known:
        return known
    if _is_built_by_mkdocs(site_dir):
        found = (path.relative_to(site_dir) for path in _files(site_dir))
        return {p.as_posix() for p in found if not any(part.startswith(".") for part in p.parts)}
    raise UsageError(
        f"{site_dir}: this folder is not empty and was not written by authorpages: empty it or "
        "choose another --site-dir"
    )


def _is_built_by_mkdocs(site_dir: Path) -> bool:
    home = site_dir / "index.html"
    if not home.is_file():
        return False
    with home.open("rb") as stream:
        return _GENERATED_BY_MKDOCS in stream.read(_MARK_WITHIN)


def _keep_times(site_dir: Path, fresh: Path, written: set[str]) -> None:
    """Give files that did not change their former time, for tools that copy by time and size."""
    for path in written:
        old, new = site_dir / path, fresh / path
        if not old.is_file() or old.stat().st_size != new.stat().st_size:
            continue
        if old.read_bytes() == new.read_bytes():
            times = old.stat()
            os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))


def _carry_over(site_dir: Path, fresh: Path, ours: set[str]) -> None:
    """Keep what others put into the site folder: a CNAME, a .git folder."""
    if not site_dir.is_dir():
        return
    for path in _files(site_dir):
        relative = path.relative_to(site_dir)
        # What stands in the folder of the search index is made anew, by whoever it was put there.
        if relative.as_posix() not in ours and relative.parts[0] != BUNDLE:
            target = fresh / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target, follow_symlinks=False)


def _swap(site_dir: Path, fresh: Path) -> None:
    old = _beside(site_dir, "old")
    site_dir.parent.mkdir(parents=True, exist_ok=True)
    if site_dir.exists():
        site_dir.rename(old)
    fresh.rename(site_dir)
    shutil.rmtree(old, ignore_errors=True)
