"""Names of people and organisations: as printed, taken apart, and compared.

Most sources print `Given Family`. A bibliography can say more, and a name as printed keeps it in
the form that BibTeX has for it: `Family, Given` or `Family, Jr., Given` where the family name could
not be told otherwise, `{Name}` for what must not be taken apart, and DBLP's number behind a name
that several people have (`Jan Maly 0001`, https://dblp.org/faq/1474704.html).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,，、;；]")
_ET_AL = re.compile(
    r"""(?: (?:^|(?<=[\s,，、;]))
            (?: (?:et\.?\s+|et\.|&\s*) al (?:ii|iae|ia)? | (?:and|&)\s+others )
      | \s*等 | … | \.\.\. ) [.,;]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_ET_AL = 16
"""Characters of "and others," or the like; only that much of a line's end is searched."""
_TAGS = re.compile(r"(?:\s+·\s*|·\s+)")
"""What divides authors from affiliation tags; a dot without a space is part of a name."""

_LONGEST_NAME = 60
_MOST_WORDS = 6
_ABBREVIATION = re.compile(r"\w{1,2}|.*\..*|prof|phd", re.IGNORECASE)
"""What a full stop may follow within a name; behind any other word it ends a sentence."""
_NOT_IN_NAME = re.compile(r"[\d:!?/@&=+*#%$<>\[\]{}_|\\]")

PARTICLES = frozenset(
    "af al auf av bin d da dal dalla das de degli dei del della den der des di do dos du e el het "
    "ibn la las le les lo los op 't 's te ten ter un und v van vom von y zu zum zur".split()
)
"""Lower-case words that belong to a family name (`van der Berg`), as BibTeX's von part."""

COMPOUND_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 皇甫 尉迟 尉遲 公孙 公孫 慕容 令狐 "
    "司徒 夏侯 东方 東方".split()
)
"""Chinese family names of two characters."""

KNOWN_ORGANISATIONS = frozenset(
    """deepseek-ai deepseek qwen openai anthropic meta-ai google-deepmind mistral-ai nvidia
    microsoft xai baichuan chatglm internlm bigscience eleutherai""".split()
)
"""Organisations that sign papers under one word, by `name_key` with hyphens for spaces."""

_ORGANISATION_WORD = re.compile(
    r"\b(?:team|collaboration|consortium|initiative|project|group|lab|labs|laboratory|institute|"
    r"university|universität|université|foundation|committee|society|association|inc|ltd|gmbh|"
    r"corporation|company|organization|organisation|council|network|community|developers|"
    r"contributors)\.?$|^(?:the|university of|institute of|department of)\s",
    re.IGNORECASE,
)
"""A last or first word that no person's name has."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_EAST_ASIAN = re.compile(
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0002ffff]+"
)
_GIVEN_PART = re.compile(r"[\s.-]+")
_NUMBERED = re.compile(r"(.*\S)\s(0\d{3})", re.DOTALL)
"""A name with DBLP's number; it has had no need of a fifth digit."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in the parts that citation formats ask for.

    A name that cannot be taken apart (`Madonna`, `田中太郎`) has only a family name.
    """

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """`van der Berg, Jan`; a suffix stands between, as in BibTeX: `King, Jr., Martin`."""
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)

    @property
    def displayed(self) -> str:
        """`Jan van der Berg`, `Martin King Jr.`; East Asian names as they are written: `王伟`."""
        if _EAST_ASIAN.fullmatch(self.family) and _EAST_ASIAN.fullmatch(self.given):
            return self.family + self.given
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def as_printed(self) -> str:
        """The plainest printed form that `parse_name` takes apart into these same parts."""
        for form in (self.displayed, self.inverted):
            if parse_name(form) == self:
                return form
        return f"{{{self.displayed}}}"


def cut_et_al(line: str) -> tuple[str, bool]:
    """The line without "et al." at its end, and whether it stood there."""
    line = line.rstrip()
    match = _ET_AL.search(line[-_LONGEST_ET_AL:])
    if match is None:
        return line, False
    return line[: len(line) - len(match[0])].rstrip(" ,，、"), True


def split_author_line(line: str) -> tuple[tuple[str, ...], bool]:
    """Names printed on an author line, in order, and whether "et al." cuts them off."""
    shown, truncated = cut_et_al(line)
    names: list[str] = []
    for part in map(str.strip, _SEPARATOR.split(shown)):
        if names and _SUFFIX.fullmatch(part):
            names[-1] = f"{names[-1]} {part}"
        elif part:
            names.append(part)
    return tuple(names), truncated


def cut_tags(line: str) -> tuple[str, tuple[str, ...]]:
    """The author line before its ` · `, and the affiliation tags after it."""
    if "·" not in line:
        return line, ()
    authors, *tags = _TAGS.split(line)
    parts = (part.strip() for tag in tags for part in _SEPARATOR.split(tag))
    return authors.rstrip(), tuple(filter(None, parts))


@lru_cache(maxsize=65_536)
def looks_like_name(text: str) -> bool:
    """Whether the text has the form of one full name, in any script.

    At most six words of letters, which begin with a capital, or have one inside, or are particles;
    scripts without case have capitals only.
    """
    words = text.split()
    if len(text) > _LONGEST_NAME or not 0 < len(words) <= _MOST_WORDS:
        return False
    return all(map(_is_name_word, words)) and not words[-1].islower()


def _is_name_word(word: str) -> bool:
    letters = word.strip("()\"“”'’‘.-‐,")
    if word in PARTICLES:
        return True
    if not letters or (word[-1] == "." and not _ABBREVIATION.fullmatch(letters)):
        return False
    return not letters.islower() and not _NOT_IN_NAME.search(letters)


@lru_cache(maxsize=262_144)
def name_key(name: str) -> str:
    """Form under which two printings of one name are equal, in whatever order they print it.

    Case, white space, full stops, Unicode compatibility forms and DBLP's number do not count
    (`Frank F. Xu` = `Xu, frank f`); diacritics do, because `Müller` and `Muller` may be two people.
    """
    folded = unicodedata.normalize("NFKC", display_name(name)).casefold().replace(".", " ")
    return " ".join(folded.split())


@lru_cache(maxsize=262_144)
def person_key(name: str) -> str:
    """Form under which two names are one person's: the name key, and DBLP's number behind it."""
    number = split_number(name)[1]
    return f"{name_key(name)} {number}" if number else name_key(name)


@lru_cache(maxsize=262_144)
def short_name(name: str) -> tuple[str, str]:
    """Family name and first initial, under which `L. Liu` and `Liyuan Liu` may be one.

    A script without capitals has no initials: there the given name counts whole.
    """
    parts = parse_name(name)
    given = name_key(parts.given)
    return (name_key(parts.family), given[:1] if given[:1] != given[:1].upper() else given)


def has_initials(name: str) -> bool:
    """Whether no given name is written out: `L. Liu`, `J.-P. Quill`; not so where there is none."""
    given = parse_name(name).given
    cased = given[:1].lower() != given[:1].upper()  # a Chinese given name may be one character
    return cased and all(len(part.strip(".")) < 2 for part in _GIVEN_PART.split(given))


def split_number(printed: str) -> tuple[str, str]:
    """A name as printed without DBLP's number, and that number or ""."""
    numbered = _NUMBERED.fullmatch(printed) if printed[-1:].isdecimal() else None
    return (numbered[1], numbered[2]) if numbered else (printed, "")


@lru_cache(maxsize=262_144)
def display_name(printed: str) -> str:
    """The name as people write it: `Given Family`, without braces and DBLP's number."""
    name = split_number(printed)[0]
    if _is_literal(name):
        return name[1:-1].strip()
    return parse_name(name).displayed if "," in name else name


@lru_cache(maxsize=262_144)
def parse_name(printed: str) -> PersonName:
    """Take a personal name as printed apart.

    Commas divide it as in BibTeX. Without one, the first lower-case particle behind the first word
    opens the family name; Jr., Sr. and numerals are a suffix; Chinese names of two or three
    characters and Korean names open with the family name. A name in braces is not taken apart.
    """
    name = split_number(printed)[0]
    if _is_literal(name):
        return PersonName(name[1:-1].strip())
    if "," in name:
        return _parse_inverted(name)
    words = name.split()
    suffix = words.pop() if _ends_in_suffix(words) else ""
    if len(words) == 1:
        return replace(_parse_one_word(words[0]), suffix=suffix)
    last = len(words) - 1
    start = next((n for n in range(1, last) if words[n] in PARTICLES), last)
    return PersonName(" ".join(words[start:]), " ".join(words[:start]), suffix)


def is_literal(printed: str) -> bool:
    """Whether a source says that the name must not be taken apart, as BibTeX does by braces."""
    return _is_literal(split_number(printed)[0])


def _is_literal(name: str) -> bool:
    return name[:1] == "{" and name[-1:] == "}" and bool(name[1:-1].strip(" {}"))


def _parse_inverted(name: str) -> PersonName:
    """`Family, Given`, or `Family, Suffix, Given`; what a fourth comma divides is given names."""
    family, *rest = (part.strip() for part in name.split(","))
    rest = [part for part in rest if part]
    if not family or not rest:
        return PersonName(", ".join(filter(None, (family, *rest))) or name.strip())
    if len(rest) > 1 and _SUFFIX.fullmatch(rest[0]):
        return PersonName(family, ", ".join(rest[1:]), rest[0])
    if len(rest) > 1 and _SUFFIX.fullmatch(rest[-1]):
        return PersonName(family, ", ".join(rest[:-1]), rest[-1])
    if len(rest) == 1 and _SUFFIX.fullmatch(rest[0]):
        return replace(parse_name(family), suffix=rest[0])
    words = family.split()
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):  # `Finch Jr, Otto`
        return PersonName(" ".join(words[:-1]), ", ".join(rest), words[-1])
    return PersonName(family, ", ".join(rest))


def _ends_in_suffix(words: Sequence[str]) -> bool:
    """Whether the last word is a suffix; after a single word a numeral may be a name (`Xi II`)."""
    if len(words) < 2 or not _SUFFIX.fullmatch(words[-1]):
        return False
    return len(words) > 2 or words[-1][0] in "JSjs"


def _parse_one_word(word: str) -> PersonName:
    cut = 2 if word[:2] in COMPOUND_SURNAMES else 1
    chinese = _HAN.fullmatch(word) and len(word) in (cut + 1, cut + 2)
    korean = _HANGUL.fullmatch(word) and len(word) in (2, 3)
    return PersonName(word[:cut], word[cut:]) if chinese or korean else PersonName(word)


@dataclass(frozen=True, slots=True)
class OrganisationNames:
    """Decides which names are organisations: by their form, with a site's own corrections."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, add: Collection[str], remove: Collection[str]) -> OrganisationNames:
        """Names as people write them in the settings."""
        return cls(frozenset(map(name_key, add)), frozenset(map(name_key, remove)))

    def __contains__(self, name: str) -> bool:
        """Whether the name, as printed, is an organisation's."""
        key = name_key(name)
        if key in self.removed:
            return False
        return key in self.added or is_organisation(key)


@lru_cache(maxsize=262_144)
def is_organisation(key: str) -> bool:
    """Whether a name key has the form of an organisation, or is one that is known."""
    return key.replace(" ", "-") in KNOWN_ORGANISATIONS or bool(_ORGANISATION_WORD.search(key))
