"""A site's own templates, theme and assets win over those that come with the program."""

from __future__ import annotations

from pathlib import Path

import pytest
import rcssmin

from tests.academy import build_academy, make_documents, small_academy

OURS = Path(__file__).parents[2] / "site_templates"
SHEET = "assets/stylesheets/author-pages.css"
PARTS = "assets/stylesheets/author-pages"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small academy with nothing of its own yet."""
    return small_academy(tmp_path / "academy")


def own(root: Path, name: str, text: str) -> None:
    """Put a file into the site's own templates."""
    path = root / "site_templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_page_template_of_the_site_is_used(root: Path) -> None:
    own(root, "pages/year.md.j2", "# The year {{ year }}\n")
    found = make_documents(root)
    assert found["years/2024.md"].decode().endswith("---\n\n# The year 2024\n")
    assert b"Optimization" not in found["years/2024.md"]
    assert "# Papers" in found["papers/index.md"].decode()


def test_what_a_template_prints_is_escaped(root: Path) -> None:
    own(root, "pages/year.md.j2", "# {{ '<b>*x*</b> {{ y }}' }} {{ none | default('[z](w)') }}\n")
    text = make_documents(root)["years/2024.md"].decode()
    assert "<b>" not in text
    assert "*x*" not in text
    assert "{{" not in text
    assert "[z](w)" not in text


def test_assets_of_the_site_are_added_and_win(root: Path) -> None:
    own(root, SHEET, "body { color: red }\n")
    own(root, "assets/stylesheets/more.css", "p { color: blue }\n")
    found = make_documents(root)
    assert found[SHEET] == b"body { color: red }\n"
    assert found["assets/stylesheets/more.css"] == b"p { color: blue }\n"
    assert [path for path in found if path.endswith(".woff2")]


def test_the_style_sheet_is_one_file_made_of_parts(root: Path) -> None:
    found = make_documents(root)
    parts = sorted((OURS / PARTS).glob("*.css"))
    assert len(parts) > 10
    assert found[SHEET].decode() == "".join(rcssmin.cssmin(part.read_text()) for part in parts)
    assert [path for path in found if path.endswith(".css")] == [SHEET]


def test_a_part_of_the_style_sheet_can_be_replaced_left_out_or_added(root: Path) -> None:
    ours = make_documents(root)[SHEET].decode()
    parts = sorted((OURS / PARTS).glob("*.css"))
    first, second, *rest = [rcssmin.cssmin(part.read_text()) for part in parts]
    assert ours == first + second + "".join(rest)
    own(root, f"{PARTS}/{parts[0].name}", "h1 { color: red }\n")
    own(root, f"{PARTS}/{parts[1].name}", "")
    own(root, f"{PARTS}/99-own.css", "h2 { color: blue }\n")
    own(root, f"{PARTS}/README.txt", "Why the titles are red.\n")
    found = make_documents(root)
    joined = "h1 { color: red }\n" + "".join(rest) + "h2 { color: blue }\n"
    assert found[SHEET].decode() == joined
    assert f"{PARTS}/README.txt" in found


def test_theme_overrides_of_the_site_win(root: Path) -> None:
    own(root, "theme/moved.html", "<p>gone elsewhere</p>\n")
    build_academy(root)
    assert (root / "build" / "theme" / "moved.html").read_text() == "<p>gone elsewhere</p>\n"
    assert (root / "build" / "theme" / "main.html").is_file()
    (root / "site_templates" / "theme" / "moved.html").unlink()
    build_academy(root)
    assert "refresh" in (root / "build" / "theme" / "moved.html").read_text()
