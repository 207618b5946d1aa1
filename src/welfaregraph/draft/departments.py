"""Numbered names with a department at the end of their line, explained in the lines below.

主な取組 and 担当課 stand above; below them ① with a name, blanks and the department, then
sentences. Each name becomes a row of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from welfaregraph.documents import Line
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.lines import PAGE_NUMBER
from welfaregraph.draft.marks import mark_of, opens_level
from welfaregraph.draft.textrows import is_doer
from welfaregraph.draft.words import pattern

__all__ = ["ended_by_department", "with_departments"]

#: A text, blanks, and a last word.
ENDED = re.compile(
    r"^[\s\u3000]*(?P<name>\S.*?)[\s\u3000]+[（(]?(?P<last>[^\s\u3000（）()]+)[）)]?$"
)
#: A name, the department in brackets, and what explains it.
BRACKETED = re.compile(
    r"^(?P<name>[^。【】（）()]+?)[\s\u3000]*[【（(［〔](?P<who>[^【】（）()［］〔〕]{2,30})[】）)］〕]"
    r"(?:[\s\u3000]*\S.*。)?$"
)
#: Between a name and its row's head, and below a name.
MOST_EMPTY, MOST_LINES = 1, 8


def with_departments(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield lines, those of such lists as rows with a name, a text and a department.

    >>> texts = ["主な取組      担当課", "①配食      福祉課", "  届けます。", "②講座    教育課"]
    >>> [line.cells for line in with_departments([Line(1, text) for text in texts])][1:]
    [('主な取組', '', '担当課'), ('①配食', '届けます。', '福祉課'), ('②講座', '', '教育課')]
    """
    n = 0
    while n < len(lines):
        rows, end = _rows(lines, n) if _is_head(lines[n]) else ([], n)
        if rows:
            yield from rows
            n = end
        else:
            yield lines[n]
            n += 1


def _ended(line: Line) -> tuple[str, str] | None:
    found = None if line.cells or "\t" in line.text else ENDED.match(line.text.rstrip())
    return (found["name"], found["last"]) if found else None


def _is_head(line: Line) -> bool:
    ended = _ended(line)
    if ended is None:
        return False
    name, last = (part.strip("【】〔〕［］■◆●○ \u3000") for part in ended)
    named = function_of(name) == "action" or pattern("headings", "columns", "names").fullmatch(
        name
    )
    return bool(named and pattern("headings", "columns", "doers").fullmatch(last))


def _rows(lines: Sequence[Line], start: int) -> tuple[list[Line], int]:
    """Return the head and its rows, and the line after them; nothing if none is numbered."""
    rows: list[tuple[Line, str, str, list[str]]] = []
    style: tuple[str, str] | None = None
    n, empty, told = start + 1, 0, 0
    while n < len(lines):
        text = lines[n].text.strip()
        if not text:
            empty += 1
            n += 1
            continue
        name, doer = _ended(lines[n]) or ("", "")
        mark = mark_of(name)
        named = mark is not None and is_doer(doer) and style in (None, mark.style)
        if named and mark and not mark.keyword and (not rows or told <= MOST_LINES):
            rows.append((lines[n], name, doer, []))
            style, told, empty = mark.style, 0, 0
        elif not rows or _closes(lines[n]) or empty > MOST_EMPTY:
            break
        else:
            rows[-1][3].append(text)
            told, empty = told + 1, 0
        n += 1
    if not rows:
        return [], start
    name, doer = _ended(lines[start]) or ("", "")
    table = [(lines[start], (name, "", doer))]
    table += [(line, (a, "".join(told), b)) for line, a, b, told in rows]
    found = [replace(line, text="\t".join(cells), cells=cells) for line, cells in table]
    return [replace(lines[start], text=name), *found], n - empty


def _closes(line: Line) -> bool:
    """Tell whether a line is no explanation of the name above it."""
    mark = mark_of(line.text)
    numbered = mark is not None and bool(mark.numbers)
    page = PAGE_NUMBER.match(line.text)
    told = function_of(line.text.strip()) or opens_level(line.text.strip())
    return bool(line.cells or "\t" in line.text or line.heading or numbered or page or told)


def ended_by_department(title: str) -> re.Match[str] | None:
    """Return the name and the department of a title that ends with it, or is explained then.

    >>> ended_by_department("配食 【福祉課】").groups(), ended_by_department("配食（昼食）")
    (('配食', '福祉課'), None)
    """
    found = BRACKETED.match(title)
    department = pattern("headings", "columns", "department")
    parts = re.split("[・、，,/／]", found["who"]) if found else []
    return found if parts and all(map(department.fullmatch, parts)) else None
