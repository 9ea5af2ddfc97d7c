"""Notes on papers: what is right is kept, and every fault is told with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records import PaperNotes, Provenance
from generator.sources.hand_written import read_content
from generator.sources.paper_notes import LARGEST_FILE, parse_paper_notes

ORIGIN = "content/papers/of-lamps.md"


def parse(text: str, **beside: int) -> tuple[PaperNotes, list[str]]:
    """The notes of a text, and what is wrong with it; files beside it as `name_ending=size`."""
    sizes = {name.replace("_", "."): size for name, size in beside.items()}
    parsed = parse_paper_notes(text.encode(), ORIGIN, sizes)
    return parsed.notes, [str(problem) for problem in parsed.problems]


def test_everything_that_may_stand_in_notes_is_read() -> None:
    notes, problems = parse(
        """---
doi: https://doi.org/10.5555/Lamp.1
arxiv: arXiv:2412.19437v2
venue: ' ICLR  2025 '
pdf: lamp.pdf
code: https://github.com/lamps/oil
slides: https://slides.example/1
video: https://video.example/1
award: Best paper
note: |
  An oral,
  one of 12.
---

Some **text**.
""",
        lamp_pdf=10,
    )
    assert problems == []
    assert notes == PaperNotes(
        Provenance(ORIGIN, 15),
        "of-lamps",
        doi="10.5555/Lamp.1",
        arxiv="2412.19437",
        venue="ICLR 2025",
        pdf="lamp.pdf",
        code="https://github.com/lamps/oil",
        slides="https://slides.example/1",
        video="https://video.example/1",
        award="Best paper",
        note="An oral, one of 12.",
        body="Some **text**.",
    )


def test_notes_may_be_text_alone_and_keys_may_be_empty() -> None:
    assert parse("Just text.\n") == (
        PaperNotes(Provenance(ORIGIN, 1), "of-lamps", body="Just text."),
        [],
    )
    notes, problems = parse("---\ndoi:\nvenue: '  '\n---\n")
    assert (notes.doi, notes.venue, problems) == (None, None, [])


@pytest.mark.parametrize(
    ("written", "arxiv"),
    [
        ("2412.10000", "2412.10000"),
        ("2412.19437  # v3", "2412.19437"),
        ("0704.0010", "0704.0010"),
        ("'2412.10000'", "2412.10000"),
    ],
)
def test_an_arxiv_id_that_yaml_takes_for_a_number_keeps_its_zeros(written: str, arxiv: str) -> None:
    notes, problems = parse(f"---\nvenue: x\narxiv: {written}\n---\n")
    assert (notes.arxiv, problems) == (arxiv, [])


def test_an_arxiv_id_that_cannot_be_read_as_it_stands_is_told() -> None:
    notes, problems = parse("---\narxiv:\n  2412.10000\n---\n")
    assert notes.arxiv is None
    assert problems == [f"{ORIGIN}:2: arxiv: Input should be a valid string (found 2412.1)"]


def test_a_doi_of_arxiv_is_an_arxiv_id() -> None:
    notes, _ = parse("---\ndoi: 10.48550/arXiv.2412.19437\n---\n")
    assert (notes.doi, notes.arxiv) == (None, "2412.19437")
    notes, _ = parse("---\ndoi: 10.48550/arXiv.2412.19437\narxiv: '2412.00001'\n---\n")
    assert notes.arxiv == "2412.00001"
    notes, _ = parse("---\ndoi: 10.48550/arXiv.no.id\n---\n")
    assert (notes.doi, notes.arxiv) == ("10.48550/arXiv.no.id", None)


def test_all_faults_are_told_at_once_with_their_lines_and_the_rest_is_kept() -> None:
    notes, problems = parse(
        """---
doi: 11.5555/x
arxiv: 2413.00001
venu: ICLR 2025
venue: ICLR 2025
award: [1, 2]
code: javascript:alert(1)
video: ftp://video.example/1
pdf: ../lamp.pdf
slides: slides.html
note: kept
---
"""
    )
    assert problems == [
        (
            f"{ORIGIN}:2: doi: expected a DOI such as 10.1000/182, or its address at doi.org "
            "(found '11.5555/x')"
        ),
        (
            f"{ORIGIN}:3: arxiv: expected an arXiv id such as 2401.01234 or math/0309136 "
            "(found '2413.00001')"
        ),
        f"{ORIGIN}:4: unknown key 'venu': did you mean 'venue'?",
        f"{ORIGIN}:6: award: Input should be a valid string (found [1, 2])",
        f"{ORIGIN}:7: code: expected an http or https address (found 'javascript:alert(1)')",
        f"{ORIGIN}:8: video: expected an http or https address (found 'ftp://video.example/1')",
        (
            f"{ORIGIN}:9: pdf: expected an http or https address, or the name of a file beside "
            "this one that ends in .pdf (found '../lamp.pdf')"
        ),
        (
            f"{ORIGIN}:10: slides: expected an http or https address, or the name of a file beside "
            "this one that ends in .key or .odp or .pdf or .ppt or .pptx (found 'slides.html')"
        ),
    ]
    assert notes == PaperNotes(Provenance(ORIGIN, 13), "of-lamps", venue="ICLR 2025", note="kept")


def test_a_file_that_is_not_there_is_told_with_one_that_may_be_meant() -> None:
    notes, problems = parse("---\npdf: lmap.pdf\n---\n", lamp_pdf=1)
    assert problems == [
        f"{ORIGIN}:2: pdf: there is no file 'lmap.pdf' beside this one: did you mean 'lamp.pdf'?"
    ]
    assert notes.pdf is None
    assert parse("---\npdf: x.pdf\n---\n")[1] == [
        f"{ORIGIN}:2: pdf: there is no file 'x.pdf' beside this one"
    ]


def test_a_file_that_github_does_not_take_is_told_and_left_out() -> None:
    assert parse("---\npdf: a.pdf\n---\n", a_pdf=LARGEST_FILE)[0].pdf == "a.pdf"
    notes, problems = parse("---\npdf: a.pdf\n---\n", a_pdf=3 * LARGEST_FILE)
    assert notes.pdf is None
    assert problems == [
        (
            f"{ORIGIN}:2: pdf: 'a.pdf' has 300 MiB, and GitHub takes no file of more than 100: "
            "link to it"
        )
    ]


def test_two_files_are_not_published_under_one_name() -> None:
    text = "---\npdf: A b.pdf\nslides: a-b.PDF\n---\n"
    parsed = parse_paper_notes(text.encode(), ORIGIN, {"A b.pdf": 1, "a-b.PDF": 1})
    assert (parsed.notes.pdf, parsed.notes.slides) == ("A b.pdf", None)
    assert [str(problem) for problem in parsed.problems] == [
        f"{ORIGIN}:3: slides: 'a-b.PDF' and 'A b.pdf' would be published under one name: rename one"
    ]
    same = parse_paper_notes(b"---\npdf: a.pdf\nslides: a.pdf\n---\n", ORIGIN, {"a.pdf": 1})
    assert same.problems == ()


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    parsed = parse_paper_notes(b"---\nvenue: x\n---\none\ntwo \xff\n", ORIGIN)
    assert [str(problem) for problem in parsed.problems] == [
        f"{ORIGIN}:5: not valid UTF-8: the byte at offset 25 of the file"
    ]
    assert parsed.notes.body == "one\ntwo ?"


@given(st.binary() | st.text().map(str.encode))
def test_notes_of_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    for noise in (data, b"---\n" + data + b"\n---\n", b"---\nvenue: " + data + b"\n---\n"):
        notes = parse_paper_notes(noise, ORIGIN).notes
        for value in (notes.venue, notes.award, notes.note, notes.body):
            (value or "").encode()


# -- the folder -----------------------------------------------------------------------------------


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty `content/papers` in the present folder."""
    monkeypatch.chdir(tmp_path)
    folder = Path("content/papers")
    folder.mkdir(parents=True)
    return folder


def test_files_of_notes_are_published_in_the_folder_of_the_page(papers: Path) -> None:
    (papers / "of-lamps.md").write_text("---\npdf: Of Lamps.PDF\nslides: talk.key\n---\n")
    (papers / "Of Lamps.PDF").write_bytes(b"%PDF")
    (papers / "talk.key").write_bytes(b"key")
    content = read_content(Path("content"))
    assert content.problems == ()
    assert content.files == {
        "papers/of-lamps/of-lamps.pdf": b"%PDF",
        "papers/of-lamps/talk.key": b"key",
    }
    assert content.papers["of-lamps"].pdf == "Of Lamps.PDF"


def test_a_file_that_no_notes_name_is_told_and_not_published(papers: Path) -> None:
    (papers / "of-lamps.md").write_text("---\npdf: big.pdf\n---\n")
    with (papers / "big.pdf").open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    (papers / "old.pdf").write_bytes(b"%PDF")
    (papers / ".hidden").write_bytes(b"")
    content = read_content(Path("content"))
    assert content.files == {}
    assert [str(problem) for problem in content.problems] == [
        (
            "content/papers/of-lamps.md:2: pdf: 'big.pdf' has 100 MiB, and GitHub takes no file of "
            "more than 100: link to it"
        ),
        "content/papers/old.pdf: named by no notes beside it: not published",
    ]


def test_files_are_looked_for_beside_the_notes_that_name_them(papers: Path) -> None:
    (papers / "2024").mkdir()
    (papers / "2024" / "of-lamps.md").write_text("---\npdf: a.pdf\n---\n")
    (papers / "2024" / "a.pdf").write_bytes(b"inner")
    (papers / "a.pdf").write_bytes(b"outer")
    content = read_content(Path("content"))
    assert content.files == {"papers/of-lamps/a.pdf": b"inner"}
    assert [problem.origin for problem in content.problems] == ["content/papers/a.pdf"]


def test_of_two_notes_on_one_paper_the_first_are_read(papers: Path) -> None:
    (papers / "more").mkdir()
    (papers / "more" / "of-lamps.md").write_text("two")
    (papers / "of-lamps.md").write_text("one")
    content = read_content(Path("content"))
    assert content.papers["of-lamps"].body == "two"
    assert [str(problem) for problem in content.problems] == [
        (
            "content/papers/of-lamps.md: content/papers/more/of-lamps.md holds notes on the same "
            "paper; these are not shown"
        )
    ]


def test_a_file_of_a_page_does_not_silently_give_way_to_one_of_notes(papers: Path) -> None:
    (papers / "of-lamps.md").write_text("---\npdf: a.pdf\n---\n")
    (papers / "a.pdf").write_bytes(b"notes")
    other = Path("content/pages/papers/of-lamps")
    other.mkdir(parents=True)
    (other / "a.pdf").write_bytes(b"page")
    content = read_content(Path("content"))
    assert content.files["papers/of-lamps/a.pdf"] == b"notes"
    assert [str(problem) for problem in content.problems] == [
        "content/pages/papers/of-lamps/a.pdf: a file of notes has its address"
    ]


def test_no_link_that_leads_out_of_the_content_folder_is_followed(papers: Path) -> None:
    secret = papers.parent.parent / "secret"
    secret.write_text("---\nnote: mine\n---\n")
    authors, pages = papers.parent / "authors", papers.parent / "pages"
    authors.mkdir()
    pages.mkdir()
    (papers / "of-lamps.md").write_text("---\npdf: a.pdf\n---\n")
    (authors / "ada.md").write_text("---\nphoto: ada.png\n---\n")
    links = [authors / "ada.png", pages / "pw.txt", pages / "x.md", papers / "a.pdf"]
    for link in (*links, papers / "of-oil.md"):
        link.symlink_to(secret.resolve())
    content = read_content(Path("content"))
    assert content.files == {}
    assert content.pages == ()
    assert content.papers.keys() == {"of-lamps"}
    assert content.papers["of-lamps"].pdf is None
    assert content.authors["ada"].photo is None
    refused = [p.origin for p in content.problems if "leads out" in p.message]
    assert refused == [p.as_posix() for p in (*links, papers / "of-oil.md")]


def test_links_within_the_content_folder_and_to_all_of_it_are_followed(papers: Path) -> None:
    (papers / "of-lamps.md").write_text("---\npdf: a.pdf\n---\n")
    (papers.parent / "b.pdf").write_bytes(b"%PDF")
    (papers / "a.pdf").symlink_to((papers.parent / "b.pdf").resolve())
    Path("elsewhere").symlink_to(papers.parent.resolve())
    content = read_content(Path("elsewhere"))
    assert content.problems == ()
    assert content.files == {"papers/of-lamps/a.pdf": b"%PDF"}
