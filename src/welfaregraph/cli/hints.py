"""What a person should know before reading a list of overlaps."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from welfaregraph.cli.language import say
from welfaregraph.measures import THEME

if TYPE_CHECKING:
    from welfaregraph.measures import Measure
    from welfaregraph.store import Row

__all__ = ["before_overlaps"]

#: Plans named in one line, at most.
NAMED = 3


def before_overlaps(
    plans: Sequence[Row],
    measures: Sequence[Measure],
    wanted: Collection[str],
    *,
    level: str,
    uncurated: bool,
) -> Iterator[str]:
    """Say which plans named have nothing to compare, or nothing to be compared by.

    :param plans: all that are held
    :param measures: all that are compared, of all plans
    :param wanted: IRIs of the plans named; none for all
    :param level: measure or activity
    :param uncurated: whether themes are told by the texts; then none are missed
    """
    labels = {str(row["plan"]): str(row["planLabel"]) for row in plans}
    bearing = {measure.plan for measure in measures}
    for plan in wanted:
        if plan not in bearing:
            yield say(f"overlaps.hint.no-{level}", plan=labels[plan])
    if len({measure.family for measure in measures}) == 1:
        yield say("overlaps.hint.alone")
    themed = {m.plan for m in measures if any(f.kind == THEME for f in m.features)}
    asked = set(wanted or labels)
    bare = [plan for plan in labels if plan in (bearing - themed) & asked]
    if bare and not uncurated:
        named = say("list.separator").join(labels[plan] for plan in bare[:NAMED])
        more = say("overlaps.hint.more", count=len(bare) - NAMED) if bare[NAMED:] else ""
        yield say("overlaps.hint.no-themes", plan=named + more)
