"""Which files a graph is made of: bundled ones, those of folders, single ones, workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph import resources
from welfaregraph.errors import InputError, WelfareGraphError, raise_all
from welfaregraph.store import Row, Source, sources_in
from welfaregraph.vocab import GRAPH

if TYPE_CHECKING:
    from welfaregraph.sheet import Reading

__all__ = ["gathered", "replaced"]


def gathered(
    data: Sequence[Path],
    *,
    bundled: bool,
    files: Sequence[Path] = (),
    read: Mapping[Path, Reading] | None = None,
) -> dict[str, Source]:
    """Return IRI of a graph → where it comes from; the caller's own come last and win.

    :param data: folders laid out like ``graphs/``, or of one plan
    :param bundled: with the bundled plans
    :param files: single Turtle files and workbooks
    :param read: workbooks among them that were read already
    :raises InputError: a folder or file cannot be read
    """
    sources = {
        source.graph: source
        for source in [
            *sources_in(resources.ONTOLOGY, prefix="ontology/"),
            *sources_in(resources.GRAPHS),
            *(Source(f"{GRAPH}validation/{p.stem}", p) for p in resources.RULE_DATA),
        ]
        if bundled or not source.path.is_relative_to(resources.GRAPHS / "plans")
    }
    for folder in data:
        found = sources_in(folder, prefix=_place_of(folder), own=True)
        sources |= {source.graph: source for source in found}
    for source in _given(files, read or {}):
        path = source.path.resolve()
        sources = {g: s for g, s in sources.items() if s.text or s.path.resolve() != path}
        sources[source.graph] = source
    return sources


def _given(files: Iterable[Path], read: Mapping[Path, Reading]) -> list[Source]:
    """Return the graphs of single files: of each Turtle file one, of each workbook two.

    :raises InputError: all that is wrong in them; one plan in two workbooks
    """
    found: dict[str, Source] = {}
    problems: list[WelfareGraphError] = []
    for file in files:
        try:
            for source in _sources_of(file, read):
                other = found.setdefault(source.graph, source)
                if other is not source and source.text:
                    plan = source.graph.removeprefix(GRAPH)
                    raise InputError(
                        "plan-twice", where=str(file), plan=plan, other=str(other.path)
                    )
        except InputError as error:
            problems.append(error)
    raise_all(problems)
    return list(found.values())


def _sources_of(file: Path, read: Mapping[Path, Reading]) -> list[Source]:
    from welfaregraph.sheet import is_workbook, read_workbook

    if not is_workbook(file):
        return [Source(file.resolve().as_uri(), file, own=True)]
    reading = read.get(file) or read_workbook(file)
    return [
        Source(
            reading.files.graph_iri(part),
            file,
            own=True,
            text=f"# {part}\n{graph.serialize(format='nt')}",
            cells=reading.cells,
            ignored=reading.ignored,
        )
        for part, graph in reading.files.parts.items()
    ]


def _place_of(folder: Path) -> str:
    """Return where the folder of one plan lies in its data, and nothing for other folders.

    >>> _place_of(resources.GRAPHS)
    ''
    """
    parts = folder.resolve().parts
    if "plans" not in parts or not (folder / "stated.ttl").is_file():
        return ""
    at = len(parts) - 1 - parts[::-1].index("plans")
    return "".join(f"{part}/" for part in parts[at:])


def replaced(plans: Iterable[Row], sources: Mapping[str, Source]) -> set[str]:
    """Return the bundled files whose plan stands in a file of the caller's too.

    :param plans: of ``queries/plan-files.rq``: each plan with each file that describes it
    :raises InputError: one plan in two files of the caller's: their statements would be
        read as those of one plan
    """
    found: dict[str, list[Source]] = {}
    for row in plans:
        found.setdefault(str(row["plan"]), []).append(sources[str(row["file"])])
    problems: list[WelfareGraphError] = []
    ousted: set[str] = set()
    for plan, files in sorted(found.items()):
        own = [source for source in files if source.own]
        if len(own) > 1:
            first, *_, last = (str(source.path) for source in own)
            problems.append(InputError("plan-twice", where=last, plan=plan, other=first))
        if own:
            ousted |= {source.graph for source in files if not source.own}
    raise_all(problems)
    return ousted
