"""What is wrong in a cell of a workbook and what to do there, in the words of its sheets.

A shape speaks to those who write Turtle. What it finds in a workbook is told by the heading of
the column that stands for its property; where that says too little, ``messages/*/cell.toml``
has words for the shape. Findings of rules have theirs in the header of the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from welfaregraph.checks import Issue
from welfaregraph.sheet.layout import Column, Layout, Sheet, layout
from welfaregraph.speech import languages, phrase, phrase_or

__all__ = ["advised"]

#: What is not met → which words of ``cell.toml`` tell it of any column.
KINDS: Mapping[str, str] = {
    "MinCount": "empty",
    "MaxCount": "several",
    "None": "unwanted",
    "Or": "unanswered",
    **dict.fromkeys(("Class", "Node", "In", "Datatype", "NodeKind", "HasValue"), "unfit"),
    **dict.fromkeys(("UniqueLang", "LanguageIn", "Pattern"), "form"),
}
TEXTS = ("text", "body")


def advised(issue: Issue) -> Issue:
    """Return an issue with the words of the workbook, if a shape found it in one.

    :param issue: with its place
    """
    spec = layout()
    sheet = spec.titled(issue.location.sheet) if issue.constraint else None
    if sheet is None:
        return issue
    own = (c for c in sheet.columns if c.is_stored and str(c.of) == issue.path)
    column = next(own, None)
    spoken = languages()
    what = {x: _what(issue, sheet, column, x) for x in spoken}
    todo = {x: _todo(issue, sheet, column, x) for x in spoken}
    return replace(
        issue,
        messages={x: said or issue.messages.get(x, "") for x, said in what.items()},
        remedies={x: said or issue.remedies.get(x, "") for x, said in todo.items()},
    )


def _what(issue: Issue, sheet: Sheet, column: Column | None, language: str) -> str:
    """Return what is wrong; nothing where the shape's own words do."""
    own = phrase_or(f"cell.{issue.rule}.what", language, "")
    if own or column is None:
        return own
    kind = _kind(issue, column)
    said = phrase_or(f"cell.{kind}.what", language, "")
    value = issue.value if column.kind != "ref" else ""
    return said.format(column=column.title(language), sheet=sheet.title(language), value=value)


def _todo(issue: Issue, sheet: Sheet, column: Column | None, language: str) -> str:
    """Return what to do about it."""
    own = phrase_or(f"cell.{issue.rule}.todo", language, "")
    if own or column is None:
        return own
    said = phrase_or(f"cell.{_kind(issue, column)}.todo", language, "")
    return said.format(
        column=column.title(language),
        sheet=sheet.title(language),
        how=_how(column, language),
        silences=layout().sheet("silences").title(language),
    )


def _kind(issue: Issue, column: Column) -> str:
    """Return which words of ``cell.toml`` tell what is not met."""
    kind = KINDS.get(issue.constraint, "other")
    if kind == "unanswered" and column.attests is not None:
        return "uncited"
    if kind in {"form", "unfit"} and column.kind in TEXTS and not issue.value.strip():
        return "empty"
    if kind == "form" and column.kind == "ref":
        return "unfit"
    return "lines" if kind == "form" and column.kind in TEXTS else kind


def _how(column: Column, language: str) -> str:
    """Return how a value of a column is written."""
    spec = layout()
    if column.attests is not None:
        form = "place"
    elif column.lists and not column.to:
        form = "list"
    elif column.to:
        form = "rows"
    else:
        form = column.kind
    sheets = phrase("list.separator", language).join(_named(spec, column, language))
    return phrase_or(f"cell.how.{form}", language, "").format(
        sheets=sheets, digits=column.digits
    ) or phrase("cell.how.text", language)


def _named(spec: Layout, column: Column, language: str) -> list[str]:
    """Return the sheets whose rows a column names, each with the heading they are named by."""
    found = []
    for name in column.to:
        sheet = spec.sheet(name)
        if sheet.key:
            by = phrase("workbook.key", language)
        elif sheet.named:
            by = sheet.column(sheet.named[0]).title(language)
        else:
            by = ""
        found.append(phrase("cell.how.sheet", language, sheet=sheet.title(language), by=by))
    return found
