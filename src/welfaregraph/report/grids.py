"""The tables of numbers of a report, which become heat maps and matrices.

Pure functions over measures, overlaps and rows of ``queries/activities.rq``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfaregraph.projection import tops

if TYPE_CHECKING:
    from welfaregraph.measures import Measure
    from welfaregraph.overlap import Overlap
    from welfaregraph.store import Row
    from welfaregraph.themes import Ladder

__all__ = ["Grid", "actor_measures", "measure_pairs", "plan_themes", "strongest"]

#: Rows and columns of a table of measures, at most: the strongest.
LARGEST = 40
#: (row, column) → value.
Cells = Mapping[tuple[int, int], float]


@dataclass(frozen=True)
class Grid:
    """A table of numbers: a heat map, or a matrix of counts."""

    kind: str  #: plan-theme, measure-measure or actor-measure
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Cells  #: (row, column) → count or score; absent where there is none
    names: tuple[str, ...] = ()  #: labels of the plans it is about
    left_out: int = 0  #: rows and columns that did not fit


def strongest(grids: Sequence[Grid], most: int) -> tuple[tuple[Grid, ...], int]:
    """Return the tables with the greatest sums, in their order, and how many are left out.

    :param most: tables of one kind
    """
    ranked: defaultdict[str, list[int]] = defaultdict(list)
    for at in sorted(range(len(grids)), key=lambda at: (-sum(grids[at].values.values()), at)):
        ranked[grids[at].kind].append(at)
    kept = {at for of_kind in ranked.values() for at in of_kind[:most]}
    return tuple(grids[at] for at in sorted(kept)), len(grids) - len(kept)


def plan_themes(plans: Mapping[str, str], measures: Iterable[Measure], ladder: Ladder) -> Grid:
    """Count, theme by theme of the first level, the measures of each plan that address it.

    :param plans: IRI → label

    A measure counts once for a theme of the first level, whatever it addresses below it.
    """
    columns = {iri: at for at, iri in enumerate(plans)}
    counts: Counter[tuple[str, int]] = Counter()
    for measure in measures:
        own = (f.iri for f in measure.features if f.kind == "theme")
        for top in {top for theme in own for top in tops(theme, ladder)}:
            counts[top, columns[measure.plan]] += 1
    weight = Counter({top: 0 for top, _ in counts})
    for (top, _), count in counts.items():
        weight[top] += count
    order = sorted(weight, key=lambda top: (-weight[top], top))
    return Grid(
        kind="plan-theme",
        rows=tuple(ladder.labels.get(top, top) for top in order),
        columns=tuple(plans.values()),
        values={(order.index(top), column): float(n) for (top, column), n in counts.items()},
    )


def measure_pairs(
    measures: Iterable[Measure], pairs: Iterable[Overlap], places: Mapping[str, int]
) -> Iterable[Grid]:
    """Return one table of scores for each two plans that overlap.

    :param places: IRI of a measure → where it stands in its plan
    """
    scores: defaultdict[tuple[str, str], dict[tuple[str, str], float]] = defaultdict(dict)
    for pair in pairs:
        scores[pair.a.plan, pair.b.plan][pair.a.iri, pair.b.iri] = pair.score
    of_plan: defaultdict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        of_plan[measure.plan].append(measure)
    for plans, found in sorted(scores.items()):
        best: dict[str, float] = {}
        for ends, score in found.items():
            for iri in ends:
                best[iri] = max(best.get(iri, 0.0), score)
        sides = [_strongest(of_plan[plan], best, places) for plan in plans]
        at = [{m.iri: i for i, m in enumerate(side)} for side in sides]
        yield Grid(
            kind="measure-measure",
            rows=tuple(numbered(m) for m in sides[0]),
            columns=tuple(numbered(m) for m in sides[1]),
            values={
                (at[0][a], at[1][b]): score
                for (a, b), score in found.items()
                if a in at[0] and b in at[1]
            },
            names=tuple(of_plan[plan][0].plan_label for plan in plans),
            left_out=sum(len(of_plan[plan]) for plan in plans) - sum(map(len, sides)),
        )


def _strongest(
    measures: Sequence[Measure], best: Mapping[str, float], places: Mapping[str, int]
) -> list[Measure]:
    ranked = sorted(measures, key=lambda m: (-best.get(m.iri, 0.0), m.iri))
    kept = {m.iri for m in ranked[:LARGEST]}
    chosen = (measure for measure in measures if measure.iri in kept)
    return sorted(chosen, key=lambda m: (places.get(m.iri, len(places)), m.iri))


def numbered(measure: Measure) -> str:
    """Return number and title of a measure."""
    return f"{measure.number} {measure.label}".strip()


def actor_measures(plan: str, rows: Iterable[Row], kinds: Mapping[str, str]) -> Grid:
    """Count the activities of each kind of actor under each measure of a plan.

    :param plan: its label
    :param rows: of ``queries/activities.rq``, in the order of the plan
    :param kinds: IRI of a kind of actor → its label
    """
    heads: dict[str, str] = {}
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        measure, kind = row["measure"] or "", row["actorKind"] or ""
        name = f"{row['measureNumber'] or ''} {row['measureLabel'] or ''}".strip()
        heads.setdefault(measure, name)
        seen.add((measure, kind, row["activity"] or ""))
    used = sorted({kind for _, kind, _ in seen})
    shown = list(heads)[: LARGEST * 2]
    counts = Counter((m, k) for m, k, _ in seen if m in set(shown))
    return Grid(
        kind="actor-measure",
        rows=tuple(heads[measure] for measure in shown),
        columns=tuple(kinds.get(kind, kind) for kind in used),
        values={(shown.index(m), used.index(k)): float(n) for (m, k), n in counts.items()},
        names=(plan,),
        left_out=len(heads) - len(shown),
    )
