"""rdflib's long Turtle with subjects in the order of their IRIs.

rdflib orders subjects by how often they are referred to, so that one new triple moves whole
blocks; here ``measure/2`` stands before ``measure/10`` and stays there.
"""

from __future__ import annotations

import io

from rdflib import BNode, Graph
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.term import Node

from welfaregraph.text import natural_key

__all__ = ["serialize"]


class _Serializer(LongTurtleSerializer):
    def orderSubjects(self) -> list[Node]:  # noqa: N802 (rdflib's name)
        named = [s for s in self._subjects if not isinstance(s, BNode)]
        nested = [s for s in super().orderSubjects() if isinstance(s, BNode)]
        return sorted(named, key=lambda subject: natural_key(str(subject))) + nested

    def get_pname(self, uri: Node, gen_prefix: bool = True) -> str | None:  # noqa: ARG002
        # a made-up prefix (ns1) would depend on the order of reading
        name: str | None = super().get_pname(uri, False)  # type: ignore[no-untyped-call]
        return name


def serialize(text: str, prefixes: dict[str, str]) -> str:
    """Return Turtle that parses, rewritten with its own prefixes and these, which win."""
    read = Graph(bind_namespaces="none").parse(data=text, format="turtle")
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in [*read.namespaces(), *prefixes.items()]:
        graph.bind(prefix, namespace, replace=True)
    for triple in read:
        graph.add(triple)
    out = io.BytesIO()
    _Serializer(graph).serialize(out)  # type: ignore[no-untyped-call]
    return out.getvalue().decode("utf-8").strip("\n")
