"""Tests of the split of a line that holds a title and its authors without a separator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.title_split import Split, split_title_and_authors

NOTHING: frozenset[str] = frozenset()


def split_of(line: str, names: frozenset[str] = NOTHING, words: frozenset[str] = NOTHING) -> Split:
    split = split_title_and_authors(line, names, words)
    assert split is not None
    return split


def glued(title: str, authors: str) -> tuple[str, str]:
    """The title and the authors, as found in the line that runs them together."""
    split = split_of(title + authors)
    return split.title, ", ".join(split.authors)


@pytest.mark.parametrize(
    "authors",
    [
        "Nora D'Souza",
        "Nora McAllister",
        "Nora MacBride",
        "Nora O'Hara",
        "Nora DeWald",
        "Nora DuPre",
        "Nora LeRoux",
        "Nora M.M.M. Vogel",
        "Nora van der Berg",
        "Nora K. McAllister",
        "D'Marco Olson",
        "SoMin Cho",
        "JoBeth Olson",
        "XiaoMing Tan",
        "Jean-Luc Olson",
        "Mei-Hua Tan",
        "I-Hua Tan",
        "J.-L. Olson",
        "A.B. Olson",
        "J Olson",
        "T.-H. Nora Tan",
        "Nora (Mei) Tan",
        "Nora Al-Masri",
        "Nora Olson, Ivo McAllister, Pia DeWald",
        "Nora Olson, Jr., Ivo Tan, III, Pia Vogel",
    ],
)
def test_keeps_a_name_with_inner_capitals_whole(authors: str) -> None:
    assert glued("A Survey of Grammar Induction", authors)[1] == authors


@pytest.mark.parametrize(
    "title",
    [
        "Sparse Routing for MoE",
        "Steering of LLMs",
        "Adaptation of Agentic AI",
        "Tracking in 3D",
        "An Overview of the Shared Task 2017",
        "Is It Enough?",
        "Parsing (Student Abstract)",
        "Just Parse It!",
        'What Is a "Word"',
        "What Is a “Word”",
        "What Is a 'Word'",
        "GRadient-INformed Pre-Training",
        "Grammars for C++",
        "Linking Senses in a WordNet",
        "extractive summarization",
        "Reading, Writing, and Parsing",
        "Reading, Writing, Parsing, Learning, Planning",
    ],
)
@pytest.mark.parametrize("authors", ["Nora Olson", "Qian Tan, Ivo Vogel", "Qian Tan, Ivo K. Vogel"])
def test_keeps_an_unusual_title_whole(title: str, authors: str) -> None:
    assert glued(title, authors) == (title, authors)


@pytest.mark.parametrize(
    ("title", "authors"),
    [
        ("Deep Learning", "Łucja Nowak"),
        ("Deep Learning", "Émile Brun"),
        ("Deep Learning", "E\u0301mile Brun"),
        ("Глубокое обучение", "Нора Орлова, Иван Лебедев"),
        ("Deep Learning", "王明, 陈丽"),
        ("Parsing with BERT", "王明"),
        ("深度学习", "Ming Wang"),
        ("基于BERT的模型", "Ming Wang, 陈丽"),
        ("Deep Learning", "नोरा कुमार"),
    ],
)
def test_splits_where_any_script_shows_the_boundary(title: str, authors: str) -> None:
    assert glued(title, authors) == (title, authors)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Machine Translation", "van der Berg"),
        ("Parsing", "NhatLinh Tan"),
        ("A Technical Report", "OpenGroup"),
        ("深度学习", "王明"),
    ],
)
def test_a_known_name_decides_where_shape_does_not(title: str, name: str) -> None:
    split = split_of(f"{title}{name}, Ivo Vogel", names=frozenset({name}))
    assert (split.title, split.authors) == (title, (name, "Ivo Vogel"))
    assert split.reason == f'the name "{name}" stands elsewhere in the load'


@pytest.mark.parametrize(
    ("word", "title", "name"),
    [
        ("induction", "Grammar Induction", "HoangLinh Tan"),
        ("quickrank", "Fresh QuickRank", "Linh Tan"),
        ("training", "Pre-Training", "Linh Tan"),
    ],
)
def test_a_known_word_decides_between_two_shapes(word: str, title: str, name: str) -> None:
    split = split_of(title + name, words=frozenset({word}))
    assert (split.title, split.authors) == (title, (name,))
    assert word in split.reason.lower()


def test_a_known_later_author_is_not_needed() -> None:
    line = "Grammar InductionNora Olson, Ivo Vogel"
    assert split_of(line).authors == split_of(line, names=frozenset({"Ivo Vogel"})).authors


@pytest.mark.parametrize("line", ["", " ", ",", ", ", "Jr., Jr.", "grammar", "Grammar Induction"])
def test_finds_no_boundary_where_there_is_none(line: str) -> None:
    assert split_title_and_authors(line, NOTHING, NOTHING) is None


def test_takes_no_more_than_three_authors() -> None:
    assert len(split_of("One, TwoNora Olson, Ivo Vogel, Pia Tan").authors) == 3


def test_looks_only_at_the_end_of_a_huge_line() -> None:
    title = "SoMany, GluedWords " * 50_000 + "Parsing"
    assert glued(title, "Nora Olson, Ivo Vogel") == (title, "Nora Olson, Ivo Vogel")


TELLING = st.text(alphabet="aBcé'’-. ,()\"9中я\u0301\n#Jr", max_size=120)


@given(st.text() | TELLING, st.frozensets(st.text(max_size=6)), st.frozensets(st.text(max_size=6)))
def test_never_raises_and_loses_no_text(
    line: str, names: frozenset[str], words: frozenset[str]
) -> None:
    split = split_title_and_authors(line, names, words)
    assert split == split_title_and_authors(line, names, words)
    if split is not None:
        assert split.title
        assert all(split.authors)
        joined = split.title + ", ".join(split.authors)
        assert joined == line.strip()
