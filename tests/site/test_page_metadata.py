"""What machines read of built pages: Zotero, search engines, link previews, feed readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.settle import Load
from generator.config import package_templates
from generator.dates import PartialDate
from generator.exports.coins import CoinsBlocks
from generator.exports.csl_json import abstract_text, author_name
from generator.exports.metadata import (
    ZOTERO_TYPES,
    Head,
    PageMetadata,
    alternates,
    home_head,
)
from generator.markup import escape_markdown, front_matter, page_title
from generator.names import OrganisationNames
from generator.records import (
    AuthorNotes,
    NameAsPrinted,
    PaperRecord,
    Provenance,
    Publication,
)
from generator.render.findable import (
    EXCLUDED,
    findable_paper,
    findable_person,
    findable_topic,
)
from tests.academy import REPOSITORY_URL, BuiltAcademy, run_python, understand
from tests.page_html import Element, PageHtml, read_pages
from tests.pagefind import everything_found, read_found
from tests.zotero import Creator, Item, save

Pages = Mapping[str, PageHtml]


def contents(page: PageHtml, name: str) -> list[str]:
    """The contents of all meta elements of a name or property."""
    return [
        e.attributes["content"]
        for e in page.all("meta")
        if name in (e.attributes.get("name"), e.attributes.get("property"))
    ]


def content(page: PageHtml, name: str) -> str | None:
    """The content of the only such element, or None where there is none."""
    found = contents(page, name)
    assert len(found) < 2, found
    return found[0] if found else None


def json_ld(page: PageHtml) -> Any:
    """The only JSON-LD of a page, or None."""
    kind = "application/ld+json"
    scripts = [e for e in page.all("script") if e.attributes.get("type") == kind]
    assert len(scripts) < 2
    return json.loads("".join(scripts[0].text)) if scripts else None


def links(page: PageHtml, token: str) -> list[Element]:
    """The links of a page, in its head and among its downloads, that have a token in `rel`."""
    found = [e for e in page.all("link") if "head" in e.inside] + page.all("a")
    return [e for e in found if token in e.attributes.get("rel", "").split()]


def spaced(text: str) -> str:
    """A name with letters and digits alone, in one case: readers change the rest."""
    return " ".join(re.findall(r"\w+", text.casefold()))


# -- a small site made by hand --------------------------------------------------------------------

HOSTILE = """"><script>alert(1)</script> 'x' & &amp; {{ 7 * 7 }} {% raw %} </title>"""
ORGANISATIONS = OrganisationNames.of(["DeepSeek-AI"], [])


def record(title: str, publication: Publication, *names: str) -> PaperRecord:
    """A record as sources hand it on."""
    return PaperRecord(
        Provenance("a.txt", 1),
        title,
        tuple(map(NameAsPrinted, names)),
        date=PartialDate(2024, 8, 15),
        subject="cs.CL",
        abstract=f"All about {title}",
        publication=publication,
    )


CODE = "def lamp():\n\n    if  oil:\n        return  '  two  '\n\n\n    end"
SPACED = f"""\
``` text
{CODE}
```

<textarea rows="9">
  two

    four
</textarea>

`two  spaces`  and  more.
"""


RECORDS = (
    record(HOSTILE, Publication(kind="article", venue=f"Of {HOSTILE}"), "Ada Quill", HOSTILE),
    record("Of Oil", Publication(arxiv="2408.01234"), "Ada Quill", "DeepSeek-AI"),
    record("Of Wicks", Publication(kind="inproceedings", venue="Proc. of Wicks"), "Ada Quill"),
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return build_catalogue(Load((), RECORDS, ()), EMPTY_LOCK, ORGANISATIONS).catalogue


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A page of each kind, made with stock MkDocs and our theme."""
    root = tmp_path_factory.mktemp("small")
    docs = root / "docs"
    notes = {"ada-quill": AuthorNotes(Provenance("b.md", 1), "ada-quill", photo="ada.png")}
    metadata = PageMetadata(catalogue, notes, REPOSITORY_URL)
    blocks = CoinsBlocks(catalogue, REPOSITORY_URL)
    for paper in catalogue.papers.values():
        told = {"head": metadata.paper(paper), "search": findable_paper(catalogue, paper)}
        write(docs, f"papers/{paper.id}.md", paper.plain_title, told)
    for person in catalogue.people.values():
        block = blocks.block(catalogue.papers[paper] for paper in person.papers)
        told = {"head": metadata.person(person), "search": findable_person(person, HOSTILE)}
        write(docs, f"authors/{person.id}.md", person.name, told, block)
    head: Head = {"links": alternates("topics/lamps")}
    told = {"head": head, "search": findable_topic("cs.CL", "2 papers")}
    write(docs, "topics/lamps.md", "Lamps", told)
    told = {"head": home_head("Lamps & Oil", REPOSITORY_URL), "search": EXCLUDED}
    write(docs, "index.md", "Home", told)
    (docs / "plain.md").write_text("# A <em>plain</em> page\n\nNo front matter.\n")
    front = 'title: One.  Two\ndescription: "Said:  \\"lamps\\""\n'
    (docs / "spaced.md").write_text(f"---\n{front}---\n# One.  Two\n\n{SPACED}")
    theme = {"name": "material", "custom_dir": str(package_templates() / "theme"), "font": False}
    settings = {
        "site_name": "Lamps & Oil",
        "site_url": REPOSITORY_URL,
        "site_description": 'All "lamps"',
        "theme": theme,
        "plugins": [],
        "markdown_extensions": ["attr_list", "fenced_code"],
        "nav": [{"Home": "index.md"}],
        "not_in_nav": "/**",
    }
    (root / "mkdocs.yml").write_text(front_matter(settings).strip("-\n"))
    for command in (["mkdocs", "build", "--strict", "--quiet"], ["pagefind", "--site", "site"]):
        done = run_python("-m", *command, folder=root)
        assert done.returncode == 0, done.stderr
    return root / "site"


@pytest.fixture(scope="module")
def small(small_site: Path) -> Pages:
    return read_pages(small_site)


def write(
    docs: Path, path: str, title: str, told: Mapping[str, Mapping[str, object]], body: str = ""
) -> None:
    """A page with front matter as the generator writes it, its heading marked if it is found."""
    file = docs / path
    file.parent.mkdir(parents=True, exist_ok=True)
    description = page_title(f"{title}, described")
    values = {"title": page_title(title), "description": description, **told}
    mark = "" if told["search"] is EXCLUDED else ' { data-pagefind-body="" }'
    file.write_text(f"{front_matter(values)}\n# {escape_markdown(title)}{mark}\n\n{body}\n")


def test_hostile_texts_are_text_in_every_place_of_the_head(
    small: Pages, catalogue: Catalogue
) -> None:
    paper = next(p for p in catalogue.papers.values() if p.publication.kind == "article")
    page = small[f"papers/{paper.id}/index.html"]
    assert content(page, "citation_title") == content(page, "og:title") == HOSTILE
    assert content(page, "citation_journal_title") == f"Of {HOSTILE}"
    assert content(page, "description") == f"{HOSTILE}, described"
    assert "".join(page.all("title")[0].text) == f"{HOSTILE} - Lamps & Oil"
    assert json_ld(page)["headline"] == HOSTILE
    other = small["papers/of-oil/index.html"]
    assert [e.tag for e in page.elements if "head" in e.inside and e.tag != "meta"] == [
        e.tag for e in other.elements if "head" in e.inside and e.tag != "meta"
    ]


def test_hostile_names_are_text_on_the_page_of_their_bearer(
    small: Pages, catalogue: Catalogue
) -> None:
    person = next(p for p in catalogue.people.values() if "script" in p.name)
    page = small[f"authors/{person.id}/index.html"]
    assert content(page, "og:title") == HOSTILE
    assert content(page, "profile:last_name") == person.parts.family
    assert content(page, "description") == f"{HOSTILE}, described"
    assert json_ld(page)["mainEntity"]["name"] == HOSTILE
    assert [item["title"] for item in save(page)] == [HOSTILE]


def test_link_previews_of_every_page_have_title_type_text_and_address(small: Pages) -> None:
    for path, page in small.items():
        if path == "404.html":
            continue
        assert content(page, "og:title"), path
        assert content(page, "description"), path
        (canonical,) = links(page, "canonical")
        assert canonical.attributes["href"] == REPOSITORY_URL + path.removesuffix("index.html")
        # Of two addresses or texts, readers of OpenGraph would take those of the preview.
        assert not contents(page, "og:description") + contents(page, "og:url"), path
        assert bool(content(page, "og:image")) or not content(page, "twitter:card"), path
    assert content(small["papers/of-oil/index.html"], "og:type") == "article"
    assert content(small["authors/ada-quill/index.html"], "og:type") == "profile"
    assert content(small["authors/deepseek-ai/index.html"], "og:type") == "website"
    assert content(small["index.html"], "og:type") == "website"
    assert content(small["index.html"], "og:title") == "Lamps & Oil"
    assert content(small["topics/lamps/index.html"], "description") == "Lamps, described"


def test_a_page_without_front_matter_is_described_by_the_site(small: Pages) -> None:
    page = small["plain/index.html"]
    assert content(page, "og:title") == "A plain page"
    assert content(page, "description") == 'All "lamps"'
    assert content(page, "og:site_name") == "Lamps & Oil"


def test_white_space_is_kept_where_it_means_something(small: Pages) -> None:
    page = small["spaced/index.html"]
    assert [("".join(e.text)).strip("\n") for e in page.all("pre")] == [CODE]
    assert "".join(page.all("textarea")[0].text) == "\n  two\n\n    four\n"
    assert "two  spaces" in ["".join(e.text) for e in page.all("code")]


def test_no_words_are_joined_where_white_space_is_taken_out(small: Pages) -> None:
    page = small["spaced/index.html"]
    assert content(page, "description") == 'Said: "lamps"'
    assert "One. Two - Lamps & Oil" in " ".join("".join(page.all("title")[0].text).split())
    assert content(page, "og:title") == "One. Two"
    (found,) = (e for e in page.all("input") if e.attributes.get("id") == "__drawer")
    assert found.attributes["data-md-toggle"] == "drawer"


def test_nothing_that_material_writes_stands_there_twice(small: Pages) -> None:
    for path, page in small.items():
        assert len(links(page, "canonical")) == (path != "404.html"), path
        assert len(contents(page, "description")) == 1, path
        assert len(page.all("title")) == 1, path


def test_the_site_is_never_taken_for_the_journal_of_a_paper(small: Pages) -> None:
    (item,) = save(small["papers/of-oil/index.html"])
    assert item["publicationTitle"] == ""
    assert content(small["authors/ada-quill/index.html"], "og:site_name") == "Lamps & Oil"


def test_addresses_of_other_formats_are_right_at_every_depth(small: Pages) -> None:
    for path, expected, media_type in (
        ("papers/of-oil/index.html", "../of-oil.json", "application/json"),
        ("topics/lamps/index.html", "../lamps.bib", "application/x-bibtex"),
        ("index.html", "papers.bib", "application/x-bibtex"),
    ):
        found = links(small[path], "describedby")
        assert found[0].attributes["href"] == expected
        assert found[0].attributes["type"] == media_type


def test_coins_are_on_the_page_and_nowhere_in_the_search(small_site: Path, small: Pages) -> None:
    assert len(save(small["authors/ada-quill/index.html"])) == len(RECORDS)
    assert "papers/of-oil/" in read_found(small_site)
    assert not re.search("Z39.?88|ctx_ver|rft", everything_found(small_site))


def test_hostile_texts_are_text_in_the_search(small_site: Path, catalogue: Catalogue) -> None:
    found = read_found(small_site)
    paper = next(p for p in catalogue.papers.values() if p.publication.kind == "article")
    person = next(p for p in catalogue.people.values() if "script" in p.name)
    assert found[f"papers/{paper.id}/"].title == found[f"authors/{person.id}/"].title == HOSTILE
    assert found[f"authors/{person.id}/"].facts["note"] == HOSTILE
    # Pagefind ends a text by a full stop.
    assert found[f"papers/{paper.id}/"].text.removesuffix(".") == HOSTILE


def test_a_page_without_front_matter_is_found_whole(small_site: Path) -> None:
    page = read_found(small_site)["plain/"]
    assert "A plain page" in page.text
    assert "No front matter" in page.text
    assert page.filters == {"kind": ["page"]}
    assert "" not in read_found(small_site)


# -- the academy ----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["root", "repository"])
def built(request: pytest.FixtureRequest) -> BuiltAcademy:
    """The academy without an address, and with one."""
    name = "academy" if request.param == "root" else "repository_academy"
    academy: BuiltAcademy = request.getfixturevalue(name)
    return academy


@pytest.fixture(scope="module")
def built_pages(built: BuiltAcademy) -> Pages:
    return read_pages(built.site)


@pytest.fixture(scope="module")
def known(built: BuiltAcademy) -> Catalogue:
    return understand(built.root).built.catalogue


def expected_creators(catalogue: Catalogue, paper: Paper) -> list[str]:
    """The authors of a paper as Zotero shows them."""
    names = (author_name(author, catalogue.people) for author in paper.authors)
    return [spaced(Creator(n.family, f"{n.given} {n.suffix}").shown) for n in names]


def assert_same(item: Item, catalogue: Catalogue, paper: Paper) -> None:
    """What Zotero saved is the paper, as the catalogue has it."""
    assert [spaced(c.shown) for c in item.creators] == expected_creators(catalogue, paper)
    date = paper.date if paper.date and paper.date.year else None
    assert [int(part) for part in re.findall(r"\d+", item["date"])] == (
        [part for part in (date.year, date.month, date.day) if part] if date else []
    )
    assert item.type in ZOTERO_TYPES.values()
    assert item["DOI"] == (paper.publication.doi or "")


def test_zotero_saves_one_item_from_the_page_of_a_paper(
    built: BuiltAcademy, built_pages: Pages, known: Catalogue
) -> None:
    for paper in known.papers.values():
        (item,) = save(built_pages[f"papers/{paper.id}/index.html"])
        assert item["title"] == paper.plain_title
        assert_same(item, known, paper)
        if abstract_text(paper):
            assert item["abstractNote"] == abstract_text(paper)


def test_zotero_saves_every_paper_from_the_page_of_an_author(
    built_pages: Pages, known: Catalogue
) -> None:
    for person in known.people.values():
        items = save(built_pages[f"authors/{person.id}/index.html"])
        papers = [known.papers[paper] for paper in person.papers]
        assert [item["title"] for item in items] == [
            # Zotero reads an encoded plus sign as a space.
            paper.plain_title.replace("+", " ")
            for paper in papers
        ]
        for item, paper in zip(items, papers, strict=True):
            assert_same(item, known, paper)


def test_both_ways_to_a_paper_give_one_item(built_pages: Pages, known: Catalogue) -> None:
    for person in known.people.values():
        items = save(built_pages[f"authors/{person.id}/index.html"])
        for item, paper in zip(items, person.papers, strict=True):
            (own,) = save(built_pages[f"papers/{paper}/index.html"])
            assert own.type == item.type, paper
            assert own["pages"] == item["pages"]
            assert own["volume"] == item["volume"]


def test_only_pages_of_papers_have_citation_tags_and_only_authors_have_coins(
    built_pages: Pages, known: Catalogue
) -> None:
    for path, page in built_pages.items():
        folder, _, slug = path.removesuffix("/index.html").partition("/")
        names = [e.attributes.get("name", "") for e in page.all("meta")]
        cited = [name for name in names if name.startswith(("citation_", "DC."))]
        assert bool(cited) == (folder == "papers" and slug in known.papers), path
        coins = [e for e in page.all("span") if e.attributes.get("class") == "Z3988"]
        is_author = folder == "authors" and slug in known.people
        assert len(coins) == (len(known.people[slug].papers) if is_author else 0), path


def test_the_search_index_has_nothing_of_coins(built: BuiltAcademy) -> None:
    assert not re.search("Z39.?88|ctx_ver|rft", everything_found(built.site))


def addresses(page: PageHtml) -> list[str]:
    """The address of a page as its head tells it, none where the site has no address."""
    return [link.attributes["href"] for link in links(page, "canonical")]


def own(found: Mapping[str, str], key: str) -> list[str]:
    """The address of a page as its JSON-LD tells it."""
    return [found[key]] if key in found else []


def test_json_ld_names_the_paper_and_the_person_of_its_page(
    built: BuiltAcademy, built_pages: Pages, known: Catalogue
) -> None:
    has_address = (built.root / "site" / "sitemap.xml").read_text().count(REPOSITORY_URL) > 0
    for paper in known.papers.values():
        page = built_pages[f"papers/{paper.id}/index.html"]
        found = json_ld(page)
        assert found["headline"] == paper.plain_title
        assert [a["name"] for a in found["author"]] == [a.shown for a in paper.authors]
        assert own(found, "@id") == addresses(page)
        assert bool(addresses(page)) == has_address
    for person in known.people.values():
        page = built_pages[f"authors/{person.id}/index.html"]
        found = json_ld(page)
        assert found["@type"] == "ProfilePage"
        assert found["mainEntity"]["name"] == person.name
        assert own(found, "url") == addresses(page)
    assert json_ld(built_pages["index.html"])["@type"] == "WebSite"


def test_the_address_is_one_in_canonical_link_preview_and_citation(
    repository_academy: BuiltAcademy,
) -> None:
    for path, page in read_pages(repository_academy.site).items():
        if path == "404.html" or "http-equiv" in str([e.attributes for e in page.all("meta")]):
            continue
        address = REPOSITORY_URL + path.removesuffix("index.html")
        assert [e.attributes["href"] for e in links(page, "canonical")] == [address]
        if contents(page, "citation_title"):
            (item,) = save(page)
            assert item["url"] == json_ld(page)["@id"] == address


def alternate_links(pages: Pages) -> Iterator[tuple[str, Element]]:
    """Every link of every page to the same in another form."""
    for path, page in pages.items():
        for link in links(page, "alternate"):
            yield path, link


def test_readers_choose_feeds_by_their_title_and_nobody_chooses_other_formats(
    repository_academy: BuiltAcademy,
) -> None:
    found = list(alternate_links(read_pages(repository_academy.site)))
    feeds = [link for _, link in found if "feed" in link.attributes["rel"].split()]
    assert feeds
    assert all(link.attributes["title"] for link in feeds)
    assert not [link for _, link in found if link not in feeds and "title" in link.attributes]


def test_no_alternate_makes_material_ask_for_a_sitemap(built_pages: Pages) -> None:
    found = [(path, link) for path, link in alternate_links(built_pages) if link.tag == "link"]
    assert found
    assert [path for path, link in found if len(link.attributes["rel"].split()) < 2] == []


def test_every_paper_and_author_is_offered_in_every_format(
    built: BuiltAcademy, built_pages: Pages, known: Catalogue
) -> None:
    own = [f"papers/{paper}" for paper in known.papers]
    own += [f"authors/{person}" for person in known.people]
    for path in own:
        types = {
            e.attributes["type"] for e in links(built_pages[f"{path}/index.html"], "alternate")
        }
        assert types >= {
            "application/x-bibtex",
            "application/x-research-info-systems",
            "application/vnd.citationstyles.csl+json",
            "application/json",
        }
    for path, link in alternate_links(built_pages):
        target = (built.site / path).parent / link.attributes["href"]
        assert target.is_file(), (path, link.attributes["href"])


def test_feeds_are_found_where_the_site_has_an_address(
    repository_academy: BuiltAcademy,
) -> None:
    pages = read_pages(repository_academy.site)
    for path in ("index.html", "authors/ada-quill/index.html"):
        (feed,) = (
            e
            for e in links(pages[path], "alternate")
            if e.attributes["type"] == "application/atom+xml"
        )
        assert "feed" in feed.attributes["rel"].split()
