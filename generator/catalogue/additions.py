"""What people add to papers of the catalogue: identifiers, a venue, files, and a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.catalogue.model import Catalogue, Paper
from generator.catalogue.publications import merge_publications
from generator.errors import Problem
from generator.identifiers import slugify_file_name
from generator.records import PaperNotes, Publication
from generator.tex import plain_text
from generator.validation import nearest


def add_notes(
    catalogue: Catalogue, notes: Mapping[str, PaperNotes]
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue with the notes on its papers, each under the paper that has its address.

    What people write holds against what bibliographies say; where the two contradict each other,
    a problem names both places. Notes under a former address are shown at the present one.
    """
    papers = dict(catalogue.papers)
    problems: list[Problem] = []
    # Of two notes on one paper, those under its present address come first.
    for slug in sorted(notes, key=lambda slug: (slug not in papers, slug)):
        written = notes[slug]
        paper, found = _paper_of(written, papers, catalogue.redirects)
        problems += found
        if paper is not None:
            publication = _publication(paper.publication, written)
            problems += _contradictions(paper, written, publication)
            papers[paper.id] = replace(
                paper,
                code=paper.code or written.code is not None,
                publication=publication,
                notes=written,
            )
    problems.sort(key=lambda problem: problem.origin)
    return replace(catalogue, papers=papers), tuple(problems)


def _paper_of(
    written: PaperNotes, papers: Mapping[str, Paper], redirects: Mapping[str, str]
) -> tuple[Paper | None, tuple[Problem, ...]]:
    """The paper that notes are on, by its present or a former address."""
    slug, origin = written.slug, written.provenance.origin
    present = redirects.get(f"papers/{slug}", "").removeprefix("papers/")
    paper = papers.get(slug) or papers.get(present)
    if paper is None:
        # A slip rarely spoils both ends; to compare with all of 100,000 ids takes seconds.
        near = [known for known in papers if known[:3] == slug[:3] or known[-3:] == slug[-3:]]
        meant = nearest(slug, near)
        hint = f"; did you mean {meant!r}?" if meant else ""
        message = f"no paper has the address {slug!r}; not shown{hint}"
        return None, (Problem(origin, None, message),)
    if paper.notes is not None:
        first = paper.notes.provenance.origin
        message = f"{first} holds notes on the same paper, {paper.id!r}; these are not shown"
        return None, (Problem(origin, None, message),)
    if paper.id != slug:
        message = f"the paper {slug!r} has the address {paper.id!r} now: rename this file"
        return paper, (Problem(origin, None, message),)
    return paper, ()


def _publication(stated: Publication, written: PaperNotes) -> Publication:
    """What the sources state, and over it what people wrote."""
    changed = stated
    if written.venue is not None:
        kind = _kind(stated.kind, written.venue)
        changed = replace(stated, kind=kind, venue=written.venue)
        if kind != stated.kind:
            # Volume and pages of another kind of publication are none of this one's.
            here = Publication(kind=kind, venue=written.venue)
            changed = merge_publications([here, replace(stated, kind="misc", venue=None)])
    if written.arxiv not in (None, stated.arxiv):
        changed = replace(changed, primary_class=None)
    return replace(changed, doi=written.doi or stated.doi, arxiv=written.arxiv or stated.arxiv)


def _contradictions(paper: Paper, written: PaperNotes, shown: Publication) -> Iterator[Problem]:
    """A problem for each value of the sources that people wrote otherwise."""
    for name in ("doi", "arxiv", "venue"):
        stated, ours = getattr(paper.publication, name), getattr(written, name)
        if not stated or not ours or _agree(name, stated, ours):
            continue
        records = (listing.record for listing in paper.listings)
        places = (r.provenance for r in records if getattr(r.publication, name) == stated)
        message = f"{name}: {ours!r} is shown, while {next(places, 'a source')} says {stated!r}"
        if name == "venue" and shown.kind != paper.publication.kind:
            message += ", whose volume, pages and the like are left out"
        yield Problem(written.provenance.origin, None, message)


def _agree(name: str, stated: str, ours: str) -> bool:
    """Whether two values mean the same, or one is the venue's short name within the other."""
    if name != "venue":
        return stated.lower() == ours.lower()
    words = (re.sub(r"[\W_]+", " ", plain_text(venue)).strip() for venue in (stated, ours))
    one, other = (f" {venue.casefold()} " for venue in words)
    return one in other or other in one


def published_name(place: str | None) -> str | None:
    """The name of a file of the notes in the folder of the paper's page; None for an address."""
    return None if place is None or "://" in place else slugify_file_name(place)


def place_files(
    files: Mapping[str, bytes], notes: Mapping[str, PaperNotes], catalogue: Catalogue
) -> dict[str, bytes]:
    """The files of a site, by path: those of notes in the folder of the page that shows them.

    As they were read they stand under the address that the notes are named for; files of notes
    that are not shown are left out.
    """
    shown = {paper.notes.slug: paper.id for paper in catalogue.papers.values() if paper.notes}
    placed = dict(files)
    moved = {}
    for slug, written in notes.items():
        for name in filter(None, map(published_name, (written.pdf, written.slides))):
            data = placed.pop(f"papers/{slug}/{name}", None)
            if data is not None and slug in shown:
                moved[f"papers/{shown[slug]}/{name}"] = data
    return placed | moved


_BOOKS = frozenset({"inproceedings", "incollection", "inbook", "proceedings"})
_KIND_WORD = re.compile(
    r"""\b(?: (?P<article> journal | transactions | trans\. | letters | reviews? | annals | magazine
        | proc (?: eedings | \. )\ (?: of\ the\ )? (?: ieee$ | acm\ on | vldb\ endow
            | nat (?: ional | l\. )\ acad | r (?: oyal | \. )\ soc ) )
      | (?P<inproceedings> proceedings | proc\. | conference | conf\. | workshops? | symposium
        | meeting | congress | colloquium ) )""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a venue calls itself. Some journals are named Proceedings."""
_CONFERENCES = frozenset(
    """AAAI AACL ACL AISTATS ASPLOS CAV CCS CHI CIKM COLING COLM COLT CoNLL CoRL CRYPTO CVPR EACL
    ECCV ECIR EMNLP EUROCRYPT FOCS HPCA ICALP ICASSP ICCV ICDE ICDM ICLR ICML ICRA ICSE IJCAI
    IJCNLP INTERSPEECH IROS ISCA KDD LREC MICCAI MLSys NAACL NDSS NeurIPS NIPS NSDI OOPSLA OSDI
    PLDI PODS POPL RecSys RSS SIGCOMM SIGGRAPH SIGIR SIGMOD SODA SOSP STOC UAI UIST VLDB WACV
    WSDM WWW""".split()
)
"""Conferences that people name by their letters alone, such as `ICLR 2024`."""


def kind_of_venue(venue: str) -> str | None:
    """The entry type that the name of a venue tells, or None.

    The first word that says what it is decides (`Journal of Physics: Conference Series`), and
    without one the letters of a well-known conference (`Findings of EMNLP 2023`).
    """
    text = plain_text(venue)
    word = _KIND_WORD.search(text)
    if word is not None:
        return word.lastgroup
    letters = re.findall(r"[A-Za-z]+", text)
    return "inproceedings" if not _CONFERENCES.isdisjoint(letters) else None


def _kind(stated: str, venue: str) -> str:
    """The entry type of a paper for which somebody wrote down the venue.

    A type that the sources state stays unless the venue tells another; a paper that had none is
    an article, for journals often have names of no kind (`Nature`).
    """
    told = kind_of_venue(venue)
    if stated == "misc":
        return told or "article"
    if told is None or (told == "inproceedings" and stated in _BOOKS):
        return stated
    return told
