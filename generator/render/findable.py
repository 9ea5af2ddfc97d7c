"""What the search knows of a page beside its text: the front matter key `search`.

`theme/main.html` prints it as metadata and filters of Pagefind. Pages whose `search` says
`exclude` are not found: they are lists of what is found by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator.catalogue.model import Catalogue, Paper, Person
from generator.catalogue.relations import LARGEST_TEAM
from generator.identifiers import parse_arxiv
from generator.search_identifiers import identifier_word
from generator.search_words import aliases, name_aliases
from generator.subjects import subject_name
from generator.tex import plain_text

Findable = Mapping[str, object]

_TECHNICAL: Final = re.compile(r"[\d\u0250-\U0010ffff]")
"""What stands in words of an abstract that may need an alias: `GPT-4`, Chinese."""
EXCLUDED: Final[Findable] = {"exclude": True}


def findable_paper(catalogue: Catalogue, paper: Paper) -> Findable:
    """That of a paper: its year, date and class to choose by, other spellings and identifiers."""
    authors = paper.authors[:LARGEST_TEAM]
    names = [author.shown for author in authors]
    people = (*(author.person for author in authors), *paper.hidden)
    names += [catalogue.people[person].name for person in people]
    words = [*aliases(paper.plain_title), *name_aliases(dict.fromkeys(names))]
    if paper.abstract:
        technical = filter(_TECHNICAL.search, plain_text(paper.abstract).split())
        words += aliases(" ".join(technical))
    words += _identifiers(paper)
    return _known(
        kind="paper",
        date=str(paper.date) if paper.year else None,
        inferred=bool(paper.year and paper.reason_inferred("date")),
        year=paper.year,
        subject=f"{subject_name(paper.subject)} ({paper.subject})" if paper.subject else None,
        code=paper.code,
        also=" ".join(dict.fromkeys(words)),
    )


def _identifiers(paper: Paper) -> Iterator[str]:
    """Words for its DOI, arXiv id and citation key; arXiv's own DOI is its id."""
    doi = paper.publication.doi
    preprint = parse_arxiv(doi) if doi else None
    if doi and not preprint:
        yield identifier_word("doi", doi)
    if arxiv := paper.publication.arxiv or preprint:
        yield identifier_word("arxiv", arxiv)
    yield identifier_word("key", paper.citation_key)


def findable_person(person: Person, note: str) -> Findable:
    """That of a person or an organisation; `note` says in a line what is on the page."""
    words = name_aliases((person.name, *person.other_names))
    return _known(
        kind="organisation" if person.is_organisation else "author",
        note=note,
        # Pagefind orders texts where not all are numbers, so all have six digits.
        papers=f"{len(person.papers):06}",
        also=" ".join([*words, *person.other_names]),
    )


def findable_topic(code: str, note: str) -> Findable:
    """That of a subject class, which is found by its code too."""
    return _known(kind="topic", note=note, also=" ".join([code, *aliases(code)]))


def _known(**values: object) -> Findable:
    return {name: value for name, value in values.items() if value}
