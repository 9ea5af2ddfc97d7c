"""Our slugs and citation keys, safe and never the same twice; the DOIs and arXiv ids of others."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identifiers import (
    MAX_SLUG,
    RESERVED,
    arxiv_address,
    choose_citation_key,
    choose_slug,
    doi_address,
    is_slug,
    parse_arxiv,
    parse_doi,
    parse_orcid,
    slugify,
    slugify_file_name,
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


@pytest.mark.parametrize(
    "text",
    [
        "10.5555/lamp.2024_7",
        "  10.5555/lamp.2024_7. ",
        "doi:10.5555/lamp.2024_7",
        "DOI: 10.5555/lamp.2024_7",
        "DOI 10.5555/lamp.2024_7;",
        "info:doi/10.5555/lamp.2024_7",
        "https://doi.org/10.5555/lamp.2024_7",
        "http://dx.doi.org/10.5555/lamp.2024_7",
        "HTTPS://WWW.DOI.ORG/10.5555/lamp.2024_7?nosfx=y#top",
        "doi.org/10.5555%2Flamp.2024%5F7",
        "https://doi.org/doi:10.5555/lamp.2024_7",
        "<https://doi.org/10.5555/lamp.2024_7>",
        "(10.5555/lamp.2024_7).",
        r"10.5555/lamp.2024\_7",
        r"10.5555/lamp.2024{\_}7",
    ],
)
def test_a_doi_is_the_same_however_it_is_written(text: str) -> None:
    assert parse_doi(text) == "10.5555/lamp.2024_7"


@pytest.mark.parametrize(
    "doi",
    [
        "10.5555/Lamp-A",
        "10.1002.55/x",
        "10.5555/0022-2836(81)90087-5",
        "10.5555/lamp(81)",
        "10.5555/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
        "10.5555/灯.1",
    ],
)
def test_what_belongs_to_a_doi_is_kept(doi: str) -> None:
    assert parse_doi(doi) == doi
    assert parse_doi(f"https://doi.org/{doi}") == doi


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10.5555",
        "10.5555/",
        "10.5555/.",
        "10.55/x",
        "11.5555/x",
        "10/abcde",
        "https://doi.org/",
        "https://doi.example/10.5555/x",
        "see 10.5555/x",
        "10.5555/two words",
        "10.5555/a%20b",
        "10.5555/%ff",
        "10.5555/a%00b",
        '10.5555/a"b',
        "10.5555/a}b",
        "10.5555/" + "x" * 3000,
    ],
)
def test_what_is_no_doi_is_none(text: str) -> None:
    assert parse_doi(text) is None


@pytest.mark.parametrize(
    ("text", "arxiv"),
    [
        ("2412.19437", "2412.19437"),
        ("2412.19437v2", "2412.19437"),
        ("arXiv:2412.19437v2 [cs.CL]", "2412.19437"),
        ("ARXIV: 2412.19437.", "2412.19437"),
        ("https://arxiv.org/abs/2412.19437", "2412.19437"),
        ("http://export.arxiv.org/pdf/2412.19437v11.pdf?x=1", "2412.19437"),
        ("arxiv.org/html/2412.19437v1/#S1", "2412.19437"),
        ("10.48550/arXiv.2412.19437", "2412.19437"),
        ("https://doi.org/10.48550/ARXIV.2412.19437", "2412.19437"),
        ("0704.0001", "0704.0001"),
        ("1412.9999", "1412.9999"),
        ("1501.00001", "1501.00001"),
        ("cs/0112017", "cs/0112017"),
        ("math.GT/0309136v1", "math/0309136"),
        ("arXiv:Hep-Th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/pdf/cond-mat.mes-hall/0601001", "cond-mat/0601001"),
        ("10.48550/arXiv.math/0309136", "math/0309136"),
    ],
)
def test_an_arxiv_id_is_found_in_what_people_write(text: str, arxiv: str) -> None:
    assert parse_arxiv(text) == arxiv
    assert parse_arxiv(arxiv) == arxiv


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2413.19437",
        "2400.19437",
        "2412.1943",
        "2412.194377",
        "1412.99999",
        "0703.0001",
        "cs/0113017",
        "cs/8912017",
        "cs/0112",
        "lamps/0112017",
        "10.5555/2412.19437",
        "https://arxiv.example/abs/2412.19437",
        "https://arxiv.org/list/cs.CL/recent",
        "２412.19437",
    ],
)
def test_what_is_no_arxiv_id_is_none(text: str) -> None:
    assert parse_arxiv(text) is None


@given(st.text() | st.from_regex(r"(doi:|https://doi\.org/)?10\.[0-9]{4}/.*", fullmatch=True))
def test_a_parsed_doi_is_parsed_again_to_itself(text: str) -> None:
    doi = parse_doi(text)
    assert doi is None or parse_doi(doi) == doi


@pytest.mark.parametrize(
    "doi", ["10.5555/Lamp_A-1", "10.5555/a(1)<2::b>3.0;2-O", "10.5555/a?b#c&d", "10.5555/灯"]
)
def test_the_address_of_a_doi_leads_back_to_it(doi: str) -> None:
    address = doi_address(doi)
    assert re.fullmatch(r"https://doi\.org/10\.5555/[A-Za-z0-9_.:;()%-]+", address)
    assert parse_doi(address) == doi


@pytest.mark.parametrize("arxiv", ["2412.19437", "hep-th/9901001"])
def test_the_address_of_an_arxiv_id_leads_back_to_it(arxiv: str) -> None:
    assert parse_arxiv(arxiv_address(arxiv)) == arxiv


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("My Slides (final).PDF", "my-slides-final.pdf"),
        ("paper.pdf", "paper.pdf"),
        ("Über.tar.gz", "uber-tar.gz"),
        ("con.pdf", "con-file.pdf"),
        ("notes", "notes"),
    ],
)
def test_a_file_is_published_under_a_lower_case_name(name: str, published: str) -> None:
    assert slugify_file_name(name) == published


def test_a_file_name_with_nothing_readable_has_a_safe_one() -> None:
    assert re.fullmatch(r"file-[0-9a-f]{8}\.pdf", slugify_file_name("!!!.pdf"))
