"""A site with a bibliography: its pages, the files beside them, and the settings for these."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urljoin

import pytest
import rispy

from generator import pipeline
from generator.config import load_config
from generator.errors import BuildError, ConfigurationError
from generator.sources.bibtex import parse
from tests.academy import (
    QUIET,
    REPOSITORY_URL,
    TESTS,
    BuiltAcademy,
    build_academy,
    copy_academy,
    copy_library,
    make_documents,
    run_authorpages,
    small_academy,
    tree,
    understand,
)
from tests.exports.test_feeds import check_feed
from tests.page_html import Element, PageHtml, read_pages
from tests.pagefind import read_found

Pages = Mapping[str, PageHtml]

LAMPS = "content/bibliography/lamps.bib"
OIL = "oil-wick-and-flame-a-survey"
SHARED = "shared-light-two-profiles-one-paper"
GLOW = "glow-in-dutch-windows"
CITATIONS = {".bib", ".ris", ".csl.json"}
BESIDE_LISTS = {
    "papers": CITATIONS | {".json"},
    "authors": CITATIONS | {".json", ".xml"},
    "topics": CITATIONS | {".xml"},
    "years": CITATIONS,
}
"""Endings of the files beside the pages of a folder."""
NO_FORMATS = ("assets/", "search/")
"""Folders whose files are no exports."""


@pytest.fixture(scope="module")
def pages(library: BuiltAcademy) -> Pages:
    """The HTML pages of the library, parsed."""
    return read_pages(library.site)


def page(pages: Pages, path: str) -> PageHtml:
    """The page at an address."""
    return pages[f"{path}/index.html" if path else "index.html"]


def targets(page: PageHtml, address: str) -> dict[str, str]:
    """Where the links in a page's own part lead, by their text."""
    return {
        " ".join("".join(element.text).split()): urljoin(address, element.attributes["href"])
        for element in page.all("a")
        if element.in_content and "href" in element.attributes
    }


def alternates(page: PageHtml, token: str) -> list[Element]:
    """The links of a page, in its head and among its downloads, that have a token in `rel`."""
    found = [*page.all("link"), *page.all("a")]
    return [e for e in found if token in e.attributes.get("rel", "").split()]


def lists(docs: Path) -> list[str]:
    """The paths of all lists that have files beside them, without an ending."""
    found = (path.relative_to(docs).as_posix() for path in docs.rglob("*.bib"))
    return [path.removesuffix(".bib") for path in found]


def ending(path: str) -> str:
    """The ending of a file, which may have two parts."""
    two = (two for two in (".csl.json", ".cite.html") if path.endswith(two))
    return next(two, Path(path).suffix)


def with_settings(root: Path, **values: object) -> Path:
    """The site at `root` with further settings of ours."""
    path = root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    lines = "".join(f"    {name}: {json.dumps(value)}\n" for name, value in values.items())
    assert text.count("  authorpages:\n") == 1
    path.write_text(text.replace("  authorpages:\n", f"  authorpages:\n{lines}"), encoding="utf-8")
    return root


# -- pages ----------------------------------------------------------------------------------------


def test_a_cut_list_of_a_profile_is_completed_on_the_page(pages: Pages) -> None:
    found = page(pages, f"papers/{SHARED}")
    names = "Łucja Żółć, Søren Ångström, Plato, Jan Maly, Ada B. Quill"
    assert names in found.content_text
    assert "et al." not in found.content_text.partition("Cite")[0]
    links = targets(found, f"/papers/{SHARED}/")
    assert (links["Jan Maly"], links["Ada B. Quill"]) == (
        "/authors/jan-maly-0001/",
        "/authors/ada-quill/",
    )
    assert links["arXiv 2311.00001"] == "https://arxiv.org/abs/2311.00001"
    assert "14 August 2023" in found.content_text


def test_a_page_names_the_bibliography_and_says_why_records_are_one_paper(pages: Pages) -> None:
    text = page(pages, f"papers/{OIL}").content_text
    assert (
        "Listed on the profile of Ada B. Quill, and in the bibliography lamps.bib (key oil-2022). "
        "These records are taken to be one paper: same title, first author and year."
    ) in text
    alone = page(pages, f"papers/{GLOW}").content_text
    assert "From the bibliography lamps.bib (key glow)." in alone
    assert "taken to be one paper" not in alone


def test_venue_and_identifiers_of_the_bibliography_stand_on_the_page(pages: Pages) -> None:
    found = page(pages, f"papers/{OIL}")
    line = "In Proceedings of the Meeting on Lumen Science 2022, pages 101–118, Lamp & Sons"
    assert line in found.content_text
    links = targets(found, f"/papers/{OIL}/")
    assert links["DOI 10.5555/lumen.2022_7"] == "https://doi.org/10.5555/lumen.2022_7"
    assert "3 February 2022" in found.content_text
    entry = "".join(found.all("pre")[0].text)
    assert "year = {2022},\n  month = nov,\n  doi = {10.5555/lumen.2022_7}" in entry
    assert "A survey of forty invented lamps" in found.content_text


def test_an_entry_that_no_profile_has_gets_a_page_and_is_listed(pages: Pages) -> None:
    found = page(pages, f"papers/{GLOW}")
    assert found.heading == "Glow in Dutch Windows"
    assert "Jan Maly, The Lantern Collaboration et al." in found.content_text
    assert "In Lumen Books 3, page 7" in found.content_text
    for path in ("years/2019", "authors/jan-maly-0002", "authors/the-lantern-collaboration"):
        assert f"/papers/{GLOW}/" in targets(page(pages, path), f"/{path}/").values(), path


def test_namesakes_that_dblp_numbers_have_a_page_each(pages: Pages) -> None:
    for number, paper in (("0001", SHARED), ("0002", GLOW)):
        path = f"authors/jan-maly-{number}"
        found = page(pages, path)
        assert found.heading.startswith("Jan Maly")
        papers = {t for t in targets(found, f"/{path}/").values() if t.startswith("/papers/")}
        assert {t for t in papers if ending(t) == ""} == {f"/papers/{paper}/"}


def test_what_contradicts_a_profile_is_a_paper_of_its_own(pages: Pages) -> None:
    facts = [
        page(pages, f"papers/an-introduction-to-lanterns{end}").content_text.partition("Cite")[0]
        for end in ("", "-2", "-3")
    ]
    assert all("An Introduction to Lanterns" in text for text in facts)
    (journal,) = (text for text in facts if "Journal of Lamps, 4(2)" in text)
    assert "Ada B. Quill" in journal
    assert "2 May 2021" not in journal
    assert "2 May 2021" in "".join(facts)


def test_notes_of_people_stand_beside_what_the_bibliography_says(pages: Pages) -> None:
    found = page(pages, f"papers/{OIL}")
    for text in ("Best survey of the year", "The table of lamps is also", "An erratum: the fort"):
        assert text in found.content_text
    links = targets(found, f"/papers/{OIL}/")
    kinds = [text.split()[0] for text in links if text.split()[0] in ("PDF", "DOI", "Code")]
    assert kinds == ["Code", "PDF", "DOI"]


def test_a_pdf_is_published_in_the_folder_of_its_page(library: BuiltAcademy, pages: Pages) -> None:
    data = (library.root / "content" / "papers" / "oil.pdf").read_bytes()
    assert (library.site / "papers" / OIL / "oil.pdf").read_bytes() == data
    found = page(pages, f"papers/{OIL}")
    assert targets(found, f"/papers/{OIL}/")["PDF"] == f"/papers/{OIL}/oil.pdf"
    (tag,) = (e for e in found.all("meta") if e.attributes.get("name") == "citation_pdf_url")
    assert tag.attributes["content"] == f"{REPOSITORY_URL}papers/{OIL}/oil.pdf"


def test_the_search_knows_what_the_bibliography_brought(library: BuiltAcademy) -> None:
    found = read_found(library.site)
    titles = {page.title for page in found.values()}
    assert {"Glow in Dutch Windows", "Lumen Books 3"} <= titles
    survey = found[f"papers/{OIL}/"]
    assert survey.filters["year"] == ["2022"]
    assert survey.filters["code"] == ["yes"]
    assert "An erratum: the fortieth lamp was a candle." in survey.text
    assert "Proceedings of the Meeting on Lumen Science 2022" in survey.text
    assert "Related papers" not in survey.text


# -- problems and counts --------------------------------------------------------------------------


def test_every_fault_of_the_bibliography_is_told_with_its_line(library: BuiltAcademy) -> None:
    lines = (library.root / LAMPS).read_text(encoding="utf-8").splitlines()
    found = sorted(
        (p.line or 0, p.quarantined, p.message)
        for p in library.report.problems
        if p.origin == LAMPS
    )
    expected = [
        (34, False, "title and first author as at content/profiles/ada-quill-2023.txt:36, but ano"),
        (36, False, "doi: expected a DOI such as 10.1000/182 (found 'none')"),
        (
            38,
            True,
            "the entry 'open' cannot be read, those around it can: a brace or quote is never ",
        ),
        (40, False, "the key 'glow' stands above too: both entries are read"),
        (40, False, "year: expected four digits (found '20O1'); the paper has no date"),
    ]
    assert [problem[:2] for problem in found] == [problem[:2] for problem in expected]
    for (line, _, message), (_, _, start), text in zip(
        found,
        expected,
        ("@article{intro-journal", "doi = {none}", "@article{open", "@misc{glow", "{20O1}"),
        strict=True,
    ):
        assert message.startswith(start)
        assert text in lines[line - 1]


def test_no_page_of_a_site_with_a_bibliography_makes_mkdocs_complain(library: BuiltAcademy) -> None:
    origins = {problem.origin for problem in library.report.problems}
    assert {origin for origin in origins if not origin.startswith("content/")} == set()


def test_check_says_what_the_build_said(library: BuiltAcademy) -> None:
    with contextlib.chdir(library.root):
        config = load_config(Path("mkdocs.yml"))
        report = pipeline.check(config, pipeline.find_inputs(Path("content"), ()), QUIET)
    assert sorted(map(str, report.problems)) == sorted(map(str, library.report.problems))
    assert report.ledger == library.report.ledger


def test_the_ledger_counts_every_entry(library: BuiltAcademy, academy: BuiltAcademy) -> None:
    ledger, without = library.report.ledger, academy.report.ledger
    text = (library.root / LAMPS).read_text(encoding="utf-8")
    entries = len(re.findall(r"(?m)^@(?!string)\w+\{", text))
    assert ledger.found == without.found + entries == ledger.parsed + ledger.quarantined
    assert ledger.quarantined == without.quarantined + 1
    assert ledger.parsed == ledger.merged + ledger.published
    assert ledger.published == len(list((library.docs / "papers").glob("*.bib")))
    assert ledger.profiles == without.profiles
    written = json.loads((library.root / "build" / "ledger.json").read_bytes())
    assert written["found"] == ledger.found
    assert len(written["problems"]) == len(library.report.problems)


# -- files beside the pages -----------------------------------------------------------------------


def test_beside_every_page_stand_its_files_in_all_formats(library: BuiltAcademy) -> None:
    found = [path for path in tree(library.docs) if not path.startswith("assets/")]
    assert {path.partition("/")[0] for path in lists(library.docs)} == {"papers", *BESIDE_LISTS}
    for path in lists(library.docs):
        beside = {ending(other) for other in found if re.fullmatch(rf"{path}\.[a-z.]+", other)}
        folder, is_page = path.partition("/")[0], "/" in path
        expected = BESIDE_LISTS[folder] | ({".md"} if is_page else set())
        expected |= {".cite.html"} if is_page and folder == "papers" else set()
        assert beside == expected, path
    assert {"feed.xml", "authors.json"} <= set(found)


def test_files_are_published_as_they_were_written(library: BuiltAcademy) -> None:
    written, published = tree(library.docs), tree(library.site)
    for path, data in written.items():
        if not path.endswith(".md"):
            assert published[path] == data, path


def test_every_format_names_the_same_papers_by_the_same_keys(library: BuiltAcademy) -> None:
    for path in lists(library.docs):
        text = (library.docs / f"{path}.bib").read_text(encoding="utf-8")
        keys = [paper.source_key for paper in parse(text.encode(), path).papers]
        ris = rispy.loads((library.docs / f"{path}.ris").read_text(encoding="utf-8"))
        csl = json.loads((library.docs / f"{path}.csl.json").read_bytes())
        assert keys, path
        assert [entry["id"] for entry in ris] == [item["id"] for item in csl] == keys, path
    rows = json.loads((library.docs / "papers.json").read_bytes())["papers"]
    text = (library.docs / "papers.bib").read_text(encoding="utf-8")
    assert [row["citation_key"] for row in rows] == re.findall(r"(?m)^@\w+\{(.+),$", text)


def test_pages_lead_to_the_files_beside_them(library: BuiltAcademy, pages: Pages) -> None:
    published = tree(library.site)
    for path in lists(library.docs):
        if "/" not in path:
            continue
        links = alternates(page(pages, path), "alternate")
        led = {urljoin(f"/{path}/", e.attributes["href"]).lstrip("/") for e in links}
        assert led == {path + suffix for suffix in BESIDE_LISTS[path.partition("/")[0]]}
        assert led <= set(published)
        shown = set(targets(page(pages, path), f"/{path}/").values())
        assert {f"/{path}{suffix}" for suffix in CITATIONS} <= shown


def test_every_feed_is_valid_and_found_from_its_page(library: BuiltAcademy, pages: Pages) -> None:
    feeds = {path: data for path, data in tree(library.site).items() if ending(path) == ".xml"}
    del feeds["sitemap.xml"]
    for path, data in feeds.items():
        check_feed(path, data, REPOSITORY_URL)
        address = "" if path == "feed.xml" else path.removesuffix(".xml")
        (link,) = alternates(page(pages, address), "feed")
        here = f"/{address}/".replace("//", "/")
        assert urljoin(here, link.attributes["href"]) == f"/{path}"
    kinds = [path.partition("/")[0] for path in feeds]
    people, topics = (list((library.docs / f).glob("*.bib")) for f in ("authors", "topics"))
    assert (kinds.count("authors"), kinds.count("topics")) == (len(people), len(topics))
    assert b"<title>Glow in Dutch Windows</title>" in feeds["feed.xml"]


# -- sites of other inputs ------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A site with a configuration and nothing else."""
    text = (TESTS / "data" / "academy" / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "mkdocs.yml").write_text(text, encoding="utf-8")
    return tmp_path / "bare"


ONE = "@article{a, author = {Quill, Ada}, title = {Oil}, journal = {Lamps}, year = 2024}\n"


def test_a_bibliography_that_is_named_builds_a_site_by_itself(bare: Path) -> None:
    (bare / "mine.bib").write_text(ONE, encoding="utf-8")
    done = run_authorpages("build", "--strict", "--profiles", "mine.bib", folder=bare)
    assert done.returncode == 0, done.stderr
    assert "Built 1 papers and 1 people into site" in done.stderr
    assert PageHtml((bare / "site/papers/oil/index.html").read_text()).heading == "Oil"
    assert "paper\toil\tquill2024oil\t" in (bare / "content" / "ids.lock").read_text()


def test_a_folder_of_bibliographies_builds_a_site_by_itself(bare: Path) -> None:
    folder = bare / "content" / "bibliography"
    folder.mkdir(parents=True)
    (folder / "mine.bib").write_text(ONE, encoding="utf-8")
    (folder / "more.BIBTEX").write_text("@misc{b, title = {Wicks}}\n", encoding="utf-8")
    built = build_academy(bare)
    assert built.report.problems == ()
    assert (built.report.ledger.profiles, built.report.ledger.published) == (0, 2)
    pages = read_pages(built.site)
    assert set(targets(page(pages, "papers"), "/papers/").values()) >= {
        "/papers/oil/",
        "/papers/wicks/",
    }
    assert "2 papers by 1 person" in page(pages, "").content_text


def test_a_bibliography_completes_profiles_that_are_named(tmp_path: Path) -> None:
    root = copy_library(tmp_path / "academy")
    profile = root / "content" / "profiles" / "van-der-lamp.txt"
    inputs = pipeline.find_inputs(root / "content", [profile])
    assert inputs.sources == (root / LAMPS, profile)


def test_a_bibliography_that_is_named_in_another_way_is_read_once(tmp_path: Path) -> None:
    root = copy_library(tmp_path / "academy")
    with contextlib.chdir(root):
        inputs = pipeline.find_inputs(Path("content"), [root / LAMPS])
    assert len(inputs.sources) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "put a .bib file into"),
        ("% nothing\n", "none of the files"),
        ("@misc{a\n", "mine.bib:1"),
    ],
    ids=["no file", "no entry", "a broken entry"],
)
def test_bibliographies_without_a_paper_build_nothing_and_say_why(
    bare: Path, text: str | None, said: str
) -> None:
    folder = bare / "content" / "bibliography"
    folder.mkdir(parents=True)
    if text is not None:
        (folder / "mine.bib").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=re.escape(said)):
        build_academy(bare)
    assert not (bare / "site").exists()


def test_addresses_survive_a_bibliography_that_comes_and_goes(tmp_path: Path) -> None:
    root = copy_academy(tmp_path / "academy")
    before = understand(root).built
    (root / "content" / "ids.lock").write_text(before.lock.text, encoding="utf-8")
    copied = copy_library(tmp_path / "library")
    (copied / "content" / "ids.lock").write_text(before.lock.text, encoding="utf-8")
    joined = understand(copied).built
    known = before.catalogue.papers
    assert {p: joined.catalogue.papers[p].citation_key for p in known} == {
        paper.id: paper.citation_key for paper in known.values()
    }
    assert set(before.catalogue.people) <= set(joined.catalogue.people)
    (root / "content" / "ids.lock").write_text(joined.lock.text, encoding="utf-8")
    assert dict(understand(root).built.catalogue.papers) == dict(known)


# -- settings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formats", "suffixes"),
    [
        ([], set()),
        (["ris"], {".ris"}),
        (["csl-json"], {".csl.json"}),
        (["json"], {".json"}),
        (["atom"], {".xml"}),
        (["atom", "ris"], {".ris", ".xml"}),
    ],
)
def test_only_the_formats_that_are_asked_for_are_written_and_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: Sequence[str], suffixes: set[str]
) -> None:
    monkeypatch.setenv("SITE_URL", REPOSITORY_URL)
    found = make_documents(with_settings(copy_library(tmp_path / "academy"), formats=formats))
    written = {ending(path) for path in found if not path.startswith(NO_FORMATS)}
    every = {".ris", ".csl.json", ".json", ".xml"}
    assert written & every == suffixes
    assert ".bib" in written
    named = re.compile(r"[\w-]\.(?:ris|csl\.json|json|xml)\b")
    for path, data in found.items():
        if not path.startswith("assets/") and ending(path) in {".md", ".json"}:
            text = re.sub(r'"\$schema":"[^"]*"|"file":"[^"]*"', "", data.decode())
            assert {ending(name) for name in named.findall(text)} <= suffixes, path


def test_a_plain_site_has_bibtex_alone_and_leads_to_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As HTML, with all three settings at their least."""
    monkeypatch.setenv("SITE_URL", REPOSITORY_URL)
    root = copy_library(tmp_path / "academy")
    built = build_academy(with_settings(root, formats=[], citation_styles=[], ascii_bibtex=True))
    written = {ending(path) for path in tree(built.docs) if not path.startswith(NO_FORMATS)}
    assert written & {".ris", ".csl.json", ".json", ".xml"} == set()
    pages = read_pages(built.site)
    assert len(pages) > 60
    for path, found in pages.items():
        led = {address for element in found.elements for address in element.addresses}
        assert not [a for a in led if ending(a) in {".ris", ".csl.json", ".json", ".xml"}], path
        assert alternates(found, "feed") == []
    shown = page(pages, f"papers/{OIL}")
    assert len(shown.all("pre")) == 1
    assert r"Pe{\~{n}}a, Mar{\'{i}}a-Jos{\'{e}}" in "".join(shown.all("pre")[0].text)
    downloads = [e.attributes["href"] for e in shown.all("a") if "download" in e.attributes]
    assert downloads == [f"../{OIL}.bib"]
    assert built.report.ledger.published == 28


@pytest.mark.parametrize("styles", [[], ["ieee"], ["mla", "apa"]])
def test_a_page_shows_the_citation_styles_that_are_asked_for(
    tmp_path: Path, styles: list[str]
) -> None:
    root = with_settings(small_academy(tmp_path / "academy"), citation_styles=styles)
    (path,) = build_academy(root).docs.glob("papers/lantern-r1*.md")
    text = path.read_text(encoding="utf-8")
    names = {"apa": "APA", "mla": "MLA", "chicago": "Chicago", "ieee": "IEEE"}
    (line,) = re.findall(r"(?m)^(BibTeX .*)\n\{ \.ap-tabs \}$", text)
    labels = ", ".join(["RIS", *(names[style] for style in styles)])
    file = path.with_suffix(".cite.html" if styles else ".ris")
    assert line == f"BibTeX [{labels}]({file.name})"
    assert file.is_file()
    assert path.with_suffix(".cite.html").exists() == bool(styles)


def test_ascii_bibtex_is_ascii_everywhere_and_says_the_same(tmp_path: Path) -> None:
    plain = make_documents(copy_library(tmp_path / "plain"))
    found = make_documents(with_settings(copy_library(tmp_path / "ascii"), ascii_bibtex=True))
    assert set(found) == set(plain)
    changed = {path for path in found if found[path] != plain[path]}
    assert {ending(path) for path in changed} == {".bib", ".md"}
    files = {path: data for path, data in found.items() if ending(path) == ".bib"}
    assert all(data.isascii() for data in files.values())
    one, other = (parse(d["papers.bib"], "papers.bib") for d in (plain, found))
    assert [p.source_key for p in one.papers] == [p.source_key for p in other.papers]
    assert one.problems == other.problems == ()
    shared = [parse(d[f"papers/{SHARED}.bib"], "a.bib").papers for d in (plain, found)]
    assert shared[0] == shared[1]


def test_a_misspelt_format_is_told_with_its_line(bare: Path) -> None:
    with_settings(bare, formats=["ris", "csl_json"])
    text = (bare / "mkdocs.yml").read_text(encoding="utf-8")
    line = 1 + text.splitlines().index('    formats: ["ris", "csl_json"]')
    with pytest.raises(ConfigurationError) as raised:
        load_config(bare / "mkdocs.yml")
    (problem,) = raised.value.problems
    assert (problem.origin, problem.line) == (str(bare / "mkdocs.yml"), line)
    assert problem.message == (
        "extra.authorpages.formats.1: Input should be 'ris', 'csl-json', 'json' or 'atom' "
        "(found 'csl_json')"
    )


def test_a_misspelt_setting_is_told_on_the_command_line(bare: Path) -> None:
    with_settings(bare, citation_stiles=["apa"], citation_styles=["harvard"])
    done = run_authorpages("check", folder=bare)
    assert (done.returncode, done.stdout) == (2, "")
    assert "'extra.authorpages.citation_stiles': did you mean 'citation_styles'?" in done.stderr
    assert re.search(r"mkdocs\.yml:\d+: extra\.authorpages\.citation_styles\.0: ", done.stderr)
