"""What kinds of file a publication has, in the words of those who register them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GZIP", "KINDS", "Media", "media_of"]

IANA = "https://www.iana.org/assignments/media-types/"
#: The file types of the Publications Office of the European Union.
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
GZIP = IANA + "application/gzip"


@dataclass(frozen=True)
class Media:
    """A kind of file."""

    type: str  #: media type
    file_type: str  #: name in the list of file types
    conforms_to: str = ""  #: IRI of the standard

    @property
    def type_iri(self) -> str:
        """IRI of the media type at IANA."""
        return IANA + self.type

    @property
    def file_type_iri(self) -> str:
        """IRI of the file type."""
        return FILE_TYPE + self.file_type


#: Ending → kind of file; the longest that fits counts.
KINDS = {
    ".trig": Media("application/trig", "RDF_TRIG"),
    ".nq": Media("application/n-quads", "RDF_N_QUADS"),
    ".ttl": Media("text/turtle", "RDF_TURTLE"),
    ".rdf": Media("application/rdf+xml", "RDF_XML"),
    ".jsonld": Media("application/ld+json", "JSON_LD"),
    ".stratml.xml": Media(
        "application/xml", "XML", "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
    ),
    ".graphml": Media("application/xml", "XML", "http://graphml.graphdrawing.org/xmlns"),
    "-metadata.json": Media("application/csvm+json", "JSON", "http://www.w3.org/ns/csvw"),
    ".sssom.tsv": Media("text/tab-separated-values", "TSV", "https://w3id.org/sssom/"),
    ".tar.gz": Media("application/gzip", "GZIP"),
}


def media_of(path: str) -> Media:
    """Return what kind of file a path is, without the compression of ``.gz``.

    >>> media_of("dumps/welfaregraph.ttl.gz").type
    'text/turtle'
    """
    plain = path if path.endswith(".tar.gz") else path.removesuffix(".gz")
    fitting = [ending for ending in KINDS if plain.endswith(ending)]
    return KINDS[max(fitting, key=len)]
