"""``welfaregraph build``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import say
from welfaregraph.cli.options import as_day, as_path, language, opened

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]


def _day_if_given(context: click.Context, option: click.Parameter, value: str | None) -> str:
    return "" if value is None else as_day(context, option, value)


@click.command("build", help="help.build")
@click.argument("folder", required=False, callback=as_path, metavar="[DIR]")
@click.option("--on", callback=_day_if_given, metavar="YYYY-MM-DD",
              help="help.opt.built-on")  # fmt: skip
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.data")
@click.option("--only-data", is_flag=True, help="help.opt.only-data")
@language
def command(folder: Path | None, *, on: str, data: tuple[str, ...], only_data: bool) -> None:
    """Derive overlaps and suggestions and write them beside the data."""
    from welfaregraph.build import build

    target = folder or _beside(data)
    done = build(opened(data, only_data=only_data), target, on=on)
    for file in done.files:
        click.echo(file)
    told = say("build.done", **done.links, offers=done.offers, folder=target)
    click.echo(told, err=True)


def _beside(data: tuple[str, ...]) -> Path:
    """Return the folder ``build`` beside the last of ``--data``, else beside ``graphs/``."""
    from pathlib import Path

    from welfaregraph import resources
    from welfaregraph.errors import MisuseError

    if data:
        return Path(data[-1]).resolve().parent / "build"
    if not resources.is_checkout():
        raise MisuseError("build-where")
    return resources.GRAPHS.parent / "build"
