"""Slugs and citation keys: readable, safe on every file system, never the same twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identifiers import (
    MAX_SLUG,
    RESERVED,
    choose_citation_key,
    choose_slug,
    is_slug,
    parse_orcid,
    slugify,
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Fuli Luo", "fuli-luo"),
        ("Søren Ångström Jr.", "soren-angstrom-jr"),
        ("O’Neil d'Arc", "oneil-darc"),
        ("R&D at 100%", "r-and-d-at-100-percent"),
        ("  --  ", ""),
    ],
)
def test_a_slug_is_readable(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.lists(st.text(), max_size=30), st.sampled_from(["paper", "author"]))
def test_slugs_are_safe_and_never_the_same(texts: list[str], kind: str) -> None:
    taken: set[str] = set()
    for text in [*texts, *texts, "con", "CON", "index", "com1", "灯笼", "x" * 200, "x" * 200]:
        slug = choose_slug(text, kind, taken)
        assert re.fullmatch(r"[a-z0-9-]{1,80}", slug)
        assert len(slug) <= MAX_SLUG
        assert slug not in RESERVED | taken
        assert is_slug(slug)
        taken.add(slug)


@given(st.lists(st.tuples(st.text(), st.one_of(st.none(), st.integers(1, 9999)), st.text())))
def test_citation_keys_are_plain_and_never_the_same(
    papers: list[tuple[str, int | None, str]],
) -> None:
    taken: set[str] = set()
    for family, year, title in [*papers, *papers]:
        key = choose_citation_key(family, year, title, taken)
        assert re.fullmatch(r"[a-z0-9-]+", key)
        assert key not in taken
        taken.add(key)


def test_a_taken_slug_is_numbered_without_gaps_and_a_taken_key_lettered() -> None:
    slugs: set[str] = set()
    keys: set[str] = set()
    for number in range(1, 60):
        slug = choose_slug("Untitled", "paper", slugs)
        assert slug == ("untitled" if number == 1 else f"untitled-{number}")
        slugs.add(slug)
        keys.add(choose_citation_key("Liu", 2019, "On the Variance of Lamps", keys))
    assert {"liu2019variance", "liu2019variancea", "liu2019variancez", "liu2019varianceaa"} <= keys
    assert len(keys) == 59


@pytest.mark.parametrize(
    ("text", "orcid"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233X", "0000-0002-1694-233X"),
        ("000000021694233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("nonsense", None),
    ],
)
def test_an_orcid_id_needs_its_check_digit(text: str, orcid: str | None) -> None:
    assert parse_orcid(text) == orcid
