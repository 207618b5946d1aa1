"""Choose the overlap engine's free parameters by repeated cross-validation.

The development pairs and seven other sets of judged pairs, each with curated themes and
without, and the development pairs with the themes of a second curator: 17 tasks. Each round
holds out a quarter of the measures of each plan with all their pairs, takes the setting that
does best on the pairs left (mean of average precision over the tasks, then the thresholds with
the best mean of F1, one with curated themes and one without), and measures it on the pairs held
out. Reported are how often each value
won, what the winners reach on pairs they have not seen, and the same for what the program
ships, whose threshold all pairs chose: where intervals overlap, the simpler setting and round
values stay. A first part tells, on all pairs, what each value of each parameter costs.

``python benchmarks/choose.py [--rounds 100] [--seed 1]``.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

import welfaregraph
from accuracy import average_precision, f1
from judged import JudgedPair, judged_pairs, plans
from sets import CHOOSING, recurated, set_measures, set_pairs, set_plans
from welfaregraph.measures import Measure
from welfaregraph.overlap import DEFAULTS, UNCURATED, Settings, overlaps
from welfaregraph.themes import Ladder

GRID = {
    "side": (0.3, 0.4, 0.5),
    "broader": (0.5, 0.6, 0.7),
    "wording": (0.4, 0.5, 0.6),
    "thinning": (0.0, 0.5, 1.0),
}
#: Share of the measures of each plan that a round holds out.
HELD_OUT = 4
#: What the program ships, with curated themes and without.
SHIPPED = {"curated": DEFAULTS, "uncurated": UNCURATED}
THRESHOLDS = tuple(step / 100 for step in range(10, 41))

Scores = Mapping[frozenset[str], float]
Table = dict[Settings, Scores]


@dataclass(frozen=True)
class Task:
    """One set of judged pairs, run one way."""

    name: str
    pairs: Sequence[JudgedPair]
    groups: Sequence[Sequence[str]]  #: measures, plan by plan
    table: Table
    way: str = "curated"  #: or uncurated


def settings() -> list[Settings]:
    """Return every setting of the grid; thresholds are chosen apart."""
    return [
        replace(DEFAULTS, **dict(zip(GRID, values, strict=True)))
        for values in itertools.product(*GRID.values())
    ]


def tasks(graph: welfaregraph.PlanGraph) -> list[Task]:
    """Return the tasks with the score of every pair under every setting."""
    ladder = Ladder.of(graph.ask("theme-ladder").rows())
    fillers = [str(row["words"]) for row in graph.ask("filler-words").rows()]

    def table(measures: Sequence[Measure]) -> Table:
        return {
            setting: {
                frozenset((pair.a.iri, pair.b.iri)): pair.score
                for pair in overlaps(
                    measures,
                    ladder,
                    settings=setting,
                    fillers=fillers,
                    min_score=0,
                )
            }
            for setting in {*settings(), DEFAULTS}
        }

    second = table(recurated(graph.measures()))
    found = [Task("development, second", judged_pairs(), plans(), second)]
    for way in SHIPPED:
        uncurated = way == "uncurated"
        own = table(graph.measures(uncurated=uncurated))
        found.append(Task(f"development, {way}", judged_pairs(), plans(), own, way))
        for name in CHOOSING:
            scores = table(set_measures(name, graph, uncurated=uncurated))
            pairs, groups = set_pairs(name), set_plans(name)
            found.append(Task(f"{name}, {way}", pairs, groups, scores, way))
    return found


def parted(task: Task, held: set[str]) -> tuple[list[JudgedPair], list[JudgedPair]]:
    """Part the pairs into those without a measure held out and all those with one."""
    outside = [pair for pair in task.pairs if pair.a not in held and pair.b not in held]
    inside = [pair for pair in task.pairs if pair.a in held or pair.b in held]
    return outside, inside


def precision(scores: Scores, pairs: Iterable[JudgedPair]) -> float:
    """Return the average precision on these pairs."""
    known = list(pairs)
    return average_precision(
        [scores.get(pair.key, 0.0) for pair in known], [pair.is_overlap for pair in known]
    )


def f1_at(scores: Scores, pairs: Iterable[JudgedPair], least: float) -> float:
    """Return F1 on these pairs with a threshold."""
    known = list(pairs)
    said = [scores.get(pair.key, 0.0) >= least for pair in known]
    return f1(said, [pair.is_overlap for pair in known])


def spread(values: list[float]) -> str:
    """Return the mean and the middle nine tenths."""
    ordered = sorted(values)
    low, high = (ordered[int(len(ordered) * share)] for share in (0.05, 0.95))
    return f"{statistics.mean(values):.3f} [{low:.3f}, {high:.3f}]"


Parts = Sequence[tuple[Task, list[JudgedPair]]]


def _mean(parts: Parts, figure: Callable[[Table, list[JudgedPair]], float]) -> float:
    return statistics.mean(figure(task.table, pairs) for task, pairs in parts)


def ranking(parts: Parts, setting: Settings) -> float:
    """Return the mean of average precision over the tasks."""
    return _mean(parts, lambda table, pairs: precision(table[setting], pairs))


def decision(parts: Parts, setting: Settings, least: float) -> float:
    """Return the mean of F1 over the tasks."""
    return _mean(parts, lambda table, pairs: f1_at(table[setting], pairs, least))


def run(parts: Parts, way: str) -> Parts:
    """Return the tasks that are run one way, hence decided by one threshold."""
    return [part for part in parts if part[0].way == way]


def best(parts: Parts) -> tuple[Settings, dict[str, float]]:
    """Return the setting that ranks best on these pairs, and the best threshold of each way."""
    known = sorted(parts[0][0].table, key=astuple)
    setting = max(known, key=lambda one: ranking(parts, one))
    return setting, {
        way: max(THRESHOLDS, key=lambda least: decision(run(parts, way), setting, least))
        for way in SHIPPED
    }


def drawn(known: Sequence[Task], rng: random.Random) -> tuple[Parts, Parts]:
    """Hold measures out so that two overlaps at least are on either side of every task."""
    groups = {plan[0]: sorted(plan) for task in known for plan in map(list, task.groups)}
    while True:
        held = {
            measure
            for plan in groups.values()
            for measure in rng.sample(plan, round(len(plan) / HELD_OUT))
        }
        both = [(task, *parted(task, held)) for task in known]
        parts = [part for _, *two in both for part in two]
        if min(sum(pair.is_overlap for pair in part) for part in parts) > 1:
            return [(task, left) for task, left, _ in both], [(t, out) for t, _, out in both]


def validated(known: Sequence[Task], rounds: int, seed: int) -> None:
    """Print what cross-validation says."""
    rng = random.Random(seed)  # noqa: S311 (resampling, not secrets)
    won: dict[str, Counter[float]] = {name: Counter() for name in (*GRID, *SHIPPED)}
    figures: dict[tuple[str, str], list[float]] = {}
    for _ in range(rounds):
        train, test = drawn(known, rng)
        setting, least = best(train)
        for name in GRID:
            won[name][getattr(setting, name)] += 1
        for way, at in least.items():
            won[way][at] += 1
        shipped = {way: one.least for way, one in SHIPPED.items()}
        for of, one, thresholds in (("won", setting, least), ("shipped", DEFAULTS, shipped)):
            for task, pairs in test:
                scores = task.table[one]
                for kind, value in (
                    ("AP", precision(scores, pairs)),
                    ("F1", f1_at(scores, pairs, thresholds[task.way])),
                ):
                    figures.setdefault((f"{task.name:<24}{kind}", of), []).append(value)
    print(f"held-out pairs, {rounds} rounds: mean and middle nine tenths")
    for (name, of), values in figures.items():
        print(f"  {name}  {of:<8}{spread(values)}")
    print("values that won")
    for name, times in won.items():
        print(f"  {name:<9}" + ", ".join(f"{v:g} {n} times" for v, n in times.most_common(6)))


def costs(known: Sequence[Task]) -> None:
    """Print what each value of each parameter gives on all pairs, the others as shipped."""
    parts = [(task, list(task.pairs)) for task in known]
    print("on all pairs, the others as shipped: mean AP, best mean F1 curated, uncurated")
    for name, values in GRID.items():
        for value in values:
            setting = replace(DEFAULTS, **{name: value})
            if setting not in parts[0][0].table:
                continue
            mark = " (shipped)" if setting == DEFAULTS else ""
            each = "  ".join(_at_best(run(parts, way), setting) for way in SHIPPED)
            print(f"  {name:<9}{value:<5g}AP {ranking(parts, setting):.3f}  {each}{mark}")
    for way in SHIPPED:
        decided = run(parts, way)
        print(f"threshold, {way}: mean F1, and of each task")
        for least in (step / 100 for step in range(18, 29)):
            each = "  ".join(f"{f1_at(t.table[DEFAULTS], p, least):.3f}" for t, p in decided)
            print(f"  {least:.2f}  F1 {decision(decided, DEFAULTS, least):.3f}   {each}")


def _at_best(parts: Parts, setting: Settings) -> str:
    f, least = max((decision(parts, setting, at), -at) for at in THRESHOLDS)
    return f"F1 {f:.3f} at {-least:.2f}"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    known = tasks(welfaregraph.load())
    print("shipped:", *SHIPPED.values(), sep="\n  ")
    costs(known)
    validated(known, arguments.rounds, arguments.seed)


if __name__ == "__main__":
    main()
