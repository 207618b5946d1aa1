"""The command line as a whole; a command's module is imported when it is asked for."""

from __future__ import annotations

import os
from importlib import import_module

import click

from welfaregraph import __version__
from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.manual import Context
from welfaregraph.cli.options import language, opened

__all__ = ["command_names", "welfaregraph"]

FOLDER = os.path.join(os.path.dirname(__file__), "commands")


def command_names() -> list[str]:
    """Return the names of the commands, sorted."""
    files = sorted(os.listdir(FOLDER))
    return [file.removesuffix(".py") for file in files if not file.startswith("_")]


class _Group(click.Group):
    context_class = Context

    def list_commands(self, _: click.Context) -> list[str]:
        return command_names()

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        if name not in command_names():
            return None
        found = import_module(f"welfaregraph.cli.commands.{name}").command
        if not isinstance(found, click.Command):
            return None
        found.context_class = Context
        return found

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from their help texts, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, say(f"help.{name}")) for name in command_names()])


@click.group(cls=_Group, invoke_without_command=True, help="help.welfaregraph")
@click.version_option(__version__, message="welfaregraph %(version)s")
@language
@click.pass_context
def welfaregraph(context: click.Context) -> None:
    """Say what the graph holds and what to try; or run a command."""
    if context.invoked_subcommand is None:
        from welfaregraph.cli import words

        words.put_summary(opened((), only_data=False).plans(lang=chosen()))
