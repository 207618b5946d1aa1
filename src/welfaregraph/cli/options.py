"""The options that several commands share, and what they ask for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from welfaregraph.speech import languages

if TYPE_CHECKING:
    from pathlib import Path

    from welfaregraph.plangraph import PlanGraph

__all__ = [
    "FORMATS",
    "as_day",
    "as_path",
    "as_paths",
    "common",
    "force",
    "language",
    "opened",
    "plans_named",
]

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS = ("table", "csv", "tsv", "json", "xlsx")


def as_path(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    """Turn an argument into a path; :mod:`pathlib` is too slow for ``--help``."""
    from pathlib import Path

    return None if value is None else Path(value)


def as_paths(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[Path, ...]:
    """Turn arguments into paths."""
    from pathlib import Path

    return tuple(map(Path, value))


def language(command: Command) -> Command:
    """Give a command ``--lang``; it is read before the commands are built."""
    return click.option(
        "--lang", type=click.Choice(languages()), help="help.opt.lang", expose_value=False
    )(command)


def force(command: Command) -> Command:
    """Give a command ``--force``, to write over workbooks that may hold somebody's work."""
    return click.option("--force", is_flag=True, help="help.opt.force")(command)


def as_day(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """Turn an argument into a day, ISO 8601; today where none is given."""
    import datetime

    if value is None:
        return datetime.date.today().isoformat()
    from welfaregraph.errors import MisuseError

    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise MisuseError("bad-date", where="--on", value=value) from None


def common(
    *formats: str, dated: bool = True, graphs: bool = False
) -> Callable[[Command], Command]:
    """Give a command the options that all commands on a graph have.

    :param formats: the first is for the screen and none for a file; ``FORMATS`` unless given
    :param graphs: whether an answer may be a graph, which is written as it is
    :param dated: with ``--on``: its answer depends on the day
    """

    def add(plain: Command) -> Command:
        command = _with_fitting_format(plain, formats or FORMATS, graphs=graphs)
        if dated:
            command = click.option("--on", callback=as_day, metavar="YYYY-MM-DD",
                                   help="help.opt.on")(command)  # fmt: skip
        for option in (
            click.option("-o", "--output", metavar="FILE", callback=as_path,
                         help="help.opt.output"),
            language,
            click.option("--only-data", is_flag=True, help="help.opt.only-data"),
            click.option("--data", multiple=True, metavar="DIR", help="help.opt.data"),
            click.option("--format", "form", type=click.Choice(formats or FORMATS),
                         default=(formats or FORMATS)[0], help="help.opt.format",
                         show_default=True),
        ):  # fmt: skip
            command = option(command)
        return command

    return add


def _with_fitting_format(command: Command, formats: Sequence[str], *, graphs: bool) -> Command:
    """Let the name of the output file tell its format, where ``--format`` does not."""

    @functools.wraps(command)
    def fitted(*arguments: Any, form: str, output: Path | None, **options: Any) -> Any:
        context = click.get_current_context()
        source = context.get_parameter_source("form")
        if output is not None and source is click.core.ParameterSource.DEFAULT:
            ending = output.suffix.lower().removeprefix(".")
            form = ending if ending in formats[1:] else form
        if output is not None and form == formats[0] and not graphs:
            from welfaregraph.errors import MisuseError

            raise MisuseError("screen-format", where=f"-o {output}", formats=tuple(formats[1:]))
        return command(*arguments, form=form, output=output, **options)

    return cast(Command, fitted)


def opened(data: Sequence[str], *, only_data: bool, files: Sequence[Path] = ()) -> PlanGraph:
    """Load the graph that ``--data`` and ``--only-data`` ask for."""
    from welfaregraph.errors import MisuseError
    from welfaregraph.plangraph import load

    if only_data and not data and not files:
        raise MisuseError("only-data-alone", where="--only-data")
    graph = load(*data, bundled=not only_data, files=files)
    context = click.get_current_context(silent=True)
    if context:
        from welfaregraph.cli import terms

        context.meta[terms.GRAPH] = graph
    return graph


def plans_named(graph: PlanGraph, names: Sequence[str]) -> list[str]:
    """Return the IRIs of the plans named: by IRI, short form, or words of the printed name."""
    from welfaregraph.errors import MisuseError
    from welfaregraph.text import search_key
    from welfaregraph.vocab import compact, expand

    held = {str(row["plan"]): str(row["planLabel"]) for row in graph.plans()}
    wanted, unknown = [], []
    for name in names:
        printed = [iri for iri, label in held.items() if search_key(name) in search_key(label)]
        if expand(name) in held:
            wanted.append(expand(name))
        elif len(printed) == 1:
            wanted += printed
        else:
            unknown.append(name)
    if unknown:
        lines = (f"{compact(iri).removeprefix('id/')}  {held[iri]}" for iri in held)
        raise MisuseError("no-such-plan", where=", ".join(unknown), known="\n    ".join(lines))
    return wanted
