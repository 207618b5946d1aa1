"""Nodes of all documents → goals with measures: doubled headings made one, diagrams undone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from welfaregraph.draft.actors import Actor
from welfaregraph.draft.endings import ends_title
from welfaregraph.draft.found import Activity, Found, Goal, Measure, Part
from welfaregraph.draft.nodes import Node
from welfaregraph.draft.outline import similar
from welfaregraph.text import search_key

__all__ = ["Structure", "assembled"]

#: Confidence of a measure that only the order on the page gives to its goal.
BY_LAYOUT = 0.6
#: Shapes of numbers with which lists are written too.
LISTED = ("paren", "circled", "half-paren", "kana", "kana-paren", "dot", "space")
#: So many titles below each other are a list of measures.
LEAST_LISTED = 4


class Structure:
    """The goals and measures of one plan."""

    def __init__(self, goals: Sequence[Goal], unplaced: Sequence[Measure]) -> None:
        self.goals = tuple(goals)
        self.unplaced = tuple(unplaced)


def assembled(roots: Sequence[Node]) -> list[Structure]:
    """Return the plans that the walks through the documents found, the first the main one.

    :param roots: goals and lone units, document after document
    """
    plans = _by_plan(roots)
    return [_structure(plan) for plan in plans]


def _by_plan(roots: Sequence[Node]) -> list[list[Node]]:
    """Part the goals of a second plan: its numbers begin anew with other words."""
    plans: list[list[Node]] = [[]]
    current = 0
    for node in roots:
        if node.kind != "goal":
            plans[current].append(node)
            continue
        home = next((n for n, plan in enumerate(plans) if _holds(plan, node)), None)
        if home is not None:
            current = home
        elif _begins_anew(plans[current], node):
            plans.append([])
            current = len(plans) - 1
        plans[current].append(node)
    return plans


def _holds(plan: Sequence[Node], node: Node) -> bool:
    return any(
        other.kind == "goal" and similar(other.label.text, node.label.text) for other in plan
    )


def _begins_anew(plan: Sequence[Node], node: Node) -> bool:
    """Tell whether a goal has the number of another goal of a plan, in other words."""
    same = [o for o in plan if o.kind == "goal" and o.numbers == node.numbers]
    return bool(same) and node.numbers == (1,)


def _structure(nodes: Sequence[Node]) -> Structure:
    _adopt_orphans(nodes)
    _flatten_lists(nodes)
    placed, lost = _distributed(nodes)
    alone = _joined_to_placed([n for n in nodes if n.kind == "unit"], placed) + lost
    groups: list[list[Node]] = []
    for node in placed:
        home = next((g for g in groups if _same_goal(g[0], node)), None)
        if home is None:
            groups.append([node])
        else:
            home.append(node)
    goals = [_goal(group) for group in groups]
    labels = [search_key(m.label.text) for goal in goals for m in goal.measures]
    unplaced = _merged_units(alone)
    return Structure(
        goals,
        [
            measure
            for measure in map(_measure, unplaced)
            if not any(similar(measure.label.text, label) for label in labels)
        ],
    )


def _flatten_lists(nodes: Sequence[Node]) -> None:
    """Turn numbered lines below a measure into items where none of them heads anything."""
    measures = [u for node in nodes for u in (node.units() if node.kind == "goal" else [node])]
    below = [unit for measure in measures for unit in _all_below(measure)]
    heading = {unit.style for unit in below if unit.explained or not unit.is_bare}
    heading |= {measure.style for measure in measures}
    for parent in [*measures, *below]:
        lists = [u for u in parent.children if _is_list_line(u, heading)]
        parent.items += [u.label for u in lists]
        parent.children = [u for u in parent.children if not _is_list_line(u, heading)]


def _is_list_line(unit: Node, heading: set[tuple[str, str]]) -> bool:
    word, shape = unit.style
    return unit.kind == "unit" and not word and shape in LISTED and unit.style not in heading


def _all_below(node: Node) -> list[Node]:
    return [one for unit in node.units() for one in (unit, *_all_below(unit))]


def _adopt_orphans(nodes: Sequence[Node]) -> None:
    """Give a list of measures to the bare goals that a diagram prints after it."""
    kept = list(nodes)
    for run in _runs([node for node in kept if node.kind == "goal"]):
        at = kept.index(run[0])
        orphans: list[Node] = []
        while at > len(orphans) and kept[at - len(orphans) - 1].kind == "orphan":
            orphan = kept[at - len(orphans) - 1]
            if orphans and orphan.style != orphans[0].style:
                break
            orphans.insert(0, orphan)
        if len(orphans) < len(run) > 1 or len(run) < 2 or not all(n.is_bare for n in run):
            continue
        groups = _groups(orphans, len(run))
        if len(groups) == len(run):
            for node, group in zip(run, groups, strict=True):
                for unit in group:
                    unit.kind = "unit"
                node.children = group


def _joined_to_placed(units: Sequence[Node], goals: Sequence[Node]) -> list[Node]:
    """Give what stands under a unit elsewhere to the same unit under its goal."""
    homes = {_key(unit.label.text): unit for goal in goals for unit in goal.units()}
    alone = []
    for unit in units:
        home = homes.get(_key(unit.label.text))
        if home is None:
            alone.append(unit)
        else:
            home.children += unit.children
            home.items += unit.items
            home.acts += unit.acts
    return alone


def _same_goal(a: Node, b: Node) -> bool:
    if a.numbers and b.numbers and a.numbers != b.numbers:
        return search_key(a.label.text) == search_key(b.label.text)
    same = bool(a.numbers) and a.numbers == b.numbers
    return same or similar(a.label.text, b.label.text)


def _distributed(nodes: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """Give the measures of a diagram to its goals, which it lists before them.

    :returns: the goals; units of which the order does not say whose they are
    """
    goals = [node for node in nodes if node.kind == "goal"]
    styles = {u.style for goal in goals for u in goal.units() if not _ends_list(goals, goal)}
    lost: list[Node] = []
    for run in _runs(goals):
        units = run[-1].units()
        if len(run) < 2 or not units or not all(node.is_bare for node in run[:-1]):
            continue
        groups = _groups(units, len(run))
        if len(groups) == len(run):
            for node, group in zip(run, groups, strict=True):
                node.children = group
                for unit in group:
                    unit.label = replace(unit.label, confidence=BY_LAYOUT, recogniser="diagram")
        elif not any(unit.children or unit.items or unit.acts for unit in units):
            run[-1].children = []
            sure = [u for u in units if u.style[0] or u.style in styles]
            lost += sure or (units if _are_measures(units) else [])
    return goals, lost


def _are_measures(units: Sequence[Node]) -> bool:
    """Tell whether a list after goals can only be one of measures."""
    return len(units) >= LEAST_LISTED and all(ends_title(unit.label.text) for unit in units)


def _ends_list(goals: Sequence[Node], goal: Node) -> bool:
    """Tell whether a goal is the last of a list whose other goals have nothing below."""
    at = goals.index(goal)
    return at > 0 and goals[at - 1].is_bare and _follows(goals[at - 1], goal)


def _follows(before: Node, after: Node) -> bool:
    return bool(before.numbers and after.numbers) and after.numbers[0] == before.numbers[0] + 1


def _runs(goals: Sequence[Node]) -> list[list[Node]]:
    """Part goals into lists whose numbers go up and whose goals but the last are bare."""
    runs: list[list[Node]] = []
    for node in goals:
        if runs and _follows(runs[-1][-1], node) and runs[-1][-1].is_bare:
            runs[-1].append(node)
        else:
            runs.append([node])
    return runs


def _groups(units: Sequence[Node], wanted: int) -> list[list[Node]]:
    """Part units where their numbers begin anew, or else where the page leaves room."""
    starts = [n for n, unit in enumerate(units) if n and unit.numbers <= units[n - 1].numbers]
    if not starts:
        least = sorted((unit.gap for unit in units[1:]), reverse=True)[: wanted - 1]
        if least and least[-1] > min((unit.gap for unit in units[1:]), default=0):
            starts = [n for n, unit in enumerate(units) if n and unit.gap >= least[-1]]
    bounds = [0, *starts, len(units)]
    return [list(units[a:b]) for a, b in pairwise(bounds)]


def _goal(nodes: Sequence[Node]) -> Goal:
    first = nodes[0]
    label, wordings = _label(nodes)
    units = [unit for node in nodes for unit in node.units()]
    deeper = {_key(part.label.text) for unit in units for part in unit.units()}
    units = [u for u in units if not (u.is_bare and _key(u.label.text) in deeper)]
    measures = [_measure(group) for group in _merged_units(units)]
    number = next((node.number for node in nodes if node.number), first.number)
    return Goal(number, label, tuple(measures), wordings)


def _label(nodes: Sequence[Node]) -> tuple[Found, tuple[Found, ...]]:
    """Return the title of a thing printed several times, and its other wordings.

    Where one print has only the beginning of another, the rest was the next column.
    """
    labels = [node.label for node in nodes]
    best = labels[0]
    for label in labels[1:]:
        best = label if best.text.startswith((f"{label.text} ", f"{label.text}　")) else best
    wordings: dict[str, Found] = {}
    for label in labels:
        if not _key(label.text).startswith(_key(best.text)):
            wordings.setdefault(_key(label.text), label)
    return best, tuple(wordings.values())


def _key(text: str) -> str:
    return re.sub(r"[^\w]", "", search_key(text))


def _merged_units(units: Sequence[Node]) -> list[list[Node]]:
    """Bring together the units that are one: same title, or same number and a like title."""
    groups: list[list[Node]] = []
    for unit in units:
        home = next((g for g in groups if any(_same_unit(other, unit) for other in g)), None)
        if home is None:
            groups.append([unit])
        else:
            home.append(unit)
    return groups


def _same_unit(a: Node, b: Node) -> bool:
    left, right = _key(a.label.text), _key(b.label.text)
    if left == right:
        return True
    same_number = bool(a.numbers) and a.numbers[-1:] == b.numbers[-1:]
    return same_number and similar(a.label.text, b.label.text)


def _measure(nodes: Sequence[Node]) -> Measure:
    label, wordings = _label(nodes)
    number = next((node.number for node in nodes if node.number), "")
    below = [unit for node in nodes for unit in node.units()]
    parts = [part for group in _merged_units(below) for part in _parts(group)]
    items = _unique([item for node in nodes for item in node.own_items()])
    acts = [act for node in nodes for act in node.all_acts()]
    return Measure(number, label, tuple(parts), items, _activities(acts), wordings)


def _parts(nodes: Sequence[Node]) -> list[Part]:
    """Return a sub-heading, followed by those below it."""
    label, _ = _label(nodes)
    number = next((node.number for node in nodes if node.number), "")
    items = _unique([item for node in nodes for item in node.own_items()])
    deeper = [unit for node in nodes for unit in node.units()]
    below = [part for group in _merged_units(deeper) for part in _parts(group)]
    return [Part(number, label, items), *below]


def _unique(found: Sequence[Found]) -> tuple[Found, ...]:
    kept: dict[str, Found] = {}
    for one in found:
        kept.setdefault(_key(one.text), one)
    return tuple(kept.values())


def _activities(acts: Sequence[tuple[Actor, Found]]) -> tuple[Activity, ...]:
    kept: dict[tuple[str, str], Activity] = {}
    for actor, found in acts:
        kept.setdefault(
            (actor.kind, _key(found.text)), Activity(actor.kind, actor.category, found)
        )
    return tuple(kept.values())
