"""Split a line that runs a paper's title and its author list together without a separator.

`GRIN: GRadient-INformed MoELiyuan Liu, Young Jin Kim` has no mark where the title ends.  Every
place where a name could begin is a candidate; each candidate collects traits of the text on its
two sides, one table gives each trait a weight, and the candidate with the highest sum wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

_PRINTED_NAMES = 3
_LONGEST_NAME = 80  # characters; it also bounds the work on a line of any length
_LONGEST_HIDDEN = 24  # characters; less, since every one of them costs a look-up

_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_PARTICLES = frozenset(
    "af al bin da dal de del della den der di do dos du e el ibn la le ter van von y zu".split()
)
_CAPITAL = r"[^\W\d_a-z]"
_PREFIXED = re.compile(rf"(?:Ma?c|D[eiu]|Del|L[aeiou]|V[ao]n|Fitz|San|Jo){_CAPITAL}")
_SYLLABLES = re.compile(r"(?:[A-Z][hy]?[aeiouy]{1,3}(?:ng?|h|k|m|l)?){2,3}")

# Patterns over kinds of characters serve every alphabet.  A: upper case, a: lower case, c: letter
# without case, m: combining mark, 9: digit, blank: any space; the rest stands for itself.
_WORD_SHAPE = re.compile(
    r"(?P<initials>A|(?:A\.-?)+A?)"
    r"|(?P<plain>(?:[Aa]'|A-)?Aa+(?:'a+)*(?:[-'](?:A')?[Aa]a*)*\.?)"
    r"|(?P<camel>Aa[Aa'-]*)"
    r"|(?P<capped>AA+a[Aa'-]*)"
    r"|(?P<capitals>A[A-]+)"
    r"|(?P<uncased>c+(?:[-']c+)*)"
    r"|(?P<nickname>\(A[Aa-]+\)|\"A[Aa-]+\")"
    r"|(?P<lower>(?:a+-)*a+)"
)
# Read leftwards from the boundary; the first alternative that fits names what stands there.
_LEFT_SHAPE = re.compile(
    r"(?P<opening>-(?! )|[/&@(\[{<]|[^Aacm9 -]+(?: |$))"
    r"|(?P<abbreviation>\.|'A(?![Aa]))"
    r"|(?P<apostrophe>'(?=[Aa]))"
    r"|(?P<acronyms>a+AA)"
    r"|(?P<hump>a*A+a)"
    r"|(?P<scrap>[Aa]{1,2}(?![Aa]))"
    r"|(?P<short_word>[Aa]{3,4}(?![Aa]))"
    r"|(?P<word>[Aa]{5})"
    r"|(?P<uncased>[cm])"
    r"|(?P<digit>9)"
    r"|(?P<closing>.)"
)
_VISIBLE = re.compile(r"A(?<=[^ ]A)|c(?<=[^ cm]c)")

# Fitted as a conditional logit on one half of 136,000 lines glued from a bibliography of conference
# papers, then rounded to halves; what made no difference there is left out and weighs nothing.  Set
# by hand, since that corpus has next to none of them: known names, elision, letters without case.
_KNOWN_NAME = 6.0
_KNOWN_LATER_NAME = 1.0
_KNOWN_WORD = 1.0
_UNKNOWN_WORD = -1.0
_WORD_COUNT = (-2.0, 5.0, 1.5, -0.5, -2.0)  # a name of one word, of two, ... of five or more
_UNCASED_NAME = 5.0  # in place of the count: such scripts often write a full name as one word
_FIRST_WORD = {
    "syllables": 4.0, "plain": 3.5, "uncased": 3.5, "prefixed": 1.5, "initials": 0.5,
    "capitals": 0.5, "camel": -1.5, "odd": -3.0, "capped": -3.5,
}  # fmt: skip
_INNER_WORD = {
    "initials": 1.0, "prefixed": 1.0, "plain": 0.5, "uncased": 0.5,
    "capped": -1.0, "lower": -1.5, "camel": -2.0, "odd": -3.5,
}  # fmt: skip
_LEFT = {
    "closing": 4.0, "word": 3.5, "uncased": 3.5, "digit": 1.5, "short_word": 1.0, "acronyms": 1.0,
    "hump": 0.5, "scrap": -1.0, "apostrophe": -1.5, "abbreviation": -3.0, "opening": -5.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Split:
    """A title, its authors as printed, and why the boundary was put between them."""

    title: str
    authors: tuple[str, ...]
    reason: str


class _Part(NamedTuple):
    """A comma part of the line, and the offset of its end in the line."""

    text: str
    end: int


class _Candidate(NamedTuple):
    """A place where the first author's name may begin, and the number of authors after him."""

    score: float
    position: int
    later: int


def split_title_and_authors(
    line: str, known_names: Collection[str], title_words: Collection[str]
) -> Split | None:
    """The most likely split of `line`, or None when no boundary can be seen in it.

    `known_names` are full names as printed elsewhere; `title_words` are lower-cased words of this
    paper's abstract and of other titles.  Either may be empty.  At most the last three comma parts
    and a bounded stretch of each are looked at; no text whatever makes this raise.
    """
    text = line.strip()
    parts = list(_parts(text))
    candidates = _candidates(parts, known_names, title_words)
    best = max(candidates, default=None, key=itemgetter(0))
    if best is None or best.score < 0:  # more speaks against even the best one than for it
        return None
    title = text[: best.position].rstrip()
    first = text[best.position : parts[best.later].end]
    later = tuple(part.text for part in reversed(parts[: best.later]))
    reason = _reason(_last_word(title), first, known_names, title_words)
    return Split(title, (first, *later), reason)


def _reason(
    last_word: str, name: str, known_names: Collection[str], title_words: Collection[str]
) -> str:
    if name in known_names:
        return f'the name "{name}" stands elsewhere in the load'
    if _is_known(last_word, title_words):
        return f'the word "{last_word}" stands in the abstract or in another title'
    return f'"{name}" has the likeliest shape of a name'


def _parts(line: str) -> Iterator[_Part]:
    """The last comma parts from right to left, a suffix such as 'Jr.' joined to its name."""
    found = 0
    start = end = len(line) + 2
    for part in reversed(line.rsplit(", ", 2 * _PRINTED_NAMES)):
        start -= len(part) + 2
        if found < _PRINTED_NAMES and not _SUFFIX.fullmatch(part):
            yield _Part(line[start : end - 2], end - 2)
            end = start
            found += 1


def _candidates(
    parts: list[_Part], known_names: Collection[str], title_words: Collection[str]
) -> Iterator[_Candidate]:
    rivals: list[_Part] = []  # a later part that holds no candidate adds the same to all others
    for number, part in enumerate(parts):
        text = part.text[-_LONGEST_NAME:]
        shape = text.translate(_KINDS)
        cuts = _cuts(text, shape, known_names)
        later = sum(_later_score(rival.text, known_names) for rival in rivals) if cuts else 0.0
        for cut in cuts:
            score = later + _name_score(text[cut:], shape[cut:])
            score += _left_score(text[:cut], shape[:cut], title_words)
            if text[cut:] in known_names:
                score += _KNOWN_NAME
            yield _Candidate(score, part.end - len(text) + cut, number)
        if cuts or rivals:
            rivals.append(part)


def _cuts(text: str, shape: str, known_names: Collection[str]) -> list[int]:
    """Where a name may begin: at what looks like a beginning, or wherever a known name does."""
    cuts = [match.start() for match in _VISIBLE.finditer(shape)]
    if known_names and text not in known_names:
        starts = range(max(1, len(text) - _LONGEST_HIDDEN), len(text))
        hidden = [cut for cut in starts if text[cut:] in known_names and shape[cut - 1] != " "]
        cuts += [cut for cut in hidden if cut not in cuts]
    return cuts


def _later_score(name: str, known_names: Collection[str]) -> float:
    text = name[-_LONGEST_NAME:]
    known = _KNOWN_LATER_NAME if name in known_names else 0.0
    return known + _name_score(text, text.translate(_KINDS))


def _name_score(text: str, shape: str) -> float:
    """How much a text looks like one full name."""
    words = text.partition(", ")[0].split()  # without a suffix such as 'Jr.'
    kinds = list(map(_word_kind, words, shape.split()))
    if not kinds:
        return _WORD_COUNT[0]
    score = _FIRST_WORD.get(kinds[0], 0.0)
    for kind in kinds[1:]:
        score += _INNER_WORD.get(kind, 0.0)
    if kinds == ["uncased"]:
        return score + _UNCASED_NAME
    return score + _WORD_COUNT[min(len(kinds), len(_WORD_COUNT)) - 1]


def _word_kind(word: str, shape: str) -> str:
    match = _WORD_SHAPE.fullmatch(shape)
    if match is None:
        return _word_kind(word, shape.replace("m", "")) if "m" in shape else "odd"
    kind = match.lastgroup or "odd"
    if kind == "camel":
        if _PREFIXED.match(word):
            return "prefixed"
        return "syllables" if _SYLLABLES.fullmatch(word) else "camel"
    return "particle" if kind == "lower" and word in _PARTICLES else kind


def _left_score(left: str, shape: str, title_words: Collection[str]) -> float:
    """How much a title looks complete where it would end."""
    match = _LEFT_SHAPE.match(shape[::-1])
    score = _LEFT[(match and match.lastgroup) or "opening"]
    if title_words:
        score += _KNOWN_WORD if _is_known(_last_word(left), title_words) else _UNKNOWN_WORD
    return score


def _last_word(left: str) -> str:
    words = left.rsplit(None, 1)
    return words[-1].strip(".,:;?!()[]\"'“”‘’*") if words else ""


def _is_known(word: str, title_words: Collection[str]) -> bool:
    lowered = word.lower()
    return lowered in title_words or lowered.rpartition("-")[2] in title_words


class _Kinds(dict[int, str]):
    """A translation table from characters to their kinds, complete without holding them all."""

    def __missing__(self, code: int) -> str:
        return _kind(chr(code))


def _kind(char: str) -> str:
    if char.isupper() or char.istitle():
        return "A"
    if char.islower():
        return "a"
    if char.isspace():
        return " "
    if char in "'’`‘ʼ":
        return "'"
    if char in "-‐‑":
        return "-"
    return {"L": "c", "M": "m", "N": "9"}.get(unicodedata.category(char)[0], char)


_KINDS = _Kinds({code: _kind(chr(code)) for code in range(0x250)})
