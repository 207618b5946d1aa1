"""Leaf measures and what each is known by: themes, other things it names, its texts.

Pure functions over rows of ``queries/measure-features.rq``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from welfaregraph.examples import Implied

__all__ = ["MAIN", "SIDE", "TEXT", "THEME", "Feature", "Measure", "measures_of"]

#: Kinds of feature that are not a thing named: a theme, and a text in which themes are sought.
THEME, TEXT = "theme", "text"
#: Roles of a feature, the strongest first.
MAIN, SIDE = ROLES = ("main", "side")
#: A feature: its kind and what it is.
Key = tuple[str, str]


@dataclass(frozen=True)
class Feature:
    """One thing a measure is known by."""

    kind: str  #: theme, required-item, statute, sdg, body, target-group, setting
    iri: str
    label: str
    role: str = MAIN  #: main work, or a side of it, as what single activities do
    bearers: int = 1  #: how many of its activities or texts bear it


@dataclass(frozen=True)
class Measure:
    """A leaf measure and what it is known by."""

    iri: str
    label: str
    number: str
    plan: str
    plan_label: str
    family: str  #: plans of one family (a series, a plan and its parts) are not compared
    features: tuple[Feature, ...] = ()
    texts: tuple[str, ...] = ()  #: body, activities and parts, beside the label
    implied: tuple[Implied, ...] = ()  #: themes that its title has ordinarily
    printed: str = ""  #: its title in the language of the plan, where the label is translated

    @property
    def title(self) -> str:
        """The title that is compared, the same for readers of any language."""
        return self.printed or self.label

    @property
    def is_bare_title(self) -> bool:
        """Whether nothing stands below its title."""
        return not self.texts


def measures_of(rows: Iterable[Mapping[str, str | None]]) -> list[Measure]:
    """Gather rows of ``measure-features`` into measures, in the order of their IRIs.

    :param rows: ``plan planLabel family measure measureLabel title number kind role bearers
        feature featureLabel``, any order; a feature may stand in several rows
    """
    heads: dict[str, Mapping[str, str | None]] = {}
    features: defaultdict[str, dict[Key, Feature]] = defaultdict(dict)
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        iri, kind, value = row["measure"] or "", row["kind"] or "", row["feature"] or ""
        heads.setdefault(iri, row)
        if kind == TEXT:
            texts[iri].add(value)
        elif kind:
            new = Feature(
                kind,
                value,
                row["featureLabel"] or "",
                row["role"] or MAIN,
                int(row["bearers"] or 1),
            )
            known = features[iri].get((kind, value))
            features[iri][kind, value] = _joined(known, new) if known else new
    return [
        Measure(
            iri=iri,
            label=head["measureLabel"] or "",
            printed=head.get("title") or "",
            number=head["number"] or "",
            plan=head["plan"] or "",
            plan_label=head["planLabel"] or "",
            family=head["family"] or head["plan"] or "",
            features=tuple(features[iri][key] for key in sorted(features[iri])),
            texts=tuple(sorted(texts[iri] - {head["measureLabel"] or "", head.get("title")})),
        )
        for iri, head in sorted(heads.items())
    ]


def _joined(a: Feature, b: Feature) -> Feature:
    """Join two mentions of one feature: the stronger role, all bearers."""
    role = min(a.role, b.role, key=ROLES.index)
    return replace(a, role=role, bearers=a.bearers + b.bearers)
