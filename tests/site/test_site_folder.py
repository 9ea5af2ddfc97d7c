"""The site folder is replaced as a whole or not at all, and what others put there stays."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import pytest

from tests.academy import build_academy, run_authorpages, run_python, small_academy, tree

pytestmark = pytest.mark.usefixtures("_built_once")


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small academy, built; tests work on copies of it."""
    return build_academy(small_academy(tmp_path_factory.mktemp("small") / "academy")).root


@pytest.fixture
def _built_once(small_site: Path) -> None:
    """Keep the building out of the tests' own time."""


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """A built academy of one's own, at the path at which it was built."""
    copy = tmp_path / "copy"
    shutil.copytree(small_site, copy, symlinks=True)
    build_academy(copy)
    return copy


def add_paper(root: Path) -> None:
    """Something that a new build must show."""
    path = root / "content" / "profiles" / "han-xuemei.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\nCVMar 16, 2024\nA New Lamp\n\n韩雪梅\n\nNew.\n", encoding="utf-8")


def beside(root: Path) -> set[str]:
    """What stands in the project's folder."""
    return {path.name for path in root.iterdir()}


BROKEN = {
    "a plugin that is not installed": ("mkdocs.yml", "plugins: []", "plugins: [nonesuch]"),
    "a theme that is not installed": ("mkdocs.yml", "name: material\n", "name: nonesuch\n"),
    "a page with a template that is not there": (
        "content/pages/odd.md",
        "",
        "---\ntemplate: nonesuch.html\n---\n# Odd\n",
    ),
    "a theme override that is no template": (
        "site_templates/theme/main.html",
        "",
        '{% extends "base.html" %}{% block\n',
    ),
    "a hook that fails": ("hook.py", "", "def on_page_markdown(*args, **more):\n    1 / 0\n"),
    "a search index that cannot be made": (
        "site_templates/theme/main.html",
        "",
        "<p>A page of which nothing is marked for the search.</p>\n",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_build_that_fails_leaves_the_old_site_untouched(root: Path, what: str) -> None:
    before = tree(root / "site")
    lock = (root / "content" / "ids.lock").read_bytes()
    names = beside(root)
    path, old, new = BROKEN[what]
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert old in text
    file.write_text(text.replace(old, new) if old else new, encoding="utf-8")
    if path == "hook.py":
        with (root / "mkdocs.yml").open("a", encoding="utf-8") as stream:
            stream.write("hooks: [hook.py]\n")
    add_paper(root)
    done = run_authorpages("build", folder=root)
    assert done.returncode == (2 if path == "mkdocs.yml" else 3), done.stderr
    assert "Traceback" not in done.stderr
    assert "Error:" in done.stderr
    if path.endswith("theme/main.html") and "block" in new:
        assert "site_templates/theme/main.html:1: TemplateSyntaxError" in done.stderr
    assert tree(root / "site") == before
    assert (root / "content" / "ids.lock").read_bytes() == lock
    assert beside(root) == names | {Path(path).parts[0]}


def test_files_of_others_in_the_site_folder_stay(root: Path) -> None:
    site = root / "site"
    foreign = {"CNAME": b"papers.example\n", ".git/HEAD": b"ref", "papers/notes/mine.txt": b"mine"}
    for name, data in foreign.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    (site / ".git" / "hook").symlink_to("HEAD")
    gone = site / "papers" / "deng-long-de-ji-he-xue" / "index.html"
    assert gone.is_file()
    path = root / "content" / "profiles" / "han-xuemei.txt"
    records = path.read_text(encoding="utf-8").split("\nCVMar ")
    path.write_text("\nCVMar ".join([records[0], records[2]]), encoding="utf-8")
    build_academy(root)
    assert {name: (site / name).read_bytes() for name in foreign} == foreign
    assert (site / ".git" / "hook").readlink() == Path("HEAD")
    assert not gone.parent.exists()


def test_a_new_site_replaces_the_old_one_and_leaves_nothing_beside_it(root: Path) -> None:
    names = beside(root)
    add_paper(root)
    build_academy(root)
    assert (root / "site" / "papers" / "a-new-lamp" / "index.html").is_file()
    assert beside(root) == names


def test_files_that_did_not_change_keep_their_time(root: Path) -> None:
    same = root / "site" / "assets" / "stylesheets" / "author-pages.css"
    other = root / "site" / "index.html"
    times = same.stat().st_mtime_ns, other.stat().st_mtime_ns
    add_paper(root)
    build_academy(root)
    assert same.stat().st_mtime_ns == times[0]
    assert other.stat().st_mtime_ns != times[1]


def test_a_folder_of_somebody_else_is_refused(root: Path) -> None:
    other = root / "photos"
    other.mkdir()
    (other / "holiday.txt").write_text("not yours", encoding="utf-8")
    done = run_authorpages("build", "--site-dir", "photos", folder=root)
    assert done.returncode == 2
    assert "photos: this folder is not empty and was not written by authorpages" in done.stderr
    assert tree(other) == {"holiday.txt": b"not yours"}


@pytest.mark.parametrize("target", [".", "..", "build/docs", "mkdocs.yml", "content", "build"])
def test_a_folder_that_holds_the_project_is_refused(root: Path, target: str) -> None:
    before = tree(root / "content")
    done = run_authorpages("build", "--site-dir", target, folder=root)
    assert done.returncode == 2, done.stderr
    assert "choose another --site-dir" in done.stderr
    assert tree(root / "content") == before


def test_a_site_that_mkdocs_built_is_taken_over(root: Path) -> None:
    shutil.rmtree(root / "site")
    shutil.rmtree(root / "build")
    assert run_authorpages("build", folder=root).returncode == 0
    for manifest in (root / "build").glob("site-*.manifest"):
        manifest.unlink()
    assert run_authorpages("build", folder=root).returncode == 0


KILLED = textwrap.dedent(
    """
    import os, pathlib, sys
    from generator import cli

    moment = sys.argv[1]
    rename = pathlib.Path.rename

    def killed(self, target):
        if pathlib.Path(target).name == moment:
            os._exit(9)
        return rename(self, target)

    pathlib.Path.rename = killed
    sys.argv = ["authorpages", "build"]
    cli.main()
    """
)


@pytest.mark.parametrize("moment", [".site.old", "site"], ids=["before", "between"])
def test_a_run_that_was_killed_at_the_swap_is_recovered(root: Path, moment: str) -> None:
    site = root / "site"
    (site / "CNAME").write_text("papers.example\n", encoding="utf-8")
    names = beside(root)
    add_paper(root)
    assert run_python("-c", KILLED, moment, folder=root).returncode == 9
    assert site.exists() == (moment == ".site.old")
    done = run_authorpages("build", folder=root)
    assert done.returncode == 0, done.stderr
    assert (site / "CNAME").read_text(encoding="utf-8") == "papers.example\n"
    assert (site / "papers" / "a-new-lamp" / "index.html").is_file()
    assert beside(root) == names


def test_a_run_that_was_killed_and_then_fails_puts_the_old_site_back(root: Path) -> None:
    site = root / "site"
    before = tree(site)
    assert run_python("-c", KILLED, "site", folder=root).returncode == 9
    assert not site.exists()
    broken = root / "content" / "pages" / "odd.md"
    broken.parent.mkdir()
    broken.write_text("---\ntemplate: nonesuch.html\n---\n# Odd\n", encoding="utf-8")
    assert run_authorpages("build", folder=root).returncode == 3
    assert tree(site) == before
