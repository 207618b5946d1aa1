"""The front page, and the page of changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from welfaregraph.publish.media import media_of
from welfaregraph.publish.model import Text, Thing
from welfaregraph.publish.pages.frame import Head
from welfaregraph.publish.pages.naming import full
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from welfaregraph.publish.pages.frame import Frame
    from welfaregraph.publish.tree import Written

__all__ = ["changes", "front"]

#: Endings of the dumps of everything, and what they are called.
DUMPS = {
    "trig": "TriG",
    "nq": "N-Quads",
    "ttl": "Turtle",
    "rdf": "RDF/XML",
    "jsonld": "JSON-LD",
}
#: Files that are worth a link where they were written: word → path.
OTHER = {
    "tables": "tables/tables-metadata.json",
    "sssom": "alignments/overlaps.sssom.tsv",
    "graphml": "networks/plan.graphml",
    "dcat": "dcat.ttl",
    "void": "void.ttl",
    "sums": "SHA256SUMS",
    "context": "context.jsonld",
}
#: Changes of one kind that are listed.
MOST = 500


def front(frame: Frame, written: Written, language: str) -> bytes:
    """Return the front page."""
    site = frame.site
    said = _said(frame)
    title = _text(said, "dcterms:title", language)
    head = Head(BASE, language, title)
    plans = site.graph.plans(lang=language, on=site.date)
    return frame.render(
        "front",
        head,
        description=_text(said, "dcterms:description", language),
        rights=_text(said, "dcterms:rights", language),
        plans=[(row, frame.target(str(row["plan"]), head)) for row in plans],
        dumps=[
            (name, frame.to(_dump(ending), head), written[_dump(ending)].size / 1e6)
            for ending, name in DUMPS.items()
            if _dump(ending) in written
        ],
        others=[
            (word, frame.to(path, head)) for word, path in OTHER.items() if path in written
        ],
        described=_schema(frame, written, said, language),
    )


def _dump(ending: str) -> str:
    return f"dumps/welfaregraph.{ending}"


def _said(frame: Frame) -> dict[str, list[Thing | Text]]:
    found = frame.site.model.described(frame.site.dataset)
    return {g.property.iri: [one.value for one in g.said] for g in found.outgoing}


def _text(said: Mapping[str, list[Thing | Text]], name: str, language: str) -> str:
    texts = [value for value in said.get(full(name), ()) if isinstance(value, Text)]
    mine = [value.text for value in texts if value.language == language]
    return (mine or [value.text for value in texts] or [""])[0]


def _schema(
    frame: Frame, written: Written, said: Mapping[str, list[Thing | Text]], language: str
) -> str:
    """Return the dataset as schema.org has it, for the crawlers of data searches."""
    site = frame.site
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": site.dataset,
        "name": _text(said, "dcterms:title", language),
        "description": _text(said, "dcterms:description", language),
        "url": BASE,
        "identifier": site.dataset,
        "license": site.licence,
        "version": site.version,
        "dateModified": site.date,
        "inLanguage": list(site.languages),
        "isAccessibleForFree": True,
        "keywords": sorted(
            value.text
            for value in said.get(full("dcat:keyword"), ())
            if isinstance(value, Text) and value.language == language
        ),
        "creator": {"@type": "Organization", "name": "welfaregraph", "url": BASE},
        "spatialCoverage": [
            value.name(language)
            for value in said.get(full("dcterms:spatial"), ())
            if isinstance(value, Thing) and value.names
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_of(path).type,
                "contentUrl": BASE + path,
                "contentSize": f"{written[path].size} B",
            }
            for path in map(_dump, DUMPS)
            if path in written
        ],
    }
    # «</» would end the script element
    return json.dumps(found, ensure_ascii=False, indent=1).replace("</", "<\\/")


def changes(frame: Frame, written: Written, language: str) -> bytes:
    """Return the page of what changed since the publication before."""
    head = Head(BASE + "changes", language, frame.say("changes", language))
    told = json.loads(written.path("changes.json").read_text("utf-8"))
    groups = []
    for kind in ("added", "changed", "withdrawn"):
        rows = []
        for entry in told[kind][:MOST]:
            name = _called(entry, language)
            target = frame.target(_ours(frame, entry["iri"]), head)
            rows.append((name, target, entry.get("added", 0), entry.get("removed", 0)))
        groups.append((kind, rows, max(0, len(told[kind]) - MOST)))
    return frame.render("changes", head, since=told["from"], now=told["to"], groups=groups)


def _called(entry: Mapping[str, Any], language: str) -> str:
    """Return what a changed thing is called, or was."""
    names = entry.get("name") or {}
    return names.get(language) or next(iter(names.values()), "") or str(entry["iri"])


def _ours(frame: Frame, iri: str) -> str:
    """Return an IRI as it stands under the base while files are made."""
    return BASE + iri.removeprefix(frame.site.base) if iri.startswith(frame.site.base) else iri
