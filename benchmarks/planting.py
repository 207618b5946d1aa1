"""Planting: which measures of synthetic plans overlap, and which only look alike.

Overlaps and decoys are pairs of measures of different plans; the same work is worded with
handles of its theme or with paraphrases, which hold no handle at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from handles import is_noun, theme_handles
from openings import close, gaps_of
from sketch import Leaf, OverlapPlant, Sketch, SyntheticPlan, plans_of
from wordings import BOILERPLATE, DECOYS, FILLERS, PLACES, TITLES, TOPICS, paraphrases

__all__ = ["planted"]

#: Every plan of the first block addresses this theme, save where its lack is planted.
CORE, BLOCK = "consultation-desks", 40
#: Share of the measures that are about work of no theme, and of those with boilerplate.
LOCAL_SHARE, BOILERPLATE_SHARE = 0.5, 0.3
#: Of the measures with a theme, the share worded by paraphrase.
PARAPHRASE_SHARE = 0.3
#: Of the measures with a theme, the share with a second one.
SECOND_SHARE = 0.3
#: One overlap, and one decoy, for so many measures; least number of each.
MEASURES_PER_PLANT, LEAST_PLANTS = 20, 6
#: Of five planted overlaps, so many share a handle; the others share none.
HANDLES_OF_FIVE = 2
Slot = tuple[SyntheticPlan, Leaf]


def planted(measures: int, *, seed: int, uncurated_share: float = 0.0) -> Sketch:
    """Return plans with overlaps, decoys and gaps in them.

    :param measures: leaf measures in all
    :param uncurated_share: share of plans without curated graph
    """
    rng = random.Random(f"{seed}/{measures}/{uncurated_share}")  # noqa: S311 (no secret)
    plans = plans_of(measures, rng, uncurated_share=uncurated_share)
    gaps = gaps_of(plans, rng, core=(CORE, BLOCK))
    without_core = {gap.plan for gap in gaps if gap.kind == "b"}
    for plan in plans[:BLOCK]:
        plan.themes.add(CORE)
        if plan.iri not in without_core:
            leaf = next(leaf for leaf in plan.leaves if leaf.role == "plain")
            leaf.role = "core"
            _word(leaf, CORE, _some_handles(CORE, rng))
    overlaps = tuple(_overlaps(plans, measures, rng))
    for plan in plans:
        close(plan, rng)
        for leaf in plan.leaves:
            _fill(plan, leaf, rng)
    return Sketch(seed=seed, plans=plans, overlaps=overlaps, gaps=gaps)


def _some_handles(theme: str, rng: random.Random) -> tuple[str, ...]:
    nouns = [handle for handle in theme_handles()[theme] if is_noun(handle)]
    return tuple(rng.sample(nouns, min(3, len(nouns))))


def _word(leaf: Leaf, theme: str | None, phrases: tuple[str, ...]) -> None:
    leaf.theme, leaf.phrases = theme, phrases
    known = theme and phrases[0] not in paraphrases().get(theme, ())
    leaf.wording = ("handle" if known else "paraphrase") if theme else "local"


def _word_also(leaf: Leaf, theme: str, phrases: tuple[str, ...]) -> None:
    leaf.also, leaf.more_phrases = theme, phrases


def _local(rng: random.Random) -> str:
    return f"{rng.choice(PLACES)}の{rng.choice(TOPICS)}"


def _fill(plan: SyntheticPlan, leaf: Leaf, rng: random.Random) -> None:
    """Word a measure that nothing was planted in, and sprinkle boilerplate."""
    if not leaf.phrases:
        is_local = rng.random() < LOCAL_SHARE and not leaf.carries_out
        among = ("recidivism-prevention",) if leaf.carries_out else ()
        theme = None if is_local else _free_theme(rng, plan, among=among)
        _word(leaf, theme, _chance_words(theme, rng) if theme else (_local(rng),))
        if theme and rng.random() < SECOND_SHARE:
            also = _free_theme(rng, plan)
            _word_also(leaf, also, _chance_words(also, rng))
        if rng.random() < BOILERPLATE_SHARE:
            leaf.boilerplate = rng.randrange(len(BOILERPLATE))


def _chance_words(theme: str, rng: random.Random) -> tuple[str, ...]:
    words = paraphrases().get(theme, ())
    if words and rng.random() < PARAPHRASE_SHARE:
        return tuple(rng.sample(words, 2))
    return _some_handles(theme, rng)


def _free_theme(rng: random.Random, *plans: SyntheticPlan, among: tuple[str, ...] = ()) -> str:
    """Draw a theme that these plans do not address yet, and note that now they do."""
    themes = among or tuple(theme_handles())
    free = [theme for theme in themes if not any(theme in plan.themes for plan in plans)]
    theme = rng.choice(free or themes)
    for plan in plans:
        plan.themes.add(theme)
    return theme


def _overlaps(
    plans: tuple[SyntheticPlan, ...], measures: int, rng: random.Random
) -> Iterator[OverlapPlant]:
    count = max(LEAST_PLANTS, measures // MEASURES_PER_PLANT)
    slots = [(plan, leaf) for plan in plans for leaf in plan.leaves if leaf.role == "plain"]
    slots = [slot for slot in slots if not slot[1].without_activities]
    rng.shuffle(slots)
    for number in range(count):
        yield _overlap(number, *_two_slots(slots), rng)
        yield _decoy(number, *_two_slots(slots), rng)


def _two_slots(slots: list[Slot]) -> tuple[Slot, Slot]:
    first = slots.pop()
    place = next(i for i in reversed(range(len(slots))) if slots[i][0] is not first[0])
    return first, slots.pop(place)


def _overlap(number: int, one: Slot, other: Slot, rng: random.Random) -> OverlapPlant:
    """Give two measures the same two themes, so that few others are as near to them."""
    by_handle = number % 5 < HANDLES_OF_FIVE
    one[1].role = other[1].role = "overlap"
    for put in (_word, _word_also):
        theme = _free_theme(rng, one[0], other[0], among=tuple(paraphrases()))
        words = rng.sample(paraphrases()[theme], 3)
        if by_handle:
            shared, *more = _some_handles(theme, rng)
            put(one[1], theme, (shared, *more[:1]))
            put(other[1], theme, (shared, *more[1:]))
        else:
            put(other[1], theme, tuple(words[1:]))
            put(one[1], theme, (words[0],) if number % 2 else _some_handles(theme, rng))
    kind = "shared-theme-handle" if by_handle else "shared-theme-paraphrase"
    return _plant(kind, one, other)


def _decoy(number: int, one: Slot, other: Slot, rng: random.Random) -> OverlapPlant:
    one[1].role = other[1].role = "decoy"
    place = rng.choice(("", "地域ぐるみの", "身近な", "市内全域の"))
    if number % (len(DECOYS) + 1) == len(DECOYS):
        filler, a, b = rng.choice(FILLERS), *rng.sample(TOPICS, 2)
        for leaf, words in ((one[1], a), (other[1], b)):
            _word(leaf, None, (words,))
            leaf.title = filler.format(x=words)
    else:
        decoy, title = DECOYS[number % (len(DECOYS) + 1)], rng.choice(TITLES)
        for slot, theme, words in (
            (one, decoy.theme_a, decoy.words_a),
            (other, decoy.theme_b, decoy.words_b),
        ):
            _word(slot[1], theme, (words,))
            slot[1].wording = "handle" if theme else "local"
            slot[1].title = title.format(x=f"{place}{words}")
            slot[0].themes |= {theme} if theme else set()
    if rng.choice((True, False)):
        one[1].boilerplate = other[1].boilerplate = rng.randrange(len(BOILERPLATE))
    return _plant("decoy", one, other)


def _plant(kind: str, one: Slot, other: Slot) -> OverlapPlant:
    (plan_a, a), (plan_b, b) = sorted((one, other), key=lambda slot: slot[1].iri)
    curated = plan_a.is_curated and plan_b.is_curated
    return OverlapPlant(kind, a, b, plan_a.iri, plan_b.iri, curated)
