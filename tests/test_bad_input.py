"""What bad input gets: a clear sentence with file and line, the right exit code, nothing lost."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli import main
from tests.academy import run_authorpages, small_academy, tree

RECORD = "CLAug 15, 2024\nOf Lamps\n\nAda Quill\n\nLight.\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line gave."""

    code: int
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site folder, which is the working folder too."""
    monkeypatch.chdir(small_academy(tmp_path / "site"))
    return Path()


@pytest.fixture
def run(site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line within this process."""

    def run_main(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["authorpages", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        return Outcome(code, capsys.readouterr().err)

    return run_main


def profile(name: str, data: str | bytes) -> Path:
    """Add a profile file to the site."""
    path = Path("content/profiles") / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def only_profile(name: str, data: str | bytes) -> Path:
    """Make a file the only profile of the site."""
    for path in Path("content/profiles").iterdir():
        path.unlink()
    return profile(name, data)


def ledger() -> dict[str, object]:
    """What the last build wrote about its records."""
    found: dict[str, object] = json.loads(Path("build/ledger.json").read_text(encoding="utf-8"))
    return found


def configure(text: str) -> None:
    """Replace the settings of the site under `extra`."""
    path = Path("mkdocs.yml")
    kept = path.read_text(encoding="utf-8").partition("\nextra:")[0]
    path.write_text(f"{kept}\n{text}", encoding="utf-8")


def line_of(text: str) -> int:
    """The line of mkdocs.yml that holds a text."""
    lines = Path("mkdocs.yml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["build", "check"])
def test_no_profile_at_all(run: Run, command: str) -> None:
    Path("content/profiles/han-xuemei.txt").unlink()
    done = run(command)
    assert done.code == 3
    assert "content/profiles: there is no profile to read. Save an author profile there" in done.err
    assert not Path("site").exists()


def test_no_folder_of_profiles(run: Run) -> None:
    Path("content").rename("other")
    done = run("build")
    assert done.code == 3
    assert "content/profiles: there is no profile to read" in done.err


def test_an_empty_file_beside_others(run: Run) -> None:
    profile("empty.txt", b"")
    profile("blank.txt", " \n\r\n\t\n")
    done = run("build", "--strict")
    assert done.code == 0
    assert "content/profiles/empty.txt: the file is empty: expected an author profile" in done.err
    assert "content/profiles/blank.txt: the file is empty: expected an author profile" in done.err
    assert "Built 2 papers" in done.err


def test_nothing_but_an_empty_file(run: Run) -> None:
    only_profile("empty.txt", b"")
    done = run("build")
    assert done.code == 3
    assert "content/profiles/empty.txt: the file is empty" in done.err


def test_a_binary_file(run: Run) -> None:
    profile("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    assert run("build").code == 0
    done = run("build", "--strict")
    assert done.code == 1
    message = (
        r"content/profiles/photo\.txt: this is a binary file .*offset 8.*: expected UTF-8 text"
    )
    assert re.search(message, done.err)
    assert "Built 2 papers" in done.err


def test_bytes_that_are_not_utf8_cost_their_own_record_alone(run: Run) -> None:
    good = RECORD.encode()
    bad = RECORD.replace("Light", "Licht gr\xfc\xdft").replace("Lamps", "Oil").encode("latin-1")
    path = profile("latin.txt", good + b"\n" + bad + b"\n" + good.replace(b"Lamps", b"Wicks"))
    offset = path.read_bytes().index(b"\xfc")
    done = run("build", "--strict")
    assert done.code == 1
    message = f"latin.txt:8: not valid UTF-8: the byte at offset {offset} of the file, on line 13"
    assert message in done.err
    assert Path("site/papers/of-lamps/index.html").is_file()
    assert Path("site/papers/of-wicks/index.html").is_file()
    assert not Path("site/papers/of-oil").exists()
    assert ledger()["quarantined"] == 1
    assert r"Licht gr\\xfc\\xdft" in str(ledger()["problems"])


@pytest.mark.parametrize("command", ["inspect", "check"])
def test_bytes_that_are_not_utf8_are_kept_in_json(site: Path, command: str) -> None:
    path = profile("latin.txt", RECORD.replace("Light", "gr\xfc\xdft").encode("latin-1"))
    arguments = ["inspect", str(path)] if command == "inspect" else ["check"]
    done = run_authorpages(*arguments, "--json", folder=site)
    assert done.returncode == (1 if command == "check" else 0), done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    (broken,) = [row for row in rows if row.get("severity") == "quarantined"]
    assert r"gr\xfc\xdft" in broken["raw"]


def test_a_file_of_another_kind(run: Run) -> None:
    profile("profile.docx", b"PK\x03\x04")
    done = run("build")
    assert done.code == 0
    assert "content/profiles/profile.docx: not read: expected a file ending in" in done.err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--config", "nonesuch.yml"), ("--profiles", "nonesuch.txt"), ("--profiles", "none/such/")],
)
def test_a_named_place_that_does_not_exist(run: Run, option: str, value: str) -> None:
    done = run("build", option, value)
    assert done.code == 2
    assert f"{value.rstrip('/')}: no such" in done.err
    assert not Path("site").exists()


def test_a_folder_without_a_configuration(run: Run) -> None:
    Path("mkdocs.yml").unlink()
    done = run("build")
    assert done.code == 2
    assert "mkdocs.yml: no such configuration file" in done.err
    assert "authorpages new DIR" in done.err


def test_a_file_to_inspect_that_does_not_exist(run: Run) -> None:
    done = run("inspect", "nonesuch.txt")
    assert (done.code, done.err) == (2, "Error: nonesuch.txt: no such file or folder\n")


def test_a_lock_with_lines_that_are_not_understood(run: Run) -> None:
    assert run("build").code == 0
    lock = Path("content/ids.lock")
    text = lock.read_text(encoding="utf-8")
    lock.write_text(f"{text}<<<<<<< HEAD\nperson\n", encoding="utf-8")
    number = text.count("\n") + 1
    done = run("build")
    assert done.code == 3
    assert f"content/ids.lock:{number}: not a line of an id lock: restore the file" in done.err
    assert f"content/ids.lock:{number + 1}: not a line of an id lock" in done.err
    assert lock.read_text(encoding="utf-8").startswith(text), "the lock lost lines"


def test_a_lock_that_is_not_utf8(run: Run) -> None:
    lock = Path("content/ids.lock")
    lock.write_bytes(b"person\tada\tada\xff quill\n")
    done = run("build")
    assert done.code in (2, 3)
    assert "content/ids.lock" in done.err
    assert lock.read_bytes() == b"person\tada\tada\xff quill\n"


# -- records --------------------------------------------------------------------------------------


def test_a_record_without_a_good_badge_line(run: Run) -> None:
    broken = RECORD.replace("CLAug 15", "CLAgu 15")
    profile("a.txt", f"{RECORD}\n{broken}\n{RECORD.replace('Lamps', 'Oil')}")
    done = run("build", "--strict")
    assert done.code == 1
    assert (
        "quarantined content/profiles/a.txt:8: not understood: expected a line such as" in done.err
    )
    assert "Built 4 papers" in done.err
    problems = ledger()["problems"]
    assert isinstance(problems, list)
    (found,) = [p for p in problems if p["severity"] == "quarantined"]
    assert found["raw"].split("\n\n") == ["CLAgu 15, 2024\nOf Lamps", "Ada Quill", "Light."]


def test_two_profiles_of_one_person_keep_the_newer_figures_and_the_older(run: Run) -> None:
    for name, day, h_index in (("a", "2023-01-01", 30), ("b", "2024-01-01", 41)):
        head = f"---\nretrieved: {day}\n---\nAda Quill\n\nCL\nh-index{h_index}\n\n"
        profile(f"{name}.txt", head + RECORD)
    done = run("build")
    assert done.code == 0
    assert "Built 3 papers" in done.err
    page = Path("build/docs/authors/ada-quill.md").read_text(encoding="utf-8")
    assert 0 < page.index("41") < page.index("Earlier figures") < page.index(">30<")
    assert "2023&#45;01&#45;01" in page or "2023-01-01" in page
    assert ledger()["merged"] == 1


def test_a_duplicate_record_becomes_one_page_and_stands_in_the_balance(run: Run) -> None:
    profile("a.txt", f"{RECORD}\n{RECORD}\n{RECORD}")
    assert run("build", "--strict").code == 0
    found = ledger()
    keys = ("found", "parsed", "quarantined", "merged", "published")
    assert [found[key] for key in keys] == [5, 5, 0, 2, 3]


@pytest.mark.parametrize(("declared", "which"), [(9, "cut its list"), (1, "more than it counts")])
def test_a_declared_count_that_differs(run: Run, declared: int, which: str) -> None:
    records = f"{RECORD}\n{RECORD.replace('Lamps', 'Oil')}"
    profile("a.txt", f"Ada Quill\n\nCL\n{declared}papers\n\n{records}")
    done = run("build")
    assert done.code == 0
    place, count = r"content/profiles/a\.txt:1", f"declares {declared} papers?"
    message = rf"{place}: the profile {count} and lists 2: .*{which}"
    assert re.search(message, done.err)


def test_records_that_were_set_aside_are_not_said_to_be_cut_by_the_source(run: Run) -> None:
    broken = RECORD.replace("CLAug 15", "CLFeb 30").replace("Lamps", "Oil")
    profile("a.txt", f"Ada Quill\n\nCL\n2papers\n\n{RECORD}\n{broken}")
    assert "cut its list" not in run("build").err
    page = Path("build/docs/authors/ada-quill.md").read_text(encoding="utf-8")
    assert "cut its list" not in page


def test_a_title_of_5000_characters(run: Run) -> None:
    title = " ".join(["Lanterns"] * 600)[:5000]
    profile("a.txt", RECORD.replace("Of Lamps", title))
    assert run("build", "--strict").code == 0
    (folder,) = Path("site/papers").glob("lanterns-lan*/")
    name = folder.name
    assert len(name) <= 80
    for ending in ("md", "bib"):
        text = Path(f"build/docs/papers/{name}.{ending}").read_text(encoding="utf-8")
        assert title in text


def test_a_title_and_a_name_in_chinese_only(run: Run) -> None:
    profile("a.txt", "CLAug 15, 2024\n灯笼之歌\n\n李灯\n\n歌。\n")
    assert run("build", "--strict").code == 0
    assert Path("site/papers/deng-long-zhi-ge/index.html").is_file()
    assert Path("site/authors/li-deng/index.html").is_file()


def test_faults_in_front_matter_are_named_with_their_lines(run: Run) -> None:
    head = "---\nretreived: 2024-01-01\nabstracts: some\nsubject_classes: {SP: no.SP}\n---\n"
    profile("a.txt", head + RECORD)
    profile("b.txt", "---\nname: [\n---\n" + RECORD.replace("Lamps", "Oil"))
    done = run("build")
    assert done.code == 0
    assert "a.txt:2: unknown key 'retreived': did you mean 'retrieved'?" in done.err
    assert re.search(r"a\.txt:3: abstracts: .*full.*summary.*found 'some'", done.err)
    assert "a.txt:4: subject_classes: SP: 'no.SP'" in done.err
    assert re.search(r"b\.txt:[23]: the front matter is not valid YAML", done.err)
    assert "Built 4 papers" in done.err


def test_faults_in_notes_on_an_author_are_named_and_left_out(run: Run) -> None:
    notes = Path("content/authors/han-xue-mei.md")
    notes.parent.mkdir()
    notes.write_text(
        "---\nhomepage: javascript:alert(1)\norcid: 0000-0002-1825-0098\nphoto: gone.png\n"
        "links:\n  - label: Odd\n    url: ftp://odd.example\ntwitter: me\n---\nBiography.\n",
        encoding="utf-8",
    )
    done = run("build")
    assert done.code == 0
    place = "content/authors/han-xue-mei.md"
    assert f"{place}:2: homepage: expected an http or https address" in done.err
    assert f"{place}:3: orcid: expected an ORCID iD" in done.err
    assert f"{place}:6: links: Odd: expected an http or https address" in done.err
    assert f"{place}:8: unknown key 'twitter'" in done.err
    assert re.search(rf"{place}(:\d+)?: photo: there is no file 'gone.png'", done.err)
    page = Path("build/docs/authors/han-xue-mei.md").read_text(encoding="utf-8")
    assert "Biography." in page
    assert "javascript" not in page


# -- configuration --------------------------------------------------------------------------------


def test_every_fault_of_the_configuration_is_named_with_its_line(run: Run) -> None:
    configure(
        "extra:\n"
        "  authorpages:\n"
        "    newest_paper: 4\n"
        "    related_papers: many\n"
        "    organisations:\n"
        "      ad: [Aurora-9]\n"
        "    entries_per_page: 1\n"
        "    colour: red\n"
    )
    path = Path("mkdocs.yml")
    text = path.read_text(encoding="utf-8").replace("docs_dir: build/docs", "docs_dir: docs")
    path.write_text(text, encoding="utf-8")
    done = run("build")
    assert done.code == 2
    for where, what in (
        ("newest_paper", r"unknown key '\S*newest_paper': did you mean 'newest_papers'\?"),
        ("related_papers", r"\S*related_papers: .*integer.*\(found 'many'\)"),
        ("ad: ", r"unknown key '\S*organisations\.ad': did you mean 'add'\?"),
        ("entries_per_page", r"\S*entries_per_page: .*10.*\(found 1\)"),
        ("colour", r"unknown key '\S*colour': no such key is known"),
        ("docs_dir", r"docs_dir: expected `docs_dir: build/docs` \(found 'docs'\)"),
    ):
        assert re.search(rf"mkdocs\.yml:{line_of(where)}: {what}", done.err), (where, done.err)
    assert done.err.count("mkdocs.yml:") == 6
    assert not Path("site").exists()
    assert not Path("docs").exists()


def test_settings_of_mkdocs_under_which_pages_would_not_work_are_faults(run: Run) -> None:
    path = Path("mkdocs.yml")
    text = path.read_text(encoding="utf-8").replace("- toc.follow", "- navigation.instant")
    path.write_text(f"{text}\nuse_directory_urls: false\n", encoding="utf-8")
    done = run("build")
    assert done.code == 2
    line = line_of("use_directory_urls")
    assert f"mkdocs.yml:{line}: use_directory_urls: expected true" in done.err
    assert "navigation.instant exchanges pages" in done.err


@pytest.mark.parametrize("plugins", ["plugins: [search]\n", ""])
def test_an_index_that_nobody_reads_is_told_of(run: Run, plugins: str) -> None:
    path = Path("mkdocs.yml")
    text = re.sub("(?m)^plugins:.*\n", plugins, path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    assert "nothing reads the index of `search` any more" in run("check").err


def test_our_own_key_misspelt(run: Run) -> None:
    configure("extra:\n  generator: false\n  author_pages: {}\n")
    done = run("build")
    assert done.code == 2
    line = line_of("author_pages")
    assert f"mkdocs.yml:{line}: unknown key 'extra.author_pages': did you mean" in done.err
    assert "'extra.authorpages'?" in done.err


def test_a_key_of_mkdocs_misspelt(run: Run) -> None:
    path = Path("mkdocs.yml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("site_name:", "site_nmae:"), encoding="utf-8"
    )
    done = run("build")
    assert done.code == 2
    assert "site_name: expected the name of the site" in done.err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("site_name: A\nextra: [unclosed\n", r"[23]"),
        ("site_name: A\n\tdocs_dir: x\n", "2"),
        ("- a\n- b\n", "1"),
        ("", "1?"),
        ("just words\n", "1"),
    ],
    ids=["unclosed", "tab", "list", "empty", "words"],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_configuration_that_is_no_yaml_mapping(
    run: Run, text: str, line: str, command: str
) -> None:
    Path("mkdocs.yml").write_text(text, encoding="utf-8")
    done = run(command)
    assert done.code == 2
    assert re.search(rf"^Error: mkdocs\.yml:?{line}: ", done.err), done.err


def test_a_configuration_that_is_not_utf8(run: Run) -> None:
    Path("mkdocs.yml").write_bytes(b"site_name: Caf\xe9\ndocs_dir: build/docs\n")
    done = run("build")
    assert done.code == 2
    assert "mkdocs.yml" in done.err


def test_a_page_template_of_the_site_that_is_no_template(run: Run) -> None:
    template = Path("site_templates/pages/year.md.j2")
    template.parent.mkdir(parents=True)
    template.write_text("{% if x %}\nno end\n", encoding="utf-8")
    done = run("build")
    assert done.code == 3
    assert re.search(r"year\.md\.j2:\d", done.err)


def test_a_site_template_that_names_what_there_is_not(run: Run) -> None:
    template = Path("site_templates/pages/year.md.j2")
    template.parent.mkdir(parents=True)
    template.write_text("# {{ nonesuch }}\n", encoding="utf-8")
    done = run("check")
    assert done.code == 3
    assert "year.md.j2" in done.err
    assert "nonesuch" in done.err


def test_errors_are_one_plain_sentence_and_no_traceback(tmp_path: Path) -> None:
    root = small_academy(tmp_path / "plain")
    (root / "mkdocs.yml").write_text("site_name: [\n", encoding="utf-8")
    before = tree(root)
    done = run_authorpages("build", folder=root)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: mkdocs.yml:")
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert tree(root) == before


def test_a_corrected_name_of_a_first_author_keeps_the_address_and_the_key(run: Run) -> None:
    profile("a.txt", RECORD)
    assert run("build").code == 0
    (before,) = Path("build/docs/papers").glob("*lamps*.bib")
    key = before.read_text(encoding="utf-8").split(",")[0]
    profile("a.txt", RECORD.replace("Ada Quill", "Ada Quilll"))
    assert run("build").code == 0
    (after,) = Path("build/docs/papers").glob("*lamps*.bib")
    assert (after, after.read_text(encoding="utf-8").split(",")[0]) == (before, key)
    assert "Quilll" in after.read_text(encoding="utf-8")


def test_a_misspelt_key_of_mkdocs(run: Run) -> None:
    config = Path("mkdocs.yml")
    config.write_text(config.read_text(encoding="utf-8") + "\nsite_nme: x\n", encoding="utf-8")
    done = run("build")
    assert done.code == 2
    assert re.search(r"mkdocs\.yml:\d+: unknown key 'site_nme': did you mean 'site_name'", done.err)


def test_two_files_of_one_address(run: Run) -> None:
    page = Path("content/pages/papers.md")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# Mine\n", encoding="utf-8")
    assert "papers.md: papers/index.md has this address already" in run("check").err


def test_a_site_folder_within_the_content(run: Run) -> None:
    assert run("build", "--site-dir", "content/site").code == 2


def test_a_content_folder_that_is_not_there(run: Run) -> None:
    assert run("build", "--content", "nope").code == 2


def test_a_person_with_249_co_authors_has_the_closest_200_and_says_of_how_many(run: Run) -> None:
    for paper, title in enumerate(("Wicks", "Oil", "Flames")):
        names = ", ".join(f"Nobody Number{'abc'[paper]}{n}" for n in range(83))
        text = RECORD.replace("Of Lamps", title).replace("Ada Quill", f"Ada Quill, {names}")
        profile(f"{paper}.txt", text)
    assert run("build").code == 0
    page = Path("build/docs/authors/ada-quill.md").read_text(encoding="utf-8")
    assert page.count("](../authors/nobody-") >= 200
    assert "These are the 200 with most shared papers, of 249." in page
