"""One function per command."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from welfaregraph import __version__
from welfaregraph.cli.language import chosen, say
from welfaregraph.speech import languages

if TYPE_CHECKING:
    from welfaregraph.plangraph import PlanGraph

__all__ = ["welfaregraph"]

Command = TypeVar("Command", bound=Callable[..., Any])
FORMATS = ("table", "csv", "tsv", "json", "xlsx")
SEVERITIES = ("error", "warning", "info")


def _day(_: click.Context, __: click.Parameter, value: str | None) -> str:
    if value is None:
        return datetime.date.today().isoformat()
    from welfaregraph.errors import MisuseError

    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise MisuseError("bad-date", where="--on", value=value) from None


def common(*formats: str) -> Callable[[Command], Command]:
    """Give a command the options that all commands on a graph have."""

    def add(command: Command) -> Command:
        for option in (
            click.option("-o", "--output", type=click.Path(path_type=Path),
                         help=say("opt.output")),
            click.option("--on", callback=_day, metavar="YYYY-MM-DD", help=say("opt.on")),
            click.option("--lang", type=click.Choice(languages()), help=say("opt.lang"),
                         expose_value=False),
            click.option("--only-data", is_flag=True, help=say("opt.only-data")),
            click.option("--data", multiple=True, metavar="DIR", help=say("opt.data")),
            click.option("--format", "form", type=click.Choice(formats or FORMATS),
                         default=(formats or FORMATS)[0], help=say("opt.format"),
                         show_default=True),
        ):  # fmt: skip
            command = option(command)
        return command

    return add


def opened(data: Sequence[str], *, only_data: bool, files: Sequence[Path] = ()) -> PlanGraph:
    """Load the graph that ``--data`` and ``--only-data`` ask for."""
    from welfaregraph.plangraph import load

    return load(*data, bundled=not only_data, files=files)


@click.group(invoke_without_command=True, help=say("help.welfaregraph"))
@click.version_option(__version__, message="welfaregraph %(version)s")
@click.option(
    "--lang", type=click.Choice(languages()), help=say("opt.lang"), expose_value=False
)
@click.pass_context
def welfaregraph(context: click.Context) -> None:
    """Say what the graph holds and what to try; or run a command."""
    if context.invoked_subcommand is None:
        from welfaregraph.cli import words

        graph = opened((), only_data=False)
        words.put_summary(graph.plans(lang=chosen()))


@welfaregraph.command(help=say("help.query"))
@click.argument("question", required=False, metavar="[NAME | FILE.rq | -]")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help=say("opt.set"))
@click.option("--explain", is_flag=True, help=say("opt.explain"))
@click.option("--endpoint", metavar="URL", help=say("opt.endpoint"))
@common()
def query(
    question: str | None,
    *,
    values: tuple[str, ...],
    explain: bool,
    endpoint: str | None,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> None:
    """Answer a question of the catalogue, or any SPARQL query."""
    from welfaregraph import resources
    from welfaregraph.cli import tables, words
    from welfaregraph.queries import Catalogue, localised, read_question
    from welfaregraph.turtle import decoded

    if question is None:
        return words.put_catalogue(Catalogue(resources.QUERIES))
    if question == "-":
        asked = read_question("-", decoded(sys.stdin.buffer.read(), where="-"))
    elif question.endswith(".rq"):
        asked = read_question(question)
    else:
        asked = Catalogue(resources.QUERIES)[question]
    if explain:
        return words.put_question(asked)
    given = {"on": on, "lang": chosen()} | _assignments(values)
    asked.bound(given)  # a wrong call is told before the graph is loaded
    if endpoint:
        from welfaregraph.endpoint import Endpoint

        answer = asked.ask(Endpoint(endpoint), given)
    else:
        answer = asked.ask(opened(data, only_data=only_data).store, given)
    empty = localised(asked.header, "empty", chosen()) or say("query.empty")
    if not answer.is_rows or form in ("csv", "tsv", "json"):
        if answer.is_rows and not answer:
            click.echo(empty, err=True)
        return tables.put_bytes(answer.serialize("json" if form == "table" else form), output)
    titles = {column.name: column.title(chosen()) for column in asked.columns}
    return tables.put(
        answer.rows(),
        form,
        titles={name: titles.get(name, name) for name in answer.variables},
        output=output,
        empty=empty,
    )


def _assignments(values: Sequence[str]) -> dict[str, str]:
    from welfaregraph.errors import MisuseError

    found = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not equals or not name:
            raise MisuseError("bad-assignment", where="--set", value=value)
        found[name] = given
    return found


def _plans(graph: PlanGraph, names: Sequence[str]) -> list[str]:
    """Return the IRIs of the plans named, by IRI or short form."""
    from welfaregraph.errors import MisuseError
    from welfaregraph.vocab import compact, expand

    held = [str(row["plan"]) for row in graph.plans()]
    wanted = [expand(name) for name in names]
    unknown = [name for name, iri in zip(names, wanted, strict=True) if iri not in held]
    if unknown:
        known = "\n    ".join(compact(iri).removeprefix("id/") for iri in held)
        raise MisuseError("no-such-plan", where=", ".join(unknown), known=known)
    return wanted


@welfaregraph.command(help=say("help.overlaps"))
@click.argument("plans", nargs=-1, metavar="[PLAN…]")
@click.option("--min-score", type=click.FloatRange(0, 1), help=say("opt.min-score"))
@click.option("--limit", type=click.IntRange(1), help=say("opt.limit"))
@common()
def overlaps(
    plans: tuple[str, ...],
    *,
    min_score: float | None,
    limit: int | None,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> None:
    """Rank the measures of different plans that do the same work."""
    from welfaregraph.cli import tables, words
    from welfaregraph.overlap import DEFAULT_MIN_SCORE

    graph = opened(data, only_data=only_data)
    least = DEFAULT_MIN_SCORE if min_score is None else min_score
    wanted = _plans(graph, plans)
    found = graph.overlaps(*wanted, min_score=least, on=on, lang=chosen())[:limit]
    if form == "table":
        return words.put_overlaps(found)
    rows = [words.overlap_row(pair) for pair in found]
    titles = {name: say(f"overlap.{name}") for name in words.OVERLAP_COLUMNS}
    return tables.put(rows, form, titles=titles, output=output, empty=say("overlaps.empty"))


@welfaregraph.command(help=say("help.gaps"))
@click.argument("plans", nargs=-1, metavar="[PLAN…]")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list("abcdefgh")),
              help=say("opt.kind"))  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help=say("opt.limit"))
@common()
def gaps(
    plans: tuple[str, ...],
    *,
    kinds: tuple[str, ...],
    limit: int | None,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> None:
    """Tell what plans leave open."""
    from welfaregraph.cli import tables, words

    graph = opened(data, only_data=only_data)
    wanted = _plans(graph, plans)
    found = graph.gaps(*wanted, kinds="".join(kinds), on=on, lang=chosen())
    if form == "table":
        return words.put_gaps(found, limit)
    rows = [words.gap_row(gap) for gap in found[:limit]]
    titles = {name: say(f"gap.{name}") for name in words.GAP_COLUMNS}
    return tables.put(rows, form, titles=titles, output=output, empty=say("gaps.empty"))


@welfaregraph.command(help=say("help.check"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE.ttl…]")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True,
              help=say("opt.fail-on"))  # fmt: skip
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", show_default=True,
              help=say("opt.severity"))  # fmt: skip
@common("text", "csv", "tsv", "json", "xlsx")
def check(
    files: tuple[Path, ...],
    *,
    fail_on: str,
    severity: str,
    form: str,
    data: tuple[str, ...],
    only_data: bool,
    on: str,
    output: Path | None,
) -> int:
    """Report what is wrong or open in plans."""
    from welfaregraph.cli import tables, words

    graph = opened(data, only_data=only_data, files=files)
    found = graph.check(on=on, only_own=bool(files or data))
    failed = any(SEVERITIES.index(i.severity) <= SEVERITIES.index(fail_on) for i in found)
    shown = [i for i in found if SEVERITIES.index(i.severity) <= SEVERITIES.index(severity)]
    if form == "text":
        words.put_issues(shown)
    elif form == "json":
        tables.put([words.issue_object(i) for i in shown], form, titles={}, output=output)
    else:
        titles = {name: say(f"issue.{name}") for name in words.ISSUE_COLUMNS}
        rows = [words.issue_row(issue) for issue in shown]
        tables.put(rows, form, titles=titles, output=output, empty=say("check.clean"))
    return 1 if failed else 0


@welfaregraph.command(help=say("help.fmt"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE.ttl…]")
@click.option("--check", "only_check", is_flag=True, help=say("opt.fmt-check"))
@click.option("--data", multiple=True, metavar="DIR", help=say("opt.data"))
@click.option(
    "--lang", type=click.Choice(languages()), help=say("opt.lang"), expose_value=False
)
def fmt(files: tuple[Path, ...], *, only_check: bool, data: tuple[str, ...]) -> int:
    """Write Turtle in its one canonical form."""
    from welfaregraph import resources
    from welfaregraph.errors import InputError, MisuseError, ProblemsError, WelfareGraphError
    from welfaregraph.turtle import canonical, find_turtle, read_text, write_atomically

    wanted = list(files) + [path for folder in data for path in find_turtle(Path(folder))]
    if not wanted:
        if not only_check and not resources.is_checkout():
            raise MisuseError("fmt-installed")
        wanted = [path for name in resources.FOLDERS for path in find_turtle(name)]
    changed: list[tuple[Path, str]] = []
    problems: list[WelfareGraphError] = []
    for path in wanted:
        try:
            text = read_text(path)
            written = canonical(text, where=str(path))
        except InputError as error:
            problems.append(error)
        else:
            changed += [(path, written)] if written != text else []
    if problems:
        raise ProblemsError(problems)
    for path, written in changed:
        click.echo(path)
        if not only_check:
            write_atomically(path, written)
    key = "fmt.would-change" if only_check else "fmt.changed"
    click.echo(say(key, changed=len(changed), files=len(wanted)), err=True)
    return 1 if only_check and changed else 0
