"""The feed of changes: what was added, changed and withdrawn since the publication before.

``changes.json`` lists the things, ``changes.rdfp`` the statements (RDF Patch, which Jena and
rdflib read); ``changes.ttl`` tells the same as activities, and keeps a tombstone of each thing
that is gone.

Sources: https://afs.github.io/rdf-patch/, https://www.w3.org/TR/activitystreams-vocabulary/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Any

from welfaregraph.publish.facts import Facts, number, text, typed
from welfaregraph.publish.history import QUADS, Change, Previous, Version, changes_between
from welfaregraph.publish.paths import is_ours
from welfaregraph.vocab import BASE

if TYPE_CHECKING:
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import File, Written

__all__ = ["CHANGES", "FEED", "make", "versions_of"]

CHANGES = BASE + "changes"
FEED, PATCH = "changes.json", "changes.rdfp"
#: Kind of change → kind of activity.
ACTIVITIES = {"added": "as:Create", "changed": "as:Update", "withdrawn": "as:Delete"}


def make(site: Site, written: Written) -> Iterator[File]:
    """Yield the feed, and add what it tells to the store."""
    last = site.last
    feed, patch = _first(site), ""
    if last:
        found, lines = _compared(site, last, written)
        if lines:
            feed, patch = _feed(site, last, found), _patch(lines)
        elif (last.folder / FEED).is_file() and (last.folder / PATCH).is_file():
            feed, patch = json.loads(last.text(FEED)), last.text(PATCH)
    yield FEED, json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"
    yield PATCH, patch.encode()
    site.graph.store.add_aside(_described(feed))


def _first(site: Site) -> dict[str, Any]:
    to = {"version": site.version, "date": site.date}
    return {"from": None, "to": to, "added": [], "changed": [], "withdrawn": [], "gone": {}}


def _compared(
    site: Site, last: Previous, written: Written
) -> tuple[list[Change], list[tuple[bool, str]]]:
    def now() -> Iterator[str]:
        with written.path(QUADS).open(encoding="utf-8") as file:
            for line in file:
                yield line if site.base == BASE else line.replace(site.base, BASE)

    again = chain((f"-{line}" for line in last.lines()), (f"+{line}" for line in now()))
    return changes_between(last.lines(), now(), again)


def _feed(site: Site, last: Previous, found: Iterable[Change]) -> dict[str, Any]:
    feed = _first(site)
    feed["from"] = {"version": last.mark.get("version"), "date": last.mark.get("date")}
    feed["gone"] = last.withdrawn
    for change in found:
        entry = change.to_json()
        kind = entry.pop("kind")
        if kind != "withdrawn":
            feed["gone"].pop(change.iri, None)
            entry["name"] = dict(site.names.thing(change.iri).names)
        elif is_ours(change.iri):
            feed["gone"][change.iri] = site.date
        feed[kind].append(entry)
    feed["gone"] = dict(sorted(feed["gone"].items()))
    return feed


def _patch(lines: Iterable[tuple[bool, str]]) -> str:
    body = "".join(f"{'A' if is_new else 'D'} {line}" for is_new, line in lines)
    return f"TX .\n{body}TC .\n"


def _described(feed: dict[str, Any]) -> Facts:
    facts = Facts("changes")
    about = facts.say(CHANGES, "as:Collection")
    about.of("dcterms:modified", typed(feed["to"]["date"], "date"))
    for kind, activity in ACTIVITIES.items():
        for at, entry in enumerate(feed[kind], 1):
            here = f"{CHANGES}#{kind}-{at}"
            about.of("as:items", here)
            facts.say(here, activity).of("as:object", entry["iri"]).of(
                "dcterms:created", typed(feed["to"]["date"], "date")
            )
    total = sum(len(feed[kind]) for kind in ACTIVITIES)
    about.of("as:totalItems", number(total))
    for iri, day in feed["gone"].items():
        facts.say(iri, "as:Tombstone").of("as:deleted", typed(day, "date"))
    for entry in feed["withdrawn"]:
        for language, name in entry.get("name", {}).items():
            facts.say(entry["iri"]).of("rdfs:label", text(name, language))
    return facts


def versions_of(site: Site, now: Version) -> list[dict[str, Any]]:
    """Return every version published so far, this one last, as the mark holds them."""
    earlier = [v for v in (site.last.versions if site.last else []) if v.version != now.version]
    return [asdict(version) for version in [*earlier, now]]
