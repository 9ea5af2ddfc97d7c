"""`authorpages export`: what files hold, in another format, on standard output."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import rispy

from generator.cli import main
from generator.sources.bibtex import parse
from tests.academy import TESTS, copy_academy, run_authorpages, tree, understand
from tests.exports.test_site_json import validator

PROFILE = """\
Ada Quill

CL
h-index3
2papers
12citations

2 Papers

CLAug 15, 2024Code
Wicks in Rain: ReLU$^2$ Wins

Łucja Żółć, Ada Quill et al. · quay

Of nine hundred wicks, $63.5\\%$ burn in rain.

LGMay 2, 2023
On Glow

Ada Quill

A short remark about glow.
"""
BIBLIOGRAPHY = r"""
@inproceedings{zolc-rain, author = {{\L}ucja {\.Z}{\'o}{\l}{\'c} and Ada Quill and Bo Wick},
  title = {Wicks in Rain: {ReLU}$^2$ Wins}, booktitle = {Meeting on Lamps}, year = 2024,
  pages = {91-101}, doi = {10.5555/rain}}

@article{oil, author = {Wick, Bo and others}, title = {Oil}, journal = {Lamps}, year = 2023}
"""
BROKEN = """
@misc{fine, author = {Bo Wick}, title = {Fine}, year = {2O24}}
@misc{open, title = {Never {Closed}, author = {Bo Wick}

@misc{untitled, author = {Bo Wick}, year = 2024}
"""
TITLES = ["Wicks in Rain: ReLU² Wins", "On Glow", "Oil"]
FORMATS = ["bibtex", "ris", "csl-json", "json"]
FILES = ("ada.txt", "refs.bib")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a profile and two bibliographies, which is no site. Read only."""
    folder = tmp_path_factory.mktemp("export")
    texts = {"ada.txt": PROFILE, "refs.bib": BIBLIOGRAPHY, "broken.bib": BROKEN}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of `authorpages export` gave."""

    code: int
    out: str
    err: str

    @property
    def items(self) -> list[dict[str, Any]]:
        """The list of objects on standard output, after a run that went well."""
        assert self.code == 0, self.err
        items = json.loads(self.out)
        assert isinstance(items, list)
        return items

    @property
    def keys(self) -> list[str]:
        """The keys of the BibTeX on standard output."""
        return re.findall(r"(?m)^@\w+\{([^,]+),$", self.out)


Export = Callable[..., Outcome]


@pytest.fixture
def export(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], folder: Path
) -> Export:
    """Run the command line within this process; in `folder` unless another place is named."""

    def run_main(*arguments: str, at: Path = folder) -> Outcome:
        monkeypatch.chdir(at)
        monkeypatch.setattr(sys, "argv", ["authorpages", "export", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        captured = capsysbinary.readouterr()
        return Outcome(code, captured.out.decode(), captured.err.decode())

    return run_main


def to(name: str) -> tuple[str, ...]:
    """Both files, to be written in a format."""
    return (*FILES, "--format", name)


# -- formats --------------------------------------------------------------------------------------


def test_bibtex_reads_back_as_the_papers_that_it_was_made_of(export: Export) -> None:
    result = parse(export(*to("bibtex")).out.encode(), "out.bib")
    assert result.problems == ()
    rain, glow, oil = result.papers
    assert [paper.source_key for paper in result.papers] == [
        "zolc2024wicks",
        "quill2023glow",
        "wick2023oil",
    ]
    assert rain.authors == ("Łucja Żółć", "Ada Quill", "Bo Wick")
    assert (rain.publication.venue, rain.publication.doi) == ("Meeting on Lamps", "10.5555/rain")
    assert rain.publication.details == {"pages": "91--101"}
    assert rain.abstract == r"Of nine hundred wicks, $63.5\%$ burn in rain."
    assert (glow.authors, glow.abstract) == (("Ada Quill",), "A short remark about glow.")
    assert (oil.authors, oil.truncated, oil.publication.kind) == (("Bo Wick",), True, "article")


def test_ris_reads_back_as_the_papers_that_it_was_made_of(export: Export) -> None:
    rain, glow, oil = rispy.loads(export(*to("ris")).out)
    assert [entry["title"] for entry in (rain, glow, oil)] == TITLES
    assert [entry["type_of_reference"] for entry in (rain, glow, oil)] == ["CONF", "GEN", "JOUR"]
    assert rain["authors"] == ["Żółć, Łucja", "Quill, Ada", "Wick, Bo"]
    assert (rain["doi"], rain["start_page"], rain["end_page"]) == ("10.5555/rain", "91", "101")
    assert rain["abstract"] == "Of nine hundred wicks, 63.5% burn in rain."


def test_csl_json_is_one_list_of_items(export: Export) -> None:
    rain, glow, oil = export(*to("csl-json")).items
    assert [item["title"] for item in (rain, glow, oil)] == TITLES
    assert (rain["type"], rain["container-title"]) == ("paper-conference", "Meeting on Lamps")
    assert rain["author"][0] == {"family": "Żółć", "given": "Łucja"}
    assert rain["abstract"] == "Of nine hundred wicks, 63.5% burn in rain."
    assert glow["issued"] == {"date-parts": [[2023, 5, 2]]}
    assert oil["custom"] == {"truncated": True}


def test_json_is_as_the_schema_says_and_names_every_record(export: Export) -> None:
    rows = export(*to("json")).items
    for row in rows:
        validator("paper.schema.json").validate(row)
    rain, glow, oil = rows
    assert [row["title"] for row in rows] == TITLES
    places = [[(r["file"], r["line"]) for r in row["records"]] for row in (rain, glow, oil)]
    assert sorted(places[0]) == [("ada.txt", 10), ("refs.bib", 2)]
    assert places[1:] == [[("ada.txt", 17)], [("refs.bib", 6)]]


@pytest.mark.parametrize("name", FORMATS)
def test_standard_output_holds_the_papers_alone_and_standard_error_how_many(
    folder: Path, name: str
) -> None:
    done = run_authorpages("export", *to(name), folder=folder)
    assert done.returncode == 0
    assert done.stderr == f"3 papers as {name}\n"
    assert done.stdout.startswith({"bibtex": "@", "ris": "TY  - "}.get(name, "["))
    assert done.stdout.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_files_without_papers_give_an_empty_text_of_the_format(
    export: Export, tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty.bib").write_text("% nothing\n", encoding="utf-8")
    done = export("empty.bib", "--format", name, at=tmp_path)
    assert done == Outcome(0, "" if name in ("bibtex", "ris") else "[]\n", f"0 papers as {name}\n")


# -- one load -------------------------------------------------------------------------------------


def test_files_of_different_sources_form_one_load(export: Export) -> None:
    alone = export("ada.txt", "--format", "csl-json").items[0]
    joined = export(*to("csl-json")).items[0]
    assert (len(alone["author"]), alone["custom"]) == (2, {"truncated": True})
    assert len(joined["author"]) == 3
    assert "custom" not in joined
    assert ("DOI" in alone, joined["DOI"]) == (False, "10.5555/rain")


def test_the_order_in_which_files_are_named_changes_nothing(export: Export) -> None:
    assert export(*FILES[::-1], "--format", "json") == export(*FILES, "--format", "json")


def test_a_folder_stands_for_the_files_in_it(export: Export, folder: Path, tmp_path: Path) -> None:
    below = tmp_path / "all" / "below"
    below.mkdir(parents=True)
    for name in FILES:
        (below / name).write_bytes((folder / name).read_bytes())
    assert export("all", "--format", "bibtex", at=tmp_path) == export(*to("bibtex"))


# -- a selection ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "titles"),
    [
        ((), TITLES),
        (("--author", "ada-quill"), TITLES[:2]),
        (("--author", "bo-wick"), [TITLES[0], TITLES[2]]),
        (("--topic", "cs-lg"), ["On Glow"]),
        (("--year", "2023"), ["On Glow", "Oil"]),
        (("--author", "bo-wick", "--year", "2023"), ["Oil"]),
        (("--author", "bo-wick", "--topic", "cs-lg"), []),
    ],
)
def test_a_selection_leaves_the_papers_that_fit_all_of_it(
    export: Export, selection: tuple[str, ...], titles: list[str]
) -> None:
    assert [item["title"] for item in export(*to("csl-json"), *selection).items] == titles


@pytest.mark.parametrize(
    ("option", "value", "meant"),
    [
        ("author", "ada-quil", "ada-quill"),
        ("author", "Ada Quill", "ada-quill"),
        ("topic", "cs.LG", "cs-lg"),
        ("year", "2022", "2024"),
    ],
)
def test_what_no_paper_has_is_refused_with_the_nearest_that_one_has(
    export: Export, option: str, value: str, meant: str
) -> None:
    done = export(*to("ris"), f"--{option}", value)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"Error: --{option}: no paper of these files has the {option} {value!r}; did you mean "
        f"{meant!r}?\n"
    )


def test_what_is_like_nothing_is_refused_without_a_guess(export: Export) -> None:
    done = export(*to("ris"), "--author", "zzz")
    assert done.code == 2
    assert done.err.endswith("has the author 'zzz'\n")


# -- wrong usage, and input that is broken --------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonesuch.bib", "--format", "ris"), "nonesuch.bib: no such file or folder"),
        (("refs.bib", "nonesuch", "--format", "ris"), "nonesuch: no such file or folder"),
        (("refs.bib", "--format", "endnote"), "'endnote' is not one of"),
        (("refs.bib",), "--format"),
        (("--format", "ris"), "files"),
        (("refs.bib", "--format", "ris", "--year", "MMXXIV"), "--year"),
        (("refs.bib", "--format", "ris", "--config", "none.yml"), "none.yml"),
    ],
)
def test_wrong_usage_returns_2_and_says_what_is_wrong(
    export: Export, arguments: tuple[str, ...], said: str
) -> None:
    done = export(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_missing_file_ends_the_process_with_2(folder: Path) -> None:
    done = run_authorpages("export", "nonesuch.bib", "--format", "ris", folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: nonesuch.bib: no such file or folder\n"


def test_problems_go_to_standard_error_with_their_places_and_the_rest_is_written(
    export: Export,
) -> None:
    done = export("refs.bib", "broken.bib", "--format", "bibtex")
    assert done.code == 0
    assert sorted(done.keys) == ["wick2023oil", "wickndfine", "zolc2024wicks"]
    said = re.findall(r"(?m)^(note|quarantined) (\S+:\d+): (.*)$", done.err)
    assert [(gravity, place) for gravity, place, _ in said] == [
        ("quarantined", "broken.bib:3"),
        ("quarantined", "broken.bib:5"),
        ("note", "broken.bib:2"),
    ]
    assert "has no title" in said[1][2]
    assert done.err.endswith("3 papers as bibtex\n")


def test_a_file_of_no_source_is_named_and_left_out(export: Export, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n", encoding="utf-8")
    done = export(str(tmp_path / "notes.md"), *to("csl-json"))
    assert len(done.items) == 3
    assert re.search(
        r"(?m)^note \S*/notes\.md: not read: expected a file ending in \.bib", done.err
    )


# -- bytes ----------------------------------------------------------------------------------------


def test_ascii_says_the_same_without_any_other_letter(export: Export) -> None:
    whole, text = export(*to("bibtex")).out, export(*to("bibtex"), "--ascii").out
    assert text.isascii()
    assert not whole.isascii()
    one, other = (parse(t.encode(), "out.bib").papers for t in (whole, text))
    assert [(p.source_key, p.title, p.authors) for p in one] == [
        (p.source_key, p.title, p.authors) for p in other
    ]


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"},
    ],
    ids=["locale C", "ASCII", "UTF-16"],
)
def test_standard_output_is_utf_8_whatever_the_terminal_is(
    export: Export, folder: Path, environment: dict[str, str]
) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "generator", "export", *to("bibtex")],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(TESTS.parent)} | environment,
        capture_output=True,
        check=True,
    )
    assert process.stdout.decode() == export(*to("bibtex")).out


@pytest.mark.parametrize(("name", "read"), [*((name, 1) for name in FORMATS), ("bibtex", 0)])
def test_a_reader_that_stops_listening_is_no_error(tmp_path: Path, name: str, read: int) -> None:
    """Of more than a pipe holds, 64 KiB, as `| head` does it."""
    entries = (f"@misc{{k{n}, title = {{Lamp {n}: {'glow ' * 40}}}}}\n" for n in range(400))
    (tmp_path / "many.bib").write_text("".join(entries), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "export", "many.bib", "--format", name],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(TESTS.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    for _ in range(read):
        assert process.stdout.readline()
    process.stdout.close()
    err = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 0
    assert err == f"400 papers as {name}\n"


# -- in the folder of a site ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The academy, with a lock in which a paper has the key of a former title. Read only."""
    root = copy_academy(tmp_path_factory.mktemp("site") / "academy")
    lock = understand(root).built.lock.text
    assert "\tquill2022oil\t" in lock
    lock = lock.replace("\tquill2022oil\t", "\tquill2022lantern-fuel\t")
    (root / "content" / "ids.lock").write_text(lock, encoding="utf-8")
    return root


LIST = "content/profiles/ada-quill.txt"


def test_keys_are_those_of_the_site_in_whose_folder_it_runs(export: Export, site: Path) -> None:
    there = export(LIST, "--format", "bibtex", at=site).keys
    locked = (site / "content" / "ids.lock").read_text(encoding="utf-8")
    assert len(there) == 9
    assert set(there) <= set(re.findall(r"(?m)^paper\t[^\t]+\t([^\t]+)\t", locked))
    assert "quill2022lantern-fuel" in there
    elsewhere = (str(site / LIST), "--format", "bibtex")
    assert "quill2022oil" in export(*elsewhere).keys
    assert export(*elsewhere, "--config", str(site / "mkdocs.yml")).keys == there


def test_settings_are_those_of_the_site_in_whose_folder_it_runs(export: Export, site: Path) -> None:
    arguments = ("--format", "csl-json", "--year", "2023")
    person, organisation = {"family": "Lab", "given": "Jo"}, {"literal": "Jo Lab"}
    here, elsewhere = export(LIST, *arguments, at=site), export(str(site / LIST), *arguments)
    assert (person in authors(here), organisation in authors(here)) == (True, False)
    assert (person in authors(elsewhere), organisation in authors(elsewhere)) == (False, True)


def authors(done: Outcome) -> list[dict[str, str]]:
    """All authors of an export as CSL-JSON."""
    return [author for item in done.items for author in item.get("author", ())]


def test_a_site_that_wants_ascii_gets_it_unasked(
    export: Export, folder: Path, tmp_path: Path
) -> None:
    config = "site_name: A\ndocs_dir: build/docs\nextra: {authorpages: {ascii_bibtex: true}}\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    done = export(str(folder / "refs.bib"), "--format", "bibtex", at=tmp_path)
    assert done.out == export("refs.bib", "--format", "bibtex", "--ascii").out


def test_a_broken_configuration_here_is_told_with_its_line(export: Export, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nsite_nmae: B\n", encoding="utf-8")
    done = export(str(tmp_path), "--format", "ris", at=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "mkdocs.yml:2: unknown key 'site_nmae': did you mean 'site_name'?" in done.err


def test_pages_of_papers_that_are_not_asked_for_are_not_said_to_be_gone(
    export: Export, site: Path
) -> None:
    done = export("content/profiles/han-xuemei.txt", "--format", "ris", at=site)
    assert "not published any more" not in done.err


def test_of_the_content_of_a_site_what_is_no_source_is_left_out_without_a_word(
    export: Export, site: Path
) -> None:
    done = export("content", "--format", "csl-json", "--year", "2022", at=site)
    assert len(done.items) == 2
    assert "not read" not in done.err


def test_nothing_is_written_but_standard_output(export: Export, site: Path) -> None:
    before = tree(site)
    assert export("content/profiles", "--format", "json", at=site).code == 0
    assert tree(site) == before
