"""Views of people and organisations: what their pages, and cards of profiles, show of them.

They are as self-contained as those of `views`, and escaped alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.catalogue.relations import LARGEST_TEAM
from generator.markup import link_target
from generator.records import AuthorNotes, ProfileRecord
from generator.render.views import Group, LinkView, subject_link


@dataclass(frozen=True, slots=True)
class MetricView:
    """One figure that a profile states."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ProfileView:
    """One retrieval of a profile: its figures, and where and when they were true."""

    metrics: Sequence[MetricView]
    source: str | None
    source_target: Markup | None
    retrieved: str | None
    listed: int
    unread: int
    declared: int | None
    name_inferred: str | None
    subject: LinkView | None


@dataclass(frozen=True, slots=True)
class CoAuthorView:
    """A co-author: link with the number of shared papers, id, and the years of those papers."""

    person: LinkView
    id: str
    years: str


@dataclass(frozen=True, slots=True)
class AuthorView:
    """The page of a person or an organisation."""

    name: str
    is_organisation: bool
    other_names: Sequence[str]
    profiles: Sequence[ProfileView]
    notes: AuthorNotes | None
    orcid_target: Markup | None
    homepage_target: Markup | None
    note_links: Sequence[tuple[str, Markup]]
    paper_count: int
    hidden_count: int
    years: Sequence[Group]
    co_authors: Sequence[CoAuthorView]
    co_author_count: int
    organisations: Sequence[LinkView]
    subjects: Sequence[LinkView]
    affiliations: Sequence[tuple[str, int]]
    number: str
    """DBLP's, where several people have the name, else ""."""
    uncounted: int = 0
    """Papers that make nobody a co-author, for more than `largest_team` signed them."""
    largest_team: int = LARGEST_TEAM


def profile_view(profile: ProfileRecord) -> ProfileView:
    """The figures of one retrieval."""
    stated = (
        ("h-index", profile.h_index, "{:,}"),
        ("Citations", profile.citations, "{:,}"),
        ("Papers declared", profile.declared_papers, "{:,}"),
        ("Novelty", profile.novelty, "{:g} %"),
        ("AI score", profile.ai_score, "{:g}"),
    )
    target = link_target(profile.source) if profile.source else None
    return ProfileView(
        metrics=[MetricView(n, form.format(v)) for n, v, form in stated if v is not None],
        source=profile.source,
        source_target=Markup(target) if target else None,
        retrieved=profile.retrieved.isoformat() if profile.retrieved else None,
        listed=profile.listed_papers,
        unread=profile.unread_papers,
        declared=profile.declared_papers,
        name_inferred=next((i.reason for i in profile.inferred if i.field == "name"), None),
        subject=subject_link(profile.subject) if profile.subject else None,
    )
