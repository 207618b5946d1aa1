"""The reference graphs: codes that compute, laws that hang together, doubts that are marked."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS
from rdflib.term import Node

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "graphs" / "reference"
BASE = "https://w3id.org/welfaregraph/"
WG = Namespace(f"{BASE}ns#")
SCHEME = Namespace(f"{BASE}scheme/")
GRAPH = Namespace(f"{BASE}graph/")
LAW = Namespace(f"{BASE}id/law/")
SDG = Namespace("http://metadata.un.org/sdg/")
SDGO = Namespace("http://metadata.un.org/sdg/ontology#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
TO_BE_CHECKED = Literal("要確認", lang="ja")
CC_BY = URIRef("https://creativecommons.org/licenses/by/4.0/")

FILES = {
    "areas",
    "bodies",
    "dataset",
    "graphs",
    "guideline",
    "links",
    "requirements",
    "sdg",
    "statutes",
}
#: How many targets each goal has, numbered and lettered; together 169.
TARGETS = {
    1: (5, "ab"), 2: (5, "abc"), 3: (9, "abcd"), 4: (7, "abc"), 5: (6, "abc"), 6: (6, "ab"),
    7: (3, "ab"), 8: (10, "ab"), 9: (5, "abc"), 10: (7, "abc"), 11: (7, "abc"),
    12: (8, "abc"), 13: (3, "ab"), 14: (7, "abc"), 15: (9, "abc"), 16: (10, "ab"), 17: (19, ""),
}  # fmt: skip
MATCHES = (
    SKOS.exactMatch,
    SKOS.closeMatch,
    SKOS.broadMatch,
    SKOS.narrowMatch,
    SKOS.relatedMatch,
)
ERAS = {"1": "明治", "2": "大正", "3": "昭和", "4": "平成", "5": "令和"}


@cache
def reference() -> Graph:
    graph = Graph()
    for path in sorted(REFERENCE.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def instances(name: str) -> list[URIRef]:
    found = sorted(s for s in reference().subjects(RDF.type, WG[name]) if isinstance(s, URIRef))
    assert found, f"no wg:{name} in graphs/reference/"
    return found


def day(node: URIRef, term: URIRef) -> date | None:
    values = [v.toPython() for v in reference().objects(node, term) if isinstance(v, Literal)]
    assert len(values) <= 1, (node, term)
    return values[0] if values else None


def municipality_check_digit(code: str) -> int:
    """Return the sixth digit of a local government code from its first five (JIS X 0402)."""
    total = sum(
        int(digit) * weight for digit, weight in zip(code[:5], range(6, 1, -1), strict=True)
    )
    return (11 - total % 11) % 10 if total >= 11 else 11 - total


def corporate_check_digit(number: str) -> int:
    """Return the first digit of a corporate number (法人番号) from the twelve that follow."""
    weighted = (
        int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(number[:0:-1])
    )
    return 9 - sum(weighted) % 9


def goal_of(notation: str) -> str:
    return notation.split(".", maxsplit=1)[0]


def test_every_reference_file_is_there_and_parses() -> None:
    assert {path.stem for path in REFERENCE.glob("*.ttl")} == FILES
    for path in REFERENCE.glob("*.ttl"):
        assert len(Graph().parse(path, format="turtle")) > 0, path.name


def test_nothing_is_anonymous_and_every_subject_has_one_japanese_label() -> None:
    reasons = set(instances("Judgement"))
    for subject in set(reference().subjects()):
        assert isinstance(subject, URIRef)
        if subject in reasons:
            continue  # a judgement has a reason, and is part of the page of its subject
        labels = [
            label
            for label in reference().objects(subject, RDFS.label)
            if isinstance(label, Literal) and label.language == "ja"
        ]
        assert len(labels) == 1, subject


@pytest.mark.parametrize(
    ("code", "digit"), [("012033", 3), ("012301", 1), ("010006", 6), ("131016", 6)]
)
def test_check_digit_of_known_codes(code: str, digit: int) -> None:
    assert municipality_check_digit(code) == digit == int(code[5])
    assert municipality_check_digit(code[:4] + str(9 - int(code[4]))) != digit


def test_areas_have_codes_that_compute_and_stand_in_their_iri() -> None:
    known = instances("Municipality") + instances("Prefecture")
    assert len(known) >= 3
    for area in known:
        (code,) = reference().objects(area, WG.areaCode)
        assert code == Literal(str(code)), f"{area}: a code is a plain string"
        assert re.fullmatch(r"\d{6}", code)
        assert int(code[5]) == municipality_check_digit(str(code)), area
        assert str(area) == f"{BASE}id/area/{code}"
        same = {str(thing) for thing in reference().objects(area, SKOS.exactMatch)}
        (at_e_stat,) = {iri for iri in same if iri.startswith("http://data.e-stat.go.jp/")}
        assert at_e_stat == f"http://data.e-stat.go.jp/lod/sac/C{code[:5]}"
    prefectures = set(instances("Prefecture"))
    for area in instances("Municipality"):
        (within,) = reference().objects(area, WG.isWithin)
        assert within in prefectures


def test_an_unidentified_area_claims_no_code() -> None:
    for area in instances("UnidentifiedArea"):
        assert re.search(r"/x-[0-9a-f]{8}$", area)
        assert not list(reference().objects(area, WG.areaCode))
        assert not list(reference().objects(area, SKOS.exactMatch))


def without_basis(graph: Graph) -> set[tuple[Node, Node, Node]]:
    """Return the links to things of others that neither a source nor one judgement carries.

    The page of an area at e-Stat is its own source; any other link needs one judgement with its
    day, the source where the identifier was read, and a reason in both languages.
    """
    links = {
        (subject, match, other)
        for match in MATCHES
        for subject, other in graph.subject_objects(match)
        if str(subject).startswith(BASE) and not str(other).startswith(BASE)
    }
    return {
        (subject, match, other)
        for subject, match, other in links
        if (subject, DCTERMS.source, other) not in graph
        and [complete(graph, j) for j in judging(graph, subject, match, other)] != [True]
    }


def judging(graph: Graph, subject: Node, match: Node, other: Node) -> list[Node]:
    return [
        judgement
        for judgement in graph.subjects(WG.isAbout, subject)
        if (judgement, WG.onTerm, match) in graph
        and (judgement, WG.judgesValue, other) in graph
    ]


def complete(graph: Graph, judgement: Node) -> bool:
    reasons = [r for r in graph.objects(judgement, WG.reason) if isinstance(r, Literal)]
    sources = [str(source) for source in graph.objects(judgement, DCTERMS.source)]
    return (
        sorted(str(reason.language) for reason in reasons) == ["en", "ja"]
        and len(sources) == 1
        and sources[0].startswith("https://")
        and (judgement, DCTERMS.created, None) in graph
    )


def test_every_link_to_others_has_its_basis() -> None:
    links = Graph().parse(REFERENCE / "links.ttl", format="turtle")
    assert {m for m in MATCHES if (None, m, None) in links}
    assert without_basis(reference()) == set()


@pytest.mark.parametrize("match", MATCHES)
def test_a_link_of_any_kind_without_basis_is_found(match: URIRef) -> None:
    link = (URIRef(f"{SCHEME}theme/dementia"), match, URIRef("http://id.ndl.go.jp/auth/x"))
    assert without_basis(reference() + Graph().add(link)) == {link}


@pytest.mark.parametrize("term", [DCTERMS.source, DCTERMS.created, WG.reason, WG.judgesValue])
def test_a_link_is_without_basis_when_its_judgement_lacks(term: URIRef) -> None:
    links = Graph().parse(REFERENCE / "links.ttl", format="turtle")
    assert without_basis(links) == set()
    count = sum(1 for match in MATCHES for _ in links.subject_objects(match))
    links.remove((None, term, None))
    assert len(without_basis(links)) == count > 0


def test_links_to_wikidata_name_an_item_and_each_judgement_has_its_link() -> None:
    links = Graph().parse(REFERENCE / "links.ttl", format="turtle")
    judgements = list(links.subjects(RDF.type, WG.Judgement))
    assert judgements
    for judgement in judgements:
        (subject,) = links.objects(judgement, WG.isAbout)
        (match,) = links.objects(judgement, WG.onTerm)
        (other,) = links.objects(judgement, WG.judgesValue)
        assert (subject, match, other) in links
        assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9]\d*", str(other))
        name = (
            f"{subject}#because-{str(match).partition('#')[2]}-{str(other).rpartition('/')[2]}"
        )
        assert str(judgement) == name


def test_corporate_numbers_compute_and_are_marked() -> None:
    rows = list(reference().subject_objects(WG.corporateNumber))
    assert rows
    for body, number in rows:
        assert re.fullmatch(r"\d{13}", number)
        assert int(number[0]) == corporate_check_digit(str(number)), body
        assert (body, SKOS.editorialNote, TO_BE_CHECKED) in reference()


def test_there_are_17_goals_named_in_two_languages() -> None:
    goals = set(reference().subjects(RDF.type, SDGO.Goal))
    assert goals == {SDG[str(number)] for number in range(1, 18)}
    for goal in goals:
        languages = {label.language for label in reference().objects(goal, RDFS.label)}
        assert languages == {"ja", "en"}
        assert str(goal) == f"{SDG}{reference().value(goal, SKOS.notation)}"


def test_there_are_169_targets_each_under_its_goal() -> None:
    expected = {
        f"{goal}.{place}"
        for goal, (numbers, letters) in TARGETS.items()
        for place in [*map(str, range(1, numbers + 1)), *letters]
    }
    assert len(expected) == 169
    targets = set(reference().subjects(RDF.type, SDGO.Target))
    assert targets == {SDG[notation] for notation in expected}
    for target in targets:
        notation = str(reference().value(target, SKOS.notation))
        assert target == SDG[notation]
        assert list(reference().objects(target, SKOS.broader)) == [SDG[goal_of(notation)]]


def test_every_statute_has_an_egov_id_that_agrees_with_its_number() -> None:
    for statute in instances("Statute"):
        law_id = str(statute).removeprefix(str(LAW))
        assert re.fullmatch(r"[1-5]\d{2}[A-Z]{2}\d{10}", law_id), statute
        (number,) = reference().objects(statute, WG.lawNumber)
        expected = f"{ERAS[law_id[0]]}{int(law_id[1:3])}年法律第{int(law_id[-7:])}号"
        assert str(number) == expected, statute
        assert URIRef(f"https://laws.e-gov.go.jp/law/{law_id}") in set(
            reference().objects(statute, RDFS.seeAlso)
        )


def test_every_provision_reaches_the_statute_of_its_iri() -> None:
    statutes = set(instances("Statute"))
    for provision in instances("Provision"):
        parents = list(reference().objects(provision, WG.isPartOfProvision))
        assert len(parents) == 1, provision
        above = set(reference().transitive_objects(provision, WG.isPartOfProvision))
        law_id = str(provision).removeprefix(str(LAW)).split("/", maxsplit=1)[0]
        assert above & statutes == {LAW[law_id]}, provision


def test_a_dated_version_begins_on_the_day_in_its_iri() -> None:
    versions = list(reference().subject_objects(DCTERMS.isVersionOf))
    assert versions
    for version, base in versions:
        start, end = day(version, WG.appliesFrom), day(version, WG.appliesUntil)
        assert start is not None
        assert str(version) == f"{base}/{start.isoformat()}"
        assert end is None or start <= end
        assert (base, RDF.type, WG.Provision) in reference()
        later = reference().value(version, DCTERMS.isReplacedBy)
        if later is not None:
            begins = day(later, WG.appliesFrom)
            assert end is not None
            assert begins is not None
            assert (begins - end).days == 1, "a period includes its last day"


def test_item_5_of_article_107_changed_on_2021_04_01() -> None:
    item = LAW["326AC0000000045/art-107/para-1/item-5"]
    assert (item, RDF.type, WG.RequiredItem) in reference()
    versions = sorted(reference().subjects(DCTERMS.isVersionOf, item))
    assert [day(v, WG.appliesFrom) for v in versions] == [date(2018, 4, 1), date(2021, 4, 1)]
    assert [day(v, WG.appliesUntil) for v in versions] == [date(2021, 3, 31), None]
    assert not any((v, RDF.type, WG.RequiredItem) in reference() for v in versions)


def test_every_requirement_says_who_how_strongly_on_what_and_of_what() -> None:
    guidelines = set(instances("Guideline"))
    bases = set(instances("Provision")) | guidelines
    for requirement in instances("Requirement"):
        (obligation,) = reference().objects(requirement, WG.hasObligation)
        assert str(obligation).startswith(str(SCHEME["obligation/"]))
        rests_on = set(reference().objects(requirement, WG.restsOn))
        assert rests_on
        assert rests_on <= bases, requirement
        kinds = list(reference().objects(requirement, WG.bindsKind))
        assert kinds
        assert all(str(kind).startswith(str(SCHEME["actor-kind/"])) for kind in kinds)
        plan_types = list(reference().objects(requirement, WG.asksForPlanType))
        assert len(plan_types) <= 1
        assert all(str(kind).startswith(str(SCHEME["plan-type/"])) for kind in plan_types)
        if rests_on & guidelines:
            assert obligation == SCHEME["obligation/request"], "a notice does not bind"


def test_concepts_named_by_requirements_exist() -> None:
    concepts = Graph()
    for name in ("obligation", "actor-kind", "plan-type", "authority"):
        concepts.parse(ROOT / "ontology" / "schemes" / f"{name}.ttl", format="turtle")
    defined = set(concepts.subjects(RDF.type, SKOS.Concept))
    terms = (WG.hasObligation, WG.bindsKind, WG.asksForPlanType, WG.hasAuthority)
    used = {value for term in terms for value in reference().objects(None, term)}
    assert used
    assert used <= defined, sorted(used - defined)


def test_the_plan_of_article_107_was_voluntary_until_2018_03_31() -> None:
    graph = reference()
    rows = sorted(
        (day(r, WG.appliesFrom), day(r, WG.appliesUntil), graph.value(r, WG.hasObligation))
        for r in instances("Requirement")
        if (r, WG.restsOn, LAW["326AC0000000045/art-107/para-1"]) in graph
    )
    assert rows == [
        (date(2003, 4, 1), date(2018, 3, 31), SCHEME["obligation/voluntary"]),
        (date(2018, 4, 1), None, SCHEME["obligation/effort"]),
    ]


def test_required_items_are_dated_and_numbered_in_order() -> None:
    for item in instances("RequiredItem"):
        (requirement,) = reference().objects(item, WG.isItemOf)
        assert (requirement, RDF.type, WG.Requirement) in reference()
        start, end = day(item, WG.appliesFrom), day(item, WG.appliesUntil)
        assert start is not None, item
        assert end is None or start <= end, item
        assert (item, WG.number, None) in reference()
    for requirement in set(reference().objects(None, WG.isItemOf)):
        items = reference().subjects(WG.isItemOf, requirement)
        places = sorted(int(str(reference().value(item, WG.order))) for item in items)
        assert places == list(range(1, len(places) + 1)), requirement


@pytest.mark.parametrize(
    ("requirement", "numbers"),
    [
        ("community-welfare-plan", "12345"),
        ("community-welfare-support-plan", "12345"),
        ("vacant-houses-plan", "123456789"),
        ("community-welfare-guideline-items", "アイウエオカキクケコサシスセソタ"),
    ],
)
def test_items_of(requirement: str, numbers: str) -> None:
    items = reference().subjects(WG.isItemOf, URIRef(f"{BASE}id/requirement/{requirement}"))
    ordered = sorted(items, key=lambda item: int(str(reference().value(item, WG.order))))
    assert [str(reference().value(item, WG.number)) for item in ordered] == list(numbers)


def test_what_is_not_verified_is_marked_and_says_why() -> None:
    marked = set(reference().subjects(SKOS.editorialNote, TO_BE_CHECKED))
    assert marked
    assert marked == set(reference().subjects(SKOS.editorialNote, None)), "one wording only"
    for node in marked:
        assert (node, SKOS.note, None) in reference(), f"{node}: say what was not verified"
    # Rows of the list and of the description of the data are ours; all else needs a source.
    ours = {WG.NamedGraph, DCAT.Dataset}
    for node in set(reference().subjects()):
        if ours & set(reference().objects(node, RDF.type)) or node in marked:
            continue
        if (node, RDF.type, SDGO.Target) in reference():
            continue  # its number and its IRI are the United Nations' own
        assert (node, DCTERMS.source, None) in reference(), f"{node}: neither source nor 要確認"


def test_bodies_named_by_units_and_areas_exist() -> None:
    org = Namespace("http://www.w3.org/ns/org#")
    known = set(reference().subjects())
    pointed = set(reference().objects(None, org.unitOf)) | {
        area
        for area in reference().objects(None, DCTERMS.spatial)
        if str(area).startswith(f"{BASE}id/area/")
    }
    assert pointed
    assert pointed <= known


def files_as_graphs() -> dict[URIRef, Path]:
    found = {
        GRAPH[path.relative_to(top).with_suffix("").as_posix()]: path
        for top, folder in ((ROOT / "graphs", "graphs"), (ROOT, "ontology"))
        for path in (ROOT / folder).rglob("*.ttl")
    }
    assert len(found) >= len(FILES)
    return found


def test_every_file_stands_in_the_list_of_graphs_and_every_graph_is_a_file() -> None:
    listed, files = set(instances("NamedGraph")), set(files_as_graphs())
    assert not files - listed, "add to graphs/reference/graphs.ttl"
    assert not listed - files, "no such file: take out of graphs/reference/graphs.ttl"


def test_every_graph_says_whose_word_it_is_and_on_which_terms() -> None:
    for graph in instances("NamedGraph"):
        path = str(graph).removeprefix(str(GRAPH))
        (authority,) = reference().objects(graph, WG.hasAuthority)
        folder, name = path.split("/", maxsplit=1)[0], path.rsplit("/", maxsplit=1)[-1]
        expected = {"plans": name, "judgements": "judgement"}.get(folder, folder)
        assert authority == SCHEME[f"authority/{expected}"], graph
        plans = list(reference().objects(graph, WG.isGraphOf))
        if folder == "plans":
            plan = path.removeprefix("plans/").rsplit("/", maxsplit=1)[0]
            assert plans == [URIRef(f"{BASE}id/{plan}")]
        else:
            assert plans == []
        licences = list(reference().objects(graph, DCTERMS.license))
        if expected == "stated":
            assert licences == []
            languages = {text.language for text in reference().objects(graph, DCTERMS.rights)}
            assert languages == {"ja", "en"}
        else:
            assert licences == [CC_BY]


def test_the_dataset_describes_itself_without_counting() -> None:
    dataset = URIRef(f"{BASE}dataset")
    assert {DCAT.Dataset, VOID.Dataset} <= set(reference().objects(dataset, RDF.type))
    for term in (DCTERMS.title, DCTERMS.description):
        assert {text.language for text in reference().objects(dataset, term)} == {"ja", "en"}
    for term in (DCTERMS.license, DCTERMS.creator, DCTERMS.issued, DCAT.version, DCAT.theme):
        assert (dataset, term, None) in reference(), term
    counted = {VOID.triples, VOID.entities, VOID.classes, VOID.properties}
    assert not counted & set(reference().predicates(dataset, None))
