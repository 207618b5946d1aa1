"""The derived graphs, computed and written beside the data; judgements are only read.

No clock is read: the same data give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph import __version__
from welfaregraph.derived import LEVELS, Link, Offer, Run, links_turtle, offers_turtle
from welfaregraph.errors import InputError
from welfaregraph.files import write_all_atomically
from welfaregraph.measures import MAIN
from welfaregraph.overlap import DEFAULTS, Overlap
from welfaregraph.plan_overlap import plan_overlaps
from welfaregraph.reason_words import Rarity
from welfaregraph.speech import languages
from welfaregraph.sssom import tsv
from welfaregraph.text import search_key
from welfaregraph.themes import Ladder
from welfaregraph.verdicts import JUDGEMENT

if TYPE_CHECKING:
    from welfaregraph.plangraph import PlanGraph

__all__ = ["Built", "build", "links", "offers", "run_of"]

TOOL = "welfaregraph"
#: The language that scores are computed in; others only name the features.
LANGUAGE = "ja"


@dataclass(frozen=True)
class Built:
    """What was written."""

    files: tuple[Path, ...]
    links: Mapping[str, int]  #: level → how many
    offers: int


def build(graph: PlanGraph, folder: Path, *, on: str = "") -> Built:
    """Write ``derived/`` below a folder: all its files, or none where one fails.

    :param folder: made if it is not there; load it with ``--data``
    :param on: the day the results bear, ISO 8601; that of the data unless given
    :raises InputError: the folder cannot be made or written to
    """
    run = run_of(graph, on)
    found, offered = {name: links(graph, name) for name in LEVELS}, offers(graph)
    target = folder / "derived"
    files = {target / "suggestions.ttl": offers_turtle(offered, run)}
    for name, level in LEVELS.items():
        files[target / f"{level.file}.ttl"] = links_turtle(found[name], run, level)
        files[target / f"{level.file}.sssom.tsv"] = tsv(found[name], run, level)
    try:
        target.mkdir(parents=True, exist_ok=True)
        write_all_atomically(files)
    except OSError as error:
        raise InputError(
            "unwritable", where=str(target), reason=error.strerror or ""
        ) from error
    counts = {name: len(of_level) for name, of_level in found.items()}
    return Built(tuple(sorted(files)), counts, len(offered))


def run_of(graph: PlanGraph, on: str = "") -> Run:
    """Return with what the graph is derived from, and on which day.

    :param on: the day the results bear, ISO 8601; that of the data unless given
    """
    row = graph.ask("dataset-version").rows()[0]
    return Run(
        tool=TOOL,
        version=__version__,
        date=on or max(row["modified"] or "", row["judged"] or ""),
        dataset=row["dataset"] or "",
        dataset_version=row["version"] or "",
        licence=row["licence"] or "",
    )


def links(graph: PlanGraph, level: str = "measure", *, partners: int = 0) -> list[Link]:
    """Return the overlaps of all plans held, by rank, with names in every language.

    :param level: measure, activity or plan
    :param partners: as :meth:`PlanGraph.overlaps` has it; not of plans
    """
    if level == "plan":
        return _plan_links(graph)
    verdicts = {verdict.judgement: verdict for verdict in graph.verdicts(lang=LANGUAGE)}
    names = {language: _names(graph, language, level) for language in languages()}
    measures = graph.measures(level=level, lang=LANGUAGE)
    found = graph.overlaps(level=level, partners=partners, measures=measures, lang=LANGUAGE)
    rarity = Rarity.among(measures)
    return [
        Link(
            rank,
            pair,
            next((verdicts[r.feature] for r in pair.reasons if r.kind == JUDGEMENT), None),
            names,
            rarity,
        )
        for rank, pair in enumerate(found, 1)
    ]


def _plan_links(graph: PlanGraph) -> list[Link]:
    """Return the overlaps of whole plans, with the pairs of measures they rest on."""
    found = graph.overlaps(min_score=0, lang=LANGUAGE)
    by_ends: dict[str, Overlap] = {f"{pair.a.iri} {pair.b.iri}": pair for pair in found}
    measures = graph.measures(lang=LANGUAGE)
    whole = [pair for pair in plan_overlaps(found, measures) if pair.score > 0]
    return [
        Link(
            rank,
            pair,
            below=tuple(
                (reason.contribution, by_ends[reason.feature])
                for reason in pair.reasons
                if reason.contribution > 0
            ),
        )
        for rank, pair in enumerate(whole, 1)
    ]


def _names(graph: PlanGraph, language: str, level: str) -> dict[str, str]:
    """Return what themes, other features and judgements are called in a language."""
    names = dict(Ladder.of(graph.ask("theme-ladder", lang=language).rows()).labels)
    for measure in graph.measures(level=level, lang=language):
        names |= {feature.iri: feature.label for feature in measure.features}
    return names | {v.judgement: v.reason for v in graph.verdicts(lang=language)}


def offers(graph: PlanGraph) -> list[Offer]:
    """Return the themes that texts suggest and no curator has given, for each measure."""
    given = {(m.iri, f.iri) for m in graph.measures(lang=LANGUAGE) for f in m.features}
    rows = graph.ask("measure-features", kind="text", lang=LANGUAGE).rows()
    words: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    scores: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row, hit in graph.suggested(rows):
        key = (row["measure"] or "", hit.theme)
        if key not in given:
            weight = 1.0 if row["role"] == MAIN else DEFAULTS.side
            share = (hit.end - hit.start) / len(search_key(row["feature"] or ""))
            words[key].add(hit.handle)
            scores[key] = max(scores[key], weight * share)
    themes = _theme_names(graph)
    return [
        Offer(measure, theme, tuple(sorted(found)), scores[measure, theme], themes[theme])
        for (measure, theme), found in sorted(words.items())
    ]


def _theme_names(graph: PlanGraph) -> defaultdict[str, dict[str, str]]:
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for language in languages():
        rows: Iterable[dict[str, str | None]] = graph.ask("theme-ladder", lang=language).rows()
        for row in rows:
            names[row["theme"] or ""][language] = row["themeLabel"] or ""
    return names
