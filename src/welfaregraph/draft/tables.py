"""Rows of tables: actors as columns or rows, ○ in the columns of actors, names of projects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from welfaregraph.draft.actors import (
    Actor,
    actors_in,
    marks_action,
    says_nothing,
    says_same,
)
from welfaregraph.draft.blocks import Block
from welfaregraph.draft.functions import function_of
from welfaregraph.draft.items import (
    BROKEN,
    is_status,
    items_of,
    label_of,
    title_of,
    without_department,
)
from welfaregraph.draft.marks import Mark, mark_of
from welfaregraph.draft.words import pattern, table

__all__ = ["Row", "doers_in", "rows_of"]

LEAST_ACTORS = 2
#: Numbered measures of a cell that are more than one title.
LEAST_PARTS = 2
LONGEST_HEAD = 24


@dataclass(frozen=True)
class Row:
    """What one row says."""

    block: Block
    goal: tuple[Mark | None, str] | None = None
    units: tuple[tuple[Mark | None, str], ...] = ()  #: units it opens, the outermost first
    acts: tuple[tuple[Actor, str], ...] = ()
    items: tuple[str, ...] = ()

    def owned_by(self, actors: Sequence[Actor]) -> Row:
        """Return the row with its items done by the actors that head the table, if any do."""
        if self.acts or not actors:
            return self
        return replace(self, acts=tuple((a, i) for i in self.items for a in actors), items=())


@dataclass
class _Columns:
    """What the head of a table says of its columns."""

    actors: dict[int, tuple[Actor, ...]] = field(default_factory=dict)
    goals: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)  #: of what is done
    units: list[int] = field(default_factory=list)  #: of the unit it belongs to
    years: list[int] = field(default_factory=list)  #: when it is done
    doers: list[int] = field(default_factory=list)  #: 担当課, 推進者
    texts: list[int] = field(default_factory=list)  #: explanations
    aims: list[int] = field(default_factory=list)  #: philosophy, future picture
    silent: bool = False  #: a table of indicators or years

    @property
    def known(self) -> int:
        """How many columns have a head that is known, but for those of actors."""
        kinds = (self.goals, self.doers, self.texts, self.years, self.names, self.units)
        return sum(map(len, (*kinds, self.aims)))

    @property
    def says_something(self) -> bool:
        return bool(self.actors or self.names or self.doers or self.goals or self.silent)


def rows_of(blocks: Sequence[Block]) -> Iterator[Row]:
    """Read the rows of one table.

    :param blocks: rows in their order, each with cells
    """
    columns = _Columns()
    last: dict[int, str] = {}
    rows = _whole(blocks)
    if _is_turned(rows):
        yield from _turned(rows)
        return
    for n, block in enumerate(rows):
        if any("\t" in cell for cell in block.cells):
            yield from _nested(block)
            continue
        head = _head(block.cells)
        if head.says_something:
            columns, last = head, {}
            continue
        if columns.silent:
            continue
        if not columns.says_something and (held := _held_by_goal(block)):
            yield from held
            continue
        read = [_read(part, columns, last) for part in _parted(block, columns)]
        said = [r for r in read if r.goal or r.units or r.acts or r.items]
        yield from (replace(row, block=block) for row in said)
        if said:
            continue
        if n == 0 and not columns.says_something and any(block.cells):
            columns = _Columns()


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """Return rows, those whole again that a page parted within their bullets."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        if above and above.pieces[0].page != block.pieces[0].page and _goes_on(above, block):
            both = zip(above.cells, block.cells, strict=True)
            cells = tuple(f"{a}\n{b}" if b.strip() else a for a, b in both)
            first = replace(above.pieces[0], cells=cells, page=block.pieces[0].page)
            found[-1] = replace(above, pieces=(first, *above.pieces[1:]))
        else:
            found.append(block)
    return found


def _goes_on(above: Block, block: Block) -> bool:
    """Tell whether the cells of a row begin inside bullets of the row above."""
    if len(above.cells) != len(block.cells):
        return False
    filled = [(a, b) for a, b in zip(above.cells, block.cells, strict=True) if b.strip()]
    return bool(filled) and all(BROKEN.match(a) and not BROKEN.match(b) for a, b in filled)


def _nested(block: Block) -> Iterator[Row]:
    """Yield what a row says that holds a table in one of its cells, parted by tabs."""
    plain = [cell for cell in block.cells if cell.strip() and "\t" not in cell]
    if any(function_of(cell) in {"issue", "aim", "indicator", "other"} for cell in plain):
        return
    marked = [cell for cell in plain if (mark := mark_of(cell)) and mark.keyword]
    if marked:
        yield Row(block, units=_units(marked, list(range(len(marked)))))
    for cell in block.cells:
        lines = [line for line in cell.split("\n") if "\t" in line]
        inner = [(block.pieces[0], tuple(line.split("\t"))) for line in lines]
        yield from rows_of(
            [replace(block, pieces=(replace(piece, cells=cells),)) for piece, cells in inner]
        )


def _is_turned(rows: Sequence[Block]) -> bool:
    """Tell whether rows begin with actors, and numbered units stand above the columns."""
    if len(rows) <= LEAST_ACTORS or len(rows[0].cells) <= LEAST_ACTORS:
        return False
    marks = [mark_of(cell) for cell in rows[0].cells[1:]]
    units = all(mark is not None and mark.numbers and mark.title for mark in marks)
    return units and all(actors_in(row.cells[0].replace("\n", "")) for row in rows[1:])


def _turned(rows: Sequence[Block]) -> Iterator[Row]:
    """Yield the unit of each column, then what each actor does for it."""
    for n in range(1, len(rows[0].cells)):
        yield Row(rows[0], units=_units(list(rows[0].cells), [n]))
        for row in rows[1:]:
            actors = actors_in(row.cells[0].replace("\n", ""))
            items = items_of(row.cells[n]) if n < len(row.cells) else []
            yield Row(row, acts=tuple((actor, item) for item in items for actor in actors))


def _head(cells: Sequence[str]) -> _Columns:
    """Return what the cells of a row say if it is the head of a table."""
    columns = _Columns()
    plain = [re.sub(r"\s+", "", cell) for cell in cells]
    for n, cell in enumerate(plain):
        kinds = ("goals", "doers", "texts", "years", "names", "units", "aims")
        matches = (k for k in kinds if pattern("headings", "columns", k).fullmatch(cell))
        if kind := next(matches, ""):
            getattr(columns, kind).append(n)
        elif len(cell) <= LONGEST_HEAD and (actors := actors_in(cell)):
            columns.actors[n] = actors
    several = len(columns.names) > 1 and (columns.doers or columns.actors or columns.goals)
    charted = columns.names and columns.goals and not (columns.doers or columns.units)
    if several or charted:
        first = columns.names[0]
        if pattern("headings", "columns", "units").fullmatch(plain[first]):
            columns.units.append(columns.names.pop(0))
    known = columns.known
    columns.silent = any(
        pattern("headings", "columns", "silent").fullmatch(cell) for cell in plain
    )
    if len(columns.actors) < LEAST_ACTORS and not (
        columns.silent
        or (known and known + len(columns.actors) + plain.count("") >= len(plain))
    ):
        return _Columns()
    if len(columns.doers) > 1 and known == len(columns.doers):
        return _Columns()  # 主体, 役割: the rows begin with who acts
    if columns.silent:
        columns.actors = {}
    if not columns.names and columns.texts and columns.doers:
        columns.names.append(columns.texts.pop(0))
    return columns


def _read(block: Block, columns: _Columns, last: dict[int, str]) -> Row:
    cells = _repeated(block.cells, columns, last)
    last.update({n: cell for n, cell in enumerate(cells) if cell.strip()})
    if columns.actors:
        return replace(_by_columns(block, cells, columns), goal=_goal(cells, columns))
    if columns.names or columns.doers or columns.goals:
        return replace(_by_names(block, cells, columns), goal=_goal(cells, columns))
    return _by_rows(block, cells)


def _repeated(cells: Sequence[str], columns: _Columns, last: dict[int, str]) -> list[str]:
    """Return cells with what 〃 repeats: the cell above it, or else the actor left of it."""
    found: list[str] = []
    for n, cell in enumerate(cells):
        left = found[-1] if n - 1 in columns.actors else ""
        lines = cell.split("\n")
        same = last.get(n) or left
        found.append("\n".join(same if says_same(line) else line for line in lines))
    return found


def _goal(cells: list[str], columns: _Columns) -> tuple[Mark | None, str] | None:
    found = _units(cells, columns.goals)
    return found[0] if found else None


def _by_columns(block: Block, cells: list[str], columns: _Columns) -> Row:
    """Read a row whose actors stand above its cells."""
    aside = {*columns.actors, *columns.texts, *columns.years, *columns.goals, *columns.aims}
    heads = [n for n in range(len(cells)) if n not in aside]
    filled = {n: cells[n] for n in columns.actors if n < len(cells)}
    if any(marks_action(cell) for cell in filled.values()):
        names = columns.names or heads[-1:] or columns.texts[:1]
        label = label_of(cells[names[0]].replace("\n", "")) if names else ""
        acts = [
            (a, label)
            for n, cell in filled.items()
            if marks_action(cell)
            for a in columns.actors[n]
        ]
        units = _units(cells, [n for n in heads if n not in names])
        return Row(block, units=units, acts=tuple(acts))
    found = [
        (actor, _done_by(actor, item))
        for n, cell in filled.items()
        for item in items_of(cell)
        for actor in columns.actors[n]
    ]
    return Row(block, units=_units(cells, heads), acts=tuple(found))


def _done_by(actor: Actor, item: str) -> str:
    return without_department(item) if actor.kind == "government" else item


def _parted(block: Block, columns: _Columns) -> list[Block]:
    """Return a row of a chart once for each measure of a cell that numbers several."""
    wanted = [n for n in (columns.units or columns.names) if n < len(block.cells)]
    others = {*range(len(block.cells))} - {*wanted, *columns.goals, *columns.aims}
    if len(wanted) != 1 or not columns.goals or any(block.cells[n].strip() for n in others):
        return [block]
    parts: list[str] = []
    last: Mark | None = None
    for line in block.cells[wanted[0]].split("\n"):
        mark = mark_of(line)
        opens = mark if mark and mark.numbers and mark.title else None
        if opens and (not last or _follows(last, opens)):
            parts.append(line)
            last = opens
        elif parts:
            parts[-1] += line
        else:
            return [block]
    cells = [
        tuple(part if n == wanted[0] else cell for n, cell in enumerate(block.cells))
        for part in parts
    ]
    if len(parts) < LEAST_PARTS:
        return [block]
    return [replace(block, pieces=(replace(block.pieces[0], cells=each),)) for each in cells]


def _follows(last: Mark, mark: Mark) -> bool:
    """Tell whether a number is the next of the series of another."""
    above, number = mark.numbers[:-1], mark.numbers[-1]
    return last.style == mark.style and last.numbers == (*above, number - 1)


def _units(cells: list[str], columns: list[int]) -> tuple[tuple[Mark | None, str], ...]:
    found: list[tuple[Mark | None, str]] = []
    for n in columns:
        text = cells[n].replace("\n", "").strip() if n < len(cells) else ""
        if not text or says_nothing(text) or function_of(text) or is_status(text):
            continue
        mark = mark_of(text)
        if mark and mark.numbers:
            found += [(mark, title_of(_joined(mark.title)))] if mark.title else []
        else:
            found.append((None, title_of(_joined(label_of(text)))))
    return tuple(found)


def _joined(title: str) -> str:
    """Return a title without the blanks at which a narrow cell broke it."""
    from welfaregraph.text import unspaced

    return unspaced(title)


def _by_names(block: Block, cells: list[str], columns: _Columns) -> Row:
    """Read a row that names a project, and beside it who does it."""
    names = [cells[n].replace("\n", "") for n in columns.names if n < len(cells)]
    bulleted = [i for n in columns.names if n < len(cells) for i in items_of(cells[n])]
    labels = (
        bulleted if len(bulleted) > 1 else [label_of(_numberless(name)) for name in names[:1]]
    )
    labels = [label for label in labels if label and not says_nothing(label)]
    doers = [actor for n in columns.doers if n < len(cells) for actor in doers_in(cells[n])]
    acts = tuple((actor, label) for label in labels for actor in doers)
    units = _units(cells, columns.units)
    return Row(block, units=units, acts=acts, items=() if acts else tuple(labels))


def _numberless(text: str) -> str:
    mark = mark_of(text)
    return mark.title if mark and mark.numbers and not mark.keyword else text


def doers_in(cell: str) -> list[Actor]:
    """Return the actors of a cell under 担当課 or 推進者: a department is the government."""
    found: dict[str, Actor] = {}
    parts = [
        part
        for line in cell.split("\n")
        for part in ([line] if actors_in(line) else re.split(r"[、，,・/／\s]+", line))
    ]
    for part in parts:
        named = actors_in(part)
        kind = "centre" if named else "department"
        if pattern("headings", "columns", kind).fullmatch(part.strip()):
            named = (Actor("government", part),)
        for actor in named if not says_nothing(part) else ():
            found.setdefault(actor.kind, actor)
    return list(found.values())


def _held_by_goal(block: Block) -> list[Row]:
    """Return a goal and its measures, which stand in the two cells of a row without a head."""
    cells = [cell for cell in block.cells if cell.strip()]
    mark = mark_of(cells[0].replace("\n", "")) if len(cells) == 2 else None
    if not mark or mark.keyword not in table("headings")["goal"]["words"] or not mark.title:
        return []
    lines = [line.strip() for line in cells[1].split("\n")]
    marks = [mark_of(line) for line in lines]
    if not all(each and (each.numbers or each.shape == "bullet") for each in marks):
        return []
    units = [Row(block, units=_units([line], [0])) for line in lines]
    return [Row(block, goal=(mark, title_of(mark.title))), *units]


def _by_rows(block: Block, cells: list[str]) -> Row:
    """Read a row that begins with the name of an actor."""
    for n, cell in enumerate(cells[:2]):
        actors = actors_in(cell.replace("\n", "")) if len(cell) <= LONGEST_HEAD * 2 else ()
        if actors:
            items = [item for other in cells[n + 1 :] for item in items_of(other)]
            units = _units(cells, list(range(n)))
            return Row(
                block,
                units=units,
                acts=tuple((a, _done_by(a, i)) for i in items for a in actors),
            )
    rest = [cell for cell in cells[1:] if cell.strip()]
    if rest and function_of(cells[0]) == "action":
        items = [item for cell in rest for item in items_of(cell)]
        prose = len(items) == 1 and items[0].endswith("。")
        return Row(block, items=() if prose else tuple(items))
    mark = mark_of(cells[0])
    if len(rest) == 1 and mark and mark.keyword and not mark.title and len(rest[0]) < 40:
        named = (mark, title_of(_joined(rest[0].replace("\n", ""))))
        is_goal = mark.keyword in table("headings")["goal"]["words"]
        return Row(block, goal=named) if is_goal else Row(block, units=(named,))
    return Row(block)
