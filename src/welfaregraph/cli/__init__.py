"""The command line: ``welfaregraph``. Nothing else prints."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command line and end with its exit code (see docs/commands.md)."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    from welfaregraph.cli import language, streams

    streams.prepare()
    language.choose(arguments)
    from welfaregraph.cli.group import welfaregraph
    from welfaregraph.speech import phrase

    spoken = language.chosen()
    try:
        result = welfaregraph.main(arguments, prog_name="welfaregraph", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        click.echo(phrase("cli.misuse", spoken, reason=error.format_message()), err=True)
        return 2
    except (KeyboardInterrupt, click.Abort):
        click.echo(phrase("cli.interrupted", spoken), err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 (the last door: everything else is our own fault)
        return _explain(error, spoken)
    return result if isinstance(result, int) else 0


def _explain(error: Exception, spoken: str) -> int:
    from welfaregraph.errors import WelfareGraphError
    from welfaregraph.speech import phrase

    if isinstance(error, WelfareGraphError):
        click.echo(phrase("cli.error", spoken, text=error.render(spoken)), err=True)
        return error.exit_code
    if isinstance(error, ModuleNotFoundError) and error.name and not _is_ours(error.name):
        click.echo(phrase("cli.not-installed", spoken, module=error.name), err=True)
        return 5
    if os.environ.get("WELFAREGRAPH_DEBUG"):
        import traceback

        traceback.print_exception(error)
    reason = f"{type(error).__name__}: {error}"
    click.echo(phrase("cli.own-fault", spoken, reason=reason), err=True)
    return 5


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == "welfaregraph"
