"""``welfaregraph fmt``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import say
from welfaregraph.cli.options import as_paths, language

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


@click.command("fmt", help="help.fmt")
@click.argument("files", nargs=-1, callback=as_paths, metavar="[FILE.ttl…]")
@click.option("--check", "only_check", is_flag=True, help="help.opt.fmt-check")
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.data")
@language
def command(files: tuple[Path, ...], *, only_check: bool, data: tuple[str, ...]) -> int:
    """Write Turtle in its one canonical form."""
    from pathlib import Path

    from welfaregraph import resources
    from welfaregraph.errors import InputError, MisuseError, WelfareGraphError, raise_all
    from welfaregraph.files import write_atomically
    from welfaregraph.turtle import canonical, find_turtle, read_text

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
    raise_all(problems)
    for path, written in changed:
        click.echo(path)
        if not only_check:
            write_atomically(path, written)
    key = "fmt.would-change" if only_check else "fmt.changed"
    key = key if changed else "fmt.in-order"
    click.echo(say(key, changed=len(changed), files=len(wanted)), err=True)
    return 1 if only_check and changed else 0
