r"""TeX mathematics as MathML, by latex2mathml between two allow-lists, and as plain Unicode.

latex2mathml reads a far larger language than titles and abstracts use, part of it able to write
attributes (``\href``, ``\style``, ``\class``), and it writes ``<`` and ``&`` unescaped. So
nothing of its text output is used: its element tree is rebuilt, element by element, from the lists
below and written out here.
"""

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from latex2mathml.converter import convert_to_element

MAX_SOURCE = 2_000
"""Longest source that is converted, in characters; real pieces are below 100."""

_MAX_BRACES = 20
_MAX_TREE = 60
"""Deepest element tree: chains such as ``\\hat\\hat\\hat x`` nest without braces."""

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


SYMBOLS = _words(
    """
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu
    nu xi omicron pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    pm mp times div cdot ast star circ bullet oplus ominus otimes oslash odot cap cup uplus sqcap
    sqcup vee wedge lor land lnot neg setminus wr amalg dag dagger ddag ddagger boxtimes boxplus
    ltimes rtimes intercal
    le leq leqslant ge geq geqslant ll gg lll ggg lt gt ne neq equiv sim simeq approx approxeq cong
    propto asymp doteq prec succ preceq succeq precsim succsim subset supset subseteq supseteq
    subsetneq supsetneq nsubseteq sqsubseteq sqsupseteq in ni notin mid nmid parallel perp models
    vdash dashv vDash lesssim gtrsim lessapprox gtrapprox nleq ngeq nsim bowtie triangleq coloneq
    colon trianglelefteq trianglerighteq
    to gets leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow
    longrightarrow longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow mapsto
    longmapsto hookrightarrow hookleftarrow uparrow downarrow updownarrow Uparrow Downarrow nearrow
    searrow swarrow nwarrow rightharpoonup leftharpoonup rightleftharpoons rightleftarrows leadsto
    rightsquigarrow twoheadrightarrow implies iff nrightarrow nleftarrow
    infty partial nabla forall exists nexists emptyset varnothing ell hbar imath jmath Re Im aleph
    wp prime angle triangle square Box Diamond diamond top bot degree checkmark ldots cdots dots
    vdots ddots dotsc dotsb therefore because sharp flat natural clubsuit heartsuit spadesuit
    diamondsuit bigstar
    sum prod coprod int iint iiint oint bigcup bigcap bigvee bigwedge bigoplus bigotimes bigodot
    log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min sup inf
    lim limsup liminf arg argmax argmin det dim ker hom deg gcd Pr bmod
    langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert lbrace rbrace
    """
)
"""Macros that stand for one symbol or function name and take no argument."""

_STRUCTURES = _words(
    """
    hat tilde bar vec dot ddot acute grave breve check widehat widetilde overline underline
    overrightarrow overleftarrow overbrace underbrace overset underset stackrel sqrt frac dfrac
    tfrac cfrac binom dbinom tbinom mathbb mathcal mathbf mathrm mathit mathsf mathtt mathfrak
    mathscr mathnormal mathds boldsymbol bm pmb left right middle big Big bigg Bigg bigl bigr Bigl
    Bigr biggl biggr Biggl Biggr pmod limits displaystyle textstyle quad qquad
    """
)

# fmt: off
_TEXTS = {
    "text": ("mtext", ""), "textrm": ("mtext", ""), "textup": ("mtext", ""),
    "textmd": ("mtext", ""), "textnormal": ("mtext", ""), "textsc": ("mtext", ""),
    "mbox": ("mtext", ""), "hbox": ("mtext", ""), "textbf": ("mtext", "bold"),
    "textit": ("mtext", "italic"), "textsl": ("mtext", "italic"), "emph": ("mtext", "italic"),
    "textsf": ("mtext", "sans-serif"), "texttt": ("mtext", "monospace"),
    "mathrm": ("mi", "normal"), "operatorname": ("mo", ""), "operatorname*": ("mo", ""),
}
# fmt: on

ALLOWED_MACROS = SYMBOLS | _STRUCTURES | frozenset(_TEXTS)
"""Every control word that may reach latex2mathml; no environment, link, style or definition."""

_ALLOWED_ESCAPES = frozenset("%&_#${},;:!> |")

_ALIASES = {
    "sim": "thicksim",  # latex2mathml writes \sim as an ASCII tilde
    "overline": "bar",  # its \overline does not stretch
    "arg": "operatorname{arg}",  # unknown to it
    "dag": "dagger",
    "ddag": "ddagger",
    "dfrac": "frac",
    "tfrac": "frac",
    "cfrac": "frac",
    "dbinom": "binom",
    "tbinom": "binom",
    "mathds": "mathbb",
    "displaystyle": " ",
    "textstyle": " ",
}

_SIZED_DELIMITERS = {r"\{": "{", r"\}": "}", r"\|": "‖"}  # left as TeX after \big

TOKENS = frozenset({"mi", "mn", "mo", "mtext"})
ARITY = dict.fromkeys(("mfrac", "mover", "mroot", "msub", "msup", "munder"), 2)
ARITY |= {"msubsup": 3, "munderover": 3}
ALLOWED_ELEMENTS = TOKENS | frozenset(ARITY) | {"math", "mrow", "mspace", "msqrt"}
"""The presentation elements of MathML Core that pass (https://www.w3.org/TR/mathml-core/)."""

_SIZE = re.compile(r"-?\d+(?:\.\d+)?em")
_FLAG = re.compile("true|false")
_ATTRIBUTES = {
    "accent": _FLAG,
    "accentunder": _FLAG,
    "fence": _FLAG,
    "form": re.compile("prefix|infix|postfix"),
    "linethickness": re.compile("0"),
    "lspace": _SIZE,
    "mathvariant": re.compile("[a-z]+(?:-[a-z]+){0,2}"),
    "maxsize": _SIZE,
    "minsize": _SIZE,
    "movablelimits": _FLAG,
    "rspace": _SIZE,
    "separator": _FLAG,
    "stretchy": _FLAG,
    "width": _SIZE,
}
ALLOWED_ATTRIBUTES = frozenset(_ATTRIBUTES) | {"display", "xmlns"}

_FIRST_LEAF = 0xE000
# Control characters, surrogates and what XML 1.0 forbids; the private-use area marks our leaves.
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")
_PIECE = re.compile(
    rf"""
    \\(?P<text>{"|".join(map(re.escape, _TEXTS))})[ ]*
      \{{(?P<content>(?:[^\\{{}}$]|\\[%&_\#${{}},\ ])++)\}}
  | (?P<number>(?<![\w.,^_}}])[1-9]\d{{0,2}}(?:(?:,|\{{,\}})\d{{3}})++(?:\.\d+)?(?!\d|,\d))
  | (?P<percent>%)
  | \\(?P<name>[A-Za-z]+)
  | \\(?P<escape>.?)
  | (?P<refused>[&\#$])
    """,
    re.VERBOSE | re.DOTALL,
)
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


class _Leaf(NamedTuple):
    """A token element written by us, standing in the source as one private-use character."""

    tag: str
    text: str
    variant: str = ""

    def element(self) -> ET.Element:
        attributes = {"mathvariant": self.variant} if self.variant else {}
        element = ET.Element(self.tag, attributes)
        element.text = self.text
        return element


class _RefusedError(Exception):
    """The source leaves the part of TeX that is shown as mathematics."""


def to_mathml(source: str, display: bool = False) -> str | None:
    """Return ``source`` as one line of MathML, or None when it cannot be shown safely.

    ``source`` is TeX without its dollars. In the result every ASCII character of text that is no
    letter, digit or space is a decimal entity, so that Markdown sees none. Never raises.
    """
    # Before the cache, which would keep a megabyte of refused source alive.
    return _markup(source, display) if len(source) <= MAX_SOURCE else None


@lru_cache(maxsize=8192)
def _markup(source: str, display: bool) -> str | None:
    tree = math_tree(source, display)
    return None if tree is None else _serialised(tree)


def math_tree(source: str, display: bool = False) -> ET.Element | None:
    """Return the ``math`` element of ``source``, or None; what ``to_mathml`` writes out.

    Holds only ALLOWED_ELEMENTS and ALLOWED_ATTRIBUTES, without namespace prefixes. Never raises.
    """
    try:
        prepared, leaves = _prepare(source)
        raw = convert_to_element(prepared, display="block" if display else "inline")
        tree = _rebuilt(raw, leaves, 0)
    # latex2mathml raises StopIteration, IndexError, RecursionError and what else it comes upon.
    except Exception:  # noqa: BLE001
        return None
    if len(tree) == 1 and tree[0].tag == "mo":
        # An operator alone has no operands to stand off from: 16$\\times$3.8B is one word.
        tree[0].attrib |= {"lspace": "0em", "rspace": "0em"}
    tree.set("xmlns", _NAMESPACE)
    tree.set("display", "block" if display else "inline")
    return tree


def _prepare(source: str) -> tuple[str, Sequence[_Leaf]]:
    """Return the source for latex2mathml and the leaves that were taken out of it.

    Texts are taken out because latex2mathml ends them at the first brace and keeps their escapes;
    numbers with thousands separators, because it would cut them at each comma.
    """
    if len(source) > MAX_SOURCE or _UNUSABLE.search(source):
        raise _RefusedError
    leaves: list[_Leaf] = []

    def replace(piece: re.Match[str]) -> str:
        leaf = _leaf(piece)
        if leaf is None:
            return _passed(piece)
        leaves.append(leaf)
        return chr(_FIRST_LEAF + len(leaves) - 1)

    prepared = _PIECE.sub(replace, source)
    _check_braces(prepared)
    return prepared, leaves


def _leaf(piece: re.Match[str]) -> _Leaf | None:
    """Return the token element that a text or a grouped number stands for."""
    if piece["number"]:
        return _Leaf("mn", piece["number"].replace("{,}", ","))
    if not piece["text"]:
        return None
    tag, variant = _TEXTS[piece["text"]]
    content = re.sub(r"\\(.)", lambda m: " " if m[1] in ", " else m[1], piece["content"])
    if piece["text"] != "mathrm":
        return _Leaf(tag, content.replace(" ", "\N{NO-BREAK SPACE}").replace("~", "\xa0"), variant)
    # Other mathrm arguments are mathematics. An identifier of several letters is upright anyway.
    return _Leaf(tag, content, "normal" * (len(content) == 1)) if content.isalpha() else None


def _passed(piece: re.Match[str]) -> str:
    r"""Return what goes to latex2mathml in place of a piece; ``%`` would open a comment there."""
    if piece["percent"]:
        return r"\%"
    if piece["text"]:  # \mathrm{x_1}
        return piece[0]
    if (name := piece["name"]) in SYMBOLS or name in _STRUCTURES:
        return "\\" + alias if (alias := _ALIASES.get(name, name)) != " " else " "
    if piece["escape"] and piece["escape"] in _ALLOWED_ESCAPES:
        return piece[0]
    raise _RefusedError


def _check_braces(source: str) -> None:
    depth = 0
    for brace in _BRACE.findall(source):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if not 0 <= depth <= _MAX_BRACES:
            raise _RefusedError
    if depth:
        raise _RefusedError


def _rebuilt(raw: ET.Element, leaves: Sequence[_Leaf], depth: int) -> ET.Element:
    """Return a copy of latex2mathml's element, made of allowed parts and of the leaves."""
    if raw.tag not in ALLOWED_ELEMENTS or depth > _MAX_TREE:
        raise _RefusedError
    if raw.tag in TOKENS:
        if len(raw):
            raise _RefusedError
        return _token(raw, leaves)
    element = ET.Element(raw.tag, _kept(raw))
    children = (_rebuilt(child, leaves, depth + 1) for child in raw)
    element.extend(_spliced(children) if raw.tag in ("math", "msqrt") else children)
    if len(element) != ARITY.get(raw.tag, len(element)):
        raise _RefusedError
    # A row of one is that one: a quarter of the bytes.
    return element[0] if raw.tag == "mrow" and len(element) == 1 else element


def _spliced(children: Iterator[ET.Element]) -> Iterator[ET.Element]:
    """Yield the children, a bare row replaced by its own: math and msqrt are rows themselves."""
    for child in children:
        if child.tag == "mrow" and not child.attrib:
            yield from child
        else:
            yield child


def _token(raw: ET.Element, leaves: Sequence[_Leaf]) -> ET.Element:
    text = _REFERENCE.sub(lambda reference: chr(int(reference[1], 16)), raw.text or "")
    if len(text) == 1 and ord(text) - _FIRST_LEAF in range(len(leaves)):
        return leaves[ord(text) - _FIRST_LEAF].element()
    text = _SIZED_DELIMITERS.get(text, text)
    if "\\" in text or _UNUSABLE.search(text):  # an unknown macro comes back as it was
        raise _RefusedError
    attributes = _kept(raw)
    if (styled := _alphanumeric(text, attributes.get("mathvariant", ""))) != text:
        del attributes["mathvariant"]
    element = ET.Element(_token_tag(raw.tag, text), attributes)
    element.text = styled
    return element


def _token_tag(tag: str, text: str) -> str:
    """Return the token element for ``text``, where latex2mathml's choice would space it wrongly."""
    if tag == "mi" and re.fullmatch(r"\.\d+", text):
        return "mn"
    if tag == "mi" and len(text) == 1 and unicodedata.category(text) in {"Sm", "Ps", "Pe"}:
        return "mo"
    return "mi" if text in {"∞", "∅", "⊤", "⊥"} else tag


def _alphanumeric(text: str, variant: str) -> str:
    """Return the mathematical letter or digit of a variant, or ``text`` when Unicode has none.

    MathML Core knows ``mathvariant="normal"`` only, so Chromium shows no other.
    """
    if len(text) != 1 or variant in {"", "normal"}:
        return text
    letter = re.sub("^(LATIN|GREEK) | LETTER", "", unicodedata.name(text, ""))
    style = variant.replace("-", " ").upper().replace("DOUBLE STRUCK", "DOUBLE-STRUCK")
    old = style.replace("FRAKTUR", "BLACK-LETTER")  # ℝ, ℒ and ℭ are older than the block
    for name in (f"MATHEMATICAL {style} {letter}", f"{old} {letter}"):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    return text


def _kept(raw: ET.Element) -> dict[str, str]:
    return {
        name: value
        for name, value in raw.attrib.items()
        if name in _ATTRIBUTES and _ATTRIBUTES[name].fullmatch(value)
    }


def _serialised(element: ET.Element) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in element.attrib.items())
    content = _PUNCTUATION.sub(lambda mark: f"&#{ord(mark[0])};", element.text or "")
    content += "".join(map(_serialised, element))
    return f"<{element.tag}{attributes}>{content}</{element.tag}>"
