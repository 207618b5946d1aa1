"""Rows as an Excel workbook that a municipal officer can fill."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from welfaregraph.sheet.excel_cells import (
    DOUBT,
    GUARDED,
    LIST_OF,
    MUST,
    form_of,
    lock,
    put,
    valued,
    width,
)
from welfaregraph.sheet.layout import Column, Layout, Sheet, in_language
from welfaregraph.sheet.record import Book, Record
from welfaregraph.sheet.residue import REST_COLUMNS, rest_rows
from welfaregraph.sheet.tabulate import short
from welfaregraph.speech import phrase
from welfaregraph.xlsx import HEAD, print_wide, row_height, saved

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet
    from rdflib.term import Node

__all__ = ["FIRST", "HEADS", "as_excel"]

#: Row of the headings, and of the first row of a table.
HEADS, FIRST = 2, 3
#: How far lists and colours reach below what is filled.
ROOM = 500
#: Width of the hidden column of identifiers, characters.
ID_WIDTH = 30
#: The tallest a row of a table may be, points.
TALLEST = 150.0
#: Height of the row of the title, points.
TITLE_HIGH = 26.0
#: Columns of a form: identifier, heading, value, what to write.
FORM_WIDTHS = (30, 26, 70, 60)


def as_excel(
    book: Book, layout: Layout, language: str, *, title: str, notes: Mapping[str, str]
) -> bytes:
    """Return a workbook; the same rows give the same bytes.

    :param title: what the plan is called
    :param notes: IRI of a row → how it was recognised, for a column beside the others
    """
    return _Writer(book, layout, language, title, notes).bytes()


class _Writer:
    """Writes one workbook."""

    def __init__(
        self, book: Book, layout: Layout, language: str, title: str, notes: Mapping[str, str]
    ) -> None:
        from openpyxl import Workbook

        self.book, self.layout, self.language, self.title = book, layout, language, title
        self.notes = {short(iri): text for iri, text in notes.items()}
        self.excel: Workbook = Workbook()
        self.excel.remove(self.excel.worksheets[0])
        self.ranges: dict[str, str] = {}

    def say(self, key: str, **values: object) -> str:
        """Return a message of the workbook."""
        return phrase(f"workbook.{key}", self.language, **values)

    def bytes(self) -> bytes:
        """Return the file."""
        from openpyxl.workbook.protection import WorkbookProtection

        self._guide(self.excel.create_sheet(self.say("guide")))
        self._measure_lists()
        for sheet in self.layout.sheets:
            page: Worksheet = self.excel.create_sheet(sheet.title(self.language))
            write = self._form if sheet.form else self._table
            write(page, sheet, self.book.sheets.get(sheet.name, ()))
        self._rest(self.excel.create_sheet(self.say("rest")))
        self._lists(self.excel.create_sheet(self.say("lists")))
        self.excel.security = WorkbookProtection(lockStructure=True)
        day = datetime.datetime(2000, 1, 1)  # no day: the same bytes each time
        self.excel.properties.title = self.title
        self.excel.properties.creator = "welfaregraph"
        self.excel.properties.created = day
        return saved(self.excel, day)

    # ---- tables

    def _table(self, page: Worksheet, sheet: Sheet, records: Sequence[Record]) -> None:
        from openpyxl.utils import get_column_letter

        widths = [c.width for c in self._columns(sheet) if not _is_hidden(c, records)]
        print_wide(page, self.title, wide=sum(widths))
        page.print_title_rows = f"{HEADS}:{HEADS}"
        start = 2 + bool(sheet.key)
        about = page.cell(1, start if sheet.key is None or sheet.key.aside else 2)
        put(about, in_language(sheet.abouts, self.language), boxed=False, wrap=False)
        put(page.cell(HEADS, 1), self.say("identifier"), fill=GUARDED, bold=True)
        width(page, 1, ID_WIDTH, hidden=True)
        if sheet.key:
            put(page.cell(HEADS, 2), self.say("key"), fill=HEAD, bold=True)
            width(page, 2, sheet.key.width, hidden=sheet.key.aside)
        for index, column in enumerate(self._columns(sheet), start):
            fill = MUST if column.must else HEAD if column.is_stored else GUARDED
            put(page.cell(HEADS, index), column.title(self.language), fill=fill, bold=True)
            hidden = _is_hidden(column, records)
            width(page, index, column.width, hidden=hidden, form=form_of(column))
        for number, record in enumerate(records, FIRST):
            self._row(page, number, sheet, record)
        last = max(FIRST, FIRST + len(records) - 1)
        final = get_column_letter(start + len(self._columns(sheet)) - 1)
        page.auto_filter.ref = f"A{HEADS}:{final}{last}"
        page.freeze_panes = page.cell(FIRST, start + (not sheet.key)).coordinate
        self._guard(page, sheet, last)
        self._validate(page, sheet, last)
        self._colour(page, sheet, f"A{FIRST}:{final}{last + ROOM}", start)

    def _columns(self, sheet: Sheet) -> list[Column]:
        """Return the columns of a table, with that of the notes where there are some."""
        if not self.notes or sheet.form:
            return list(sheet.columns)
        titles = {self.language: self.say("note")}
        return [*sheet.columns, Column("note", None, "hint", titles, {}, width=34)]

    def _row(self, page: Worksheet, number: int, sheet: Sheet, record: Record) -> None:
        put(page.cell(number, 1), record.text("id"), fill=GUARDED)
        columns = self._columns(sheet)
        start = 2 + bool(sheet.key)
        if sheet.key:
            put(page.cell(number, 2), record.text("key"), fill=GUARDED)
        for index, column in enumerate(columns, start):
            text = record.text(column.name) or self._note(column, record)
            fill = "" if column.is_stored else LIST_OF
            put(page.cell(number, index), valued(text, column), fill=fill)
        shown = [column for column in columns if not column.aside]  # the rare are empty
        texts = [record.text(column.name) or self._note(column, record) for column in shown]
        widths = [column.width for column in shown]
        page.row_dimensions[number].height = row_height(texts, widths, most=TALLEST)

    def _note(self, column: Column, record: Record) -> str:
        return self.notes.get(record.text("id"), "") if column.name == "note" else ""

    def _guard(self, page: Worksheet, sheet: Sheet, last: int) -> None:
        """Let nobody type over an identifier by chance."""
        from openpyxl.worksheet.datavalidation import DataValidation

        guard = DataValidation(type="custom", formula1="FALSE", allow_blank=False)
        guard.error, guard.errorTitle = self.say("guarded"), self.say("guarded-title")
        guard.showErrorMessage = True
        guard.add(f"A{FIRST}:A{last + ROOM}")
        if sheet.key and self.book.sheets.get(sheet.name):
            guard.add(f"B{FIRST}:B{last}")
        page.add_data_validation(guard)

    def _validate(self, page: Worksheet, sheet: Sheet, last: int) -> None:
        from openpyxl.utils import get_column_letter

        start = 2 + bool(sheet.key)
        for index, column in enumerate(sheet.columns, start):
            validation = self._validation(sheet, column)
            if validation:
                letter = get_column_letter(index)
                validation.add(f"{letter}{FIRST}:{letter}{last + ROOM}")
                page.add_data_validation(validation)

    def _validation(self, sheet: Sheet, column: Column) -> DataValidation | None:
        """Return the drop-down list and the advice of a column."""
        from openpyxl.worksheet.datavalidation import DataValidation

        source = self._source(sheet, column)
        advice = in_language(column.helps, self.language)
        if column.many and source:
            advice = f"{advice}{self.say('several')}"
        if not source and not advice:
            return None
        found = DataValidation(allow_blank=True)
        if source:
            found.type, found.formula1 = "list", source
            found.showErrorMessage = not column.many and not column.to
            found.errorTitle, found.error = self.say("unlisted-title"), self.say("unlisted")
        if advice:
            found.showInputMessage = True
            found.promptTitle, found.prompt = column.title(self.language)[:32], advice[:255]
        return found

    def _source(self, sheet: Sheet, column: Column) -> str:
        """Return the cells in which the words of a column stand."""
        if column.kind == "class":
            return self.ranges.get(f"class:{sheet.name}", "")
        listed = [self.ranges[name] for name in column.lists if self.ranges.get(name)]
        if listed:
            return listed[0]
        for name in column.to:
            target = self.layout.sheet(name)
            if not target.form:
                return self._names_at(target)
        return ""

    def _names_at(self, target: Sheet) -> str:
        from openpyxl.utils import get_column_letter

        if target.key:
            letter = "B"
        elif target.named:
            names = [column.name for column in target.columns]
            letter = get_column_letter(2 + names.index(target.named[0]))
        else:
            return ""
        last = FIRST + len(self.book.sheets.get(target.name, ())) + ROOM
        title = target.title(self.language)
        return f"'{title}'!${letter}${FIRST}:${letter}${last}"

    def _colour(self, page: Worksheet, sheet: Sheet, area: str, start: int) -> None:
        """Colour the rows that somebody must look at."""
        from openpyxl.formatting.rule import FormulaRule
        from openpyxl.styles import PatternFill
        from openpyxl.utils import get_column_letter

        names = [column.name for column in sheet.columns]
        if "skos:editorialNote" not in names:
            return
        letter = get_column_letter(start + names.index("skos:editorialNote"))
        word = next(iter(self.book.lists.get("doubt", {"要確認": None})))
        paint = PatternFill("solid", bgColor=DOUBT)
        formula = [f'${letter}{FIRST}="{word}"']
        rule = FormulaRule(formula=formula, fill=paint)  # type: ignore[no-untyped-call]
        page.conditional_formatting.add(area, rule)

    # ---- the form

    def _form(self, page: Worksheet, sheet: Sheet, records: Sequence[Record]) -> None:
        record = records[0] if records else Record({})
        print_wide(page, self.title, wide=sum(FORM_WIDTHS[1:]))
        about = in_language(sheet.abouts, self.language)
        put(page.cell(1, 2), about, boxed=False, wrap=False)
        heads = ("identifier", "item", "content", "advice")
        for index, (head, wide) in enumerate(zip(heads, FORM_WIDTHS, strict=True), 1):
            put(page.cell(HEADS, index), self.say(head), fill=HEAD, bold=True)
            width(page, index, wide, hidden=index == 1, form="@")
        for number, column in enumerate(sheet.columns, FIRST):
            text = record.text(column.name)
            fill = MUST if column.must else LIST_OF
            put(page.cell(number, 2), column.title(self.language), fill=fill, bold=True)
            put(page.cell(number, 3), valued(text, column))
            advice = in_language(column.helps, self.language)
            put(page.cell(number, 4), advice, boxed=False)
            page.row_dimensions[number].height = row_height(
                [text, advice], FORM_WIDTHS[2:], most=TALLEST
            )
            validation = self._validation(sheet, column)
            if validation:
                validation.add(f"C{number}")
                page.add_data_validation(validation)
        put(page.cell(FIRST, 1), record.text("id"), fill=GUARDED)
        page.freeze_panes = page.cell(FIRST, 3).coordinate
        note = self.notes.get(record.text("id"))
        if note:
            number = FIRST + len(sheet.columns)
            put(page.cell(number, 2), self.say("note"), fill=GUARDED, bold=True)
            put(page.cell(number, 3), note, fill=LIST_OF)

    # ---- the rest, the lists and the guide

    def _rest(self, page: Worksheet) -> None:
        print_wide(page, self.title)
        put(page.cell(1, 1), self.say("rest-about"), boxed=False, wrap=False)
        for index, (name, wide) in enumerate(REST_COLUMNS.items(), 1):
            put(page.cell(HEADS, index), self.say(f"rest-{name}"), fill=HEAD, bold=True)
            width(page, index, wide, form="@")
        for number, texts in enumerate(rest_rows(self.book.rest), FIRST):
            for index, text in enumerate(texts, 1):
                put(page.cell(number, index), text, fill=GUARDED)
        page.freeze_panes = f"A{FIRST}"
        lock(page)

    def _measure_lists(self) -> None:
        """Find out in which cells the words of each list will stand."""
        from openpyxl.utils import get_column_letter

        for index, (name, words) in enumerate(self._word_columns()):
            letter = get_column_letter(1 + 2 * index)
            last = HEADS + len(words)
            where = f"'{self.say('lists')}'!${letter}${FIRST}:${letter}${last}"
            self.ranges[name] = where if words else ""

    def _word_columns(self) -> Iterator[tuple[str, Mapping[str, Node | str]]]:
        facts = {
            "path": self.book.path,
            "version": str(self.layout.version),
            "language": self.language,
        }
        yield "facts", facts
        yield "identifiers", dict.fromkeys(sorted(self.book.identifiers - {""}), "")
        yield "uncited", dict.fromkeys(sorted(self.book.uncited or ()), "")
        yield from self.book.lists.items()
        terms = self.book.lists.get("term", {})
        for sheet in self.layout.sheets:
            if any(column.kind == "class" for column in sheet.columns):
                yield (
                    f"class:{sheet.name}",
                    {
                        word: thing
                        for kind in sheet.classes
                        for word, thing in terms.items()
                        if thing == kind
                    },
                )

    def _lists(self, page: Worksheet) -> None:
        put(page.cell(1, 1), self.say("lists-about"), boxed=False, wrap=False)
        for index, (name, words) in enumerate(self._word_columns()):
            left = 1 + 2 * index
            put(page.cell(HEADS, left), name, fill=HEAD, bold=True)
            for number, (word, thing) in enumerate(words.items(), FIRST):
                put(page.cell(number, left), word, boxed=False, wrap=False)
                put(page.cell(number, left + 1), str(thing), boxed=False, wrap=False)
            width(page, left, 30, form="@")
            width(page, left + 1, 30, form="@")
        page.sheet_state = "hidden"
        lock(page)

    def _guide(self, page: Worksheet) -> None:
        print_wide(page, self.title)
        page.page_setup.fitToHeight = 1
        width(page, 1, 22)
        width(page, 2, 96)
        put(page.cell(1, 1), self.title, size=16, bold=True, boxed=False, wrap=False)
        page.row_dimensions[1].height = TITLE_HIGH
        number = 3
        for name in ("what", "how", "rows", "cells", "evidence", "after"):
            put(page.cell(number, 1), self.say(f"guide-{name}-head"), fill=HEAD, bold=True)
            text = self.say(f"guide-{name}")
            put(page.cell(number, 2), text)
            page.row_dimensions[number].height = row_height([text], [96])
            number += 1
        for fill, name in ((MUST, "must"), (GUARDED, "guarded"), (DOUBT, "doubt")):
            put(page.cell(number, 1), self.say(f"colour-{name}-head"), fill=fill)
            put(page.cell(number, 2), self.say(f"colour-{name}"))
            number += 1
        number += 1
        put(page.cell(number, 1), self.say("sheet"), fill=HEAD, bold=True)
        put(page.cell(number, 2), self.say("sheet-about"), fill=HEAD, bold=True)
        for at, sheet in enumerate(self.layout.sheets, number + 1):
            title = sheet.title(self.language)
            count = len(self.book.sheets.get(sheet.name, ()))
            rows = "" if sheet.form else self.say("count", count=count)
            put(page.cell(at, 1), f"{title}{rows}")
            page.cell(at, 1).hyperlink = f"#'{title}'!B{FIRST}"
            put(page.cell(at, 2), in_language(sheet.abouts, self.language))
        lock(page)


def _is_hidden(column: Column, records: Sequence[Record]) -> bool:
    """Whether a column is hidden at first: it is seldom used, and no row has it."""
    is_empty = not any(record.text(column.name) for record in records)
    return column.aside or (column.rare and is_empty)
