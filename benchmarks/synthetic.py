"""Write synthetic plans with planted overlaps, look-alikes and gaps, laid out like graphs/.

``python benchmarks/synthetic.py DIR --measures 6000 --seed 1 [--uncurated-share 0.0]``, then
``welfaregraph overlaps --data DIR --only-data``. The same arguments write the same bytes.
What was planted stands in ``DIR/truth``: ``overlaps.csv``, ``gaps.csv``, ``measures.csv`` and
their numbers in ``truth.json``.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from handles import THEME
from planfile import PREFIXES, PlanFile, curated
from planting import planted
from sketch import Sketch, SyntheticPlan, municipality_code
from welfaregraph import vocab

__all__ = ["main", "write"]

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def write(folder: Path, *, measures: int, seed: int, uncurated_share: float = 0.0) -> Sketch:
    """Write plans and truth into a folder, and return what was written.

    :param measures: leaf measures in all, 45 or more
    :param uncurated_share: share of plans without ``curated.ttl``
    """
    sketch = planted(measures, seed=seed, uncurated_share=uncurated_share)
    titles: dict[str, str] = {}
    for plan in sketch.plans:
        place = folder / plan.path
        place.mkdir(parents=True, exist_ok=True)
        file = PlanFile(plan, seed)
        _put(place / "stated.ttl", file.text())
        if plan.is_curated:
            _put(place / "curated.ttl", curated(plan))
        titles |= file.titles
    (folder / "reference").mkdir(exist_ok=True)
    _put(folder / "reference" / "synthetic.ttl", _reference(sketch.plans))
    _write_truth(folder / "truth", sketch, titles)
    return sketch


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _reference(plans: Iterable[SyntheticPlan]) -> str:
    """Return areas, bodies and the list of named graphs."""
    prefecture = municipality_code(0)
    lines = [
        "# Reference graph of synthetic plans: areas, bodies, graphs; none of them real.\n",
        PREFIXES,
        f'<{vocab.ID}area/{prefecture}> a wg:Prefecture ; rdfs:label "架空県"@ja ;\n'
        f'    wg:areaCode "{prefecture}" .\n',
        f"<{vocab.ID}curator/synthetic> a org:Organization ;\n"
        '    rdfs:label "合成データの作成者"@ja .\n',
    ]
    seen: set[str] = set()
    for plan in plans:
        area, org = f"{vocab.ID}area/{plan.code}", f"{vocab.ID}org/synthetic-{plan.code}"
        if plan.code not in seen:
            seen.add(plan.code)
            lines += [
                f'<{area}> a wg:Municipality ; rdfs:label "架空{plan.code}市"@ja ;\n'
                f'    wg:areaCode "{plan.code}" ;\n'
                f"    wg:isWithin <{vocab.ID}area/{prefecture}> .\n",
                f"<{org}-city> a org:Organization, wg:PublicBody ; "
                f'rdfs:label "架空{plan.code}市"@ja ; dcterms:spatial <{area}> .\n',
                f"<{org}-council> a org:Organization, wg:SocialWelfareCouncil ;\n"
                f'    rdfs:label "架空{plan.code}市社会福祉協議会"@ja ; '
                f"dcterms:spatial <{area}> .\n",
            ]
        lines += [
            f"<{vocab.GRAPH}{plan.path}/{authority}> a wg:NamedGraph ;\n"
            f"    wg:hasAuthority <{vocab.SCHEME}authority/{authority}> ;\n"
            f"    wg:isGraphOf <{plan.iri}> ; dcterms:license <{LICENCE}> .\n"
            for authority in ("stated", "curated")
            if authority == "stated" or plan.is_curated
        ]
    lines.append(
        f"<{vocab.GRAPH}reference/synthetic> a wg:NamedGraph ;\n"
        f"    wg:hasAuthority <{vocab.SCHEME}authority/reference> ;\n"
        f"    dcterms:license <{LICENCE}> .\n"
    )
    return "\n".join(lines)


def _write_truth(folder: Path, sketch: Sketch, titles: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    _table(
        folder / "overlaps.csv",
        ("kind", "curated", "themes_a", "themes_b", "wording_a", "wording_b",
         "plan_a", "measure_a", "label_a", "plan_b", "measure_b", "label_b"),
        ((p.kind, str(p.curated).lower(), " ".join(p.a.themes), " ".join(p.b.themes),
          p.a.wording, p.b.wording, p.plan_a, p.a.iri, titles[p.a.iri],
          p.plan_b, p.b.iri, titles[p.b.iri]) for p in sketch.overlaps),
    )  # fmt: skip
    _table(
        folder / "gaps.csv",
        ("kind", "plan", "subject", "missing", "status"),
        ((g.kind, g.plan, g.subject, g.missing, g.status) for g in sketch.gaps),
    )
    _table(
        folder / "measures.csv",
        ("measure", "plan", "style", "curated", "role", "themes", "wording"),
        ((leaf.iri, plan.iri, plan.style, str(plan.is_curated).lower(), leaf.role,
          " ".join(leaf.themes), leaf.wording)
         for plan in sketch.plans for leaf in plan.leaves),
    )  # fmt: skip
    text = json.dumps(_numbers(sketch), ensure_ascii=False, indent=2, sort_keys=True)
    _put(folder / "truth.json", text + "\n")


def _numbers(sketch: Sketch) -> dict[str, object]:
    leaves = [leaf for plan in sketch.plans for leaf in plan.leaves]
    themes = Counter(theme for leaf in leaves for theme in leaf.themes)
    return {
        "seed": sketch.seed,
        "plans": len(sketch.plans),
        "measures": len(leaves),
        "overlaps": dict(Counter(plant.kind for plant in sketch.overlaps)),
        "gaps": dict(Counter(gap.kind for gap in sketch.gaps)),
        "themes": len(themes),
        "theme_namespace": THEME,
        "pairs_of_one_theme": sum(n * (n - 1) // 2 for n in themes.values()),
    }


def _table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--measures", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--uncurated-share", type=float, default=0.0)
    given = parser.parse_args(arguments)
    sketch = write(
        given.folder,
        measures=given.measures,
        seed=given.seed,
        uncurated_share=given.uncurated_share,
    )
    print(json.dumps(_numbers(sketch), ensure_ascii=False))


if __name__ == "__main__":
    main()
