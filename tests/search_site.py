"""A small built site for tests of the search: pages that hold what pages of ours tell Pagefind.

It has the scripts and the style sheets of the templates, and as much of the theme as these need.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from html import escape
from pathlib import Path

from jinja2 import Environment

from generator.exports.files import CITATIONS
from generator.render.assets import asset_documents
from generator.search_identifiers import identifier_word
from generator.search_words import aliases, name_aliases
from generator.site.search import index_site
from generator.site.search_pages import LIMITS, Limits

TEMPLATES = Path(__file__).resolve().parent.parent / "site_templates"
FORMATS = CITATIONS[:2]
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> &lt;b&gt;bold&lt;/b&gt;"
HOSTILE_NAME = '"><b onmouseover=alert(3)>Mallory</b>'
LG = "Machine Learning (cs.LG)"
CL = "Computation and Language (cs.CL)"
_AS_LETTERS = str.maketrans("0123456789", "bcdfghjklm")
RIGHT_TO_LEFT = ("نور الامين", "دانا كويل", "אבנר כהן")
"""An Arabic, another Arabic and a Hebrew name."""
STUDIES = 24
"""Papers called `Study N`, one a year from 2001 on."""


@dataclass(frozen=True, slots=True)
class FoundPaper:
    """What the site tells the search of a paper."""

    slug: str
    title: str
    authors: tuple[str, ...]
    date: str = "2020-05-17"
    """With an asterisk where its year is inferred."""
    subject: str = LG
    code: bool = False
    abstract: str = "Nothing more is known."
    identifiers: tuple[tuple[str, str], ...] = ()
    """Each a kind and the identifier itself."""


def _studies() -> list[FoundPaper]:
    return [
        FoundPaper(
            f"study-{number}",
            f"Study {number} of Wicks",
            ("Mei Lin", "Ada B. Quill") if number % 3 == 0 else ("Mei Lin",),
            f"{2000 + number}-03-0{number % 9 + 1}",
            CL if number % 4 == 0 else LG,
            number % 2 == 0,
            f"We trim {number} wicks and measure the soot on every chimney.",
        )
        for number in range(1, STUDIES + 1)
    ]


PAPERS = [
    FoundPaper(
        "relu",
        "Lanterns Win with ReLU²",
        ("Łukasz Wiśniewski",),
        "2024-02-03",
        identifiers=(("doi", "10.18653/v1/2021.acl-long.37"), ("key", "wisniewski2024lanterns")),
    ),
    FoundPaper(
        "big",
        "Lanterns of 16×3.8B Wicks",
        ("Jörg Müller",),
        "2023-01-01",
        code=True,
        identifiers=(("doi", "10.18653/v1/2021.acl-long.38"), ("arxiv", "2105.12400")),
    ),
    FoundPaper("r1", "Lumen-R1: Oil That Reasons", ("Jörg Müller", "李雷"), "2024-06-01"),
    FoundPaper("chinese", "深度学习方法", ("李雷",), "2022-08-09", CL),
    FoundPaper(
        "quilling",
        "Quilling Paper by Lantern Light",
        ("Noor El-Amin",),
        "2021-01-01",
        abstract="The light is at 10.5281/zenodo.1234 for all.",
    ),
    FoundPaper("deepseek", "DeepSeekers of Oil", ("Noor El-Amin",), "2018-03"),
    FoundPaper("hostile", HOSTILE, (HOSTILE_NAME,), abstract=f"Beware of {HOSTILE} everywhere."),
    FoundPaper(
        "long",
        "On Everything " * 18,
        tuple(f"Person {letter}{letter.lower()}ark" for letter in "ABCDEFGHIJKL"),
        "2019-12-31",
        abstract="Before it burns. " * 30 + "The zeppelin flew. " + "After it burnt. " * 30,
    ),
    FoundPaper("dated", "Chandlery", ("Mei Lin",), "2019-02-03*"),
    FoundPaper("names", "Wickless Lamps", (*RIGHT_TO_LEFT, "Lamp, Oil, Inc.", "Mei Lin")),
    FoundPaper("undated", "Tallow and Tinder", ("Noor El-Amin",), ""),
    *_studies(),
]
PEOPLE = {
    "Ada B. Quill": "8 papers · Machine Learning",
    "Mei Lin": "24 papers, with Ada B. Quill and others",
    "Łukasz Wiśniewski": "1 paper",
    "Jörg Müller": "2 papers",
    "李雷": "2 papers",
    "Noor El-Amin": "1 paper",
    HOSTILE_NAME: "1 paper",
    "Shu Wick": "1 paper",
    "Bo Wickham": "50 papers",
    "Li Wick": "48 papers",
    "An Wick": "9 papers",
}
TOPICS = {"Machine Learning": "cs.LG", "Computation and Language": "cs.CL"}


PARTS = Limits(papers_alone=0, people_alone=0, papers=8, people=4, first_people=2)


def build_search_site(root: Path, limits: Limits = LIMITS) -> Path:
    """Write the site below `root` and index it."""
    site = root / "site"
    for document in asset_documents([TEMPLATES]):
        path = site / document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(document.data)
    for paper in PAPERS:
        _write_paper(site, paper)
    for number, (name, note) in enumerate(PEOPLE.items()):
        also = " ".join(name_aliases([name]))
        papers = f"{int(note.split()[0]):06}"
        metas = (
            _filter("kind", "author")
            + f'<meta data-pagefind-sort="papers[content]" content="{papers}">'
            + _meta("note", note)
            + _meta("also", also)
        )
        _write(site, f"authors/person-{number}", name, metas, "")
    for name, code in TOPICS.items():
        metas = _filter("kind", "topic") + _meta("note", "9 papers") + _meta("also", code)
        _write(site, f"topics/{code.lower().replace('.', '-')}", f"{name} ({code})", metas, "")
    guide = "<h2 id='oil'>Oil</h2><p>Fill the lantern with oil, says Ada B. Quill.</p>"
    _write(site, "guides/oil", "How to Fill It", _filter("kind", "page"), guide)
    # Many words, so that the index has more than one file.
    words = " ".join(f"zz{number:05}".translate(_AS_LETTERS) for number in range(30_000))
    _write(site, "guides/words", "A Glossary", _filter("kind", "page"), f"<p>{words}</p>")
    _write(site, "search", "Search", "", _search_page(), found=False)
    _write(site, "", "Home", "", "<input aria-label='name'>", found=False)
    _write(site, "404", "Not found", "", "", found=False)
    shutil.move(site / "404" / "index.html", site / "404.html")
    (site / "search" / "parts.json").write_text('{"parts": []}\n', encoding="utf-8")
    (root / "store").mkdir()
    index_site(site, root / "store", limits)
    return site


def _write_paper(site: Path, paper: FoundPaper) -> None:
    also = [*aliases(paper.title), *name_aliases(paper.authors)]
    also += [identifier_word(*identifier) for identifier in paper.identifiers]
    day = paper.date.rstrip("*")
    date = f'<meta data-pagefind-sort="date[content]" content="{day}">' + _meta("date", paper.date)
    metas = (
        _filter("kind", "paper", f",year:{paper.date[:4]}" if paper.date else "")
        + (date if paper.date else "")
        + _filter("subject", paper.subject)
        + "".join(_filter("author", name) for name in paper.authors)
        + _meta("authors", ", ".join(paper.authors))
        + _meta("also", " ".join(also))
        + (_filter("code", "yes") if paper.code else "")
    )
    _write(site, f"papers/{paper.slug}", paper.title, metas, f"<p>{escape(paper.abstract)}</p>")
    for suffix in (file.suffix for file in FORMATS):
        path = site / "papers" / f"{paper.slug}{suffix}"
        path.write_text(f"{suffix} of {paper.slug}\n", encoding="utf-8")


def _filter(name: str, value: str, more: str = "") -> str:
    return f'<meta data-pagefind-filter="{name}[content]{more}" content="{escape(value)}">'


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="{up}assets/images/favicon.svg">
<link rel="stylesheet" href="{up}assets/stylesheets/author-pages.css">
{metas}</head><body data-md-color-scheme="default">
<header><a class="ap-search-open" href="{up}search/">Search</a></header>
<main class="md-typeset"><article{body}><h1>{title}</h1>{text}</article></main>
<script type="module">
import {{ start }} from "{up}assets/javascripts/search-open.js";
start(document.querySelector(".ap-search-open"));
const place = document.querySelector("[data-ap-search]");
if (place) await (await import("{up}assets/javascripts/search-wait.js")).start(place);
document.body.dataset.ready = "";
</script></body></html>
"""


def _write(
    site: Path, folder: str, title: str, metas: str, text: str, *, found: bool = True
) -> None:
    path = site / folder / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    if found:
        metas += _meta("title", title)
    html = _PAGE.format(
        title=escape(title),
        up="../" * len(Path(folder).parts) or "./",
        metas=metas,
        body=" data-pagefind-body" if found else "",
        text=text,
    )
    path.write_text(html, encoding="utf-8")


def _search_page() -> str:
    """The page of the search, as its template writes it."""
    environment = Environment(autoescape=True)
    environment.filters["plural"] = lambda count, one, many: (
        f"{count} {one if count == 1 else many}"
    )
    text = (TEMPLATES / "pages" / "search.md.j2").read_text(encoding="utf-8")
    page = environment.from_string(text).render(
        formats=FORMATS, papers=len(PAPERS), persons=len(PEOPLE)
    )
    return page.partition("# Search")[2]
