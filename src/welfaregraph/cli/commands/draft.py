"""``welfaregraph draft``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import say
from welfaregraph.cli.options import as_path, as_paths, language

if TYPE_CHECKING:
    from pathlib import Path

    from welfaregraph.documents import Document

__all__ = ["command"]


@click.command("draft", help=say("help.draft"))
@click.argument("documents", nargs=-1, required=True, callback=as_paths, metavar="DOCUMENT…")
@click.option("-o", "--output", metavar="FILE", callback=as_path, help=say("help.opt.output"))
@click.option("--format", type=click.Choice(("json",)), default="json", show_default=True,
              expose_value=False, help=say("help.opt.format"))  # fmt: skip
@language
def command(documents: tuple[Path, ...], *, output: Path | None) -> None:
    """Draft a plan from its documents."""
    import json

    from welfaregraph.draft import draft_plan
    from welfaregraph.draft.form import as_json
    from welfaregraph.files import write_atomically

    read = _read(documents)
    plan = draft_plan(read)
    reason = "" if plan.is_plan else say(f"draft.no-plan.{plan.reason}")
    if not plan.is_plan:
        click.echo(say("draft.no-plan.told", reason=reason), err=True)
    text = json.dumps(as_json(plan, read, reason=reason), ensure_ascii=False, indent=2) + "\n"
    if output:
        write_atomically(output, text)
    else:
        click.echo(text, nl=False)


def _read(paths: tuple[Path, ...]) -> list[Document]:
    from welfaregraph.documents import read_document
    from welfaregraph.errors import InputError, ProblemsError, WelfareGraphError

    found: list[Document] = []
    problems: list[WelfareGraphError] = []
    for path in paths:
        try:
            found.append(read_document(path))
        except InputError as error:
            problems.append(error)
    if problems:
        raise problems[0] if len(problems) == 1 else ProblemsError(problems)
    return found
