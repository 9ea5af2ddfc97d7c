"""Pages of people and organisations: one each, and the index by letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from generator.catalogue.model import Catalogue, Paper, Person
from generator.catalogue.networks import neighbourhood
from generator.catalogue.relations import CoAuthor, co_authors, subjects_of
from generator.documents import Document
from generator.identifiers import slugify, subject_slug
from generator.markup import link_target
from generator.records import AuthorNotes
from generator.render.author_views import AuthorView, CoAuthorView
from generator.render.charts import papers_by_year
from generator.render.counted import counted
from generator.render.findable import EXCLUDED, findable_person
from generator.render.lists import Lists
from generator.render.network import draw_network
from generator.render.views import Group, LinkView, person_link, subject_link
from generator.render.year_bars import count_by_year, names_all

Organisations = Mapping[str, Sequence[str]]
"""The organisations that sign a paper, by its id, where there are any."""

_OTHER = "other"
"""Under which people are listed, last of all, whose names have no letter."""


def author_documents(lists: Lists) -> Iterator[Document]:
    """A page for everybody, `/authors/`, and a page a letter where that would be too long."""
    organisations = _signing(lists.catalogue)
    for person in lists.catalogue.people.values():
        yield _author(lists, person, organisations)
    yield from _index(lists)


def _author(lists: Lists, person: Person, organisations: Organisations) -> Document:
    view = _view(lists, person, organisations)
    head = {
        "title": view.name,
        "description": _description(view),
        "kind": "organisation" if view.is_organisation else "author",
        "head": lists.site.exports.person_head(person),
        "hide": ["navigation"],
        "search": findable_person(person, _note(view)),
    }
    biography = Markup(view.notes.biography) if view.notes else None
    chart = _chart(lists, person)
    return lists.templates.page(
        f"authors/{person.id}.md",
        "author",
        head,
        author=view,
        biography=biography,
        chart=chart,
        topics=[] if chart and _legend_tells(lists, person) else view.subjects,
        network=_network(lists, person),
        downloads=lists.downloads(person.id, feed=True),
        coins=Markup(lists.site.exports.coins(person.papers)),
    )


def _view(lists: Lists, person: Person, organisations: Organisations) -> AuthorView:
    papers = [lists.catalogue.papers[paper] for paper in person.papers]
    notes = lists.site.content.authors.get(person.id)
    tags = Counter(tag for paper in papers for tag in paper.affiliations)
    with_whom = co_authors(lists.catalogue, person.id)
    subjects = subjects_of(lists.catalogue, person.papers)
    return AuthorView(
        name=person.name,
        is_organisation=person.is_organisation,
        other_names=person.other_names,
        profiles=lists.profiles(person),
        notes=notes,
        orcid_target=_target(f"https://orcid.org/{notes.orcid}") if notes and notes.orcid else None,
        homepage_target=_target(notes.homepage) if notes else None,
        note_links=_note_links(notes),
        paper_count=len(papers),
        hidden_count=sum(person.id in paper.hidden for paper in papers),
        years=_own_papers(lists, person),
        co_authors=[_co_author(lists.catalogue, other) for other in with_whom.shown],
        co_author_count=with_whom.total,
        uncounted=with_whom.uncounted,
        organisations=lists.people(_with_organisations(person, organisations)),
        subjects=[subject_link(subject, count) for subject, count in subjects.items()],
        affiliations=sorted(tags.items(), key=lambda item: (-item[1], item[0])),
        number=person.number,
    )


def _co_author(catalogue: Catalogue, other: CoAuthor) -> CoAuthorView:
    first, last = other.years or (0, 0)
    years = f"{first}–{last}" if first != last else str(first or "")
    person = person_link(catalogue.people[other.person], count=other.papers)
    return CoAuthorView(person, other.person, years)


def _own_papers(lists: Lists, person: Person) -> list[Group]:
    """Somebody's papers by year, the own name and its place among the authors marked."""
    return lists.by_year(person.papers, lambda paper: _own_entry(lists, person, paper))


def _own_entry(lists: Lists, person: Person, paper: str) -> Markup:
    own = f"](../authors/{person.id}.md)"
    entry = str(lists.own_entry(paper, person.id)).replace(own, f"{own}{{ .ap-self }}", 1)
    # An organisation that signs is no first author.
    place = None if person.is_organisation else _place(lists.catalogue.papers[paper], person.id)
    mark = f' <span class="ap-badge ap-position">{place} author</span>' if place else ""
    return Markup(entry + mark)


def _place(paper: Paper, person: str) -> str | None:
    """Whether somebody stands first or last, or alone; of a list that is cut nobody knows who is
    last.
    """
    authors = [author.person for author in paper.authors]
    if authors[:1] == [person]:
        return "first" if len(authors) > 1 or paper.truncated else "only"
    return "last" if authors[-1:] == [person] and not paper.truncated else None


def _chart(lists: Lists, person: Person) -> Markup | None:
    """Somebody's papers by year and class."""
    counts, undated = count_by_year(lists.catalogue.papers[paper] for paper in person.papers)
    return papers_by_year(
        counts,
        name=person.name,
        prefix="chart",
        colours=lists.colours,
        undated=undated,
        link=_topic_address,
    )


def _legend_tells(lists: Lists, person: Person) -> bool:
    """Whether the chart has a legend, which names all topics: it has those of dated papers."""
    subjects = subjects_of(lists.catalogue, person.papers)
    dated = [paper for paper in person.papers if lists.catalogue.papers[paper].year]
    drawn = subjects_of(lists.catalogue, dated)
    return 1 < len(subjects) == len(drawn) and names_all(subjects, lists.colours)


def _topic_address(code: str) -> str | None:
    return f"../../topics/{subject_slug(code)}/" if code else None


def _network(lists: Lists, person: Person) -> Markup | None:
    """Who wrote with somebody, as a drawing, where the settings ask for one."""
    wanted = lists.site.config.settings.co_author_networks
    if person.is_organisation or wanted == "none" or (wanted == "profiled" and not person.profiles):
        return None
    found = neighbourhood(lists.catalogue, person.id)
    return draw_network(found, prefix="network", href=lambda other: f"../{other}/")


def _signing(catalogue: Catalogue) -> Organisations:
    """Found once a paper: to look through 3,000 authors for each of them would take seconds."""
    people = catalogue.people
    found = {
        paper.id: [person for person in paper.people if people[person].is_organisation]
        for paper in catalogue.papers.values()
    }
    return {paper: signing for paper, signing in found.items() if signing}


def _with_organisations(person: Person, organisations: Organisations) -> Counter[str]:
    """Organisations that sign papers together with somebody, and how many."""
    papers = (organisations.get(paper, ()) for paper in person.papers)
    return Counter(other for signing in papers for other in signing if other != person.id)


def _note(view: AuthorView) -> str:
    """What the search says of somebody."""
    papers = counted(view.paper_count)
    topics = ", ".join(subject.note for subject in view.subjects[:3])
    return f"{papers} · {topics}" if topics else papers


def _description(view: AuthorView) -> str:
    papers = "1 paper" if view.paper_count == 1 else f"{view.paper_count} papers"
    with_whom = ", ".join(other.person.label for other in view.co_authors[:3])
    return f"{papers} by {view.name}" + (f", with {with_whom}" if with_whom else "")


def _target(url: str | None) -> Markup | None:
    target = link_target(url) if url else None
    return Markup(target) if target else None


def _note_links(notes: AuthorNotes | None) -> list[tuple[str, Markup]]:
    if notes is None:
        return []
    targets = ((link.label, _target(link.url)) for link in notes.links)
    return [(label, target) for label, target in targets if target]


def _index(lists: Lists) -> Iterator[Document]:
    letters: dict[str, list[Person]] = {}
    for person in lists.catalogue.persons:
        letters.setdefault(_letter(person), []).append(person)
    letters = dict(sorted(letters.items(), key=lambda item: (item[0] == _OTHER, item[0])))
    total = sum(map(len, letters.values()))
    split = total > lists.limit
    organisations = [p for p in lists.catalogue.people.values() if p.is_organisation]
    yield lists.templates.page(
        "authors/index.md",
        "authors",
        {"title": "Authors", "hide": ["navigation"], "search": EXCLUDED},
        total=total,
        cards=lists.cards("", lists.limit),
        organisations=[person_link(person, "") for person in organisations],
        letters=[]
        if split
        else [(_label(letter), _links(found, "")) for letter, found in letters.items()],
        letter_pages=[
            LinkView(_label(letter), Markup(f"by/{letter}.md"), count=len(found))
            for letter, found in letters.items()
            if split
        ],
    )
    for letter, found in letters.items() if split else ():
        yield from _letter_pages(lists, letter, found)


def _letter_pages(lists: Lists, letter: str, found: Sequence[Person]) -> Iterator[Document]:
    for name, part, place in lists.parts(found, letter):
        head = {"title": f"Authors: {_label(letter)}", "hide": ["navigation"]}
        yield lists.templates.page(
            f"authors/by/{name}.md",
            "letter",
            head | {"search": EXCLUDED},
            letter=_label(letter),
            people=_links(part, "../"),
            place=place,
        )


def _letter(person: Person) -> str:
    """The letter under which somebody is listed: that of the family name, romanised."""
    return slugify(person.parts.family)[:1] or _OTHER


def _label(letter: str) -> str:
    return letter.upper() if len(letter) == 1 else letter.capitalize()


def _links(people: Sequence[Person], prefix: str) -> list[LinkView]:
    return [person_link(person, prefix) for person in people]
