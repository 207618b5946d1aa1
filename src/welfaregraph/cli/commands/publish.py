"""``welfaregraph publish``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import as_path, language, opened
from welfaregraph.codes import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.progress import Progress

    from welfaregraph.checks import Issue
    from welfaregraph.plangraph import PlanGraph
    from welfaregraph.publish.site import Site

__all__ = ["command"]

#: Findings shown of a plan that is left out.
SHOWN = 3


@click.command("publish", help="help.publish")
@click.argument("folder", metavar="[DIR]", required=False, callback=as_path)
@click.option("--check", is_flag=True, help="help.opt.publish-check")
@click.option("--fail-on", type=click.Choice(SEVERITIES), default="error", show_default=True,
              help="help.opt.fail-on")  # fmt: skip
@click.option("--base", metavar="IRI", default="", help="help.opt.base")
@click.option("--host-url", metavar="URL", default="", help="help.opt.host-url")
@click.option("--endpoint-url", metavar="URL", default="", help="help.opt.endpoint-url")
@click.option("--previous", metavar="DIR", callback=as_path, help="help.opt.previous")
@click.option("--include-invalid", is_flag=True, help="help.opt.include-invalid")
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.data")
@click.option("--only-data", is_flag=True, help="help.opt.only-data")
@language
def command(
    folder: Path | None,
    *,
    check: bool,
    fail_on: str,
    base: str,
    host_url: str,
    endpoint_url: str,
    previous: Path | None,
    include_invalid: bool,
    data: tuple[str, ...],
    only_data: bool,
) -> int:
    """Write a complete static publication, or look at one as a portal would."""
    from welfaregraph import vocab
    from welfaregraph.errors import MisuseError
    from welfaregraph.publish.history import Previous
    from welfaregraph.publish.site import Site, base_of, url_of

    if folder is None and not check:
        raise MisuseError("publish-where")
    if check and folder is not None:
        return _checked(folder, fail_on)
    based = base_of(base or vocab.BASE)
    host = base_of(host_url, where="--host-url") if host_url else ""
    endpoint = url_of(endpoint_url) if endpoint_url else ""
    last = Previous.in_folder(previous, required=True) if previous else None
    with _progress() as progress:
        graph, failed = _admitted(
            opened(data, only_data=only_data), progress, everything=include_invalid
        )
        site = Site(graph, base=based, host=host, endpoint=endpoint, last=last)
        if folder is not None:
            return _written(site, folder, progress) or failed
        return _tried(site, progress, fail_on) or failed


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,  # fmt: skip
    )

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _admitted(
    graph: PlanGraph, progress: Progress, *, everything: bool
) -> tuple[PlanGraph, int]:
    """Leave out the plans that fail their shapes, and say which."""
    from welfaregraph.publish.admission import admitted, refused

    if everything:
        return admitted(graph), 0
    task = progress.add_task(say("publish.step.validate"), total=None)

    def step(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total)

    found = refused(graph, step=step)
    progress.remove_task(task)
    for plan, issues in sorted(found.items()):
        click.echo(_left_out(graph, plan, issues), err=True)
    return admitted(graph, tuple(found)), 1 if found else 0


def _left_out(graph: PlanGraph, plan: str, issues: Sequence[Issue]) -> str:
    from welfaregraph.vocab import compact

    names = {str(row["plan"]): str(row["planLabel"]) for row in graph.plans(lang=chosen())}
    lines = [say("publish.left-out", plan=names.get(plan, compact(plan)), count=len(issues))]
    for issue in issues[:SHOWN]:
        message = issue.messages.get(chosen()) or next(iter(issue.messages.values()), "")
        lines.append(f"  {issue.rule}  {compact(issue.focus)}  {message}")
    return "\n".join([*lines, f"  → {say('publish.left-out-todo')}"])


def _written(site: Site, folder: Path, progress: Progress) -> int:
    from welfaregraph.publish.publication import publish

    task = progress.add_task("", total=None)

    def step(name: str, done: int, total: int) -> None:
        said = say(f"publish.step.{name}")
        progress.update(task, description=said, completed=done, total=max(done, total))

    done = publish(site, folder, step=step)
    progress.stop()
    click.echo(
        say("publish.done", folder=done.folder, files=done.files, plans=done.plans,
            megabytes=done.size / 1e6),
        err=True,
    )  # fmt: skip
    return 0


def _tried(site: Site, progress: Progress, fail_on: str) -> int:
    """Publish twice into a folder that is thrown away, and look at that."""
    import tempfile
    from dataclasses import replace
    from pathlib import Path

    from welfaregraph.plangraph import PlanGraph
    from welfaregraph.store import Store

    with tempfile.TemporaryDirectory() as place:
        folder, again = Path(place) / "publication", Path(place) / "again"
        _written(site, folder, progress)
        fresh = replace(site, graph=PlanGraph(Store(site.graph.store.sources)))
        _written(fresh, again, progress)
        return _checked(folder, fail_on, again)


def _checked(folder: Path, fail_on: str, again: Path | None = None) -> int:
    from welfaregraph.publish.inspection import inspected

    found = inspected(folder, again=again)
    for verdict in found:
        click.echo(verdict.render(chosen()))
    passed = sum(not verdict.failed for verdict in found)
    click.echo(say("portal.score", passed=passed, rules=len(found)))
    worst = [SEVERITIES.index(v.severity) for v in found if v.failed]
    return 1 if any(at <= SEVERITIES.index(fail_on) for at in worst) else 0
