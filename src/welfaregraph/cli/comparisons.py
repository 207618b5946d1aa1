"""Two editions of a plan, read from where they are and shown side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import plans_named
from welfaregraph.cli.words import put as put_line

if TYPE_CHECKING:
    from welfaregraph.changes import Comparison, Words
    from welfaregraph.diff import Change
    from welfaregraph.editions import Edition, Element
    from welfaregraph.plangraph import PlanGraph

__all__ = ["as_object", "editions", "page", "put"]


def editions(graph: PlanGraph, names: Sequence[str]) -> list[Edition]:
    """Return the editions named: each a plan of the graph, or a folder or file of its own.

    :raises WelfareGraphError: what cannot be read, all of it
    """
    from welfaregraph.errors import WelfareGraphError, raise_all

    found: list[Edition] = []
    problems: list[WelfareGraphError] = []
    for name in names:
        try:
            found.append(_edition(graph, name))
        except WelfareGraphError as error:
            problems.append(error)
    raise_all(problems)
    return _told_apart(found, names)


def _told_apart(found: list[Edition], names: Sequence[str]) -> list[Edition]:
    """Put beside what editions are called where they come from, if that is all alike."""
    from welfaregraph.vocab import compact

    if len({edition.label for edition in found}) > 1:
        return found
    if len({edition.plan for edition in found}) > 1:
        names = [compact(edition.plan).removeprefix("id/") for edition in found]
    return [
        replace(edition, label=f"{edition.label}［{name}］")
        for edition, name in zip(found, names, strict=True)
    ]


def _edition(graph: PlanGraph, name: str) -> Edition:
    from welfaregraph.errors import InputError
    from welfaregraph.plangraph import load
    from welfaregraph.sheet import is_workbook

    path = Path(name)
    if not path.exists() and not path.suffix:
        return graph.edition(plans_named(graph, [name])[0], lang=chosen())
    if not path.exists():
        raise InputError("no-such-file", where=name)
    folder = path.is_dir() and not is_workbook(path)
    own = load(*([path] if folder else []), bundled=False, files=() if folder else [path])
    plans = {str(row["plan"]): str(row["planLabel"]) for row in own.plans()}
    plans = plans or {str(row["plan"]): "" for row in own.ask("plan-files")}
    if not plans:
        raise InputError("no-plan-in", where=name)
    if len(plans) > 1:
        known = "\n    ".join(f"{iri}  {label}" for iri, label in plans.items())
        raise InputError("several-plans-in", where=name, known=known)
    return own.edition(*plans, lang=chosen())


def put(found: Comparison, words: Words) -> None:
    """Print a comparison: goals, their measures, and what changed under each."""
    put_line(words.say("of", old=found.old.label, new=found.new.label), style="bold")
    if not found.changes:
        return put_line(words.say("empty"))
    for level, counts in found.counts.items():
        known = {verdict: count for verdict, count in counts.items() if count}
        head = f"{words.say(f'level.{level}')}{say('list.colon')}"
        put_line(head + words.counted(known), indent=2)
    for section in found.sections:
        put_line("")
        if section.change:
            put_line(words.line(section.change), style="bold")
            put_line(words.reasons(section.change), indent=3, style="dim")
        else:
            put_line(words.say("unplaced"), style="bold")
        for item in section.items:
            put_line(words.line(item.change), indent=2)
            put_line(words.reasons(item.change), indent=5, style="dim")
            if item.below:
                put_line(words.say("below", counts=words.counted(item.counts)), indent=5)
            for change in item.told:
                put_line(words.line(change), indent=7)
                if change.verdict == "moved":
                    put_line(words.reasons(change), indent=10, style="dim")
    put_line("")
    return put_line(words.say("note"), style="dim")


def page(found: Comparison, words: Words) -> bytes:
    """Return a comparison as one page."""
    from welfaregraph.diff import VERDICTS
    from welfaregraph.pages import rendered

    return rendered("diff.html.j2", chosen(), found=found, words=words, verdicts=VERDICTS)


def as_object(change: Change) -> dict[str, object]:
    """Return a change as a JSON object."""
    return {
        "verdict": change.verdict,
        "level": change.level,
        "old": [_element(element) for element in change.old],
        "new": [_element(element) for element in change.new],
        "score": change.score,
        "reasons": [
            {"kind": reason.kind, **reason.values} for reason in change.reasons
        ],
    }  # fmt: skip


def _element(element: Element) -> dict[str, object]:
    return {
        "iri": element.iri,
        "number": element.number,
        "label": element.label,
        "above": list(element.above),
        "actors": list(element.actors),
    }
