"""Promises about every page of the built site: its links, its hosts, its elements, its paths."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator.identifiers import WINDOWS_DEVICES
from tests.academy import REPOSITORY_URL, BuiltAcademy
from tests.page_html import Element, PageHtml, read_pages
from tests.pagefind import read_found
from tests.small_pages import own_scripts

ROOT_URL = "https://root.example/"
"""Where the site without an address is thought to be served."""
DEEP = "some/where/that/is/not/there"
"""GitHub Pages answers with 404.html at any depth."""


class Served:
    """A built site as a host would serve it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.pages = read_pages(folder)
        self._ids = {path: page.ids for path, page in self.pages.items()}

    def address(self, path: str) -> str:
        """The address of an HTML file."""
        if path == "404.html":
            return self.url + DEEP
        return self.url + path.removesuffix("index.html")

    def is_own(self, address: str) -> bool:
        """Whether a whole address is on this site's host."""
        return urlsplit(address).netloc == urlsplit(self.url).netloc

    def fault(self, address: str) -> str | None:
        """What is wrong with a whole address on this host, if anything."""
        if not address.startswith(self.url):
            return "leads out of the site's folder"
        path = unquote(urlsplit(address.removeprefix(self.url)).path)
        path = f"{path}index.html" if path.endswith("/") or not path else path
        if not (self.folder / path).is_file():
            return "leads to no file"
        fragment = unquote(urlsplit(address).fragment)
        if fragment and fragment not in self._ids.get(path, ()):
            return f"leads to no place in {path}"
        return None


@pytest.fixture(scope="module", params=["root", "repository"])
def served(request: pytest.FixtureRequest) -> Served:
    """The academy at the root of a host, and under a path."""
    if request.param == "root":
        academy: BuiltAcademy = request.getfixturevalue("academy")
        return Served(academy.site, ROOT_URL)
    academy = request.getfixturevalue("repository_academy")
    return Served(academy.site, REPOSITORY_URL)


def references(served: Served) -> Iterator[tuple[str, Element, str]]:
    """Every reference of every page: the page, the element, the whole address."""
    for path, page in served.pages.items():
        for element in page.elements:
            for address in element.addresses:
                yield path, element, urljoin(served.address(path), address)


def test_every_page_is_built(served: Served, academy: BuiltAcademy) -> None:
    names = [path.relative_to(academy.docs) for path in academy.docs.rglob("*.md")]
    expected = {
        (name if name.name == "index.md" else name.with_suffix("") / "index.md")
        .with_suffix(".html")
        .as_posix()
        for name in names
    }
    assert expected | {"404.html"} == set(served.pages)


def test_every_internal_link_leads_to_a_file_and_a_place_in_it(served: Served) -> None:
    own = [(p, e.tag, a) for p, e, a in references(served) if served.is_own(a)]
    faults = [f"{p}: <{tag}> {a} {served.fault(a)}" for p, tag, a in own if served.fault(a)]
    assert not faults, "\n".join(faults)
    assert len(own) > 35 * len(served.pages)


def test_another_host_is_named_only_by_links_in_the_text(served: Served) -> None:
    foreign = [
        f"{path}: <{element.tag}> {address}"
        for path, element, address in references(served)
        if not served.is_own(address)
        and urlsplit(address).scheme in ("http", "https", "")
        and not (element.tag == "a" and element.in_content)
    ]
    assert not foreign, "\n".join(foreign)


def test_addresses_are_web_addresses_or_mail(served: Served) -> None:
    odd = [
        f"{path}: <{element.tag}> {address}"
        for path, element, address in references(served)
        if urlsplit(address).scheme not in ("http", "https", "mailto")
    ]
    assert not odd, "\n".join(odd)


def test_style_sheets_load_only_files_of_the_site(served: Served) -> None:
    faults = []
    for path in served.folder.rglob("*.css"):
        own = served.url + path.relative_to(served.folder).as_posix()
        for found in re.findall(r"url\(\s*['\"]?([^'\")]+)", path.read_text(encoding="utf-8")):
            address = urljoin(own, found)
            if not found.startswith(("data:", "#")) and served.fault(address):
                faults.append(f"{path.name}: {found} {served.fault(address)}")
        assert "@import" not in path.read_text(encoding="utf-8")
    assert not faults, "\n".join(faults)


def test_every_search_result_leads_to_a_page(served: Served) -> None:
    locations = read_found(served.folder)
    faults = [
        f"{a} {served.fault(served.url + a)}" for a in locations if served.fault(served.url + a)
    ]
    assert not faults, "\n".join(faults)
    assert "authors/ada-quill/" in locations
    assert "papers/2d-flame-detection/" in locations


def test_a_site_has_all_that_the_search_loads(served: Served) -> None:
    folder = served.folder / "pagefind"
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    for name, language in entry["languages"].items():
        assert (folder / f"pagefind.{language['hash']}.pf_meta").is_file()
        assert (folder / f"wasm.{language['wasm'] or 'unknown'}.pagefind").is_file()
        assert list((folder / "index").glob(f"{name}_*.pf_index"))
        filters = list((folder / "filter").glob(f"{name}_*.pf_filter"))
        assert len(filters) == len({"author", "code", "kind", "subject", "year"})
    counts = [language["page_count"] for language in entry["languages"].values()]
    assert sum(counts) == len(read_found(served.folder))
    for script in ("pagefind.js", "pagefind-worker.js"):
        assert (folder / script).is_file()
    assert json.loads((served.folder / "search" / "parts.json").read_bytes()) == {"parts": []}
    assert not (served.folder / "search" / "search_index.json").exists()


def test_canonical_links_and_sitemap_name_the_address_of_the_site(
    repository_academy: BuiltAcademy,
) -> None:
    served = Served(repository_academy.site, REPOSITORY_URL)
    root = ElementTree.fromstring((served.folder / "sitemap.xml").read_bytes())  # ours
    listed = [place.text or "" for place in root.iter() if place.tag.endswith("}loc")]
    assert len(listed) == len(set(listed)) > 40
    assert not [address for address in listed if served.fault(address)]
    for path, page in served.pages.items():
        found = [
            e.attributes["href"] for e in page.all("link") if e.attributes.get("rel") == "canonical"
        ]
        if path == "404.html":
            assert found == []
        elif "Moved" not in "".join(page.all("title")[0].text):
            assert found == [served.address(path)]
            assert found[0] in listed


def test_a_former_address_leads_on_to_the_present_one(served: Served) -> None:
    for old, new in (
        ("papers/lamps-old-title", "papers/an-introduction-to-lanterns/"),
        ("authors/a-b-quill", "authors/ada-quill/"),
    ):
        page = served.pages[f"{old}/index.html"]
        (refresh,) = [e for e in page.all("meta") if "http-equiv" in e.attributes]
        assert urljoin(f"{served.url}{old}/", next(refresh.addresses)) == served.url + new
        (link,) = page.all("a")
        assert urljoin(f"{served.url}{old}/", link.attributes["href"]) == served.url + new


def test_the_site_is_ready_for_github_pages(academy: BuiltAcademy) -> None:
    assert (academy.site / ".nojekyll").read_bytes() == b""
    assert not [path for path in academy.site.rglob("*") if path.is_symlink()]


def test_paths_are_lower_case_ascii_and_safe_on_every_system(academy: BuiltAcademy) -> None:
    generated = [
        p.relative_to(academy.docs) for p in academy.docs.rglob("*") if "assets" not in p.parts
    ]
    built = [
        p.relative_to(academy.site) for p in academy.site.rglob("*") if "assets" not in p.parts
    ]
    for path in (*generated, *built):
        assert re.fullmatch(r"[a-z0-9._/-]+", path.as_posix()), path
        assert len(path.as_posix()) <= 120
        for part in path.parts:
            assert part.split(".")[0] not in WINDOWS_DEVICES, path
            assert not part.endswith((".", " ")), path


# -- strings from outside -------------------------------------------------------------------------

IMAGES = {"quill.png", "lamp.png", "favicon.svg"}
ELEMENTS_OF_TEXT = frozenset(
    """a article aside bdi br button code dd del details div dl dt em figure figcaption footer h1 h2
    h3 h4 header hr img kbd li nav ol p pre section small span strong sub summary sup table tbody td
    th thead time tr u ul
    math mi mn mo mrow ms mspace msub msup msubsup mfrac mtext mover munder msqrt""".split()
)
"""What pages are made of. Whatever else stands in their text came from outside."""
ELEMENTS_OF_FIGURES = frozenset("svg title desc g path circle text tfoot".split())
ELEMENTS_WITHIN = {
    ".ap-chart": ELEMENTS_OF_FIGURES,
    ".ap-network": ELEMENTS_OF_FIGURES,
    ".ap-legend": frozenset(["b"]),
    ".ap-search-form": frozenset(["input"]),
    ".ap-meta": frozenset(["cite"]),
}
"""Further elements that are ours within others, by the class of those."""
FORMS = {"ap-filter", "ap-search-form"}


def is_ours(element: Element) -> bool:
    """Whether an element in the text of a page is one that our templates make."""
    if element.tag == "form":
        return element.attributes.get("class") in FORMS
    if element.tag == "script":
        return "".join(element.text) in own_scripts() and not element.attributes
    within = (tags for name, tags in ELEMENTS_WITHIN.items() if name in element.inside)
    return element.tag in ELEMENTS_OF_TEXT.union(*within)


def scripts(page: PageHtml) -> list[tuple[str, str]]:
    """Source and text of each script around the text, without the depth of the page.

    Not Material's script for tabs of content, which generated pages have where there are any.
    """
    return [
        (
            e.attributes.get("src", "").lstrip("./"),
            re.sub(r'"(?:\.\.?/?)+([^"]*)"', r'"\1"', "".join(e.text)),
        )
        for e in page.all("script")
        if e.attributes.get("type") != "application/ld+json"  # data, escaped for a script
        and not (e.in_content and is_ours(e))
        and "__tabbed_" not in "".join(e.text)
    ]


def test_no_page_has_a_script_that_a_page_without_outside_text_lacks(
    pages: Mapping[str, PageHtml],
) -> None:
    ours = scripts(pages["topics/index.html"])
    assert len(ours) > 2
    others = {p for p in pages if not p.startswith("404") and pages[p].all("article")}
    assert len(others) > 60
    for path in others:
        assert scripts(pages[path]) == ours, path
        assert len([e for e in pages[path].all("script") if e.in_content]) <= 1, path


def test_files_of_citations_have_no_element_from_outside(academy: BuiltAcademy) -> None:
    files = sorted(academy.site.glob("papers/*.cite.html"))
    assert len(files) == len(list(academy.site.glob("papers/*.bib")))
    ours = "html meta link title style main h1 h2 p em a".split()
    for file in files:
        page = PageHtml(file.read_text(encoding="utf-8"))
        assert {e.tag for e in page.elements} <= set(ours), file.name
        for link in page.all("a"):
            assert set(link.attributes) <= {"href", "download"}
            address = urljoin(f"{ROOT_URL}papers/{file.name}", link.attributes["href"])
            assert urlsplit(address).scheme in ("http", "https")
            if address.startswith(ROOT_URL):
                path = academy.site / urlsplit(address).path.lstrip("/")
                assert path.exists(), address


def test_no_page_has_an_element_or_attribute_from_outside(pages: Mapping[str, PageHtml]) -> None:
    for path, page in pages.items():
        for element in page.elements:
            where = f"{path}: {element}"
            assert not [name for name in element.attributes if name.startswith("on")], where
            assert element.tag not in ("iframe", "object", "embed", "base", "style"), where
            if element.tag == "img":
                assert element.attributes["src"].split("/")[-1] in IMAGES, where
            if element.in_content:
                assert is_ours(element), where
            if element.tag == "meta" and "Moved" not in "".join(page.all("title")[0].text):
                assert "http-equiv" not in element.attributes, where


HOSTILE_TITLES = {
    "script-alert-title-script-bold-link-javascript-alert-1-config-site-name-percent": (
        '<script>alert("title")</script> **Bold** [link](javascript:alert(1)) '
        "{{ config.site_name }} {% raw %}"
    ),
    "heading-table-code-and-copy-and-60-b-and-62-svg-onload-alert-5": (
        r"# Heading | Table | `code` ~~~ &copy; &#60;b&#62; \<svg/onload=alert(5)\>"
    ),
    "comment-x-percent-title-stolen-input-etc-passwd-write18-ls": (
        "@comment{x} } % title = {stolen}, input{/etc/passwd} write18{ls}"
    ),
    "body-onload-alert-10-base-href-evil-example": (
        '"><body onload=alert(10)><base href="//evil.example/">'
    ),
    "zerowidth-and-turned-text-with-hard-breaks": "ZeroWidth and turned text with hard breaks",
}


@pytest.mark.parametrize("paper", HOSTILE_TITLES)
def test_a_title_with_markup_reads_as_it_was_written(
    pages: Mapping[str, PageHtml], paper: str
) -> None:
    page = pages[f"papers/{paper}/index.html"]
    assert page.heading == HOSTILE_TITLES[paper]
    assert "".join(page.all("title")[0].text).startswith(HOSTILE_TITLES[paper])


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("eve-em-mallory-em-7-7", "*Eve* <em>Mallory</em> {{ 7 * 7 }}"),
        ("b-onclick-alert-2-bob-b-x-y", '<b onclick="alert(2)">Bob</b> [x](y)'),
        ("a-script-alert-6-script", "</a><script>alert(6)</script>"),
        ("title-head", "]]> --> </title></head>"),
        ("quoted-and-sons", '"quoted" & Sons'),
    ],
)
def test_a_name_with_markup_reads_as_it_was_written(
    pages: Mapping[str, PageHtml], author: str, name: str
) -> None:
    assert pages[f"authors/{author}/index.html"].heading == name


def test_abstracts_tags_and_labels_with_markup_read_as_they_were_written(
    pages: Mapping[str, PageHtml],
) -> None:
    paper = pages[f"papers/{next(iter(HOSTILE_TITLES))}/index.html"].content_text
    assert '<img src=x onerror="alert(3)"> &lt;b&gt; &amp;amp; <!-- comment -->' in paper
    assert "{{ self.__init__ }} {# note #}" in paper
    for tag in ("<i>tag</i>", "{{config}}", "![x](x.png)"):
        assert tag in paper
    owner = pages["authors/eve-em-mallory-em-7-7/index.html"].content_text
    assert 'javascript:alert("source")' in owner
    notes = pages["authors/ada-quill/index.html"].content_text
    assert '<img src=x onerror="alert(11)"> {{ 7 * 7 }}' in notes
    assert not [path for path, page in pages.items() if "49" in page.content_text.split()]


def test_hand_written_markdown_is_rendered(pages: Mapping[str, PageHtml]) -> None:
    biography = pages["authors/ada-quill/index.html"]
    assert "never was" in ["".join(e.text) for e in biography.all("strong")]
    links = [e.attributes["href"] for e in biography.all("a")]
    assert "../../papers/oil-wick-and-flame-a-survey/" in links
    assert "https://orcid.org/0000-0002-1825-0097" in links
    assert "https://quill.example/ada?a=1&b=2" in links
    assert [e for e in biography.all("img") if e.attributes["src"].endswith("authors/quill.png")]
    assert pages["guides/reading/index.html"].all("table")
    assert "never was" in ["".join(e.text) for e in pages["index.html"].all("strong")]
