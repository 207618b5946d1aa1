"""What a draft holds: each value with its place, its recogniser and its confidence."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Activity",
    "Draft",
    "Entry",
    "Found",
    "Goal",
    "Measure",
    "Part",
    "Period",
    "Place",
    "Related",
    "Sdg",
    "Statute",
]


@dataclass(frozen=True, order=True)
class Place:
    """Lines of one of the documents drafted together."""

    document: int  #: from 0
    first: int  #: line, from 1
    last: int


@dataclass(frozen=True)
class Found:
    """One value as printed."""

    text: str
    place: Place
    recogniser: str
    confidence: float  #: 0 to 1


@dataclass(frozen=True)
class Activity:
    """What one kind of actor does."""

    actor: str  #: citizen, community, business, government or council
    category: str  #: the plan's own word for the actor
    label: Found


@dataclass(frozen=True)
class Part:
    """A sub-heading of a measure."""

    number: str
    label: Found
    items: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Measure:
    """A unit below a goal."""

    number: str
    label: Found
    parts: tuple[Part, ...] = ()
    items: tuple[Found, ...] = ()
    activities: tuple[Activity, ...] = ()
    wordings: tuple[Found, ...] = ()  #: its title where it is printed differently


@dataclass(frozen=True)
class Goal:
    """A unit directly below the philosophy."""

    number: str
    label: Found
    measures: tuple[Measure, ...] = ()
    wordings: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Period:
    """The years a plan runs."""

    label: Found
    start_fiscal_year: int
    end_fiscal_year: int


@dataclass(frozen=True)
class Statute:
    """A statute that the plan cites."""

    name: Found
    article: str  #: as printed, digits in ASCII; empty where none is


@dataclass(frozen=True)
class Related:
    """Another plan that the document names."""

    title: Found
    relation: str  #: upper, lower, related, previous or council


@dataclass(frozen=True)
class Sdg:
    """One of the Sustainable Development Goals."""

    number: int
    name: Found


@dataclass(frozen=True)
class Entry:
    """A name and what is said of it: a glossary entry, an indicator, a role."""

    name: Found
    text: str


@dataclass(frozen=True)
class Draft:
    """A plan as far as the recognisers could read it; what is not there is empty."""

    is_plan: bool = True
    reason: str = ""  #: why it is no plan: a key of the messages ``draft.no-plan.*``
    municipality: Found | None = None
    plan_title: Found | None = None
    component_plans: tuple[Found, ...] = ()
    edition: tuple[Found, ...] = ()
    period: Period | None = None
    philosophy: Found | None = None
    vision: Found | None = None
    goals: tuple[Goal, ...] = ()
    unplaced_measures: tuple[Measure, ...] = ()
    other_plans: tuple[Draft, ...] = ()
    indicators: tuple[Entry, ...] = ()
    roles: tuple[Entry, ...] = ()
    statutes: tuple[Statute, ...] = ()
    contained_plans: tuple[Found, ...] = ()
    related_plans: tuple[Related, ...] = ()
    sdgs: tuple[Sdg, ...] = ()
    glossary: tuple[Entry, ...] = ()
    review: Found | None = None
    issuers: tuple[Found, ...] = ()
    documents: tuple[int, ...] = ()  #: which of those drafted together are its own, from 0
