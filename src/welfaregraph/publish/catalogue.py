"""The DCAT catalogue: datasets, their distributions and versions.

The whole graph is one dataset, each plan another with its area and period, what the program
derived a third; versions stand in a series. What a person can say stands in the data
(``graphs/reference/dataset.ttl``), the rest is read off the files.

Sources: https://www.w3.org/TR/vocab-dcat-3/, DCAT-AP 3.0
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import pyoxigraph as ox

from welfaregraph.publish.archive import version_of
from welfaregraph.publish.facts import Facts, iri, spoken, text, typed
from welfaregraph.publish.history import Version
from welfaregraph.publish.media import GZIP, media_of
from welfaregraph.publish.rdf import graph_of, link_of, place, restored
from welfaregraph.speech import phrase
from welfaregraph.vocab import BASE, ID, WG

if TYPE_CHECKING:
    from welfaregraph.publish.facts import About
    from welfaregraph.publish.site import Site
    from welfaregraph.publish.tree import Written

__all__ = ["CATALOG", "DERIVED", "Catalogue", "closure", "dataset_of"]

CATALOG, VERSIONS = BASE + "catalog", BASE + "dataset/versions"
DATASET, DERIVED = BASE + "dataset", BASE + "dataset/derived"
RIGHTS = BASE + "dataset#rights"
SHA256 = "spdx:checksumAlgorithm_sha256"


def dataset_of(plan: str) -> str:
    """Return the IRI of a plan's dataset.

    >>> dataset_of(ID + "012033/general/1")
    'https://w3id.org/welfaregraph/dataset/012033/general/1'
    """
    return f"{DATASET}/{plan.removeprefix(ID).removeprefix(BASE)}"


class Catalogue:
    """Writes the catalogue.

    :param written: the files that are distributed
    """

    def __init__(self, site: Site, written: Written) -> None:
        self.facts = Facts("catalog")
        self._site, self._written = site, written
        self._kinds: set[str] = set()

    def describe(self) -> Facts:
        """Return the whole description."""
        site = self._site
        day = typed(site.date, "date")
        datasets = [site.dataset, DERIVED, *map(dataset_of, sorted(site.plans))]
        catalog = self.facts.say(CATALOG, "dcat:Catalog").of("dcat:dataset", *datasets)
        catalog.of("dcterms:modified", day)
        if site.endpoint:
            catalog.of("dcat:service", f"{BASE}service")
        self._whole()
        self._derived()
        rows = {str(row["plan"]): row for row in site.graph.ask("plans", on=site.date)}
        for plan, folder in sorted(site.plans.items()):
            self._plan(plan, folder, rows.get(plan, {}))
        self._versions()
        self._borrowed()
        return self.facts

    def _whole(self) -> None:
        about = self.facts.say(self._site.dataset, "dcat:Dataset")
        self._distributed(about, self._site.dataset, "dumps/welfaregraph.")
        self._distributed(about, self._site.dataset, "tables/", "-metadata.json")
        self._distributed(about, self._site.dataset, "networks/")
        rows = self._site.graph.ask("plans", on=self._site.date).rows()
        starts = [str(row["start"]) for row in rows if row["start"]]
        ends = [str(row["end"]) for row in rows if row["end"]]
        if starts and ends:
            here = f"{DATASET}#period"
            about.of("dcterms:temporal", here)
            self.facts.say(here, "dcterms:PeriodOfTime").of(
                "dcat:startDate", typed(min(starts), "date")
            ).of("dcat:endDate", typed(max(ends), "date"))
        about.of("dcat:hasVersion", f"{DATASET}/{self._site.version}")

    def _derived(self) -> None:
        about = self.facts.say(DERIVED, "dcat:Dataset").of("prov:wasDerivedFrom", DATASET)
        about.of("dcterms:identifier", text(DERIVED))
        self._common(about)
        about.of("dcterms:spatial", *self._shared("dcterms:spatial"))
        self._distributed(about, DERIVED, "dumps/derived.")
        self._distributed(about, DERIVED, "alignments/")

    def _common(self, about: About) -> None:
        """Say what holds of every dataset."""
        site = self._site
        day = typed(site.date, "date")
        about.of("dcterms:publisher", *self._shared("dcterms:publisher"))
        about.of("dcterms:creator", *self._shared("dcterms:creator"))
        about.of("dcat:contactPoint", *self._shared("dcat:contactPoint"))
        about.of("dcat:theme", *self._shared("dcat:theme"))
        about.of("dcterms:provenance", *self._shared("dcterms:provenance"))
        about.of("dcterms:license", site.licence).of("dcterms:isPartOf", site.dataset)
        about.of("dcterms:modified", day).of("dcat:version", text(site.version))
        about.of("dcat:landingPage", *self._shared("dcat:landingPage"))

    def _shared(self, predicate: str) -> Iterator[ox.NamedNode]:
        for quad in self._site.graph.store.match(iri(self._site.dataset), iri(predicate)):
            if isinstance(quad.object, ox.NamedNode):
                yield quad.object

    def _plan(self, plan: str, folder: str, row: Mapping[str, str | None]) -> None:
        here, thing = dataset_of(plan), self._site.names.thing(plan)
        about = self.facts.say(here, "dcat:Dataset", "void:Dataset")
        titles = {lang: thing.name(lang) for lang in self._site.languages}
        about.of("dcterms:title", *spoken({"ja": titles["ja"]} if "ja" in titles else titles))
        said = {
            language: phrase("publish.plan", language, plan=title)
            for language, title in titles.items()
        }
        about.of("dcterms:description", *spoken(said)).of("dcterms:identifier", text(here))
        about.of("foaf:primaryTopic", plan).of("dcterms:spatial", row.get("area") or None)
        periods = self._links(plan, WG + "hasPeriod")
        about.of("dcterms:temporal", *periods)
        for period in periods:
            time = self.facts.say(period, "dcterms:PeriodOfTime")
            for end in ("start", "end"):
                day = row.get(end)
                time.of(f"dcat:{end}Date", typed(day, "date") if day else None)
        if row.get("area"):
            self.facts.say(row["area"] or "", "dcterms:Location")
        about.of("dcterms:language", *self._shared("dcterms:language"))
        self._common(about)
        self.facts.say(self._site.dataset).of("dcterms:hasPart", here)
        self._distributed(about, here, f"dumps/{folder}.", packed=False)
        self._distributed(about, here, f"stratml/{folder.removeprefix('plans/')}.")

    def _links(self, subject: str, predicate: str) -> list[str]:
        found = self._site.graph.store.match(iri(subject), iri(predicate))
        return sorted({link_of(quad) for quad in found} - {""})

    def _distributed(
        self, about: About, dataset: str, start: str, end: str = "", *, packed: bool = True
    ) -> None:
        """Describe the files whose path begins and ends so as distributions."""
        for path in sorted(self._written):
            rest = path.removeprefix(start)
            is_here = path.startswith(start) and path.endswith(end) and "/" not in rest
            is_derived = dataset != DERIVED and ".derived." in path
            if is_here and not is_derived and (packed or not path.endswith(".gz")):
                name = rest if start.endswith(".") else path.replace("/", "-")
                self._distribution(about, f"{dataset}#{name}", path)

    def _distribution(self, about: About, here: str, path: str) -> None:
        media, entry, site = media_of(path), self._written[path], self._site
        self._kinds |= {media.file_type_iri, media.type_iri}
        about.of("dcat:distribution", here)
        said = self.facts.say(here, "dcat:Distribution")
        said.of("dcterms:title", text(path.rpartition("/")[2]))
        said.of("dcat:accessURL", BASE + path).of("dcat:downloadURL", BASE + path)
        said.of("dcterms:format", media.file_type_iri).of("dcat:mediaType", media.type_iri)
        if path.endswith(".gz") and not path.endswith(".tar.gz"):
            self._kinds.add(GZIP)
            said.of("dcat:compressFormat", GZIP)
        if media.conforms_to:
            said.of("dcterms:conformsTo", media.conforms_to)
            self.facts.say(media.conforms_to, "dcterms:Standard")
        said.of("dcterms:license", site.licence).of("dcterms:rights", RIGHTS)
        said.of("dcterms:modified", typed(site.date, "date"))
        said.of("dcat:byteSize", typed(str(entry.size), "nonNegativeInteger"))
        said.of("spdx:checksum", f"{here}-sha256")
        self.facts.say(f"{here}-sha256", "spdx:Checksum").of("spdx:algorithm", SHA256).of(
            "spdx:checksumValue", typed(entry.sha256, "hexBinary")
        )

    def _versions(self) -> None:
        site = self._site
        now = version_of(site, self._written)
        earlier = [
            v for v in (site.last.versions if site.last else []) if v.version != now.version
        ]
        before = ""
        for version in [*earlier, now]:
            before = self._version(version, before)
        first = earlier[0] if earlier else now
        series = self.facts.say(VERSIONS, "dcat:DatasetSeries")
        series.of("dcat:first", f"{DATASET}/{first.version}").of("dcat:last", before)
        series.of("dcterms:issued", typed(first.date, "date"))
        series.of("dcterms:modified", typed(now.date, "date"))
        if earlier:
            last = f"{DATASET}/{earlier[-1].version}"
            self.facts.say(site.dataset).of("dcat:previousVersion", last)

    def _version(self, version: Version, before: str) -> str:
        here = f"{DATASET}/{version.version}"
        about = self.facts.say(here, "dcat:Dataset").of("dcat:isVersionOf", DATASET)
        self.facts.say(DATASET).of("dcat:hasVersion", here)
        self.facts.say(CATALOG).of("dcat:dataset", here)
        titles = {
            language: phrase("publish.version", language, version=version.version)
            for language in self._site.languages
        }
        about.of("dcterms:title", *spoken(titles)).of("dcterms:description", *spoken(titles))
        about.of("dcat:version", text(version.version)).of("dcterms:identifier", text(here))
        about.of("dcterms:issued", typed(version.date, "date")).of("dcat:inSeries", VERSIONS)
        for shared in ("dcterms:publisher", "dcat:contactPoint", "dcterms:spatial"):
            about.of(shared, *self._shared(shared))
        about.of("dcterms:license", self._site.licence)
        if before:
            about.of("dcat:previousVersion", before).of("dcat:prev", before)
        if version.archive in self._written:
            self._distribution(about, f"{here}#archive", version.archive)
        return here

    def _borrowed(self) -> None:
        """Say of terms of others what kind they are, as validators want to be told."""
        store, say = self._site.graph.store, self.facts.say
        for media in sorted(self._kinds):
            say(media, "dcterms:MediaTypeOrExtent", "dcterms:MediaType")
        say(SHA256, "spdx:ChecksumAlgorithm")
        say(self._site.licence, "dcterms:LicenseDocument")
        say(BASE, "foaf:Document")
        for subject in (self._site.dataset, CATALOG):
            for language in self._links(subject, iri("dcterms:language").value):
                say(language, "dcterms:LinguisticSystem")
        for area in self._links(self._site.dataset, iri("dcterms:spatial").value):
            say(area, "dcterms:Location")
        for theme in self._links(self._site.dataset, iri("dcat:theme").value):
            if not any(store.match(iri(theme), iri("skos:prefLabel"))):
                key = f"publish.theme.{theme.rpartition('/')[2]}"
                names = {lang: phrase(key, lang) for lang in self._site.languages}
                say(theme, "skos:Concept").of("skos:prefLabel", *spoken(names))


def closure(site: Site, start: Iterable[str], graphs: set[str]) -> list[ox.Quad]:
    """Return what some graphs say of things, and of the things those lead to.

    :param start: IRIs
    :param graphs: IRIs of the graphs that are read
    """
    waiting, seen, found = list(start), set[str](), list[ox.Quad]()
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for quad in site.graph.store.match(ox.NamedNode(subject)):
            if graph_of(quad) in graphs:
                found.append(quad)
                if link_of(quad):
                    waiting.append(link_of(quad))
    unique = {quad.triple: quad for quad in found}
    return sorted(map(restored, unique.values()), key=place)
