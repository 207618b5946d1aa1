"""``welfaregraph draft``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import as_path, as_paths, force, language, opened

if TYPE_CHECKING:
    from pathlib import Path

    from welfaregraph.documents import Document
    from welfaregraph.draft import Draft

__all__ = ["command"]

#: Length of the bar for one document.
WHOLE = 100


@click.command("draft", help="help.draft")
@click.argument("documents", nargs=-1, required=True, callback=as_paths, metavar="DOCUMENT…")
@click.option("-o", "--output", metavar="FILE", callback=as_path,
              help="help.opt.draft-output")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("json", "xlsx")),
              help="help.opt.draft-format")  # fmt: skip
@force
@language
def command(
    documents: tuple[Path, ...], *, form: str | None, output: Path | None, force: bool
) -> None:
    """Draft a plan from its documents."""
    from welfaregraph.cli.workbooks import keep_present
    from welfaregraph.draft import draft_plan
    from welfaregraph.errors import MisuseError

    wanted = form or ("xlsx" if output and output.suffix.lower() == ".xlsx" else "json")
    if wanted == "xlsx" and output is None:
        raise MisuseError("needs-output", where="--format")
    if output and output.suffix.lower() not in {f".{wanted}", ""}:
        raise MisuseError("draft-ending", where=str(output), wanted=f".{wanted}")
    if wanted == "xlsx" and output and not force:
        keep_present(output)
    read = _read(documents)
    plan = draft_plan(read)
    if not plan.is_plan:
        reason = say(f"draft.no-plan.{plan.reason}")
        click.echo(say("draft.no-plan.told", reason=reason), err=True)
    if wanted == "json":
        _put_json(plan, read, output)
    elif output and plan.is_plan:
        _put_workbook(plan, read, output, force=force)


def _put_json(plan: Draft, read: list[Document], output: Path | None) -> None:
    import json

    from welfaregraph.draft.form import as_json
    from welfaregraph.files import write_atomically

    reason = "" if plan.is_plan else say(f"draft.no-plan.{plan.reason}")
    text = json.dumps(as_json(plan, read, reason=reason), ensure_ascii=False, indent=2) + "\n"
    if output:
        write_atomically(output, text)
    else:
        click.echo(text, nl=False)


def _put_workbook(plan: Draft, read: list[Document], output: Path, *, force: bool) -> None:
    """Write the workbook of the plan; further plans of the document beside it."""
    from welfaregraph import sheet
    from welfaregraph.cli.workbooks import keep_present, put_workbook
    from welfaregraph.draft.graph import drafted_plans

    store = opened((), only_data=False).store
    plans = drafted_plans(plan, read)
    rest = (output.with_stem(f"{output.stem}-{n}") for n in range(2, len(plans) + 1))
    paths = [output, *rest]
    if not force:
        keep_present(*paths)
    for path, drafted in zip(paths, plans, strict=True):
        notes = {
            iri: say(
                "draft.note",
                how=say(f"draft.recogniser.{found.recogniser}"),
                confidence=f"{found.confidence:.2f}",
            )
            for iri, found in drafted.notes.items()
        }
        put_workbook(sheet.workbook(drafted.files, store, language=chosen(), notes=notes), path)


def _read(paths: tuple[Path, ...]) -> list[Document]:
    """Read all documents, or tell all that cannot be read."""
    import sys

    from welfaregraph.documents import read_document
    from welfaregraph.errors import InputError, WelfareGraphError, raise_all

    found: list[Document] = []
    problems: list[WelfareGraphError] = []
    with click.progressbar(length=len(paths) * WHOLE, label=say("draft.reading"),
                           file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:  # fmt: skip
        for number, path in enumerate(paths):

            def step(done: int, total: int, before: int = number * WHOLE) -> None:
                bar.update(before + WHOLE * done // max(total, 1) - bar.pos)

            try:
                found.append(read_document(path, step=step))
            except InputError as error:
                problems.append(error)
            step(1, 1)
    raise_all(problems)
    return found
