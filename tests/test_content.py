"""The site that `make site` builds: facts as the sources give them, sentences of our own."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.catalogue.settle import Load, settle
from generator.config import load_config
from generator.conversion import ExportFormat, Naming, Selection, convert
from generator.records import PaperRecord, Provenance
from generator.sources import find_source_files, read_source

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
REAL = Path(os.environ.get("AUTHORPAGES_PROFILES", ROOT.parent / "shared" / "profiles"))
COMMON_WORDS = 8
"""That many words in a row in common are a copied phrase."""

needs_real_profiles = pytest.mark.skipif(
    not REAL.is_dir(), reason="the real profiles are no part of the project"
)


def load(folder: Path) -> Load:
    return settle([read_source(path) for path in find_source_files([folder])], {})


def facts(paper: PaperRecord) -> PaperRecord:
    """A record without its place and its abstract."""
    nowhere = Provenance("", 0)
    return replace(
        paper,
        provenance=nowhere,
        profile=None,
        abstract=None,
        abstract_is_summary=False,
        inferred=(),
    )


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + COMMON_WORDS]) for i in range(len(words) - COMMON_WORDS + 1)}


def test_the_default_content_has_no_problem_but_the_list_that_its_source_cut() -> None:
    problems = load(CONTENT / "profiles").problems
    assert [p.message for p in problems] == [
        "the profile declares 60 papers and lists 50: the source cut its list"
    ]


def test_every_abstract_of_the_default_content_is_marked_as_a_summary() -> None:
    papers = load(CONTENT / "profiles").papers
    assert len(papers) == 203
    assert all(paper.abstract and paper.abstract_is_summary for paper in papers)


def test_a_part_of_the_content_is_exported_without_complaints_about_the_rest() -> None:
    naming = Naming.of_site(load_config(ROOT / "mkdocs.yml"), CONTENT / "ids.lock")
    converted = convert([CONTENT / "bibliography"], ExportFormat.BIBTEX, Selection(), naming)
    assert converted.papers > 0
    assert converted.problems == ()


@needs_real_profiles
def test_the_default_content_has_the_facts_of_the_real_profiles() -> None:
    ours, real = load(CONTENT / "profiles"), load(REAL)
    by_title = sorted(map(repr, map(facts, ours.papers)))
    assert by_title == sorted(map(repr, map(facts, real.papers)))
    figures = [
        {
            (p.name, p.subject, p.h_index, p.declared_papers, p.citations, p.novelty, p.ai_score)
            for p in side.profiles
        }
        for side in (ours, real)
    ]
    assert figures[0] == figures[1]


@needs_real_profiles
def test_no_summary_shares_a_phrase_with_an_abstract() -> None:
    abstracts = [runs_of_words(paper.abstract or "") for paper in load(REAL).papers]
    copied = set[tuple[str, ...]]().union(*abstracts)
    for paper in load(CONTENT / "profiles").papers:
        assert not runs_of_words(paper.abstract or "") & copied, paper.title


def test_the_publishing_workflow_is_the_one_that_new_writes() -> None:
    path = ".github/workflows/publish.yml"
    assert (ROOT / path).read_bytes() == (ROOT / "site_templates/new" / path).read_bytes()


def test_the_configuration_is_the_one_that_new_writes_but_for_the_names() -> None:
    named = re.compile(r"^site_(?:name|description): .*$", re.MULTILINE)
    texts = [
        named.sub("", (ROOT / place / "mkdocs.yml").read_text(encoding="utf-8"))
        for place in (".", "site_templates/new")
    ]
    assert texts[0] == texts[1]
