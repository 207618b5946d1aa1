"""How well example titles tell the themes of titles they do not hold.

``python benchmarks/examples_recall.py [--parts 10] [--seed 1]``: each example is left out once,
with all others of its part, and told by the rest. Printed is the average precision over all
themes of all titles (a theme counts from a share of 0.4 on), and over those that no word of a
title names: with words alone, with an eighth, a quarter, a half and all of the examples.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence

import welfaregraph
from accuracy import average_precision
from welfaregraph.examples import Example, Examples
from welfaregraph.suggest import Lexicon

#: Share from which on a theme counts as one of the title.
HELD = 0.4
#: Parts of the examples that are used.
SHARES = (1 / 8, 1 / 4, 1 / 2, 1.0)

Rows = list[tuple[float, bool]]


def told(
    known: Sequence[Example],
    asked: Sequence[Example],
    lexicon: Lexicon,
    *,
    themes: Sequence[str],
    fillers: Sequence[str],
) -> tuple[Rows, Rows]:
    """Return score and truth of every theme of every title asked, and of those not named."""

    def named(title: str) -> list[str]:
        return [hit.theme for hit in lexicon.suggest(title)]

    everything, unnamed = Rows(), Rows()
    found = Examples(known, named, fillers=fillers).of([example.title for example in asked])
    for example, implied in zip(asked, found, strict=True):
        shares, by_words = (
            {each.theme: each.share for each in implied},
            set(named(example.title)),
        )
        for theme in themes:
            score = shares.get(theme, 0.0) if known else float(theme in by_words)
            row = (score, example.themes.get(theme, 0.0) >= HELD)
            everything.append(row)
            if theme not in by_words:
                unnamed.append(row)
    return everything, unnamed


def figure(rows: Rows) -> float:
    """Return the average precision."""
    return average_precision([score for score, _ in rows], [true for _, true in rows])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parts", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    graph = welfaregraph.load()
    lexicon = Lexicon(graph.ask("theme-handles").rows())
    fillers = [str(row["words"]) for row in graph.ask("filler-words").rows()]
    themes = sorted({str(row["theme"]) for row in graph.ask("theme-ladder").rows()})
    known = graph.examples()
    rng = random.Random(given.seed)  # noqa: S311 (resampling, not secrets)
    shuffled = rng.sample(known, len(known))
    parts = [shuffled[at :: given.parts] for at in range(given.parts)]
    for share in (0.0, *SHARES):
        everything, unnamed = Rows(), Rows()
        for part in parts:
            held = set(map(id, part))
            others = [example for example in shuffled if id(example) not in held]
            kept = others[: round(len(others) * share)]
            both = told(kept, part, lexicon, themes=themes, fillers=fillers)
            everything += both[0]
            unnamed += both[1]
        count = round(len(known) * share)
        print(f"{count:>6} examples  all themes {figure(everything):.3f}  "
              f"those not named {figure(unnamed):.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
