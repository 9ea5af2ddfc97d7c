"""Addresses and identifiers in the fields of an entry: DOI, arXiv id, pages of the web."""

from __future__ import annotations

import re

from generator.identifiers import ARXIV_DOI_PREFIX, parse_arxiv, parse_doi
from generator.markup import link_target
from generator.sources.bibtex_entry import EntryFields

ARXIV_JOURNAL = re.compile(r"(?:CoRR|arXiv.*)", re.IGNORECASE)
"""Journals under which DBLP and others file a preprint: CoRR, "arXiv preprint arXiv:…"."""
_ESCAPED = re.compile(r"\{\\([&%#_$~])\}|\\([&%#_$~{}])")
_CORR_VOLUME = re.compile(r"abs/(.+)")
_ARXIV_IN_TEXT = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})")
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_NEXT_ADDRESS = re.compile(r"(?<=[\s;,])https?://", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def read_identifiers(entry: EntryFields) -> tuple[str | None, str | None]:
    """The DOI and the arXiv id; arXiv's own DOIs are ids of arXiv."""
    stated = plain_address(entry.get("doi"))
    doi = parse_doi(stated) if stated else None
    if doi and " " in doi:
        doi = None
    if stated and doi is None:
        entry.note("doi", f"doi: expected a DOI such as 10.1000/182 (found {stated!r})")
    arxiv = _arxiv(entry)
    if doi and doi.lower().startswith(ARXIV_DOI_PREFIX):
        return None, arxiv or parse_arxiv(doi)
    return doi, arxiv


def _arxiv(entry: EntryFields) -> str | None:
    eprint = plain_address(entry.get("eprint"))
    archive = entry.get("archiveprefix").strip(" {}").lower()
    if eprint and archive in ("", "arxiv"):
        found = parse_arxiv(eprint)
        if found is None and archive:
            entry.note("eprint", f"eprint: expected an arXiv id like 2412.19437 (found {eprint!r})")
        if found:
            return found
    url = entry.get("url")
    if "arxiv" in url.lower():
        return parse_arxiv(_first_address(plain_address(url)))
    return _arxiv_of_journal(entry)


def _arxiv_of_journal(entry: EntryFields) -> str | None:
    journal = entry.get("journal")
    if not ARXIV_JOURNAL.match(journal):
        return None
    volume = _CORR_VOLUME.match(entry.get("volume"))
    number = volume or _ARXIV_IN_TEXT.search(journal)
    return parse_arxiv(number[1]) if number else None


def read_address(entry: EntryFields, name: str) -> str | None:
    """The address of the web that a field holds; of several the first."""
    value = entry.get(name)
    if not value:
        return None
    stated = plain_address(value)
    url = _first_address(stated)
    if url[:4].lower() == "http" and link_target(url):
        if url != stated:
            entry.note(name, f"{name}: several addresses, of which the first is read: {url!r}")
        return url
    entry.note(name, f"{name}: expected an http or https address (found {url[:200]!r})")
    return None


def read_howpublished(entry: EntryFields) -> str | None:
    r"""The address in the `\url` of `howpublished`."""
    found = _URL.search(entry.get("howpublished"))
    url = plain_address(found[1]) if found else ""
    return url if url[:4].lower() == "http" and link_target(url) else None


def plain_address(value: str) -> str:
    r"""An address or an identifier: `\_` is an underscore, and `\url{…}` may stand around it.

    An address may be broken over lines, with their indentation; other white space stays.
    """
    inner = _URL.search(value) if "\\url" in value else None
    text = (inner[1] if inner else value).strip()
    if "\n" in text:
        lines = map(str.strip, text.split("\n"))
        text = "".join(f" {x}" if _SCHEME.match(x) else x for x in lines).strip()
    if "\\" not in text and "{" not in text:
        return text
    return _ESCAPED.sub(lambda found: found[1] or found[2], text).strip("{}")


def _first_address(text: str) -> str:
    second = _NEXT_ADDRESS.search(text)
    return text[: second.start()].rstrip(" \t;,") if second else text
