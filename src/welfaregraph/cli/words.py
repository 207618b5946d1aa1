"""Answers in words, for a person at a terminal; and the rows the other formats are made of."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.tables import UNWRAPPED, show
from welfaregraph.evidence_words import manner, sure, what
from welfaregraph.gaps import EXCERPT
from welfaregraph.reason_words import EXACT, basis, told
from welfaregraph.speech import phrase_or

if TYPE_CHECKING:
    from rich.console import Console

    from welfaregraph.gaps import Gap
    from welfaregraph.measures import Measure
    from welfaregraph.overlap import Overlap
    from welfaregraph.queries import Catalogue, Question
    from welfaregraph.reason_words import Rarity
    from welfaregraph.store import Row

__all__ = [
    "GAP_COLUMNS",
    "OVERLAP_COLUMNS",
    "gap_row",
    "overlap_object",
    "overlap_row",
    "put",
    "put_catalogue",
    "put_gaps",
    "put_overlaps",
    "put_question",
    "put_summary",
]

#: Words searched and places found that the terminal names for one gap.
WORDS_SHOWN, HITS_SHOWN = 4, 2
#: Letters of a title that the terminal shows, at most; the other formats have all.
TITLE = 200
#: A reason is shown at the terminal from this contribution on.
WEIGHTY = 0.02
SUMMARY = ("planLabel", "goals", "measures", "parts", "activities", "roles", "documents")
OVERLAP_COLUMNS = (
    "score", "confidence", "plan_a", "measure_a", "label_a", "plan_b", "measure_b", "label_b",
    "reasons",
)  # fmt: skip
GAP_COLUMNS = (
    "kind", "severity", "status", "plan", "plan_label", "subject", "subject_label", "missing",
    "missing_label", "nearest", "nearest_label", "authority", "scope", "message", "held",
    "searched", "words", "documents", "sure",
)  # fmt: skip


@cache
def console() -> Console:
    """Return the console: it wraps at the terminal's width, and not at all elsewhere."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else UNWRAPPED
    return Console(width=width, highlight=False)


def put(text: str, *, indent: int = 0, style: str = "") -> None:
    """Print a paragraph, folded and indented."""
    from rich.text import Text

    from welfaregraph.cli.paragraphs import folded

    for line in folded(text, console().width - indent):
        console().print(Text(" " * indent).append(line, style=style), soft_wrap=True)


def put_summary(plans: Sequence[Row]) -> None:
    """Say what the graph holds and what to try next."""
    put(say("summary.title", plans=len(plans)), style="bold")
    titles = {name: say(f"summary.{name}") for name in SUMMARY}
    show(plans, titles)
    put("")
    put(say("summary.try"), style="bold")
    for name in ("overlaps", "gaps", "check", "query", "ask"):
        command, _, what = say(f"try.{name}").partition(" # ")
        put(f"{command:<34}{what}", indent=2)


def put_catalogue(catalogue: Catalogue) -> None:
    """List the questions there are."""
    rows = [{"name": q.name, "code": q.code, "summary": q.summary(chosen())} for q in catalogue]
    rows.sort(key=lambda row: (row["code"] == "", row["code"], row["name"]))
    show(rows, {name: say(f"catalogue.{name}") for name in ("code", "name", "summary")})
    put("")
    put(say("catalogue.try"))


def put_question(question: Question) -> None:
    """Explain one question: what it answers, its parameters, its SPARQL."""
    put(f"{question.name}  {question.header.get('question', '')}", style="bold")
    put(question.summary(chosen()))
    for parameter in question.parameters.values():
        title = parameter.titles.get(chosen(), "")
        default = say("question.default", value=parameter.default) if parameter.default else ""
        required = say("question.required") if parameter.required else default
        put(f"--set {parameter.name}=…  {title} ({parameter.type}) {required}", indent=2)
    put("")
    put(question.text)


def put_overlaps(
    found: Sequence[Overlap], limit: int | None, level: str, rarity: Rarity
) -> None:
    """Print overlaps of a level, each with the reasons that weigh most."""
    if not found:
        return put(say(f"overlaps.empty.{level}"))
    shown = found[:limit]
    put(say(f"overlaps.title.{level}", shown=len(shown), count=len(found)), style="bold")
    for rank, pair in enumerate(shown, 1):
        scores = say("overlaps.scores", score=pair.score, confidence=pair.confidence)
        bare = say("overlaps.bare-title") if basis(pair) == "bare" else ""
        put(f"{rank:>3}  {scores}{bare}")
        for measure in (pair.a, pair.b):
            put(_named(measure), indent=5)
        reasons = told(pair, chosen(), least=WEIGHTY, rarity=rarity)
        listed = say("list.separator").join(reasons)
        put(f"{say('overlaps.reasons')} {listed}", indent=7, style="dim")
    if level != "plan":
        put(say("overlaps.note-themes", count=rarity.count), style="dim")
    return put(say("overlaps.note"), style="dim")


def _named(measure: Measure) -> str:
    if measure.label == measure.plan_label:
        return _brief(measure.label)
    number = f"{measure.number} " if measure.number else ""
    return f"{_brief(measure.plan_label)}｜{number}{_brief(measure.label)}"


def _brief(text: str) -> str:
    """Cut a text that would fill the screen."""
    return text if len(text) <= TITLE else f"{text[:TITLE]}…"


def reasons_text(pair: Overlap, rarity: Rarity) -> str:
    """Return the reasons of a pair in one line, with their contributions."""
    reasons = say("list.separator").join(told(pair, chosen(), digits=EXACT, rarity=rarity))
    return reasons + (say("overlaps.bare-title") if basis(pair) == "bare" else "")


def overlap_row(pair: Overlap, rarity: Rarity) -> dict[str, object]:
    """Return a pair as one row of ``OVERLAP_COLUMNS``."""
    return {
        "score": round(pair.score, 4),
        "confidence": round(pair.confidence, 4),
        "plan_a": pair.a.plan,
        "measure_a": pair.a.iri,
        "label_a": pair.a.label,
        "plan_b": pair.b.plan,
        "measure_b": pair.b.iri,
        "label_b": pair.b.label,
        "reasons": reasons_text(pair, rarity),
    }


def overlap_object(pair: Overlap, rarity: Rarity) -> dict[str, object]:
    """Return a pair as a JSON object: the columns, and each reason for a program to read.

    ``bearers`` of a theme that both have is how many of the ``rarity.count`` things compared
    have it; ``examples`` of one that a title implies are the titles by which it does.
    """
    because = [
        {
            "kind": reason.kind,
            "feature": reason.feature,
            "label": reason.label,
            "contribution": round(reason.contribution, 6),
            **({"bearers": rarity.bearers[reason.feature]} if reason.kind == "theme" else {}),
            **({"examples": reason.examples} if reason.examples else {}),
        }
        for reason in pair.reasons
    ]
    return overlap_row(pair, rarity) | {"because": because, "compared": rarity.count}


def put_gaps(found: Sequence[Gap], limit: int | None) -> None:
    """Print gaps by kind."""
    if not found:
        return put(say("gaps.empty"))
    put(say("gaps.title", count=len(found)), style="bold")
    shown = sorted(found[:limit], key=lambda gap: gap.kind)
    for kind, of_kind in groupby(shown, lambda gap: gap.kind):
        put(say(f"gap-kind.{kind}"), style="bold")
        for label, gaps in groupby(of_kind, lambda gap: gap.plan_label):
            put(label, indent=2)
            for gap in gaps:
                put(_gap_line(gap), indent=4)
                _put_searched(gap)
    _put_documents(shown)
    if len(shown) < len(found):
        put(say("more", count=len(found) - len(shown)), style="dim")
    if any(gap.held == EXCERPT for gap in shown):
        put(say("gaps.note"), style="dim")
    return None


def _gap_line(gap: Gap) -> str:
    status = phrase_or(f"status.{gap.status}", chosen(), gap.status)
    line = say(
        "gaps.line",
        severity=say(f"severity.{gap.severity}"),
        what=_brief(what(gap, chosen())),
        status=status,
    )
    return line + (
        say("gaps.nearest", label=_brief(gap.nearest_label)) if gap.nearest_label else ""
    )


def _put_searched(gap: Gap) -> None:
    """Print the words searched for a gap, and where they occur."""
    words = gap.searched.words
    if words:
        quoted = [say("list.quoted", text=word) for word in words[:WORDS_SHOWN]]
        left = len(words) - len(quoted)
        quoted += [say("gaps.more-words", count=left)] if left else []
        put(say("gaps.words", words=say("list.separator").join(quoted)), indent=6, style="dim")
    hits = gap.searched.hits[:HITS_SHOWN]
    if hits:
        named = [say("gaps.hit", label=_brief(hit.label), words=hit.words) for hit in hits]
        told = say("gaps.hits", hits=say("list.separator").join(named))
        put(told, indent=6, style="dim")


def _put_documents(shown: Sequence[Gap]) -> None:
    """Print once what was searched for all the gaps."""
    titles = sorted({title for gap in shown for _, title in gap.searched.documents})
    if titles:
        put(say("gaps.searched"), style="bold")
    for title in titles:
        put(title, indent=2)


def gap_row(gap: Gap) -> dict[str, object]:
    """Return a gap as one row of ``GAP_COLUMNS``."""
    row: dict[str, object] = {name: getattr(gap, name, None) for name in GAP_COLUMNS}
    separator = say("list.separator")
    return row | {
        "message": gap.messages[chosen()],
        "searched": manner(gap, chosen()),
        "words": separator.join(gap.searched.words),
        "documents": separator.join(title for _, title in gap.searched.documents),
        "sure": sure(gap, chosen()),
    }
