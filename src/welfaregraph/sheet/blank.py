"""A workbook for a plan that nobody has entered yet."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.errors import InputError, MisuseError, WelfareGraphError, raise_all
from welfaregraph.sheet.faults import nearest
from welfaregraph.sheet.layout import Layout
from welfaregraph.sheet.names import loosely
from welfaregraph.sheet.record import Book, Cell, Record
from welfaregraph.sheet.values import narrowed
from welfaregraph.sheet.words import word_lists
from welfaregraph.vocab import SCHEME

if TYPE_CHECKING:
    from welfaregraph.store import Store

__all__ = ["blank"]

CODE = re.compile(r"\d{6}")
CODED = """
PREFIX wg: <https://w3id.org/welfaregraph/ns#>
SELECT ?area WHERE { ?area wg:areaCode ?code }
"""


def blank(
    store: Store,
    layout: Layout,
    language: str,
    *,
    municipality: str,
    plan_type: str,
    documents: Sequence[Path] = (),
) -> Book:
    """Return the rows of an empty workbook.

    :param municipality: six-digit code or known name; may be empty
    :param plan_type: name or slug; may be empty
    :param documents: texts that were read; their hashes are noted
    :raises WelfareGraphError: there is no such municipality or type, a document cannot be
        read; all of it at once
    """
    coded = {row["area"] for row in store.query(CODED)}
    lists = word_lists(store, layout, language)
    areas = {word: str(thing) for word, thing in lists["area"].items() if str(thing) in coded}
    types = {word: str(thing) for word, thing in lists["plan-type"].items()}
    municipality = narrowed(municipality).strip()
    area = _one(areas, municipality, "area/")
    kind = _one(types, plan_type, SCHEME + "plan-type/")
    problems: list[WelfareGraphError] = []
    if municipality and not area and not CODE.fullmatch(municipality):
        problems.append(MisuseError("no-such-area", where="--municipality", value=municipality,
                                    known=tuple(areas)))  # fmt: skip
    if plan_type and not kind:
        known = tuple(dict.fromkeys([*nearest(plan_type, types), *types]))
        problems.append(
            MisuseError("no-such-word", where="--plan-type", value=plan_type, known=known)
        )
    read = [_document(path, n, problems) for n, path in enumerate(documents, 1)]
    raise_all(problems)
    sheets: dict[str, list[Record]] = {sheet.name: [] for sheet in layout.sheets}
    new = "" if area else municipality
    plain = layout.sheet("plan").classes[0]
    called = next((word for word, thing in lists["term"].items() if thing == plain), "")
    texts = {"class": called, "wg:hasPlanType": kind, "wg:coversArea": area or new}
    cells = {name: Cell(text) for name, text in texts.items()}
    sheets["plan"] = [Record(cells)]
    if new:
        sheets["areas"] = [Record({"rdfs:label": Cell(new), "wg:areaCode": Cell(new)})]
    sheets["documents"] = read
    return Book("", sheets, lists=lists)


def _document(path: Path, number: int, problems: list[WelfareGraphError]) -> Record:
    """Return the row of a document; that it cannot be read is noted."""
    found = ""
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        problems.append(InputError("no-such-file", where=str(path)))
    except OSError as error:
        problems.append(InputError("unreadable", where=str(path), reason=error.strerror))
    texts = {"key": f"d{number}", "dcterms:title": path.stem, "wg:sha256": found}
    return Record({name: Cell(text) for name, text in texts.items()})


def _one(words: dict[str, str], given: str, under: str) -> str:
    """Return the word that is given, or whose thing ends as given."""
    for word, thing in words.items():
        if given and (loosely(word) == loosely(given) or thing.endswith(f"{under}{given}")):
            return word
    return ""
