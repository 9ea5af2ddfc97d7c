"""The command line: what each command does, prints and returns. No argument is left untested."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from generator.cli import app, main
from tests.academy import (
    ACADEMY,
    TESTS,
    copy_academy,
    run_authorpages,
    run_python,
    small_academy,
    tree,
)
from tests.pagefind import read_found

Run = Callable[..., "Outcome"]
COMMANDS = {"build", "serve", "index", "check", "export", "inspect", "new"}
QUARANTINED = "content/profiles/van-der-lamp.txt"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, object]]:
        """The JSON objects on standard output, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line within this process, as `authorpages` does."""

    def run_main(*arguments: str, folder: Path) -> Outcome:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "argv", ["authorpages", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run_main


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the whole academy."""
    return copy_academy(tmp_path / "academy")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of its smallest part."""
    return small_academy(tmp_path / "small")


# -- build ----------------------------------------------------------------------------------------


def test_build_prints_plain_lines_where_no_terminal_is(root: Path) -> None:
    done = run_authorpages("build", folder=root)
    assert done.returncode == 0
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[:3] == ["Reading sources …", "Writing pages …", "Building the site …"]
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", done.stderr)
    assert lines[-1].startswith("Built 24 papers and ")
    assert " into site (" in lines[-1]
    assert (root / "site" / "index.html").is_file()


def test_build_prints_the_balance_and_what_to_look_at(root: Path) -> None:
    err = run_authorpages("build", folder=root).stderr
    balance = dict(re.findall(r"^([a-z].*?) {2,}([\d,]+)$", err, re.MULTILINE))
    assert balance["records found"] == "31"
    assert balance["quarantined"] == "2"
    assert balance["parsed"] == "29"
    assert balance["merged with another record"] == "5"
    assert balance["papers published"] == "24"
    assert f"quarantined {QUARANTINED}:21: no calendar has the date" in err
    assert f"quarantined {QUARANTINED}:35: not understood" in err
    assert "note content/authors/nobody.md: no author has the address 'nobody'" in err
    assert err.index("quarantined content") < err.index("note content")
    ledger = json.loads((root / "build" / "ledger.json").read_text(encoding="utf-8"))
    counts = {k: ledger[k] for k in ("found", "quarantined", "parsed", "merged", "published")}
    assert counts == {"found": 31, "quarantined": 2, "parsed": 29, "merged": 5, "published": 24}
    broken = [p for p in ledger["problems"] if p["severity"] == "quarantined"]
    assert [p["line"] for p in broken] == [21, 35]
    assert "A Paper of a Day That Never Was\n\nJan van der Lamp" in broken[0]["raw"]


def test_a_terminal_sees_progress_bars(small: Path) -> None:
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "build"],
        cwd=small,
        env=os.environ | {"PYTHONPATH": str(TESTS.parent), "TERM": "xterm-256color"},
        stderr=writer,
        stdout=writer,
    )
    os.close(writer)
    seen = b""
    with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
        while chunk := os.read(reader, 4096):
            seen += chunk
    os.close(reader)
    assert process.wait() == 0
    assert b"\x1b[" in seen
    assert "━".encode() in seen
    assert re.search(rb"\b\d+/\d+\b", seen)


def test_quiet_prints_nothing(root: Path, run: Run) -> None:
    assert run("build", "--quiet", folder=root) == Outcome(0, "", "")


def test_quiet_prints_errors_all_the_same(small: Path, run: Run) -> None:
    done = run("build", "-q", "--config", "nonesuch.yml", folder=small)
    assert done.code == 2
    assert "nonesuch.yml" in done.err


def test_strict_returns_1_when_a_record_was_quarantined_and_builds(root: Path, run: Run) -> None:
    assert run("build", "--strict", folder=root).code == 1
    assert (root / "site" / "index.html").is_file()


def test_strict_returns_0_when_none_was(small: Path, run: Run) -> None:
    assert run("build", "--strict", folder=small).code == 0


def test_build_reads_the_profiles_that_are_named(root: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    shutil.copy(root / "content" / "profiles" / "han-xuemei.txt", other)
    shutil.copy(root / "content" / "profiles" / "lantern-lab.txt", tmp_path)
    one_file = str(tmp_path / "lantern-lab.txt")
    done = run("build", "--profiles", str(other), "--profiles", one_file, folder=root)
    assert done.code == 0
    assert "Built 6 papers" in done.err


def test_build_takes_config_content_and_site_from_where_they_are_named(
    root: Path, run: Run, tmp_path: Path
) -> None:
    (root / "content").rename(tmp_path / "words")
    done = run(
        *("build", "-f", "academy/mkdocs.yml", "--content", "words", "--site-dir", "out/www"),
        folder=tmp_path,
    )
    assert done.code == 0
    assert (tmp_path / "out" / "www" / "index.html").is_file()
    assert (tmp_path / "words" / "ids.lock").read_text(encoding="utf-8").count("\npaper\t") == 24
    assert "words/profiles/van-der-lamp.txt:21: " in done.err
    assert not (root / "site").exists()


def test_new_ids_are_announced_once_there_is_a_lock(small: Path, run: Run) -> None:
    first = run("build", folder=small)
    assert "new permanent ids" not in first.err
    profile = small / "content" / "profiles" / "more.txt"
    profile.write_text("CLMay 2, 2021\nA New Lamp\n\nAda B. Quill\n\nNew.\n", encoding="utf-8")
    assert "ids.lock has new permanent ids: commit it" in run("build", folder=small).err
    assert "new permanent ids" not in run("build", folder=small).err


# -- index ----------------------------------------------------------------------------------------


def test_index_makes_the_search_of_a_site_that_mkdocs_built(small: Path, run: Run) -> None:
    assert run("build", folder=small).code == 0
    assert len(read_found(small / "site")) > 5
    other = small / "elsewhere"
    made = run_python("-m", "mkdocs", "build", "--site-dir", str(other), folder=small)
    assert made.returncode == 0, made.stderr
    assert not (other / "pagefind").exists()
    done = run("index", "elsewhere", folder=small)
    assert (done.code, done.out) == (0, "")
    assert "Indexed elsewhere for the search" in done.err
    assert tree(other / "pagefind") == tree(small / "site" / "pagefind")


def test_index_takes_the_site_folder_and_makes_what_is_there_no_second_time(
    small: Path, run: Run
) -> None:
    assert run("build", folder=small).code == 0
    expected = read_found(small / "site")
    shutil.rmtree(small / "site" / "pagefind")
    done = run("index", folder=small)
    assert (done.code, done.out) == (0, "")
    assert done.err == "Indexed site for the search; new or changed parts: 0\n"
    assert read_found(small / "site") == expected
    shutil.rmtree(small / "build" / "search")
    assert "new or changed parts: 1" in run("index", folder=small).err


def test_index_finds_what_a_page_says_now(small: Path, run: Run) -> None:
    assert run("build", folder=small).code == 0
    page = small / "site" / "authors" / "ou-yang-ming" / "index.html"
    text = page.read_text(encoding="utf-8")
    title = '<meta property="og:title" content="'
    assert title in text
    page.write_text(text.replace(title, f"{title}New "), encoding="utf-8")
    assert "new or changed parts: 1" in run("index", folder=small).err
    assert read_found(small / "site")["authors/ou-yang-ming/"].title.startswith("New ")


def test_index_refuses_a_folder_without_a_site(small: Path, run: Run) -> None:
    for folder in ("site", "content"):
        done = run("index", folder, folder=small)
        assert done.code == 2
        assert f"{folder}: no built site is here: run `mkdocs build` first" in done.err
    assert not (small / "content" / "pagefind").exists()


def test_index_says_when_there_is_nothing_to_be_found(small: Path, run: Run) -> None:
    (small / "other").mkdir()
    (small / "other" / "index.html").write_text("<h1>Lamps</h1>", encoding="utf-8")
    done = run("index", "other", folder=small)
    assert done.code == 3
    assert "no page here is marked for the search" in done.err
    assert "Traceback" not in done.err


# -- check ----------------------------------------------------------------------------------------


def test_check_says_what_build_would_and_writes_nothing(root: Path, run: Run) -> None:
    before = tree(root)
    check = run("check", folder=root)
    assert check.code == 1
    assert tree(root) == before
    assert not (root / "site").exists()
    build = run("build", folder=root)
    pattern = re.compile(r"^(?:quarantined|note) .*$", re.MULTILINE)
    assert pattern.findall(check.err) == pattern.findall(build.err) != []


def test_check_returns_0_when_all_is_well(small: Path, run: Run) -> None:
    assert run("check", folder=small).code == 0


def test_check_finds_links_that_lead_nowhere(small: Path, run: Run) -> None:
    page = small / "content" / "pages" / "notes.md"
    page.parent.mkdir()
    text = "---\ntitle: Notes\n---\n\n# Notes\n\n[gone](authors/nobody.md) [fine](index.md)\n"
    page.write_text(text, encoding="utf-8")
    done = run("check", folder=small)
    assert "content/pages/notes.md:7: the link 'authors/nobody.md' leads to no page" in done.err
    assert "index.md" not in done.err


def test_check_finds_two_pages_of_one_address(small: Path, run: Run) -> None:
    page = small / "content" / "pages" / "papers" / "index.md"
    page.parent.mkdir(parents=True)
    page.write_text("# Mine\n", encoding="utf-8")
    assert (
        "papers/index.md: papers/index.md has this address already"
        in run("check", folder=small).err
    )
    assert (
        "papers/index.md: papers/index.md has this address already"
        in run("build", folder=small).err
    )


def test_check_as_json_gives_one_object_a_problem(root: Path, run: Run) -> None:
    done = run("check", "--json", folder=root)
    assert done.code == 1
    assert done.err == ""
    for row in done.rows:
        assert set(row) == {"file", "line", "kind", "severity", "message", "raw"}
        assert row["kind"] == "problem"
    broken = [row for row in done.rows if row["severity"] == "quarantined"]
    assert [(row["file"], row["line"]) for row in broken] == [(QUARANTINED, 21), (QUARANTINED, 35)]
    assert {row["severity"] for row in done.rows} == {"quarantined", "note"}


# -- inspect --------------------------------------------------------------------------------------

PLACE = {"file", "line", "kind"}
PAPER = PLACE | {
    *("title", "authors", "truncated", "affiliations", "date", "date_inferred", "category"),
    *("code", "score", "abstract"),
}
PROFILE = PLACE | {
    *("name", "name_inferred", "category", "h_index", "declared_papers", "citations", "novelty"),
    "ai_score",
}
MORE = {"retrieved", "source", "inferred"}
"""Keys beyond those that were promised first."""


def test_inspect_as_json_gives_the_promised_fields(root: Path, run: Run) -> None:
    done = run("inspect", "--json", "content/profiles", folder=root)
    assert done.code == 0
    kinds = {"paper": PAPER, "profile": PROFILE}
    for row in done.rows:
        if row["kind"] == "problem":
            assert set(row) == {"file", "line", "kind", "severity", "message", "raw"}
        else:
            promised = kinds[str(row["kind"])]
            assert promised <= set(row) <= promised | MORE
    counts = {kind: [r["kind"] for r in done.rows].count(kind) for kind in kinds}
    assert counts == {"paper": 29, "profile": 6}


def test_inspect_as_json_gives_papers_as_understood(root: Path, run: Run) -> None:
    rows = run("inspect", "--json", "content/profiles", folder=root).rows
    glow, wicks = [r for r in rows if r["kind"] == "paper" and "lantern-lab" in str(r["file"])][:2]
    expected = {
        "file": "content/profiles/lantern-lab.txt",
        "line": 5,
        "kind": "paper",
        "title": "Quantifying Glow in Pairwise Lamp Learning",
        "authors": ["Mei Lin", "Otto Finch Jr.", "Liang Tan"],
        "truncated": False,
        "affiliations": [],
        "date": "2025-05-02",
        "date_inferred": True,
        "category": "cs.LG",
        "code": False,
        "score": 43.9,
        "abstract": "One lamp is brighter than another, and it can be learned which.",
    }
    assert {key: glow[key] for key in expected} == expected
    assert (wicks["date"], wicks["date_inferred"]) == ("2023-04-17", False)
    assert (wicks["code"], wicks["truncated"], wicks["score"]) == (True, True, 7.5)
    by_title = {str(row["title"]): row for row in rows if row["kind"] == "paper"}
    lanterns = by_title[r"Lanterns at Scale: ReLU$^2$ Wins by 16$\times$3.8B"]
    assert lanterns["affiliations"] == ["quill-academy", "lantern-lab"]
    assert lanterns["score"] is None
    assert by_title["Signals from a Dark Hill"]["category"] == "eess.SP"
    assert by_title["Convex Hulls of Lamp Posts"]["category"] == "math.OC"


def test_inspect_as_json_gives_profiles_as_understood(root: Path, run: Run) -> None:
    rows = run("inspect", "--json", "content/profiles", folder=root).rows
    profiles = {str(r["file"]).split("/")[-1]: r for r in rows if r["kind"] == "profile"}
    keys = ("name", "name_inferred", "category", "h_index", "declared_papers", "citations")
    found = {name: tuple(row[key] for key in keys) for name, row in profiles.items()}
    assert found["ada-quill.txt"] == ("Ada B. Quill", False, "cs.CL", 21, 12, 4321)
    assert found["van-der-lamp.txt"] == ("Jan van der Lamp", False, "math.OC", 9, 5, 1204)
    assert found["lantern-lab.txt"] == ("Mei Lin", True, None, None, None, None)
    assert (profiles["ada-quill.txt"]["novelty"], profiles["ada-quill.txt"]["ai_score"]) == (
        61,
        58.5,
    )


def test_inspect_shows_every_record_with_its_place(root: Path, run: Run) -> None:
    done = run("inspect", "content/profiles/ada-quill.txt", QUARANTINED, folder=root)
    assert done.code == 0
    assert "profile content/profiles/ada-quill.txt:5  Ada B. Quill\n" in done.out
    assert f"problem {QUARANTINED}:21  no calendar" in done.out
    assert "    authors: Wei Chen, Noor El-Amin, Otto Finch Jr.\n" in done.out
    assert "\x1b" not in done.out


def test_inspect_shows_markup_as_it_is_written(root: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("CLMay 2, 2021\n[red]A[/red] [link=x]B\n\nAda [b]Q\n\nC.\n", encoding="utf-8")
    done = run("inspect", str(path), folder=root)
    assert "[red]A[/red] [link=x]B" in done.out
    assert "Ada [b]Q" in done.out


def test_inspect_shows_nought_and_leaves_out_what_is_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada Quill\nCL\n0citations\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    done = run("inspect", "a.txt", "b.txt", folder=tmp_path)
    assert "    citations: 0\n" in done.out
    assert "h_index" not in done.out
    assert "inferred" not in done.out
    assert "problem b.txt  the file is empty" in done.out


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["words", "json"])
@pytest.mark.parametrize("profiles", ["content/profiles", "content/profiles/han-xuemei.txt"])
def test_a_reader_that_stops_listening_is_no_error(
    root: Path, options: list[str], profiles: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "inspect", *options, profiles],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(TESTS.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert err == b""


# -- new ------------------------------------------------------------------------------------------


def test_new_makes_a_folder_that_builds_at_once(run: Run, tmp_path: Path) -> None:
    done = run("new", "mine", folder=tmp_path)
    assert done.code == 0
    made = tree(tmp_path / "mine")
    assert "mkdocs.yml" in made
    assert [path for path in made if path.startswith("content/profiles/")]
    assert "authorpages serve" in done.out
    built = run("build", "--strict", folder=tmp_path / "mine")
    assert built.code == 0, built.err
    assert (tmp_path / "mine" / "site" / "index.html").is_file()
    assert read_found(tmp_path / "mine" / "site")


def test_new_writes_a_publishing_workflow_with_pinned_actions(run: Run, tmp_path: Path) -> None:
    assert run("new", "mine", folder=tmp_path).code == 0
    workflows = list((tmp_path / "mine" / ".github" / "workflows").glob("*.yml"))
    assert len(workflows) == 1
    text = workflows[0].read_text(encoding="utf-8")
    uses = re.findall(r"uses:\s*(\S+)", text)
    assert uses
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action) for action in uses)
    assert "pages: write" in text
    assert "id-token: write" in text


def test_new_leaves_a_folder_with_something_in_it_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mkdocs.yml").write_text("mine", encoding="utf-8")
    done = run("new", "mine", folder=tmp_path)
    assert done.code == 2
    assert "mine" in done.err
    assert tree(tmp_path / "mine") == {"mkdocs.yml": b"mine"}


# -- serve ----------------------------------------------------------------------------------------


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page_text(url: str) -> str:
    """What stands at an address, or nothing."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  # of this machine
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        error.close()
        return ""
    except OSError:
        return ""


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Wait until it is so; says whether it ever was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


@contextlib.contextmanager
def serving(
    folder: Path, log: Path, **variables: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`authorpages serve` on a free port, until the block ends."""
    port = free_port()
    # A shell has its jobs in the background ignore Ctrl+C, and so would what they start.
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--port", str(port)],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(TESTS.parent)} | variables,
            stdout=stream,
            stderr=stream,
        )
        signal.signal(signal.SIGINT, inherited)
        try:
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.kill()
            process.wait()


def test_serve_shows_changes_and_keeps_the_last_good_site(small: Path, tmp_path: Path) -> None:
    profile = small / "content" / "profiles" / "han-xuemei.txt"
    good = profile.read_text(encoding="utf-8")
    log = tmp_path / "log"
    url = {"SITE_URL": "https://x.example/repo/"}
    with serving(small, log, **url) as (host, process):
        home = f"{host}/repo/"
        assert wait_for(lambda: "Quill Academy" in page_text(home)), log.read_text()
        assert "livereload" in page_text(home)
        assert "pagefind" in page_text(f"{home}pagefind/pagefind.js")
        profile.write_text(good.replace("Lantern-R1", "Lantern-R2"), encoding="utf-8")
        assert wait_for(lambda: "Lantern-R2" in page_text(home)), log.read_text()
        (small / "mkdocs.yml").write_text("site_name: [broken\n", encoding="utf-8")
        assert wait_for(lambda: "not rebuilt" in log.read_text()), log.read_text()
        assert "mkdocs.yml:" in log.read_text()
        assert "Lantern-R2" in page_text(home)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert "Traceback" not in log.read_text()
    assert not (small / "site").exists()
    assert not (small / "content" / "ids.lock").exists()


def test_serve_refuses_an_address_that_is_taken(small: Path, run: Run) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--port", str(port), folder=small)
    assert done.code == 2
    assert f"cannot listen on 127.0.0.1:{port}" in done.err


# -- the whole ------------------------------------------------------------------------------------


def test_help_names_every_command() -> None:
    done = run_authorpages("--help", folder=ACADEMY)
    assert done.returncode == 0
    assert all(command in done.stdout for command in COMMANDS)


@pytest.mark.parametrize("arguments", [["nonesuch"], ["build", "--nonesuch"], ["inspect"]])
def test_a_command_that_is_not_understood_returns_2(
    run: Run, arguments: list[str], small: Path
) -> None:
    done = run(*arguments, folder=small)
    assert done.code == 2
    assert done.out == ""
    assert done.err


def test_every_command_and_option_stands_in_the_documentation() -> None:
    readme = TESTS.parent / "README.md"
    if not readme.is_file():
        pytest.skip("there is no README.md yet")
    pages = [readme, *(TESTS.parent / "docs").rglob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    group = typer.main.get_command(app)
    commands = getattr(group, "commands")  # noqa: B009  # Typer's own class is not public
    assert set(commands) == COMMANDS
    missing = [name for name in commands if f"authorpages {name}" not in text]
    for name, command in commands.items():
        options = {option for parameter in command.params for option in parameter.opts}
        options = {option for option in options if option.startswith("--")} - {"--help"}
        missing += [f"{name} {o}" for o in sorted(options) if not re.search(rf"{o}(?![\w-])", text)]
    assert not missing
