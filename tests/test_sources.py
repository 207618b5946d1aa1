"""What the plan graphs quote stands in the texts held, at the lines they name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT.parent / "shared" / "sources"
WG = Namespace("https://w3id.org/welfaregraph/ns#")
PRINTED = URIRef("https://w3id.org/welfaregraph/scheme/reading/as-printed")
REPAIRED = URIRef("https://w3id.org/welfaregraph/scheme/reading/repaired")
PLANS = sorted((ROOT / "graphs" / "plans").glob("**/stated.ttl"))
LOCATOR = re.compile(r"L([1-9]\d*)(?:-L([1-9]\d*))?")
TAG = re.compile(r"<[^>]*>")
MARK = re.compile(r"\[\*\]|\*|※")


@cache
def plans() -> Graph:
    graph = Graph()
    for path in PLANS:
        graph.parse(path, format="turtle")
    return graph


@cache
def texts() -> dict[str, list[str]]:
    """The lines of each text held, by the SHA-256 of its file."""
    files = sorted(SOURCES.glob("*.txt")) if SOURCES.is_dir() else []
    if not files:
        pytest.skip(f"no source texts: {SOURCES} is missing or empty")
    return {
        hashlib.sha256(raw).hexdigest(): raw.decode("utf-8").removesuffix("\n").split("\n")
        for raw in (path.read_bytes() for path in files)
    }


def bare(text: str) -> str:
    """The words alone: no tags, no marks, no white space, in NFKC."""
    plain = unicodedata.normalize("NFKC", TAG.sub("", text))
    return re.sub(r"\s", "", MARK.sub("", plain))


def held_lines(passage: Node) -> str | None:
    """The lines a passage names, or None where the text has no such lines."""
    document = plans().value(passage, WG.isFoundIn)
    lines = texts().get(str(plans().value(document, WG.sha256)))
    match = LOCATOR.fullmatch(str(plans().value(passage, WG.locator)))
    if lines is None or match is None:
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    if not first <= last <= len(lines):
        return None
    return "\n".join(lines[first - 1 : last])


def places_of(subject: Node) -> list[tuple[str, int, str]]:
    """Document, first line and bare words of each passage a subject cites, in printed order."""
    found = []
    for term in (WG.isStatedIn, WG.isTitledIn):
        for passage in plans().objects(subject, term):
            match = LOCATOR.fullmatch(str(plans().value(passage, WG.locator)))
            if match is not None:
                document = str(plans().value(passage, WG.isFoundIn))
                found.append((document, int(match[1]), bare(held_lines(passage) or "")))
    return sorted(set(found))


def stands_in(text: str, places: list[tuple[str, int, str]]) -> bool:
    """A text stands in one passage, or across the passages of one document taken in order."""
    words = bare(text)
    documents = {document for document, _, _ in places}
    joined = ["".join(w for d, _, w in places if d == document) for document in documents]
    return bool(words) and any(words in held for held in [*(w for *_, w in places), *joined])


def cited_texts() -> list[tuple[Node, str]]:
    return [
        (subject, str(text))
        for term in (WG.text, SKOS.definition)
        for subject, text in plans().subject_objects(term)
    ]


@pytest.mark.shared
def test_documents_and_source_texts_match_both_ways() -> None:
    hashes = {
        str(plans().value(document, WG.sha256))
        for document in plans().subjects(RDF.type, WG.Document)
    }
    assert hashes == set(texts()) != set()
    assert len(hashes) >= 5


@pytest.mark.shared
def test_each_locator_names_lines_that_exist() -> None:
    passages = set(plans().subjects(RDF.type, WG.Passage))
    assert len(passages) >= 250
    assert sorted(str(p) for p in passages if held_lines(p) is None) == []


def test_cited_and_described_passages_match_both_ways() -> None:
    cited = set(plans().objects(None, WG.isStatedIn)) | set(
        plans().objects(None, WG.isTitledIn)
    )
    described = set(plans().subjects(RDF.type, WG.Passage))
    assert len(cited) >= 250
    assert {str(p) for p in cited ^ described} == set()


def test_each_passage_says_what_it_is_evidence_for() -> None:
    passages = set(plans().subjects(RDF.type, WG.Passage))
    assert len(passages) >= 250
    assert sorted(str(p) for p in passages if (p, WG.attests, None) not in plans()) == []


@pytest.mark.shared
def test_words_read_as_printed_stand_unaltered_in_one_line() -> None:
    as_printed = [p for p, manner in plans().subject_objects(WG.isReadAs) if manner == PRINTED]
    quoted = [(p, q) for p in as_printed for q in plans().objects(p, WG.quotation)]
    assert len(quoted) >= 100
    altered = [
        (str(passage), str(words))
        for passage, words in quoted
        if str(words) not in (held_lines(passage) or "").splitlines()[0]
        or "-" in str(plans().value(passage, WG.locator))
    ]
    assert sorted(altered) == []


@pytest.mark.shared
def test_each_quotation_stands_in_its_lines() -> None:
    quoted = [
        (passage, str(quotation))
        for passage, quotation in plans().subject_objects(WG.quotation)
        if plans().value(passage, WG.isReadAs) != REPAIRED
    ]
    assert len(quoted) >= 200
    missing = [
        (str(passage), quotation)
        for passage, quotation in quoted
        if not bare(quotation) or bare(quotation) not in bare(held_lines(passage) or "")
    ]
    assert sorted(missing) == []


@pytest.mark.shared
def test_each_label_stands_in_one_of_its_passages() -> None:
    elements = [
        element
        for kind in (WG.Activity, WG.Measure, WG.Goal)
        for element in plans().subjects(RDF.type, kind)
    ]
    assert len(elements) >= 240
    missing = []
    for element in elements:
        label = bare(str(plans().value(element, RDFS.label)))
        places = [
            *plans().objects(element, WG.isStatedIn),
            *plans().objects(element, WG.isTitledIn),
        ]
        if not label or not any(label in bare(held_lines(place) or "") for place in places):
            missing.append((str(element), label))
    assert sorted(missing) == []


@pytest.mark.shared
def test_each_text_and_definition_stands_in_its_passages() -> None:
    texts_of = cited_texts()
    assert len(texts_of) >= 43
    missing = [(str(s), text) for s, text in texts_of if not stands_in(text, places_of(s))]
    assert sorted(missing) == []


@pytest.mark.shared
def test_a_text_with_one_character_altered_stands_in_no_passage() -> None:
    for subject, text in cited_texts():
        places, words = places_of(subject), bare(text)
        for position in range(len(words)):
            altered = f"{words[:position]}■{words[position + 1 :]}"
            assert not stands_in(altered, places), (str(subject), position)


def test_each_title_is_quoted() -> None:
    titles = set(plans().objects(None, WG.isTitledIn))
    assert len(titles) >= 80
    unquoted = {str(t) for t in titles if plans().value(t, WG.quotation) is None}
    assert unquoted == set()
