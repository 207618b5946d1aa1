"""``welfaregraph judge``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.options import as_day, language, opened

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["command"]

#: Kana or ideographs: the reason is Japanese whatever language the program speaks.
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@click.command("judge", help="help.judge")
@click.argument("kind", type=click.Choice(("overlap", "theme")))
@click.argument("subject", metavar="MEASURE|ELEMENT")
@click.argument("value", metavar="MEASURE|THEME")
@click.option("--accept", is_flag=True, help="help.opt.accept")
@click.option("--reject", is_flag=True, help="help.opt.reject")
@click.option("--reason", required=True, metavar="TEXT", help="help.opt.reason")
@click.option("--by", metavar="NAME|IRI", help="help.opt.by")
@click.option("--on", callback=as_day, metavar="YYYY-MM-DD", help="help.opt.judged-on")
@click.option("--data", multiple=True, metavar="DIR", help="help.opt.judge-data")
@language
def command(
    kind: str,
    subject: str,
    value: str,
    *,
    accept: bool,
    reject: bool,
    reason: str,
    by: str | None,
    on: str,
    data: tuple[str, ...],
) -> None:
    """Write down a person's judgement on an overlap or a theme."""
    from welfaregraph import judgements
    from welfaregraph.errors import MisuseError
    from welfaregraph.vocab import expand

    if accept == reject:
        raise MisuseError("one-verdict", where="--accept, --reject")
    folder = _target(data)
    graph = opened([d for d in data if d != data[-1] or _holds_turtle(d)], only_data=False)
    decision = judgements.Decision(
        accepted=accept,
        reason=reason,
        on=on,
        by=_curator(by) if by else judgements.NEUTRAL,
        language="ja" if JAPANESE.search(reason) else chosen(),
    )
    write = judgements.judge_overlap if kind == "overlap" else judgements.judge_theme
    for path in write(graph, expand(subject), expand(value), decision=decision, folder=folder):
        click.echo(path)
    click.echo(say("judge.accepted" if accept else "judge.rejected"), err=True)


def _target(data: tuple[str, ...]) -> Path:
    """Return the folder to write to: the last of ``--data``, else the checkout's."""
    from pathlib import Path

    from welfaregraph import resources
    from welfaregraph.errors import InputError, MisuseError

    if not data:
        if not resources.is_checkout():
            raise MisuseError("judge-installed")
        return resources.GRAPHS
    if not Path(data[-1]).is_dir():
        raise InputError("no-such-folder", where=data[-1])
    return Path(data[-1])


def _holds_turtle(folder: str) -> bool:
    from pathlib import Path

    return any(Path(folder).rglob("*.ttl"))


def _curator(name: str) -> str:
    """Return the IRI of who judges; a bare name is one below ``id/curator/``."""
    from welfaregraph.errors import MisuseError
    from welfaregraph.queries import FORBIDDEN_IN_IRI
    from welfaregraph.vocab import ID, expand

    iri = expand(name) if re.search("[:/]", name) else f"{ID}curator/{name}"
    if FORBIDDEN_IN_IRI.search(iri):
        raise MisuseError("bad-iri", where="--by", value=name)
    return iri
