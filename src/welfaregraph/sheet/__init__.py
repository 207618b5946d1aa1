"""A plan as a workbook and back: Excel files and CSV folders, lossless both ways.

``workbook`` gives the bytes of an Excel file, ``csv_files`` the texts of a CSV folder, and
``read_workbook`` reads either. What sheets and columns there are stands in ``layout.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import RDFS, URIRef

from welfaregraph.errors import InputError, WelfareGraphError, raise_all
from welfaregraph.plan import PARTS, PlanFiles
from welfaregraph.sheet.home import NOWHERE, home_of, moved
from welfaregraph.sheet.layout import layout
from welfaregraph.sheet.outcome import Place, Reading
from welfaregraph.sheet.pages import Grid, understood
from welfaregraph.sheet.reading import read_book
from welfaregraph.sheet.record import Book, Proposal
from welfaregraph.sheet.tabulate import tabulated
from welfaregraph.sheet.values import is_safe
from welfaregraph.sheet.words import unambiguous, word_lists
from welfaregraph.speech import FALLBACK, phrase

if TYPE_CHECKING:
    from welfaregraph.store import Store

__all__ = [
    "Place",
    "Proposal",
    "Reading",
    "csv_files",
    "is_workbook",
    "new_workbook",
    "read_workbook",
    "workbook",
]

#: Files that are read as workbooks, if only to say why they cannot be.
SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".csv")


def is_workbook(path: Path) -> bool:
    """Whether a path names a workbook: an Excel file, or a folder of CSV files."""
    return path.suffix.lower() in SUFFIXES or (path.is_dir() and any(path.glob("*.csv")))


def workbook(
    files: PlanFiles,
    store: Store,
    *,
    language: str = FALLBACK,
    notes: Mapping[str, str] | None = None,
    proposals: Sequence[Proposal] = (),
) -> bytes:
    """Return a plan as an Excel workbook.

    :param store: gives the words of the drop-down lists
    :param language: of headings, lists and advice
    :param notes: IRI of an element → how it was recognised and how surely; shown beside it
    :param proposals: what the sheet of judgements asks, and overlaps that were judged
    """
    from welfaregraph.sheet.excel import as_excel

    book = _book(files, store, language, proposals)
    title = _title(files) or phrase("workbook.no-title", language)
    return as_excel(book, layout(), language, title=title, notes=notes or {})


def csv_files(
    files: PlanFiles,
    store: Store,
    *,
    language: str = FALLBACK,
    proposals: Sequence[Proposal] = (),
) -> dict[str, str]:
    """Return a plan as CSV files, name → text; to be written with a byte order mark."""
    from welfaregraph.sheet.folder import as_csv

    return as_csv(_book(files, store, language, proposals), layout(), language)


def new_workbook(
    store: Store,
    *,
    language: str = FALLBACK,
    municipality: str = "",
    plan_type: str = "",
    documents: Sequence[Path] = (),
    form: str = "xlsx",
) -> bytes | dict[str, str]:
    """Return an empty workbook, or the files of an empty CSV folder.

    :param municipality: six-digit code, or a name that the graph knows
    :param plan_type: name or slug of a type of plan
    :param documents: texts that were read; their names and hashes are noted
    :raises MisuseError: there is no such municipality or type
    """
    from welfaregraph.sheet.blank import blank
    from welfaregraph.sheet.excel import as_excel
    from welfaregraph.sheet.folder import as_csv

    book = blank(
        store,
        layout(),
        language,
        municipality=municipality,
        plan_type=plan_type,
        documents=documents,
    )
    if form == "csv":
        return as_csv(book, layout(), language)
    title = phrase("workbook.no-title", language)
    return as_excel(book, layout(), language, title=title, notes={})


def _book(files: PlanFiles, store: Store, language: str, proposals: Sequence[Proposal]) -> Book:
    own = {str(subject) for part in PARTS for subject in files.parts[part].subjects()}
    named = {
        str(value)
        for part in PARTS
        for value in files.parts[part].objects()
        if isinstance(value, URIRef)
    }
    lists = word_lists(store, layout(), language, wanted=named - own)
    elsewhere = {URIRef(p.value): p.value_label for p in proposals if p.value_label}
    named_too = {thing: word for word, thing in lists["elsewhere"].items()}
    lists["elsewhere"] = unambiguous((named_too | elsewhere).items())
    return tabulated(files, layout(), language, lists=lists, proposals=proposals)


def _title(files: PlanFiles) -> str:
    found = files.stated.objects(URIRef(files.iri), RDFS.label)
    return next((str(text) for text in sorted(found, key=str) if is_safe(str(text))), "")


def read_workbook(path: Path, *, on: str = "", home: str = "") -> Reading:
    """Read a workbook, an Excel file or a folder of CSV files.

    :param on: the day of new judgements that name none; today unless given
    :param home: folder of the plan below ``plans/``, where it is to be another
    :raises InputError: it is no workbook, or cannot be opened
    :raises ProblemsError: all that is wrong in it, each with sheet and cell
    """
    grids, problems, legacy = _grids(path)
    found = understood(grids, layout())
    problems = [*problems, *found.problems]
    if found.book.sheets:
        reading = _read(found.book, on=on, home=home)
        problems += reading.problems
    raise_all(_placed(problem, path) for problem in problems)
    if home and home != reading.files.path:
        reading = replace(reading, files=moved(reading.files, home))
    return replace(reading, ignored=tuple(found.ignored), legacy=tuple(legacy))


def _grids(path: Path) -> tuple[list[Grid], list[WelfareGraphError], list[str]]:
    """Return pages, problems, and the files that were in an older encoding."""
    if path.is_dir():
        from welfaregraph.sheet.folder import csv_grids

        return csv_grids(path)
    if path.suffix.lower() == ".csv" and path.is_file():
        raise InputError("workbook-one-csv", where=str(path))
    from welfaregraph.sheet.excel_pages import excel_grids

    return (*excel_grids(path), [])


def _read(book: Book, *, on: str, home: str) -> Reading:
    at = book.path or home
    if not at:
        trial = read_book(book, layout(), path=NOWHERE, on=on)
        at = home_of(trial.files)
        if not at:
            unplaced = InputError("workbook-no-place", where=book.titles["plan"])
            return replace(trial, problems=(*trial.problems, unplaced))
    reading = read_book(book, layout(), path=at, on=on)
    return replace(reading, has_place=bool(book.path or home_of(reading.files)))


def _placed(problem: WelfareGraphError, path: Path) -> WelfareGraphError:
    """Return a problem with the name of the file before sheet and cell."""
    if str(path) in problem.where:
        return problem
    where = f"{path} {problem.where}".strip()
    return InputError(problem.key, where=where, **problem.values)
