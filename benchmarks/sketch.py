"""What synthetic plans are made of, before they are written."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from welfaregraph import vocab

__all__ = ["STYLES", "GapPlant", "Leaf", "OverlapPlant", "Sketch", "SyntheticPlan", "plans_of"]

#: With 5 actor kinds × 2 activities; titles only; measures with parts and bullets.
STYLES = ("actors", "titles", "parts")
#: Mean number of leaf measures in a plan, and the least and most.
MEAN, LEAST, MOST = 20, 15, 25
MOST_GOALS = {"actors": 7, "titles": 7, "parts": 5}
PLAN_TYPES = ("community-welfare", "community-welfare-activity")
WEIGHTS = (6, 5, 4, 3, 2)


@dataclass
class Leaf:
    """A leaf measure: what it is about, and what is left out of it on purpose."""

    iri: str
    order: int
    parent: int = 0  #: number of the measure it is part of, 0 if none
    role: str = "plain"  #: plain, core, overlap, decoy
    theme: str | None = None  #: slug; none: work of no theme
    also: str | None = None  #: slug of a second theme
    wording: str = ""  #: handle, paraphrase, local
    phrases: tuple[str, ...] = ()  #: words for the work, the first for the title
    more_phrases: tuple[str, ...] = ()  #: words for the second theme
    title: str = ""  #: printed title; drawn from the phrases where empty
    boilerplate: int | None = None
    target_group: str = ""  #: slug of the target group that its text names
    items: tuple[int, ...] = ()  #: required items it covers
    item_in_part: int = 0  #: required item it covers in part
    carries_out: bool = False  #: carries out the contained plan
    silent_kind: str = ""  #: kind of actor without an activity here
    without_activities: bool = False
    without_actor: bool = False  #: its last activity names nobody

    @property
    def themes(self) -> tuple[str, ...]:
        """Slugs of what it is about, the main theme first."""
        return tuple(theme for theme in (self.theme, self.also) if theme)

    @property
    def subject(self) -> str:
        """What its title is built on."""
        return "と".join(words[0] for words in (self.phrases, self.more_phrases) if words)

    @property
    def actorless(self) -> str:
        """Its activity that names nobody."""
        return f"{self.iri}#item-1"

    @property
    def is_whole(self) -> bool:
        """Whether all kinds of actor act and nothing is left out."""
        return not (self.silent_kind or self.without_activities or self.without_actor)


@dataclass
class SyntheticPlan:
    """One plan and what is stated of it as a whole."""

    index: int
    code: str  #: of the municipality, check digit included
    plan_type: str
    style: str
    is_curated: bool
    goals: int
    leaves: list[Leaf] = field(default_factory=list)
    themes: set[str] = field(default_factory=set)  #: slugs in use
    sibling: SyntheticPlan | None = None  #: the other plan of the municipality
    answers_sibling: bool = True  #: states the relation that the sibling states
    sdgs: tuple[int, ...] = (3, 11)
    untied_sdg: int = 0  #: claimed for the plan and by no goal
    empty_goal: bool = False  #: a last goal without measures
    has_contained: bool = False
    carries_contained: bool = True  #: a measure carries out the contained plan
    named_group: str = ""  #: target group that its first goal names
    names_group_again: bool = True  #: and a measure, too
    absent_item: int = 0  #: required item that nothing covers
    is_item_in_part: bool = False  #: or covers only in part

    @property
    def iri(self) -> str:
        """The edition."""
        return f"{vocab.ID}{self.code}/{self.plan_type}/1"

    @property
    def path(self) -> str:
        """Its folder below ``plans/``."""
        return f"plans/{self.code}/{self.plan_type}/1"

    @property
    def document(self) -> str:
        """The document it is held in."""
        return f"{vocab.ID}doc/synthetic-{self.index + 1}"

    @property
    def last_goal(self) -> int:
        """Number of the last goal, the empty one included."""
        return self.goals + self.empty_goal

    @property
    def contained(self) -> str:
        """The statutory plan that it contains."""
        return f"{self.iri}/contained/recidivism-prevention"


@dataclass(frozen=True)
class OverlapPlant:
    """Two measures that do the same work, or only look like it."""

    kind: str  #: shared-theme-handle, shared-theme-paraphrase, decoy
    a: Leaf
    b: Leaf
    plan_a: str
    plan_b: str
    curated: bool  #: whether curated themes tell the truth of both sides


@dataclass(frozen=True)
class GapPlant:
    """A gap made on purpose, as the gap queries would name it."""

    kind: str  #: a to h
    plan: str
    subject: str
    missing: str
    status: str


@dataclass(frozen=True)
class Sketch:
    """Everything before it is written."""

    seed: int
    plans: tuple[SyntheticPlan, ...]
    overlaps: tuple[OverlapPlant, ...]
    gaps: tuple[GapPlant, ...]


def municipality_code(number: int) -> str:
    """Return a code that no municipality has (prefecture 90), with its check digit.

    >>> municipality_code(1)
    '900010'
    """
    digits = f"{90000 + number:05d}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return f"{digits}{(11 - total % 11) % 10}"


def sizes(measures: int, rng: random.Random) -> list[int]:
    """Return how many leaf measures each plan has, 15 to 25, in all just as many as asked.

    :raises ValueError: fewer than three plans' worth
    """
    if measures < 3 * LEAST:
        raise ValueError(f"at least {3 * LEAST} measures, not {measures}")
    plans = max(3, round(measures / MEAN))
    found = [rng.randint(LEAST, MOST) for _ in range(plans)]
    while (left := measures - sum(found)) != 0:
        step = 1 if left > 0 else -1
        index = rng.randrange(plans)
        if LEAST <= found[index] + step <= MOST:
            found[index] += step
    return found


def plans_of(
    measures: int, rng: random.Random, *, uncurated_share: float
) -> tuple[SyntheticPlan, ...]:
    """Return plans with bare measures, two plans to a municipality.

    :param uncurated_share: share of plans that no curator has touched
    """
    found: list[SyntheticPlan] = []
    for index, size in enumerate(sizes(measures, rng)):
        plan = SyntheticPlan(
            index=index,
            code=municipality_code(index // 2 + 1),
            plan_type=PLAN_TYPES[index % 2],
            style=STYLES[index % 3],
            is_curated=rng.random() >= uncurated_share,
            goals=rng.randint(3, MOST_GOALS[STYLES[index % 3]]),
        )
        plan.leaves = list(_leaves(plan, size, rng))
        if index % 2:
            plan.sibling, found[-1].sibling = found[-1], plan
        found.append(plan)
    return tuple(found)


def _leaves(plan: SyntheticPlan, size: int, rng: random.Random) -> list[Leaf]:
    if plan.style != "parts":
        return [Leaf(f"{plan.iri}/measure/{n}", order=n) for n in range(1, size + 1)]
    found: list[Leaf] = []
    parent = 0
    while len(found) < size:
        parent += 1
        left = size - len(found)
        parts = left if left in (2, 3) else min(rng.randint(2, 3), max(2, left - 2))
        found += [
            Leaf(f"{plan.iri}/measure/{parent}/part/{n}", order=n, parent=parent)
            for n in range(1, parts + 1)
        ]
    return found
