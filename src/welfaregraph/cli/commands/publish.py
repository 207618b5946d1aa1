"""``welfaregraph publish``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import say
from welfaregraph.cli.options import as_path, language, opened

if TYPE_CHECKING:
    from pathlib import Path

    from welfaregraph.publish.site import Site

__all__ = ["command"]


@click.command("publish", help=say("help.publish"))
@click.argument("folder", metavar="DIR", callback=as_path)
@click.option("--base", metavar="IRI", default="", help=say("help.opt.base"))
@click.option("--host-url", metavar="URL", default="", help=say("help.opt.host-url"))
@click.option("--endpoint-url", metavar="URL", default="", help=say("help.opt.endpoint-url"))
@click.option("--previous", metavar="DIR", callback=as_path, help=say("help.opt.previous"))
@click.option("--data", multiple=True, metavar="DIR", help=say("help.opt.data"))
@click.option("--only-data", is_flag=True, help=say("help.opt.only-data"))
@language
def command(
    folder: Path,
    *,
    base: str,
    host_url: str,
    endpoint_url: str,
    previous: Path | None,
    data: tuple[str, ...],
    only_data: bool,
) -> None:
    """Write a complete static publication."""
    from welfaregraph import vocab
    from welfaregraph.publish.history import Previous
    from welfaregraph.publish.publication import without_computed
    from welfaregraph.publish.site import Site, base_of, url_of

    site = Site(
        without_computed(opened(data, only_data=only_data)),
        base=base_of(base or vocab.BASE),
        host=base_of(host_url, where="--host-url") if host_url else "",
        endpoint=url_of(endpoint_url) if endpoint_url else "",
        last=Previous.in_folder(previous, required=True) if previous else None,
    )
    _write(site, folder)


def _write(site: Site, folder: Path) -> None:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    from welfaregraph.publish.publication import publish

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TimeElapsedColumn(),
    )  # fmt: skip
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task("", total=None)

        def step(name: str, done: int, total: int) -> None:
            said = say(f"publish.step.{name}")
            progress.update(task, description=said, completed=done, total=max(done, total))

        done = publish(site, folder, step=step)
    click.echo(
        say("publish.done", folder=done.folder, files=done.files, plans=done.plans,
            megabytes=done.size / 1e6),
        err=True,
    )  # fmt: skip
