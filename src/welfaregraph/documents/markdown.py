"""Markdown: the lines of the file, freed of its marks, with headings and tables known."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from welfaregraph.documents.hypertext import html_lines
from welfaregraph.documents.lines import Content, Line, row
from welfaregraph.documents.plain import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

__all__ = ["markdown_lines", "read_markdown"]

LINE_END = re.compile("\r\n|\n|\r")
BREAK = re.compile(r"<br\s*/?>", re.I)
READING = re.compile(r"<(rt|rp)>.*?</\1>", re.I | re.S)
TABLE = re.compile(r"<table\b", re.I)
TAG = re.compile(r"</?[a-z][^<>]*>", re.I)
QUOTE = re.compile(r"(?:\s{0,3}>)+ ?")
#: Pairs that CommonMark leaves beside Japanese brackets: ``**「見守り」**を``.
LEFT_MARKS = re.compile(r"\*\*|__(?=\S)")


def markdown_lines(text: str) -> list[Line]:
    r"""Return the lines of a Markdown text under the numbers they have in the file.

    Bullets and numbers stay, as they are text to a reader; ``#``, ``**``, ``|``, quotes and
    HTML tags go. A table written as HTML on fewer lines than it has rows gives several lines
    with one number.

    >>> text = "# 基本目標１\n\n- **声かけ**\n\n|市民|地域|\n|-|-|\n|相談|見守り|"
    >>> lines = markdown_lines(text)
    >>> [(line.number, line.text, line.heading) for line in lines if line.text][:2]
    [(1, '基本目標１', 1), (3, '- 声かけ', 0)]
    >>> lines[6].cells
    ('相談', '見守り')
    """
    from markdown_it import MarkdownIt

    raw = LINE_END.split(text)
    if raw[-1] == "":
        raw.pop()
    read: dict[int, list[Line]] = {}
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(raw))
    for at, token in enumerate(tokens):
        if token.map is None:
            continue
        start, end = token.map[0], min(token.map[1], len(raw))
        if token.type == "tr_open":
            cells = [_cell(inner) for inner in _inlines(tokens, at)]
            read[start] = [row(cells)]
        elif token.type in {"heading_open", "table_open"}:
            read |= {line: [Line(0, "")] for line in range(start, end)}
        elif token.type == "html_block" and TABLE.search(token.content):
            read |= _html(token.content, start, end)
        elif token.type == "inline" and tokens[at - 1].type not in {"td_open", "th_open"}:
            level = int(tokens[at - 1].tag[1]) if tokens[at - 1].type == "heading_open" else 0
            read |= _prose(token, raw, level)
    return [
        Line(number, line.text, cells=line.cells, heading=line.heading)
        for number, source in enumerate(raw, start=1)
        for line in read.get(number - 1, [Line(0, _unmarked(source))])
    ]


def _inlines(tokens: Sequence[Token], start: int) -> list[Token]:
    found = []
    for token in tokens[start + 1 :]:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            found.append(token)
    return found


def _cell(token: Token) -> str:
    lines = (" ".join(line.split()) for line in _words(token).split("\n"))
    return "\n".join(line for line in lines if line)


def _words(token: Token) -> str:
    """Return an inline token's text, its line breaks kept."""
    pieces = []
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
        else:
            pieces.append(child.content)
    return _unmarked("".join(pieces))


def _unmarked(text: str) -> str:
    plain = TAG.sub("", READING.sub("", BREAK.sub("\n", text))) if "<" in text else text
    return LEFT_MARKS.sub("", plain)


def _prose(token: Token, raw: Sequence[str], level: int) -> dict[int, list[Line]]:
    """Return the file's lines under one inline token, each with the bullet before it."""
    start, end = token.map or (0, 0)
    sources, found = token.content.split("\n"), {}
    words: list[list[str]] = [[]]
    for child in token.children or []:
        if child.type in {"softbreak", "hardbreak"}:
            words.append([])
        else:
            words[-1].append(child.content)
    if len(words) != len(sources) or len(sources) > end - start:
        return {}
    for offset, (source, pieces) in enumerate(zip(sources, words, strict=True)):
        written = raw[start + offset]
        at = written.find(source)
        before = "" if level or at < 0 else QUOTE.sub("", written[:at])
        text = before + _unmarked("".join(pieces)).replace("\n", " ")
        found[start + offset] = [Line(0, text, heading=level if len(sources) == 1 else 0)]
    return found


def _html(content: str, start: int, end: int) -> dict[int, list[Line]]:
    """Return the lines of an HTML block, each where it begins in the file."""
    found: dict[int, list[Line]] = {at: [] for at in range(start, end)}
    for line in html_lines(content)[0]:
        found[min(start + line.number, end) - 1].append(line)
    return {at: lines or [Line(0, "")] for at, lines in found.items()}


def read_markdown(raw: bytes, path: Path) -> Content:
    """Return the lines of a Markdown file; its first heading is its title.

    :raises InputError: the file is in no encoding that is known
    """
    text, encoding = decode(raw, str(path))
    lines = tuple(markdown_lines(text))
    title = next((line.text for line in lines if line.heading == 1), "")
    return Content(lines, title=title, encoding=encoding)
