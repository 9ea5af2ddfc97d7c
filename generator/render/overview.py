"""Pages that give an overview: home, about, topics, years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from markupsafe import Markup

from generator.catalogue.networks import profiled_map
from generator.documents import Document
from generator.identifiers import UNKNOWN_YEAR, subject_slug
from generator.records import HandWrittenPage
from generator.render.charts import papers_by_year
from generator.render.counted import counted
from generator.render.findable import EXCLUDED, findable_topic
from generator.render.lists import Lists
from generator.render.network import draw_network
from generator.render.views import LinkView, person_link
from generator.render.year_bars import count_by_year
from generator.subjects import archive_name, subject_name

MOST_PEOPLE = 12
"""People shown at the head of a topic."""
_GENERATED = frozenset({"index.md", "about.md"})
"""Pages that are generated around what somebody wrote for them."""
_CARDS_AT_HOME = 60
"""People with a profile whom the home page shows: those of a large lab."""


def overview_documents(lists: Lists) -> Iterator[Document]:
    """Home, `/about/`, `/list/`, `/topics/` and `/years/` with all that stands below them."""
    yield _home(lists)
    yield _my_list(lists)
    yield from _search(lists)
    yield _about(lists)
    yield from _topics(lists)
    yield from _years(lists)


def _home(lists: Lists) -> Document:
    catalogue = lists.catalogue
    newest = list(catalogue.papers)[: lists.site.config.settings.newest_papers]
    return lists.templates.page(
        "index.md",
        "home",
        {
            "hide": ["navigation", "toc"],
            "search": EXCLUDED,
            "head": lists.site.exports.home_head(),
        },
        site_name=lists.site.config.site_name,
        intro=lists.hand_written("index.md"),
        cards=lists.cards("authors/", _CARDS_AT_HOME),
        profiled=len(catalogue.profiled),
        chart=_chart(lists, "topics/"),
        network=draw_network(
            profiled_map(catalogue), prefix="map", href=lambda person: f"authors/{person}/"
        ),
        newest=[lists.entry_at_root(paper) for paper in newest],
        papers=len(catalogue.papers),
        persons=len(catalogue.persons),
        organisations=len(catalogue.people) - len(catalogue.persons),
        subjects=lists.subjects("topics/"),
        years=lists.years("years/"),
    )


def _chart(lists: Lists, prefix: str) -> Markup | None:
    """Papers of the whole site by year and class; `prefix` leads to the topics."""
    counts, undated = count_by_year(lists.catalogue.papers.values())
    return papers_by_year(
        counts,
        name=lists.site.config.site_name,
        prefix="chart",
        colours=lists.colours,
        undated=undated,
        link=lambda code: f"{prefix}{subject_slug(code)}/" if code else None,
    )


def _search(lists: Lists) -> Iterator[Document]:
    """`/search/`, and the parts of its index, of which there are none but the main one."""
    yield lists.templates.page(
        "search.md",
        "search",
        {"title": "Search", "hide": ["navigation", "toc"], "search": EXCLUDED},
        formats=lists.site.exports.downloads,
        papers=len(lists.catalogue.papers),
        persons=len(lists.catalogue.persons),
    )
    yield Document("search/parts.json", '{"parts": []}\n')


def _my_list(lists: Lists) -> Document:
    """`/list/`, which a script fills in the reader's browser; it has to know the formats."""
    formats = (f"{file.title}={file.suffix}" for file in lists.site.exports.downloads)
    return lists.templates.page(
        "list.md",
        "list",
        {"title": "My list", "hide": ["navigation", "toc"], "search": EXCLUDED},
        formats=" ".join(formats),
        files=lists.downloads("papers"),
    )


def _about(lists: Lists) -> Document:
    return lists.templates.page(
        "about.md",
        "about",
        {"title": "About", "hide": ["navigation"], "search": EXCLUDED},
        text=lists.hand_written("about.md"),
        totals=lists.site.totals,
        pages=[_own_page(page) for page in lists.site.content.pages if page.path not in _GENERATED],
        profiled=len(lists.catalogue.profiled),
        profiles=[
            (person_link(person, "authors/"), profile)
            for person in lists.catalogue.profiled[: lists.limit]
            for profile in lists.profiles(person)
        ],
    )


def _own_page(page: HandWrittenPage) -> LinkView:
    title = page.front_matter.get("title") or page.path.removesuffix(".md")
    # The path is a person's file name: what Markdown could read in it is percent-encoded.
    return LinkView(str(title), Markup(quote(page.path)))


def _topics(lists: Lists) -> Iterator[Document]:
    archives: dict[str, list[LinkView]] = {}
    for link in lists.subjects(""):
        archives.setdefault(archive_name(link.label), []).append(link)
    head = {"title": "Topics", "hide": ["navigation"], "search": EXCLUDED}
    yield lists.templates.page(
        "topics/index.md",
        "topics",
        head,
        archives=sorted(archives.items()),
        chart=_chart(lists, ""),
    )
    for subject in lists.catalogue.subjects:
        yield from _topic(lists, subject)


def _topic(lists: Lists, subject: str) -> Iterator[Document]:
    slug, papers = subject_slug(subject), lists.catalogue.subjects[subject]
    counts = Counter(p for paper in papers for p in lists.catalogue.papers[paper].people)
    people = lists.people(counts, MOST_PEOPLE)
    for name, part, place in lists.parts(papers, slug):
        yield lists.templates.page(
            f"topics/{name}.md",
            "topic",
            {
                "title": f"{subject_name(subject)} ({subject})",
                "head": lists.site.exports.topic_head(subject),
                "hide": ["navigation"],
                "search": EXCLUDED
                if place.number > 1
                else findable_topic(subject, counted(len(papers))),
            },
            code=subject,
            name=subject_name(subject),
            archive=archive_name(subject),
            total=len(papers),
            years=lists.by_year(part),
            people=people,
            downloads=lists.downloads(slug, feed=True),
            place=place,
            search=lists.search_link(subject=subject),
        )


def _years(lists: Lists) -> Iterator[Document]:
    head = {"title": "Years", "hide": ["navigation"], "search": EXCLUDED}
    yield lists.templates.page("years/index.md", "years", head, years=lists.years(""))
    for year, papers in lists.catalogue.years.items():
        search = lists.search_link(**{"from": year, "to": year})
        yield from _year(lists, str(year), str(year), papers, search)
    if lists.catalogue.undated:
        yield from _year(lists, UNKNOWN_YEAR, "Year unknown", lists.catalogue.undated, None)


def _year(
    lists: Lists, slug: str, year: str, papers: Sequence[str], search: LinkView | None
) -> Iterator[Document]:
    """The papers of a year; `search` is a link to them where they stand on several pages."""
    head = lists.site.exports.year_head()
    for name, part, place in lists.parts(papers, slug):
        yield lists.templates.page(
            f"years/{name}.md",
            "year",
            {"title": year, "head": head, "hide": ["navigation"], "search": EXCLUDED},
            year=year,
            total=len(papers),
            months=lists.by_month(part),
            downloads=lists.downloads(slug),
            place=place,
            search=search,
        )
