"""The catalogue of questions: ``.rq`` files with a ``#+`` header (YAML, as grlc reads it).

The same headers open the rules of ``validation/checks/``, so :class:`Question` reads both.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol

import yaml

from welfaregraph.errors import InputError, MisuseError
from welfaregraph.speech import FALLBACK
from welfaregraph.store import Answer
from welfaregraph.turtle import read_text
from welfaregraph.vocab import expand

__all__ = [
    "FORBIDDEN_IN_IRI",
    "Catalogue",
    "Column",
    "Parameter",
    "Question",
    "localised",
    "read_question",
]

#: Where a parameter stands, with its default: ``VALUES ?number { "12" }``.
PLACE = r"(\bVALUES\s+\?{name}\s*\{{)[^}}]*(\}})"
#: The place of a parameter that has no value: some engines take it for a join with nothing.
UNBOUND = re.compile(r"^[ \t]*VALUES\s+\?\w+\s*\{\s*UNDEF\s*\}[ \t]*\n", re.MULTILINE)
#: Guesses of YAML 1.1 that a header does not want.
PLAIN = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
FORBIDDEN_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
CODE = re.compile(r"[A-Za-z]{2}-\d+")


class _Loader(yaml.SafeLoader):
    """YAML in which ``on``, ``no`` and dates are plain words, as in YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag not in PLAIN]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf")
)


def localised(header: Mapping[str, Any], key: str, language: str) -> str:
    """Return ``key_{language}`` of a header, else ``key``, else the Japanese.

    >>> localised({"summary": "Plans", "summary_ja": "計画"}, "summary", "ja")
    '計画'
    >>> localised({"summary": "Plans", "summary_ja": "計画"}, "summary", "ko")
    'Plans'
    """
    for name in (f"{key}_{language}", key, f"{key}_en", f"{key}_{FALLBACK}"):
        if header.get(name):
            return str(header[name])
    return ""


class Asked(Protocol):
    """What can be asked: the store in memory, or an endpoint elsewhere."""

    def query(self, text: str, *, where: str = "") -> Answer:
        """Return the answer to a SPARQL query."""
        ...


@dataclass(frozen=True)
class Parameter:
    """One parameter of a question."""

    name: str
    type: str = "string"  #: iri, string, integer or date
    required: bool = False
    default: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)  #: language → what it is

    def term(self, value: str) -> str:
        """Return ``value`` as a SPARQL term, escaped.

        :raises MisuseError: it is not of the parameter's type
        """
        match self.type:
            case "iri":
                iri = expand(value)
                if not value or FORBIDDEN_IN_IRI.search(iri):
                    raise MisuseError("bad-iri", where=f"--set {self.name}", value=value)
                return f"<{iri}>"
            case "integer":
                if not re.fullmatch(r"[+-]?\d+", value, re.ASCII):
                    raise MisuseError("bad-integer", where=f"--set {self.name}", value=value)
                return value
            case "date":
                try:
                    day = datetime.date.fromisoformat(value)
                except ValueError:
                    raise MisuseError(
                        "bad-date", where=f"--set {self.name}", value=value
                    ) from None
                return f'"{day.isoformat()}"^^<http://www.w3.org/2001/XMLSchema#date>'
            case _:
                import pyoxigraph

                return str(pyoxigraph.Literal(value))


@dataclass(frozen=True)
class Column:
    """One column of an answer."""

    name: str
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """Return what stands at the head of the column."""
        return self.titles.get(language) or self.titles.get(FALLBACK) or self.name


#: Bound in every question that has their line, though no header names them.
AMBIENT = {"on": Parameter("on", "date"), "lang": Parameter("lang", "string")}


def _placed(term: str, place: re.Match[str]) -> str:
    return f"{place[1]} {term} {place[2]}"


@dataclass(frozen=True)
class Question:
    """One ``.rq`` file: its header and its SPARQL."""

    name: str
    path: str
    text: str
    header: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The number of the question (``CQ-05``), or nothing."""
        match = CODE.match(str(self.header.get("question", "")))
        return match[0] if match else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """What it is about."""
        return tuple(str(tag) for tag in self.header.get("tags") or ())

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """Its parameters by name, without the ambient ``on`` and ``lang``."""
        found = {}
        for entry in self.header.get("params") or ():
            given = dict(entry)
            default = given.get("default")
            parameter = Parameter(
                name=str(given["name"]),
                type=str(given.get("type", "string")),
                required=bool(given.get("required", False)),
                default=None if default is None else str(default),
                titles={k: str(v) for k, v in given.items() if len(k) == len("ja")},
            )
            if parameter.name not in AMBIENT:
                found[parameter.name] = parameter
        return found

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in order; those of a header that only names them have no titles."""
        return tuple(
            Column(entry)
            if isinstance(entry, str)
            else Column(
                str(entry["name"]), {k: str(v) for k, v in entry.items() if k != "name"}
            )
            for entry in self.header.get("columns") or ()
        )

    def speaks_of(self, words: str) -> bool:
        """Whether these words stand in what it asks or answers, in any language."""
        said = (str(v) for k, v in self.header.items() if k.startswith(("summary", "question")))
        return any(words in text for text in said)

    def summary(self, language: str) -> str:
        """Return what it answers."""
        return localised(self.header, "summary", language)

    def bound(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with these values in the places of its parameters.

        :param values: name → value as typed; ``on`` and ``lang`` may stand among them for
            any question
        :returns: without the lines of parameters that have no value
        :raises MisuseError: an unknown, missing or ill-formed parameter
        """
        unknown = sorted(set(values) - set(self.parameters) - set(AMBIENT))
        if unknown:
            raise MisuseError(
                "unknown-parameter",
                where=self.name,
                name=tuple(unknown),
                known=tuple(self.parameters),
            )
        missing = [p.name for p in self.parameters.values() if p.required and not p.default]
        missing = [name for name in missing if name not in values]
        if missing:
            raise MisuseError(
                "missing-parameter", where=self.name, name=tuple(missing), first=missing[0]
            )
        text = self.text
        for name, value in values.items():
            term = (self.parameters.get(name) or AMBIENT[name]).term(value)
            text = re.sub(PLACE.format(name=re.escape(name)), partial(_placed, term), text)
        return UNBOUND.sub("", text)

    def ask(self, store: Asked, values: Mapping[str, str]) -> Answer:
        """Return the store's answer, with these values of its parameters."""
        return store.query(self.bound(values), where=self.path)


def read_question(path: Path | str, text: str | None = None) -> Question:
    """Read a ``.rq`` file, or a text that stands for one.

    :raises InputError: not there, not UTF-8, or its header is no YAML mapping
    """
    path = Path(path)
    text = read_text(path) if text is None else text
    lines = text.splitlines()
    marked = [(number, line[2:]) for number, line in enumerate(lines, 1) if line[:2] == "#+"]
    raw = "\n".join(line.removeprefix(" ") for _, line in marked)
    try:
        header = yaml.load(raw, _Loader) or {}  # noqa: S506 (a safe loader)
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line if error.problem_mark else 0
        at = marked[min(row, len(marked) - 1)][0]
        raise InputError(
            "header-syntax", where=f"{path}:{at}", reason=error.problem or ""
        ) from error
    if not isinstance(header, dict):
        raise InputError("header-syntax", where=f"{path}:1", reason=type(header).__name__)
    return Question(path.stem, str(path), text, header)


class Catalogue:
    """All questions of a folder, by name and by number; each is read when it is asked for.

    :raises InputError: no such folder, or no question in it
    """

    def __init__(self, folder: Path) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.rq"))}
        self._read: dict[str, Question] = {}
        if not self._paths:
            raise InputError("no-queries", where=str(folder))

    def _question(self, name: str) -> Question:
        if name not in self._read:
            self._read[name] = read_question(self._paths[name])
        return self._read[name]

    def __iter__(self) -> Iterator[Question]:
        return map(self._question, self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __getitem__(self, name: str) -> Question:
        """Return a question by its name or its number.

        :raises MisuseError: there is none; the error names the nearest
        """
        if name in self._paths:
            return self._question(name)
        if CODE.fullmatch(name):
            for question in self:
                if question.code.lower() == name.lower():
                    return question
        import difflib

        near = difflib.get_close_matches(name, self._paths, n=3, cutoff=0.4)
        near = near or [q.name for q in self if q.speaks_of(name)][:5]
        raise MisuseError("no-such-query", where=name, near=tuple(near))

    def family(self, prefix: str) -> list[Question]:
        """Return the questions whose names begin so, in the order of their names."""
        return [self._question(name) for name in self._paths if name.startswith(prefix)]
