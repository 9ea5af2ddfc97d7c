"""Texts, faces and a press for tests of social cards, and what a reader sees of a card."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image

from generator.catalogue.build import build_catalogue
from generator.catalogue.ids import EMPTY_LOCK
from generator.catalogue.model import Catalogue
from generator.catalogue.settle import Load
from generator.config import package_templates
from generator.dates import PartialDate
from generator.exports.card_drawing import Press
from generator.exports.card_letters import Face
from generator.exports.card_texts import CoverTexts, PaperTexts
from generator.names import OrganisationNames
from generator.records import (
    Inferred,
    NameAsPrinted,
    PaperRecord,
    ProfileRecord,
    Provenance,
    Publication,
)

TEMPLATES = package_templates()
FONTS = TEMPLATES / "assets" / "fonts"
SERIF_FILES = [
    (FONTS / f"serif-{part}.woff2").read_bytes() for part in ("latin", "vietnamese", "rest")
]
SANS_FILES = [
    (FONTS / f"sans-{part}.woff2").read_bytes() for part in ("latin", "vietnamese", "more", "rest")
]
SERIF = Face(SERIF_FILES)
SANS = Face(SANS_FILES, 600)
PRESS = Press(SERIF, SANS, "Lamps")
JUNE = PartialDate(2024, 6, 1)
NO_PRINT = "0" * 32


def record(
    title: str = "Of Lamps",
    authors: tuple[str, ...] = ("Ada Quill",),
    *,
    date: PartialDate | None = JUNE,
    line: int = 1,
    subject: str | None = None,
    truncated: bool = False,
    profile: str | None = None,
    inferred: tuple[Inferred, ...] = (),
    publication: Publication | None = None,
) -> PaperRecord:
    """A record as sources hand it on."""
    return PaperRecord(
        Provenance("a.txt", line),
        title,
        tuple(map(NameAsPrinted, authors)),
        date=date,
        subject=subject,
        truncated=truncated,
        profile=profile,
        inferred=inferred,
        publication=publication or Publication(),
    )


def catalogue_of(*records: PaperRecord, profiles: tuple[ProfileRecord, ...] = ()) -> Catalogue:
    """The catalogue of some records."""
    organisations = OrganisationNames.of(["Aurora-9"], [])
    return build_catalogue(Load(profiles, records, ()), EMPTY_LOCK, organisations).catalogue


def told(title: str = "Of Lamps", **changes: object) -> PaperTexts:
    """The texts of a paper's card."""
    texts = PaperTexts(title, ("Ada Quill", "Wim Toorop"), 2, False, "2024", "", "Optics")
    return replace(texts, **changes)  # type: ignore[arg-type] # any of its fields


def cover(name: str = "Ada Quill", about: str = "Optics") -> CoverTexts:
    """The texts of a person's card."""
    figures = (("1,250", "papers"), ("1975–2024", "years"), ("12,345", "co-authors"))
    return CoverTexts(name, about, figures)


def decoded(data: bytes) -> Image.Image:
    """A PNG as a reader sees it, after its check sums were looked at."""
    Image.open(BytesIO(data)).verify()
    image = Image.open(BytesIO(data))
    image.load()
    return image
