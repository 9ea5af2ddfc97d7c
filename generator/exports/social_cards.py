"""Social card images: what a link to a page looks like where people share it.

There is one for each paper, each author and the site: PNG drawn with the site's own fonts. The same
texts give the same bytes with the same versions of Pillow and FreeType.

There is no store of cards: each carries a fingerprint of all that it was drawn from, and one that
a former build wrote is taken over while its fingerprint is what it would be now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cached_property, partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Final, Literal

import PIL
from PIL import features

from generator.catalogue.model import Catalogue
from generator.documents import Document
from generator.exports.card_drawing import Press
from generator.exports.card_letters import Face
from generator.exports.card_png import END, encode, head
from generator.exports.card_texts import Texts, paper_texts, person_texts, site_texts
from generator.markup import clean_text

SITE_CARD: Final = "assets/cards/site.png"
"""The path of the card for pages that have none of their own."""
DESIGN: Final = 2
"""The version of everything in the modules `card_…` that can change what a card looks like; to be
raised with it, or old cards stay."""

_FONTS: Final = {
    "serif": ("serif-latin", "serif-vietnamese", "serif-rest"),
    "sans": ("sans-latin", "sans-vietnamese", "sans-more", "sans-rest"),
}
_SANS_WEIGHT: Final = 600


def paper_card(paper_id: str) -> str:
    """The path of a paper's card."""
    return f"assets/cards/papers/{paper_id}.png"


def person_card(person_id: str) -> str:
    """The path of an author's card."""
    return f"assets/cards/authors/{person_id}.png"


class SocialCards:
    """The cards of a site.

    `templates` is the folder whose fonts they are drawn with, `former` that of the documents of
    an earlier build, of which cards that would be the same are taken over.
    """

    def __init__(
        self, catalogue: Catalogue, site_name: str, templates: Path, former: Path | None = None
    ) -> None:
        self._catalogue = catalogue
        self._site_name = clean_text(site_name)
        self._templates = templates
        self._former = former

    def documents(
        self, papers: bool = True, people: Literal["all", "profiled"] = "all", *, draw: bool = True
    ) -> Iterator[Document]:
        """The card of the site, of each paper, and of everybody or of those with a profile.

        Without `draw` they are empty, for whom their paths are enough. Raises OSError where the
        templates have no fonts.
        """
        for path, texts in self._texts(papers, people):
            yield Document(path, self._card(path, texts()) if draw else b"")

    def _texts(
        self, papers: bool, people: Literal["all", "profiled"]
    ) -> Iterator[tuple[str, Callable[[], Texts]]]:
        """Paths, and how to find what their cards tell."""
        catalogue = self._catalogue
        yield SITE_CARD, partial(site_texts, catalogue, self._site_name)
        for paper in catalogue.papers.values() if papers else ():
            yield paper_card(paper.id), partial(paper_texts, paper)
        for person in catalogue.people.values():
            if people == "all" or person.profiles:
                yield person_card(person.id), partial(person_texts, catalogue, person)

    def _card(self, path: str, texts: Texts) -> bytes:
        fingerprint = self._fingerprint(texts)
        former = _read(self._former / path) if self._former else b""
        # The end tells that a build that was killed did not leave half of it.
        if former.startswith(head(fingerprint)) and former.endswith(END):
            return former
        return encode(self._press.card(texts), fingerprint)

    def _fingerprint(self, texts: Texts) -> str:
        told = json.dumps([type(texts).__name__, self._site_name, asdict(texts)])
        return hashlib.sha256(self._means + told.encode()).hexdigest()[:32]

    @cached_property
    def _fonts(self) -> dict[str, list[bytes]]:
        folder = self._templates / "assets" / "fonts"
        return {
            face: [(folder / f"{name}.woff2").read_bytes() for name in names]
            for face, names in _FONTS.items()
        }

    @cached_property
    def _means(self) -> bytes:
        """What all cards depend on besides their texts, as a hash."""
        freetype = features.version_module("freetype2")
        versions = f"{DESIGN} {PIL.__version__} {freetype} {version('anyascii')}"
        fonts = b"".join(chain.from_iterable(self._fonts.values()))
        return hashlib.sha256(versions.encode() + fonts).digest()

    @cached_property
    def _press(self) -> Press:
        serif, sans = self._fonts["serif"], self._fonts["sans"]
        return Press(Face(serif), Face(sans, _SANS_WEIGHT), self._site_name)


def _read(path: Path) -> bytes:
    """A file's bytes, or none where there is no such file."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
