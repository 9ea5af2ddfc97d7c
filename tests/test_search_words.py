"""Words by which the search finds what is written otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search_identifiers import identifier_word
from generator.search_words import LONGEST_TERM, aliases, fold, name_aliases, search_terms

DATA = Path(__file__).parent / "data"
EXAMPLES = DATA / "search-words.json"
IDENTIFIERS = DATA / "search-identifiers.json"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Łukasz Kaiser", ["lukasz"]),
        ("Jürgen Müller", ["juergen", "mueller"]),
        ("Søren Ødegård", ["soren", "soeren", "odegard", "oedegaard"]),
        ("Ada B. Quill", []),
        ("O'Neill-Smith", ["neill", "smith"]),
    ],
)
def test_a_name_is_found_by_its_other_spellings(name: str, expected: list[str]) -> None:
    assert name_aliases([name]) == expected


def test_a_chinese_name_is_found_by_pairs_of_characters_and_by_its_romanisation() -> None:
    found = name_aliases(["韩雪梅"])
    assert {"韩雪", "雪梅", "hanxuemei", "han", "xue", "mei"} <= set(found)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("DeepSeek-R1: reasoning", "r1"),
        ("16×3.8B is enough", "38b"),
        ("ReLU² wins", "relu2"),
        ("深度学习方法", "学习"),
        ("GPT-4 and others", "gpt"),
    ],
)
def test_parts_of_words_of_a_title_are_found(title: str, word: str) -> None:
    assert word in aliases(title)


def test_plain_words_numbers_and_addresses_need_no_alias() -> None:
    assert aliases("plain words of 1998 and 3.14 at https://lamps.example/a-b") == []


def test_an_alias_is_told_once_and_a_long_text_tells_some_only() -> None:
    assert aliases("a-bc a-bc") == ["bc"]
    assert len(aliases(" ".join(f"x{n}-y{n}" for n in range(5000)))) == 2000


def test_terms_are_those_that_the_browser_makes() -> None:
    # search-words.js is held against the same file by the browser tests.
    for example in json.loads(EXAMPLES.read_text(encoding="utf-8")):
        assert search_terms(example["text"]) == set(example["terms"]), example["text"]


def test_identifiers_have_the_words_that_the_browser_makes() -> None:
    for example in json.loads(IDENTIFIERS.read_text(encoding="utf-8")):
        if example["word"]:
            assert identifier_word(example["kind"], example["identifier"]) == example["word"]


@given(st.text(), st.text())
def test_an_identifier_has_a_word_of_its_own_that_no_other_begins(one: str, other: str) -> None:
    words = [identifier_word("doi", text) for text in (one, other)]
    assert (words[0] == words[1]) == (one.lower() == other.lower())
    assert {len(word) for word in words} == {8}
    assert not any(word.isascii() for word in words)


@given(st.text(max_size=60))
def test_terms_are_short_folded_and_never_raise(text: str) -> None:
    for term in search_terms(text):
        assert 0 < len(term) <= LONGEST_TERM
    aliases(text)
    name_aliases([text])


@given(st.text(alphabet="aäÄłØß²ﬁ 学", max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
