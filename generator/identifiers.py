"""Identifiers: our slugs and citation keys, and those of others: DOI, arXiv id, ORCID iD."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote

from anyascii import anyascii

MAX_SLUG = 80
"""Characters of the longest slug; with a folder and an ending it fits every file system."""
MAX_KEY_PART = 40

WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
"""File names that Windows keeps for devices, with any ending."""
RESERVED = WINDOWS_DEVICES | {"index", "readme", "by", "404"}
"""Slugs that would stand for another page: MkDocs reads `readme.md` as an index."""

_SYLLABIC = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0002ffff])")
"""Han characters and Hangul syllables: one word each once they are romanised."""
_SPOKEN = {"&": " and ", "%": " percent ", "+": " plus "}
_SPOKEN_CHARACTER = re.compile(r"[&%+]")
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(rf"[a-z0-9-]{{1,{MAX_SLUG}}}")
_APOSTROPHE = re.compile(r"['’ʼ`]")

STOP_WORDS = frozenset(
    """a an and are as at be beyond but by can der des did die do does el en for from has have how
    if in into is it its la le les los more my no not of on or our so than that the their there
    these they this those to toward towards un une upon using via vs was we what when where which
    who why will with within without you your""".split()
)
"""Words that a citation key passes over at the head of a title."""


@lru_cache(maxsize=262_144)
def slugify(text: str, limit: int = MAX_SLUG) -> str:
    """Lower-case ASCII letters, digits and single hyphens, at most `limit` characters.

    Any script is romanised; a text with nothing to romanise gives "". Cut at a word where the
    last word is no longer than a third of it.
    """
    if not text.isascii():
        text = anyascii(_SYLLABIC.sub(r" \1 ", text))
    text = _SPOKEN_CHARACTER.sub(lambda found: _SPOKEN[found[0]], text[: 8 * limit])
    slug = _NO_SLUG.sub("-", _APOSTROPHE.sub("", text).lower()).strip("-")
    if len(slug) <= limit:
        return slug
    cut = slug.rfind("-", 0, limit + 1)
    return slug[: cut if cut >= limit * 2 // 3 else limit].strip("-")


def is_slug(text: str) -> bool:
    """Whether the text can be an address of ours: not reserved, in the form of `slugify`."""
    return _SLUG.fullmatch(text) is not None and text not in RESERVED


def choose_slug(text: str, kind: str, taken: Container[str]) -> str:
    """A free slug for the text: readable, never reserved, numbered when others have it.

    `kind` (`paper`, `author`) names what has nothing readable: `paper-3f2a9c41`.
    """
    slug = slugify(text) or f"{kind}-{fingerprint(text)[:8]}"
    if slug in RESERVED:
        slug = f"{slug}-{kind}"
    return _first_free(slug, taken)


def _first_free(slug: str, taken: Container[str]) -> str:
    if slug not in taken:
        return slug

    def numbered(number: int) -> str:
        ending = f"-{number}"
        return slug[: MAX_SLUG - len(ending)].rstrip("-") + ending

    return numbered(_first_free_number(lambda number: numbered(number) in taken, 2))


def _first_free_number(is_taken: Callable[[int], bool], first: int) -> int:
    """A number that is free, the lowest where all below it are taken; in logarithmic time."""
    if not is_taken(first):
        return first
    low, step = first, 1
    while is_taken(low + step):
        low, step = low + step, 2 * step
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_taken(middle) else (low, middle)
    return high


def choose_citation_key(family: str, year: int | None, title: str, taken: Container[str]) -> str:
    """Family name, year and first telling word of the title: `liu2019variance`, then a, b, …"""
    name = slugify(family, MAX_KEY_PART) or "anonymous"
    base = f"{name}{year or 'nd'}{_telling_word(title)}"
    if base not in taken:
        return base
    return base + _letters(_first_free_number(lambda n: base + _letters(n) in taken, 0))


def _telling_word(title: str) -> str:
    words = [slugify(word, MAX_KEY_PART) for word in title[:500].split()]
    words = [word for word in words if word]
    return next((word for word in words if word not in STOP_WORDS), words[0] if words else "")


def _letters(number: int) -> str:
    """0 → a, 25 → z, 26 → aa, …"""
    letters = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def fingerprint(text: str) -> str:
    """16 hexadecimal digits that stand for a text; 64 bits keep 10^6 papers apart."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


UNKNOWN_YEAR: Final = "unknown"
"""What stands in addresses for the year of papers that have none."""


def subject_slug(code: str) -> str:
    """Slug of a subject class: `cs.CL` → `cs-cl`."""
    return slugify(code) or "other"


def slugify_file_name(name: str) -> str:
    """The name under which a file of somebody's is published: `My Slides.PDF` → `my-slides.pdf`."""
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        return choose_slug(name, "file", ())
    return f"{choose_slug(stem, 'file', ())}.{slugify(suffix)}"


_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?")


def parse_orcid(text: str) -> str | None:
    """An ORCID iD in its form `0000-0002-1825-0097`, or None when its check digit is wrong.

    The check digit is ISO 7064 MOD 11-2, as https://support.orcid.org describes it.
    """
    match = _ORCID.fullmatch(text.strip())
    if match is None:
        return None
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        return None
    return "-".join(match.groups()).upper()


_DOI_PLACE = re.compile(
    r"(?:https?://)?(?:(?:dx|www)\.)?doi\.org/+(?:doi:)?([^?#]*).*|(?:doi[:\s]|info:doi/)\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
"""What people write before a DOI; in an address, what follows `?` or `#` is no part of it."""
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\\\"^`{|}\ufffd]{1,2000}")
"""Prefix and suffix as https://www.doi.org/doi-handbook/HTML has them, no longer than Crossref
takes. `<` and `>` stand in old ones; what else no address may hold as it is, in none."""
_CLOSING = {")": "(", "]": "[", ">": "<", "}": "{"}
_DOI_END = frozenset(".,;:!?'\"”’")
_TEX_ESCAPE = re.compile(r"\{?\\([_%&#$])\}?")


def parse_doi(text: str) -> str | None:
    """A bare DOI such as `10.18653/v1/P19-1548` from one as people write it, or None.

    It may stand behind `doi:` or in an address of doi.org, percent-encoded or with TeX's escapes,
    and before punctuation. Upper and lower case mean the same in a DOI, and are left as they are.
    """
    text = _TEX_ESCAPE.sub(r"\1", text).strip().lstrip("<([{\"'")
    place = _DOI_PLACE.fullmatch(text)
    doi = unquote(next(filter(None, place.groups()), "") if place else text).strip()
    doi = _without_end(doi)
    return doi if doi.isprintable() and _DOI.fullmatch(doi) else None


def _without_end(doi: str) -> str:
    """The DOI without punctuation behind it; brackets that it opens itself stay."""
    end = len(doi)
    unopened = {close: doi.count(close) - doi.count(open_) for close, open_ in _CLOSING.items()}
    while end and (doi[end - 1] in _DOI_END or unopened.get(doi[end - 1], 0) > 0):
        end -= 1
        if doi[end] in unopened:
            unopened[doi[end]] -= 1
    return doi[:end]


def doi_address(doi: str) -> str:
    """The address at doi.org of a bare DOI, percent-encoded where that is needed."""
    return f"https://doi.org/{quote(doi, safe='/:;().')}"


ARXIV_DOI_PREFIX = "10.48550/arxiv."
"""Of the DOIs that arXiv gives, in lower case: https://info.arxiv.org/help/doi.html."""
_OLD_ARCHIVES = "|".join(
    """acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas
    cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex
    nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con""".split()
)
"""Archives that gave ids until March 2007, those that were merged into others since included."""
_ARXIV_PLACE = re.compile(
    r"(?:https?://)?(?:[a-z]+\.)?arxiv\.org/[a-z-]+/([^?#]*?)/?(?:\.pdf)?(?:[?#].*)?"
    r"|arxiv[:\s]\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_ARXIV = re.compile(
    rf"""(?: (?P<new>[0-9]{{2}}(?:0[1-9]|1[0-2]))\.(?P<number>[0-9]{{4,5}})
      | (?P<archive>{_OLD_ARCHIVES})(?:\.[a-z-]{{2,8}})?/
        (?P<old>(?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])[0-9]{{3}})
      ) (?:v[0-9]{{1,3}})? (?:\s*\[[a-z.-]+\])? [.,;]?""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_NEW, _FIRST_OF_FIVE = "0704", "1501"
"""Month of the first id in the present form, and of the first one with five digits."""


def parse_arxiv(text: str) -> str | None:
    """A bare arXiv id such as `2412.19437` or `cs/0112017` from one as people write it, or None.

    It may stand behind `arXiv:`, in an address of arxiv.org or in arXiv's DOI. The version is
    dropped, and of an old id the subject class too, as arXiv does: `math.GT/0309136v1` is
    `math/0309136`. The forms are those of https://info.arxiv.org/help/arxiv_identifier.html.
    """
    text = text.strip()
    doi = parse_doi(text)
    if doi is not None:
        is_arxivs = doi.lower().startswith(ARXIV_DOI_PREFIX)
        text = doi[len(ARXIV_DOI_PREFIX) :] if is_arxivs else ""
    place = _ARXIV_PLACE.fullmatch(text)
    found = _ARXIV.fullmatch(next(filter(None, place.groups()), "") if place else text)
    if found is None:
        return None
    if found["archive"]:
        return f"{found['archive'].lower()}/{found['old']}"
    digits = 5 if found["new"] >= _FIRST_OF_FIVE else 4
    if found["new"] < _FIRST_NEW or len(found["number"]) != digits:
        return None
    return f"{found['new']}.{found['number']}"


def arxiv_address(arxiv: str) -> str:
    """The address of a bare arXiv id."""
    return f"https://arxiv.org/abs/{arxiv}"
