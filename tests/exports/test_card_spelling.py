"""How texts are spelled that the fonts have not all letters for."""

from __future__ import annotations

import pytest

from tests.exports.cards import SANS, SERIF


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Łukasz Çelik, “Øre” – ½ ×²", "Łukasz Çelik, “Øre” – ½ ×²"),
        ("e\u0301tude", "étude"),
        ("Nguyễn Thị Ệ ở ường", "Nguyễn Thị Ệ ở ường"),
        ("a\x00b\u202ec\u200d \u2028 d\ud800\ue000", "abc d"),
        ("β-VAE, λ-calculus and πr", "beta-VAE, lambda-calculus and pi r"),
        ("π₀ and Δt", "pi0 and Delta t"),
        ("Γιώργος Παππάς", ""),
        ("ℝⁿ → 𝒪(n) ≠ ∞", "Rn → O(n) != inf"),
        ("x ∈ A, ∀y", "x in A, for all y"),
        ("ﬁeld ℃ ①", "field °C 1"),
        ("李明", ""),
        ("김철수", ""),
        ("Lantern-R1: 灯笼 Recognition", "Lantern-R1: … Recognition"),
        ("Lamps by Ada and محمد بن سلمان", "Lamps by Ada and …"),
        ("Oil محمد بن سلمان", ""),
        ("用BERT模型", "… BERT …"),
        ("Иван Петров", ""),
        ("محمد", ""),
        ("שלום עולם", ""),
        ("हिन्दी", ""),
        ("🚀 Rocket 🧑🏻\u200d💻 science ★", "Rocket science"),
        ("x\u0302 and y", "x and y"),
        ("🚀", ""),
        ("", ""),
    ],
)
def test_a_text_is_spelled_with_the_letters_that_the_fonts_have(text: str, spelled: str) -> None:
    assert SERIF.spell(text) == spelled
    assert SANS.spell(text) == spelled
