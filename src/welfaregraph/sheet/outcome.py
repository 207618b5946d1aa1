"""What came out of reading a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from welfaregraph.errors import WelfareGraphError
from welfaregraph.plan import PlanFiles
from welfaregraph.verdicts import Verdict

__all__ = ["Place", "Reading"]

#: A sheet as it is called, and a cell of it such as ``C5``.
Place = tuple[str, str]


@dataclass(frozen=True)
class Reading:
    """What a workbook says."""

    files: PlanFiles
    #: (subject IRI, predicate IRI or "", value or "") → where it stands
    cells: Mapping[tuple[str, str, str], Place] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()  #: on overlaps with measures of other plans
    problems: tuple[WelfareGraphError, ...] = ()  #: none where it could be read
    faulty: frozenset[str] = frozenset()  #: IRIs of rows with problems
    missing: tuple[tuple[Place, str], ...] = ()  #: empty cells that must be filled, headings
    orphans: int = 0  #: places of documents left out, as the rows that named them are gone
    joined: tuple[Place, ...] = ()  #: titles whose lines were joined into one
    has_place: bool = True  #: it says itself where the plan belongs
    ignored: tuple[str, ...] = ()  #: sheets and columns that are none of the workbook's
    legacy: tuple[str, ...] = ()  #: files that were in the encoding of Japanese Windows
