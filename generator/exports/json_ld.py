"""JSON-LD in the words of https://schema.org: the nodes of which pages tell what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from json import JSONEncoder
from typing import Final

from generator.identifiers import arxiv_address, doi_address
from generator.records import AuthorNotes, Publication

Node = dict[str, object]
"""A node of JSON-LD."""
_MARKS_IN_SCRIPT: Final = re.compile("[<>&\u2028\u2029]")
_encode: Final = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def node(kind: object, first: Node | None = None, /, **properties: object) -> Node:
    """A node with those properties that are known."""
    found = {"@type": kind, **(first or {}), **properties}
    return {name: value for name, value in found.items() if value}


def named(kind: str, name: object) -> Node | None:
    """A node of which only the name is known, or None."""
    return node(kind, name=name) if name else None


def addresses(publication: Publication) -> list[str]:
    """Where the DOI and the arXiv id lead."""
    found = [doi_address(publication.doi)] if publication.doi else []
    return found + ([arxiv_address(publication.arxiv)] if publication.arxiv else [])


def part_of(item: Mapping[str, object]) -> Node | None:
    """What a paper stands in: an issue of a volume of a journal, or a book."""
    venue = item.get("container-title")
    if not venue:
        return None
    if item["type"] != "article-journal":
        kind = "CreativeWork" if item["type"] in ("article", "document") else "Book"
        return node(kind, name=venue, isbn=item.get("ISBN"))
    part = node("Periodical", name=venue, issn=item.get("ISSN"))
    if item.get("volume"):
        part = node("PublicationVolume", volumeNumber=item["volume"], isPartOf=part)
    if item.get("issue"):
        part = node("PublicationIssue", issueNumber=item["issue"], isPartOf=part)
    return part


def same_as(notes: AuthorNotes | None) -> list[str]:
    """Other places where somebody is: those that people give."""
    if notes is None:
        return []
    links = (link.url for link in notes.links)
    return list(dict.fromkeys(filter(None, (orcid_address(notes), notes.homepage, *links))))


def orcid_address(notes: AuthorNotes) -> str | None:
    """The address of somebody's ORCID iD."""
    return f"https://orcid.org/{notes.orcid}" if notes.orcid else None


def script(data: Node) -> str:
    """JSON that can stand in a script element: no character of it ends or opens anything."""
    return _MARKS_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", _encode(data))
