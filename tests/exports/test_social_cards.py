"""Social cards as documents: which there are, that they are small, and that each is drawn once."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

import pytest

from generator.exports import social_cards
from generator.exports.card_drawing import SIZE, Press
from generator.exports.card_png import head
from generator.exports.social_cards import SITE_CARD, SocialCards, paper_card, person_card
from generator.records import NameAsPrinted, PaperRecord, ProfileRecord, Provenance
from tests.academy import copy_academy, understand
from tests.exports.cards import FONTS, NO_PRINT, TEMPLATES, catalogue_of, decoded, record


def files_of(cards: SocialCards) -> dict[str, bytes]:
    """All cards by path."""
    return {document.path: document.data for document in cards.documents()}


# -- which cards there are ------------------------------------------------------------------------


def test_paths_are_those_of_pages_and_need_neither_fonts_nor_drawing(tmp_path: Path) -> None:
    profile = ProfileRecord(Provenance("ada.txt", 1), NameAsPrinted("Ada Quill"))
    catalogue = catalogue_of(
        record(authors=("Ada Quill", "Wim Toorop"), profile=profile.key), profiles=(profile,)
    )
    cards = SocialCards(catalogue, "Lamps", tmp_path / "nowhere")

    def paths(**wanted: object) -> list[str]:
        documents = list(cards.documents(**wanted, draw=False))  # type: ignore[arg-type] # as named
        assert all(document.data == b"" for document in documents)
        return [document.path for document in documents]

    paper, ada, wim = "of-lamps", "ada-quill", "wim-toorop"
    assert paths() == [SITE_CARD, paper_card(paper), person_card(ada), person_card(wim)]
    assert paths(papers=False) == [SITE_CARD, person_card(ada), person_card(wim)]
    assert paths(people="profiled") == [SITE_CARD, paper_card(paper), person_card(ada)]
    drawn = SocialCards(catalogue, "Lamps", TEMPLATES)
    assert [document.path for document in drawn.documents()] == paths()


def test_the_path_of_a_card_is_made_of_the_permanent_id() -> None:
    assert paper_card("of-lamps") == "assets/cards/papers/of-lamps.png"
    assert person_card("ada-quill") == "assets/cards/authors/ada-quill.png"
    assert SITE_CARD == "assets/cards/site.png"


def test_cards_of_an_academy_are_small(tmp_path: Path) -> None:
    catalogue = understand(copy_academy(tmp_path / "academy")).built.catalogue
    sizes = [len(data) for data in files_of(SocialCards(catalogue, "Lamps", TEMPLATES)).values()]
    assert len(sizes) == 1 + len(catalogue.papers) + len(catalogue.people)
    assert mean(sizes) < 12_000
    assert max(sizes) < 24_000


def test_the_same_texts_give_the_same_bytes_whatever_was_drawn_before() -> None:
    lamps, keys = record(), record("Of Keys", ("Wim Toorop",), line=2)
    alone = files_of(SocialCards(catalogue_of(lamps), "Lamps", TEMPLATES))
    among = files_of(SocialCards(catalogue_of(keys, lamps), "Lamps", TEMPLATES))
    for path in (paper_card("of-lamps"), person_card("ada-quill")):
        assert alone[path] == among[path]


def test_a_paper_of_3000_authors_and_nameless_people_have_cards() -> None:
    authors = tuple(f"Ada Quill{n}" for n in range(3000))
    catalogue = catalogue_of(record("", authors), record("🚀", ("🚀", "李"), line=2))
    cards = SocialCards(catalogue, "🚀", TEMPLATES)
    documents = [d for d in cards.documents(people="profiled") if d.path != SITE_CARD]
    for document in documents:
        assert decoded(document.data).size == SIZE
    assert documents


# -- what is drawn once ---------------------------------------------------------------------------


def plant(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files where a former build would have written them."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def fingerprint_of(card: bytes) -> str:
    """What a card says it was drawn from."""
    return str(decoded(card).info["Fingerprint"])


END = b"\0\0\0\0IEND\xaeB`\x82"


def test_a_card_of_a_former_build_with_the_same_fingerprint_is_taken_as_it_is(
    tmp_path: Path,
) -> None:
    catalogue = catalogue_of(record())
    drawn = files_of(SocialCards(catalogue, "Lamps", TEMPLATES))
    planted = {path: head(fingerprint_of(data)) + b"planted" + END for path, data in drawn.items()}
    plant(tmp_path, planted)
    assert files_of(SocialCards(catalogue, "Lamps", TEMPLATES, tmp_path)) == planted


def test_nothing_is_drawn_again_where_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = catalogue_of(record())
    drawn = files_of(SocialCards(catalogue, "Lamps", TEMPLATES))
    plant(tmp_path, drawn)
    monkeypatch.delattr(Press, "card")
    assert files_of(SocialCards(catalogue, "Lamps", TEMPLATES, tmp_path)) == drawn


@pytest.mark.parametrize(
    "spoil",
    [
        lambda card: head(NO_PRINT) + card[len(head(NO_PRINT)) :],
        lambda card: card[:-100],
        lambda card: card[: len(head(NO_PRINT))],
        lambda card: card[:0],
        lambda card: b"\xff" * len(card),
    ],
    ids=["other fingerprint", "cut", "head alone", "empty", "no image"],
)
def test_a_former_file_that_is_no_such_card_is_drawn_anew(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    catalogue = catalogue_of(record())
    drawn = files_of(SocialCards(catalogue, "Lamps", TEMPLATES))
    plant(tmp_path, {path: spoil(data) for path, data in drawn.items()})
    assert files_of(SocialCards(catalogue, "Lamps", TEMPLATES, tmp_path)) == drawn


def test_a_folder_in_the_place_of_a_former_card_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / SITE_CARD).mkdir(parents=True)
    assert files_of(SocialCards(catalogue_of(record()), "Lamps", TEMPLATES, tmp_path))


def test_the_fingerprint_changes_with_texts_site_name_design_and_fonts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fingerprint(item: PaperRecord, site: str = "Lamps", templates: Path = TEMPLATES) -> str:
        catalogue = catalogue_of(item)
        (paper,) = catalogue.papers
        return fingerprint_of(files_of(SocialCards(catalogue, site, templates))[paper_card(paper)])

    fonts = tmp_path / "assets" / "fonts"
    shutil.copytree(FONTS, fonts)
    # Letters that none of these texts has are drawn with it.
    shutil.copy(fonts / "sans-vietnamese.woff2", fonts / "sans-rest.woff2")
    prints = [
        fingerprint(record()),
        fingerprint(record(authors=("Ada Quill", "Wim Toorop"))),
        fingerprint(record(truncated=True)),
        fingerprint(record(date=None)),
        fingerprint(record(), site="Lanterns"),
        fingerprint(record(), templates=tmp_path),
    ]
    monkeypatch.setattr(social_cards, "DESIGN", social_cards.DESIGN + 1)
    prints.append(fingerprint(record()))
    assert len(set(prints)) == len(prints)
