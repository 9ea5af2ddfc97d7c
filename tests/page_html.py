"""A built HTML page as a browser's parser sees it: elements, ids, and what a reader reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ADDRESSES = ("href", "src", "action", "data", "poster", "formaction", "xlink:href")


@dataclass(frozen=True, slots=True)
class Element:
    """An opening tag; `inside` holds the tag and the classes of every element around it."""

    tag: str
    attributes: dict[str, str]
    inside: frozenset[str]
    text: list[str] = field(default_factory=list, compare=False)

    @property
    def in_content(self) -> bool:
        """Whether it stands in the page's own text, and not in what Material puts around it."""
        return ".md-content" in self.inside

    @property
    def addresses(self) -> Iterator[str]:
        """Everything in it that a browser may load or follow."""
        for name in _ADDRESSES:
            if name in self.attributes:
                yield self.attributes[name]
        for candidate in self.attributes.get("srcset", "").split(","):
            yield from candidate.split()[:1]
        if self.tag == "meta" and self.attributes.get("http-equiv", "").lower() == "refresh":
            yield self.attributes["content"].partition("url=")[2]


class PageHtml(HTMLParser):
    """Parses one page when it is made."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        around: set[str] = set()
        if self._open:
            parent = self._open[-1]
            classes = parent.attributes.get("class", "").split()
            around = {*parent.inside, parent.tag, *(f".{name}" for name in classes)}
        element = Element(tag, attributes, frozenset(around))
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text.append(data)

    @property
    def ids(self) -> set[str]:
        """Everything that a fragment may name."""
        return {
            element.attributes[name]
            for element in self.elements
            for name in ("id", "name")
            if name in element.attributes
        }

    def all(self, tag: str) -> list[Element]:
        """The elements of one tag."""
        return [element for element in self.elements if element.tag == tag]

    @property
    def content_text(self) -> str:
        """What the page's own part reads, on one line."""
        found = (e for e in self.elements if "md-content" in e.attributes.get("class", "").split())
        return " ".join("".join("".join(element.text) for element in found).split())

    @property
    def heading(self) -> str:
        """The text of the first heading."""
        return " ".join("".join(self.all("h1")[0].text).split())


def read_pages(site: Path) -> dict[str, PageHtml]:
    """All HTML pages of a built site by their path, but for the files of citations."""
    return {
        path.relative_to(site).as_posix(): PageHtml(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if not path.name.endswith(".cite.html")
    }
