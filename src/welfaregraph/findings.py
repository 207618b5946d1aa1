"""Issues put together for a reader: one finding for one cause, however many places it shows.

Pure functions over issues; no files here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from welfaregraph.checks import Issue
from welfaregraph.codes import SEVERITIES
from welfaregraph.speech import FALLBACK, spoken

__all__ = ["Finding", "Section", "counted", "findings_of", "sections_of"]


@dataclass(frozen=True)
class Finding:
    """Issues of one rule and one cause in one plan, in their order."""

    issues: tuple[Issue, ...]  #: at least one

    @property
    def first(self) -> Issue:
        """The issue that speaks for all."""
        return self.issues[0]


@dataclass(frozen=True)
class Section:
    """The findings of one severity and origin, those of one rule together."""

    severity: str
    origin: str
    is_spelling: bool
    rules: tuple[tuple[str, tuple[Finding, ...]], ...]  #: rule → its findings

    @property
    def count(self) -> int:
        """Number of findings."""
        return sum(len(findings) for _, findings in self.rules)


def findings_of(issues: Iterable[Issue]) -> list[Finding]:
    """Put issues of one cause together: of one rule and plan, with one value or one wording.

    :returns: in the order of the first issue of each

    >>> of = {"rule": "dangling-link", "severity": "error", "origin": "data"}
    >>> a, b = (Issue(focus=f, value="urn:lost", messages={"ja": f}, **of) for f in "ab")
    >>> [len(finding.issues) for finding in findings_of([a, b])]
    [2]
    """
    found: dict[tuple[str, ...], list[Issue]] = {}
    for issue in sorted(issues, key=lambda issue: issue.sort_key):
        cause = (
            (issue.path, issue.value) if issue.value else (spoken(issue.messages, FALLBACK), "")
        )
        key = (issue.severity, issue.origin, issue.rule, issue.plan, *cause)
        found.setdefault(key, []).append(issue)
    return [Finding(tuple(of_one_cause)) for of_one_cause in found.values()]


def sections_of(findings: Sequence[Finding]) -> list[Section]:
    """Arrange findings by severity, substance before wording, and by origin and rule."""
    ordered = sorted(findings, key=lambda finding: finding.first.sort_key)
    return [
        Section(
            *key,
            tuple(
                (rule, tuple(of_rule))
                for rule, of_rule in groupby(of_section, lambda finding: finding.first.rule)
            ),
        )
        for key, of_section in groupby(
            ordered,
            lambda one: (one.first.severity, one.first.origin, one.first.is_spelling),
        )
    ]


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """Return severity → number of findings."""
    found = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        found[finding.first.severity] += 1
    return found
