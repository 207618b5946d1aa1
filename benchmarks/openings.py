"""What synthetic plans leave open: gaps of every kind, and no others beside them."""

from __future__ import annotations

import random
from collections.abc import Callable

from handles import THEME
from sketch import GapPlant, Leaf, SyntheticPlan
from welfaregraph import vocab
from wordings import ACTIVITIES, GROUPS

__all__ = ["ITEM", "ITEMS", "SDG", "close", "gaps_of"]

#: One gap of each kind for so many plans.
PLANS_PER_GAP = 20
#: The items that the Social Welfare Act (Article 107, paragraph 1) asks of a plan.
ITEM, ITEMS = f"{vocab.ID}law/326AC0000000045/art-107/para-1/item-", (1, 2, 3, 4, 5)
SDG = "http://metadata.un.org/sdg/"
#: Goals that plans claim, and those that are claimed and tied to nothing.
UNTIED_SDGS = (1, 4, 5, 10, 16, 17)
Maker = Callable[[SyntheticPlan, random.Random], GapPlant]


def gaps_of(
    plans: tuple[SyntheticPlan, ...], rng: random.Random, *, core: tuple[str, int]
) -> tuple[GapPlant, ...]:
    """Plant gaps of every kind, at least one each.

    :param core: theme that the plans of the first block address, and how many they are
    """
    theme, block = core
    for plan in plans:
        is_open = plan.is_curated and plan.plan_type == "community-welfare"
        plan.has_contained = is_open and plan.index % 3 != 1
        plan.named_group = rng.choice(sorted(GROUPS)) if plan.style != "titles" else ""

    def peers(plan: SyntheticPlan, _: random.Random) -> GapPlant:
        return GapPlant("b", plan.iri, plan.iri, THEME + theme, "absent")

    kinds: tuple[tuple[Maker, Callable[[SyntheticPlan], bool]], ...] = (
        (_item, lambda p: p.is_curated and p.plan_type == "community-welfare"),
        (peers, lambda p: p.is_curated and p.index < block),
        (_goal, lambda _: True),
        (_measure, lambda p: p.style == "actors"),
        (_activity, lambda p: p.style == "actors"),
        (_kind, lambda p: p.style == "actors"),
        (_untied, lambda p: p.index % 2 == 0),
        (_unclaimed, lambda p: p.index % 2 == 1),
        (_one_sided, lambda p: p.index % 2 == 0 and p.sibling is not None),
        (_contained, lambda p: p.has_contained),
        (_group, lambda _: True),
    )
    found = []
    for maker, can in kinds:
        able = [plan for plan in plans if can(plan)]
        count = min(len(able), max(1, len(plans) // PLANS_PER_GAP))
        found += [maker(plan, rng) for plan in rng.sample(able, count)]
    return tuple(sorted(found, key=lambda gap: (gap.kind, gap.plan, gap.subject)))


def close(plan: SyntheticPlan, rng: random.Random) -> None:
    """Give a plan what keeps it from having gaps beside the planted ones."""
    free = [leaf for leaf in plan.leaves if leaf.role == "plain" and leaf.is_whole]
    if plan.is_curated and plan.plan_type == "community-welfare":
        for item in ITEMS:
            leaf = rng.choice(free)
            if item != plan.absent_item:
                leaf.items = (*leaf.items, item)
            elif plan.is_item_in_part:
                leaf.item_in_part = item
    if plan.has_contained and plan.carries_contained:
        rng.choice(free).carries_out = True
    if plan.named_group and plan.names_group_again:
        rng.choice(free).target_group = plan.named_group


def _whole_leaf(plan: SyntheticPlan, rng: random.Random) -> Leaf:
    return rng.choice([leaf for leaf in plan.leaves[1:] if leaf.is_whole])


def _item(plan: SyntheticPlan, rng: random.Random) -> GapPlant:
    plan.absent_item = rng.choice(ITEMS)
    plan.is_item_in_part = rng.choice((True, False))
    status = "partial" if plan.is_item_in_part else "absent"
    return GapPlant("a", plan.iri, plan.iri, f"{ITEM}{plan.absent_item}", status)


def _goal(plan: SyntheticPlan, _: random.Random) -> GapPlant:
    plan.empty_goal = True
    goal = f"{plan.iri}/goal/{plan.last_goal}"
    return GapPlant("c", plan.iri, goal, f"{vocab.WG}Measure", "absent")


def _measure(plan: SyntheticPlan, rng: random.Random) -> GapPlant:
    leaf = _whole_leaf(plan, rng)
    leaf.without_activities = True
    return GapPlant("c", plan.iri, leaf.iri, f"{vocab.WG}Activity", "absent")


def _activity(plan: SyntheticPlan, rng: random.Random) -> GapPlant:
    leaf = _whole_leaf(plan, rng)
    leaf.without_actor = True
    return GapPlant("c", plan.iri, leaf.actorless, f"{vocab.WG}isPerformedBy", "absent")


def _kind(plan: SyntheticPlan, rng: random.Random) -> GapPlant:
    leaf = _whole_leaf(plan, rng)
    leaf.silent_kind = rng.choice(sorted(ACTIVITIES))
    missing = f"{vocab.SCHEME}actor-kind/{leaf.silent_kind}"
    return GapPlant("d", plan.iri, leaf.iri, missing, "absent")


def _untied(plan: SyntheticPlan, rng: random.Random) -> GapPlant:
    plan.untied_sdg = rng.choice(UNTIED_SDGS)
    return GapPlant("e", plan.iri, plan.iri, f"{SDG}{plan.untied_sdg}", "absent")


def _unclaimed(plan: SyntheticPlan, _: random.Random) -> GapPlant:
    plan.sdgs = ()
    missing = f"{vocab.WG}contributesToSDG"
    return GapPlant("e", plan.iri, plan.iri, missing, "not-claimed")


def _one_sided(plan: SyntheticPlan, _: random.Random) -> GapPlant:
    assert plan.sibling is not None
    plan.sibling.answers_sibling = False
    return GapPlant("f", plan.iri, plan.iri, plan.sibling.iri, "one-sided")


def _contained(plan: SyntheticPlan, _: random.Random) -> GapPlant:
    plan.carries_contained = False
    missing = f"{vocab.WG}carriesOutPlan"
    return GapPlant("g", plan.iri, plan.contained, missing, "absent")


def _group(plan: SyntheticPlan, rng: random.Random) -> GapPlant:
    plan.named_group = plan.named_group or rng.choice(sorted(GROUPS))
    plan.names_group_again = False
    missing = f"{vocab.SCHEME}target-group/{plan.named_group}"
    return GapPlant("h", plan.iri, f"{plan.iri}/goal/1", missing, "absent")
