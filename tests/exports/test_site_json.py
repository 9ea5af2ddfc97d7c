"""The site as data: what is written is what its schemas describe, and nothing is made up."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.settle import Load
from generator.config import package_templates
from generator.dates import PartialDate
from generator.documents import Document
from generator.exports.bibtex import BibtexExporter
from generator.exports.feeds import FeedExporter
from generator.exports.files import citation_documents
from generator.exports.site_json import SiteJson, published_origin
from generator.markup import clean_text
from generator.names import OrganisationNames
from generator.records import (
    KINDS,
    AuthorNotes,
    Inferred,
    NameAsPrinted,
    NamedLink,
    PaperNotes,
    PaperRecord,
    ProfileRecord,
    Provenance,
    Publication,
)
from tests.academy import copy_academy, understand

Json = dict[str, Any]

SITE = "https://papers.example/repo/"
SCHEMAS = package_templates() / "assets" / "schema"
JUNE = PartialDate(2024, 6, 1)
ORGANISATIONS = OrganisationNames.of(["Aurora-9"], [])


def paper(
    title: str = "Of Lamps",
    authors: tuple[str, ...] = ("Ada Quill",),
    *,
    origin: str = "content/profiles/ada.txt",
    line: int = 1,
    date: PartialDate | None = JUNE,
    **values: Any,
) -> PaperRecord:
    """A record as sources hand it on."""
    names = tuple(map(NameAsPrinted, authors))
    return PaperRecord(Provenance(origin, line), title, names, date=date, **values)


def catalogue_of(*records: PaperRecord, profiles: tuple[ProfileRecord, ...] = ()) -> Catalogue:
    """The catalogue of some records."""
    return build_catalogue(Load(profiles, records, ()), EMPTY_LOCK, ORGANISATIONS).catalogue


PROFILE = ProfileRecord(
    Provenance("content/profiles/ada.txt", 1),
    NameAsPrinted("Ada Quill"),
    subject="cs.CL",
    h_index=12,
    declared_papers=5,
    citations=1234,
    novelty=58,
    ai_score=64.5,
    retrieved=datetime.date(2026, 1, 31),
    source="profiles.example",
    listed_papers=4,
    unread_papers=1,
)
RECORDS = (
    paper(
        "ReLU$^2$ Wins",
        ("Jan van der Lamp", "Aurora-9", "Otto Finch Jr."),
        truncated=True,
        subject="cs.CL",
        code=True,
        score=43.9,
        abstract="We save $63.5\\%$ of the oil.",
        affiliations=("hill-institute",),
        profile=PROFILE.key,
    ),
    paper(
        "ReLU² wins",
        ("van der Lamp, Jan", "{Aurora-9}", "Finch, Jr., Otto"),
        truncated=True,
        origin="content/bibliographies/lamps.bib",
        line=7,
        source_key="lamp24relu",
        publication=Publication(
            kind="inproceedings",
            venue="Proceedings of Lamp \\& Wick",
            doi="10.1000/lamp.7",
            arxiv="2406.00007",
            primary_class="cs.CL",
            url="https://lamps.example/7",
            pdf="https://lamps.example/7.pdf",
            editors=(NameAsPrinted("Wick, Jr., Ann"), NameAsPrinted("Plato")),
            keywords=("oil", "r\\'everb\\`ere"),
            details={"pages": "91--101", "publisher": "Hill \\& Sons"},
        ),
    ),
    paper("\\nocase{Glow}", ("Mei Lin 0002",), line=2, date=PartialDate(2023), subject="none.XX"),
    paper(
        "Dim",
        ("Mei Lin 0002", "Plato"),
        line=3,
        date=PartialDate(2026, 5, 2),
        inferred=(Inferred("date", "the source leaves its year out"), Inferred("title", "split")),
        abstract="Somebody else says so.",
        abstract_is_summary=True,
    ),
    paper("Dark", (), line=4, date=None),
    paper("Within Some Year", line=5, date=PartialDate(None, 5, 2)),
)
PAPER_NOTES = PaperNotes(
    Provenance("content/papers/relu2-old-title.md", 1),
    "relu2-old-title",
    pdf="My Paper.PDF",
    code="https://code.example/x",
    slides="https://slides.example/x",
    video="https://video.example/x",
    award="Best paper",
    note="Read this first.",
)
AUTHOR_NOTES = AuthorNotes(
    Provenance("content/authors/ada-quill.md", 1),
    "ada-quill",
    homepage="https://quill.example/",
    orcid="0000-0002-1825-0097",
    photo="ada quill.png",
    links=(NamedLink("Notes", "https://quill.example/notes"),),
    biography="Ada *keeps* lamps.",
)


@cache
def lamps() -> Catalogue:
    """A catalogue with everything in it that a record, a profile and notes can state."""
    catalogue = catalogue_of(*RECORDS, profiles=(PROFILE,))
    papers = dict(catalogue.papers)
    papers["relu2-wins"] = replace(papers["relu2-wins"], notes=PAPER_NOTES)
    return replace(catalogue, papers=papers)


def site_json(site_url: str | None = SITE, catalogue: Catalogue | None = None) -> SiteJson:
    """What describes a catalogue."""
    return SiteJson(catalogue or lamps(), {"ada-quill": AUTHOR_NOTES}, site_url)


def files_of(exporter: SiteJson) -> dict[str, Json]:
    """All documents by path, read as strictly as JSON can be."""
    return {document.path: read(document) for document in exporter.documents()}


def read(document: Document) -> Json:
    """The content of a document; a number or a key that not every reader knows is no JSON."""

    def refuse(value: object) -> None:
        raise AssertionError(value)

    def once(pairs: list[tuple[str, object]]) -> Json:
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    found = json.loads(document.data.decode(), parse_constant=refuse, object_pairs_hook=once)
    assert isinstance(found, dict)
    return found


def described(title: str = "ReLU² Wins") -> Json:
    """The paper of that title."""
    (found,) = (p for p in lamps().papers.values() if p.plain_title == title)
    return site_json().paper(found)


def described_person(name: str) -> Json:
    """The author of that name."""
    (found,) = (p for p in lamps().people.values() if p.name == name)
    return site_json().person(found)


# -- schemas --------------------------------------------------------------------------------------


@cache
def schemas() -> Mapping[str, Json]:
    return {path.name: json.loads(path.read_bytes()) for path in sorted(SCHEMAS.iterdir())}


@cache
def validator(name: str) -> Draft202012Validator:
    """A validator that knows the schemas by their addresses alone, as any reader of a site does."""
    base = f"{SITE}assets/schema/"
    pairs = [(base + n, Resource.from_contents(schema)) for n, schema in schemas().items()]
    registry: Registry[Any] = Registry().with_resources(pairs)
    return Draft202012Validator(
        {"$ref": base + name},
        registry=registry,
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def check(path: str, content: Json) -> None:
    """Check a file by the schema that it names."""
    folder, name = urljoin(SITE + path, content["$schema"]).rsplit("/", 1)
    assert folder == f"{SITE}assets/schema"
    validator(name).validate(content)


def test_the_schemas_are_valid() -> None:
    assert list(schemas()) == [
        "author.schema.json",
        "authors.schema.json",
        "paper.schema.json",
        "papers.schema.json",
    ]
    for schema in schemas().values():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)


def objects_in(schema: object) -> Iterator[Json]:
    """Every part of a schema that describes an object."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects_in(part)


def test_the_schemas_know_every_key_and_say_what_it_is() -> None:
    for name, schema in schemas().items():
        for found in objects_in(schema):
            assert "additionalProperties" in found, found
            keys = found.get("properties", {})
            assert set(found.get("required", ())) <= set(keys)
            for key, value in keys.items():
                assert value.keys() & {"description", "$ref"}, (name, key)


def test_the_schema_names_the_kinds_of_publication_that_there_are() -> None:
    kinds = schemas()["paper.schema.json"]["$defs"]["publication"]["properties"]["kind"]["enum"]
    assert set(kinds) == set(KINDS)


@pytest.mark.parametrize("site_url", [SITE, None])
def test_every_file_is_as_its_schema_says(site_url: str | None) -> None:
    files = files_of(site_json(site_url))
    assert set(files) == {
        "papers.json",
        "authors.json",
        *(f"papers/{paper}.json" for paper in lamps().papers),
        *(f"authors/{person}.json" for person in lamps().people),
    }
    for path, content in files.items():
        check(path, content)


def test_every_key_that_the_schemas_describe_is_used() -> None:
    files = files_of(site_json())
    for folder, name in (("papers", "paper"), ("authors", "author")):
        used = {key for path in files if path.startswith(f"{folder}/") for key in files[path]}
        assert used == set(schemas()[f"{name}.schema.json"]["properties"])
        listed = {key for row in files[f"{folder}.json"][folder] for key in row}
        rows = schemas()[f"{folder}.schema.json"]["properties"][folder]["items"]
        assert listed == set(rows["properties"])


def test_the_academy_is_as_the_schemas_say(tmp_path_factory: pytest.TempPathFactory) -> None:
    known = understand(copy_academy(tmp_path_factory.mktemp("json") / "academy"))
    files = files_of(SiteJson(known.built.catalogue, known.content.authors, None))
    for path, content in files.items():
        check(path, content)
    assert len(files["papers.json"]["papers"]) == len(known.built.catalogue.papers)


# -- properties -----------------------------------------------------------------------------------

NASTY = st.sampled_from(
    ["$x^2$", "\\textbf{b}", '"', "\\", "</script>", "\u2028", "et al.", "{", "}", "null", "灯"]
)
TEXTS = (
    st.lists(NASTY | st.text(max_size=9), min_size=1, max_size=6)
    .map(lambda parts: clean_text(" ".join(parts)))
    .filter(bool)
)


@settings(max_examples=100)
@given(
    title=TEXTS,
    abstract=TEXTS,
    names=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    truncated=st.booleans(),
    origin=st.text(min_size=1, max_size=20),
)
@example(title="{", abstract="}", names=("{}",), truncated=True, origin="\udcff/\0")
def test_whatever_a_source_prints_is_valid_and_comes_back(
    title: str, abstract: str, names: tuple[str, ...], truncated: bool, origin: str
) -> None:
    record = paper(title, names, abstract=abstract, truncated=truncated, origin=origin)
    catalogue = catalogue_of(record)
    exporter = SiteJson(catalogue, {}, None)
    files = files_of(exporter)
    for path, content in files.items():
        check(path, content)
    (found,) = catalogue.papers.values()
    content = files[f"papers/{found.id}.json"]
    assert content.pop("$schema")
    assert content == exporter.paper(found)
    assert content.get("title_tex", content["title"]) == title
    assert content.get("abstract_tex", content["abstract"]) == abstract
    (original,) = content["records"]
    assert (original["title"], original["authors"]) == (title, list(names))
    assert len(content["authors"]) == len(names)
    assert content["authors_truncated"] is truncated


def test_text_is_utf_8_as_it_is_read_and_never_broken() -> None:
    profile = replace(PROFILE, source="灯 \ud800")
    exporter = SiteJson(catalogue_of(profiles=(profile,)), {}, None)
    (document,) = (d for d in exporter.documents() if d.path == "authors/ada-quill.json")
    assert '"source":"灯 ?"' in document.data.decode()


# -- what stands where ----------------------------------------------------------------------------


def values_in(content: object) -> Iterator[object]:
    yield content
    parts: Iterable[object] = ()
    if isinstance(content, dict):
        parts = content.values()
    elif isinstance(content, list):
        parts = content
    for part in parts:
        yield from values_in(part)


def test_what_nobody_states_is_left_out() -> None:
    for content in files_of(site_json()).values():
        assert None not in list(values_in(content))
    dark = described("Dark")
    assert not dark.keys() & {"date", "year", "subject", "abstract", "additions", "merge_reason"}
    assert (dark["authors"], dark["publication"]["kind"]) == ([], "misc")


def test_rows_of_a_list_have_the_values_of_the_papers_and_authors_own_files() -> None:
    files = files_of(site_json())
    for kind, left_out in (("papers", {"abstract", "records"}), ("authors", {"co_authors"})):
        for row in files[f"{kind}.json"][kind]:
            whole = files[f"{kind}/{row['id']}.json"]
            assert row == {key: whole[key] for key in row}
            assert not row.keys() & left_out
    assert [row["id"] for row in files["papers.json"]["papers"]] == list(lamps().papers)
    assert [row["id"] for row in files["authors.json"]["authors"]] == list(lamps().people)


def test_a_list_has_a_row_a_line() -> None:
    (document,) = (d for d in site_json().documents() if d.path == "papers.json")
    head, *rows, end = document.data.decode().splitlines()
    assert head.endswith('"papers":[')
    assert [json.loads(row.removesuffix(","))["id"] for row in rows] == list(lamps().papers)
    assert end == "]}"


def test_an_empty_catalogue_has_empty_lists() -> None:
    files = files_of(site_json(catalogue=catalogue_of()))
    assert list(files) == ["papers.json", "authors.json"]
    assert (files["papers.json"]["papers"], files["authors.json"]["authors"]) == ([], [])
    for path, content in files.items():
        check(path, content)


def test_rows_for_an_export_are_those_of_the_papers_own_files() -> None:
    files = files_of(site_json())
    chosen: list[Paper] = list(lamps().papers.values())[1:3]
    rows = site_json().paper_rows(chosen)
    for found, row in zip(chosen, rows, strict=True):
        validator("paper.schema.json").validate(row)
        own = files[f"papers/{found.id}.json"]
        assert row == {key: value for key, value in own.items() if key != "$schema"}


def test_a_title_with_tex_has_its_source_beside_it_and_others_do_not() -> None:
    found = described()
    assert (found["title"], found["title_tex"]) == ("ReLU² Wins", "ReLU$^2$ Wins")
    assert "63.5%" in found["abstract"]
    assert found["abstract_tex"] == "We save $63.5\\%$ of the oil."
    glow = described("Glow")
    assert glow["title_tex"] == glow["records"][0]["title"] == "{Glow}"
    assert "title_tex" not in described("Dim")
    assert "abstract_tex" not in described("Dim")


def test_authors_stand_in_order_and_in_parts() -> None:
    assert described()["authors"] == [
        {
            "id": "jan-van-der-lamp",
            "name": "Jan van der Lamp",
            "family": "van der Lamp",
            "given": "Jan",
            "organisation": False,
        },
        {"id": "aurora-9", "name": "Aurora-9", "organisation": True},
        {
            "id": "otto-finch-jr",
            "name": "Otto Finch Jr.",
            "family": "Finch",
            "given": "Otto",
            "suffix": "Jr.",
            "organisation": False,
        },
    ]


def test_a_cut_list_says_so_and_names_nobody_but_the_owner_of_the_profile() -> None:
    found = described()
    assert found["authors_truncated"] is True
    assert [author["name"] for author in found["hidden_authors"]] == ["Ada Quill"]
    assert described("Dim")["authors_truncated"] is False
    assert described("Dim")["hidden_authors"] == []
    names = {row["name"] for row in files_of(site_json())["authors.json"]["authors"]}
    assert names == {"Ada Quill", "Jan van der Lamp", "Aurora-9", "Otto Finch Jr.", "Mei Lin",
                     "Plato"}  # fmt: skip


def test_a_date_is_told_as_far_as_it_is_known() -> None:
    titles = ["ReLU² Wins", "Glow", "Dark", "Within Some Year"]
    dates = [described(title).get("date") for title in titles]
    assert dates == ["2024-06-01", "2023", None, "--05-02"]
    years = [described(title).get("year") for title in titles]
    assert years == [2024, 2023, None, None]


def test_what_is_inferred_says_how() -> None:
    found = described("Dim")
    assert found["date_inferred"] == "the source leaves its year out"
    assert found["title_inferred"] == "split"
    assert found["records"][0]["inferred"] == [
        {"field": "date", "reason": "the source leaves its year out"},
        {"field": "title", "reason": "split"},
    ]
    assert not described().keys() & {"date_inferred", "title_inferred"}


def test_a_summary_by_somebody_else_is_marked_as_one() -> None:
    assert described("Dim")["abstract_is_summary"] is True
    assert described()["abstract_is_summary"] is False


def test_a_publication_is_told_as_plain_text() -> None:
    assert described()["publication"] == {
        "kind": "inproceedings",
        "venue": "Proceedings of Lamp & Wick",
        "doi": "10.1000/lamp.7",
        "arxiv": "2406.00007",
        "arxiv_class": "cs.CL",
        "url": "https://lamps.example/7",
        "pdf": "https://lamps.example/7.pdf",
        "editors": [
            {"name": "Ann Wick Jr.", "family": "Wick", "given": "Ann", "suffix": "Jr."},
            {"name": "Plato", "family": "Plato"},
        ],
        "keywords": ["oil", "réverbère"],
        "details": {"pages": "91–101", "publisher": "Hill & Sons"},
    }


def test_a_merged_paper_keeps_both_originals_and_says_why_they_are_one() -> None:
    found = described()
    profile, bibliography = sorted(found["records"], key=lambda record: record["file"])[::-1]
    assert found["merge_reason"] == "same title, first author and date"
    assert profile == {
        "file": "content/profiles/ada.txt",
        "line": 1,
        "profile_owner": "ada-quill",
        "title": "ReLU$^2$ Wins",
        "authors": ["Jan van der Lamp", "Aurora-9", "Otto Finch Jr."],
        "authors_truncated": True,
        "date": "2024-06-01",
        "inferred": [],
    }
    assert bibliography.pop("publication")["doi"] == "10.1000/lamp.7"
    assert bibliography == {
        "file": "content/bibliographies/lamps.bib",
        "line": 7,
        "source_key": "lamp24relu",
        "title": "ReLU² wins",
        "authors": ["van der Lamp, Jan", "{Aurora-9}", "Finch, Jr., Otto"],
        "authors_truncated": True,
        "date": "2024-06-01",
        "inferred": [],
    }


def test_what_profiles_and_people_add_stands_beside_it() -> None:
    found = described()
    assert found["has_code"] is True
    assert found["scores"] == [{"author": "ada-quill", "score": 43.9}]
    assert found["affiliations"] == ["hill-institute"]
    assert found["subject"] == {"code": "cs.CL", "name": "Computation and Language"}
    assert found["additions"] == {
        "pdf": f"{SITE}papers/relu2-wins/my-paper.pdf",
        "code": "https://code.example/x",
        "slides": "https://slides.example/x",
        "video": "https://video.example/x",
        "award": "Best paper",
        "note": "Read this first.",
    }


def test_notes_with_nothing_but_text_for_the_page_add_nothing() -> None:
    catalogue = catalogue_of(paper())
    (found,) = catalogue.papers.values()
    bare = PaperNotes(Provenance("x.md", 1), found.id, body="*Read me.*")
    described = SiteJson(catalogue, {}, None).paper(replace(found, notes=bare))
    assert "additions" not in described


def test_an_author_is_described_with_profile_notes_and_papers() -> None:
    ada = described_person("Ada Quill")
    assert ada.pop("links")["page"] == f"{SITE}authors/ada-quill/"
    assert ada == {
        "id": "ada-quill",
        "name": "Ada Quill",
        "family": "Quill",
        "given": "Ada",
        "organisation": False,
        "other_names": [],
        "orcid": "0000-0002-1825-0097",
        "homepage": "https://quill.example/",
        "photo": f"{SITE}assets/authors/ada%20quill.png",
        "web_links": [{"label": "Notes", "url": "https://quill.example/notes"}],
        "profiles": [
            {
                "file": "content/profiles/ada.txt",
                "line": 1,
                "source": "profiles.example",
                "retrieved": "2026-01-31",
                "subject": {"code": "cs.CL", "name": "Computation and Language"},
                "h_index": 12,
                "citations": 1234,
                "novelty": 58,
                "ai_score": 64.5,
                "declared_papers": 5,
                "listed_papers": 4,
                "unread_papers": 1,
                "inferred": [],
            }
        ],
        "paper_count": 2,
        "papers": ["relu2-wins", "within-some-year"],
        "co_authors": [
            {"id": "jan-van-der-lamp", "name": "Jan van der Lamp", "papers": 1},
            {"id": "otto-finch-jr", "name": "Otto Finch Jr.", "papers": 1},
        ],
        "co_author_count": 2,
    }


def test_of_many_co_authors_the_first_are_listed_and_all_are_counted() -> None:
    papers = [paper(f"Lamp {c}", ("Ada Quill", *names_of(100, c))[:100]) for c in "abc"]
    catalogue = catalogue_of(*papers)
    described = site_json(catalogue=catalogue).person(catalogue.people["ada-quill"])
    listed: Any = described["co_authors"]
    assert (len(listed), described["co_author_count"]) == (200, 297)


def names_of(count: int, mark: str) -> tuple[str, ...]:
    """As many names, which differ by a mark."""
    letters = "abcdefghij"
    return tuple(f"Bo Pe{mark}{letters[n // 10]}{letters[n % 10]}" for n in range(count))


def test_namesakes_have_their_number_and_organisations_no_parts() -> None:
    assert described_person("Mei Lin")["dblp_number"] == "0002"
    assert described_person("Aurora-9")["organisation"] is True
    assert not described_person("Aurora-9").keys() & {"family", "given", "suffix"}


def test_links_lead_to_files_that_other_exports_write() -> None:
    files = {document.path for document in site_json().documents()}
    files |= {d.path for d in FeedExporter(lamps(), "Lamps", SITE).documents()}
    files |= {d.path for d in citation_documents(lamps(), BibtexExporter(lamps(), SITE))}
    for content in (described(), described_person("Ada Quill")):
        for name in {"json", "bibtex", "feed"} & content["links"].keys():
            assert content["links"][name].removeprefix(SITE) in files
    templates = files_of(site_json())["authors.json"]["links"]
    filled = {name: link.replace("{id}", "ada-quill") for name, link in templates.items()}
    assert filled == described_person("Ada Quill")["links"]


def test_links_are_relative_to_the_root_while_the_sites_address_is_not_known() -> None:
    files = files_of(site_json(None))
    assert files["papers/dim.json"]["links"] == {
        "page": "papers/dim/",
        "json": "papers/dim.json",
        "bibtex": "papers/dim.bib",
        "ris": "papers/dim.ris",
        "csl_json": "papers/dim.csl.json",
    }
    assert "feed" not in files["authors/ada-quill.json"]["links"]
    assert files["papers/dim.json"]["$schema"] == "../assets/schema/paper.schema.json"
    assert files["papers.json"]["$schema"] == "assets/schema/papers.schema.json"


# -- privacy and determinism ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "published"),
    [
        ("content/profiles/ada.txt", "content/profiles/ada.txt"),
        ("ada.txt", "ada.txt"),
        ("/home/ada/secret/papers.bib", "papers.bib"),
        ("../secret/papers.bib", "papers.bib"),
        ("content/../../secret/papers.bib", "papers.bib"),
        ("C:/Users/ada/papers.bib", "papers.bib"),
        ("C:\\Users\\ada\\papers.bib", "papers.bib"),
        ("\\\\server\\ada\\papers.bib", "papers.bib"),
        ("content/\udcff.txt", "content/\\udcff.txt"),
    ],
)
def test_only_paths_within_the_site_are_published(origin: str, published: str) -> None:
    assert published_origin(origin) == published
    profile = replace(PROFILE, provenance=Provenance(origin, 1))
    record = paper(origin=origin, profile=profile.key)
    catalogue = catalogue_of(record, profiles=(profile,))
    files = files_of(SiteJson(catalogue, {}, None))
    assert files["papers/of-lamps.json"]["records"][0]["file"] == published
    assert files["authors/ada-quill.json"]["profiles"][0]["file"] == published
    assert "secret" not in json.dumps(files)
    assert "Users" not in json.dumps(files)


def test_the_same_records_in_any_order_give_the_same_bytes() -> None:
    def written(*records: PaperRecord) -> dict[str, bytes]:
        exporter = SiteJson(catalogue_of(*records, profiles=(PROFILE,)), {}, SITE)
        return {document.path: document.data for document in exporter.documents()}

    assert written(*RECORDS) == written(*reversed(RECORDS))
