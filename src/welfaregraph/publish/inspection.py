"""Looks at a publication as a portal would, and tells what is still to do.

What can be asked of the description is a query, ``validation/publication/*.rq``: each row is a
fault. What only the files show is looked at here; its words stand in ``portal.toml``.

Sources: the entry rules of https://lod-cloud.net/, DCAT-AP 3, the FAIR principles, and the
pitfalls that https://oops.linkeddata.es/ lists.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

from welfaregraph import resources
from welfaregraph.checks import worded
from welfaregraph.errors import InputError
from welfaregraph.publish.paths import JSONLD, TURTLE, is_file, stem
from welfaregraph.publish.tree import MARK, SUMS, previous_of
from welfaregraph.queries import Catalogue, Question
from welfaregraph.speech import languages, phrase
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from welfaregraph.store import Row

__all__ = ["RuleResult", "inspected", "judged"]

#: What the queries are asked of: graphs that stand in files of their own.
READ = ("graph/derived/publication/*.ttl", "graph/reference/dataset.ttl",
        "graph/reference/graphs.ttl", "graph/ontology/*.ttl")  # fmt: skip
DUMPS = ("dumps/welfaregraph", "dumps/derived", "dumps/description")
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
HREF = re.compile(r'\b(?:href|src)="([^"]*)"')
IRI, LITERAL = re.compile(r"<([^>]*)>"), re.compile(r'"(?:[^"\\]|\\.)*"')
#: Faults told of one rule.
TOLD = 3
#: What harvesters take of a catalogue at most, in bytes.
MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class RuleResult:
    """What one rule found."""

    rule: str
    group: str  #: lod, dcat, licence, fair, ontology or tree
    severity: str
    summaries: Mapping[str, str]  #: language → what is looked at
    remedies: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Mapping[str, str], ...] = ()  #: each in every language

    @property
    def failed(self) -> bool:
        """Whether there is something to do."""
        return bool(self.faults)

    def render(self, language: str) -> str:
        """Return the verdict in words: a line, and what to do where it failed."""
        mark = phrase(f"portal.{self.severity if self.failed else 'passed'}", language)
        group = phrase(f"portal.group.{self.group}", language)
        lines = [f"{mark}  {group}｜{self.summaries[language]}  [{self.rule}]"]
        lines += [f"    {fault[language]}" for fault in self.faults[:TOLD]]
        if len(self.faults) > TOLD:
            lines.append(
                f"    {phrase('portal.more', language, count=len(self.faults) - TOLD)}"
            )
        return "\n".join([*lines, *([f"  → {self.remedies[language]}"] if self.failed else [])])


def inspected(folder: Path, *, again: Path | None = None) -> list[RuleResult]:
    """Look at a publication.

    :param again: the same data published once more, to see whether it comes out the same
    :raises InputError: there is none in the folder
    """
    if previous_of(folder) is None:
        raise InputError("publish-no-previous", where=str(folder / MARK))
    files = Files(folder, again)
    store = ox.Store()
    for path in sorted(path for pattern in READ for path in folder.glob(pattern)):
        text = files.text(path.relative_to(folder).as_posix())
        store.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return [*judged(store), *_looked_at(files)]


# --- what is asked of the description


def judged(store: ox.Store) -> list[RuleResult]:
    """Ask the rules of ``validation/publication/``.

    :param store: the description of a publication, in the default graph
    """
    return [_asked(store, rule) for rule in Catalogue(resources.PUBLICATION)]


def _asked(store: ox.Store, rule: Question) -> RuleResult:
    found = store.query(rule.text)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"no SELECT: {rule.path}")
    names = [variable.value for variable in found.variables]
    rows: list[Row] = [
        {
            n: None if t is None else str(getattr(t, "value", t))
            for n, t in zip(names, s, strict=True)
        }
        for s in found
    ]
    told = [
        worded(rule.header, "message", values={n: v or "" for n, v in row.items()})
        for row in rows
    ]
    return RuleResult(
        rule.name,
        str(rule.header["group"]),
        str(rule.header["severity"]),
        {language: rule.summary(language) for language in languages()},
        worded(rule.header, "remedy", values={}),
        tuple(told),
    )


# --- what only the files show


class Files:
    """The files of a publication."""

    def __init__(self, folder: Path, again: Path | None = None) -> None:
        self.folder, self.again = folder, again
        self.base = str((previous_of(folder) or {}).get("base", BASE))

    @cached_property
    def names(self) -> frozenset[str]:
        """Paths of all files."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in found)

    def text(self, name: str) -> str:
        """Return a text, its IRIs under our base."""
        text = (self.folder / name).read_text("utf-8")
        return text if self.base == BASE else text.replace(self.base, BASE)

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a text, their IRIs under our base."""
        with (self.folder / name).open(encoding="utf-8") as file:
            for line in file:
                yield line if self.base == BASE else line.replace(self.base, BASE)


def _checksums(files: Files) -> Iterator[str]:
    lines = files.text(SUMS).splitlines() if SUMS in files.names else []
    listed = {line.partition("  ")[2]: line.partition("  ")[0] for line in lines}
    for name in sorted(files.names - {SUMS}):
        with (files.folder / name).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != listed.get(name):
                yield name
    yield from sorted(listed.keys() - files.names)


def _reproducible(files: Files) -> Iterator[str]:
    for name in sorted(files.names):
        if name.endswith(".gz"):
            with (files.folder / name).open("rb") as file:
                has_time = file.read(8)[4:] != bytes(4)
            if has_time:
                yield name
    if files.again:
        other = Files(files.again)
        ours, theirs = (set(f.text(SUMS).splitlines()) for f in (files, other))
        yield from sorted(line.partition("  ")[2] for line in ours ^ theirs)


def _dereferences(files: Files) -> Iterator[str]:
    """Yield the IRIs of ours that no file describes."""
    seen: set[str] = set()
    for dump in DUMPS:
        for line in files.lines(f"{dump}.nq") if f"{dump}.nq" in files.names else ():
            found = (iri.partition("#")[0] for iri in IRI.findall(LITERAL.sub("", line)))
            seen |= {iri for iri in found if iri.startswith(BASE)}
    for iri in sorted(seen):
        name = unquote(iri.removeprefix(BASE))
        is_there = name in files.names if is_file(iri) else (
            {stem(iri) + TURTLE, stem(iri) + JSONLD} <= files.names
        )  # fmt: skip
        if not is_there:
            yield iri


def _pages(files: Files) -> Iterator[str]:
    """Yield the documents that have Turtle and no page for readers."""
    for name in sorted(files.names):
        is_document = (
            name.endswith(JSONLD) and name.removesuffix(JSONLD) + TURTLE in files.names
        )
        plain = name.removesuffix(JSONLD)
        is_document = is_document and not name.startswith("dumps/") and plain != "dcat"
        if is_document and f"{plain}.html" not in files.names:
            yield plain


def _formats(files: Files) -> Iterator[str]:
    """Yield the dumps that do not parse, or not to the statements that others have."""
    for dump in DUMPS:
        counts = {}
        for ending, form in FORMATS.items():
            name = dump + ending
            if name not in files.names:
                yield name
                continue
            try:
                with (files.folder / name).open("rb") as file:
                    quads = ox.parse(file, format=form)
                    counts[name] = sum(1 for quad in quads if not _has_blank(quad))
            except (SyntaxError, ValueError) as error:
                yield f"{name}: {error}"
        for endings in ((".ttl", ".rdf"), (".nq", ".trig", ".jsonld")):
            found = {counts.get(dump + ending) for ending in endings}
            if len(found) > 1:
                yield ", ".join(f"{dump}{e}: {counts.get(dump + e)}" for e in endings)


def _has_blank(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _blank_nodes(files: Files) -> Iterator[str]:
    for dump in DUMPS:
        for line in files.lines(f"{dump}.nq") if f"{dump}.nq" in files.names else ():
            if line.startswith("_:") or " _:" in line.partition('"')[0]:
                yield line.strip()


def _links(files: Files) -> Iterator[str]:
    """Yield the links between pages that lead nowhere."""
    for name in sorted(files.names):
        if name.endswith(".html"):
            for link in sorted(set(HREF.findall((files.folder / name).read_text("utf-8")))):
                parts = urlsplit(link.replace("&amp;", "&"))
                if parts.scheme or parts.netloc or not parts.path:
                    continue
                target = posixpath.normpath(
                    posixpath.join(posixpath.dirname(name), unquote(parts.path))
                )
                target = "index.html" if target == "." else target
                if target not in files.names and f"{target}/index.html" not in files.names:
                    yield f"{name}: {link}"


def _pitfalls(files: Files) -> Iterator[str]:
    """Yield what is wrong with the vocabulary as published; under another base, as packed."""
    from welfaregraph.pitfalls import pitfalls
    from welfaregraph.store import Source

    names = [
        name
        for name in sorted(files.names)
        if name.startswith(("graph/ontology/", "graph/plans/", "graph/reference/", "shapes."))
        and name.endswith(TURTLE)
    ]
    sources = [Source(BASE + name.removesuffix(TURTLE), files.folder / name) for name in names]
    for issue in pitfalls(sources if files.base == BASE else ()):
        yield f"[{issue.rule}] {issue.messages['en']}"


def _harvest(files: Files) -> Iterator[str]:
    for name in (
        "dcat.ttl",
        "dcat.rdf",
        "dcat.jsonld",
        ".well-known/void",
        "robots.txt",
        "sitemap.xml",
    ):
        if name not in files.names:
            yield name
        elif (files.folder / name).stat().st_size > MOST_BYTES:
            yield f"{name}: {(files.folder / name).stat().st_size} B"


def _version(files: Files) -> Iterator[str]:
    """Yield the version where the data changed under it."""
    feed = json.loads(files.text("changes.json")) if "changes.json" in files.names else {}
    before, now = feed.get("from") or {}, feed.get("to") or {}
    if before and before.get("version") == now.get("version"):
        yield str(now.get("version"))


def _redirects(files: Files) -> Iterator[str]:
    """Yield the base where somebody else's server must send its IRIs on, and nobody told it."""
    if (
        urlsplit(files.base).hostname == "w3id.org"
        and "server/w3id/.htaccess" not in files.names
    ):
        yield files.base


Look = Callable[[Files], Iterable[str]]
#: Rule → group, severity and how it is looked at.
LOOKS: dict[str, tuple[str, str, Look]] = {
    "blank-nodes": ("tree", "error", _blank_nodes),
    "broken-links": ("tree", "error", _links),
    "checksums": ("tree", "error", _checksums),
    "dereference": ("tree", "error", _dereferences),
    "formats-agree": ("tree", "error", _formats),
    "harvest-files": ("dcat", "error", _harvest),
    "pitfalls": ("ontology", "error", _pitfalls),
    "pages": ("tree", "error", _pages),
    "redirects": ("tree", "info", _redirects),
    "reproducible": ("tree", "error", _reproducible),
    "version": ("fair", "warning", _version),
}


def _looked_at(files: Files) -> Iterator[RuleResult]:
    for rule, (group, severity, look) in LOOKS.items():
        faults = tuple(
            {
                language: phrase(f"portal.{rule}.fault", language, item=item)
                for language in languages()
            }
            for item in look(files)
        )
        words = {
            name: {lang: phrase(f"portal.{rule}.{name}", lang) for lang in languages()}
            for name in ("what", "todo")
        }
        yield RuleResult(rule, group, severity, words["what"], words["todo"], faults)
