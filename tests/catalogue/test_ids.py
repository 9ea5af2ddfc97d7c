"""The lock file: what it says, what is wrong with it, and how redirects are joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.ids import (
    IdLock,
    PaperId,
    PaperTrait,
    follow_redirects,
    join_redirects,
    parse_lock,
)
from generator.identifiers import RESERVED
from generator.names import name_key

PAPER = "paper\twicks\tquill2024wicks\taa\tbb\t2024\tcc\n"

_slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}[a-z0-9]", fullmatch=True).filter(
    lambda slug: slug not in RESERVED
)
_locks = st.builds(
    lambda papers, people, redirects: IdLock(
        {
            PaperId(slug, f"key-{slug}"): PaperTrait.of(title, [title], year, "8-15")
            for slug, (title, year) in papers.items()
        },
        {name_key(name) or "-": slug for slug, name in people.items()},
        {f"papers/{old}": f"papers/{new}" for old, new in redirects.items()},
    ),
    st.dictionaries(_slugs, st.tuples(st.text(), st.one_of(st.none(), st.integers(1, 9999)))),
    st.dictionaries(_slugs, st.text(min_size=1), max_size=8),
    st.dictionaries(_slugs, _slugs),
)


@given(_locks)
def test_a_lock_says_the_same_after_it_was_written_and_read(lock: IdLock) -> None:
    again, problems = parse_lock(lock.text, "ids.lock")
    assert problems == ()
    assert again == lock
    assert again.text == lock.text
    rows = [line for line in lock.text.split("\n") if line and not line.startswith("#")]
    assert rows == sorted(rows)


def test_a_lock_may_have_passed_through_windows() -> None:
    lock, problems = parse_lock("\ufeff# head\r\n" + PAPER.replace("\n", "\r\n"), "ids.lock")
    assert problems == ()
    assert list(lock.papers) == [PaperId("wicks", "quill2024wicks")]


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "paper\twicks",
        "paper\t../wicks\tkey\taa\tbb\t2024\tcc",
        "paper\tcon\tkey\taa\tbb\t2024\tcc",
        "paper\twicks\tother\taa\tbb\t2024\tcc",
        "paper\tother\tquill2024wicks\taa\tbb\t2024\tcc",
        "person\tAda Quill\tada quill",
        "redirect\tpapers/a\thttps://elsewhere.example/",
    ],
)
def test_a_line_that_cannot_be_is_a_problem_and_the_rest_holds(line: str) -> None:
    lock, problems = parse_lock(PAPER + line + "\nperson\tada-quill\tada quill\n", "ids.lock")
    assert list(lock.papers) == [PaperId("wicks", "quill2024wicks")]
    assert lock.people == {"ada quill": "ada-quill"}
    (problem,) = problems
    assert (problem.origin, problem.line, problem.raw) == ("ids.lock", 2, line)
    assert "last commit" in problem.message


def test_redirects_lead_to_the_end_of_their_chain_and_not_in_circles() -> None:
    assert follow_redirects({"a": "b", "b": "c"}) == {"a": "c", "b": "c"}
    assert follow_redirects({"a": "a"}) == {}
    assert set(follow_redirects({"a": "b", "b": "a"})) <= {"a", "b"}


def test_an_address_that_lives_again_leads_nowhere_else() -> None:
    assert join_redirects({"a": "b"}, {}, {"a", "b"}) == {}
    assert join_redirects({"a": "b"}, {}, {"a"}) == {"b": "a"}
    assert join_redirects({"a": "b"}, {"b": "c"}, {"c"}) == {"a": "c", "b": "c"}
