"""Documents drafted together → one group a plan; what cannot be of one plan is refused."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from welfaregraph.draft.found import Found
from welfaregraph.draft.reading import Reading
from welfaregraph.draft.titles import Title, title_of_plan
from welfaregraph.errors import InputError, ProblemsError, WelfareGraphError
from welfaregraph.text import search_key

__all__ = ["grouped"]

#: Two municipalities named no more surely than this say nothing of whose plans these are.
SURE = 0.7


def grouped(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Return the documents of each plan together, in the order given.

    Documents that name no plan, or the plan of another one, belong to it; those of another
    type of plan of the same municipality are a plan of their own.

    :raises InputError: two documents name different municipalities, or different editions of
        one plan
    :raises ProblemsError: several such pairs
    """
    titles = [(reading, title_of_plan([reading])) for reading in readings]
    problems = [
        problem
        for one, other in combinations(titles, 2)
        if (problem := _conflict(one, other)) is not None
    ]
    if problems:
        raise problems[0] if len(problems) == 1 else ProblemsError(problems)
    groups: list[tuple[set[str], list[Reading]]] = []
    for reading, title in titles:
        kinds = {kind for kind in title.kinds if kind}
        home = next((g for g in groups if not kinds or not g[0] or kinds & g[0]), None)
        if home is None:
            groups.append((kinds, [reading]))
        else:
            home[0].update(kinds)
            home[1].append(reading)
    return [documents for _, documents in groups]


_Titled = tuple[Reading, Title]


def _conflict(one: _Titled, other: _Titled) -> WelfareGraphError | None:
    """Return why two documents cannot be of one municipality and edition."""
    (first, a), (second, b) = one, other
    if _differ(a, b) and a.municipality and b.municipality:
        return _problem("draft-municipalities", first, a.municipality, second, b.municipality)
    kinds = {kind for kind in a.kinds if kind} & {kind for kind in b.kinds if kind}
    editions = {f.text for f in a.editions} & {f.text for f in b.editions}
    if kinds and a.editions and b.editions and not editions:
        return _problem("draft-editions", first, a.editions[0], second, b.editions[0])
    return None


def _differ(a: Title, b: Title) -> bool:
    """Tell whether two documents name different municipalities, one of them surely."""
    named = [title.municipality for title in (a, b) if title.municipality]
    if len(named) < len((a, b)) or all(found.confidence <= SURE for found in named):
        return False
    names = [search_key(f.text) for f in named]
    said = [search_key("".join(f.text for f in (t.title, *t.components) if f)) for t in (a, b)]
    return not (names[0] in names[1] + said[1] or names[1] in names[0] + said[0])


def _problem(
    key: str, first: Reading, a: Found, second: Reading, b: Found
) -> WelfareGraphError:
    where = f"{first.document.name}:{a.place.first}"
    there = f"{second.document.name}:{b.place.first}"
    return InputError(key, where=where, one=a.text, other=b.text, there=there)
