"""TeX mathematics as plain Unicode, for titles, metadata, search and slugs: ``Õ(T^(-1/4))``.

Flattens the tree that `mathml` builds, so that there is one understanding of a formula.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from functools import lru_cache

from generator.mathml import ARITY, MAX_SOURCE, TOKENS, math_tree

_RAISED = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
        strict=True,
    )
)
_LOWERED = dict(
    zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_ALREADY_RAISED = frozenset("′″‴⁗*†‡°")
# fmt: off
_COMBINING = {
    "~": "\u0303", "^": "\u0302", "¯": "\u0304", "―": "\u0332", "→": "\u20d7", "˙": "\u0307",
    "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306", "`": "\u0300", "´": "\u0301",
}
# fmt: on
_SPELLED = str.maketrans({"−": "-", "∼": "~", "∣": "|", "ϵ": "ε", "ϕ": "φ"})
_BIG_OPERATORS = frozenset("∑∏∐∫")
_STYLED_LETTER = re.compile("MATHEMATICAL (?!DOUBLE)|SCRIPT (?!SMALL L$)|BLACK-LETTER")
_ROOTS = {"3": "∛", "4": "∜"}


def math_text(source: str) -> str:
    """Return TeX mathematics as one line of plain Unicode: ``Õ(T^(-1/4))``; never raises.

    Reads the tree that ``to_mathml`` writes; where there is none, the source without backslashes.
    """
    return _text(source) if len(source) <= MAX_SOURCE else source.replace("\\", "")


@lru_cache(maxsize=8192)
def _text(source: str) -> str:
    tree = math_tree(source)
    text = source.replace("\\", "") if tree is None else _row(tree)
    return " ".join(text.split())


def raised(text: str, base: str = "") -> str:
    """Return ``base`` with a superscript: in Unicode's superscripts or as ``^2`` or ``^(…)``."""
    if text == "∘":
        return f"{base}°"
    return base + text if text and _ALREADY_RAISED.issuperset(text) else _script(text, base, "^")


def lowered(text: str, base: str = "") -> str:
    """Return ``base`` with a subscript: in Unicode's subscripts or as ``_d`` or ``_(…)``."""
    return _script(text, base, "_")


def _script(text: str, base: str, mark: str) -> str:
    alphabet = _RAISED if mark == "^" else _LOWERED
    if all(character in alphabet for character in text):
        return base + "".join(map(alphabet.__getitem__, text))
    return f"{base}{mark}{text}" if len(text) == 1 else f"{base}{mark}({text})"


def _row(row: Iterable[ET.Element]) -> str:
    """Return the text of a row, parted where letters would run together: ``n log n``."""
    children = [(child, text) for child in row if (text := _flat(child))]
    result = ""
    for index, (child, text) in enumerate(children):
        before = children[index - 1][0] if index else child
        following = children[index + 1][1] if index + 1 < len(children) else ""
        gap = (_is_function(child) or _is_function(before)) and text[0].isalnum()
        product = result[-1:].isalnum() or following[:1].isalnum() or following[:1] in ("(", "√")
        result += " " * (gap and result[-1:].isalnum())
        result += _enclosed(text, child.tag != "mfrac" or not product)
    return result


def _flat(element: ET.Element) -> str:
    """Return the text of an element."""
    if element.tag in TOKENS:
        return _folded(element.text or "").translate(_SPELLED)
    if element.tag in ("mrow", "math"):
        return _row(element)
    if element.tag == "mspace":
        return " " * (not element.get("width", "-").startswith("-"))
    if element.tag == "msqrt":
        return "√" + _enclosed(_row(element), len(element) == 1 and _is_atom(element[0]))
    if "linethickness" in element.attrib:
        return " choose ".join(map(_flat_base, element))
    return _FLATTENERS[element.tag](*element)


def _folded(text: str) -> str:
    """Return mathematical letters as plain ones, which can be searched; double-struck ones stay."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFKC", letter)
        if _STYLED_LETTER.match(unicodedata.name(letter, ""))
        else letter
        for letter in text
    )


def _is_function(element: ET.Element) -> bool:
    while element.tag in ARITY and element.tag != "mfrac":
        element = element[0]
    text = element.text or ""
    named = element.tag in ("mi", "mo") and len(text) > 1 and text[0].isalpha()
    return text in _BIG_OPERATORS or (named and "mathvariant" not in element.attrib)


def _is_atom(element: ET.Element) -> bool:
    return element.tag in TOKENS or (element.tag in ARITY and element.tag != "mfrac")


def _enclosed(text: str, atom: bool) -> str:
    return text if atom else f"({text})"


def _flat_base(base: ET.Element) -> str:
    text = _flat(base)
    return _enclosed(text, base.tag not in ("mrow", "mfrac") or not text)


def _flat_over(base: ET.Element, over: ET.Element) -> str:
    mark = _flat(over)
    if mark in _COMBINING:
        return _accented(base, mark)
    return _flat_base(base) if mark == "⏞" else raised(mark, _flat_base(base))


def _flat_under(base: ET.Element, under: ET.Element) -> str:
    mark = _flat(under)
    if mark in _COMBINING:
        return _accented(base, mark)
    return _flat_base(base) if mark == "⏟" else lowered(mark, _flat_base(base))


def _accented(base: ET.Element, mark: str) -> str:
    letters = (letter + _COMBINING[mark] * letter.isalnum() for letter in _flat(base))
    return unicodedata.normalize("NFC", "".join(letters))


def _flat_sub(base: ET.Element, sub: ET.Element) -> str:
    return lowered(_flat(sub), _flat_base(base))


def _flat_both(base: ET.Element, sub: ET.Element, sup: ET.Element) -> str:
    return raised(_flat(sup), _flat_sub(base, sub))


def _flat_fraction(numerator: ET.Element, denominator: ET.Element) -> str:
    over, under = (_enclosed(_flat(part), _is_atom(part)) for part in (numerator, denominator))
    return f"{over}/{under}"


def _flat_root(radicand: ET.Element, index: ET.Element) -> str:
    sign = _ROOTS.get(text := _flat(index)) or raised(text) + "√"
    return sign + _enclosed(_flat(radicand), _is_atom(radicand))


_FLATTENERS: dict[str, Callable[..., str]] = {
    "mfrac": _flat_fraction,
    "mover": _flat_over,
    "mroot": _flat_root,
    "msub": _flat_sub,
    "msubsup": _flat_both,
    "msup": lambda base, sup: raised(_flat(sup), _flat_base(base)),
    "munder": _flat_under,
    "munderover": _flat_both,
}
