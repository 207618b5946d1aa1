"""``welfaregraph query``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import common, opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from welfaregraph.store import Answer

__all__ = ["command"]


@click.command("query", help="help.query")
@click.argument("question", required=False, metavar="[NAME | FILE.rq | -]")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="help.opt.set")
@click.option("--explain", is_flag=True, help="help.opt.explain")
@click.option("--endpoint", metavar="URL", help="help.opt.endpoint")
@common(graphs=True)
def command(
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
        said = _said(answer) if form == "table" else answer.serialize(form)
        return tables.put_bytes(said, output)
    titles = {column.name: column.title(chosen()) for column in asked.columns}
    return tables.put(
        answer.rows(),
        form,
        titles={name: titles.get(name, name) for name in answer.variables},
        output=output,
        empty=empty,
        title=asked.summary(chosen()),
    )


def _said(answer: Answer) -> bytes:
    """Return the answer to an ASK in words, another one in Turtle; both end their line."""
    given = answer.serialize("csv").rstrip()
    known = {b"true": "query.yes", b"false": "query.no"}.get(given)
    return (say(known).encode() if known else given) + b"\n"


def _assignments(values: Sequence[str]) -> dict[str, str]:
    from welfaregraph.errors import MisuseError

    found = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not equals or not name:
            raise MisuseError("bad-assignment", where="--set", value=value)
        found[name] = given
    return found
