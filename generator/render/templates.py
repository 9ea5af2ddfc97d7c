"""Jinja templates: how pages look. What they print is escaped unless it is Markdown already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.documents import Document
from generator.markup import escape_markdown, front_matter, page_title

_ESCAPED_KEYS = frozenset({"title", "description"})
"""Front matter that Material writes into pages as it is."""


class Templates:
    """The page templates of a site; of two with one name, that of the earlier folder."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            # `_finalize` escapes for Markdown; Jinja's own escaping would only do so for HTML.
            autoescape=False,  # noqa: S701
            auto_reload=False,
            finalize=_finalize,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "oneline": _on_one_line,
            "thousands": lambda number: Markup(f"{number:,}"),
            "plural": lambda n, one, many: Markup(f"{n:,} {one if n == 1 else many}"),
        }

    def render(self, name: str, /, **values: object) -> Markup:
        """The Markdown that a template makes of the values, without white space around it."""
        return Markup(self._environment.get_template(f"{name}.md.j2").render(values).strip())

    def page(
        self, path: str, name: str, head: Mapping[str, object], /, **values: object
    ) -> Document:
        """A page with front matter; of `head`, None values are left out."""
        kept = {
            key: page_title(str(value)) if key in _ESCAPED_KEYS else value
            for key, value in head.items()
            if value is not None
        }
        return Document(path, f"{front_matter(kept)}\n{self.render(name, **values)}\n")


def _finalize(value: object) -> object:
    """What a template prints: Markdown that is safe already as it is, anything else escaped."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    text = str(value)
    return _escape_short(text) if len(text) <= _SHORT else escape_markdown(text)


_SHORT = 60
"""Characters of a name; names are printed again and again, and escaped once."""
_escape_short = lru_cache(maxsize=65_536)(escape_markdown)


def _on_one_line(text: Markup) -> Markup:
    return Markup(" ".join(text.split()))
