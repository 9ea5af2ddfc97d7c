"""The real profiles, to the count, where their folder is at hand."""

from __future__ import annotations

from collections import Counter

import pytest

from generator.catalogue.build import Built, build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.settle import Load, settle
from generator.names import OrganisationNames
from generator.sources import find_source_files, read_source
from tests.profile_samples import NO_REAL, REAL

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason=NO_REAL)


@pytest.fixture(scope="module")
def load() -> Load:
    return settle([read_source(path) for path in find_source_files([REAL])], {})


@pytest.fixture(scope="module")
def built(load: Load) -> Built:
    return build_catalogue(load, EMPTY_LOCK, OrganisationNames())


def test_every_record_is_read_and_none_is_quarantined(load: Load) -> None:
    counts = Counter(paper.profile for paper in load.papers)
    assert [counts[profile.key] for profile in load.profiles] == [50, 31, 48, 29, 45]
    assert not any(problem.quarantined for problem in load.problems)
    (problem,) = load.problems
    assert "declares 60 papers and lists 50" in problem.message


def test_records_merge_into_papers_and_names_into_people(built: Built) -> None:
    papers = built.catalogue.papers.values()
    assert len(papers) == 189
    assert Counter(len(paper.listings) for paper in papers) == {1: 177, 2: 10, 3: 2}
    organisations = {p.name for p in built.catalogue.people.values() if p.is_organisation}
    assert (len(built.catalogue.people), organisations) == (250, {"Qwen", "DeepSeek-AI"})


def test_badges_classes_and_tags_are_read(load: Load) -> None:
    assert sum(paper.code for paper in load.papers) == 80
    assert Counter(paper.subject for paper in load.papers) == {
        "cs.CL": 139, "cs.LG": 33, "cs.CV": 14, "cs.AI": 5, "cs.SE": 3, "math.OC": 2, "cs.IR": 2,
        "eess.AS": 1, "cs.NE": 1, "cs.RO": 1, "cs.DC": 1, "cs.SI": 1,
    }  # fmt: skip
    assert Counter(tag for paper in load.papers for tag in paper.affiliations) == {
        "pku": 18, "tsinghua": 14, "stanford": 9, "tencent-ai": 6, "microsoft-research": 4,
        "oxford": 2, "cmu": 2, "gatech": 2, "uw": 1, "princeton": 1, "bytedance": 1,
    }  # fmt: skip


def test_six_dates_get_the_year_after_the_latest_written_one(load: Load) -> None:
    inferred = [paper.date for paper in load.papers if paper.reason_inferred("date")]
    assert [date.year for date in inferred if date] == [2026] * 6


def test_the_owner_of_the_profile_without_a_head_is_found(load: Load) -> None:
    owners = {profile.name: profile.name_inferred for profile in load.profiles}
    assert [name for name, inferred in owners.items() if inferred] == ["Liyuan Liu"]
    assert len(owners) == 5


def test_compact_lines_are_split_with_full_names_behind(load: Load) -> None:
    split = [paper for paper in load.papers if paper.reason_inferred("title")]
    assert len(split) == 48
    assert all(paper.authors and " " in paper.authors[0] for paper in split)
    assert sum("Liyuan Liu" in paper.authors for paper in split) == 38
