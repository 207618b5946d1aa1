"""Overlap links as SSSOM TSV, in its canonical form.

Pure functions, text out: a metadata block in YAML, then one row a link.

Source: the SSSOM/TSV serialisation format, https://mapping-commons.github.io/sssom/spec-formats-tsv/
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from welfaregraph.derived import LEVELS, Level, Link, Run, rounded
from welfaregraph.overlap import WORDING
from welfaregraph.speech import languages, phrase
from welfaregraph.vocab import ID, PREFIXES, compact

__all__ = ["COLUMNS", "tsv"]

#: Prefixes that SSSOM knows without being told.
BUILT_IN = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: The version of SSSOM that has record_id.
VERSION = "1.1"
#: Columns in the order of SSSOM's own table; one without any value is left out.
COLUMNS = (
    "record_id", "subject_id", "subject_label", "subject_category", "predicate_id",
    "object_id", "object_label", "object_category", "mapping_justification", "author_id",
    "mapping_tool", "mapping_tool_version", "mapping_date", "confidence", "match_string",
    "similarity_score", "comment",
)  # fmt: skip
#: Columns that stand in the metadata once where all rows agree.
PROPAGATED = ("mapping_tool", "mapping_tool_version", "mapping_date")
IDENTIFIERS = ("record_id", "subject_id", "predicate_id", "object_id", "mapping_justification",
               "author_id")  # fmt: skip
Row = dict[str, str]


def tsv(links: Sequence[Link], run: Run, level: Level = LEVELS["measure"]) -> str:
    """Return the links of one level as an SSSOM TSV file."""
    rows = [_row(link, run, level) for link in links]
    used = _prefixes(row[name] for row in rows for name in IDENTIFIERS if row[name])
    for row in rows:
        row |= {name: _curie(row[name], used) for name in IDENTIFIERS}
    common = {
        name: rows[0][name]
        for name in PROPAGATED
        if rows and rows[0][name] and all(row[name] == rows[0][name] for row in rows)
    }
    columns = [
        name
        for name in COLUMNS
        if name not in common and (not rows or any(row[name] for row in rows))
    ]
    rows.sort(key=lambda row: [row[name] for name in columns])
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row[name] for name in columns] for row in rows)
    return _metadata(run, level, used, common) + out.getvalue()


def _row(link: Link, run: Run, level: Level) -> Row:
    first, second = link.ends
    label = {measure.iri: measure.label for measure in (link.pair.a, link.pair.b)}
    by = link.verdict
    words = [reason.label for reason in link.pair.reasons if reason.kind == WORDING]
    return {
        "record_id": link.iri,
        "subject_id": first,
        "subject_label": label[first],
        "subject_category": compact(level.category),
        "predicate_id": level.predicate,
        "object_id": second,
        "object_label": label[second],
        "object_category": compact(level.category),
        "mapping_justification": link.justification,
        "author_id": by.by if by else "",
        "mapping_tool": "" if by else run.tool,
        "mapping_tool_version": "" if by else run.version,
        "mapping_date": by.created if by else run.date,
        "confidence": _number(link.pair.confidence),
        "match_string": "|".join(word.replace("|", r"\|") for word in words),
        "similarity_score": _number(link.pair.score),
        "comment": " / ".join(link.explanation(language) for language in reversed(languages())),
    }


def _number(value: float) -> str:
    return rounded(value, 3).removesuffix(".0")


def _prefixes(iris: Iterable[str]) -> dict[str, str]:
    """Return the prefixes that these IRIs need; those of other people are numbered."""
    known = {**BUILT_IN, **PREFIXES, "wgid": ID}
    used: dict[str, str] = {}
    for iri in sorted(set(iris)):
        prefix = _prefix(iri, known)
        if not prefix:
            namespace = iri[: max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1]
            prefix = f"ext{sum(name.startswith('ext') for name in known) + 1}"
            known[prefix] = namespace
        used[prefix] = known[prefix]
    return used


def _prefix(iri: str, known: Mapping[str, str]) -> str:
    fitting = [name for name, namespace in known.items() if iri.startswith(namespace)]
    return max(fitting, key=lambda name: len(known[name]), default="")


def _curie(iri: str, known: Mapping[str, str]) -> str:
    if not iri:
        return ""
    prefix = _prefix(iri, known)
    return f"{prefix}:{iri.removeprefix(known[prefix])}"


def _metadata(
    run: Run, level: Level, prefixes: Mapping[str, str], common: Mapping[str, str]
) -> str:
    def both(key: str) -> str:
        return " / ".join(phrase(key, language) for language in reversed(languages()))

    slots = {
        "sssom_version": VERSION,
        "mapping_set_id": level.graph,
        "mapping_set_version": run.dataset_version,
        "mapping_set_title": both(f"derived.title.{level.name}"),
        "mapping_set_description": " / ".join(
            level.description(language) for language in reversed(languages())
        ),
        "license": run.licence,
        **common,
    }
    own = sorted(set(prefixes) - set(BUILT_IN))
    lines = ["curie_map:", *(f"  {name}: {_scalar(prefixes[name])}" for name in own)]
    lines[0] += "" if own else " {}"
    lines += [f"{name}: {_scalar(value)}" for name, value in slots.items()]
    return "".join(f"#{line}\n" for line in lines)


def _scalar(text: str) -> str:
    """Return text as YAML: plain where that is read as the same text, else in double quotes.

    >>> _scalar("0.1.0"), _scalar("1.1"), _scalar("2026-11-21"), _scalar("a: b")
    ('0.1.0', '"1.1"', '2026-11-21', '"a: b"')
    """
    import yaml

    def is_number() -> bool:
        try:
            float(text)
        except ValueError:
            return False
        return True

    try:
        plain = yaml.load(f"k: {text}", yaml.BaseLoader) == {"k": text}  # noqa: S506 (strings)
    except yaml.YAMLError:
        plain = False
    words = ("true", "false", "null", "~", "")
    if plain and not is_number() and text.lower() not in words and text[:1] not in "\"'[{":
        return text
    return json.dumps(text, ensure_ascii=False)
