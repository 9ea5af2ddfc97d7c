"""The command line: commands, exit codes and progress. What is done stands in `pipeline`."""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Table

from generator import pipeline
from generator.config import SiteConfig, load_config
from generator.conversion import ExportFormat, Naming, Selection, convert
from generator.errors import AuthorPagesError, Problem
from generator.inspection import inspect_files, problem_row
from generator.scaffold import create_site, requirement
from generator.site.serve import serve_site

Item = TypeVar("Item")

QUARANTINED, NOT_BUILT = 1, 3
"""Exit codes beside 0: published with records quarantined under --strict; nothing built. That of
bad usage or configuration, 2, is `UsageError`'s."""
_SHOWN = 12
"""Problems printed at the end of a run; the ledger holds them all."""
_IN_HEAD_LINE = ("file", "line", "kind", "title", "name", "message", "abstract", "raw")
"""Keys of a row that `inspect` shows in the head line, or not at all for their length."""

app = typer.Typer(
    name="authorpages",
    help="Turn author profiles into a searchable, cross-linked site with BibTeX to download.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


class _Console(Console):
    """A console whose reader may leave (`| head`): that is no error."""

    def on_broken_pipe(self) -> None:
        """Leave it to `_reader_may_leave`, which ends the run well; Rich would exit with 1."""
        raise BrokenPipeError


out = _Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Config = Annotated[
    Path, typer.Option("--config", "-f", help="The site's configuration.", show_default=True)
]
Content = Annotated[
    Path | None,
    typer.Option(
        "--content",
        help="Folder of profiles and pages; `content` beside the config.",
        exists=True,
        file_okay=False,
    ),
]
Profiles = Annotated[
    list[Path] | None,
    typer.Option("--profiles", help="A file or folder to read instead of content/profiles."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit with 1 when a record was quarantined.")
]


class Terminal:
    """Progress bars in a terminal; elsewhere one plain line a stage."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def track(self, items: Iterable[Item], what: str, total: int) -> Iterator[Item]:
        """Pass the items on, showing how many there were."""
        with self.count(what, total) as tick:
            for item in items:
                yield item
                tick()

    @contextmanager
    def count(self, what: str, total: int) -> Iterator[Callable[[], None]]:
        """Something to call once for each item that is done."""
        if self._quiet or not err.is_terminal:
            if not self._quiet:
                err.print(f"{what} …")
            yield lambda: None
            return
        columns = (TextColumn("{task.description:18}"), BarColumn(), MofNCompleteColumn())
        with Bar(*columns, console=err, transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda: bar.advance(task)


@app.command()
def build(
    config: Config = Path("mkdocs.yml"),
    content: Content = None,
    profiles: Profiles = None,
    site_dir: Annotated[
        Path | None, typer.Option(help="Where the site goes; `site_dir` of the configuration.")
    ] = None,
    strict: Strict = False,
    quiet: Quiet = False,
) -> None:
    """Build the site from the profiles."""
    settings, inputs = _prepare(config, content, profiles)
    target = _relative(settings.site_dir) if site_dir is None else site_dir
    report = pipeline.build(settings, inputs, target, Terminal(quiet=quiet))
    if not quiet:
        _print_report(report)
        _print_ledger(report)
        _print_end(report, target)
    _exit(report, strict)


@app.command()
def serve(
    config: Config = Path("mkdocs.yml"),
    content: Content = None,
    profiles: Profiles = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8000,
    open_browser: Annotated[bool, typer.Option("--open", help="Open a browser.")] = False,
) -> None:
    """Show the site while you write: it is built again when anything changes."""

    def make(target: Path, url: str) -> None:
        settings, inputs = _prepare(config, content, profiles)
        report = pipeline.build(settings, inputs, target, Terminal(quiet=True), preview_url=url)
        _print_report(report)

    settings, inputs = _prepare(config, content, profiles)
    serve_site(
        settings,
        make,
        watched=[settings.path, inputs.content, *(profiles or ()), *settings.template_folders],
        host=host,
        port=port,
        open_browser=open_browser,
        say=lambda text: err.print(escape(text)),
    )


@app.command()
def index(
    site_dir: Annotated[Path, typer.Argument(help="The folder of the built site.")] = Path("site"),
    config: Config = Path("mkdocs.yml"),
) -> None:
    """Make the search index of a site that `mkdocs build` made; `build` does so by itself."""
    made = pipeline.index(load_config(config), site_dir)
    err.print(f"Indexed {escape(str(site_dir))} for the search; new or changed parts: {made}")


@app.command()
def check(
    config: Config = Path("mkdocs.yml"),
    content: Content = None,
    profiles: Profiles = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a problem.")] = False,
) -> None:
    """Say everything that a build would complain about, without building.

    Exits with 1 when a record would be quarantined.
    """
    settings, inputs = _prepare(config, content, profiles)
    report = pipeline.check(settings, inputs, Terminal(quiet=True))
    if as_json:
        with _reader_may_leave():
            for problem in report.problems:
                _print_json(problem_row(problem))
    else:
        _print_problems(report.problems, len(report.problems))
        _print_ledger(report)
    _exit(report, strict=True)


@app.command()
def inspect(
    files: Annotated[list[Path], typer.Argument(help="Files or folders to read.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a record.")] = False,
) -> None:
    """Show what the parsers understand of each file."""
    show = _print_json if as_json else _print_row
    with _reader_may_leave():
        for row in inspect_files(files):
            show(row)


@app.command()
def export(
    files: Annotated[list[Path], typer.Argument(help="Files or folders to read, of any source.")],
    to: Annotated[ExportFormat, typer.Option("--format", help="What to write.")],
    author: Annotated[
        str | None, typer.Option(help="Papers of one author: the name in the page's address.")
    ] = None,
    topic: Annotated[
        str | None, typer.Option(help="Papers of one subject class, such as `cs-cl`.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Papers of one year.")] = None,
    as_ascii: Annotated[
        bool, typer.Option("--ascii", help="BibTeX in ASCII, with LaTeX accents.")
    ] = False,
    config: Config = Path("mkdocs.yml"),
) -> None:
    """Convert what the files hold, and write it to standard output.

    In the folder of a site, papers have the citation keys that they have there.
    """
    naming = _naming(config)
    if as_ascii:
        naming = replace(naming, ascii_bibtex=True)
    converted = convert(files, to, Selection(author, topic, year), naming)
    with _reader_may_leave():
        # The formats are UTF-8 whatever the terminal is.
        sys.stdout.buffer.write(converted.text.encode("utf-8", "replace"))
    _print_problems(converted.problems, _SHOWN)
    err.print(f"{converted.papers:,} papers as {to.value}")


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must not exist.")],
) -> None:
    """Make a folder with all that a site needs: configuration, an example, publishing."""
    needed = requirement()
    made = create_site(folder, needed)
    go = "" if folder.resolve() == Path.cwd() else f"  cd {escape(str(folder))}\n"
    for path in made:
        out.print(f"  {escape(str(path))}")
    out.print(
        f"\nMade a site in [bold]{escape(str(folder.resolve()))}[/]. Now:\n\n"
        f"{go}  authorpages serve\n\n"
        "Then put your own profiles into content/profiles/."
    )
    if needed.is_local:
        err.print(
            "\nNote: requirements.txt names a folder of this machine. Before you publish, put an "
            "address there that GitHub can reach: authorpages @ git+https://…"
        )


def main() -> None:
    """Run the command line; errors of ours become one clear sentence and an exit code."""
    # Records live until the end: looking for garbage among them took 15 % of reading 100,000.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows its number.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except AuthorPagesError as error:
        err.print(f"[bold red]Error:[/] {escape(str(error))}")
        sys.exit(error.exit_code)
    except OSError as error:
        err.print(f"[bold red]Error:[/] {escape(str(error.filename))}: {error.strerror}")
        sys.exit(NOT_BUILT)
    except KeyboardInterrupt:
        err.print("Stopped.")
        sys.exit(130)


@contextmanager
def _reader_may_leave() -> Iterator[None]:
    """Write to standard output; that its reader stops early (`| head`) is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python must not complain when it flushes once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare(
    config: Path, content: Path | None, profiles: Sequence[Path] | None
) -> tuple[SiteConfig, pipeline.Inputs]:
    settings = load_config(config)
    folder = content if content is not None else _relative(settings.root / "content")
    return settings, pipeline.find_inputs(folder, profiles or ())


def _naming(config: Path) -> Naming:
    """What the site here has settled; nothing where no site is, unless one was named."""
    if not config.is_file() and config == Path("mkdocs.yml"):
        return Naming()
    settings = load_config(config)
    return Naming.of_site(settings, settings.root / "content" / "ids.lock")


def _relative(path: Path) -> Path:
    """The path as a person in this folder would write it, for `file:line` in messages."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _exit(report: pipeline.Report, strict: bool) -> None:
    if strict and report.ledger.quarantined:
        raise typer.Exit(QUARANTINED)


def _print_report(report: pipeline.Report) -> None:
    _print_problems(report.problems, _SHOWN)
    if report.lock_grew:
        err.print("content/ids.lock has new permanent ids: commit it with your content.")


def _print_problems(problems: Sequence[Problem], limit: int) -> None:
    """Problems by gravity and place; quarantined records come first."""
    ranked = sorted(problems, key=lambda p: (not p.quarantined, p.origin, p.line or 0))
    for problem in ranked[:limit]:
        colour, word = ("red", "quarantined") if problem.quarantined else ("yellow", "note")
        err.print(f"[{colour}]{word}[/] {escape(problem.place)}: {escape(problem.message)}")
    if len(ranked) > limit:
        err.print(f"… and {len(ranked) - limit} more: all of them with `authorpages check`")


def _print_ledger(report: pipeline.Report) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    for words, count in report.ledger.lines:
        table.add_row(words, f"{count:,}")
    err.print(table)


def _print_end(report: pipeline.Report, site_dir: Path) -> None:
    ledger, written = report.ledger, report.written
    if written is None:
        return
    err.print(
        f"[bold green]Built[/] {ledger.published:,} papers and {ledger.persons:,} people into "
        f"[bold]{escape(str(site_dir))}[/] ({written.new:,} files new, {written.changed:,} "
        f"changed, {written.unchanged:,} as before)"
    )


def _print_json(row: dict[str, object]) -> None:
    # A byte that is no UTF-8 is a lone surrogate in `raw`; its escape is valid JSON.
    text = json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace")
    sys.stdout.write(text.decode() + "\n")


def _print_row(row: dict[str, object]) -> None:
    """One record for a person: a head line, then the facts that there are."""
    name = row.get("title") or row.get("name") or row.get("message") or ""
    place = row["file"] if row["line"] is None else f"{row['file']}:{row['line']}"
    # Captured, because Rich takes a reader that has gone for an error of ours.
    with out.capture() as captured:
        out.print(f"[bold]{escape(str(row['kind']))}[/] {escape(str(place))}  {escape(str(name))}")
        for key, value in row.items():
            if key not in _IN_HEAD_LINE and _says_something(value):
                out.print(f"    {key}: {escape(_in_words(value))}")
    sys.stdout.write(captured.get())


def _says_something(value: object) -> bool:
    """Whether a value is worth a line; nought is."""
    return value is not None and value is not False and value not in ([], {})


def _in_words(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {reason}" for key, reason in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
