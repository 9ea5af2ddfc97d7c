"""The pages that show the whole site: they stay pages, however many people there are."""

from __future__ import annotations

import pytest

from generator.render.overview import overview_documents
from tests.small_pages import catalogue_of, lists_of, profile, record, text_of


def overview(people: int) -> tuple[str, str]:
    """The home page and `about` of a site of so many profiles, each with a paper."""
    names = [f"Ada{number:03} Quill" for number in range(people)]
    papers = [record(f"Lamps {number}", 2024, name) for number, name in enumerate(names)]
    lists = lists_of(
        catalogue_of(papers, [profile(name) for name in names]), entries_per_page=people - 1
    )
    documents = list(overview_documents(lists))
    return text_of(documents, "index.md"), text_of(documents, "about.md")


@pytest.mark.parametrize("people", [60, 61])
def test_home_shows_the_people_of_a_lab_and_sends_on_to_those_of_an_archive(people: int) -> None:
    home, about = overview(people)
    cards = home.count("{ .ap-card-name }")
    assert cards == (60 if people == 60 else 0)
    assert (f"[{people} people with a profile here](authors/index.md)" in home) == (people == 61)
    assert about.count("](authors/ada") == people - 1
    assert f"Not all of the {people} people" in about
