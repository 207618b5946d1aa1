"""Findings in words, for a person at a terminal; and as rows and objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from welfaregraph.cli.language import chosen, say
from welfaregraph.cli.words import put
from welfaregraph.speech import languages, spoken
from welfaregraph.vocab import compact

if TYPE_CHECKING:
    from welfaregraph.checks import Issue
    from welfaregraph.findings import Finding, Section
    from welfaregraph.places import Location

__all__ = ["COLUMNS", "as_objects", "place", "put_findings", "row"]

COLUMNS = (
    "rule", "severity", "origin", "plan", "focus", "label", "path", "value", "message", "why",
    "remedy", "document", "locator", "file", "line", "sheet", "cell",
)  # fmt: skip
#: Places told of one finding.
PLACES = 3


def put_findings(found: Sequence[Finding], *, limit: int) -> None:
    """Print findings by severity and origin, those of one rule together.

    :param limit: findings told of one rule, at most
    """
    from welfaregraph.findings import counted, sections_of

    if not found:
        return put(say("check.clean"))
    for section in sections_of(found):
        head = "｜".join(heading(section))
        put(f"{head}  {say('check.count', count=section.count)}", style="bold")
        for rule, findings in section.rules:
            _put_rule(rule, findings, limit)
        put("")
    return put(say("check.total", **counted(found)), style="bold")


def heading(section: Section) -> list[str]:
    """Return severity and origin of a section in words."""
    said = [say(f"severity.{section.severity}"), say(f"origin.{section.origin}")]
    return [*said, *([say("check.spelling")] if section.is_spelling else [])]


def _put_rule(rule: str, findings: Sequence[Finding], limit: int) -> None:
    first = findings[0].first
    put(f"[{rule}] {_spoken(first.titles)}".rstrip(), indent=2, style="cyan")
    for finding in findings[:limit]:
        put(f"・{_spoken(finding.first.messages) or finding.first.focus}", indent=4)
        for said in places(finding, PLACES):
            put(f"{say('check.place')} {said}", indent=6, style="dim")
    if len(findings) > limit:
        put(say("check.more", count=len(findings) - limit), indent=4, style="dim")
    why = _spoken(first.whys)
    if why:
        put(f"{say('check.why')} {why}", indent=4, style="dim")
    for remedy in dict.fromkeys(_spoken(finding.first.remedies) for finding in findings):
        if remedy:
            put(f"→ {remedy}", indent=4)


def places(finding: Finding, most: int) -> list[str]:
    """Return where a finding shows, each place once, and how many more there are."""
    found = list(dict.fromkeys(filter(None, map(place, finding.issues))))
    left = len(found) - most
    return [*found[:most], *([say("check.more-places", count=left)] if left > 0 else [])]


def place(issue: Issue) -> str:
    """Return where an issue shows: document and lines, and sheet and cell or file and line."""
    at, parts = issue.location, []
    if at.document:
        parts.append(f"{at.document} {at.locator}".strip())
    if at.sheet or (at.file and not at.line):
        parts.append(f"{at.file} {at.sheet}".strip() + (f"!{at.cell}" if at.cell else ""))
    elif issue.origin == "data":
        parts += [f"{at.file}:{at.line}"] if at.file else []
        parts.append(compact(issue.focus))
    return " ／ ".join(parts)


def row(issue: Issue) -> dict[str, object]:
    """Return an issue as one row of :data:`COLUMNS`."""
    found: dict[str, object] = {
        "message": _spoken(issue.messages),
        "why": _spoken(issue.whys),
        "remedy": _spoken(issue.remedies),
        **_location(issue.location),
    }
    return {name: found.get(name, getattr(issue, name, None)) for name in COLUMNS}


def as_objects(found: Sequence[Finding]) -> list[dict[str, object]]:
    """Return the issues of findings as the JSON array of ``docs/check.schema.json``."""
    return [_object(issue, n) for n, one in enumerate(found, 1) for issue in one.issues]


def _object(issue: Issue, number: int) -> dict[str, object]:
    return {
        "finding": number,
        "rule": issue.rule,
        "severity": issue.severity,
        "origin": issue.origin,
        "focus": issue.focus,
        "label": issue.label,
        "plan": issue.plan,
        "path": issue.path,
        "value": issue.value,
        "title": _by_language(issue.titles.items()),
        "message": _by_language(issue.messages.items()),
        "why": _by_language(issue.whys.items()),
        "remedy": _by_language(issue.remedies.items()),
        "location": _location(issue.location),
    }


def _location(at: Location) -> dict[str, object]:
    return {
        "document": at.document,
        "locator": at.locator,
        "file": at.file,
        "line": at.line or None,
        "sheet": at.sheet,
        "cell": at.cell,
    }


def _spoken(texts: Mapping[str, str]) -> str:
    return spoken(texts, chosen())


def _by_language(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    known = dict(texts)
    return {language: known.get(language, "") for language in languages()}
