"""CSL-JSON: one item a paper, for reference managers, pandoc and whatever formats citations.

The schema is csl-data.json of https://github.com/citation-style-language/schema; types and
variables mean what CSL 1.0.2 says (https://docs.citationstyles.org/en/stable/specification.html,
appendices III and IV). Texts are plain: pandoc and citeproc-js read CSL's rich text (`<sup>`,
`class="nocase"`), citeproc-py prints its tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json import JSONEncoder
from typing import ClassVar

from generator.catalogue.model import Authorship, Catalogue, Paper, Person
from generator.dates import PartialDate
from generator.markup import clean_text
from generator.names import PersonName, parse_name
from generator.records import Publication
from generator.tex import plain_text

PREPRINT = "article"
"""CSL 1.0.2: "not published in a journal …; use for preprints"; so are Zotero's preprints."""
PLAIN = "document"
"""CSL 1.0.2: "a catch-all category". Where a paper stands that has no venue nobody says: that it is
on a platform (`article`, `webpage`) or unpublished (`manuscript`) would be invented. Zotero reads
`@misc` so, too."""
TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "techreport": "report",
    "book": "book",
    "proceedings": "book",
    "misc": PLAIN,
}
"""CSL types of publications, by `records.KINDS`."""

_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
"""As pandoc calls them when it reads BibTeX."""
_TYPE_KEYS = _GENRES | {
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
    "software": "Computer software",
    "datacd": "CD-ROM",
    "audiocd": "Audio CD",
}
"""Words for the keys that BibLaTeX has for `type` (its manual, under “Localization Keys”)."""
_PATENT = re.compile(r"pat(?:ent|req)(?:de|eu|fr|uk|us)?", re.IGNORECASE)
"""BibLaTeX's keys for patents: none of our types is a patent."""
_LANGUAGES = {
    name: tag
    for tag, names in {
        "af": "afrikaans", "ar": "arabic", "bg": "bulgarian", "ca": "catalan", "cs": "czech",
        "cy": "welsh", "da": "danish", "de": "german ngerman germanb deutsch",
        "de-AT": "austrian naustrian", "de-CH": "swissgerman nswissgerman",
        "el": "greek polutonikogreek", "en": "english", "en-AU": "australian",
        "en-CA": "canadian", "en-GB": "british ukenglish", "en-NZ": "newzealand",
        "en-US": "american usenglish", "eo": "esperanto", "es": "spanish español castilian",
        "es-MX": "mexican spanishmx", "et": "estonian", "eu": "basque", "fa": "persian farsi",
        "fi": "finnish", "fr": "french francais français frenchb", "fr-CA": "acadian canadien",
        "ga": "irish", "gl": "galician", "he": "hebrew", "hi": "hindi", "hr": "croatian",
        "hu": "hungarian magyar", "id": "indonesian bahasai", "is": "icelandic", "it": "italian",
        "ja": "japanese", "ko": "korean", "la": "latin", "lt": "lithuanian", "lv": "latvian",
        "ms": "malay bahasam", "nb": "norsk bokmål", "nl": "dutch", "nn": "nynorsk",
        "no": "norwegian", "pl": "polish", "pt": "portuguese portuges",
        "pt-BR": "brazilian brazil", "ro": "romanian", "ru": "russian", "sk": "slovak",
        "sl": "slovene slovenian", "sr": "serbian", "sv": "swedish", "th": "thai",
        "tr": "turkish", "uk": "ukrainian", "vi": "vietnamese", "zh": "chinese mandarin",
        "zh-Hans": "chinese-simplified chinese-hans",
        "zh-Hant": "chinese-traditional chinese-hant",
    }.items()
    for name in names.split()
}  # fmt: skip
"""BCP 47 tags by the names that babel (https://ctan.org/pkg/babel) and polyglossia have for
languages, and by names in English."""
_LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
    re.IGNORECASE,
)
"""Language, script, region and variants (RFC 5646, section 2.1)."""
_ISSUED_BY_VENUE = frozenset(["thesis", "report"])
"""Types whose venue is a school or an institution."""
_RANGE = re.compile(r"\s*(?:--+|[‒–—])\s*")
_ENDED = re.compile(r"[.!?。]$")


def csl_item(
    paper: Paper, catalogue: Catalogue, site_url: str | None, *, abstract: bool
) -> dict[str, object]:
    """The paper as an item of CSL-JSON, with what is known of it and nothing else.

    A cut author list holds the printed names alone: "others" is no name, though pandoc reads it so.
    That the list goes on, `note` says to people and `custom.truncated` to programs. A date lacks
    what is unknown; `note` says where its year is inferred.
    """
    item: dict[str, object] = {
        "id": paper.citation_key,
        "type": csl_type(paper.publication),
        "title": clean_text(paper.plain_title),
    }
    if paper.authors:
        item["author"] = [_csl_name(author_name(a, catalogue.people)) for a in paper.authors]
    if paper.publication.editors:
        item["editor"] = [_csl_name(parse_name(name)) for name in paper.publication.editors]
    date = paper.publication_date
    if date and date.year:
        item["issued"] = {"date-parts": [_date_parts(date, date.year)]}
    item |= _placed(paper.publication)
    if url := web_address(paper, site_url):
        item["URL"] = url
    if note := " ".join(remarks(paper)):
        item["note"] = note
    if paper.truncated:
        item["custom"] = {"truncated": True}
    if abstract and (text := abstract_text(paper)):
        item["abstract"] = text
    return item


def csl_type(publication: Publication) -> str:
    """The type of what is published so; an article in no journal is a preprint, or plain."""
    if publication.venue or publication.kind not in ("article", "misc"):
        return TYPES[publication.kind]
    return PREPRINT if publication.arxiv else PLAIN


def author_name(author: Authorship, people: Mapping[str, Person]) -> PersonName:
    """The name as one paper prints it, taken apart; an organisation's is one part.

    Where the person's name reads the same, and some source says where its family name begins, that
    holds here as well.
    """
    person = people[author.person]
    if person.is_organisation:
        return PersonName(author.shown)
    return person.parts if person.name == author.shown else parse_name(author.printed)


def web_address(paper: Paper, site_url: str | None) -> str:
    """The paper's own address, else its preprint's, else our page where it has no better place.

    "" where there is none. `site_url` is absolute and ends in a slash.
    """
    publication = paper.publication
    if publication.url:
        return clean_text(publication.url)
    if publication.arxiv:
        return f"https://arxiv.org/abs/{publication.arxiv}"
    if site_url is None or publication.doi or publication.venue:
        return ""
    return f"{site_url}papers/{paper.id}/"


def remarks(paper: Paper) -> Iterator[str]:
    """Sentences about the paper: what bibliographies and people note, and what is not certain."""
    notes = [plain_line(paper.publication.details.get("note", ""))]
    if paper.notes:
        notes += [clean_text(note) for note in (paper.notes.award, paper.notes.note) if note]
    yield from map(_sentence, filter(None, notes))
    if paper.truncated:
        yield "The author list is cut: the paper has more authors than are named."
    if reason := paper.reason_inferred("date"):
        yield _sentence(f"The year is inferred: {clean_text(reason)}")


def _sentence(text: str) -> str:
    return text if _ENDED.search(text) else f"{text}."


def abstract_text(paper: Paper) -> str:
    """The authors' abstract as plain text on one line, or ""."""
    if not paper.abstract or paper.abstract_is_summary:
        return ""
    return clean_text(plain_text(paper.abstract))


@lru_cache(maxsize=16_384)
def plain_line(text: str) -> str:
    """A text with TeX in it as plain Unicode on one line; remembered, for venues return."""
    return clean_text(plain_text(text))


def _csl_name(name: PersonName) -> dict[str, str]:
    if not name.given and not name.suffix:
        return {"literal": clean_text(name.family)}
    # Particles stay in the family name: pandoc and citeproc-js find them there, and Zotero drops
    # them where they stand apart.
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {part: clean_text(text) for part, text in parts.items() if text}


def _date_parts(date: PartialDate, year: int) -> list[int]:
    if not date.month:
        return [year]
    return [year, date.month, date.day] if date.day else [year, date.month]


def _placed(publication: Publication) -> dict[str, str]:
    """The variables that say where a publication stands, those of which something is known."""
    details = {name: plain_line(text) for name, text in publication.details.items()}
    kind = csl_type(publication)
    venue = plain_line(publication.venue or "")
    found = {
        "container-title": "" if kind in _ISSUED_BY_VENUE else venue,
        "collection-title": details.get("series"),
        "volume": details.get("volume"),
        **_number(publication, details),
        "page": _RANGE.sub("-", details.get("pages", "")),
        "chapter-number": details.get("chapter"),
        "edition": details.get("edition"),
        "genre": _genre(details.get("type", "")) or _GENRES.get(publication.kind),
        "publisher": _publisher(kind, venue, details),
        "publisher-place": details.get("address"),
        "ISBN": details.get("isbn"),
        "ISSN": details.get("issn"),
        "DOI": publication.doi,
        "language": language_tag(details.get("language", "")),
        "keyword": ", ".join(map(plain_line, publication.keywords)),
    }
    return {variable: text for variable, text in found.items() if text}


def _genre(stated: str) -> str:
    """The type of a thesis or a report in words; "" for that of a patent."""
    return "" if _PATENT.fullmatch(stated) else _TYPE_KEYS.get(stated.casefold(), stated)


def language_tag(stated: str) -> str:
    """The BCP 47 tag of a language, given as such a tag or by its name in TeX; else ""."""
    tag = stated.strip().replace("_", "-")
    if _LANGUAGE_TAG.fullmatch(tag):
        return tag
    return _LANGUAGES.get(tag.casefold().removeprefix("lang"), "")


def _number(publication: Publication, details: Mapping[str, str]) -> dict[str, str]:
    """What BibTeX's one field for numbers means: an issue, a report's or a series' number."""
    if csl_type(publication) == PREPRINT:
        # So arXiv wants to be cited, and so does Zotero write it.
        return {"number": f"arXiv:{publication.arxiv}"}
    if publication.kind in ("techreport", "phdthesis", "mastersthesis", "misc"):
        return {"number": details.get("number", "")}
    in_series = publication.kind != "article" and "series" in details
    return {"collection-number" if in_series else "issue": details.get("number", "")}


def _publisher(kind: str, venue: str, details: Mapping[str, str]) -> str:
    if kind == PREPRINT:
        return "arXiv"
    if kind in _ISSUED_BY_VENUE and venue:
        return venue
    stated = (details.get(name, "") for name in ("publisher", "organization", "howpublished"))
    # BibTeX's `howpublished` is often an address.
    return next((name for name in stated if name and "://" not in name), "")


class CslJsonExporter:
    """Writes each paper of a catalogue once and reuses the item in every list that holds it."""

    suffix: ClassVar[str] = ".csl.json"

    def __init__(self, catalogue: Catalogue, site_url: str | None) -> None:
        self._catalogue = catalogue
        self._site_url = site_url
        self._items: dict[str, str] = {}

    def paper(self, paper: Paper) -> str:
        """A list of one paper, with its abstract."""
        item = self._item(paper)
        if text := abstract_text(paper):
            item = f'{item.removesuffix(_END)},\n    "abstract": {_encode(text)}{_END}'
        return _listed([item])

    def papers(self, papers: Iterable[Paper]) -> str:
        """A list of papers in their order, without abstracts."""
        return _listed(map(self._item, papers))

    def _item(self, paper: Paper) -> str:
        found = self._items.get(paper.id)
        if found is None:
            item = csl_item(paper, self._catalogue, self._site_url, abstract=False)
            found = self._items[paper.id] = _written(item)
        return found


_encode = JSONEncoder(ensure_ascii=False).encode
_END = "\n  }"


def _listed(items: Iterable[str]) -> str:
    """Items as a document: a variable a line, so that a change is seen where it is."""
    text = ",\n".join(items)
    return f"[\n{text}\n]\n" if text else "[]\n"


def _written(item: Mapping[str, object]) -> str:
    lines = (f'    "{variable}": {_encode(value)}' for variable, value in item.items())
    return "  {\n" + ",\n".join(lines) + _END
