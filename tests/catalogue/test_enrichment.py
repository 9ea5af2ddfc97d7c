"""What bibliographies add to the papers of profiles, and what keeps records apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue.build import Built, build_catalogue
from generator.catalogue.ids import EMPTY_LOCK, IdLock, parse_lock
from generator.catalogue.model import Paper
from generator.catalogue.settle import Load, settle
from generator.dates import PartialDate
from generator.names import OrganisationNames
from generator.records import (
    UNPUBLISHED,
    NameAsPrinted,
    PaperRecord,
    ProfileRecord,
    Provenance,
    Publication,
    SourceResult,
)
from generator.sources.bibtex import parse

NO_ORGANISATIONS = OrganisationNames()
DAY = PartialDate(2024, 8, 15)
TITLE = "Wicks in Rain"


def listed(
    *names: str,
    title: str = TITLE,
    date: PartialDate | None = DAY,
    cut: bool = False,
    owner: str = "Ada Quill",
    origin: str = "ada.txt",
) -> SourceResult:
    """A profile that lists one paper."""
    head = ProfileRecord(Provenance(origin, 1), NameAsPrinted(owner))
    paper = PaperRecord(
        Provenance(origin, 9),
        title,
        tuple(map(NameAsPrinted, names or ("Ada Quill", "Ben Lamp"))),
        cut,
        affiliations=("quay",),
        date=date,
        subject="cs.CL",
        code=True,
        abstract="Wicks burn in rain.",
        profile=head.key,
    )
    return SourceResult((head,), (paper,))


def entry(
    author: str = "Quill, Ada and Lamp, Ben",
    *,
    title: str = TITLE,
    kind: str = "inproceedings",
    **fields: str,
) -> str:
    """An entry of a bibliography of the year 2024, on one line; `year=""` leaves the year out."""
    values = {"author": author, "title": title, "year": "2024", **fields}
    text = ", ".join(f"{name} = {{{value}}}" for name, value in values.items() if value)
    return f"@{kind}{{key-{len(text)}, {text}}}"


def refs(*entries: str, origin: str = "refs.bib") -> SourceResult:
    """A bibliography with an entry a line, none of which has a fault."""
    result = parse("\n".join(entries).encode(), origin)
    assert {p.message for p in result.problems if "stands above too" not in p.message} == set()
    assert len(result.papers) == len(entries)
    return result


def build(*results: SourceResult, lock: IdLock = EMPTY_LOCK) -> Built:
    return build_catalogue(settle(results, {}), lock, NO_ORGANISATIONS)


def only(built: Built) -> Paper:
    (paper,) = built.catalogue.papers.values()
    return paper


def printed(paper: Paper) -> list[str]:
    return [author.shown for author in paper.authors]


def doubts(built: Built) -> list[str]:
    """The problems of a build as `file:line: message`, but for entries that merely stand twice."""
    return [str(p) for p in built.problems if "listed twice" not in p.message]


# -- what a paper is given ------------------------------------------------------------------------


def test_a_cut_list_gets_its_full_authors() -> None:
    cut = listed("Ada Quill", "Ben Lamp", cut=True)
    assert only(build(cut)).truncated
    built = build(cut, refs(entry("Quill, Ada and Lamp, Ben and Ash, Cy")))
    paper = only(built)
    assert printed(paper) == ["Ada Quill", "Ben Lamp", "Cy Ash"]
    assert not paper.truncated
    assert built.catalogue.people["cy-ash"].papers == (paper.id,)
    assert set(built.catalogue.people) == {"ada-quill", "ben-lamp", "cy-ash"}
    assert doubts(built) == []


def test_a_longer_cut_list_holds_and_invents_nobody() -> None:
    built = build(listed("Ada Quill", cut=True), refs(entry("Ada Quill and Ben Lamp and others")))
    paper = only(built)
    assert (printed(paper), paper.truncated) == (["Ada Quill", "Ben Lamp"], True)
    assert set(built.catalogue.people) == {"ada-quill", "ben-lamp"}


def test_a_complete_list_is_not_cut_by_a_bibliography() -> None:
    longer = "Ada Quill and Ben Lamp and Cy Ash and others"
    paper = only(build(listed("Ada Quill", "Ben Lamp"), refs(entry(longer))))
    assert (printed(paper), paper.truncated) == (["Ada Quill", "Ben Lamp"], False)


def test_an_entry_without_authors_leaves_a_paper_those_that_it_has() -> None:
    cut, bare = entry("Ada Quill and others", doi="10.5555/wicks"), entry("", doi="10.5555/wicks")
    built = build(refs(cut, bare))
    paper = only(built)
    assert (printed(paper), paper.truncated) == (["Ada Quill"], True)
    assert doubts(built) == []


def test_an_owner_behind_et_al_takes_their_place_in_the_full_list() -> None:
    cut = listed("Ben Lamp", cut=True)
    assert only(build(cut)).hidden == ("ada-quill",)
    paper = only(build(cut, refs(entry("Ben Lamp and Ada Quill and Cy Ash"))))
    assert paper.hidden == ()
    assert [author.person for author in paper.authors] == ["ben-lamp", "ada-quill", "cy-ash"]


def test_an_owner_stays_hidden_while_the_list_stays_cut() -> None:
    built = build(listed("Ben Lamp", cut=True), refs(entry("Ben Lamp and Cy Ash and others")))
    paper = only(built)
    assert (printed(paper), paper.hidden) == (["Ben Lamp", "Cy Ash"], ("ada-quill",))
    assert built.catalogue.people["ada-quill"].papers == (paper.id,)


def test_an_owner_whom_the_full_list_does_not_name_is_no_author_and_that_is_said() -> None:
    built = build(listed("Ben Lamp", cut=True), refs(entry("Ben Lamp and Cy Ash")))
    paper = only(built)
    assert (paper.hidden, built.catalogue.people["ada-quill"].papers) == ((), ())
    assert [listing.owner for listing in paper.listings] == [None, "ada-quill"]
    (doubt,) = doubts(built)
    assert doubt.startswith("ada.txt:9: the complete author list does not name Ada Quill")


def test_venue_identifiers_pages_and_addresses_arrive_and_the_profile_keeps_its_own() -> None:
    whole = entry(
        booktitle="Meeting on {L}amps",
        doi="https://doi.org/10.5555/Wicks.7",
        eprint="2408.00007v2",
        archiveprefix="arXiv",
        primaryclass="cs.LG",
        pages="91-101",
        publisher=r"Lamp {\&} Sons",
        url="https://lamps.example/wicks",
        pdf="https://lamps.example/wicks.pdf",
        editor="Van Oil, Eve",
        keywords="lamps; rain",
        note="Best paper",
    )
    paper = only(build(listed(), refs(whole)))
    assert paper.publication == Publication(
        kind="inproceedings",
        venue=r"Meeting on \nocase{Lamps}",
        date=PartialDate(2024),
        doi="10.5555/Wicks.7",
        arxiv="2408.00007",
        primary_class="cs.LG",
        url="https://lamps.example/wicks",
        pdf="https://lamps.example/wicks.pdf",
        editors=(NameAsPrinted("Van Oil, Eve"),),
        keywords=("lamps", "rain"),
        details={"pages": "91--101", "publisher": r"Lamp \& Sons", "note": "Best paper"},
    )
    assert (paper.abstract, paper.code, paper.affiliations) == (
        "Wicks burn in rain.",
        True,
        ("quay",),
    )
    assert paper.date == DAY


def test_several_entries_fill_each_others_gaps_but_mix_no_venues() -> None:
    preprint = entry(kind="misc", eprint="2408.00007", archiveprefix="arXiv", note="In Dutch")
    journal = entry(kind="article", journal="Lamps", doi="10.5555/wicks", volume="4")
    meeting = entry(
        booktitle="Meeting", pages="1-9", publisher="Oil", url="https://lamps.example/a"
    )
    found = only(build(listed(), refs(preprint, journal, meeting))).publication
    assert (found.kind, found.venue) == ("inproceedings", "Meeting")
    assert found.details == {"pages": "1--9", "publisher": "Oil", "note": "In Dutch"}
    assert (found.doi, found.arxiv) == ("10.5555/wicks", "2408.00007")
    assert found.url == "https://lamps.example/a"


def test_a_venue_holds_against_an_entry_without_one_that_says_more() -> None:
    more = {"url": "https://lamps.example/a", "publisher": "Oil", "note": "In Dutch"}
    without = entry(kind="article", howpublished="Online", **more)
    found = only(build(refs(without, entry(kind="article", journal="Lamps")))).publication
    assert (found.kind, found.venue, found.url) == ("article", "Lamps", more["url"])
    assert found.details == {"note": "In Dutch"}


def test_a_paper_without_a_class_gets_that_of_its_preprint() -> None:
    profile = listed()
    bare = replace(profile, papers=(replace(profile.papers[0], subject=None),))
    preprint = entry(kind="misc", eprint="2408.00007", eprintclass="math.OC", eprinttype="arXiv")
    built = build(bare, refs(preprint))
    assert only(built).subject == "math.OC"
    assert dict(built.catalogue.subjects) == {"math.OC": ["wicks-in-rain"]}


def test_the_original_records_stand_beside_what_was_made_of_them() -> None:
    profile = listed("Ada Quill", cut=True)
    bibliography = refs(entry("Ada Quill and Ben Lamp", title=r"{W}icks in rain", pages="7"))
    paper = only(build(profile, bibliography))
    records = [listing.record for listing in paper.listings]
    assert sorted(records, key=lambda r: r.provenance.origin) == [
        *profile.papers,
        *bibliography.papers,
    ]
    assert {listing.record.provenance.origin: listing.owner for listing in paper.listings} == {
        "ada.txt": "ada-quill",
        "refs.bib": None,
    }


# -- dates ----------------------------------------------------------------------------------------

OLDER = listed(
    "Cy Ash", title="Old Oil", date=PartialDate(2023, 1, 1), owner="Cy Ash", origin="c.txt"
)
CURRENT = listed(date=PartialDate(None, 3, 1))
"""A profile as old as the year before, and one that leaves out the year, which is 2024 then."""


def test_the_date_of_the_venue_is_cited_and_the_day_of_the_profile_stays() -> None:
    paper = only(build(listed(), refs(entry(booktitle="Meeting", month="nov"))))
    assert (paper.date, paper.publication_date) == (DAY, PartialDate(2024, 11))


def test_the_date_of_an_entry_without_a_venue_is_no_date_of_publication() -> None:
    paper = only(build(listed(), refs(entry(kind="misc", month="nov"))))
    assert (paper.date, paper.publication_date) == (DAY, DAY)


def test_a_year_in_a_bibliography_moves_no_date_of_a_profile() -> None:
    to_come = refs(entry(title="To Come", year="2031"), entry(title="Long Ago", year="1931"))
    papers = settle([OLDER, CURRENT, to_come], {}).papers
    (found,) = [paper for paper in papers if paper.reason_inferred("date")]
    assert found.date == PartialDate(2024, 3, 1)
    assert "2023 is the latest written" in (found.reason_inferred("date") or "")


def test_a_bibliography_alone_gives_no_year_to_a_profile_that_writes_none() -> None:
    load = settle([listed(date=PartialDate(None, 3, 1)), refs(entry(title="Other"))], {})
    assert PartialDate(None, 3, 1) in [paper.date for paper in load.papers]
    assert "no year is written anywhere" in "\n".join(map(str, load.problems))


def test_a_record_without_a_date_joins_an_entry_with_only_a_year() -> None:
    built = build(listed(date=None), refs(entry(booktitle="Meeting")))
    paper = only(built)
    assert (paper.date, paper.merge_reason) == (
        PartialDate(2024),
        "same title and first author, no other year written",
    )
    assert doubts(built) == []


@pytest.mark.parametrize("month", ["", "jul"], ids=["year alone", "month of the meeting"])
def test_a_day_whose_year_is_inferred_joins_an_entry_that_states_the_year(month: str) -> None:
    built = build(OLDER, CURRENT, refs(entry(booktitle="Meeting", month=month)))
    assert doubts(built) == []
    paper = built.catalogue.papers["wicks-in-rain"]
    assert len(paper.listings) == 2
    assert paper.year == 2024
    assert paper.reason_inferred("date") is None


def test_a_year_that_is_written_holds_against_one_that_is_inferred() -> None:
    built = build(OLDER, CURRENT, refs(entry(kind="misc", year="2025")))
    paper = built.catalogue.papers["wicks-in-rain"]
    assert (paper.date, paper.reason_inferred("date")) == (PartialDate(2025), None)
    assert doubts(built) == []


def test_a_day_without_a_year_joins_the_same_day_of_another_profile_beside_any_entry() -> None:
    written = listed(date=PartialDate(2024, 3, 1), origin="other.txt")
    built = build(OLDER, CURRENT, written, refs(entry(booktitle="Meeting", month="feb")))
    assert len(built.catalogue.papers["wicks-in-rain"].listings) == 3
    assert len(built.catalogue.papers) == 2


def test_a_record_without_a_date_that_fits_two_entries_joins_neither() -> None:
    built = build(listed(date=None), refs(entry(), entry(year="2020")))
    assert len(built.catalogue.papers) == 3
    assert len(doubts(built)) == 2


# -- one paper, and why ---------------------------------------------------------------------------

DOI = {"doi": "10.5555/wicks"}
ARXIV = {"eprint": "2408.00007", "archiveprefix": "arXiv"}
UNDATED = {"year": ""}


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        ((listed(),), None),
        ((listed(), refs(entry())), "same title, first author and year"),
        ((refs(entry()), refs(entry(), origin="b.bib")), "same title, first author and date"),
        (
            (listed(date=None), refs(entry(**UNDATED))),
            "same title and first author",
        ),
        (
            (listed(date=None), refs(entry())),
            "same title and first author, no other year written",
        ),
        (
            (listed(), listed("Ben Lamp", "Ada Quill", origin="b.txt")),
            "same title and date, authors in common",
        ),
        (
            (refs(entry(**DOI), entry(**DOI, month="may")),),
            "same title, first author, year and DOI",
        ),
        (
            (refs(entry(**DOI), entry(**DOI, title="Wicks, Revised")),),
            "same first author, date and DOI",
        ),
        (
            (refs(entry(**DOI), entry("Ben Lamp and Ada Quill", **DOI, year="2023")),),
            "same title and DOI",
        ),
        (
            (refs(entry(**ARXIV), entry(**ARXIV, year="2023")),),
            "same title, first author and arXiv id",
        ),
        (
            (refs(entry(**ARXIV, **DOI), entry(**ARXIV, **DOI, title="Wicks", **UNDATED)),),
            "same first author, DOI and arXiv id, no other year written",
        ),
    ],
)
def test_the_reason_names_what_the_records_share(
    records: tuple[SourceResult, ...], reason: str | None
) -> None:
    assert only(build(*records)).merge_reason == reason


def test_the_reason_names_each_link_of_a_chain() -> None:
    """The profile shares its title with one entry, and that one shares its DOI with another."""
    revised = entry(**DOI, title="Wicks, Revised")
    reason = only(build(listed(), refs(entry(**DOI), revised))).merge_reason
    assert reason is not None
    assert "title" in reason
    assert "DOI" in reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"doi": "10.5555/wicks"}, {"doi": "doi:10.5555/wicks."}),
        ({"doi": "10.5555/WICKS"}, {"doi": "10.5555/wicks"}),
        (ARXIV, {"eprint": "2408.00007v3", "archiveprefix": "arXiv"}),
        (ARXIV, {"url": "https://arxiv.org/abs/2408.00007"}),
        (ARXIV, {"doi": "10.48550/arXiv.2408.00007"}),
    ],
)
def test_one_identifier_joins_whatever_its_form_and_the_title(
    one: dict[str, str], other: dict[str, str]
) -> None:
    built = build(refs(entry(**one), entry(title="Wicks, Revised", **other)))
    assert len(only(built).listings) == 2
    assert doubts(built) == []


@pytest.mark.parametrize(
    ("field", "words"),
    [(DOI, "the DOI 10.5555/wicks"), (ARXIV, "the arXiv id 2408.00007")],
    ids=["DOI", "arXiv"],
)
def test_one_identifier_of_two_titles_and_first_authors_is_reported_and_joins_nothing(
    field: dict[str, str], words: str
) -> None:
    other = entry("Ben Lamp and Ada Quill", title="Oil in Rain", **field)
    built = build(refs(entry(**field), other))
    assert len(built.catalogue.papers) == 2
    (doubt,) = doubts(built)
    assert doubt == (
        f"refs.bib:1: {words} is also that of 'Oil in Rain' at refs.bib:2, which is another paper "
        "by its title, first author or DOI: kept as two papers"
    )


def test_an_entry_without_authors_keeps_no_others_apart() -> None:
    without, revised = entry("", year="2023", **DOI), entry(title="Wicks, Revised", **DOI)
    assert len(only(build(refs(without, entry(**DOI), revised))).listings) == 3


def test_one_doi_of_two_titles_without_authors_joins_nothing() -> None:
    """A book's front matter and its preface carry the DOI of the book, and are not one paper."""
    built = build(refs(entry("", title="Preface", **DOI), entry("", title="Front Matter", **DOI)))
    assert len(built.catalogue.papers) == 2


# -- what is kept apart, and reported -------------------------------------------------------------


def test_another_year_is_kept_apart_and_reported() -> None:
    built = build(listed(), refs(entry(year="2025", booktitle="Meeting")))
    assert sorted(built.catalogue.years) == [2024, 2025]
    (doubt,) = doubts(built)
    assert doubt == (
        "refs.bib:1: title and first author as at ada.txt:9, but another year: kept as two papers"
    )


def test_another_first_author_is_kept_apart_and_reported() -> None:
    built = build(listed(), refs(entry("Lamp, Ben and Quill, Ada")))
    assert len(built.catalogue.papers) == 2
    (doubt,) = doubts(built)
    assert doubt == (
        "ada.txt:9: title and year as at refs.bib:1, but another first author: kept as two papers"
    )


def test_a_first_author_with_initials_joins_where_all_names_fit() -> None:
    paper = only(build(listed(), refs(entry("Quill, A. and Lamp, B."))))
    assert printed(paper) == ["Ada Quill", "Ben Lamp"]
    cut = listed("Ada Quill", "Ben Lamp", cut=True)
    assert len(only(build(cut, refs(entry("Quill, A. and Lamp, B. and Ash, C.")))).authors) == 3


def test_a_first_author_with_initials_is_kept_apart_where_another_name_does_not_fit() -> None:
    built = build(listed(), refs(entry("Quill, A. and Wick, D.")))
    assert len(built.catalogue.papers) == 2
    (doubt,) = doubts(built)
    assert "another first author: kept as two papers" in doubt


def test_publications_with_two_dois_are_two_papers() -> None:
    """An article after a paper at a meeting, or two editorials of one editor in one year."""
    one = entry(booktitle="Meeting", doi="10.5555/one")
    two = entry(booktitle="Other Meeting", doi="10.5555/two")
    built = build(listed(), refs(one, two))
    assert {p.publication.doi for p in built.catalogue.papers.values()} == {
        "10.5555/one",
        "10.5555/two",
    }
    (doubt,) = doubts(built)
    assert "title and first author as at" in doubt
    assert "another DOI: kept as two papers" in doubt
    again = build(listed(), refs(one, two), lock=built.lock)
    assert again.catalogue.papers.keys() == built.catalogue.papers.keys()
    assert again.catalogue.redirects == {}


def test_publications_with_two_dois_stay_apart_though_they_share_a_preprint() -> None:
    one = entry(booktitle="Meeting", doi="10.5555/one", **ARXIV)
    two = entry(booktitle="Other Meeting", doi="10.5555/two", **ARXIV)
    built = build(refs(one, two))
    assert len(built.catalogue.papers) == 2
    assert all("kept as two papers" in doubt for doubt in doubts(built))


def test_one_doi_of_unlike_titles_and_years_joins_nothing() -> None:
    copied = entry(title="On Entirely Different Things", year="2019", **DOI)
    built = build(refs(entry(**DOI), copied))
    assert len(built.catalogue.papers) == 2
    assert "is also that of" in doubts(built)[0]


def test_works_of_one_doi_are_joined_for_each_first_author() -> None:
    titles = ("Wicks", "Wicks in Rain", "Wicks in Rain Again")
    authors = ("Ada Quill", "Ben Lamp", "Ben Lamp")
    entries = (entry(a, title=t, **DOI) for a, t in zip(authors, titles, strict=True))
    built = build(refs(*entries))
    assert len(built.catalogue.papers) == 2
    assert len(doubts(built)) == 1


@pytest.mark.parametrize(
    "known", [", doi = {10.5555/x}", ", eprint = {2408.00007}", ""], ids=["DOI", "arXiv id", "key"]
)
def test_a_corrected_title_of_an_entry_keeps_address_and_key(known: str) -> None:
    source = f"@misc{{alpha, author = {{Ada Quill}}, year = 2024{known}"
    first = build(refs(source + ", title = {Alpha}}"))
    again = build(refs(source + ", title = {Alpha: On Betas}}"), lock=first.lock)
    assert only(again).id == only(first).id == "alpha"
    assert only(again).citation_key == only(first).citation_key


def test_the_title_of_the_publication_holds_with_its_capitals() -> None:
    preprint = entry(title="Wicks in Rain: First Draft", kind="misc", year="2023", **ARXIV)
    meeting = entry(title="Wicks in rain: a study", booktitle="Meeting", **ARXIV)
    capitals = entry(title="Wicks in Rain: A Study", **ARXIV)
    assert only(build(refs(preprint, meeting, capitals))).plain_title == "Wicks in Rain: A Study"


def test_another_first_author_is_reported_beside_a_record_without_a_date() -> None:
    other = entry("Lamp, Ben and Quill, Ada")
    built = build(listed(date=None), refs(entry(), other))
    assert len(built.catalogue.papers) == 2
    (doubt,) = doubts(built)
    assert "another first author: kept as two papers" in doubt


def test_strangers_with_one_title_are_two_papers_without_a_word() -> None:
    built = build(listed(), refs(entry("Ash, Cy and Wick, Di")))
    assert len(built.catalogue.papers) == 2
    assert doubts(built) == []


# -- contradictions within one paper --------------------------------------------------------------


def test_two_dois_of_one_paper_are_reported() -> None:
    built = build(listed(), refs(entry(doi="10.5555/one"), entry(doi="10.5555/two")))
    (doubt,) = doubts(built)
    assert doubt == (
        "refs.bib:2: the DOI 10.5555/two contradicts 10.5555/one at refs.bib:1: the records are "
        "one paper, and the latter holds"
    )
    assert only(built).publication.doi == "10.5555/one"


def test_the_doi_that_is_said_to_hold_is_published() -> None:
    preprint = entry(kind="misc", doi="10.5555/preprint")
    built = build(refs(preprint, entry(booktitle="Meeting", month="may", doi="10.5555/meeting")))
    (doubt,) = doubts(built)
    assert only(built).publication.doi == "10.5555/meeting"
    assert "the DOI 10.5555/preprint contradicts 10.5555/meeting at refs.bib:2" in doubt


def test_a_doi_in_capitals_contradicts_nothing() -> None:
    built = build(refs(entry(doi="10.5555/WICKS"), entry(doi="10.5555/wicks", month="may")))
    assert doubts(built) == []
    assert only(built).merge_reason == "same title, first author, year and DOI"


def test_two_years_of_one_paper_are_reported_and_that_of_the_venue_holds() -> None:
    preprint = entry(kind="misc", **ARXIV, year="2023")
    built = build(refs(preprint, entry(booktitle="Meeting", **ARXIV)))
    paper = only(built)
    assert (paper.year, paper.publication_date) == (2024, PartialDate(2024))
    (doubt,) = doubts(built)
    assert doubt.startswith("refs.bib:1: the year 2023 contradicts 2024 at refs.bib:2")


def test_two_first_authors_of_one_paper_are_reported() -> None:
    other = entry("Ash, Cy and Quill, Ada and Lamp, Ben", **DOI)
    (doubt,) = doubts(build(refs(entry(**DOI), other)))
    expected = "refs.bib:1: the first author Ada Quill contradicts Cy Ash at refs.bib:2"
    assert doubt.startswith(expected)


def test_names_in_a_report_are_as_people_write_them() -> None:
    other = entry("{{Light Lab}} and Ada Quill and Ben Lamp", **DOI)
    (doubt,) = doubts(build(refs(entry(**DOI), other)))
    assert "the first author Ada Quill contradicts Light Lab at refs.bib:2" in doubt


def test_a_name_that_the_complete_list_lacks_is_reported() -> None:
    built = build(listed("Ada Quill", "Cy Ash", cut=True), refs(entry()))
    assert printed(only(built)) == ["Ada Quill", "Ben Lamp"]
    (doubt,) = doubts(built)
    assert doubt == (
        "ada.txt:9: the complete author list does not name Cy Ash at refs.bib:1: the records are "
        "one paper, and the latter holds"
    )


@pytest.mark.parametrize(
    ("profile", "bibliography"),
    [
        ("Liyuan Liu", "Liu, L."),
        ("Liyuan Liu", "Liu, Liyuan"),
        ("L. Liu", "Liu, Liyuan"),
        ("Otto Finch Jr.", "Finch, Jr., Otto"),
        ("Jan van der Lamp", "van der Lamp, J."),
        ("Luz García Márquez", r"Garc{\'\i}a M{\'a}rquez, Luz"),
        ("Light Lab", "{Light Lab}"),
        ("Jan Maly", "Jan Maly 0001"),
        ("灯小明", "灯, 小明"),
    ],
)
def test_one_name_in_another_form_is_not_missing(profile: str, bibliography: str) -> None:
    cut = listed("Ada Quill", profile, cut=True)
    built = build(cut, refs(entry(f"Quill, Ada and {bibliography} and Ash, Cy")))
    assert len(only(built).authors) == 3
    assert doubts(built) == []


INITIALS = refs(entry("Liyuan Liu and Ben Lamp", **DOI), entry("Liu, L. and Lamp, B.", **DOI))


def test_initials_of_a_first_author_contradict_nothing() -> None:
    assert doubts(build(INITIALS)) == []


def test_names_in_full_hold_against_initials() -> None:
    assert printed(only(build(INITIALS))) == ["Liyuan Liu", "Ben Lamp"]


def test_a_short_chinese_name_is_no_initial_of_a_longer_one() -> None:
    cut = listed("Ada Quill", "王明华", cut=True)
    built = build(cut, refs(entry("Quill, Ada and 王明 and Ash, Cy")))
    assert printed(only(built)) == ["Ada Quill", "王明", "Cy Ash"]
    (doubt,) = doubts(built)
    assert "the complete author list does not name 王明华" in doubt


def test_an_owner_keeps_a_paper_of_which_a_full_list_has_their_initials() -> None:
    cut = listed("Ben Lamp", "Liyuan Liu", cut=True, owner="Liyuan Liu")
    built = build(cut, refs(entry("Lamp, Ben and Liu, L. and Ash, Cy")))
    assert built.catalogue.people["liyuan-liu"].papers == (only(built).id,)
    assert doubts(built) == []


# -- DBLP's numbers -------------------------------------------------------------------------------


def test_names_with_two_numbers_are_two_people_of_one_name() -> None:
    one = entry("Jan Maly 0001 and Ada Quill")
    built = build(refs(one, entry("Ben Lamp and Jan Maly 0002", title="Oil in Rain")))
    people = built.catalogue.people
    malys = {person: people[person] for person in people if person.startswith("jan")}
    assert {person: (p.name, p.number, p.papers) for person, p in malys.items()} == {
        "jan-maly-0001": ("Jan Maly", "0001", ("wicks-in-rain",)),
        "jan-maly-0002": ("Jan Maly", "0002", ("oil-in-rain",)),
    }


def test_a_number_is_no_part_of_the_name_by_which_records_join() -> None:
    profile = listed("Jan Maly", "Ada Quill", cut=True)
    built = build(profile, refs(entry("Jan Maly 0001 and Ada Quill and Cy Ash")))
    paper = only(built)
    assert paper.merge_reason == "same title, first author and year"
    assert [author.person for author in paper.authors] == ["jan-maly-0001", "ada-quill", "cy-ash"]
    assert paper.citation_key == "maly2024wicks"
    assert doubts(built) == []


def test_first_authors_with_two_numbers_are_two_first_authors() -> None:
    """Namesakes may both write an editorial in one year."""
    entries = (entry(f"Jan Maly 000{n} and Ada Quill", title="Editorial") for n in (1, 2))
    assert len(build(refs(*entries)).catalogue.papers) == 2


def test_papers_of_two_namesakes_are_not_said_to_differ_in_year_or_doi() -> None:
    entries = (entry(f"Jan Maly 000{n} and Ada Quill", title="Editorial") for n in (1, 2))
    said = doubts(build(refs(*entries)))
    assert said
    assert not [doubt for doubt in said if "another year" in doubt or "another DOI" in doubt]


def test_papers_of_two_namesakes_keep_their_addresses_without_a_year_too() -> None:
    records = refs(*(entry(f"Jan Maly 000{n}", title="Editorial", **UNDATED) for n in (1, 2)))
    first = build(records)
    assert build(records, lock=first.lock).catalogue == first.catalogue


def test_one_identifier_joins_first_authors_of_one_name_with_and_without_a_number() -> None:
    other = entry("Maly, Jan", title="Wicks, Revised", **DOI)
    assert len(only(build(refs(entry("Jan Maly 0001", **DOI), other))).listings) == 2


def test_an_owner_keeps_a_paper_on_which_a_bibliography_numbers_their_name() -> None:
    profile = listed("Jan Maly", "Ada Quill", owner="Jan Maly")
    built = build(profile, refs(entry("Jan Maly 0001 and Ada Quill")))
    paper = only(built)
    (listing,) = (listing for listing in paper.listings if listing.record.profile)
    assert listing.owner in paper.people
    (maly,) = (p for p in built.catalogue.people.values() if p.name == "Jan Maly")
    assert (bool(maly.profiles), maly.papers) == (True, (paper.id,))


# -- ids ------------------------------------------------------------------------------------------


def addresses(built: Built) -> dict[str, tuple[str, str]]:
    """Id and citation key of each paper by its title."""
    return {p.plain_title: (p.id, p.citation_key) for p in built.catalogue.papers.values()}


@pytest.mark.parametrize(
    "bibliography",
    [
        refs(entry(booktitle="Meeting", **DOI)),
        refs(entry("Ada Quill and Ben Lamp and Cy Ash", **ARXIV)),
        refs(entry(r"Quill, Ada and {\L}amp, Ben and others")),
        refs(entry(), entry(title=TITLE.upper(), **DOI), entry(**DOI, month="jan")),
    ],
    ids=["venue", "full list", "another cut list", "several entries"],
)
@pytest.mark.parametrize(
    "date", [DAY, None, PartialDate(None, 8, 15)], ids=["day", "none", "no year"]
)
def test_ids_and_keys_survive_a_bibliography_and_its_end(
    bibliography: SourceResult, date: PartialDate | None
) -> None:
    profile = listed("Ada Quill", "Ben Lamp", cut=True, date=date)
    first = build(profile)
    joined = build(profile, bibliography, lock=first.lock)
    again = build(profile, lock=joined.lock)
    ids = only(first).id, only(first).citation_key
    assert (only(joined).id, only(joined).citation_key) == ids
    assert (only(again).id, only(again).citation_key) == ids
    assert joined.catalogue.redirects == again.catalogue.redirects == {}
    assert first.lock.people.items() <= joined.lock.people.items()


def test_another_title_of_a_joined_entry_changes_no_address() -> None:
    first = build(listed())
    entries = refs(entry(**DOI), entry(title="Wicks in Rain, Revised", year="2023", **DOI))
    paper = only(build(listed(), entries, lock=first.lock))
    assert (paper.id, paper.citation_key) == ("wicks-in-rain", "quill2024wicks")


def test_a_paper_of_two_addresses_leads_to_one_when_a_bibliography_joins_them() -> None:
    records = refs(entry(), entry(title="Wicks, Revised"))
    first = build(records)
    assert len(first.catalogue.papers) == 2
    joined = build(refs(entry(**DOI), entry(title="Wicks, Revised", **DOI)), lock=first.lock)
    kept = only(joined).id
    (gone,) = set(first.catalogue.papers) - {kept}
    assert joined.catalogue.redirects == {f"papers/{gone}": f"papers/{kept}"}
    assert addresses(build(records, lock=joined.lock)) == addresses(first)


def test_the_page_of_an_owner_stays_when_a_bibliography_numbers_their_name() -> None:
    profile = listed("Jan Maly", "Ada Quill", owner="Jan Maly")
    first = build(profile)
    entries = refs(entry("Jan Maly 0001 and Ada Quill"), entry("Jan Maly 0002", title="Oil"))
    people = build(profile, entries, lock=first.lock).catalogue.people
    assert set(people) == {"jan-maly", "jan-maly-0002", "ada-quill"}
    assert people["jan-maly"].papers == ("wicks-in-rain",)


def test_the_page_of_a_name_with_a_number_stays_when_a_profile_of_theirs_comes() -> None:
    entries = refs(entry("Jan Maly 0001 and Ada Quill"))
    first = build(entries)
    profile = listed("Jan Maly", "Ada Quill", owner="Jan Maly")
    people = build(profile, entries, lock=first.lock).catalogue.people
    assert set(people) == {"jan-maly-0001", "ada-quill"}
    assert people["jan-maly-0001"].profiles


def test_a_person_with_a_number_takes_no_id_of_another() -> None:
    first = build(listed("Jan Maly"))
    added = refs(entry("Jan Maly 0002", title="Oil"), entry("Jan Maly 0001", title="Flame"))
    people = build(listed("Jan Maly"), added, lock=first.lock).catalogue.people
    assert {"jan-maly", "jan-maly-0001", "jan-maly-0002"} <= set(people)
    assert people["jan-maly"].papers == ("wicks-in-rain",)


def test_a_paper_put_together_from_two_records_takes_no_address_of_another() -> None:
    """The entries are one paper of 2024 by Ada Quill then, and so is what the profile lists."""
    preprint = entry("Quill, Ada", year="2023", **DOI)
    records = listed("Ada Quill"), refs(preprint, entry("Quill, A.", booktitle="Meeting", **DOI))
    first = build(*records)
    second = build(*records, lock=first.lock)
    assert second.catalogue == first.catalogue


# -- properties -----------------------------------------------------------------------------------

TITLES = [TITLE, "wicks in rain!", "Oil", "Of $x^2$"]
NAMES = [
    *("Ada Quill", "Quill, Ada", "A. Quill", "Jan Maly", "Jan Maly 0001", "Jan Maly 0002"),
    *("{Light Lab}", "王明", "王明华"),
]
WRITTEN = [None, DAY, PartialDate(2024), PartialDate(2024, 11), PartialDate(2023, 1, 2)]
PUBLICATIONS = st.builds(
    Publication,
    kind=st.sampled_from(["misc", "article"]),
    venue=st.sampled_from([None, None, "Lamps"]),
    date=st.sampled_from([None, PartialDate(2024, 11)]),
    doi=st.sampled_from([None, None, "10.5555/a", "10.5555/b"]),
    arxiv=st.sampled_from([None, None, "2408.00007"]),
    details=st.sampled_from([{}, {"pages": "7"}, {"note": "Dutch"}]),
)
OWNER = ProfileRecord(Provenance("ada.txt", 1), NameAsPrinted("Ada Quill"))
many = settings(max_examples=150)


def load_of(records: Sequence[PaperRecord]) -> Load:
    """What is settled of some records, and of the profile that lists some of them."""
    return settle([SourceResult((OWNER,), tuple(records))], {})


@st.composite
def loads(draw: st.DrawFn) -> Load:
    """Records of a profile and bibliographies that share titles, names, dates or identifiers."""
    records = []
    for line in range(1, draw(st.integers(0, 8)) + 1):
        names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
        record = PaperRecord(
            Provenance("ada.txt", line),
            draw(st.sampled_from(TITLES)),
            tuple(map(NameAsPrinted, names)),
            draw(st.booleans()),
        )
        if draw(st.booleans()):
            date = draw(st.sampled_from([*WRITTEN, PartialDate(None, 8, 15)]))
            records.append(replace(record, date=date, profile=OWNER.key))
            continue
        records.append(
            replace(
                record,
                provenance=Provenance(draw(st.sampled_from(["a.bib", "b.bib"])), line),
                date=draw(st.sampled_from(WRITTEN)),
                publication=draw(PUBLICATIONS),
            )
        )
    return load_of(records)


def of_load(load: Load, lock: IdLock = EMPTY_LOCK) -> Built:
    return build_catalogue(load, lock, NO_ORGANISATIONS)


@given(loads(), st.randoms())
@many
def test_the_order_of_records_changes_nothing(load: Load, source: random.Random) -> None:
    shuffled = replace(load, papers=tuple(source.sample(load.papers, len(load.papers))))
    one, other = of_load(load), of_load(shuffled)
    assert one.catalogue == other.catalogue
    assert list(one.catalogue.papers) == list(other.catalogue.papers)
    assert list(one.catalogue.people) == list(other.catalogue.people)
    assert one.lock.text == other.lock.text
    assert sorted(map(str, one.problems)) == sorted(map(str, other.problems))


@given(st.permutations(range(6)))
def test_the_order_of_files_changes_nothing(order: list[int]) -> None:
    files = [
        listed(cut=True),
        listed("Ben Lamp", cut=True, owner="Ben Lamp", origin="ben.txt"),
        refs(entry("Quill, Ada and Lamp, Ben and Ash, Cy", booktitle="Meeting", **DOI)),
        refs(entry("Ben Lamp and Ada Quill", title="Wicks, Revised", **DOI), origin="b.bib"),
        refs(entry(year="2023", **ARXIV), origin="c.bib"),
        refs(entry("Ada Quill and others", kind="misc", **ARXIV), origin="d.bib"),
    ]
    expected, found = build(*files), build(*(files[number] for number in order))
    assert found.catalogue == expected.catalogue
    assert found.lock.text == expected.lock.text
    assert sorted(map(str, found.problems)) == sorted(map(str, expected.problems))


@given(loads())
@many
def test_every_record_is_published_once_and_whole(load: Load) -> None:
    papers = of_load(load).catalogue.papers.values()
    found = [listing.record for paper in papers for listing in paper.listings]
    assert sorted(found, key=lambda r: r.provenance.line) == [*load.papers]


@given(loads())
@many
def test_a_paper_has_nothing_that_no_record_of_it_states(load: Load) -> None:
    for paper in of_load(load).catalogue.papers.values():
        own = [listing.record for listing in paper.listings]
        assert paper.title in [r.title for r in own]
        assert {a.printed for a in paper.authors} <= {name for r in own for name in r.authors}
        assert bool(paper.authors) is any(r.authors for r in own)
        assert paper.truncated or not all(r.truncated for r in own)
        assert paper.date in [None, *(r.date for r in own)]
        for name in ("doi", "arxiv", "venue"):
            stated = {getattr(r.publication, name) for r in own} - {None}
            found = getattr(paper.publication, name)
            assert found in stated or (found is None and not stated)
        assert (paper.merge_reason is None) is (len(own) == 1)


@given(loads())
@many
def test_a_second_build_changes_nothing(load: Load) -> None:
    first = of_load(load)
    lock, problems = parse_lock(first.lock.text, "ids.lock")
    assert problems == ()
    second = of_load(load, lock)
    assert second.catalogue == first.catalogue
    assert second.lock.text == first.lock.text


@given(loads(), st.data())
@many
def test_no_bibliography_moves_a_page(load: Load, data: st.DataObject) -> None:
    """Entries that say more of papers that are known, and no other entries, change no address."""
    dates = st.sampled_from([None, DAY, PartialDate(2023, 1, 2)])
    listings = [
        replace(
            record,
            provenance=Provenance("ada.txt", number),
            title=f"Lamps Volume {number}",
            profile=OWNER.key,
            date=data.draw(dates),
            inferred=(),
            publication=UNPUBLISHED,
        )
        for number, record in enumerate(load.papers)
        if record.authors
    ]
    entries = [
        replace(
            record,
            provenance=Provenance("more.bib", record.provenance.line),
            authors=(*record.authors, NameAsPrinted("Zed Zinc")),
            truncated=data.draw(st.booleans()),
            date=record.date and PartialDate(record.date.year),
            profile=None,
            publication=Publication("article", "Lamps", doi=f"10.5555/{record.title[-1]}"),
        )
        for record in listings
    ]
    first = of_load(load_of(listings))
    second = of_load(load_of([*entries, *listings]), first.lock)
    assert addresses(second) == addresses(first)
    assert first.lock.people.items() <= second.lock.people.items()
    assert second.catalogue.redirects == {}
