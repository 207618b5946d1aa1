"""How ``--help`` is laid out: in the language of this run, folded by the width of letters.

A command or option names the message that is its help; which language speaks is known when the
page is shown, not when the command is built.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

import click

from welfaregraph.cli.language import say
from welfaregraph.cli.paragraphs import breadth, folded

__all__ = ["Context", "Formatter"]

#: What click itself says in English, and the message in its place.
HEADINGS = {"Options": "help.click.options", "Commands": "help.click.commands"}
SENTENCES = {
    "Show this message and exit.": "help.click.help",
    "Show the version and exit.": "help.click.version",
}
#: Columns of a page of help, at most and at least.
WIDEST, NARROWEST = 80, 50


class Formatter(click.HelpFormatter):
    """Lays out a page of help."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        width = width or max(min(_columns(), max_width or WIDEST) - 2, NARROWEST)
        super().__init__(indent_increment, width, max_width)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how the command is called."""
        start = f"{prefix or say('help.click.usage')} {prog} "
        margin = breadth(start)
        lines = folded(args, self.width - margin)
        self.write((start + f"\n{'':>{margin}}".join(lines)).rstrip() + "\n")

    def write_heading(self, heading: str) -> None:
        """Write the head of a section."""
        named = HEADINGS.get(heading)
        self.write(f"{'':>{self.current_indent}}{say(named) if named else f'{heading}:'}\n")

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        for line in folded(_worded(text), self.width - self.current_indent):
            self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms with what they mean beside or, where a term is long, below them."""
        pairs = [(term, _spoken(meaning)) for term, meaning in rows]
        column = min(max(breadth(term) for term, _ in pairs), col_max) + col_spacing
        margin = self.current_indent + column
        for term, meaning in pairs:
            gap = column - breadth(term)
            between = " " * gap if gap >= col_spacing else f"\n{'':>{margin}}"
            lines = folded(meaning, max(self.width - margin, 10))
            text = between + f"\n{'':>{margin}}".join(lines) if meaning else ""
            self.write(f"{'':>{self.current_indent}}{term}{text}\n")


def _columns() -> int:
    """Return the width of the terminal as shutil would, which is slow to import."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return WIDEST


def _worded(text: str) -> str:
    """Return the message that a help text names; other texts are what they say."""
    key = SENTENCES.get(text, text)
    return say(key) if key.startswith("help.") else text


def _spoken(meaning: str) -> str:
    """Put messages in the place of what click says, also at the end: ``[default: table]``."""
    text, mark, extras = meaning.rpartition("  [")
    if not mark or not extras.endswith("]"):
        return _worded(meaning)
    return f"{_worded(text)}  {' '.join(map(_extra, extras[:-1].split('; ')))}"


def _extra(said: str) -> str:
    if said == "required":
        return say("help.click.required")
    named, mark, value = said.partition("default: ")
    return say("help.click.default", value=value) if mark and not named else f"[{said}]"


class Context(click.Context):
    """What a command runs in: click asks it for the formatter."""

    formatter_class = Formatter
