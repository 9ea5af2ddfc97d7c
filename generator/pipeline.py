"""The whole of Author Pages on one page: every stage, in the order in which data flows.

    bytes → sources → records → catalogue → render, exports → documents → site

Read this first. Each stage is a pure function of what stands on its left; reading files and
writing them happens here and in `site`, and nowhere else.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from generator.catalogue.additions import add_notes, place_files
from generator.catalogue.build import Built, build_catalogue
from generator.catalogue.settle import Load, settle
from generator.config import SiteConfig
from generator.documents import Document
from generator.errors import BuildError, Problem, UsageError
from generator.exports.formatted import CitationFormatter
from generator.exports.formatted_cache import CitationCache
from generator.exports.site_exports import Formatter, SiteExports
from generator.ledger import Ledger, as_json, balance
from generator.lock_file import read_lock, write_lock
from generator.names import OrganisationNames
from generator.records import Content
from generator.render.assets import asset_documents, theme_documents
from generator.render.lists import Site
from generator.render.pages import page_documents
from generator.site.links import check_links, is_known
from generator.site.manifest import Manifest, Written, paths_of, write_documents
from generator.site.mkdocs import build_site, check_mkdocs_config
from generator.site.search import index_site
from generator.sources import find_source_files, read_sources
from generator.sources.hand_written import read_content
from generator.subjects import SUBJECT_NAMES

Item = TypeVar("Item")

SOURCE_FOLDERS = ("profiles", "bibliography")
"""Folders of the content folder in which sources stand."""


class Progress(Protocol):
    """Tells a person how far a run is."""

    def track(self, items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
        """Pass the items on, counting them."""
        ...

    def count(self, what: str, total: int) -> AbstractContextManager[Callable[[], None]]:
        """Something to call once for each item that is done."""
        ...


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads: files of sources, the content folder, and the lock in it."""

    sources: tuple[Path, ...]
    content: Path

    @property
    def lock(self) -> Path:
        """The file of permanent ids."""
        return self.content / "ids.lock"


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything known after reading: the catalogue, what people wrote, and the balance."""

    load: Load
    built: Built
    content: Content
    ledger: Ledger
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did, and everything that a person should look at."""

    ledger: Ledger
    problems: tuple[Problem, ...]
    written: Written | None = None
    lock_grew: bool = False


def find_inputs(content: Path, profiles: Sequence[Path]) -> Inputs:
    """The files of a run: `profiles` where any are named, else those of the content folder.

    What stands in its bibliography is read in both cases. Raises UsageError for a named place that
    does not exist.
    """
    folders = (
        [content / "bibliography"] if profiles else [content / name for name in SOURCE_FOLDERS]
    )
    places = [*profiles, *(folder for folder in folders if folder.is_dir())]
    return Inputs(find_source_files(places), content)


def read_records(
    files: Sequence[Path], config_overrides: dict[str, str], progress: Progress
) -> Load:
    """From sources to records: every file parsed by itself, then completed from the whole load."""
    results = progress.track(read_sources(files), "Reading sources", len(files))
    return settle(results, config_overrides)


def understand(config: SiteConfig, inputs: Inputs, progress: Progress) -> Understood:
    """From records to the catalogue. Raises BuildError when there is nothing to publish."""
    if not inputs.sources:
        raise BuildError(
            f"{inputs.content / 'profiles'}: there is no profile to read. Save an author profile "
            f"there as a .txt file, put a .bib file into {inputs.content / 'bibliography'}, or "
            "name a file with --profiles"
        )
    settings = config.settings
    load = read_records(inputs.sources, settings.subject_classes, progress)
    if not load.papers and not load.profiles:
        reasons = "\n".join(map(str, load.problems))
        raise BuildError(f"none of the files holds a record that can be published\n{reasons}")
    lock = read_lock(inputs.lock)
    organisations = OrganisationNames.of(settings.organisations.add, settings.organisations.remove)
    content = read_content(inputs.content)
    built = build_catalogue(load, lock, organisations)
    catalogue, contradictions = add_notes(built.catalogue, content.papers)
    built = replace(built, catalogue=catalogue)
    content = replace(content, files=place_files(content.files, content.papers, catalogue))
    ledger = balance(load, catalogue)
    problems = load.problems + built.problems + content.problems + contradictions
    problems += _unknown_authors(content, built) + _unknown_subjects(config) + config.notes
    return Understood(load, built, content, ledger, problems)


def make_documents(
    config: SiteConfig,
    known: Understood,
    progress: Progress,
    formatter: Formatter,
    former: Path | None = None,
) -> Iterator[Document]:
    """From the catalogue to documents: everything that will stand under build/docs, one by one.

    Pictures are drawn where `former` names the folder of a former build's documents.
    """
    catalogue = known.built.catalogue
    exports = SiteExports(catalogue, known.content.authors, config, formatter, former)
    site = Site(catalogue, known.content, config, exports, known.ledger.totals)
    templates = [folder / "pages" for folder in config.template_folders]
    documents = chain(
        asset_documents(config.template_folders),
        exports.documents(),
        page_documents(site, templates),
    )
    per_page = 2 + len(config.settings.formats)
    total = per_page * (len(catalogue.papers) + len(catalogue.people))
    return progress.track(documents, "Writing pages", total)


def generate(config: SiteConfig, known: Understood, progress: Progress) -> Written:
    """From documents to files under build/: the Markdown that any MkDocs can build."""
    build_dir = config.build_dir
    theme = theme_documents(config.template_folders)
    write_documents(theme, build_dir / "theme", Manifest(build_dir / "theme.manifest"))
    formatter = CitationFormatter(config.settings.citation_styles)
    with CitationCache(build_dir / "citations.sqlite", formatter) as cache:
        docs = build_dir / "docs"
        documents = make_documents(config, known, progress, cache.format, docs)
        written = write_documents(documents, docs, Manifest(build_dir / "docs.manifest"))
        cache.drop_unused()
    return written


def build(
    config: SiteConfig,
    inputs: Inputs,
    site_dir: Path,
    progress: Progress,
    *,
    preview_url: str | None = None,
) -> Report:
    """Everything: from the profiles to a site folder, which is replaced only when all is done.

    With a `preview_url` the site is built for that address, and no ids are frozen: a title that
    is still being typed must not become an address for ever.
    """
    check_mkdocs_config(config)
    known = understand(config, inputs, progress)
    written = generate(config, known, progress)
    problems = known.problems + written.problems
    problems += check_links(known.content, written.paths)
    pages = [path for path in written.paths if path.endswith(".md")]
    grown: list[bool] = []
    with progress.count("Building the site", len(pages)) as tick:
        warnings = build_site(
            config,
            site_dir,
            epoch=_newest(known),
            tick=tick,
            preview_url=preview_url,
            finish=lambda site: index_site(site, config.build_dir / "search"),
            # An address must be frozen before it is public, and only if it will be.
            before_swap=lambda: grown.append(_freeze(inputs.lock, known, preview_url)),
        )
    problems += tuple(warning for warning in warnings if not is_known(warning, problems))
    # A file name that is not UTF-8 is shown with its bytes.
    text = as_json(known.ledger, problems).encode("utf-8", "backslashreplace")
    (config.build_dir / "ledger.json").write_bytes(text)
    return Report(known.ledger, problems, written, lock_grew=any(grown))


def check(config: SiteConfig, inputs: Inputs, progress: Progress) -> Report:
    """Everything that `build` would complain about, without writing pages or a site."""
    check_mkdocs_config(config)
    known = understand(config, inputs, progress)
    paths, problems = paths_of(make_documents(config, known, progress, lambda _item: ()))
    problems += known.problems + check_links(known.content, paths)
    return Report(known.ledger, problems)


def index(config: SiteConfig, site_dir: Path) -> int:
    """From the pages of a built site, by whatever it was built, to its search index.

    Returns how many parts of it were made anew. Raises UsageError where no site is.
    """
    if not (site_dir / "index.html").is_file():
        raise UsageError(f"{site_dir}: no built site is here: run `mkdocs build` first")
    return index_site(site_dir, config.build_dir / "search")


def _freeze(path: Path, known: Understood, preview_url: str | None) -> bool:
    """Freeze the ids of a site that will be public; says whether there were new ones."""
    return preview_url is None and write_lock(path, known.built.lock)


def _unknown_authors(content: Content, built: Built) -> tuple[Problem, ...]:
    """Notes on somebody who is in no catalogue: most often a file with a wrong name."""
    known = built.catalogue.people
    return tuple(
        Problem(notes.provenance.origin, None, f"no author has the address {slug!r}; not shown")
        for slug, notes in content.authors.items()
        if slug not in known
    )


def _unknown_subjects(config: SiteConfig) -> tuple[Problem, ...]:
    """Subject classes in the settings that are none of arXiv's."""
    return tuple(
        Problem(str(config.path), None, f"subject_classes: {printed}: {code!r} is no arXiv class")
        for printed, code in config.settings.subject_classes.items()
        if code not in SUBJECT_NAMES
    )


def _newest(known: Understood) -> int:
    """Seconds since 1970 of the newest written date: the time of the site, clock or no clock."""
    dates = [p.date for p in known.load.papers if p.date and not p.reason_inferred("date")]
    newest = max((date.sort_key for date in dates), default=(1970, 1, 1))
    year, month, day = newest
    moment = datetime.datetime(max(year, 1970), month or 1, day or 1, tzinfo=datetime.UTC)
    return int(moment.timestamp())
