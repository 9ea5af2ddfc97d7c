"""Jinja templates: how pages look. What they print is escaped unless it is Markdown already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
)
from jinja2.environment import TemplateModule
from markupsafe import Markup

from generator.documents import Document
from generator.errors import BuildError, template_place
from generator.markup import escape_address, escape_markdown, front_matter, isolated, page_title
from generator.render.counted import counted
from generator.render.views import LinkView

_ESCAPED_KEYS = frozenset({"title", "description"})
"""Front matter that Material writes into pages as it is."""
_THEME_TEMPLATE = "generated.html"
"""The template of the theme that makes a page of ours, where `head` names no other."""


class Templates:
    """The page templates of a site; of two with one name, that of the earlier folder."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._templates: dict[str, Template] = {}
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
            "link": _link,
            "links": lambda links: Markup(", ".join(map(_link, links))),
            "address": lambda address: Markup(escape_address(address)),
            "names": lambda names: Markup(", ".join(map(isolated, names))),
            "oneline": _on_one_line,
            "thousands": lambda number: Markup(f"{number:,}"),
            "plural": lambda number, one, many: Markup(counted(number, one, many)),
        }

    @cached_property
    def _macros(self) -> TemplateModule:
        """What templates know as `show`: made once, not imported anew for each page."""
        return self._environment.get_template("_macros.md.j2").module

    def _template(self, name: str) -> Template:
        found = self._templates.get(name)
        if found is None:
            found = self._templates[name] = self._environment.get_template(f"{name}.md.j2")
            # Jinja copies the globals for each page, and a dict is copied faster than a ChainMap.
            found.globals = {**found.globals, "show": self._macros}
        return found

    def render(self, name: str, /, **values: object) -> Markup:
        """The Markdown that a template makes of the values, without white space around it.

        Raises BuildError with file and line for a template that is wrong.
        """
        try:
            return Markup(self._template(name).render(values).strip())
        except TemplateError as error:
            place = template_place(error, ".j2") or f"{name}.md.j2"
            reason = error.message or error
            raise BuildError(f"{place}: the template cannot be rendered: {reason}") from error

    def page(
        self, path: str, name: str, head: Mapping[str, object], /, **values: object
    ) -> Document:
        """A page with front matter; of `head`, None values are left out."""
        kept = {
            key: page_title(str(value)) if key in _ESCAPED_KEYS else value
            for key, value in {"template": _THEME_TEMPLATE, **head}.items()
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


def _link(link: LinkView) -> Markup:
    """A Markdown link to a page of the site."""
    return Markup(f"[{_finalize(link.label)}]({link.href})")


def _on_one_line(text: Markup) -> Markup:
    return Markup(" ".join(text.split()))
