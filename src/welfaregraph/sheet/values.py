"""Literals and the text of cells, one into the other.

A text goes into a cell only where reading the cell gives the same literal again; what does not
is kept on the sheet of the rest.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from rdflib import XSD, Literal, URIRef

from welfaregraph.sheet.layout import Column
from welfaregraph.text import join_lines

__all__ = [
    "DATATYPES",
    "ESCAPE",
    "NONE",
    "UNSAFE",
    "UnreadableError",
    "holds",
    "is_safe",
    "literal_of",
    "narrowed",
    "text_of",
]

#: What a cell says where it has no value, though an empty one would stand for one.
NONE = "－"
#: The most that a cell holds, in UTF-16 units.
MOST = 32_000
DATATYPES: Mapping[str, URIRef] = {
    "integer": XSD.integer,
    "decimal": XSD.decimal,
    "date": XSD.date,
    "month": XSD.gYearMonth,
    "duration": XSD.duration,
}
#: What a workbook cannot hold, or what programs change when they save it.
UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
#: Programs read ``_x000D_`` in a cell as the character it numbers.
ESCAPE = re.compile(r"_x[0-9A-Fa-f]{4}_")
WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
ERA = (
    r"(?P<era>{eras})\s*(?P<count>元|\d+)\s*年"
    r"(?:\s*(?P<month>\d+)\s*月)?(?:\s*(?P<day>\d+)\s*日)?"
)
WESTERN = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?|\s*月)?"
)


class UnreadableError(Exception):
    """A cell does not say what its column asks for.

    :param key: which message
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def narrowed(text: str) -> str:
    """Return full-width letters, digits and signs as ASCII; circled figures stay.

    >>> narrowed("（１２）　①")
    '(12) ①'
    """
    return text.translate(WIDE)


def is_safe(text: str, *, many: bool = False) -> bool:
    r"""Whether a text comes back from a cell as it was.

    >>> is_safe("=SUM(A1)"), is_safe(" x"), is_safe("a\nb"), is_safe("a\nb", many=True)
    (True, False, True, False)
    """
    return (
        bool(text)
        and text == text.strip()
        and text != NONE
        and not UNSAFE.search(text)
        and not ESCAPE.search(text)
        and not (many and "\n" in text)
        and len(text.encode("utf-16-le")) // 2 <= MOST
    )


def text_of(literal: Literal, column: Column, eras: Mapping[str, int]) -> str:
    """Return what a cell of the column says for a literal, or nothing where it cannot.

    :param eras: name of an era → the year before its first
    """
    text = str(literal)
    if not is_safe(text, many=column.many):
        return ""
    try:
        again = literal_of(text, column, eras)
    except UnreadableError:
        return ""
    return text if holds(again, literal) else ""


def holds(read: Literal, literal: Literal) -> bool:
    """Whether two literals are the same term, lexical form and all."""
    return (
        str(read) == str(literal)
        and read.datatype == literal.datatype
        and read.language == literal.language
    )


def literal_of(
    text: str, column: Column, eras: Mapping[str, int], *, is_number: bool = False
) -> Literal:
    """Return what a cell of the column says.

    :param text: without blanks around it
    :param is_number: the cell holds a number, so that leading zeros may be lost
    :raises UnreadableError: it is no such value
    """
    if column.kind == "text":
        # Titles are pasted as they stand on the page, with the breaks of its lines.
        return Literal(join_lines(text.split("\n")) if "\n" in text else text, lang=column.lang)
    if column.kind == "body":
        return Literal(text, lang=column.lang)
    if column.kind == "code":
        return Literal(_code(narrowed(text).strip(), column, is_number=is_number))
    form = {"integer": _integer, "decimal": _decimal}.get(column.kind)
    if form:
        lexical = form(narrowed(text).strip().replace(",", ""))
    else:
        lexical = _day(narrowed(text).strip(), eras, month_only=column.kind == "month")
    return Literal(lexical, datatype=DATATYPES[column.kind], normalize=False)


def _code(text: str, column: Column, *, is_number: bool) -> str:
    if is_number and column.digits:
        text = text.zfill(column.digits)
    if column.digits and not (text.isdecimal() and len(text) == column.digits):
        raise UnreadableError("workbook-digits")
    return text


def _integer(text: str) -> str:
    try:
        return str(int(text))
    except ValueError:
        raise UnreadableError("workbook-number") from None


def _decimal(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise UnreadableError("workbook-number") from None
    if not value.is_finite():
        raise UnreadableError("workbook-number")
    return format(value, "f")


def _day(text: str, eras: Mapping[str, int], *, month_only: bool) -> str:
    """Return a day or month as XML Schema writes it; Japanese years are reckoned.

    >>> _day("令和6年4月1日", {"令和": 2018}, month_only=False)
    '2024-04-01'
    >>> _day("平成31年3月", {"平成": 1988}, month_only=True)
    '2019-03'
    """
    key = "workbook-month" if month_only else "workbook-date"
    found = WESTERN.fullmatch(text) or re.fullmatch(ERA.format(eras="|".join(eras)), text)
    if not found:
        raise UnreadableError(key)
    given = found.groupdict()
    if given.get("era"):
        count = 1 if given["count"] == "元" else int(given["count"])
        year = eras[given["era"]] + count
    else:
        year = int(given["year"])
    if not given["month"] or not (month_only or given["day"]):
        raise UnreadableError(key)
    try:
        day = datetime.date(year, int(given["month"]), int(given["day"] or 1))
    except ValueError:
        raise UnreadableError(key) from None
    return f"{day:%Y-%m}" if month_only else day.isoformat()
