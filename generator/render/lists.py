"""Lists that many pages share: papers by year, people, subjects, and pages of long lists."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from markupsafe import Markup

from generator.catalogue.model import Catalogue, Paper, Person
from generator.config import SiteConfig
from generator.dates import MONTH_NAMES
from generator.identifiers import UNKNOWN_YEAR
from generator.records import Content
from generator.render.author_views import ProfileView, profile_view
from generator.render.templates import Templates
from generator.render.views import (
    EntryView,
    Group,
    LinkView,
    Place,
    is_left_out,
    paper_entry,
    person_link,
    subject_link,
)
from generator.render.year_bars import class_colours

Item = TypeVar("Item")


class FileFormat(Protocol):
    """A format of files: its name for people, the ending of its files, its media type."""

    @property
    def title(self) -> str:
        """`BibTeX`."""

    @property
    def suffix(self) -> str:
        """`.bib`."""

    @property
    def media_type(self) -> str:
        """`application/x-bibtex`."""


class Exports(Protocol):
    """What pages show of the site's exports, and what they tell machines."""

    @property
    def downloads(self) -> Sequence[FileFormat]:
        """The formats of citations that stand beside a page."""

    @property
    def site_downloads(self) -> Sequence[FileFormat]:
        """The formats in which the site has all its papers."""

    @property
    def fetched(self) -> tuple[Sequence[str], str]:
        """Formats and styles that a paper's citation box fetches, and the ending of the file beside
        the page that shows them without a script.
        """

    @property
    def has_feeds(self) -> bool:
        """Whether the site has feeds, and authors and topics theirs."""

    def bibtex(self, paper: Paper) -> str:
        """The BibTeX entry of a paper."""

    def coins(self, papers: Iterable[str]) -> str:
        """A block of raw HTML from which reference managers read papers."""

    def home_head(self) -> Mapping[str, object]:
        """The front matter key `head` of the home page; those below, of other pages."""

    def paper_head(self, paper: Paper) -> Mapping[str, object]:
        """That of a paper."""

    def person_head(self, person: Person) -> Mapping[str, object]:
        """That of a person or an organisation."""

    def topic_head(self, subject: str) -> Mapping[str, object]:
        """That of a subject class."""

    def year_head(self) -> Mapping[str, object]:
        """That of any year."""


@dataclass(frozen=True, slots=True)
class Site:
    """All that pages are made from."""

    catalogue: Catalogue
    content: Content
    config: SiteConfig
    exports: Exports
    totals: Mapping[str, int]
    """Counts of records: parsed, quarantined, merged, published."""


class Lists:
    """The lists of one site; each paper's entry is rendered once and reused on every page."""

    def __init__(self, site: Site, templates: Templates) -> None:
        self.site = site
        self.catalogue = site.catalogue
        self.templates = templates
        self.limit = site.config.settings.entries_per_page
        subjects = self.catalogue.subjects
        self._subjects = sorted(subjects, key=lambda s: (-len(subjects[s]), s))
        self.colours = class_colours(self._subjects)
        self._views: dict[str, EntryView] = {}
        self._entries: dict[str, Markup] = {}

    def view(self, paper: str) -> EntryView:
        """What lists show of a paper."""
        found = self._views.get(paper)
        if found is None:
            found = paper_entry(self.catalogue, self.catalogue.papers[paper])
            self._views[paper] = found
        return found

    def entry(self, paper: str) -> Markup:
        """A paper as an item of a list, for pages one folder below the root."""
        found = self._entries.get(paper)
        if found is None:
            found = self.templates.render("entry", entry=self.view(paper))
            self._entries[paper] = found
        return found

    def own_entry(self, paper: str, person: str) -> Markup:
        """The same on somebody's own page, whose name it shows however late it stands."""
        found = self.catalogue.papers[paper]
        if not is_left_out(found, person):
            return self.entry(paper)
        return self.templates.render("entry", entry=paper_entry(self.catalogue, found, person))

    def entry_at_root(self, paper: str) -> Markup:
        """The same entry for a page at the root."""
        return Markup(self.entry(paper).replace("](../", "]("))

    def by_year(
        self, papers: Iterable[str], show: Callable[[str], Markup] | None = None
    ) -> list[Group]:
        """Papers in reading order, grouped by year, each as `show` gives it or as its entry."""
        show = show or self.entry
        groups = groupby(papers, key=lambda paper: self.catalogue.papers[paper].year)
        return [
            Group(str(year or "Year unknown"), [show(paper) for paper in group])
            for year, group in groups
        ]

    def by_month(self, papers: Iterable[str]) -> list[Group]:
        """Papers of one year in reading order, grouped by month."""
        groups = groupby(papers, key=self._month)
        found = [(month, [self.entry(paper) for paper in group]) for month, group in groups]
        # Where no month is known of any paper, nothing need be said of months.
        unknown = "Month unknown" if len(found) > 1 else ""
        return [Group(MONTH_NAMES[month] or unknown, entries) for month, entries in found]

    def _month(self, paper: str) -> int:
        date = self.catalogue.papers[paper].date
        return (date.month or 0) if date else 0

    def profiles(self, person: Person) -> list[ProfileView]:
        """All retrievals of somebody's profile, newest first."""
        return [profile_view(profile) for profile in person.profiles]

    def cards(self, prefix: str, most: int) -> list[tuple[LinkView, ProfileView]]:
        """Everybody whose profile was read, with its newest figures; nobody if they are more than
        `most`: some of them would look like a choice.
        """
        profiled = self.catalogue.profiled
        if len(profiled) > most:
            return []
        return [(person_link(person, prefix), self.profiles(person)[0]) for person in profiled]

    def people(self, counts: Mapping[str, int], limit: int | None = None) -> list[LinkView]:
        """Links to people with a count each, highest first, then by name; at most `limit`."""
        people = self.catalogue.people
        ranked = sorted(counts, key=lambda p: (-counts[p], people[p].name, p))
        return [person_link(people[p], count=counts[p]) for p in ranked[:limit]]

    def subjects(self, prefix: str = "../topics/") -> list[LinkView]:
        """Links to all subjects, those with most papers first."""
        subjects = self.catalogue.subjects
        return [subject_link(one, len(subjects[one]), prefix) for one in self._subjects]

    def years(self, prefix: str = "../years/") -> list[LinkView]:
        """Links to all years, newest first, and to papers without one."""
        found = [(str(year), str(year), len(p)) for year, p in self.catalogue.years.items()]
        if undated := len(self.catalogue.undated):
            found.append(("Year unknown", UNKNOWN_YEAR, undated))
        return [LinkView(label, Markup(f"{prefix}{slug}.md"), count=n) for label, slug, n in found]

    def downloads(self, stem: str, *, feed: bool = False) -> list[LinkView]:
        """Links to the files beside a page, whose path ends in `stem`: citations, and its feed."""
        exports = self.site.exports
        return [
            *_files(stem, exports.downloads),
            *([_feed(f"{stem}.xml")] if feed and exports.has_feeds else ()),
        ]

    def site_downloads(self) -> list[LinkView]:
        """Links to the files of all papers, from a page one folder below the root."""
        exports = self.site.exports
        return [
            *_files("../papers", exports.site_downloads),
            *([_feed("../feed.xml")] if exports.has_feeds else ()),
        ]

    def hand_written(self, path: str) -> Markup | None:
        """What somebody wrote for a page that is generated otherwise."""
        bodies = (page.body for page in self.site.content.pages if page.path == path)
        body = next(bodies, None)
        return Markup(body) if body else None

    @staticmethod
    def search_link(**choices: object) -> LinkView:
        """A link to the search of some papers, as `search-state.js` reads it from the address."""
        address = Markup("../search.md?") + Markup(urlencode(choices))
        return LinkView("Search and filter these papers", address)

    def parts(
        self, items: Sequence[Item], slug: str
    ) -> Iterator[tuple[str, Sequence[Item], Place]]:
        """A list in parts that fit on a page: the name of each page, its items, its place."""
        total = max(math.ceil(len(items) / self.limit), 1)
        names = [slug if n == 1 else f"{slug}-{n}" for n in range(1, total + 1)]
        links = [LinkView(str(n), Markup(f"{name}.md")) for n, name in enumerate(names, start=1)]
        for number, name in enumerate(names, start=1):
            part = items[(number - 1) * self.limit : number * self.limit]
            yield name, part, Place(number, total, links)


def _files(stem: str, formats: Iterable[FileFormat]) -> list[LinkView]:
    return [
        LinkView(file.title, Markup(stem + file.suffix), media_type=Markup(file.media_type))
        for file in formats
    ]


def _feed(path: str) -> LinkView:
    return LinkView("Feed", Markup(path), note="feed")
