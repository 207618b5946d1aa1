"""Workbooks on the command line: where they are written, and what is told about them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from welfaregraph import resources
from welfaregraph.cli.language import say
from welfaregraph.errors import InputError, MisuseError
from welfaregraph.files import write_all_atomically

if TYPE_CHECKING:
    from welfaregraph.sheet import Reading
    from welfaregraph.store import Source

__all__ = [
    "keep_present",
    "placed",
    "put_workbook",
    "take_in",
    "target",
    "tell",
    "tell_findings",
    "tell_unchecked",
]

#: A folder of a plan below ``plans/``.
HOME = re.compile(r"[0-9A-Za-z._-]+(?:/[0-9A-Za-z._-]+){1,3}")
#: Cells that are listed as empty; more are counted.
LISTED = 20


def keep_present(*outputs: Path) -> None:
    """Refuse to write over a workbook or a CSV folder: hours of mending may be in it.

    :raises MisuseError: some are there
    """
    present = [p for p in outputs if p.is_file() or (p.is_dir() and any(p.iterdir()))]
    if present:
        raise MisuseError("workbook-present", where=", ".join(map(str, present)))


def put_workbook(content: bytes | Mapping[str, str], output: Path) -> None:
    """Write an Excel file, or the files of a CSV folder, whole or not at all.

    :raises InputError: the place cannot be written to, or another program has it open
    """
    from welfaregraph.sheet.excel_pages import is_open_elsewhere

    if isinstance(content, bytes):
        files: dict[Path, bytes | str] = {output: content}
        folder = output.parent
    else:
        files = {output / name: text.encode("utf-8-sig") for name, text in content.items()}
        folder = output
    if any(is_open_elsewhere(path) for path in files):
        raise InputError("workbook-open", where=str(output))
    _make(folder)
    write_all_atomically(files)
    _talk("written", path=output)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or ""
        raise InputError("unwritable", where=str(folder), reason=reason) from error


def target(data: Sequence[str]) -> Path:
    """Return the folder to write to: the last of ``--data``, else that of a checkout.

    :raises MisuseError: there is neither
    """
    if data:
        return Path(data[-1])
    if not resources.is_checkout():
        raise MisuseError("workbook-installed", where="--data")
    return resources.GRAPHS


def placed(home: str) -> str:
    """Return the folder of a plan that was named.

    :raises MisuseError: it is none
    """
    if home and (not HOME.fullmatch(home) or {".", ".."} & {*home.split("/")}):
        raise MisuseError("workbook-home", where="--as", value=home)
    return home


def take_in(reading: Reading, folder: Path, data: Sequence[str]) -> list[Path]:
    """Write a plan and the judgements on its overlaps; return the files written."""
    from welfaregraph.judgements import Decision, judge_overlap
    from welfaregraph.plan import write_plan
    from welfaregraph.plangraph import load

    _make(folder)
    written = write_plan(reading.files, folder)
    if not reading.verdicts:
        return written
    own = [*data[:-1], str(folder)] if data else []
    for verdict in reading.verdicts:
        graph = load(*own)
        held = {v.pair: (v.accepted, v.reason) for v in graph.verdicts()}
        if held.get(verdict.pair) == (verdict.accepted, verdict.reason):
            continue
        decision = Decision(
            accepted=verdict.accepted,
            reason=verdict.reason,
            on=verdict.created,
            by=verdict.by,
        )
        written += judge_overlap(
            graph, verdict.left, verdict.right, decision=decision, folder=folder
        )
    return sorted(set(written))


def tell(reading: Reading, workbook: Path) -> None:
    """Say what was taken in, what was left aside and what is missing."""
    from welfaregraph.sheet.excel_pages import is_open_elsewhere

    _talk("imported", plan=reading.files.path, **reading.files.sizes())
    if is_open_elsewhere(workbook):
        _talk("open", path=workbook)
    if reading.ignored:
        _talk("ignored", names=say("list.separator").join(reading.ignored))
    if reading.joined:
        shown = [f"{sheet}!{cell}" for sheet, cell in reading.joined[:LISTED]]
        _talk("joined", count=len(reading.joined), places=say("list.separator").join(shown))
    if reading.orphans:
        _talk("orphans", count=reading.orphans)
    if reading.legacy:
        _talk("legacy", names=say("list.separator").join(reading.legacy))
    if reading.missing:
        _talk("missing", count=len(reading.missing))
    for (sheet, cell), heading in reading.missing[:LISTED]:
        click.echo(f"  {sheet}!{cell} {heading}", err=True)
    if len(reading.missing) > LISTED:
        _talk("more", count=len(reading.missing) - LISTED)


def tell_findings(reading: Reading, workbook: Path, *, at: Path, on: str) -> None:
    """Say how many errors a check finds in what was taken in, and how to see them.

    :param at: what the reader is told to check
    """
    from welfaregraph.findings import counted, findings_of
    from welfaregraph.plangraph import load

    graph = load(files=[workbook], read={workbook: reading})
    found = counted(findings_of(graph.check(on=on, only_own=True)))
    key = "found-errors" if found["error"] else "found-none"
    command = shlex.join(["welfaregraph", "check", str(at)])
    _talk(key, command=command, **found)


def tell_unchecked(sources: Iterable[Source]) -> None:
    """Say what of workbooks a check did not see: sheets and columns of others, unsaved work."""
    from welfaregraph.sheet.excel_pages import is_open_elsewhere

    for path, names in {s.path: s.ignored for s in sources if s.text}.items():
        if is_open_elsewhere(path):
            _talk("open", path=path)
        if names:
            _talk("unchecked", path=path, names=say("list.separator").join(names))


def _talk(key: str, **values: object) -> None:
    click.echo(say(f"workbook.{key}", **values), err=True)
